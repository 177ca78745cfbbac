"""Corrections: data with a reason and a guard; they keep a fact's id and fail when the source has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flows.normalising.corrections import CorrectionError, load_corrections
from flows.normalising.identity import release_id
from flows.normalising.linking import link_corrected, link_facts
from flows.normalising.registry import Registry
from warehouse.records import Fact, SlotChange

URL = "https://ports.example/ferries"
ENTRY = """
[[correction]]
url = "https://ports.example/ferries"
quote = "5,000 pilots"
number = "5,000"
expect = { value = 5000, unit = "pilot" }
set = { value = 500, bound = "~" }
reason = "The agency's own table says 500."
"""
FACT = Fact(
    kind="quantity", start=10, end=40, quote="Blue Line trained 5,000 pilots", action="act", number_start=28,
    number_end=33, value=5000, unit="pilot", stage="amount", initiative="Night Pilots Challenge", population="pilot",
)  # fmt: skip
REGISTRY = Registry.load()


def _entries(tmp_path: Path, text: str = ENTRY) -> list[object]:
    file = tmp_path / "corrections.toml"
    file.write_text(text, encoding="utf-8")
    return list(load_corrections(file))


def test_a_correction_changes_the_slots_and_keeps_the_id(tmp_path: Path) -> None:
    entries = _entries(tmp_path)
    (plain,) = link_facts(release_id(URL), [FACT], REGISTRY)
    (linked,), (outcome,) = link_corrected(release_id(URL), [FACT], REGISTRY, entries)  # type: ignore[arg-type]
    assert (linked.fact.value, linked.fact.bound) == (500, "~")
    assert linked.fact_id == plain.fact_id == outcome.fact_id
    assert linked.correction_id == outcome.correction_id
    assert outcome.changes == (SlotChange("value", "5000", "500"), SlotChange("bound", "=", "~"))
    assert outcome.problem is None


def test_the_guard_fails_when_the_source_was_repaired(tmp_path: Path) -> None:
    repaired = replace(FACT, value=500)
    (linked,), (outcome,) = link_corrected(release_id(URL), [repaired], REGISTRY, _entries(tmp_path))  # type: ignore[arg-type]
    assert linked.correction_id is None
    assert outcome.problem == "expected value 5000, the source now gives 500"
    assert outcome.fact_id is None


def test_an_entry_that_concerns_nothing_says_so(tmp_path: Path) -> None:
    other = replace(FACT, quote="Blue Line trained 4,000 pilots", value=4000)
    _, (outcome,) = link_corrected(release_id(URL), [other], REGISTRY, _entries(tmp_path))  # type: ignore[arg-type]
    assert outcome.problem is not None
    assert "no fact has this quote" in outcome.problem


def test_a_dropped_fact_is_named_and_not_changed(tmp_path: Path) -> None:
    text = ENTRY.replace('set = { value = 500, bound = "~" }', "drop = true")
    (linked,), (outcome,) = link_corrected(release_id(URL), [FACT], REGISTRY, _entries(tmp_path, text))  # type: ignore[arg-type]
    assert outcome.is_dropped
    assert linked.fact == FACT
    assert linked.correction_id == outcome.correction_id


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "none.toml") == []
    assert load_corrections(None) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('reason = "The agency\'s own table says 500."', ""), "reason is missing"),
        (("expect = ", "expected = "), "expected"),
        (("set = { value = 500", "set = { size = 500"), "size"),
        (("set = ", "drop = true\nset = "), "either set or drop"),
        (("value = 5000", 'value = "many"'), "value"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(CorrectionError, match=complaint):
        _entries(tmp_path, ENTRY.replace(*change))
