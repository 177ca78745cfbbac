"""A quantity as found in a text, before anyone asks what it means for a commitment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from warehouse.records import Bound

QuantityKind = Literal["count", "money", "percent", "fraction", "measure", "duration", "age"]
Trend = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with its comparator and what it counts.

    `start`/`end` place the number without comparator (a range from first number to last). `unit` is the singular
    head noun, heads joined by `|`, an ISO code for money, `%`. `unit_start`/`unit_end` place the phrase that names the
    unit; of one found elsewhere they place the number. `modifiers` are the words before the head, in lower case.
    `sentence` is an index into the document's sentences. `is_countable` is False for what the guidelines leave out of
    commitment facts (durations, ages...). `rule` tells how number and unit were found and, after `out:`, why it does
    not count.
    """

    sentence: int
    start: int
    end: int
    value: float
    value_max: float | None
    bound: Bound
    unit: str | None
    unit_start: int | None
    unit_end: int | None
    modifiers: tuple[str, ...]
    kind: QuantityKind
    trend: Trend | None
    is_countable: bool
    rule: str
