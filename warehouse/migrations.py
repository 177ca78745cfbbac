"""Brings a ledger's schema up to date, forward only.

Each file of `sql/schema` is a migration, applied once, in the order of its number, in a transaction of its own. A
file that was applied is never edited: what changes is a new file (see docs/schema-changelog.md)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.errors import MigrationError
from warehouse.sqlfiles import sql_files

_NAME = re.compile(r"(\d{3})_\w+\.sql")  # 001_run.sql

_LEDGER_OF_MIGRATIONS = """
CREATE TABLE IF NOT EXISTS schema_migration (
    version INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE schema_migration IS 'One row per migration of the schema that this file went through.';
COMMENT ON COLUMN schema_migration.version IS 'Number of the migration.';
COMMENT ON COLUMN schema_migration.name IS 'Name of its file.';
COMMENT ON COLUMN schema_migration.sha256 IS 'SHA-256 of the file as applied.';
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Hash of the file, to notice a step that was edited after it was applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrate(con: DuckDBPyConnection, files: list[Path] | None = None) -> list[str]:
    """Applies what is missing; returns the names of the applied files."""
    con.execute(_LEDGER_OF_MIGRATIONS)
    migrations = _read(sql_files("schema") if files is None else files)
    applied = dict(con.execute("SELECT version, sha256 FROM schema_migration").fetchall())
    _hold_together(migrations, applied)
    pending = [migration for migration in migrations if migration.version not in applied]
    for migration in pending:
        _apply(con, migration)
    return [migration.name for migration in pending]


def _read(files: list[Path]) -> list[Migration]:
    migrations: list[Migration] = []
    for number, path in enumerate(files, start=1):
        match = _NAME.fullmatch(path.name)
        if match is None or int(match[1]) != number:
            raise MigrationError(f"Migration {path.name} should be number {number:03d}.")
        migrations.append(Migration(number, path.name, path.read_text(encoding="utf-8")))
    return migrations


def _hold_together(migrations: list[Migration], applied: dict[int, str]) -> None:
    known = {migration.version: migration for migration in migrations}
    for version, sha256 in applied.items():
        if version not in known:
            raise MigrationError(f"The ledger was written by newer code (migration {version}): update this checkout.")
        if known[version].sha256 != sha256:
            raise MigrationError(
                f"Migration {known[version].name} was edited after it was applied: add a new one instead."
            )


def _apply(con: DuckDBPyConnection, migration: Migration) -> None:
    con.begin()
    try:
        con.execute(migration.sql)
        con.execute(
            "INSERT INTO schema_migration VALUES (?, ?, ?)", [migration.version, migration.name, migration.sha256]
        )
        con.commit()
    except BaseException:
        con.rollback()
        raise
