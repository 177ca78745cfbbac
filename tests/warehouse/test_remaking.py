"""A past edition made again from what the ledger knew then: nothing that was recorded later makes a difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.builders import LedgerBuilder, at, name_id, read_release, release, stated
from warehouse.connection import open_build
from warehouse.editions import Edition, make_edition
from warehouse.errors import LedgerError
from warehouse.loading import load
from warehouse.migrations import migrate
from warehouse.records import Batch, Correction, Initiative, SlotChange
from warehouse.remaking import RECORDED, TIMELESS, ledger_as_of, remake
from warehouse.runs import begin_run, finish_run

NEW_YORK = ZoneInfo("America/New_York")
ACCURACY = {"fields": {"bound": {"precision": 0.93, "recall": 0.89, "f1": 0.91}}, "is_current": False}

SUMMER = release("summer", "2015-08-24", [stated("34 US cities are in.", 34, unit="US city")])
GOAL = release(
    "goal", "2015-09-01", [stated("The aim is 100.", 100, unit="US city", stage="target", deadline="2015-11-30")]
)
AUTUMN = release("autumn", "2015-11-05", [stated("By now 83 US cities have signed.", 83, unit="US city")])
REVISED = release("autumn", "2015-11-05", [stated("By now 84 US cities have signed.", 84, unit="US city")])
WINTER = release("winter", "2015-11-20", [stated("More than 100 have signed.", 100, bound=">", unit="US city")])

Kept = tuple[LedgerBuilder, Path, list[Edition]]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """A ledger in a file with three editions; closed by whoever remakes from it."""
    path = tmp_path / "commitments.duckdb"
    with open_build(path) as con:
        migrate(con)
        ledger = LedgerBuilder(con=con)
        made = []
        for day, told in (("2015-11-02", [SUMMER, GOAL]), ("2015-11-09", [AUTUMN]), ("2015-11-23", [REVISED, WINTER])):
            ledger.run(at(day), told)
            assert ledger.run_id is not None
            edition = make_edition(con, at(day), NEW_YORK, ledger.run_id, ACCURACY)
            assert edition is not None
            made.append(edition)
        yield ledger, path, made


def assert_remade(kept: Kept) -> None:
    ledger, path, made = kept
    ledger.con.close()
    for edition in made:
        stored, again = remake(path, edition.name)
        assert stored.canonical == edition.canonical
        assert again.canonical == edition.canonical, edition.name


def test_each_edition_is_made_again_though_the_ledger_went_on(kept: Kept) -> None:
    assert {len(edition.canonical) for edition in kept[2]} != {len(kept[2][0].canonical)}
    assert_remade(kept)


def test_a_better_reader_a_correction_and_another_name_change_no_past_edition(kept: Kept) -> None:
    ledger = kept[0]
    now = at("2015-12-01")
    run = begin_run(ledger.con, "rebuild", now)
    better = replace(SUMMER, reader="reader-2", facts=(stated("34 US cities are in.", 34, bound=">=", unit="US city"),))
    [(fact_id,)] = ledger.rows("SELECT fact_id FROM fact WHERE value = 100 AND stage = 'total'")
    wrong = Correction(
        name_id("one"),
        WINTER.url,
        WINTER.facts[0].quote,
        "the hedge was ours",
        (SlotChange("bound", ">", "="),),
        fact_id=fact_id,
    )
    renamed = (Initiative("compact", "Another name", topics=("other",)),)
    load(
        ledger.con,
        Batch(releases=(read_release([better], at("2015-11-02"), None),), initiatives=renamed, corrections=(wrong,)),
        run,
        now,
    )
    ledger.refresh()
    finish_run(ledger.con, run, "done")
    assert ledger.rows("SELECT DISTINCT initiative FROM series") == [("Another name",)]
    assert_remade(kept)


def test_a_second_look_at_the_very_moment_of_an_edition_is_no_part_of_it(kept: Kept) -> None:
    ledger = kept[0]
    ledger.run(at("2015-11-23"))
    assert ledger.rows("SELECT count(*) FROM source_visit WHERE visited_at = '2015-11-23 12:00'") == [(2,)]
    assert_remade(kept)


def test_it_is_the_ledger_that_is_asked_and_not_the_stored_payload(kept: Kept) -> None:
    ledger, path, made = kept
    ledger.con.execute("UPDATE fact SET value = 82 WHERE value = 83")
    ledger.con.close()
    stored, again = remake(path, made[1].name)
    assert stored.canonical == made[1].canonical
    changed = [
        old["name"]
        for old, new in zip(stored.payload["sections"], again.payload["sections"], strict=True)
        if old != new
    ]
    assert "moved" in changed


def test_an_edition_that_is_not_there_is_an_error(kept: Kept) -> None:
    kept[0].con.close()
    with pytest.raises(LedgerError, match="1999-W01"):
        remake(kept[1], "1999-W01")


def test_every_core_table_says_when_its_rows_were_recorded(kept: Kept) -> None:
    """A new table has a `recorded_at`, or is named where it is said what stands for it."""
    ledger, path, made = kept
    with_time = ledger.rows("SELECT table_name FROM duckdb_columns() WHERE column_name = 'recorded_at'")
    tables = ledger.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT temporary")
    assert {name for (name,) in tables} == {name for (name,) in with_time} & {n for (n,) in tables} | {
        *RECORDED,
        *TIMELESS,
    }
    ledger.con.close()
    with ledger_as_of(path, made[0].until) as con:
        assert con.execute("SELECT count(*), max(logical_time) FROM run").fetchone() == (
            1,
            made[0].until.replace(tzinfo=None),
        )
