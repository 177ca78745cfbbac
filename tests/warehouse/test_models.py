"""The models as a whole: what they need, and that everything is described."""

from __future__ import annotations

import re

import pytest

from flows.reporting import wording
from tests.warehouse.builders import LedgerBuilder, at
from tests.warehouse.ledgers import COMPACT, OHIO, told_in_autumn, told_in_winter
from warehouse.models import models
from warehouse.sqlfiles import header, sql_files


@pytest.fixture(scope="module")
def ledger() -> LedgerBuilder:
    ledger = LedgerBuilder(initiatives=(COMPACT,), places=(OHIO,))
    ledger.run(at("2015-11-09"), told_in_autumn(), with_marts=False)
    ledger.run(at("2016-01-25"), told_in_winter())
    return ledger


def test_each_model_comes_after_what_it_needs() -> None:
    order = [model.name for model in models()]
    known: set[str] = set()
    for model in models():
        assert not ((model.references & set(order)) - known - {model.name}), model.name
        known.add(model.name)


def test_each_file_makes_the_object_that_it_is_named_after() -> None:
    for model in models():
        made = re.findall(r"CREATE OR REPLACE (?:TABLE|VIEW|MACRO) (?:store\.)?(\w+)", model.sql)
        assert made == [model.name]


def test_each_file_begins_with_its_name_and_grain() -> None:
    for model in models():
        first = header(model.sql)[0]
        assert re.match(rf"{model.name}(\([\w, ]*\))?: ", first), first
        if "MACRO" not in model.sql:
            assert "one row" in first, first


def test_every_object_and_column_is_described(ledger: LedgerBuilder) -> None:
    relations = ledger.rows(
        """
        SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary
        UNION ALL
        SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE NOT temporary
        """
    )
    assert [name for _, name, comment in relations if not (comment or "").startswith("One row")] == []
    columns = ledger.rows(
        """
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE NOT internal AND comment IS NULL AND database_name = 'memory'
        """
    )
    assert columns == []
    macros = "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL"
    assert ledger.rows(f"{macros} AND function_type LIKE '%macro'") == []


_COUNTED = (
    *wording._IRREGULAR,
    *wording._UNCOUNTED.pattern.split("|"),
    *("mayor", "city", "US city", "survey", "bus", "class", "news", "box", "church", "bush", "other woman", "dog|cat"),
    *("affordable housing", "veteran|child", "mayor|local leader|county"),
)


@pytest.mark.parametrize("shown", ["1", "2", "more than 1"])
def test_what_is_counted_is_told_as_the_edition_tells_it(ledger: LedgerBuilder, shown: str) -> None:
    words = dict(ledger.rows(f"SELECT name, counted_words(name, '{shown}') FROM unnest({list(_COUNTED)}) AS of (name)"))
    assert words == {name: wording.counted(name, is_one=shown == "1") for name in _COUNTED}


def test_marts_are_offered_under_names_that_stay(ledger: LedgerBuilder) -> None:
    views = {
        name
        for (name,) in ledger.rows("SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal")
    }
    assert views == {
        "coverage", "fact_current", "finding", "initiative_summary", "observation", "participation", "place_progress",
        "progress", "review_queue", "revision", "series", "source_health", "target_history",
    }  # fmt: skip


def test_a_refresh_that_fails_leaves_the_marts_as_they_were(ledger: LedgerBuilder) -> None:
    before = ledger.rows("FROM progress")
    ledger.con.execute("ALTER TABLE place RENAME TO elsewhere")
    try:
        with pytest.raises(Exception, match="place"):
            ledger.refresh()
        assert ledger.rows("FROM progress") == before
    finally:
        ledger.con.execute("ALTER TABLE elsewhere RENAME TO place")


@pytest.mark.parametrize("path", sql_files("examples"), ids=lambda path: path.stem)
def test_each_example_query_answers(ledger: LedgerBuilder, path: object) -> None:
    sql = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    found = ledger.con.execute(sql).fetchall()
    assert found or path.stem in {"old_news", "pace_against_need", "what_waits_for_review"}  # type: ignore[attr-defined]


def test_there_are_a_dozen_examples() -> None:
    assert len(sql_files("examples")) >= 12
    for path in sql_files("examples"):
        assert header(path.read_text(encoding="utf-8")), f"{path.name} does not say what it asks"
