"""Dates of facts: when a statement holds (`as_of`), since when it counts, when a target is due.

A small grammar of our own: an expression (`May`, `June 4, 2014`, `the past two years`, `fiscal year 2024`) becomes
a period with the precision that the words give; the words before it say what it does (`since`, `by`, `in`). Nothing
is guessed: an expression that the grammar does not know gives no date. Without a publication date only absolute
expressions resolve.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from flows.extraction.lexicon import words
from warehouse.records import Precision

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct\n        ",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {d: n for n, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
_COUNTS = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_COUNTS |= {"a": 1, "several": 0, "few": 0, "couple": 2, "fifteen": 15, "twenty": 20}
_LAST_OF_MONTH = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, month, _LAST_OF_MONTH.get(month, 29 if leap else 28))


def shift(day: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """A date so many years, months and days on; 29 February and the like fall back to the month's last day."""
    index = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return day
    return min(
        day.replace(day=1, year=year, month=month + 1) + timedelta(days=day.day - 1), month_end(year, month + 1)
    ) + timedelta(days=days)


def inauguration(published: date) -> date:
    """The begin of the US presidential term series that the release falls in: the president's first day in office."""
    return (
        max(day for day in _INAUGURATIONS if day <= published) if published >= _INAUGURATIONS[0] else _INAUGURATIONS[0]
    )


# A president's first term begins on 20 January after the election; second terms in a row do not start anew.
_INAUGURATIONS = (
    date(1993, 1, 20),
    date(2001, 1, 20),
    date(2009, 1, 20),
    date(2017, 1, 20),
    date(2021, 1, 20),
    date(2025, 1, 20),
)

