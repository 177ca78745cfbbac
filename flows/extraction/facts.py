"""From a document to its facts: each countable number with stage, action, dates, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flows.extraction.action import decide_action
from flows.extraction.confidence import confidence_of
from flows.extraction.cues import Cues, SentenceCues
from flows.extraction.dates import FactDates, SentenceDates
from flows.extraction.document import Document, Sentence
from flows.extraction.evidence import evidence_of
from flows.extraction.measures import object_of, population_of
from flows.extraction.quantities import find_quantities
from flows.extraction.quantity import Quantity
from flows.extraction.stage import decide_stage
from warehouse.records import Fact

_DONE = frozenset({"past", "perfect", "participle"})


def extract_facts(doc: Document) -> list[Fact]:
    """The commitment facts of a release, in reading order."""
    countable = [quantity for quantity in find_quantities(doc) if quantity.is_countable]
    facts: list[Fact] = []
    for index, group in groupby(countable, key=lambda quantity: quantity.sentence):
        facts.extend(_of_sentence(doc, doc.sentences[index], list(group)))
    return sorted(facts, key=lambda fact: (fact.start, fact.number_start or fact.start))


def _of_sentence(doc: Document, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Fact]:
    around = SentenceCues(doc, sentence)
    block = doc.blocks[sentence.block]
    dates = SentenceDates(
        doc.text[sentence.start : sentence.end], doc.published, doc.text[block.start : sentence.start]
    )
    for quantity in quantities:
        cues = around.of(quantity)
        span = evidence_of(doc, sentence, around.groups, cues.setting, quantity)
        if span is not None:
            yield _fact(doc, sentence, cues, dates, span)


def _fact(doc: Document, sentence: Sentence, cues: Cues, dates: SentenceDates, span: tuple[int, int]) -> Fact:
    quantity = cues.quantity
    stage = decide_stage(cues)
    action = decide_action(cues, stage.stage, stage.rule)
    when: FactDates = dates.of(
        quantity.start - sentence.start,
        quantity.end - sentence.start,
        target=stage.stage == "target",
        past=cues.tense in _DONE,
    )
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
        as_of=when.as_of,
        as_of_precision=when.as_of_precision,
        as_of_basis=when.as_of_basis,
        since=when.since,
        since_precision=when.since_precision,
        deadline=when.deadline,
        deadline_precision=when.deadline_precision,
        population=population_of(cues),
        object=object_of(sentence.tokens, cues, action.action),
        heading=cues.heading or None,
        rule=f"{quantity.rule}/{stage.rule}/{action.rule}",
        confidence=confidence_of(quantity, stage.rule, action.rule, False),
    )
