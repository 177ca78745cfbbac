"""Recomputes the marts from the core tables, whole and in one transaction: simple beats incremental while it is fast.

Each file of `sql/models` makes one object of its own name. Which files a file needs is read from the names in it, so
that nobody has to number them. A mart is a table in schema `store` and a view of the same name in `main`: the view is
the promise made to analysts, the table behind it may change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.errors import ModelError
from warehouse.sqlfiles import header, sql_files

MODEL_FOLDERS = ("models/core", "models/mart")

_COMMENT = re.compile(r"--[^\n]*|'(?:[^']|'')*'")  # names in comments and strings are no references
# FROM store.series AS s; shown_value(…
_REFERENCE = re.compile(r"\b(?:FROM|JOIN)\s+(?:store\.)?([a-z_]+)|\b([a-z_]+)\(")
_MACRO = re.compile(r"CREATE OR REPLACE MACRO \w+\([^)]*\) AS( TABLE)?")


@dataclass(frozen=True, slots=True)
class Model:
    """One object of the marts and the SQL that makes it."""

    name: str
    folder: str
    sql: str
    references: frozenset[str]
    """The tables, views and macros that its SQL reads, among names of its own parts."""


@cache
def models() -> tuple[Model, ...]:
    """All models, each after those that it needs."""
    found = {path.stem: _read(folder, path) for folder in MODEL_FOLDERS for path in sql_files(folder)}
    needs = {name: (model.references & found.keys()) - {name} for name, model in found.items()}
    try:
        return tuple(found[name] for name in TopologicalSorter(dict(sorted(needs.items()))).static_order())
    except CycleError as error:
        raise ModelError(f"Models need each other in a circle: {' -> '.join(error.args[1])}") from error


def _read(folder: str, path: Path) -> Model:
    sql = path.read_text(encoding="utf-8")
    references = _REFERENCE.findall(_COMMENT.sub(" ", sql))
    return Model(path.stem, folder, sql, frozenset(table or macro for table, macro in references))


def refresh(con: DuckDBPyConnection) -> None:
    """Recomputes every model. Readers of the build file's marts see all of the old or all of the new ones."""
    con.begin()
    try:
        con.execute("CREATE SCHEMA IF NOT EXISTS store")
        for model in models():
            con.execute(model.sql)
        _comment_macros(con)
        _offer_marts(con)
        _inherit_comments(con)
        con.commit()
    except BaseException:
        con.rollback()
        raise


def _comment_macros(con: DuckDBPyConnection) -> None:
    """A macro's comment is the header of its file, without the name: `-- known_on(day): one row per ...`."""
    for model in models():
        made = _MACRO.search(model.sql)
        if made is not None:
            kind = "MACRO TABLE" if made[1] else "MACRO"
            said = " ".join(header(model.sql)).split(": ", 1)[1]
            con.execute(f"COMMENT ON {kind} {model.name} IS {_literal(said[0].upper() + said[1:])}")


def _offer_marts(con: DuckDBPyConnection) -> None:
    """A view in `main` for each mart that is a table, with the table's comment."""
    marts = {model.name for model in models() if model.folder == "models/mart"}
    tables = con.execute("SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'store'").fetchall()
    for name, comment in tables:
        if name in marts:
            con.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM store.{name}")
            con.execute(f"COMMENT ON VIEW {name} IS {_literal(comment or '')}")


def _inherit_comments(con: DuckDBPyConnection) -> None:
    """A column that says nothing of its own takes the comment of the column of its name in what its model is made from.

    Equal names mean equal things throughout the ledger, so each is described once, where it arises.
    """
    described = _described_columns(con)
    for model in models():
        for schema in ("store", "main"):
            silent = [column for column, comment in described.get((schema, model.name), {}).items() if comment is None]
            for column in silent:
                comment = _comment_for(column, model, schema, described)
                if comment is not None:
                    con.execute(f'COMMENT ON COLUMN {schema}.{model.name}."{column}" IS {_literal(comment)}')
                    described[schema, model.name][column] = comment


Described = dict[tuple[str, str], dict[str, str | None]]


def _comment_for(column: str, model: Model, schema: str, described: Described) -> str | None:
    if schema == "main" and (own := described.get(("store", model.name), {}).get(column)):
        return own
    order = {made.name: position for position, made in enumerate(models())}
    needed = sorted(model.references & order.keys() - {model.name}, key=order.__getitem__, reverse=True)
    readers = [reader.name for reader in models() if model.name in reader.references]
    core = [table for origin, table in described if origin == "main" and table in model.references - order.keys()]
    for origin in [("store", name) for name in (*needed, *readers)] + [("main", name) for name in ("fact", *core)]:
        if comment := described.get(origin, {}).get(column):
            return comment
    return None


def _described_columns(con: DuckDBPyConnection) -> Described:
    rows = con.execute(
        """
        SELECT schema_name, table_name, column_name, comment FROM duckdb_columns()
        WHERE NOT internal AND schema_name IN ('main', 'store') ORDER BY table_oid, column_index
        """
    ).fetchall()
    described: Described = {}
    for schema, table, column, comment in rows:
        described.setdefault((schema, table), {})[column] = comment
    return described


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
