"""The places that take part in a fact or where it happens.

`PlaceIndex.of(document)` finds every place that the release names, once; `of_fact` chooses those that belong to a fact:
participants and sites in its evidence, the place that its sentence is about, the list that a number announces. The seat of an
actor (`Detroit-based`) and places inside the names of bodies (`Houston Police Department`) are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from flows.extraction.document import Document
from flows.extraction.gazetteer import STATE_ABBREVIATIONS, TERRITORIES, Gazetteer, gazetteer
from flows.extraction.lexicon import words
from warehouse.records import PlaceMention

_WORD = r"(?:(?:[A-Z]\.){2,}|(?:St|Ft|Mt)\.(?= [A-Z])|[A-ZÀ-Þ][\w’'\u2060]*(?:-[A-Z][\w]*)*)"
_RUN = re.compile(rf"(?<![\w’'.@/#-]){_WORD}(?: {_WORD})*")
_PART = re.compile(r"[^ ]+")
_POSSESSIVE = re.compile(r"[’']s?\Z")
_POSTAL = words(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI"""
)

# Words that follow a place's name when it stands for the place and not inside another name.
_OFFICE = words(
    """Mayor Mayors Governor Gov Governors Lieutenant Lt County City Police Council Councilmember Councilman Senator
    Representative Congressman Congresswoman Attorney Legislature State Sheriff Chief Commissioner Supervisor
    Executive School Schools Area Republican Democratic Democrats Republicans Public Deputy First Secretary
    Superintendent Lawmakers Department"""
)
_DIRECTIONS = words("North South East West Northern Southern Eastern Western Central Southwest Southeast Northwest Northeast Greater Downtown Upstate Rural")
# A name after one of these is a person's.
_PERSON_TITLES = words(
    """President Secretary General Mr Ms Mrs Dr Judge Justice Senator Representative Congressman Congresswoman
    Director Administrator Ambassador Chairman Chairwoman Chair Mayor Governor Officer Sergeant Detective Captain
    Attorney Leader Speaker Lady Minister Colonel Lieutenant Commissioner Professor Vice Deputy Advisor Under
    Assistant Prime King Queen Prince Pope Saint Sir Coach"""
)
_BODY_OF = re.compile(
    r"\b(?:University|Bank|District|Conference|Association|Institute|College|Circuit|Chamber|Church|Diocese|Hospital|Museum|League|Court|"
    r"Society|Alliance|Council|Board|Embassy|Battle|Treaty|Agreement|Declaration|Gulf|Coast|Industries|United States|Organization|Bay|Isle|"
    r"Manufacturing|Partnership|Foundation|Federation|Clubs?|Lakes|Port|Fort|Bureau|Journal|Compact|Wars?) (?:of|for) (?:the )?\Z"
)
_SEAT_BEFORE = re.compile(r"\b(?:based|headquartered|located|native|born|raised|resid\w+|formerly) (?:in|of|near)? ?(?:[A-Z][\w.]+(?:, [A-Z][\w.]+)?,? and )?\Z")
_SEAT_AFTER = re.compile(r"[-‑ ](?:based|area|born|headquartered)\b")
_AMBIGUOUS_STATES = frozenset({"Washington", "New York", "Georgia"})
_CONTINUES = re.compile(r"[,;] (?:and )?\Z| and \Z")
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Aa]ll) \Z")
_PARTIAL = re.compile(r"\b(?:including|such as|like|among them|e\.g\.|for example|from)\b[^.;:]{0,40}\Z")
_LIST_GAP = re.compile(r"(?:\s|,|;|and|or|&|the|in|to|cities of|City of|[A-Z]{2}\b|\([A-Z]{2}\))*\Z")
_CLAUSE_CUT = re.compile(r";\s|—|\s[–-]\s")
_BACK_REFERENCE = re.compile(r"\b(?:the|their) (?:city|state|county|commonwealth|town)\b(?! or\b)", re.IGNORECASE)
_DATELINE = re.compile(r"[A-Z]{4,}(?: [A-Z]{4,})?\Z")
_INCLUDED = re.compile(r"\s*(?:The|They|These|Participating|Participants|Members)\b[^.;]{0,60}\binclud\w+[^.;]{0,30}\Z")
_LIST_NOUN = re.compile(r"\b(?:cit(?:y|ies)|states?|communit(?:y|ies)|count(?:y|ies)|jurisdictions?|countries|nations|agenc(?:y|ies)|sites?)\b")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place at `text[start:end]`; `is_seat` where it only tells where an actor sits."""

    start: int
    end: int
    mention: PlaceMention
    is_seat: bool


@dataclass(frozen=True, slots=True)
class FactPlaces:
    """The places of one fact, and whether their list is complete (None: no list)."""

    places: tuple[PlaceMention, ...] = ()
    complete: bool | None = None


@lru_cache(maxsize=1)
def _state_after() -> re.Pattern[str]:
    """`, OH` `, Ohio` `, Calif.` ` (VA)` after a city's name."""
    names = sorted({*gazetteer().state_codes} - _POSTAL, key=len, reverse=True)
    spelled = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?:, ?|,? )({spelled}|D\.C\.?)(?![\w])|, ?({'|'.join(sorted(_POSTAL))})\b| \(({'|'.join(sorted(_POSTAL))})\)")


