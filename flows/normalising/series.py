"""The series that a fact belongs to: one measure of one counted population under one initiative, in one scope.

The rules stand in PROGRESS.md; this is the only place that applies them. No part ever depends on value, date or stage.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.normalising.registry import Entry
from warehouse.records import Fact


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLACE_KINDS = _words(
    """city state community county country nation town jurisdiction locality municipality territory tribe region area
    government neighborhood village province district champion"""
)
_OFFICE_HOLDERS = _words("mayor governor leader official executive legislator councilmember commissioner sheriff")
_NOT_RESTRICTING = _words("new other local additional more another further")
_CURRENCIES = _words("USD EUR GBP CAD JPY AUD CHF CNY INR MXN KRW UAH ILS")
_COUNTING = frozenset({"number", "total", "total number", "amount", "count"})
_RESULTS = _words("job life death emission graduate victim survivor %")


@dataclass(frozen=True, slots=True)
class Series:
    """The parts of a series' key; `label` is their plain text."""

    initiative_id: str
    measure: str
    population: str
    scope: str | None

    @property
    def label(self) -> str:
        """`compact-of-mayors/participants/US city`, with the scope's place where there is one."""
        parts = [self.initiative_id, self.measure, self.population]
        return "/".join([*parts, self.scope] if self.scope else parts)


def series_of(fact: Fact, initiative: Entry | None, topic: Entry | None) -> Series | None:
    """The series of a quantity; None for events, and where neither initiative nor topic is known."""
    home = initiative or topic
    if fact.kind != "quantity" or home is None or fact.unit is None:
        return None
    counted = population_of(fact)
    measure = "participants" if _counts_members(fact, home, counted) else home.measure(measure_of(fact))
    population = home.population(measure, counted)
    return Series(home.initiative.initiative_id, measure, population, scope_of(fact))


def measure_of(fact: Fact) -> str:
    """`participants`, `money`, or the action that fulfils the fact with the head of its object."""
    if fact.unit in _CURRENCIES:
        return "money"
    if fact.action == "join":
        return "participants"
    thing = _thing(fact) or head_of(fact.unit or "")
    return f"{_fulfilment(fact)}:{thing}"


def _counts_members(fact: Fact, home: Entry, population: str) -> bool:
    """`bringing the number of agencies to 26`: no act is named, and the initiative's members are what is counted."""
    return fact.action == "act" and _thing(fact) is None and home.counts_members(population)


def _thing(fact: Fact) -> str | None:
    """The object, unless it only says that something is counted."""
    return None if fact.object in _COUNTING else fact.object


def _fulfilment(fact: Fact) -> str:
    """A pledge takes the action that its fulfilment has, so that target and reading meet."""
    if fact.action != "pledge":
        return fact.action
    result = (fact.object or "").endswith(" ended") or head_of(fact.unit or "") in _RESULTS
    return "achieve" if result else "act"


def population_of(fact: Fact) -> str:
    """The heads with the modifiers that restrict who is counted; two kinds of place together are communities."""
    heads = [head.strip() for head in (fact.unit or "").split("|") if head.strip()]
    if len(heads) > 1 and all(head_of(head) in _PLACE_KINDS for head in heads):
        return "community"
    if len(heads) > 1 or not fact.population:
        return "|".join(sorted(heads))
    words = [word for word in fact.population.split() if word.casefold() not in _NOT_RESTRICTING]
    return " ".join(words) or heads[0]


def scope_of(fact: Fact) -> str | None:
    """The one place that stands with a count of something else than places and their office-holders."""
    heads = {head_of(head) for head in (fact.unit or "").split("|")}
    if len(fact.places) != 1 or heads & (_PLACE_KINDS | _OFFICE_HOLDERS):
        return None
    return fact.places[0].place_id


def head_of(unit: str) -> str:
    """The last word of a unit: `set` of `data set`."""
    return unit.split()[-1] if unit.split() else ""