# --- expressions

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|a few|several|a couple of)"
_EXPRESSION = re.compile(
    rf"""\b(?![\W_ghikqruvxz])(?:  # no expression begins with these letters
      (?:{_WEEKDAY},\s+)?(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?
        (?:,?\s+(?P<dyear>(?:19|20)\d\d))?(?![\d%])
    | (?P<eday>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<emonth>{_MONTH})\s+(?P<eyear>(?:19|20)\d\d)\b
    | (?P<mmonth>{_MONTH})(?:,?\s+(?:of\s+)?(?P<myear>(?:19|20)\d\d))?\b
    | (?:(?:fiscal\s+year|fy)\s*(?P<fyear>(?:19|20)?\d\d))\b
    | (?:(?P<edge>(?:the\s+)?(?:beginning|start|end|close)\s+of\s+(?:the\s+)?(?:calendar\s+year\s+)?|year[\s-]end\s+))?
        (?P<year>(?:19|20)\d\d)\b(?!\s*%)
    | (?:the\s+)?end\s+of\s+(?:the|this)\s+(?P<eunit>year|decade|month|century|fiscal\s+year)
    | (?:the\s+|this\s+|these\s+)?(?P<ahead>past|last|previous|prior|next|coming|following)\s+
        (?P<count>{_COUNT})\s+(?P<unit>day|week|month|year|decade)s?
    | (?:the|this)\s+(?P<ahead1>past|last|previous|next|coming|following)\s+(?P<unit1>week|month|year|decade)
    | (?P<last>last|next|this\s+past|earlier\s+this|later\s+this|this)\s+
        (?P<which>year|month|week|decade|fall|autumn|winter|spring|summer|{_MONTH}|{_WEEKDAY})\b
    | (?P<agocount>{_COUNT})\s+(?P<agounit>day|week|month|year)s?\s+(?P<ago>ago|from\s+now|earlier)
    | (?P<within>within)\s+(?P<wcount>{_COUNT})\s+(?P<wunit>day|week|month|year)s?
    | (?P<weekday>{_WEEKDAY})\b
    | (?P<today>tomorrow|yesterday)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_GATE = re.compile(
    r"(?:19|20)\d\d|\b(?:past|last|previous|prior|next|coming|following|within|ago|decade|tomorrow|yesterday|this|fy|\w*day"
    r"|year|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that an expression names, how precise its words are, and whether it reaches back or on from now."""

    first: date
    last: date
    precision: Precision
    relative: Literal["past", "next"] | None = None


@lru_cache(maxsize=512)
def expressions(text: str, published: date | None) -> tuple[tuple[int, int, Span], ...]:
    """The date expressions of a sentence, resolved against the release date."""
    if not _GATE.search(text):
        return ()
    found = []
    for match in _EXPRESSION.finditer(text):
        span = _resolve(match, published)
        if span is not None:
            found.append((match.start(), match.end(), span))
    return tuple(found)


def _resolve(match: re.Match[str], published: date | None) -> Span | None:
    try:
        return _absolute(match, published) or (_relative(match, published) if published else None)
    except (ValueError, OverflowError):
        return None  # 31 February and the like are no dates


def _absolute(match: re.Match[str], published: date | None) -> Span | None:
    if match["month"]:
        return _day(match["month"], match["day"], match["dyear"], published)
    if match["emonth"]:
        return _day(match["emonth"], match["eday"], match["eyear"], published)
    if match["mmonth"]:
        return _month(match["mmonth"], match["myear"], published)
    if match["fyear"]:
        year = int(match["fyear"]) + (2000 if len(match["fyear"]) == 2 else 0)
        return Span(date(year - 1, 10, 1), date(year, 9, 30), "year")
    if match["year"]:
        return _year(int(match["year"]), match["edge"])
    return None


def _year(year: int, edge: str | None) -> Span:
    words = (edge or "").lower()
    if "beginning" in words or "start" in words:
        return Span(date(year, 1, 1), date(year, 1, 1), "month")
    if words:
        return Span(date(year, 12, 31), date(year, 12, 31), "month")
    return Span(date(year, 1, 1), date(year, 12, 31), "year")


def _number_of(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _day(month: str, day: str, year: str | None, published: date | None) -> Span | None:
    number = _number_of(month)
    if year is None:
        if published is None:
            return None
        near = date(published.year, number, int(day))
        if abs((near - published).days) > 183:
            near = near.replace(year=published.year + (1 if near < published else -1))
        return Span(near, near, "day")
    exact = date(int(year), number, int(day))
    return Span(exact, exact, "day")


def _month(month: str, year: str | None, published: date | None) -> Span | None:
    """A bare month is the latest such month that is not after the release."""
    if year is None and (published is None or month[0].islower()):
        return None
    number = _number_of(month)
    if year is not None:
        which = int(year)
    else:
        assert published is not None
        which = published.year if number <= published.month else published.year - 1
    return Span(date(which, number, 1), month_end(which, number), "month")


def _count(words: str) -> int:
    word = words.lower().split()[-1] if not words.lower().startswith("a couple") else "couple"
    return int(word) if word.isdigit() else _COUNTS.get(word, 0)


def _stretch(published: date, count: int, unit: str, ahead: bool) -> Span | None:
    if count == 0:
        return None
    sign = 1 if ahead else -1
    unit = unit.lower()
    if unit == "decade":
        count, unit = count * 10, "year"
    other = shift(
        published,
        years=sign * count if unit == "year" else 0,
        months=sign * count if unit == "month" else 0,
        days=sign * count * {"week": 7, "day": 1}.get(unit, 0),
    )
    first, last = (published, other) if ahead else (other, published)
    return Span(first, last, "day", "next" if ahead else "past")


_FORWARD = frozenset({"next", "coming", "following"})


def _relative(match: re.Match[str], published: date) -> Span | None:
    if match["ahead"]:
        return _stretch(published, _count(match["count"]), match["unit"], match["ahead"].lower() in _FORWARD)
    if match["ahead1"]:
        return _stretch(published, 1, match["unit1"], match["ahead1"].lower() in _FORWARD)
    if match["within"]:
        return _stretch(published, _count(match["wcount"]), match["wunit"], True)
    if match["ago"]:
        return _ago(match, published)
    if match["last"]:
        return _named(match["last"].lower(), match["which"], published)
    if match["eunit"]:
        return _end_of(match["eunit"].lower(), published)
    if match["weekday"]:
        return _weekday(match["weekday"], published)
    if match["today"]:
        day = published + timedelta(days=1 if match["today"].lower() == "tomorrow" else -1)
        return Span(day, day, "day", "next" if day > published else None)
    return None


def _ago(match: re.Match[str], published: date) -> Span | None:
    span = _stretch(published, _count(match["agocount"]), match["agounit"], match["ago"].lower().startswith("from"))
    if span is None:
        return None
    far = span.first if span.relative == "past" else span.last
    precision: Precision = "year" if match["agounit"].lower() == "year" else "day"
    return Span(far, far, precision)


def _weekday(name: str, published: date) -> Span:
    """The latest such day that is not after the release."""
    day = published - timedelta(days=(published.weekday() - _WEEKDAYS[name.lower()]) % 7)
    return Span(day, day, "day")


def _end_of(unit: str, published: date) -> Span | None:
    ends = {
        "year": (date(published.year, 12, 31), "month"),
        "decade": (date(published.year // 10 * 10 + 9, 12, 31), "year"),
        "month": (month_end(published.year, published.month), "day"),
        "century": (date(published.year // 100 * 100 + 99, 12, 31), "year"),
    }
    if unit.startswith("fiscal"):
        fiscal = published.year + (published.month >= 10)
        return Span(date(fiscal, 9, 30), date(fiscal, 9, 30), "month")
    if unit not in ends:
        return None
    day, precision = ends[unit]
    return Span(day, day, "month" if precision == "month" else "year" if precision == "year" else "day")


def _named(which: str, unit: str, published: date) -> Span | None:
    """`last year`, `this summer`, `last January`, `next month`, `this decade`."""
    name = unit.lower().rstrip(".")
    if name in MONTHS:
        return _named_month(which, name, published)
    if name in _WEEKDAYS:
        day = _weekday(name, published).first
        day = day + timedelta(days=7) if which == "next" else day
        return Span(day, day, "day", "next" if day > published else None)
    if name == "decade":
        first = published.year // 10 * 10
        return Span(date(first, 1, 1), date(first + 9, 12, 31), "year", "next") if which == "this" else None
    if name == "year":
        return _named_year(which, published)
    if name in ("month", "week") and which == "last":
        return _stretch(published, 1, name, False)
    return Span(published, published, "day") if which not in ("next", "last", "later this") else None


def _named_month(which: str, name: str, published: date) -> Span:
    number = MONTHS[name]
    year = published.year
    if which == "next":
        year += number <= published.month
        return Span(date(year, number, 1), month_end(year, number), "month", "next")
    if which != "this":
        # "last January", said in January, is a year ago.
        year -= number >= published.month
    return Span(date(year, number, 1), month_end(year, number), "month")


def _named_year(which: str, published: date) -> Span:
    if which == "last":
        return Span(date(published.year - 1, 1, 1), date(published.year - 1, 12, 31), "year")
    if which == "next":
        return Span(date(published.year + 1, 1, 1), date(published.year + 1, 12, 31), "year", "next")
    if which == "this past":
        stretch = _stretch(published, 1, "year", False)
        assert stretch is not None
        return stretch
    return Span(published, published, "day")


# --- what an expression does for one number


class FactDates(NamedTuple):
    """The dates of one fact, each with its precision."""

    as_of: date | None
    as_of_precision: Precision = "day"
    as_of_basis: Literal["text", "release", "none"] = "release"
    since: date | None = None
    since_precision: Precision | None = None
    deadline: date | None = None
    deadline_precision: Precision | None = None


_SINCE = re.compile(r"\bsince\b[^,;—]{0,90}$", re.IGNORECASE)
_SINCE_WORD = re.compile(r"\bsince\b", re.IGNORECASE)
_DUE = re.compile(
    r"\b(?:by|before|until|through)\s+(?:at least\s+)?(?:the\s+)?(?:(?:early|late|mid)[\s-])?$", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
_TO = re.compile(r"^\s*(?:to|through|until|and|[–-])\s*$", re.IGNORECASE)
_THROUGHOUT = re.compile(r"\b(?:throughout|during)\s+(?:the\s+month\s+of\s+)?$", re.IGNORECASE)
_HOLDS = re.compile(
    r"\b(?:in|on|at|as of|of|during|by|this past|since|late|early)\s+(?:the\s+)?(?:(?:early|late|mid)[\s-])?$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\bsince\s+(?:day\s+one|taking\s+office"
    r"|(?:the\s+)?(?:president|vice president|he|she|i|we)\b[^,;]{0,40}\b(?:took|taking|came\s+into|entered)\s+office"
    r"|(?:the\s+)?(?:beginning|start)\s+of\s+(?:the|my|this|his)[\w\s-]{0,30}administration"
    r"|(?:the|this|my|his)[\w\s-]{0,30}administration\s+(?:began|started|took\s+office)"
    r"|(?:his|the|my)\s+(?:first\s+day|inauguration))"
    r"|\b(?:under|during)\s+(?:my|this|the\s+[\w-]+)\s+administration",
    re.IGNORECASE,
)
_SO_FAR_THIS_YEAR = re.compile(
    r"\b(?:already|so\s+far)\s+this\s+year\b|\bthis\s+year\s+(?:already|alone|so\s+far)\b", re.IGNORECASE
)
# "the first time since 2003" compares and does not count.
_COMPARES = re.compile(
    r"\b(?:first|lowest|highest|largest|biggest|best|worst|most|lows?|highs?|record)\b[^,;]{0,40}\bsince\b[^,;]{0,30}$",
    re.IGNORECASE,
)
_LEAD = 40
_LEAD_LENGTH = 160
_HARD = re.compile(r";|—|\s–\s")
_ANAPHORA = re.compile(
    r"\bsince\s+(?:then|that\s+time|(?:the\s+|its\s+|these\s+|this\s+)?[^,;—]{0,60}?\b(?:launch\w*|announc\w*|began|start\w*|took|creat\w*|enact\w*|pass\w*|sign\w*))",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r";|\s[—–-]\s|—|,\s+(?:and\s+)?(?:which|while|but|where|resulting|leading|bringing|including\s+through|making)\b|,\s+and\s+(?:will|ha[sd]|have|is|are|it|they|the|he|she|we|their|by)\b"
)
_NAMED_THING = re.compile(r"^(?:['’]s)?\s+(?:State\s+of|Budget|Act\b|Fiscal|[A-Z]\w+\s+(?:Act|Plan|Report|Address))")


def since_in_office(text: str) -> re.Match[str] | None:
    """`since taking office`, `under my Administration`: counted from the inauguration."""
    return _OFFICE.search(text)


class SentenceDates:
    """The date expressions of one sentence and their duties, for each number in it."""

    def __init__(self, text: str, published: date | None, earlier: str = "") -> None:
        """`earlier` is the text before the sentence: what `since then` refers to."""
        self._text = text
        self._published = published
        self._earlier = earlier
        self._found = expressions(text, published)
        self._plain = text.casefold()

    def of(self, start: int, end: int, target: bool, past: bool, counts: bool = True) -> FactDates:
        """The dates of the number at `start:end` of the sentence.

        `past` where its verb tells of something done, `counts` where it is a count that a period can bound.
        """
        since = None if target or not counts else self._since(start, end)
        deadline = None
        span = self._from_to(start, end) or self._throughout(start, end)
        if span is not None:
            since = span
            deadline = span if target else None
        if target and deadline is None:
            deadline = self._deadline(start, end)
        holds = None if target else self._holds(start, end, past)
        as_of, precision, basis = self._as_of(holds)
        if since is not None and as_of is not None and since.first > as_of and not target:
            since = None  # what holds by then was not counted from later on; a target's period may lie ahead
        return FactDates(
            as_of,
            precision,
            basis,
            since.first if since else None,
            since.precision if since else None,
            deadline.last if deadline else None,
            deadline.precision if deadline else None,
        )

    def _as_of(self, holds: Span | None) -> tuple[date | None, Precision, Literal["text", "release", "none"]]:
        if holds is None:
            return self._published, "day", "release" if self._published else "none"
        last = min(holds.last, self._published) if self._published else holds.last
        return last, holds.precision, "text"

    def _since_reaches(self, begin: int, stop: int, start: int, end: int) -> bool:
        """A phrase that opens the sentence holds up to a dash or semicolon, any other for its own clause."""
        if begin < start and begin < _LEAD:
            return not _HARD.search(self._text[stop:start])
        return self._reaches(begin, stop, start, end)

    def _lead(self, begin: int) -> str:
        """The words just before an expression, which say what it does."""
        return self._text[max(0, begin - _LEAD_LENGTH) : begin]

    def _reaches(self, begin: int, stop: int, start: int, end: int) -> bool:
        """No clause boundary between the expression and the number."""
        between = self._text[end:begin] if begin >= end else self._text[stop:start]
        return not _BOUNDARY.search(between)

    def _since(self, start: int, end: int) -> Span | None:
        published = self._published
        may_count = "since" in self._plain or "administration" in self._plain
        office = _OFFICE.search(self._text) if may_count else None
        if office and published and self._since_reaches(office.start(), office.end(), start, end):
            first = inauguration(published)
            return Span(first, first, "day")
        for begin, stop, span in self._found:
            lead = self._lead(begin)
            word = _SINCE.search(lead)
            if (
                word
                and not _COMPARES.search(lead)
                and self._since_reaches(begin - len(lead) + word.start(), stop, start, end)
            ):
                return self._since_last_year(begin, stop) or span
            if span.relative == "past" and self._since_reaches(begin, stop, start, end):
                return span
        this_year = _SO_FAR_THIS_YEAR.search(self._text) if "year" in self._plain else None
        if this_year and published and self._reaches(this_year.start(), this_year.end(), start, end):
            return Span(date(published.year, 1, 1), published, "year")
        return self._since_earlier(start, end)

    def _since_last_year(self, begin: int, stop: int) -> Span | None:
        """`since last year` counts from the same day a year ago."""
        if self._published is None or self._text[begin:stop].lower().split() != ["last", "year"]:
            return None
        day = shift(self._published, years=-1)
        return Span(day, day, "year")

    def _since_earlier(self, start: int, end: int) -> Span | None:
        """`since then`, `since the launch`: the last date that stands before in the paragraph."""
        match = _ANAPHORA.search(self._text) if "since" in self._plain else None
        if match is None or not self._since_reaches(match.start(), match.end(), start, end):
            return None
        if any(match.start() <= begin <= match.end() + 40 for begin, _, _ in self._found):
            return None
        known = [
            span
            for _, _, span in expressions(self._earlier, self._published)
            if span.relative is None and (self._published is None or span.first <= self._published)
        ]
        return known[-1] if known else None

    def _from_to(self, start: int, end: int) -> Span | None:
        for (begin, stop, first), (begin2, stop2, last) in zip(self._found, self._found[1:], strict=False):
            ranges = _TO.match(self._text[stop:begin2]) and _FROM.search(self._lead(begin))
            if ranges and self._reaches(begin, stop2, start, end):
                return Span(first.first, last.last, last.precision)
        return None

    def _throughout(self, start: int, end: int) -> Span | None:
        for begin, stop, span in self._found:
            if (
                _THROUGHOUT.search(self._lead(begin))
                and span.precision != "day"
                and self._reaches(begin, stop, start, end)
            ):
                return span
        return None

    def _deadline(self, start: int, end: int) -> Span | None:
        published = self._published
        for begin, stop, span in self._found:
            ahead = span.relative == "next" or published is None or span.last > published
            bound = _DUE.search(self._lead(begin)) or span.relative == "next" or _HOLDS.search(self._lead(begin))
            if ahead and bound and self._reaches(begin, stop, start, end):
                return span
        return None

    def _holds(self, start: int, end: int, past: bool) -> Span | None:
        for begin, stop, span in self._found:
            if (
                span.relative is not None
                or _SINCE.search(self._lead(begin))
                or not self._reaches(begin, stop, start, end)
            ):
                continue
            if _NAMED_THING.match(self._text[stop:]):
                continue
            if self._published is not None and span.first > self._published:
                continue
            if begin < start and _OWN.match(self._text[stop:]):
                return span
            if (begin < start and self._leads(begin)) or (begin >= end and past and _HOLDS.search(self._lead(begin))):
                return span
        return None

    def _leads(self, begin: int) -> bool:
        """Does the expression stand in a phrase that opens the sentence or one of its clauses (`In November, ...`)?"""
        lead = self._text[:begin]
        cuts = [lead.rfind(mark) + len(mark) for mark in ("; ", " and ", " that ", ", ") if mark in lead]
        words = lead[max(cuts, default=0) :].split()
        return len(words) <= 5 and (not words or words[0].lower() in _LEADING)


# "Monday's announcement of more than $700 million"
_OWN = re.compile(r"['’]s\s+(?:announcement|award|investment|release)s?\b")
_LEADING = words("in on by as at this during last earlier today just early late for")
