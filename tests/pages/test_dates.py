"""Dates as sites write them, with precision, in the source's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.pages.dates import Day, by_formats, day_of, url_day, utc_moment, written_day, zone_for

EASTERN = ZoneInfo("America/New_York")

WRITTEN = [
    ("January 21, 2016", date(2016, 1, 21)),
    ("Thursday, Jan. 21st, 2016 at 9:30 am", date(2016, 1, 21)),
    ("Sept. 3 2014", date(2014, 9, 3)),
    ("21 January 2016", date(2016, 1, 21)),
    ("21 de enero de 2016", date(2016, 1, 21)),
    ("Paris, le 1er août 2016", date(2016, 8, 1)),
    ("Berlin, 21. März 2016", date(2016, 3, 21)),
    ("Roma, 3 settembre 2016", date(2016, 9, 3)),
    ("Brasília, 7 de março de 2016", date(2016, 3, 7)),
    ("Released 2016/01/21", date(2016, 1, 21)),
    ("01/21/2016", date(2016, 1, 21)),
    ("21/01/2016", date(2016, 1, 21)),
    ("20160121", date(2016, 1, 21)),
]
MOMENTS = [
    ("2015-04-11T06:00:00-04:00", date(2015, 4, 11)),
    ("2023-06-13T03:30:00Z", date(2023, 6, 12)),
    ("2023-06-13T03:30:00.000+0000", date(2023, 6, 12)),
    ("2023-06-13 03:30", date(2023, 6, 13)),
    ("Tue, 13 Jun 2023 03:30:00 +0000", date(2023, 6, 12)),
    ("2023-06-13T00:00:00Z", date(2023, 6, 13)),
    ("2023-06-13", date(2023, 6, 13)),
]
NO_DATES = [
    "",
    "Section 12 of 2016",
    "May we ask",
    "45 of 2016 mayors",
    "31 February 2016",
    "March 2, 1821",
    "1-800-555-2016",
    "x" * 400,
]


@pytest.mark.parametrize(("text", "day"), WRITTEN)
def test_written_days(text: str, day: date) -> None:
    assert written_day(text) == Day(day, "day")


@pytest.mark.parametrize(("text", "day"), MOMENTS)
def test_moments_are_days_in_the_zone(text: str, day: date) -> None:
    assert day_of(text, EASTERN) == Day(day, "day")


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert day_of(text, EASTERN) is None


def test_a_month_is_a_month() -> None:
    assert written_day("Spring issue, March 2016") == Day(date(2016, 3, 1), "month")


def test_midnight_is_a_day_unless_asked_otherwise() -> None:
    assert day_of("2014-05-28T00:00:00-04:00", ZoneInfo("America/Denver")) == Day(date(2014, 5, 28), "day")
    assert day_of("2023-07-06T00:00:00Z", EASTERN, midnight_is_day=False) == Day(date(2023, 7, 5), "day")


@pytest.mark.parametrize(("url", "day"), [
    ("https://a.example/the-press-office/2016/01/21/fact-sheet", Day(date(2016, 1, 21), "day")),
    ("https://a.example/news/2016-01-21-fact-sheet.html", Day(date(2016, 1, 21), "day")),
    ("https://a.example/news/20160121", Day(date(2016, 1, 21), "day")),
    ("https://a.example/fact-sheets/2025/06/a-sheet/", Day(date(2025, 6, 1), "month")),
    ("https://a.example/2016/13/45/x", None),
    ("https://a.example/osha20160121x", None),
    ("https://a.example/page?date=2016/01/21", None),
])  # fmt: skip
def test_days_in_addresses(url: str, day: Day | None) -> None:
    assert url_day(url) == day


def test_formats_of_a_source() -> None:
    assert by_formats("Issued on: 3. 4. 2016", ("%Y", "Issued on: %d. %m. %Y")) == Day(date(2016, 4, 3), "day")
    assert by_formats("April 2016", ("%B %Y",)) == Day(date(2016, 4, 1), "month")
    assert by_formats("yesterday", ("%Y",)) is None


def test_moments_in_utc() -> None:
    assert utc_moment("2023-06-12T10:00:00-04:00") == datetime(2023, 6, 12, 14, tzinfo=UTC)
    assert utc_moment("2023-06-12") == datetime(2023, 6, 12, tzinfo=UTC)
    assert utc_moment("June 2023") is None


def test_zones_told_by_hosts() -> None:
    assert str(zone_for(None, "https://www.gov.uk/x")) == "Europe/London"
    assert str(zone_for(None, "https://www.justice.gov/x")) == "America/New_York"
    assert zone_for(None, "https://www.example.com/") is None
