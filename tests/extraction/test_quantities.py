"""What the finder of quantities reads in sentences of our own: `tests/sentences/quantities.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.extraction.document import document_from_text
from flows.extraction.quantities import find_quantities
from flows.extraction.quantity import Quantity

TABLE = Path(__file__).parents[1] / "sentences" / "quantities.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]


def found_in(text: str, title: str | None = None) -> list[Quantity]:
    return find_quantities(document_from_text(text, title=title))


def row(text: str, quantity: Quantity, with_counts: bool) -> dict[str, Any]:
    """A quantity as the table writes it: defaults left out."""
    full = {
        "number": text[quantity.start : quantity.end],
        "value": pytest.approx(quantity.value, rel=1e-4),
        "value_max": quantity.value_max,
        "bound": quantity.bound,
        "unit": quantity.unit,
        "trend": quantity.trend,
        "counts": quantity.is_countable if with_counts else True,
    }
    defaults = {"value_max": None, "bound": "=", "trend": None, "counts": True}
    return {key: value for key, value in full.items() if key not in defaults or value != defaults[key]}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    text = case["text"]
    assert case["quantities"] == [row(text, q, case["group"] != "news") for q in found_in(text)]


def test_the_table_is_rich() -> None:
    assert len(CASES) >= 150
    assert {case["group"] for case in CASES} == {"news", "release", "form"}


def test_back_reference_after_its_first_mention_does_not_count() -> None:
    text = "Nine counties joined the compact in May. Today, these nine counties meet in Salem."
    assert [q.is_countable for q in found_in(text)] == [True, False]


def test_new_statement_about_a_known_group_counts() -> None:
    text = "Nine counties were chosen. The nine counties will receive $2 million each."
    assert [q.is_countable for q in found_in(text)] == [True, True, True]


def test_unit_of_a_bare_number_comes_from_the_sentence_before() -> None:
    first, second = found_in("The office inspected 300 boilers. Of these, 24 were unsafe.")
    assert (first.unit, second.unit) == ("boiler", "boiler")


def test_guests_of_the_announced_event_do_not_count() -> None:
    assert [
        q.is_countable for q in found_in("The governor will host over 60 sheriffs at the capitol this morning.")
    ] == [False]
    assert [q.is_countable for q in found_in("Over 60 sheriffs attended the training in 2014.")] == [True]


def test_modifiers_and_place_of_the_unit() -> None:
    text = "They trained 40 newly hired school nurses."
    (quantity,) = found_in(text)
    assert quantity.modifiers == ("newly", "hired", "school")
    assert quantity.unit_start is not None and quantity.unit_end is not None
    assert text[quantity.unit_start : quantity.unit_end] == "newly hired school nurses"


def test_rule_names_how_a_quantity_was_read_and_why_it_is_out() -> None:
    quantities = found_in("The two leaders spoke for 40 minutes about 12 projects.")
    assert [q.rule for q in quantities] == ["words/noun/out: two", "digits/noun/out: duration", "digits/noun"]


def test_nothing_in_nothing() -> None:
    assert found_in("") == []
    assert found_in("\n \n\t") == []
    assert found_in("No number stands here.") == []
