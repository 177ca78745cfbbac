"""Events: a named actor did or promised one specific thing, without a number of its own.

Each verb that somebody named is the subject of gives a candidate clause (`event_clauses`). What speaks for an event and
what against it are counted as weights: a named initiative in the object, a verb of doing, a list's item, against
framing of the announcement, late clauses and standing descriptions.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows.extraction.actors import ActorIndex
from flows.extraction.clauses import VerbGroup
from flows.extraction.dates import FactDates, SentenceDates
from flows.extraction.deeds import PROMISING, VERB_CLASSES, action_of, is_framing, is_specific
from flows.extraction.document import Document
from flows.extraction.event_clauses import Candidate, ClauseFinder
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.places import PlaceIndex
from warehouse.records import Action, Fact

# What speaks for (positive) or against an event: a logistic regression on annotated releases, rounded.
_WEIGHTS: dict[str, float] = {
    "bias": -0.5, "opens=to": 0.24, "opens=a": 0.22, "opens=the": 0.14, "opens=that": -0.25, "subject=pronoun": 0.31,
    "subject=person": 0.21, "subject=body": -0.13, "subject=shared": -0.43, "tense=past": 0.32,
    "tense=perfect": 0.22, "tense=progressive": -0.31, "tense=present": -0.55, "verb=promising": 0.37,
    "verb=founding+tense=past": 0.33, "verb=founding": 0.31, "verb=enacting": 0.21,
    "verb=enacting+tense=future": 0.16, "verb=enacting+tense=past": 0.16, "verb=doing+tense=perfect": 0.1,
    "verb=achieving": -0.13, "verb=advocating": -0.15, "verb=doing+tense=past": -0.16,
    "verb=doing+tense=present": -0.26, "verb=doing": -0.44, "verb=is-committed": -1.0, "specific": 0.95,
    "has-initiative": 0.57, "in-list": 0.28, "mentions-initiative": 0.27, "middling": 0.26, "opens-item": 0.25,
    "long": 0.2, "first-paragraph": -0.2, "lead-in": -0.22, "cut-before-number": -0.25, "late": -0.31,
    "framing": -0.38, "short": -0.46,
}  # fmt: skip
_THRESHOLD = -0.4  # what is likelier than not, and a little less: half of the doubtful ones are events
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+ [A-Z]")
_SHORT, _LONG = 5, 30  # words of an object
_LATE = 120  # characters from the sentence's begin to a clause that comes late in it


def find_events(
    document: Document,
    initiatives: InitiativeIndex,
    places: PlaceIndex,
    actors: ActorIndex,
    numbers: Sequence[tuple[int, int]],
    verbs: Mapping[int, list[VerbGroup]] | None = None,
) -> list[Fact]:
    """The events of a document.

    `numbers` are the spans of its quantities, whose clauses are no events; `verbs` the verbs of the sentences that were
    read before, by their index.
    """
    clauses = ClauseFinder(document, initiatives, places, actors, numbers, verbs or {})
    judge = EventJudge(document, initiatives, places)
    scored = ((sum(_WEIGHTS.get(sign, 0.0) for sign in judge.signs(clause)), clause) for clause in clauses.candidates())
    return [judge.fact(clause, score) for score, clause in _apart(pair for pair in scored if pair[0] > _THRESHOLD)]


class EventJudge:
    """Says what speaks for and against a candidate, and makes a fact of it."""

    def __init__(self, document: Document, initiatives: InitiativeIndex, places: PlaceIndex) -> None:
        self._document = document
        self._text = document.text
        self._initiatives = initiatives
        self._places = places

    def signs(self, clause: Candidate) -> Iterator[str]:
        """The names of all signs that the candidate shows."""
        yield "bias"
        yield f"subject={clause.subject}"
        if clause.is_cut:
            yield "cut-before-number"
        yield from self._verb_signs(clause)
        yield from self._object_signs(clause)
        yield from self._place_signs(clause)

    def _verb_signs(self, clause: Candidate) -> Iterator[str]:
        if clause.lemma in PROMISING:
            yield "verb=is-committed" if clause.passive else "verb=promising"
            return
        yield f"tense={clause.tense}"
        for name, lemmas in VERB_CLASSES:
            if clause.lemma in lemmas:
                yield f"verb={name}"
                yield f"verb={name}+tense={clause.tense}"
        if clause.passive:
            yield "passive"

    def _object_signs(self, clause: Candidate) -> Iterator[str]:
        begin = clause.start if clause.subject == "agent" else clause.verb_end
        stretch = self._text[begin : clause.end]
        named = self._initiatives.between(begin, clause.end)
        if any(mention.kind != "anaphor" and not mention.is_topic for mention in named):
            yield "names-initiative"
        elif named:
            yield "mentions-initiative"
        elif _CAPITALISED.search(stretch):
            yield "names-other"
        if is_specific(stretch):
            yield "specific"
        parts = stretch.split()
        yield "short" if len(parts) < _SHORT else "long" if len(parts) > _LONG else "middling"
        opening = parts[0] if parts else ""
        if opening in {"that", "to", "the"}:
            yield f"opens={opening}"
        elif opening in {"a", "an", "its", "their", "his"}:
            yield "opens=a"

    def _place_signs(self, clause: Candidate) -> Iterator[str]:
        sentence = self._document.sentences[clause.sentence]
        if self._initiatives.list_lead_in(clause.sentence):
            yield "in-list"
            if sentence.start == self._document.blocks[sentence.block].start:
                yield "opens-item"
        if self._initiatives.at(clause.sentence, clause.start, clause.end):
            yield "has-initiative"
        if self._text[sentence.start : sentence.end].rstrip('* \n"”').endswith(":"):
            yield "lead-in"
        if is_framing(self._text, sentence.start, clause.end):
            yield "framing"
        if sentence.block == 0:
            yield "first-paragraph"
        if clause.start - sentence.start > _LATE:
            yield "late"

    def fact(self, clause: Candidate, score: float) -> Fact:
        """The candidate as an event."""
        start, end = clause.start, clause.end
        sentence = self._document.sentences[clause.sentence]
        is_today = is_framing(self._text, sentence.start, end)
        action = action_of(clause.lemma, clause.tense, self._text[start:end], is_today)
        places = self._places.of_fact(clause.sentence, start, end)
        when = self._dates(clause, action)
        return Fact(
            kind="event",
            start=start,
            end=end,
            quote=self._text[start:end],
            action=action,
            initiative=self._initiatives.at(clause.sentence, start, end),
            as_of=when.as_of,
            as_of_precision=when.as_of_precision,
            as_of_basis=when.as_of_basis,
            since=when.since,
            since_precision=when.since_precision,
            deadline=when.deadline,
            deadline_precision=when.deadline_precision,
            places=places.places,
            list_complete=places.complete,
            actors=clause.actors if clause.subject != "place" else (),
            rule=f"event:{clause.subject}:{clause.lemma}",
            confidence=round(1 / (1 + math.exp(-score)), 2),
        )

    def _dates(self, clause: Candidate, action: Action) -> FactDates:
        """When the event took place or is due, by the dates of its sentence."""
        sentence = self._document.sentences[clause.sentence]
        block = self._document.blocks[sentence.block]
        earlier = self._text[block.start : sentence.start]
        dates = SentenceDates(self._text[sentence.start : sentence.end], self._document.published, earlier)
        at = clause.verb_end - sentence.start
        return dates.of(at, at, target=action == "pledge", past=clause.tense in {"past", "perfect"}, counts=False)


def _apart(scored: Iterable[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The best of the candidates that overlap by half, in reading order."""
    kept: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    for score, clause in sorted(scored, key=lambda pair: -pair[0]):
        if not any(_overlap(clause, other) for _, other in kept[clause.sentence]):
            kept[clause.sentence].append((score, clause))
    return sorted((pair for pairs in kept.values() for pair in pairs), key=lambda pair: pair[1].start)


def _overlap(first: Candidate, second: Candidate) -> bool:
    common = min(first.end, second.end) - max(first.start, second.start)
    return common >= 0.5 * min(first.end - first.start, second.end - second.start)
