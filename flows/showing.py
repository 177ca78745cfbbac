"""What the command line prints: tables, JSON, CSV, a text with its facts marked. Pure functions from values to text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from warehouse.records import Fact

MARK, UNMARK, DIM, PLAIN = "\x1b[1;4m", "\x1b[22;24m", "\x1b[2m", "\x1b[0m"


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """One array of objects, one a row."""
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(objects, default=_plain, ensure_ascii=False, indent=1)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """RFC 4180 with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([["" if cell is None else _cell(cell) for cell in row] for row in rows])
    return out.getvalue().rstrip("\r\n")


def as_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], widest: int = 60) -> str:
    """Aligned columns for a terminal; numbers to the right, long cells cut at `widest` characters."""
    cells = [[_shorten("" if cell is None else _cell(cell), widest) for cell in row] for row in rows]
    right = [all(_is_number(row[i]) for row in cells if row[i]) and bool(cells) for i in range(len(columns))]
    widths = [
        max(len(str(name)), *(len(row[i]) for row in cells)) if cells else len(str(name))
        for i, name in enumerate(columns)
    ]
    lines = ["  ".join(name.ljust(width) for name, width in zip(columns, widths, strict=True)).rstrip()]
    lines.append("  ".join("-" * width for width in widths))
    for row in cells:
        aligned = [c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right, strict=True)]
        lines.append("  ".join(aligned).rstrip())
    return "\n".join(lines)


def marked_text(text: str, facts: Sequence[Fact], colour: bool) -> str:
    """The text with each fact's number (or clause) marked and, below each paragraph, what was read from it."""
    out: list[str] = []
    position = 0
    for paragraph in text.split("\n\n"):
        end = position + len(paragraph)
        here = [fact for fact in facts if position <= fact.start < max(end, position + 1)]
        out.append(_mark(paragraph, position, here, colour))
        out += [_fact_line(number, fact, colour) for number, fact in enumerate(here, 1)]
        position = end + 2
    return "\n\n".join(part for part in out if part.strip())


def _mark(paragraph: str, offset: int, facts: Sequence[Fact], colour: bool) -> str:
    spans: list[tuple[int, int, int]] = []
    for number, fact in enumerate(facts, 1):
        start = fact.start if fact.number_start is None else fact.number_start
        end = fact.end if fact.number_end is None else fact.number_end
        if not spans or start >= spans[-1][1]:
            spans.append((start, end, number))
    done, parts = offset, []
    for start, end, number in spans:
        inside = paragraph[start - offset : end - offset]
        opening, closing = (MARK, UNMARK) if colour else ("[", "]")
        parts += [paragraph[done - offset : start - offset], f"{opening}{inside}{closing}({number})"]
        done = end
    return "".join([*parts, paragraph[done - offset :]])


def _fact_line(number: int, fact: Fact, colour: bool) -> str:
    said = "" if fact.value is None else f"{shown_value(fact)} {fact.unit or ''}".strip()
    dates = [
        f"{name} {value}"
        for name, value in (("since", fact.since), ("by", fact.deadline), ("as of", fact.as_of))
        if value
    ]
    words = [fact.kind, said, fact.stage, fact.action, fact.initiative, *dates, ", ".join(p.name for p in fact.places)]
    line = (
        f"  ({number}) "
        + " · ".join(str(w) for w in words if w)
        + f" · rule {fact.rule}, confidence {fact.confidence:.2f}"
    )
    return f"{DIM}{line}{PLAIN}" if colour else line


def shown_value(fact: Fact) -> str:
    """A value with its hedge, as PROGRESS.md shows it: `more than 800`, `10 to 15`."""
    if fact.value is None:
        return ""
    number = f"{fact.value:,.10g}"
    if fact.bound == "range" and fact.value_max is not None:
        return f"{number} to {fact.value_max:,.10g}"
    words = {"=": "", ">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "up to ", "~": "about "}
    return words.get(fact.bound, "") + number


def _cell(value: Any) -> str:
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, set | tuple):
        return list(value)
    return str(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _shorten(text: str, widest: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= widest else flat[: widest - 1] + "…"
