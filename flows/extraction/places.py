"""The places that take part in a fact or where it happens.

`PlaceIndex.of(document)` finds every place that the release names, once; `of_fact` chooses those that belong to a fact:
participants and sites in its evidence, the place that its sentence is about, the list that a number announces. The seat
of an actor (`Detroit-based`) and places inside the names of bodies (`Houston Police Department`) are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from flows.extraction.document import Document
from flows.extraction.lexicon import words
from flows.extraction.toponyms import PlaceFound, are_listed, city_of_body, find_places
from warehouse.records import PlaceMention

_PARTIAL = re.compile(r"\b(?:including|such as|like|among them|e\.g\.|for example|from)\b[^.;:]{0,40}\Z")
_EXEMPLIFIED = re.compile(r"\A(?:\w+ ){1,5}[–—,(-]* ?(?:including|such as|like) (?:\w+ ){0,3}\Z")
_CONTINUES = re.compile(r"[,;] (?:and )?\Z| and \Z")
_INCLUDED = re.compile(r"\s*(?:The|They|These|Participating|Participants|Members)\b[^.;]{0,60}\binclud\w+[^.;]{0,30}\Z")
_OWN_PLACE = re.compile(r"[^,;.\d]{0,40}\b(?:in|across|to) ")
# "including $6 million to Tulsa, $2 million to": shares of a sum, each with the place that gets it
_SHARES = re.compile(r"\b(?:including|with)\b[^;.]{0,30}[$\d][^;.]{0,40} (?:to|in|for) (?:the )?\Z")
_FURTHER_NUMBER = re.compile(r", (?:and )?(?:\w+ ){0,3}\$?\d{1,2}")
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Aa]ll) \Z")
_BACK_REFERENCE = re.compile(r"\b(?:the|their) (?:city|state|county|commonwealth|town)\b(?! or\b)", re.IGNORECASE)
_PLACE_UNITS = words(
    """city state community county jurisdiction country nation town agency site territory champion locality municipality
    region tribe government area"""
)
_SUBJECT_WITHIN = 4  # words before a place that the sentence is still about
_SUBJECT_REACH = 1500  # characters after which a sentence's subject is forgotten
_WITHIN_LIST = 12  # characters between two places of one list


class FactPlaces(NamedTuple):
    """The places of one fact, and whether their list is complete (None: no list)."""

    places: tuple[PlaceMention, ...] = ()
    complete: bool | None = None


class PlaceIndex:
    """All places that one document names."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text.replace("*", " ")
        self.found = find_places(self._text)
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
        if number is not None and number_end is not None and (own := self._of_number(start, number, number_end, end)):
            return FactPlaces((own.mention,))
        inside = self._before_shares(number_end, self.between(start, end))
        if not inside and self.between(start, end):
            return FactPlaces()
        inside = self._narrowed(self._whole_list(inside, start), start)
        inside = inside or self._of_subject(where.start, start)
        if value is not None and value > 2 and _is_place_unit(unit) and not self._is_settled(inside, value):
            inside = self._announced(sentence, end, value) or self._told_elsewhere(number or start, value) or inside
        return self._listed(inside or self._referred_to(start, end), value, unit)

    def _of_number(self, start: int, number: int, number_end: int, end: int) -> PlaceFound | None:
        """The number's own place, where each of several numbers has one: `250 in Ohio, nearly 300 in Texas`."""
        before, after = self.between(start, number), self.between(number_end, end)
        if not after or not _OWN_PLACE.fullmatch(self._text[number_end : after[0].start]):
            return None
        goes_on = _FURTHER_NUMBER.match(self._text, after[0].end, end)
        went_before = before and _FURTHER_NUMBER.fullmatch(self._text[before[-1].end : number + 2])
        return after[0] if goes_on or went_before else None

    def _before_shares(self, number_end: int | None, places: list[PlaceFound]) -> list[PlaceFound]:
        """The places without those that each get a share of a sum (`$8 million, including $6 million to Tulsa`)."""
        for index, place in enumerate(places):
            if number_end is not None and place.start > number_end:
                if _SHARES.search(self._text[number_end : place.start]):
                    return places[:index]
                break
        return places

    def _whole_list(self, places: list[PlaceFound], start: int) -> list[PlaceFound]:
        """The places with those of the same list that stand just before the evidence: it may begin within a list."""
        at = bisect_left(self._starts, start)
        while places and at > 0 and are_listed(self._text, self.found[at - 1], places[0]):
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
        body = city_of_body(self._text, start, places[0])
        return [body] if body else places

    def _of_subject(self, sentence_start: int, start: int) -> list[PlaceFound]:
        """The place that the sentence is about, for a later clause of it: it stands first and is no announced list."""
        begin = max(sentence_start, self._text.rfind("; ", sentence_start, start) + 1)
        places = self.between(begin, start) if start - begin < _SUBJECT_REACH else []
        before = self._text[begin : places[0].start] if places else ""
        if not places or (len(before.split()) > _SUBJECT_WITHIN and not _EXEMPLIFIED.search(before)):
            return []
        subject = [places[0]]
        for place in places[1:]:
            if not are_listed(self._text, subject[-1], place):
                break
            subject.append(place)
        return subject

    def _announced(self, sentence: int, end: int, value: float) -> list[PlaceFound]:
        """The list of exactly so many places that follows the number, in this sentence or the next."""
        here = self._document.sentences[sentence]
        following = self._document.sentences[min(sentence + 1, len(self._document.sentences) - 1)]
        for stop in (here.end, following.end):
            places = self.between(end, min(stop, end + _SUBJECT_REACH))
            if len(places) == value and self._is_one_list(places):
                return places
        places = self.between(following.start, following.end)
        if 2 < len(places) < value and _INCLUDED.match(self._text[following.start : places[0].start]):
            return places
        return []

    def _told_elsewhere(self, number: int, value: float) -> list[PlaceFound]:
        """The one list of exactly so many places in the release, where the text takes it as known (`the six`)."""
        if not _DEFINITE.search(self._text[max(0, number - 12) : number]):
            return []
        lists = [places for places in self._lists if len(places) == value]
        return lists[0] if lists and all(_names(places) == _names(lists[0]) for places in lists) else []

    @cached_property
    def _lists(self) -> list[list[PlaceFound]]:
        """The lists of three and more places in the whole release."""
        lists: list[list[PlaceFound]] = [[]]
        for place in self.found:
            if lists[-1] and not are_listed(self._text, lists[-1][-1], place):
                lists.append([])
            lists[-1].append(place)
        return [places for places in lists if len(places) > 2]

    def _is_one_list(self, places: list[PlaceFound]) -> bool:
        return all(are_listed(self._text, first, second) for first, second in pairwise(places))

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


def _is_place_unit(unit: str | None) -> bool:
    return unit is not None and any(head.split()[-1] in _PLACE_UNITS for head in unit.split("|") if head)


def _names(places: list[PlaceFound]) -> list[str]:
    return [place.mention.name for place in places]
