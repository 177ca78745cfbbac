"""The smallest clause, and the proof that it says the number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.extraction.document import document_from_text
from flows.extraction.evidence import reread, verify
from flows.extraction.facts import extract_facts
from warehouse.records import Fact


def fact_of(text: str, number: str) -> Fact:
    start = text.index(number)
    facts = extract_facts(document_from_text(text, published=date(2023, 6, 15)))
    return next(fact for fact in facts if fact.number_start == start)


@pytest.mark.parametrize(
    ("text", "number", "quote"),
    [
        (
            "Since March, 12 towns have joined the pledge; the county will add more than 40 buses.",
            "12",
            "Since March, 12 towns have joined the pledge",
        ),
        (
            "Since March, 12 towns have joined the pledge; the county will add more than 40 buses.",
            "40",
            "the county will add more than 40 buses",
        ),
        (
            "Five towns have raised wages and over 30 firms have followed.",
            "30",
            "over 30 firms have followed",
        ),
        ("The fund will pay between $10 and $15 million.", "$10", "The fund will pay between $10 and $15 million"),
    ],
)
def test_smallest_clause(text: str, number: str, quote: str) -> None:
    assert fact_of(text, number).quote.removesuffix(".") == quote


def test_a_quote_gives_its_number_back() -> None:
    again = reread("at least 40 buses run", len("at least "))
    assert again is not None
    assert (again.value, again.bound) == (40, ">=")
    assert reread("at least 40 buses run", 0) is None


def test_verify_refuses_what_the_text_does_not_say() -> None:
    text = "The county will buy more than 40 buses."
    fact = fact_of(text, "40")
    assert verify(fact, text)
    assert not verify(replace(fact, value=41.0), text)
    assert not verify(replace(fact, bound="="), text)
    assert not verify(replace(fact, value_max=50.0), text)
    assert not verify(replace(fact, start=fact.start + 1), text)
    assert not verify(replace(fact, number_start=fact.end, number_end=fact.end + 2), text)
    assert not verify(fact, text.replace("40", "50"))
    assert not verify(fact, "")


def test_a_quote_without_its_comparator_is_refused() -> None:
    text = "The county will buy more than 40 buses."
    fact = fact_of(text, "40")
    at = text.index("40")
    cut = replace(fact, start=at, quote=text[at : fact.end])
    assert not verify(cut, text)


def test_an_event_has_no_number_to_verify() -> None:
    text = "Governor Ruiz signed the Clean Ports Act."
    event = Fact(kind="event", start=0, end=len(text), quote=text, action="act")
    assert verify(event, text)
    assert not verify(replace(event, value=3.0), text)
