"""Facts are linked to initiative and series, and told in the fields of the annotation guidelines."""

from __future__ import annotations

from datetime import date

from flows.normalising.identity import release_id
from flows.normalising.linking import initiatives_of, link_facts, to_gold_dict
from flows.normalising.registry import Registry
from warehouse.records import Fact, PlaceMention

FIELDS = """release start end number_start number_end kind value value_max bound unit stage action initiative as_of
    since deadline places actors series"""


def _fact(initiative: str | None, start: int = 0) -> Fact:
    return Fact(
        kind="quantity", start=start, end=start + 12, quote="9 towns join", action="join", number_start=start,
        number_end=start + 1, value=9, unit="town", stage="total", initiative=initiative, as_of=date(2023, 6, 15),
        places=(PlaceMention("Ohio", "geonames:5165418", "state"),), actors=("Blue Line",), population="town",
    )  # fmt: skip


def test_an_unknown_name_waits_for_review() -> None:
    registry = Registry.load()
    linked = link_facts(release_id("x"), [_fact("Clean Rivers Compact"), _fact("PDI", 40), _fact(None, 80)], registry)
    entries = {entry.initiative_id: entry.registered for entry in initiatives_of(linked, registry)}
    assert entries == {"clean-rivers-compact": False, "police-data-initiative": True}
    assert [fact.initiative_id for fact in linked] == ["clean-rivers-compact", "police-data-initiative", None]


def test_equal_quotes_get_different_ids() -> None:
    first, second = link_facts(release_id("x"), [_fact("PDI"), _fact("PDI", 40)], Registry.load())
    assert (first.occurrence, second.occurrence) == (0, 1)
    assert first.fact_id != second.fact_id
    assert first.series_id == second.series_id


def test_a_fact_is_told_in_exactly_the_fields_of_the_guidelines() -> None:
    (linked,) = link_facts(release_id("x"), [_fact("PDI")], Registry.load())
    told = to_gold_dict(linked, "ports-2023")
    assert list(told) == FIELDS.split()
    assert told["release"] == "ports-2023"
    assert (told["places"], told["actors"], told["as_of"], told["since"]) == (
        ["Ohio"],
        ["Blue Line"],
        "2023-06-15",
        None,
    )
    assert told["initiative"] == "PDI", "as extracted, not as linked"
    assert told["series"] == "police-data-initiative/participants/town"