class PlaceIndex:
    """All places that one document names."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text.replace("*", " ")
        self._gazetteer = gazetteer()
        self._explicit: dict[str, set[str]] = {}
        self.found = self._find()
        self._starts = [place.start for place in self.found]

    @classmethod
    def of(cls, document: Document) -> PlaceIndex:
        """Read the document once."""
        return cls(document)

    def between(self, start: int, end: int) -> list[PlaceFound]:
        """The places that begin in `text[start:end]`, seats left out."""
        inside = self.found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [place for place in inside if not place.is_seat]

    def of_fact(
        self,
        sentence: int,
        start: int,
        end: int,
        number: int | None = None,
        number_end: int | None = None,
        value: float | None = None,
        unit: str | None = None,
    ) -> FactPlaces:
        """The places of the fact whose evidence is `text[start:end]` in the sentence."""
        where = self._document.sentences[sentence]
        inside = self._narrowed(self._whole_list(self.between(start, end), start), start)
        inside = inside or self._of_subject(where.start, start)
        if value is not None and value > 2 and _is_place_unit(unit) and not self._is_settled(inside, value):
            inside = self._announced(sentence, end, value) or self._told_elsewhere(number or start, value) or inside
        return self._listed(inside or self._referred_to(start, end), value, unit)

    def _whole_list(self, places: list[PlaceFound], start: int) -> list[PlaceFound]:
        """The places with those of the same list that stand just before the evidence: it may begin within a list."""
        at = bisect_left(self._starts, start)
        while places and at > 0 and _LIST_GAP.match(self._text[self.found[at - 1].end : places[0].start]):
            at -= 1
            if places[0].start - self.found[at].end > _WITHIN_LIST or self.found[at].is_seat:
                break
            places = [self.found[at], *places]
        at = bisect_left(self._starts, places[-1].end) if places else len(self.found)
        while at < len(self.found) and _CONTINUES.match(self._text[places[-1].end : self.found[at].start]):
            places = [*places, self.found[at]]
            at += 1
        return places

    def _is_settled(self, places: list[PlaceFound], value: float) -> bool:
        """Whether a counted list needs no search: it is full, marked as partial, or one place beside the number."""
        if not places:
            return False
        partial = _PARTIAL.search(self._text[max(0, places[0].start - 60) : places[0].start])
        return len(places) in {1, value} or partial is not None

    def _narrowed(self, places: list[PlaceFound], start: int) -> list[PlaceFound]:
        """`Dallas` where the Dallas Innovation Alliance does something `in Texas`: a body's own city says it closer."""
        if len(places) != 1 or places[0].mention.kind != "state" or not self._text.endswith("in ", 0, places[0].start):
            return places
        code = self._gazetteer.state_codes.get(places[0].mention.name, "")
        for run in _RUN.finditer(self._text, start, places[0].start):
            words = run.group().removeprefix("The ").split(" ")
            for size in range(min(3, len(words) - 1), 0, -1):
                name = " ".join(words[:size])
                city = self._gazetteer.city(name, code)
                if city and (city.population or 0) >= _BODY_CITY:
                    return [PlaceFound(run.start(), run.end(), PlaceMention(f"{name}, {code}", city.place_id, "city"), False)]
        return places

    def _of_subject(self, sentence_start: int, start: int) -> list[PlaceFound]:
        """The place that the sentence is about, for a later clause of it: it stands first and is no announced list."""
        cuts = list(_CLAUSE_CUT.finditer(self._text, sentence_start, start))
        semicolons = [cut for cut in cuts if cut.group().startswith(";")]
        begin = semicolons[-1].end() if semicolons else sentence_start
        places = self.between(begin, start)
        before = self._text[begin : places[0].start] if places else ""
        if not places or (len(before.split()) > _SUBJECT_WITHIN and not _EXEMPLIFIED.search(before)):
            return []
        subject = [places[0]]
        for place in places[1:]:
            if not _LIST_GAP.match(self._text[subject[-1].end : place.start]):
                break
            subject.append(place)
        return subject

    def _announced(self, sentence: int, end: int, value: float) -> list[PlaceFound]:
        """The list of exactly so many places that follows the number, in this sentence or the next."""
        here = self._document.sentences[sentence]
        following = self._document.sentences[min(sentence + 1, len(self._document.sentences) - 1)]
        for stop in (here.end, following.end):
            places = self.between(end, stop)
            if len(places) == value and self._is_one_list(places):
                return places
        places = self.between(following.start, following.end)
        if 2 < len(places) < value and _INCLUDED.match(self._text[following.start : places[0].start]):
            return places
        return []

    def _told_elsewhere(self, number: int, value: float) -> list[PlaceFound]:
        """The one list of exactly so many places in the release, where the text takes it as known (`the six cities`)."""
        if not _DEFINITE.search(self._text[max(0, number - 12) : number]):
            return []
        lists = [places for places in self._lists() if len(places) == value]
        return lists[0] if lists and all(_names(places) == _names(lists[0]) for places in lists) else []

    def _lists(self) -> list[list[PlaceFound]]:
        """The lists of three and more places in the whole release."""
        lists: list[list[PlaceFound]] = [[]]
        for place in self.found:
            if lists[-1] and not _LIST_GAP.match(self._text[lists[-1][-1].end : place.start]):
                lists.append([])
            lists[-1].append(place)
        return [places for places in lists if len(places) > 2]

    def _is_one_list(self, places: list[PlaceFound]) -> bool:
        return all(
            _LIST_GAP.match(self._text[first.end : second.start]) for first, second in zip(places, places[1:], strict=False)
        )

    def _referred_to(self, start: int, end: int) -> list[PlaceFound]:
        """The latest place, where the evidence speaks of `the city`."""
        if not _BACK_REFERENCE.search(self._text, start, end):
            return []
        at = bisect_left(self._starts, start)
        return [place for place in self.found[max(0, at - 1) : at] if not place.is_seat and start - place.start < 400]

    def _listed(self, places: list[PlaceFound], value: float | None, unit: str | None) -> FactPlaces:
        mentions = tuple(dict.fromkeys(place.mention for place in places))
        if not mentions:
            return FactPlaces()
        if _PARTIAL.search(self._text[max(0, places[0].start - 60) : places[0].start]):
            return FactPlaces(mentions, False)
        if len(mentions) == 1:
            return FactPlaces(mentions)
        if value is not None and _is_place_unit(unit):
            return FactPlaces(mentions, len(mentions) == value)
        return FactPlaces(mentions)

    # --- finding

    def _find(self) -> list[PlaceFound]:
        found = [
            PlaceFound(m.start(), m.end(), self._mention_of_code(m.group()), False) for m in _tied_names().finditer(self._text)
        ]
        for run in _RUN.finditer(self._text):
            words = [(run.start() + m.start(), run.start() + m.end()) for m in _PART.finditer(run.group())]
            found += self._in_run(words)
        return self._without_uncertain(_without_overlaps(found))

    def _in_run(self, words: list[tuple[int, int]]) -> list[PlaceFound]:
        found: list[PlaceFound] = []
        first = 0
        while first < len(words):
            last, place = self._longest_at(words, first)
            if place:
                found += self._shared_state(place)
                found.append(place)
            first = last
        return found

    def _longest_at(self, words: list[tuple[int, int]], first: int) -> tuple[int, PlaceFound | None]:
        for last in range(min(len(words), first + _LONGEST_NAME), first, -1):
            place = self._read(words, first, last)
            if place:
                return last, place
        return first + 1, None

    def _read(self, words: list[tuple[int, int]], first: int, last: int) -> PlaceFound | None:
        start, end = words[first][0], words[last - 1][1]
        name = _POSSESSIVE.sub("", self._text[start:end])
        if last == len(words):
            explicit = self._with_state(start, end, name)
            if explicit:
                return explicit
        if not self._stands_alone(words, first, last):
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
        place = self._gazetteer.county(name, code) if name.endswith(("County", "Parish")) else self._gazetteer.city(name, code)
        if place is None:
            return None
        if place.kind == "city":
            self._explicit.setdefault(name, set()).add(code)
        return self._placed(start, after.end(), PlaceMention(f"{name}, {code}", place.place_id, place.kind))

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

    def _shared_state(self, place: PlaceFound) -> list[PlaceFound]:
        """`Milwaukee` of `Milwaukee and Madison, Wisconsin`."""
        name, _, code = place.mention.name.rpartition(", ")
        before = _SHARED.search(self._text[max(0, place.start - 60) : place.start])
        if place.mention.kind != "city" or not before or not name or name in self._gazetteer.state_codes:
            return []
        partner = self._gazetteer.city(before.group(1), code)
        if partner is None or self._gazetteer.known_city(before.group(1)):
            return []
        start = place.start - len(before.group(0))
        return [self._placed(start, start + len(before.group(1)), PlaceMention(f"{before.group(1)}, {code}", partner.place_id, "city"))]

    def _stands_alone(self, words: list[tuple[int, int]], first: int, last: int) -> bool:
        """Whether the words name a place here and not part of a person's or a body's name."""
        if last < len(words):
            after = self._text[words[last][0] : words[last][1]].rstrip("’s'")
            if after not in _OFFICE or self._text[words[last - 1][1] - 1] in "’'":
                return bool(_POSSESSIVE.search(self._text[words[last - 1][0] : words[last - 1][1]]))
            if after in _BODY_WORDS and not self._text[words[-1][0] : words[-1][1]].startswith(("Chief", "Mayor")):
                return False
        if first == 0:
            return True
        before = self._text[words[first - 1][0] : words[first - 1][1]]
        if before in _DIRECTIONS:
            return True
        opens = words[first - 1][0] == 0 or self._text[words[first - 1][0] - 1 : words[first - 1][0]] in {"\n", " "}
        return first == 1 and opens and before in _OPENERS

    def _without_uncertain(self, found: list[PlaceFound]) -> list[PlaceFound]:
        """Drops small bare cities outside lists, and `Washington` where no other state stands beside it."""
        kept = []
        for index, place in enumerate(found):
            beside = [
                other
                for other in found[max(0, index - 1) : index + 2]
                if other is not place and _near(self._text, place, other)
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
        name, _, code = place.mention.name.rpartition(", ")
        if code in self._gazetteer.countries and code not in self._gazetteer.states:
            return True
        return bool(beside) or name in self._explicit or self._gazetteer.known_city(name) is not None


_EXEMPLIFIED = re.compile(r"\A(?:\w+ ){1,5}[–—,(-]* ?(?:including|such as|like) (?:\w+ ){0,3}\Z")
_SUBJECT_WITHIN = 4  # words before a place that the sentence is still about
_COUNTRY_AFTER = re.compile(r", ([A-Z][\w’']+(?: (?:of |and )?[A-Z][\w’']+){0,3})\b")
_WITHIN_LIST = 12  # characters between two places of one list
_LONGEST_NAME = 5
_BODY_CITY = 20_000  # people of a city by which bodies are called
_SHARED = re.compile(r"([A-Z][\w.]+(?: [A-Z][\w.]+){0,2}) and \Z")
_BODY_WORDS = frozenset({"Police", "Public", "Department", "Schools", "School", "City", "State", "County", "Area"})
_OPENERS = words("In At From For To And While When As Across Since Today Both Like Of The")
_PLACE_UNITS = words("city state community county jurisdiction country nation town agency site territory champion locality municipality region tribe government area")


def _is_place_unit(unit: str | None) -> bool:
    return unit is not None and any(head.split()[-1] in _PLACE_UNITS for head in unit.split("|") if head)


def _names(places: list[PlaceFound]) -> list[str]:
    return [place.mention.name for place in places]


def _without_overlaps(found: list[PlaceFound]) -> list[PlaceFound]:
    kept: list[PlaceFound] = []
    for place in sorted(found, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _near(text: str, first: PlaceFound, second: PlaceFound) -> bool:
    left, right = (first, second) if first.start < second.start else (second, first)
    return bool(_LIST_GAP.match(text[left.end : right.start]))


@lru_cache(maxsize=1)
def _tied_names() -> re.Pattern[str]:
    """States and countries whose names hold small words or marks: `District of Columbia`, `Trinidad and Tobago`."""
    names = [*gazetteer().state_codes, *gazetteer().country_codes]
    tied = sorted((name for name in names if re.search(r" (?:of|and|the|d)\b| d[’']|^the ", name)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, tied))})(?!\w)")
