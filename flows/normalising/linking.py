"""From extracted facts to linked ones: identity, initiative, series; and back to the fields of the guidelines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flows.normalising.corrections import Entry, corrected, outcome
from flows.normalising.identity import fact_id, occurrences, series_id
from flows.normalising.initiatives import Resolver
from flows.normalising.registry import Registry
from flows.normalising.series import series_of
from warehouse.records import Correction, Fact, Initiative, LinkedFact

_resolvers: dict[int, tuple[Registry, Resolver]] = {}


def resolver_of(registry: Registry) -> Resolver:
    """The resolver of a registry, made once."""
    held = _resolvers.get(id(registry))
    if held is None or held[0] is not registry:
        held = (registry, Resolver(registry))
        _resolvers[id(registry)] = held
    return held[1]


def link_facts(release: UUID, facts: Sequence[Fact], registry: Registry) -> list[LinkedFact]:
    """Give each fact of one release's text its id, its initiative and its series."""
    linked, _ = link_corrected(release, facts, registry, ())
    return linked


def link_corrected(
    release: UUID, facts: Sequence[Fact], registry: Registry, entries: Sequence[Entry]
) -> tuple[list[LinkedFact], list[Correction]]:
    """The same with the release's corrections applied, and what became of each of them.

    A fact keeps the id of what was extracted. Of several versions of a release the last one's outcome counts.
    """
    resolver = resolver_of(registry)
    numbers = occurrences(facts)
    ids = [fact_id(release, fact, number) for fact, number in zip(facts, numbers, strict=True)]
    mended = [corrected(fact, entries) for fact in facts]
    context = resolver.known_in(fact.initiative for fact, _ in mended)
    linked = [
        _linked(release, key, fact, number, resolver, context, entry)
        for key, (fact, entry), number in zip(ids, mended, numbers, strict=True)
    ]
    extracted = dict(zip(ids, facts, strict=True))
    return linked, [outcome(entry, extracted) for entry in entries]


def _linked(
    release: UUID,
    key: UUID,
    fact: Fact,
    occurrence: int,
    resolver: Resolver,
    context: frozenset[str],
    correction: Entry | None,
) -> LinkedFact:
    initiative = resolver.initiative(fact.initiative, context) if fact.initiative else None
    topic = None if initiative else resolver.topic(fact.topic or fact.heading)
    series = series_of(fact, initiative, topic)
    return LinkedFact(
        fact_id=key,
        release_id=release,
        fact=fact,
        occurrence=occurrence,
        initiative_id=initiative.initiative.initiative_id if initiative else None,
        series_id=series_id(series.label) if series else None,
        series_label=series.label if series else None,
        measure=series.measure if series else None,
        population=series.population if series else None,
        scope=series.scope if series else None,
        correction_id=correction.correction_id if correction else None,
    )


def initiatives_of(linked: Iterable[LinkedFact], registry: Registry) -> list[Initiative]:
    """The entries that the facts belong to, each once, the unregistered ones included."""
    resolver = resolver_of(registry)
    found: dict[str, Initiative] = {}
    for fact in linked:
        if fact.initiative_id and fact.fact.initiative:
            known = registry.entries.get(fact.initiative_id)
            entry = known or resolver.initiative(fact.fact.initiative)
            found.setdefault(fact.initiative_id, entry.initiative)
    return list(found.values())


def to_gold_dict(linked: LinkedFact, release: str) -> dict[str, Any]:
    """The fact with exactly the fields of the annotation guidelines; `release` is the text's id."""
    fact = linked.fact
    return {
        "release": release,
        "start": fact.start,
        "end": fact.end,
        "number_start": fact.number_start,
        "number_end": fact.number_end,
        "kind": fact.kind,
        "value": fact.value,
        "value_max": fact.value_max,
        "bound": fact.bound,
        "unit": fact.unit,
        "stage": fact.stage,
        "action": fact.action,
        "initiative": fact.initiative,
        "as_of": _iso(fact.as_of),
        "since": _iso(fact.since),
        "deadline": _iso(fact.deadline),
        "places": [place.name for place in fact.places],
        "actors": list(fact.actors),
        "series": linked.series_label,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
