"""Ids rest on what the text says, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flows.normalising.identity import fact_id, occurrences, release_id, series_id, version_id
from warehouse.records import Fact, PlaceMention

URL = "https://ports.example/news/2023/06/ferries"
FACT = Fact(
    kind="quantity", start=40, end=75, quote="87 counties have signed the compact", action="join",
    number_start=40, number_end=42, value=87, unit="county", stage="total", initiative="Clean Rivers Compact",
)  # fmt: skip


def test_the_same_input_gives_the_same_id() -> None:
    assert fact_id(release_id(URL), FACT, 0) == fact_id(release_id(URL), replace(FACT), 0)


def test_an_unchanged_sentence_at_another_place_is_the_same_fact() -> None:
    moved = replace(FACT, start=140, end=175, number_start=140, number_end=142)
    assert fact_id(release_id(URL), moved, 0) == fact_id(release_id(URL), FACT, 0)


def test_every_extracted_slot_counts() -> None:
    base = fact_id(release_id(URL), FACT, 0)
    others = [
        replace(FACT, value=88),
        replace(FACT, bound=">"),
        replace(FACT, stage="increase"),
        replace(FACT, initiative="Compact"),
        replace(FACT, places=(PlaceMention("Ohio", None, "state"),)),
        replace(FACT, deadline=date(2024, 12, 31)),
        replace(FACT, number_start=41, number_end=43),
    ]
    ids = {fact_id(release_id(URL), fact, 0) for fact in others}
    assert len(ids) == len(others)
    assert base not in ids
    assert fact_id(release_id(URL), FACT, 1) != base
    assert fact_id(release_id(URL + "/2"), FACT, 0) != base


def test_what_a_fact_was_linked_to_does_not_count() -> None:
    placed = replace(FACT, places=(PlaceMention("Ohio", "geonames:5165418", "state"),))
    unplaced = replace(FACT, places=(PlaceMention("Ohio", None, "state"),))
    assert fact_id(release_id(URL), placed, 0) == fact_id(release_id(URL), unplaced, 0)
    assert fact_id(release_id(URL), replace(FACT, confidence=0.4, rule="x"), 0) == fact_id(release_id(URL), FACT, 0)


def test_the_releases_own_date_does_not_count() -> None:
    early, late = replace(FACT, as_of=date(2023, 6, 1)), replace(FACT, as_of=date(2023, 6, 2))
    assert fact_id(release_id(URL), early, 0) == fact_id(release_id(URL), late, 0)
    told = replace(early, as_of_basis="text")
    assert fact_id(release_id(URL), told, 0) != fact_id(release_id(URL), early, 0)


def test_equal_quotes_are_counted_by_their_places() -> None:
    again = replace(FACT, start=200, end=235, number_start=200, number_end=202)
    twice_here = replace(FACT, number_start=44, number_end=46)
    assert occurrences([again, FACT, twice_here]) == [1, 0, 0]


def test_kinds_of_ids_never_meet() -> None:
    assert len({release_id("a"), series_id("a"), version_id(release_id("a"), "s", "t")}) == 3
