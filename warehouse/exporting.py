"""Writes the marts beside the published file, for those who do without DuckDB: Parquet, CSV and a Frictionless data
package.

A CSV cell that a spreadsheet would run as a formula (one that begins with = + - @, a tab or a carriage return) is led
by an apostrophe. Numbers stay numbers."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.catalogue import Column, LedgerObject, catalogue, dictionary_markdown
from warehouse.clock import from_ledger
from warehouse.connection import open_published

_FIELD_TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "UUID": "string",
    "UUID[]": "string",
    "VARCHAR": "string",
}
_FORMULA = r"^[=+\-@\t\r]"


def export(published: Path, folder: Path) -> list[Path]:
    """Writes every mart of a published file into `folder`, with the dictionary and `datapackage.json`; returns the
    files.

    Each file is replaced whole, the package's description last: its hashes tell whether all belong together.
    """
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        with open_published(published) as con:
            names = _write(con, unfinished)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (unfinished / name).replace(folder / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return [folder / name for name in names]


def _write(con: DuckDBPyConnection, folder: Path) -> list[str]:
    marts = [item for item in catalogue(con) if item.kind == "mart"]
    names: list[str] = []
    for mart in marts:
        names += [_write_parquet(con, mart, folder), _write_csv(con, mart, folder)]
    (folder / "DICTIONARY.md").write_text(dictionary_markdown(con), encoding="utf-8")
    package = _package(con, marts, folder)
    (folder / "datapackage.json").write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*names, "DICTIONARY.md", "datapackage.json"]


def _write_parquet(con: DuckDBPyConnection, mart: LedgerObject, folder: Path) -> str:
    name = f"{mart.name}.parquet"
    con.execute(f"COPY (FROM {mart.name} ORDER BY 1) TO {_quoted(folder / name)} (FORMAT parquet, COMPRESSION zstd)")
    return name


def _write_csv(con: DuckDBPyConnection, mart: LedgerObject, folder: Path) -> str:
    name = f"{mart.name}.csv"
    cells = ", ".join(map(_csv_cell, mart.columns))
    con.execute(f"COPY (SELECT {cells} FROM {mart.name} ORDER BY 1) TO {_quoted(folder / name)} (FORMAT csv, HEADER)")
    return name


def _csv_cell(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type.endswith("[]"):
        return f"array_to_string({name}, ' ') AS {name}"
    if column.type == "VARCHAR":
        return f"if(regexp_matches({name}, '{_FORMULA}'), '''' || {name}, {name}) AS {name}"
    return name


def _package(con: DuckDBPyConnection, marts: Iterable[LedgerObject], folder: Path) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "commitment-ledger",
        "title": "Commitment Ledger: public commitments and their progress, with evidence",
        "created": _ledger_time(con).isoformat(),
        "licenses": [{"name": licence} for licence in _licences(con)],
        "sources": _sources(con),
        "resources": [_resource(mart, folder, suffix) for mart in marts for suffix in ("csv", "parquet")],
    }


def _resource(mart: LedgerObject, folder: Path, suffix: str) -> dict[str, Any]:
    path = folder / f"{mart.name}.{suffix}"
    resource = {
        "name": mart.name if suffix == "csv" else f"{mart.name}-{suffix}",
        "path": path.name,
        "format": suffix,
        "description": mart.comment,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
        "schema": {"fields": [_field(column) for column in mart.columns]},
    }
    if suffix == "csv":
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "mediatype": "text/csv"}
    return resource


def _field(column: Column) -> dict[str, str]:
    field = {"name": column.name, "type": _FIELD_TYPES[column.type], "description": column.comment}
    if column.type == "TIMESTAMP":
        field["format"] = "%Y-%m-%d %H:%M:%S"
    return field


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ledger_time(con: DuckDBPyConnection) -> datetime:
    ((moment,),) = con.execute("SELECT ledger_time FROM store.ledger_clock").fetchall()
    return from_ledger(moment)


def _licences(con: DuckDBPyConnection) -> list[str]:
    rows = con.execute("SELECT DISTINCT licence FROM source WHERE superseded_at IS NULL ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def _sources(con: DuckDBPyConnection) -> list[dict[str, str]]:
    rows = con.execute("SELECT publisher, base_url FROM source WHERE superseded_at IS NULL ORDER BY ALL").fetchall()
    return [{"title": publisher, "path": url} for publisher, url in rows]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
