"""From a document to its facts: each countable number with its meaning, dates, names and evidence, and the events
beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flows.extraction.action import Decisions, decide_action
from flows.extraction.actors import ActorIndex
from flows.extraction.clauses import VerbGroup
from flows.extraction.confidence import confidence_of
from flows.extraction.cues import Cues, SentenceCues
from flows.extraction.dates import SentenceDates
from flows.extraction.document import Document, Sentence
from flows.extraction.events import find_events
from flows.extraction.evidence import evidence_of
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.measures import object_of, population_of
from flows.extraction.places import PlaceIndex
from flows.extraction.quantities import find_quantities
from flows.extraction.quantity import Quantity
from flows.extraction.stage import decide_stage
from warehouse.records import Fact

_DONE = frozenset({"past", "perfect", "participle"})
_LONGEST = 400
"""Tokens of a sentence that are read together."""
_EARLIER = 600
"""How far back before its paragraph `since then` may refer."""


def extract_facts(doc: Document) -> list[Fact]:
    """The commitment facts of a release, in reading order."""
    countable = [quantity for quantity in find_quantities(doc) if quantity.is_countable]
    names = _Names.of(doc)
    verbs: dict[int, list[VerbGroup]] = {}
    facts: list[Fact] = []
    for index, group in groupby(countable, key=lambda quantity: quantity.sentence):
        whole = doc.sentences[index]
        for sentence, quantities in _pieces(whole, list(group)):
            around = SentenceCues(doc, sentence)
            if sentence is whole:
                verbs[index] = around.groups
            facts += _of_sentence(doc, names, sentence, around, quantities)
    numbers = [(quantity.start, quantity.end) for quantity in countable]
    facts += find_events(doc, names.initiatives, names.places, names.actors, numbers, verbs)
    return sorted(facts, key=lambda fact: (fact.start, fact.number_start or fact.start))


@dataclass(frozen=True, slots=True)
class _Names:
    """What the document names, read once."""

    initiatives: InitiativeIndex
    places: PlaceIndex
    actors: ActorIndex

    @classmethod
    def of(cls, doc: Document) -> _Names:
        initiatives, places = InitiativeIndex.of(doc), PlaceIndex.of(doc)
        return cls(initiatives, places, ActorIndex.of(doc, initiatives, places))


def _pieces(sentence: Sentence, quantities: list[Quantity]) -> Iterator[tuple[Sentence, list[Quantity]]]:
    """The sentence with its numbers; one without end in pieces, so that each number looks at a bounded stretch."""
    if len(sentence.tokens) <= _LONGEST:
        yield sentence, quantities
        return
    left = iter(quantities)
    quantity = next(left, None)
    for begin in range(0, len(sentence.tokens), _LONGEST):
        tokens = sentence.tokens[begin : begin + _LONGEST]
        piece = Sentence(tokens[0].start, tokens[-1].end, sentence.block, tokens)
        inside: list[Quantity] = []
        while quantity is not None and quantity.start < piece.end:
            inside.append(quantity)
            quantity = next(left, None)
        if inside:
            yield piece, [each for each in inside if each.end <= piece.end]


def _of_sentence(
    doc: Document, names: _Names, sentence: Sentence, around: SentenceCues, quantities: list[Quantity]
) -> Iterator[Fact]:
    earlier = doc.text[max(0, doc.blocks[sentence.block].start - _EARLIER) : sentence.start]
    dates = SentenceDates(doc.text[sentence.start : sentence.end], doc.published, earlier)
    made: Decisions | None = None
    for quantity in quantities:
        cues = around.of(quantity)
        stage = decide_stage(cues, made.stage if made else None)
        made = Decisions(stage, decide_action(cues, stage, made))
        span = evidence_of(doc, sentence, around.groups, cues.setting, quantity)
        if span is not None:
            yield _fact(doc, names, sentence, cues, made, dates, span)


def _is_counted(cues: Cues) -> bool:
    """Can a period bound this backdrop: what happened to a number of subjects, or a growth in percent?"""
    if cues.unit_class == "percent":
        return not cues.phrase.startswith(" the ")
    return cues.setting.role == "subject" and cues.tense in _DONE


def _fact(
    doc: Document,
    names: _Names,
    sentence: Sentence,
    cues: Cues,
    made: Decisions,
    dates: SentenceDates,
    span: tuple[int, int],
) -> Fact:
    quantity = cues.quantity
    stage, action = made
    when = dates.of(
        quantity.start - sentence.start,
        quantity.end - sentence.start,
        target=stage.stage == "target",
        past=cues.tense in _DONE or cues.outlook == "done",
        counts=stage.stage != "context" or _is_counted(cues),
    )
    initiative = names.initiatives.at(quantity.sentence, *span, number=quantity.start, stage=stage.stage)
    where = names.places.of_fact(quantity.sentence, *span, quantity.start, quantity.end, quantity.value, quantity.unit)
    return Fact(
        kind="quantity",
        start=span[0],
        end=span[1],
        quote=doc.text[span[0] : span[1]],
        action=action.action,
        number_start=quantity.start,
        number_end=quantity.end,
        value=quantity.value,
        value_max=quantity.value_max,
        bound=quantity.bound,
        unit=quantity.unit,
        stage=stage.stage,
        initiative=initiative,
        as_of=when.as_of,
        as_of_precision=when.as_of_precision,
        as_of_basis=when.as_of_basis,
        since=when.since,
        since_precision=when.since_precision,
        deadline=when.deadline,
        deadline_precision=when.deadline_precision,
        places=where.places,
        actors=tuple(dict.fromkeys(actor.name for actor in names.actors.between(*span))),
        list_complete=where.complete,
        population=population_of(cues),
        object=object_of(sentence.tokens, cues, action.action),
        heading=cues.heading,
        topic=cues.topic,
        rule=", ".join((quantity.rule, stage.rule, action.rule)),
        confidence=confidence_of(quantity, stage.rule, action.rule),
    )
