from datetime import date
from typing import get_args

import pytest

from flows.reporting import wording
from warehouse.records import Action, Stage


@pytest.mark.parametrize(
    ("value", "words"),
    [(122.0, "122"), (1432, "1,432"), (9.5, "9.5"), (0.25, "0.25"), (1_500_000, "1,500,000"), (-4, "-4")],
)
def test_numbers_have_marked_thousands_and_no_idle_digits(value: float, words: str) -> None:
    assert wording.number(value) == words


@pytest.mark.parametrize(
    ("precision", "words"),
    [("day", "31 Oct 2015"), ("month", "Oct 2015"), ("quarter", "Q4 2015"), ("year", "2015"), (None, "31 Oct 2015")],
)
def test_a_date_is_as_precise_as_it_is_known(precision: str | None, words: str) -> None:
    assert wording.day("2015-10-31", precision) == words


def test_a_date_that_nobody_knows_is_called_undated() -> None:
    assert wording.day(None) == "undated"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2016, 1, 18), date(2016, 1, 24), "18–24 Jan 2016"),
        (date(2016, 2, 29), date(2016, 3, 6), "29 Feb – 6 Mar 2016"),
        (date(2015, 12, 28), date(2016, 1, 3), "28 Dec 2015 – 3 Jan 2016"),
    ],
)
def test_a_week_is_named_without_repeating_itself(first: date, last: date, words: str) -> None:
    assert wording.span(first, last) == words


def test_names_with_commas_of_their_own_are_parted_by_semicolons() -> None:
    assert wording.listed(["Denver, CO", "Tucson, AZ", "Orlando, FL"]) == "Denver, CO; Tucson, AZ and Orlando, FL"
    assert wording.listed(["Ohio", "Utah"]) == "Ohio and Utah"
    assert wording.listed(list("abcdefghi"), most=3) == "a, b, c and 6 more"


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("city", "cities"),
        ("US city", "US cities"),
        ("day", "days"),
        ("lighting fixture", "lighting fixtures"),
        ("business", "businesses"),
        ("person", "people"),
        ("church", "churches"),
        ("agency", "agencies"),
        ("foot", "feet"),
        ("electricity", "electricity"),
    ],
)
def test_what_is_counted_is_told_in_the_plural(noun: str, plural: str) -> None:
    assert wording.plural_noun(noun) == plural


@pytest.mark.parametrize(
    ("measure", "population", "scope", "words"),
    [
        ("participants", "mayor|leader", None, "mayors and leaders taking part"),
        ("money", "USD", None, "money"),
        ("act:light pole", "light pole", None, "light poles"),
        ("act:summit", "community", None, "communities · summit"),
        ("achieve:veteran", "veteran", "Virginia", "veterans in Virginia"),
        ("act:homelessness", "%", "Los Angeles", "homelessness in Los Angeles"),
    ],
)
def test_a_series_is_named_by_who_is_counted_and_for_what(
    measure: str, population: str, scope: str | None, words: str
) -> None:
    assert wording.measured(measure, population, scope) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (4.78, "city", "4.8"),
        (1432.6, None, "1,433"),
        (705_812_574.1, "USD", "$706 million"),
        (1.5e9, "USD", "$1.5 billion"),
        (950.4, "USD", "$950"),
        (999_999_900, "USD", "$1 billion"),
        (999_700, "USD", "$1 million"),
        (999_400, "USD", "$999,400"),
        (-4e6, "USD", "−$4 million"),
        (-4.78, "city", "−4.8"),
        (-0.001, "USD", "$0"),
        (0.4, "USD", "$0.40"),
        (99.999, "USD", "$100"),
        (12.0, "USD", "$12"),
    ],
)
def test_a_computed_number_is_as_exact_as_it_deserves(value: float, unit: str | None, words: str) -> None:
    assert wording.quantity(value, unit) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"what": "value", "old": "6", "new": "7"}, "Number: 6 → 7"),
        ({"what": "as of", "old": "2015-10-31", "new": "2015-11-05"}, "Date: 31 Oct 2015 → 5 Nov 2015"),
        ({"what": "title", "old": None, "new": "A name"}, "Title: A name added"),
        ({"what": "deadline", "old": "2015-11-30", "new": None}, "Deadline: 30 Nov 2015 dropped"),
    ],
)
def test_what_changed_is_told_from_what_to_what(told: dict[str, str | None], words: str) -> None:
    assert wording.change(told) == words


@pytest.mark.parametrize(
    ("of_bytes", "words"),
    [(1, "1 byte"), (900, "900 bytes"), (12_345, "12 kB"), (3_400_000, "3.4 MB"), (2e9, "2.0 GB")],
)
def test_a_size_is_told_as_people_say_it(of_bytes: int, words: str) -> None:
    assert wording.size(of_bytes) == words


def test_every_kind_of_fact_has_words_for_readers() -> None:
    assert {*get_args(Stage), *get_args(Action)} == wording.ROLE_WORDS.keys()


@pytest.mark.parametrize("shown", ["100", "more than 100", "at least 100", "up to 100", "about 100", "fewer than 100"])
def test_the_number_stands_behind_its_hedge(shown: str) -> None:
    assert wording.without_hedge(shown) == "100"


def test_one_is_told_in_the_singular() -> None:
    assert wording.measured("participants", "US city", is_one=True) == "US city taking part"
    assert wording.counted("mayor|leader", is_one=True) == "mayor or leader"


def test_text_from_releases_comes_onto_one_line_without_control_characters() -> None:
    assert wording.one_line("Subject\r\nBcc: a@b.example\u202e \x00x") == "Subject Bcc: a@b.example x"


def test_a_true_minus_stands_before_what_is_lost() -> None:
    assert wording.signed(-3) == "−3"
    assert wording.signed(4) == "+4"
    assert wording.signed(0) == "no change"
