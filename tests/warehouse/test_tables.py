"""Rows as columns: parts are joined, releases taken out and marked without going back to records."""

from __future__ import annotations

from tests.warehouse.builders import LedgerBuilder, Told, at, participant, release, stated
from warehouse.tables import Tables, batch_tables, joined_tables, with_repeats, without_releases

NOW = at("2016-01-25")
CITIES = stated("34 cities are in.", 34, unit="city", places=(participant("Bath"),), actors=("Guild",))
TOWNS = stated("12 towns are in.", 12, unit="town", places=(participant("Wells"),))
HERE, THERE = release("here", "2016-01-20", [CITIES]), release("there", "2016-01-21", [TOWNS])


def tables_of(*told: Told) -> Tables:
    return batch_tables(LedgerBuilder().batch(NOW, told))


def rows(tables: Tables) -> dict[str, list[dict[str, object]]]:
    return {name: table.to_pylist() for name, table in tables.items()}


def test_parts_join_in_their_order() -> None:
    joined = joined_tables([tables_of(THERE), tables_of(HERE)])
    assert joined["release"]["url"].to_pylist() == [THERE.url, HERE.url]
    assert joined["fact"]["quote"].to_pylist() == ["12 towns are in.", "34 cities are in."]


def test_a_release_is_taken_out_with_all_that_is_its_own() -> None:
    both, only = tables_of(HERE, THERE), tables_of(THERE)
    left = without_releases(both, {HERE.release_id})
    # The actor that only the other release named stays, and so does the look that listed two releases.
    assert {name for name in both if rows(left)[name] != rows(only)[name]} == {"actor", "source_visit"}
    assert rows(without_releases(both, set())) == rows(both)


def test_repeats_are_marked_and_nothing_else_changes() -> None:
    both = tables_of(HERE, THERE)
    marked = with_repeats(both, {THERE.release_id: HERE.release_id})
    assert marked["release"]["same_as"].to_pylist() == [None, HERE.release_id]
    unmarked = marked["release"].drop_columns("same_as").to_pylist()
    assert unmarked == both["release"].drop_columns("same_as").to_pylist()
    assert with_repeats(marked, {})["release"].equals(both["release"])
