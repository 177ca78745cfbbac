"""Corrections: a publisher's error, or one of ours, mended as data with a reason and a guard.

    [[correction]]
    url = "https://www.whitehouse.gov/the-press-office/2016/01/21/..."
    quote = "an estimated 50,000 veterans were homeless"
    number = "50,000"
    expect = { value = 50000, unit = "veteran" }
    set = { value = 5000 }
    reason = "The figure is the nation's; the city counted 5,000. See the city's report of November 2015."

`quote` must stand in the fact's evidence, and `number` be its number (leave it out for an event). `expect` is the
guard: where the fact no longer says this, the entry is not applied and its problem is told. `drop = true` instead of
`set` takes the fact out. Corrections are applied to what was extracted, so they survive every re-extraction; the fact
keeps its id.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from flows.normalising.identity import correction_id
from warehouse.records import Correction, Fact, SlotChange

_SLOTS: dict[str, Callable[[Any], Any]] = {
    "value": float, "value_max": float, "bound": str, "unit": str, "stage": str, "action": str, "initiative": str,
    "as_of": date.fromisoformat, "since": date.fromisoformat, "deadline": date.fromisoformat,
    "population": str, "object": str,
}  # fmt: skip
_KEYS = {"url", "quote", "number", "expect", "set", "drop", "reason"}


class CorrectionError(ValueError):
    """The file is not a list of corrections: the message names file, entry and field."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file."""

    url: str
    quote: str
    number: str | None
    expect: Mapping[str, Any]
    changes: Mapping[str, Any]
    is_dropped: bool
    reason: str

    @property
    def correction_id(self) -> UUID:
        """Its id, made from its evidence."""
        return correction_id(self.url, self.quote, self.number)

    def concerns(self, fact: Fact) -> bool:
        """Whether the fact is the one whose evidence the entry names."""
        if self.quote not in fact.quote:
            return False
        if fact.number_start is None or fact.number_end is None:
            return self.number is None
        return fact.quote[fact.number_start - fact.start : fact.number_end - fact.start] == self.number


def load_corrections(file: Path | None) -> list[Entry]:
    """The entries of a file; none where there is no file."""
    if file is None or not file.exists():
        return []
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CorrectionError(f"{file}: {error}") from error
    return [_entry(row, f"{file}: entry {number}") for number, row in enumerate(tables.get("correction", []), start=1)]


def corrected(fact: Fact, entries: Sequence[Entry]) -> tuple[Fact, Entry | None]:
    """The fact with the slots of the first entry that concerns it and whose guard holds, and that entry.

    A fact that its entry drops is given back as it is; the entry says so.
    """
    for entry in entries:
        if entry.concerns(fact) and _failed_guard(entry, fact) is None:
            return replace(fact, **entry.changes), entry
    return fact, None


def outcome(entry: Entry, facts: Mapping[UUID, Fact]) -> Correction:
    """What became of an entry in one version of its release; `facts` are those extracted from it, by id."""
    concerned = [(key, fact) for key, fact in facts.items() if entry.concerns(fact)]
    good = [(key, fact) for key, fact in concerned if _failed_guard(entry, fact) is None]
    problem = None
    if not concerned:
        problem = "no fact has this quote and number: the source has changed, or the entry is wrong"
    elif not good:
        problem = _failed_guard(entry, concerned[0][1])
    return Correction(
        correction_id=entry.correction_id,
        url=entry.url,
        quote=entry.quote,
        reason=entry.reason,
        changes=tuple(
            _change(slot, value, good[0][1] if good else None, entry) for slot, value in entry.changes.items()
        ),
        is_dropped=entry.is_dropped,
        fact_id=good[0][0] if good else None,
        problem=problem,
    )


def _change(slot: str, value: object, before: Fact | None, entry: Entry) -> SlotChange:
    was = getattr(before, slot) if before else entry.expect.get(slot)
    return SlotChange(slot, _text(was), _text(value))


def _failed_guard(entry: Entry, fact: Fact) -> str | None:
    """Why the fact is not what the entry was written for, or None."""
    for slot, expected in entry.expect.items():
        actual = getattr(fact, slot)
        if actual != expected:
            return f"expected {slot} {_text(expected)}, the source now gives {_text(actual)}"
    return None


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _entry(row: Mapping[str, Any], where: str) -> Entry:
    unknown = set(row) - _KEYS
    if unknown:
        raise CorrectionError(f"{where}: unknown field {sorted(unknown)[0]!r}")
    for key in ("url", "quote", "expect", "reason"):
        if not row.get(key):
            raise CorrectionError(f"{where}: {key} is missing: a correction needs its evidence, a guard and a reason")
    if bool(row.get("drop")) == bool(row.get("set")):
        raise CorrectionError(f"{where}: give either set or drop = true")
    return Entry(
        url=row["url"],
        quote=row["quote"],
        number=row.get("number"),
        expect=_slots(row["expect"], where),
        changes=_slots(row.get("set", {}), where),
        is_dropped=bool(row.get("drop")),
        reason=row["reason"],
    )


def _slots(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    for slot, value in row.items():
        if slot not in _SLOTS:
            raise CorrectionError(f"{where}: {slot!r} is no slot that can be corrected; known are {', '.join(_SLOTS)}")
        try:
            slots[slot] = value if isinstance(value, date) else _SLOTS[slot](value)
        except (TypeError, ValueError) as error:
            raise CorrectionError(f"{where}: {slot}: {error}") from error
    return slots
