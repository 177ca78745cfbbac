"""The schema goes forward only."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.errors import MigrationError
from warehouse.migrations import migrate
from warehouse.sqlfiles import sql_files


def test_each_migration_is_applied_once() -> None:
    con = duckdb.connect()
    assert migrate(con) == [path.name for path in sql_files("schema")]
    assert migrate(con) == []


def test_every_table_and_column_says_what_it_is() -> None:
    con = duckdb.connect()
    migrate(con)
    tables = con.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    assert [name for name, comment in tables if not (comment or "").startswith("One row per ")] == []
    silent = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL")
    assert silent.fetchall() == []


def test_every_table_has_a_key() -> None:
    con = duckdb.connect()
    migrate(con)
    assert con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT has_primary_key").fetchall() == []


def test_schema_changelog_knows_every_migration() -> None:
    changelog = (Path(__file__).parents[2] / "docs/schema-changelog.md").read_text(encoding="utf-8")
    assert [path.name for path in sql_files("schema") if path.name not in changelog] == []


def test_new_keys_keep_every_row_and_rule() -> None:
    con = duckdb.connect()
    migrate(con, [path for path in sql_files("schema") if path.name < "006"])
    con.execute(
        """
        INSERT INTO fact BY NAME
        SELECT
            uuid() AS fact_id, uuid() AS release_id, 'quantity' AS kind, 'join' AS action, '>' AS bound, range AS value,
            'day' AS as_of_precision, 'release' AS as_of_basis, 'more than ' || range AS quote, 0 AS occurrence,
            'r' AS rule, 1 AS confidence, uuid() AS run_id, TIMESTAMP '2015-11-09' AS recorded_at
        FROM range(10)
        """
    )
    con.execute("INSERT INTO fact_evidence SELECT fact_id, uuid(), 0, 5, 1, 2, recorded_at, NULL FROM fact")
    facts = "SELECT * FROM fact ORDER BY value"
    evidence = "SELECT * FROM fact_evidence ORDER BY fact_id"
    before = con.execute(facts).fetchall(), con.execute(evidence).fetchall()
    assert migrate(con)[0] == "006_key.sql"
    assert (con.execute(facts).fetchall(), con.execute(evidence).fetchall()) == before
    with pytest.raises(duckdb.ConstraintException, match="key"):
        con.execute("INSERT INTO fact FROM fact")
    with pytest.raises(duckdb.ConstraintException, match="CHECK"):
        con.execute("UPDATE fact SET bound = '!'")


def test_an_edited_migration_is_refused(tmp_path: Path) -> None:
    con = duckdb.connect()
    first = write(tmp_path / "001_first.sql", "CREATE TABLE a (i INTEGER);")
    migrate(con, [first])
    write(first, "CREATE TABLE a (i BIGINT);")
    with pytest.raises(MigrationError, match=r"001_first\.sql was edited"):
        migrate(con, [first])


def test_a_ledger_of_newer_code_is_refused(tmp_path: Path) -> None:
    con = duckdb.connect()
    first = write(tmp_path / "001_first.sql", "CREATE TABLE a (i INTEGER);")
    second = write(tmp_path / "002_second.sql", "CREATE TABLE b (i INTEGER);")
    migrate(con, [first, second])
    with pytest.raises(MigrationError, match="newer code"):
        migrate(con, [first])


def test_a_failing_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    con = duckdb.connect()
    broken = write(tmp_path / "001_broken.sql", "CREATE TABLE a (i INTEGER); SELECT * FROM nowhere;")
    with pytest.raises(duckdb.CatalogException):
        migrate(con, [broken])
    assert con.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("schema_migration",)]
    assert con.execute("SELECT count(*) FROM schema_migration").fetchall() == [(0,)]


def test_a_gap_in_the_numbers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match=r"003_third\.sql should be number 001"):
        migrate(duckdb.connect(), [write(tmp_path / "003_third.sql", "SELECT 1;")])


def write(path: Path, sql: str) -> Path:
    path.write_text(sql, encoding="utf-8")
    return path
