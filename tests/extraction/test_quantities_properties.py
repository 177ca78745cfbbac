"""Whatever the text: no exception, sound spans, numbers that stand in it, and time linear in its length."""

from __future__ import annotations

import math
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.extraction.document import document_from_text
from flows.extraction.quantities import find_quantities
from flows.extraction.quantity import Quantity

FRAGMENTS = (
    "12", "1,500", "$40", "million", "dozens", "of", "the", "cities", "and", "more than", "up to", "percent", "%",
    "half", "one", "two-thirds", "from", "to", "between", "-", "–", "/", ".", ",", "(", ")", "\n", "\n\n", "May",
    "4", "2014", "Section", "aged", "years old", "twenty-six", "a", "hundred", "per", "cent", "bn", "€", "km/h",
    "No.", "U.S.", "'", "’", "“", "1/2", "½", "3:30", "p.m.", "or more", "mayors", "other", "state", "leaders",
    "has", "fell", "by", "9/11", "401(k)", "ñ", "中文", "٣", "Ã©", "COVID-19", "5G", "10-year-old", "1.2.3", "-",
    "--", "…", "\u00a0", "\u200b", "\x00",
)  # fmt: skip
SHAPES = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join)
LETTERS = re.compile(
    r"\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|million|billion|trillion|dozen|half|halves|third|quarter|fourth|fifth|sixth|"
    r"seventh|eighth|ninth|tenth|zero|lakh|crore|[½⅓⅔¼¾⅕⅛⅜⅝⅞]",
    re.IGNORECASE,
)


def found_in(text: str) -> list[Quantity]:
    return find_quantities(document_from_text(text))


def check(text: str) -> None:
    document = document_from_text(text)
    end_before = 0
    for quantity in find_quantities(document):
        sentence = document.sentences[quantity.sentence]
        assert sentence.start <= quantity.start < quantity.end <= sentence.end
        assert quantity.start >= end_before, "numbers do not overlap"
        end_before = quantity.end
        assert LETTERS.search(text[quantity.start : quantity.end]), "a number sign stands at every number"
        assert math.isfinite(quantity.value)
        assert quantity.value >= 0 or text[quantity.start].lower() in "m-−", "a minus stands before a negative number"
        assert (quantity.value_max is None) == (quantity.bound != "range")
        if quantity.value_max is not None:
            assert quantity.value < quantity.value_max
        assert quantity.unit != ""


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SHAPES)
def test_any_mixture_of_number_words_and_marks(text: str) -> None:
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=2201, max_value=10**12), st.sampled_from(["towns", "new towns", "of the towns"]))
def test_digits_are_read_as_they_stand(number: int, noun: str) -> None:
    for written in (str(number), f"{number:,}"):
        if len(written) < 10 or "," in written:
            (quantity,) = found_in(f"They counted {written} {noun} there.")
            assert (quantity.value, quantity.unit, quantity.bound) == (number, "town", "=")


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=3, max_value=999_999))
def test_number_words_are_read_as_their_number(number: int) -> None:
    (quantity,) = found_in(f"They counted {in_words(number)} towns there.")
    assert quantity.value == number


def in_words(number: int) -> str:
    """A number below a million in English words."""
    if number >= 1000:
        rest = f" {in_words(number % 1000)}" if number % 1000 else ""
        return f"{in_words(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{SMALL[number // 100]} hundred{rest}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@settings(max_examples=100, deadline=None)
@given(SHAPES, st.integers(min_value=0, max_value=3))
def test_the_same_text_twice_gives_the_same(text: str, blank_lines: int) -> None:
    once = found_in(text)
    assert once == found_in(text)
    moved = found_in("Words alone.\n\n" + "\n" * blank_lines + text)
    assert [(q.value, q.bound) for q in moved] == [(q.value, q.bound) for q in once]


HOSTILE = {
    "numbers": " 7", "commas": "1,234,", "digits": "1", "capitals": "Aa Bb 1 Cc ", "million": "million ",
    "twenty": "twenty ", "dash": "1-", "dots": "1.", "slash": "1/", "colon": "1:", "brackets": "(1",
    "list": "cats, dogs, ", "adjectives": "5 big ", "to": "5 to ", "or": "5 or 6 ", "section": "Section 1, 2 ",
    "month": "June 4, 5, ", "comparators": "more than ", "lines": "\n", "blank lines": "\n \n", "spaces": " ",
    "dollars": "$5 ", "stops": '."', "initials": "a. B ", "hyphens": "two-", "and": "one and ", "of": "half of ",
    "marks": "½ ٣ ² ", "hundred": "one hundred and ",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name: str) -> None:
    """Four times the text takes less than twelve times as long (quadratic would take sixteen), on one huge line."""
    short, long = (min(seconds(HOSTILE[name] * n) for _ in range(2)) for n in (1500, 6000))
    assert long < 12 * short + 0.05


def seconds(text: str) -> float:
    start = time.process_time()
    found_in(text)
    return time.process_time() - start


@pytest.mark.slow
def test_a_million_numbers() -> None:
    text = " ".join(f"{n} cats" for n in range(3000, 1_003_000))
    start = time.process_time()
    assert len(found_in(text)) == 1_000_000
    assert time.process_time() - start < 300


def test_long_keys_are_no_numbers() -> None:
    assert found_in("The key is " + "9" * 5000 + " and the code 184467440737095516150 is long.") == []


def test_mojibake_and_lost_apostrophes() -> None:
    (quantity,) = found_in("The Departments officeâ€™s 45 new lawyers weâ€™ve hired")
    assert (quantity.value, quantity.unit) == (45, "lawyer")
