"""The week's figures as a CSV table: one row a figure, each with its sentence and address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from flows.reporting.payload import Edition, Row

COLUMNS = (
    "section",
    "initiative",
    "measure",
    "population",
    "scope",
    "shown",
    "bound",
    "value",
    "value_max",
    "unit",
    "as_of",
    "before",
    "before_as_of",
    "target",
    "deadline",
    "status",
    "detail",
    "quote",
    "release",
    "url",
    "publisher",
    "published",
    "fact_id",
)
_FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")
_LINE = ("\t", "\r", "\n")
SECTIONS = (
    "moved",
    "targets",
    "participants",
    "commitments",
    "findings",
    "revised",
    "repeated",
    "corrected",
    "archive",
    "topics",
    "places",
)


def write(edition: Edition) -> bytes:
    """The table as UTF-8 with a byte order mark, which spreadsheet programs need to read it rightly."""
    lines = [_line(COLUMNS)]
    for section in SECTIONS:
        for row in edition.rows(section):
            line = edition.lines.get(id(row))
            if line is None:
                line = edition.lines[id(row)] = _line(_cells(edition, section, row))
            lines.append(line)
    return b"\xef\xbb\xbf" + "".join(lines).encode()


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([neutral(cell) for cell in cells])
    return out.getvalue()


def neutral(value: object) -> str:
    """A cell that no spreadsheet program takes for a formula; numbers keep their sign."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) and value != int(value) else str(int(value))
    text = str(value)
    return f"'{text}" if text.lstrip()[:1] in _FORMULA or text[:1] in _LINE else text


def _cells(edition: Edition, section: str, row: Row) -> Iterator[object]:
    fact_id = next((row[c] for c in ("fact_id", "level_fact_id", "target_fact_id", "fact_id_a") if row.get(c)), None)
    evidence = edition.evidence.get(fact_id) if fact_id else None
    given: dict[str, object] = {
        "section": section,
        "shown": _first(row, "shown", "level_shown", "new", "participant", "mentions"),
        "before": _first(row, "before_shown", "old"),
        "target": row.get("target_shown"),
        "detail": _first(row, "message", "place", "topic", "what", "kind", "reason"),
        "quote": evidence.quote if evidence else None,
        "release": evidence.title if evidence else row.get("title"),
        "url": evidence.url if evidence else row.get("url"),
        "publisher": evidence.publisher if evidence else row.get("publisher"),
        "published": evidence.published if evidence else row.get("published"),
        "fact_id": fact_id,
        "as_of": _first(row, "as_of", "level_as_of"),
    }
    for column in COLUMNS:
        yield given[column] if column in given else row.get(column)


def _first(row: Row, *columns: str) -> object:
    return next((row[column] for column in columns if row.get(column) is not None), None)
