"""Where a text names places, and which place each name means.

A city needs its state, or must be well known; a bare name beside other places, or one that the release gave a state
before, needs less. A name inside a body's or a person's name is no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from flows.extraction.gazetteer import TERRITORIES, gazetteer, name_key
from flows.extraction.lexicon import opening, words
from warehouse.records import PlaceMention

_WORD = r"(?:(?:[A-Z]\.){2,}|(?:St|Ft|Mt)\.(?= [A-Z])|[A-ZÀ-Þ][\w’'\u2060]*(?:-[A-Z][\w]*)*)"
_RUN = re.compile(rf"(?<![\w’'.@/#-]){_WORD}(?: {_WORD}){{0,40}}")
_PART = re.compile(r"[^ ]+")
_POSSESSIVE = re.compile(r"[’']s?\Z")
_POSTAL = words(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
    RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI"""
)
_COUNTRY_AFTER = re.compile(r", ([A-Z][\w’']+(?: (?:of |and )?[A-Z][\w’']+){0,3})\b")
# "Milwaukee and" before "Madison, Wisconsin"
_SHARED = re.compile(r"([A-Z][\w.]+(?: [A-Z][\w.]+){0,2}) and \Z")

# Words that follow a place's name where it stands for the place.
_OFFICE = words(
    """Mayor Mayors Governor Gov Governors Lieutenant Lt Council Councilmember Councilman Senator Representative
    Congressman Congresswoman Attorney Legislature Sheriff Chief Commissioner Supervisor Executive Republican
    Democratic Democrats Republicans Deputy First Secretary Superintendent Lawmakers"""
)
_DIRECTIONS = words(
    """North South East West Northern Southern Eastern Western Central Southwest Southeast Northwest Northeast Greater
    Downtown Upstate Rural"""
)
_OPENERS = words("In At From For To And While When As Across Since Today Both Like Of The")
# Cities called by ordinary words or common surnames.
_ORDINARY = words(
    """Mobile Orange Surprise Enterprise Independence Paradise Providence Concord Buffalo Mission Pearl Aurora Liberty
    Commerce Jackson Lincoln Madison Austin Houston Carson Warren Garland Irving Allen Tyler Lewis Clinton Cary"""
)
_BODY_OF = re.compile(
    r"\b(?:University|Bank|District|Conference|Association|Institute|College|Circuit|Chamber|Church|Diocese|Hospital|Museum|"
    r"League|Court|Society|Alliance|Council|Board|Embassy|Battle|Treaty|Agreement|Declaration|Gulf|Coast|Industries|"
    r"United States|Organization|Bay|Isle|Manufacturing|Partnership|Foundation|Federation|Clubs?|Lakes|Port|Fort|"
    r"Bureau|Journal|Compact|Wars?) (?:of|for) (?:the )?\Z"
)
# "Welders 172 Columbus", but not "On June 17 Columbus"
_UNION_LOCAL = re.compile(
    r"\b(?!(?:January|February|March|April|June|July|August|September|October|November|December|Sept) )"
    r"[A-Z][A-Za-z]{3,} \d{1,3} \Z"
)
_SEAT_BEFORE = re.compile(
    r"\b(?:based|headquartered|located|native|born|raised|resid\w+|formerly) (?:in|of|near)? ?"
    r"(?:[A-Z][\w.]+(?:, [A-Z][\w.]+)?,? and )?\Z"
)
_SEAT_AFTER = re.compile(r"[-‑ ](?:based|area|born|headquartered)\b")
_DATELINE = re.compile(r"[A-Z]{4,}(?: [A-Z]{4,})?\Z")

_LIST_GAP = re.compile(r"(?:\s|,|;|and|or|&|the|in|to|cities of|City of|[A-Z]{2}\b|\([A-Z]{2}\))*\Z")
_BODY_CITY = 20_000  # people of a city by which bodies are called
_LONGEST_GAP = 40  # characters between two places of one list
_LONGEST_NAME = 5  # words
_LONGEST_INITIALS = 4  # letters of `UAE`, `U.K.`

