"""Who is counted and what was done: population, object, topic."""

from __future__ import annotations

from datetime import date

import pytest

from flows.extraction.cues import topic_of
from flows.extraction.document import document_from_text
from flows.extraction.facts import extract_facts
from warehouse.records import Fact


def fact_of(text: str, number: str) -> Fact:
    facts = extract_facts(document_from_text(text, published=date(2023, 6, 15)))
    return next(fact for fact in facts if fact.number_start == text.index(number))


@pytest.mark.parametrize(
    ("text", "number", "population"),
    [
        ("Over 90 U.S. cities have signed the compact.", "90", "US city"),
        ("Over 90 cities have signed the compact.", "90", "city"),
        ("Some 500 employer partners have joined.", "500", "employer partner"),
        ("Five additional agencies have joined.", "Five", "agency"),
        ("More than 800 mayors and other local leaders have joined.", "800", "mayor|leader"),
        ("The fund gave $5 million to parks.", "$5 million", "USD"),
    ],
)
def test_population(text: str, number: str, population: str) -> None:
    assert fact_of(text, number).population == population


@pytest.mark.parametrize(
    ("text", "number", "thing"),
    [
        ("Over 130 communities have hosted local action summits.", "130", "summit"),
        ("Over 50 communities have completed their local action plans.", "50", "action plan"),
        ("So far, 21 cities have taken action on paid sick leave.", "21", "paid sick leave"),
        ("So far, 19 communities have ended homelessness.", "19", "homelessness ended"),
        ("So far, 122 cities have signed the compact.", "122", None),
    ],
)
def test_object(text: str, number: str, thing: str | None) -> None:
    assert fact_of(text, number).object == thing


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("FACT SHEET: Cleaner Ports", "cleaner ports"),
        ("**Lowering Energy Costs:**", "lowering energy costs"),
        ("BACKGROUND", None),
    ],
)
def test_topic(heading: str, topic: str | None) -> None:
    assert topic_of(heading) == topic


def test_the_heading_above_goes_with_the_fact() -> None:
    fact = fact_of("Cleaner Ports and Harbors\n\nThe state will buy 40 electric cranes by 2030.\n", "40")
    assert (fact.heading, fact.topic) == ("Cleaner Ports and Harbors", "cleaner ports and harbors")
