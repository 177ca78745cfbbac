"""The dated readings of the shared observations file as facts, by the mapping beside this file.

A row keeps its date, comparator, value and page; the mapping gives what the extractor would have found in the page.
The file's own series label takes no part.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.extraction.gazetteer import gazetteer
from warehouse.records import Bound, Fact, PlaceMention, Precision

MAPPING = Path(__file__).with_name("observations_mapping.toml")
OBSERVATIONS = Path(__file__).parents[3] / "shared" / "design" / "observations.csv"
_BOUNDS: dict[str, Bound] = {"eq": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=", "approx": "~"}
_PRECISIONS: dict[str, Precision] = {"day": "day", "approx": "day", "month": "month", "unknown": "year"}


@dataclass(frozen=True, slots=True)
class Observation:
    """One row: its key, the label that the file gives it, its page, and the fact that it states."""

    key: str
    series: str
    url: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Mapping:
    """The slots of each row by its key, and the rows that are kept apart with the reason."""

    slots: dict[str, dict[str, Any]]
    exceptions: dict[str, str]


def load_mapping() -> Mapping:
    """Read the mapping file; a row may stand in it once."""
    tables = tomllib.loads(MAPPING.read_text(encoding="utf-8"))
    slots: dict[str, dict[str, Any]] = {}
    for group in tables["fact"]:
        for row in group["rows"]:
            if row in slots:
                raise ValueError(f"{MAPPING.name}: row {row!r} stands twice")
            slots[row] = {name: value for name, value in group.items() if name != "rows"}
    return Mapping(slots, {entry["row"]: entry["reason"] for entry in tables["exception"]})


def load_observations() -> list[Observation]:
    """All rows as facts."""
    mapping = load_mapping()
    with OBSERVATIONS.open(encoding="utf-8", newline="") as file:
        return [_observation(row, mapping) for row in csv.DictReader(file)]


def _observation(row: dict[str, str], mapping: Mapping) -> Observation:
    key = "|".join((row["date"], row["value"], row["unit"]))
    return Observation(key, row["series"], row["url"], _fact(row, mapping.slots[key]))


def _fact(row: dict[str, str], slots: dict[str, Any]) -> Fact:
    quote = f"{row['value']} {slots['unit']}"
    return Fact(
        kind="quantity",
        start=0,
        end=len(quote),
        quote=quote,
        action=slots["action"],
        number_start=0,
        number_end=len(row["value"]),
        value=float(row["value"]),
        bound=_BOUNDS[row["comparator"]],
        unit=slots["unit"],
        stage=slots.get("stage", "total"),
        initiative=slots.get("initiative"),
        as_of=_end_of(row["date"]),
        as_of_precision=_PRECISIONS[row["date_precision"]],
        as_of_basis="text",
        places=tuple(_place(name) for name in slots.get("places", ())),
        population=slots.get("population", slots["unit"]),
        object=slots.get("object"),
        heading=slots.get("heading"),
        rule="observation",
        confidence=1.0,
    )


def _end_of(text: str) -> date | None:
    """The day, or the month's last day; None where the file knows neither."""
    try:
        if len(text) == len("2016-01"):
            year, month = map(int, text.split("-"))
            return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return date.fromisoformat(text)
    except ValueError:
        return None


def _place(name: str) -> PlaceMention:
    city, _, state = name.rpartition(", ")
    place = gazetteer().city(city, state) if city else gazetteer().states[gazetteer().state_codes[name]]
    if place is None:
        raise ValueError(f"no such place: {name}")
    return PlaceMention(name, place.place_id, place.kind)