_Part = tuple[int, int]


class PlaceFound(NamedTuple):
    """A place at `text[start:end]`; `is_seat` where it only tells where an actor sits."""

    start: int
    end: int
    mention: PlaceMention
    is_seat: bool


def find_places(text: str) -> list[PlaceFound]:
    """Every place that the text names, in reading order."""
    return _Finder(text).find()


def are_listed(text: str, first: PlaceFound, second: PlaceFound) -> bool:
    """Whether nothing but commas and the like stands between two places."""
    left, right = (first, second) if first.start < second.start else (second, first)
    return right.start - left.end <= _LONGEST_GAP and bool(_LIST_GAP.match(text[left.end : right.start]))


def city_of_body(text: str, start: int, state: PlaceFound) -> PlaceFound | None:
    """The city in this state by which a body named in `text[start:]` before it is called, if it is of some size."""
    code = gazetteer().state_codes.get(state.mention.name, "")
    for run in _RUN.finditer(text, start, state.start):
        parts = run.group().removeprefix("The ").split(" ")
        for size in range(min(3, len(parts) - 1), 0, -1):
            name = " ".join(parts[:size])
            city = gazetteer().city(name, code)
            if city and (city.population or 0) >= _BODY_CITY:
                mention = PlaceMention(f"{name}, {code}", city.place_id, "city")
                return PlaceFound(run.start(), run.end(), mention, False)
    return None


