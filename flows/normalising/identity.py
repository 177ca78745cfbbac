"""Identifiers that are made from content, so that the same input twice gives the same rows.

A fact's id rests on what the text says and where, never on what it was linked to: a new alias changes no id.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID, uuid5

from warehouse.records import Fact

_NAMESPACE = UUID("6d5f0c9e-8f0b-5d0a-9a4e-2f1f6a1c7b30")

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":"))


def _made_from(kind: str, *parts: object) -> UUID:
    return uuid5(_NAMESPACE, _ENCODER.encode([kind, *parts]))


def release_id(url: str) -> UUID:
    """The release of one canonical URL."""
    return _made_from("release", url)


def version_id(release: UUID, snapshot_sha256: str, text_sha256: str) -> UUID:
    """One state of a release's text as one snapshot showed it."""
    return _made_from("version", release, snapshot_sha256, text_sha256)


@lru_cache(maxsize=1 << 14)
def series_id(label: str) -> UUID:
    """The series with this label."""
    return _made_from("series", label)


def correction_id(url: str, quote: str, number: str | None) -> UUID:
    """The correction keyed by this evidence."""
    return _made_from("correction", url, quote, number)


def fact_id(release: UUID, fact: Fact, occurrence: int) -> UUID:
    """A fact as its release states it: `occurrence` counts the places with the same quote, from 0."""
    offset = None if fact.number_start is None else fact.number_start - fact.start
    return _made_from("fact", release, fact.quote, occurrence, offset, *_slots(fact))


def occurrences(facts: Sequence[Fact]) -> list[int]:
    """For each fact, how many other places before its own have the same quote."""
    starts: dict[str, list[int]] = {}
    for fact in sorted(facts, key=lambda fact: fact.start):
        places = starts.setdefault(fact.quote, [])
        if fact.start not in places:
            places.append(fact.start)
    return [starts[fact.quote].index(fact.start) for fact in facts]


def _slots(fact: Fact) -> tuple[object, ...]:
    """What was extracted. A date that only stands for the release's own is left out: it changes with the page's."""
    return (
        fact.kind, fact.action, fact.stage, fact.value, fact.value_max, fact.bound, fact.unit, fact.initiative,
        fact.as_of if fact.as_of_basis == "text" else None, fact.since, fact.deadline,
        [place.name for place in fact.places], list(fact.actors), fact.population, fact.object,
    )  # fmt: skip
