"""Dates as sites write them, with their precision; times become the date in the source's own zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from flows.sources.spec import SourceSpec, host_of
from warehouse.records import Precision

# Months as English, Spanish, French, German, Italian and Portuguese pages write them, January first
_MONTH_NAMES = """
january jan enero janvier januar gennaio janeiro
february feb febrero février fevrier februar febbraio fevereiro
march mar marzo mars märz março
april apr abril avril aprile
may mayo mai maggio maio
june jun junio juin juni giugno junho
july jul julio juillet juli luglio julho
august aug agosto août aout
september sept sep septiembre septembre settembre setembro
october oct octubre octobre oktober ottobre outubro
november nov noviembre novembre novembro
december dec diciembre décembre decembre dezember dicembre dezembro
""".strip().splitlines()
_MONTHS = {name: number for number, line in enumerate(_MONTH_NAMES, start=1) for name in line.split()}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
# `January 21, 2016`, `Jan. 21st 2016`
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})\b", re.IGNORECASE)
# `21 January 2016`, `21 de enero de 2016`, `1er mars 2016`, `21. Januar 2016`
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?{_MONTH}\s*,?\s+(?:de\s+)?(\d{{4}})\b", re.IGNORECASE
)
# `2016-01-21`, `2016/01/21`, `2016.01.21`
_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
# `01/21/2016`, `1-21-2016`; read as Americans write unless that is no date
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d{2})(?!\d)")
# `January 2016`
_MONTH_ONLY = re.compile(rf"\b{_MONTH}\s*,?\s+((?:19|20)\d{{2}})\b", re.IGNORECASE)
# `20160121`
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
# `2016-01-21T09:30:00.000-05:00`, `2016-01-21 09:30`
_MOMENT = re.compile(
    r"((?:19|20)\d{2})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
# `/2016/01/21/`, `/2016-01-21-`, `/2016/01/` and `/20160121` in an address
_URL_DAY = re.compile(r"[/_-]((?:19|20)\d{2})[/_-](\d{1,2})[/_-](\d{1,2})(?=[/_.-]|$)")
_URL_COMPACT = re.compile(r"[/_-]((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"[/_-]((?:19|20)\d{2})[/_-](0[1-9]|1[0-2])(?=[/_-]|$)")

_EASTERN, _LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
EARLIEST = date(1985, 1, 1)  # no official web page is older


@dataclass(frozen=True, slots=True)
class Day:
    """A date with how precise it is; for a month it is the month's first day."""

    date: date
    precision: Precision


def zone_for(spec: SourceSpec | None, url: str) -> tzinfo | None:
    """The time zone in which a source's dates are meant: declared, or told by a host that leaves no doubt."""
    if spec is not None:
        return spec.zone
    host = host_of(url)
    if host.endswith((".gov.uk", ".nhs.uk")):
        return _LONDON
    return _EASTERN if host.endswith((".gov", ".mil", "usmayors.org")) else None


def day_of(text: str, zone: tzinfo | None = None, *, midnight_is_day: bool = True) -> Day | None:
    """The one date that a short text gives, as a moment, a written date or a month.

    Midnight sharp is how many systems write a day without an hour; `midnight_is_day` keeps that day as it is written.
    """
    text = text.strip()
    if not text or len(text) > 300:
        return None
    when = moment_of(text)
    if when is not None:
        return _checked(_local_date(when, zone, midnight_is_day), "day")
    return written_day(text)


def written_day(text: str) -> Day | None:
    """The first date written out in a text, else the first month with year."""
    for found in (_MONTH_DAY.search(text), _DAY_MONTH.search(text)):
        if found:
            month_first = found.re is _MONTH_DAY
            month, day = (found[1], found[2]) if month_first else (found[2], found[1])
            return _day(int(found[3]), _MONTHS[month.lower()], int(day))
    if found := _ISO_DAY.search(text) or _COMPACT.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.search(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > 12:
            first, second = second, first
        return _day(year, first, second)
    if found := _MONTH_ONLY.search(text):
        return _checked(date(int(found[2]), _MONTHS[found[1].lower()], 1), "month")
    return None


def url_day(url: str) -> Day | None:
    """The date that stands in an address's path."""
    path = url.split("?", 1)[0]
    if found := _URL_DAY.search(path) or _URL_COMPACT.search(path):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        if day:
            return day
    if found := _URL_MONTH.search(path):
        return _checked(date(int(found[1]), int(found[2]), 1), "month")
    return None


def by_formats(text: str, formats: tuple[str, ...]) -> Day | None:
    """The date of a text by the first `strptime` format of the source that fits it."""
    for pattern in formats:
        try:
            when = datetime.strptime(text.strip(), pattern)  # noqa: DTZ007 - a date in the source's own zone
        except ValueError:
            continue
        return _checked(when.date(), "day" if "%d" in pattern or "%j" in pattern else "month")
    return None


def moment_of(text: str) -> datetime | None:
    """A moment in ISO or mail format; without offset it is naive."""
    if found := _MOMENT.match(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        try:
            return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_offset(found[7]))
        except ValueError:
            return None
    if re.match(r"[A-Za-z]{3},? +\d{1,2} [A-Za-z]{3} \d{4}|\d{1,2} [A-Za-z]{3} \d{4} \d", text):
        try:
            return parsedate_to_datetime(text)
        except ValueError:
            return None
    return None


def utc_moment(text: str) -> datetime | None:
    """A moment as aware UTC; a bare date is its first moment in UTC."""
    when = moment_of(text.strip())
    if when is None:
        day = written_day(text)
        if day is None or day.precision != "day":
            return None
        when = datetime.combine(day.date, time(tzinfo=UTC))
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in ("Z", "UTC", "GMT"):
        return UTC
    return datetime.strptime(text.replace(":", ""), "%z").tzinfo


def _local_date(when: datetime, zone: tzinfo | None, midnight_is_day: bool) -> date:
    """The date of a moment in `zone`."""
    if when.tzinfo is None or zone is None:
        return when.date()
    only_a_day = midnight_is_day and (when.hour, when.minute, when.second) == (0, 0, 0)
    return when.date() if only_a_day else when.astimezone(zone).date()


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return _checked(date(year, month, day), "day")
    except ValueError:
        return None


def _checked(day: date, precision: Precision) -> Day | None:
    """A date that a web page can bear: none before the web, none far in the future."""
    return Day(day, precision) if day >= EARLIEST and day.year <= 2100 else None