class _Finder:
    """The names of one text; what it gives a state to is remembered for its bare mentions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._gazetteer = gazetteer()
        self._explicit: dict[str, set[str]] = {}

    def find(self) -> list[PlaceFound]:
        found = [
            PlaceFound(m.start(), m.end(), self._mention_of_code(m.group()), False)
            for m in _tied_names().finditer(self._text)
        ]
        known = self._gazetteer.first_words
        for run in _RUN.finditer(self._text):
            has_state = self._may_have_state(run)
            if has_state or not known.isdisjoint(map(_first_key, run.group().split(" "))):
                parts = [(run.start() + m.start(), run.start() + m.end()) for m in _PART.finditer(run.group())]
                found += self._in_run(parts, has_state)
        return self._without_uncertain(_without_overlaps(found))

    def _may_have_state(self, run: re.Match[str]) -> bool:
        """Whether any place however small can be named in a run: a state or country follows it, or was told before."""
        names, end = run.group(), run.end()
        if " County" in names:
            return True
        tail = self._text[end : end + 2]
        if tail[:1] != "," and tail != " (":
            return False
        if " Parish" in names or any(told in names for told in self._explicit):
            return True
        if not self._text[end + 1 : end + 3].lstrip(" (")[:1].isupper():
            return False
        if _state_after().match(self._text, end):
            return True
        country = _COUNTRY_AFTER.match(self._text, end)
        return country is not None and country.group(1) in self._gazetteer.country_codes

    def _in_run(self, parts: list[_Part], has_state: bool) -> list[PlaceFound]:
        found: list[PlaceFound] = []
        first = 0
        while first < len(parts):
            start, end = parts[first]
            if not has_state and _first_key(self._text[start:end]) not in self._gazetteer.first_words:
                first += 1
                continue
            last, place = self._longest_at(parts, first)
            if place:
                found += self._shared_state(place)
                found.append(place)
            first = last
        return found

    def _longest_at(self, parts: list[_Part], first: int) -> tuple[int, PlaceFound | None]:
        for last in range(min(len(parts), first + _LONGEST_NAME), first, -1):
            place = self._read(parts, first, last)
            if place:
                return last, place
        return first + 1, None

    def _read(self, parts: list[_Part], first: int, last: int) -> PlaceFound | None:
        start, end = parts[first][0], parts[last - 1][1]
        name = _unowned(self._text[start:end])
        if last == len(parts):
            explicit = self._with_state(start, end, name)
            if explicit:
                return explicit
        if not self._stands_alone(parts, first, last):
            return None
        mention = self._bare(name)
        return self._placed(start, end, mention) if mention else None

    def _with_state(self, start: int, end: int, name: str) -> PlaceFound | None:
        """`Columbus, OH`, `Shelby County, TN`, `Towson, Maryland`, `Norfolk (VA)`."""
        after = _state_after().match(self._text, end)
        if not after:
            return self._with_country(start, end, name)
        spelled = after.group(1) or after.group(2) or after.group(3)
        code = "DC" if spelled.startswith("D.C") else self._gazetteer.state_codes[spelled]
        is_county = name.endswith(("County", "Parish"))
        place = self._gazetteer.county(name, code) if is_county else self._gazetteer.city(name, code)
        if place is None:
            return None
        if place.kind == "city":
            self._explicit.setdefault(name, set()).add(code)
        spelled_out = place.name if name_key(place.name) == name_key(name) else name
        return self._placed(start, after.end(), PlaceMention(f"{spelled_out}, {code}", place.place_id, place.kind))

    def _with_country(self, start: int, end: int, name: str) -> PlaceFound | None:
        """`Lyon, France`."""
        after = _COUNTRY_AFTER.match(self._text, end)
        code = self._gazetteer.country_codes.get(after.group(1)) if after else None
        place = self._gazetteer.city_abroad(name, code) if code else None
        if after is None or place is None:
            return None
        return self._placed(start, after.end(), PlaceMention(f"{name}, {code}", place.place_id, "city"))

    def _bare(self, name: str) -> PlaceMention | None:
        """A name without a state: a state, a country, a county that is alone in its name, a well-known city."""
        if name.isupper() and len(name) > _LONGEST_INITIALS:  # a dateline
            return None
        if name in self._gazetteer.state_codes and len(name) > 2 and not name.endswith("."):
            return self._mention_of_code(name)
        if name in self._gazetteer.country_codes:
            code = self._gazetteer.country_codes[name]
            return None if code == "US" else PlaceMention(name, f"iso:{code}", "country")
        if name.endswith((" County", " Parish")):
            county = self._gazetteer.county(name, None)
            return PlaceMention(f"{name}, {county.state}", county.place_id, "county") if county else None
        return self._city_named_before(name) or self._known_city(name)

    def _city_named_before(self, name: str) -> PlaceMention | None:
        codes = self._explicit.get(name, set())
        if len(codes) != 1:
            return None
        (code,) = codes
        place = self._gazetteer.city(name, code)
        return PlaceMention(f"{name}, {code}", place.place_id, "city") if place else None

    def _known_city(self, name: str) -> PlaceMention | None:
        if len(self._explicit.get(name, ())) < 2:
            place = self._gazetteer.known_city(name, among_places=True)
            if place:
                return PlaceMention(f"{name}, {place.state}", place.place_id, "city")
        if self._gazetteer.is_large_city_name(name):
            return PlaceMention(name, None, "city")
        abroad = self._gazetteer.city_abroad(name)
        return PlaceMention(f"{name}, {abroad.country}", abroad.place_id, "city") if abroad else None

    def _mention_of_code(self, name: str) -> PlaceMention:
        code = self._gazetteer.state_codes.get(name)
        if code:
            place = self._gazetteer.states[code]
            shown = name if name in TERRITORIES else place.name
            return PlaceMention(shown, place.place_id, place.kind)
        return PlaceMention(name.removeprefix("the "), f"iso:{self._gazetteer.country_codes[name]}", "country")

    def _placed(self, start: int, end: int, mention: PlaceMention) -> PlaceFound:
        before = self._text[max(0, start - 60) : start]
        seat = bool(_SEAT_BEFORE.search(before) or _SEAT_AFTER.match(self._text, end) or _BODY_OF.search(before))
        return PlaceFound(start, end, mention, seat)

    def _shared_state(self, place: PlaceFound) -> Iterator[PlaceFound]:
        """`Milwaukee` of `Milwaukee and Madison, Wisconsin`."""
        name, _, code = place.mention.name.rpartition(", ")
        before = _SHARED.search(self._text[max(0, place.start - 60) : place.start])
        if place.mention.kind != "city" or not before or not name or name in self._gazetteer.state_codes:
            return
        first = before.group(1)
        partner = self._gazetteer.city(first, code)
        if partner and not self._gazetteer.known_city(first):
            start = place.start - len(before.group(0))
            mention = PlaceMention(f"{first}, {code}", partner.place_id, "city")
            yield self._placed(start, start + len(first), mention)

    def _stands_alone(self, parts: list[_Part], first: int, last: int) -> bool:
        """Whether the words name a place here and not part of a person's or a body's name."""
        if last < len(parts):
            ending = self._text[parts[last - 1][0] : parts[last - 1][1]]
            after = _unowned(self._text[parts[last][0] : parts[last][1]])
            if ending == _unowned(ending) and after not in _OFFICE and (after != "Metro" or last + 1 < len(parts)):
                return False
        if first == 0:
            start = parts[0][0]
            after_number = self._text[max(0, start - 2) : start - 1].isdecimal()  # else no union's local
            return not (after_number and _UNION_LOCAL.search(self._text[max(0, start - 40) : start]))
        before = self._text[parts[first - 1][0] : parts[first - 1][1]]
        return before in _DIRECTIONS or (first == 1 and before in _OPENERS)

    def _without_uncertain(self, found: list[PlaceFound]) -> list[PlaceFound]:
        """Drops small bare cities outside lists, and `Washington` where no other state stands beside it."""
        kept = []
        for index, place in enumerate(found):
            beside = [
                other
                for other in found[max(0, index - 1) : index + 2]
                if other is not place and are_listed(self._text, place, other)
            ]
            if self._is_certain(place, beside):
                kept.append(place)
        return kept

    def _is_certain(self, place: PlaceFound, beside: list[PlaceFound]) -> bool:
        surface = self._text[place.start : place.end]
        if place.mention.name == "Washington":
            return any(other.mention.kind == "state" for other in beside) or self._text.startswith(" state", place.end)
        if place.mention.kind != "city" or "," in surface or "(" in surface:
            return not _DATELINE.match(surface.split(",")[0])
        if place.mention.place_id is None:
            return any(other.mention.kind == "city" for other in beside)
        name = place.mention.name.rpartition(", ")[0]
        if not self._gazetteer.is_american(place.mention.place_id):
            return True
        if beside or name in self._explicit:
            return True
        ordinary = name in _ORDINARY and not self._text.endswith(" in ", 0, place.start)
        return not ordinary and self._gazetteer.known_city(name) is not None


@lru_cache(maxsize=65536)
def _first_key(word: str) -> str:
    # A name follows "St.", so that its key opens as that of a whole name does.
    return name_key(_unowned(word) + " x").partition(" ")[0]


def _unowned(name: str) -> str:
    """The name without its possessive ending."""
    return _POSSESSIVE.sub("", name) if "’" in name[-2:] or "'" in name[-2:] else name


def _without_overlaps(found: list[PlaceFound]) -> list[PlaceFound]:
    kept: list[PlaceFound] = []
    for place in sorted(found, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


@lru_cache(maxsize=1)
def _state_after() -> re.Pattern[str]:
    """`, OH` `, Ohio` `, Calif.` ` (VA)` after a city's name."""
    names = sorted({*gazetteer().state_codes} - _POSTAL, key=len, reverse=True)
    spelled, postal = "|".join(map(re.escape, names)), "|".join(sorted(_POSTAL))
    return re.compile(rf"(?:, ?|,? )({spelled}|D\.C\.?)(?![\w])|, ?({postal})\b| \(({postal})\)")


@lru_cache(maxsize=1)
def _tied_names() -> re.Pattern[str]:
    """States and countries whose names hold small words or marks: `District of Columbia`, `Trinidad and Tobago`."""
    names = [*gazetteer().state_codes, *gazetteer().country_codes]
    tied = sorted(
        (name for name in names if re.search(r" (?:of|and|the|d)\b| d[’']|^the ", name)), key=len, reverse=True
    )
    return re.compile(rf"{opening(*tied)}(?!\w)")
