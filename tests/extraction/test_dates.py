"""Dates of facts, against a release of Thursday 15 June 2023."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extraction.dates import FactDates, SentenceDates, expressions, inauguration, month_end, shift

RELEASED = date(2023, 6, 15)


def dates_of(text: str, number: str, *, target: bool = False, past: bool = True, earlier: str = "") -> FactDates:
    start = text.index(number)
    return SentenceDates(text, RELEASED, earlier).of(start, start + len(number), target=target, past=past)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Since May, 8 towns joined.", date(2023, 5, 1)),
        ("Since July, 8 towns joined.", date(2022, 7, 1)),
        ("Since 2009, 8 towns joined.", date(2009, 1, 1)),
        ("Since the President’s 2013 State of the Union, 8 towns joined.", date(2013, 1, 1)),
        ("Since last year, 8 towns joined.", date(2022, 6, 15)),
        ("Since day one, 8 towns joined.", date(2021, 1, 20)),
        ("In the past year, 8 towns joined.", date(2022, 6, 15)),
        ("Over the last five years, 8 towns joined.", date(2018, 6, 15)),
        ("Since last January, 8 towns joined.", date(2023, 1, 1)),
        ("Already this year 8 towns joined.", date(2023, 1, 1)),
        ("The park drew 8 tours, its first since 2003.", None),
        ("Towns joined in 2020; 8 towns did so.", None),
        ("Since the Reyes Administration began, 8 towns joined.", date(2021, 1, 20)),
        ("The port sold 8 sites to be built on from 2024 to 2026.", None),
        ("In November 2022, 8 towns joined, as others did in the past week.", None),
    ],
)
def test_since(text: str, since: date | None) -> None:
    assert dates_of(text, "8").since == since


def test_since_then_refers_to_the_last_date_before() -> None:
    assert dates_of("Since then, 8 towns joined.", "8", earlier="It began on March 3, 2021.").since == date(2021, 3, 3)
    assert dates_of("Since then, 8 towns joined.", "8").since is None
    assert dates_of("Since then, 8 towns joined.", "8", earlier="It began in 2020 and ends in 2030.").since == date(
        2020, 1, 1
    )


@pytest.mark.parametrize(
    ("text", "deadline", "precision"),
    [
        ("It will plant 8 trees by 2030.", date(2030, 12, 31), "year"),
        ("It will plant 8 trees by June 30.", date(2023, 6, 30), "day"),
        ("It will plant 8 trees by the end of 2024.", date(2024, 12, 31), "month"),
        ("It will plant 8 trees over the next two years.", date(2025, 6, 15), "day"),
        ("It will plant 8 trees within 90 days.", date(2023, 9, 13), "day"),
        ("It will plant 8 trees this decade.", date(2029, 12, 31), "year"),
        ("It will plant 8 trees by fiscal year 2025.", date(2025, 9, 30), "year"),
        ("Tomorrow, it will plant 8 trees.", date(2023, 6, 16), "day"),
        ("It will plant 8 trees throughout July 2023.", date(2023, 7, 31), "month"),
        ("It will plant 8 trees.", None, None),
        ("It will plant 8 trees, and it will finish its park by 2030.", None, None),
    ],
)
def test_deadline(text: str, deadline: date | None, precision: str | None) -> None:
    found = dates_of(text, "8", target=True, past=False)
    assert (found.deadline, found.deadline_precision) == (deadline, precision)


@pytest.mark.parametrize(
    ("text", "as_of", "basis"),
    [
        ("In November 2015, 8 towns joined.", date(2015, 11, 30), "text"),
        ("In November, 8 towns joined.", date(2022, 11, 30), "text"),
        ("By November 11, 2015, 8 towns had joined.", date(2015, 11, 11), "text"),
        ("In 2023, 8 towns joined.", RELEASED, "text"),
        ("Last year, 8 towns joined.", date(2022, 12, 31), "text"),
        ("On Monday, 8 towns joined.", date(2023, 6, 12), "text"),
        ("Today, 8 towns joined.", RELEASED, "release"),
        ("Earlier this year, 8 towns joined.", RELEASED, "text"),
    ],
)
def test_as_of(text: str, as_of: date, basis: str) -> None:
    found = dates_of(text, "8")
    assert (found.as_of, found.as_of_basis) == (as_of, basis)


def test_from_one_month_to_another() -> None:
    found = dates_of("It will replace 8 lamps from May 2024 to May 2026.", "8", target=True, past=False)
    assert (found.since, found.deadline) == (date(2024, 5, 1), date(2026, 5, 31))


def test_impossible_dates_are_none() -> None:
    assert expressions("on February 31, 2020", RELEASED) == ()


def test_inaugurations() -> None:
    assert inauguration(date(2016, 1, 21)) == date(2009, 1, 20)
    assert inauguration(date(2023, 6, 15)) == date(2021, 1, 20)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)), st.integers(-600, 600))
def test_shifting_by_months_keeps_the_day_or_ends_the_month(day: date, months: int) -> None:
    other = shift(day, months=months)
    assert (other.year * 12 + other.month) - (day.year * 12 + day.month) == months
    assert other.day == min(day.day, month_end(other.year, other.month).day)


@given(st.text(max_size=200))
def test_any_text_gives_dates_or_none(text: str) -> None:
    for begin, stop, span in expressions(text, RELEASED):
        assert 0 <= begin < stop <= len(text)
        assert span.first <= span.last
