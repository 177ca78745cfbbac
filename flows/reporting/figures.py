"""The week's figures as a CSV table: one row a figure, each with its sentence and address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from flows.reporting import wording
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


ATTACHMENT_LIMIT = 1_000_000
"""Bytes of the table that goes with a mail; a week of a thousand releases would be ten times that."""
_MARK = b"\xef\xbb\xbf"
_ROWS_A_SECTION = (2000, 1000, 500, 200, 100, 50, 20)


@dataclass(frozen=True, slots=True)
class Attachment:
    """The table of a mail. `rows_a_section` is how many of each section it holds; None where it holds all."""

    content: bytes
    rows_a_section: int | None


def write(edition: Edition) -> bytes:
    """The whole table as UTF-8 with a byte order mark, which spreadsheet programs need to read it rightly."""
    return _table(_lines(edition))


def attach(edition: Edition, whole: str | None) -> Attachment:
    """The table for a mail: whole where it is small, else the first rows of each section and, in a line of their own,
    how many there are beyond. `whole` is the address of the whole one.
    """
    beyond = f"more rows stand in {whole}" if whole else "more rows stand in the ledger"
    for most in (None, *_ROWS_A_SECTION):
        if _is_small(_lines(edition, most, beyond)):
            break
    return Attachment(_table(_lines(edition, most, beyond)), most)


def _is_small(lines: Iterable[str]) -> bool:
    """Whether the table goes with a mail. It looks no further than the limit: of a huge week most rows are not read."""
    left = ATTACHMENT_LIMIT - len(_MARK)
    for line in lines:
        left -= len(line.encode())
        if left < 0:
            return False
    return True


def _table(lines: Iterable[str]) -> bytes:
    return _MARK + "".join(lines).encode()


def _lines(edition: Edition, most: int | None = None, beyond: str = "") -> Iterator[str]:
    yield _line(COLUMNS)
    for section in SECTIONS:
        rows = edition.rows(section)
        yield from (_row_line(edition, section, row) for row in islice(rows, most))
        if most is not None and len(rows) > most:
            note = {"section": section, "detail": f"{wording.number(len(rows) - most)} {beyond}"}
            yield _line(note.get(column) for column in COLUMNS)


def _row_line(edition: Edition, section: str, row: Row) -> str:
    line = edition.lines.get(id(row))
    if line is None:
        line = edition.lines[id(row)] = _line(_cells(edition, section, row))
    return line


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
