"""Facts of sentences of our own: each row of `tests/sentences/facts.jsonl` says what its numbers mean."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extraction.document import document_from_text
from flows.extraction.evidence import reread, verify
from flows.extraction.facts import extract_facts
from warehouse.records import Fact

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "sentences" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
]
RELEASED = date(2023, 6, 15)


def facts_of(text: str, published: date | None = RELEASED) -> list[Fact]:
    return [fact for fact in extract_facts(document_from_text(text, published=published)) if fact.kind == "quantity"]


def by_number(text: str, facts: list[Fact]) -> dict[str, Fact]:
    return {text[fact.number_start : fact.number_end]: fact for fact in facts}


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:48] for row in ROWS])
def test_meaning(row: dict[str, Any]) -> None:
    found = by_number(row["text"], facts_of(row["text"]))
    for expected in row["facts"]:
        fact = found[expected["number"]]
        said = {
            "stage": fact.stage,
            "action": fact.action,
            "since": fact.since and fact.since.isoformat(),
            "deadline": fact.deadline and fact.deadline.isoformat(),
            "as_of": fact.as_of and fact.as_of.isoformat(),
        }
        dates = {"since": None, "deadline": None, "as_of": RELEASED.isoformat()}
        wanted = dates | {key: value for key, value in expected.items() if key != "number"}
        assert {key: said[key] for key in wanted} == wanted, fact.rule


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:48] for row in ROWS])
def test_evidence_says_the_number_again(row: dict[str, Any]) -> None:
    for fact in facts_of(row["text"]):
        assert fact.number_start is not None
        assert fact.quote == row["text"][fact.start : fact.end]
        again = reread(fact.quote, fact.number_start - fact.start)
        assert again is not None
        assert (again.value, again.value_max, again.bound) == (fact.value, fact.value_max, fact.bound)
        assert verify(fact, row["text"])


def test_every_fact_names_its_rules_and_a_confidence() -> None:
    for row in ROWS:
        for fact in facts_of(row["text"]):
            assert len(fact.rule.split(", ")) == 3
            assert all(fact.rule.split(", "))
            assert 0 < fact.confidence <= 1


def test_without_a_date_nothing_is_dated_that_depends_on_it() -> None:
    text = "Over the past year, the fund helped 300 farmers, and it will help 500 farmers by 2030."
    helped, to_help = facts_of(text, published=None)
    assert (helped.as_of, helped.as_of_basis, helped.since) == (None, "none", None)
    assert to_help.deadline == date(2030, 12, 31)


def test_facts_come_in_reading_order_and_none_twice() -> None:
    text = " ".join(row["text"] for row in ROWS)
    places = [fact.number_start for fact in facts_of(text) if fact.number_start is not None]
    assert places == sorted(set(places))


def test_empty_text_has_no_facts() -> None:
    assert extract_facts(document_from_text("", published=RELEASED)) == []


PIECES = st.sampled_from(
    [
        "12",
        "1,000",
        "$5",
        "million",
        "half",
        "dozens",
        "%",
        "towns",
        "have",
        "joined",
        "since",
        "May",
        "2021",
        "will",
        "by",
        "2030",
        ",",
        ";",
        "—",
        "“",
        "”",
        "(",
        ")",
        "including",
        "and",
        "the",
        "Boston",
        "\n\n",
        "*",
        ":",
        ".",
        "FACT",
        "SHEET",
        "new",
        "additional",
        "up",
        "to",
        "more",
        "than",
        "Ã©",
        "don’t",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join)))
def test_any_text_gives_only_facts_that_it_states(text: str) -> None:
    for fact in extract_facts(document_from_text(text, published=RELEASED)):
        assert verify(fact, text)


@pytest.mark.parametrize("piece", ["1,000 cities and ", "$5 million, ", "( 3 cities ", "“12 towns” — "])
def test_time_is_linear_in_a_text_without_full_stops(piece: str) -> None:
    def seconds(count: int) -> float:
        document = document_from_text(piece * count, published=RELEASED)
        begun = time.process_time()
        extract_facts(document)
        return time.process_time() - begun

    seconds(50)
    assert seconds(800) < 10 * max(seconds(200), 0.05)
