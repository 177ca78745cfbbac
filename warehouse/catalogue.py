"""What an analyst finds in the ledger, read from the comments in the file itself: the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duckdb import DuckDBPyConnection

from warehouse.models import models

Kind = Literal["mart", "table", "macro"]

_INTRODUCTION = """\
# Data dictionary

Generated from the comments in the ledger itself. Times are UTC, dates are dates in the source's own time zone, columns
that end in `_id` join equal names. Marts are views whose names stay; core tables keep every state of a row between its
`recorded_at` and its `superseded_at` (empty while it is in force).
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its type and what it means."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class LedgerObject:
    """A mart, a core table or a macro. For a macro `columns` are its parameters, without type and comment."""

    name: str
    kind: Kind
    comment: str
    columns: tuple[Column, ...]


def catalogue(con: DuckDBPyConnection) -> list[LedgerObject]:
    """Everything in schema `main`: marts, then macros, then core tables, each by name."""
    marts = _relations(con, "mart", "SELECT view_name, comment FROM duckdb_views()")
    tables = _relations(con, "table", "SELECT table_name, comment FROM duckdb_tables()")
    return [*marts, *_macros(con), *tables]


def dictionary_markdown(con: DuckDBPyConnection) -> str:
    """The data dictionary as one Markdown page."""
    parts = [_INTRODUCTION]
    titles: dict[Kind, str] = {"mart": "Marts", "macro": "Macros", "table": "Core tables"}
    found = catalogue(con)
    for kind, title in titles.items():
        parts.append(f"## {title}\n")
        parts += [_described(item) for item in found if item.kind == kind]
    return "\n".join(parts)


def _relations(con: DuckDBPyConnection, kind: Kind, listing: str) -> list[LedgerObject]:
    rows = con.execute(
        f"{listing} WHERE schema_name = 'main' AND NOT internal AND NOT temporary ORDER BY ALL"
    ).fetchall()
    columns = _columns(con)
    return [LedgerObject(name, kind, comment or "", tuple(columns[name])) for name, comment in rows]


def _columns(con: DuckDBPyConnection) -> dict[str, list[Column]]:
    rows = con.execute(
        """
        SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns()
        WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index
        """
    ).fetchall()
    columns: dict[str, list[Column]] = {}
    for table, *described in rows:
        columns.setdefault(table, []).append(Column(*described))
    return columns


def _macros(con: DuckDBPyConnection) -> list[LedgerObject]:
    offered = [model.name for model in models() if model.folder == "models/mart"]
    rows = con.execute(
        """
        SELECT function_name, coalesce(comment, ''), parameters FROM duckdb_functions()
        WHERE function_type = 'table_macro' AND schema_name = 'main' AND list_contains(?, function_name)
        ORDER BY function_name
        """,
        [offered],
    ).fetchall()
    return [
        LedgerObject(name, "macro", comment, tuple(Column(parameter, "", "") for parameter in parameters))
        for name, comment, parameters in rows
    ]


def _described(item: LedgerObject) -> str:
    if item.kind == "macro":
        parameters = ", ".join(column.name for column in item.columns)
        return f"### {item.name}({parameters})\n\n{item.comment}\n"
    rows = "\n".join(f"| `{column.name}` | {column.type} | {_cell(column.comment)} |" for column in item.columns)
    return f"### {item.name}\n\n{item.comment}\n\n| column | type | meaning |\n|---|---|---|\n{rows}\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
