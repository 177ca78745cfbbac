"""Every case of rows: given these releases, these are the exact rows of these objects."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.builders import SOURCE, LedgerBuilder, Stated, Told
from warehouse.records import Initiative, Place, PlaceMention

FOLDER = Path(__file__).parent
CASES = sorted(path.parent for path in FOLDER.glob("*/*/given.toml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path) -> None:
    ledger = ledger_of(tomllib.loads((case / "given.toml").read_text(encoding="utf-8")))
    expected = tomllib.loads((case / "expect.toml").read_text(encoding="utf-8"))
    assert expected, "a case that expects nothing proves nothing"
    for name, rows in expected.items():
        columns = sorted({column for row in rows for column in row})
        wanted = sorted((tuple(row.get(column) for column in columns) for row in rows), key=repr)
        found = ledger.rows(f"SELECT {', '.join(columns)} FROM {name}") if columns else ledger.rows(f"FROM {name}")
        assert sorted(map(plain, found), key=repr) == wanted, f"{name}: {columns}"


def test_each_mart_has_a_case() -> None:
    marts = {path.stem for path in (FOLDER.parent.parent / "sql/models/mart").glob("*.sql")}
    named = {name for case in CASES for name in tomllib.loads((case / "expect.toml").read_text(encoding="utf-8"))}
    assert marts - {re.split(r"\W", name)[0] for name in named} == set()


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numbers as TOML has them, times as dates where the clock stands at noon."""
    return tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row)


def ledger_of(given: dict[str, Any]) -> LedgerBuilder:
    """A ledger that went through the runs of a case."""
    defaults = given.get("defaults", {})
    names = {fact.get("initiative", defaults.get("initiative")) for fact in facts_of(given)} - {None}
    ledger = LedgerBuilder(
        initiatives=tuple(initiative(name, given) for name in sorted(names)),
        places=tuple(Place(**{**_NOWHERE, **row}) for row in given.get("place", [])),
    )
    for run in given["run"]:
        ledger.run(noon(run["at"]), [told(release, defaults) for release in run.get("release", [])], with_marts=False)
    ledger.refresh()
    return ledger


_NOWHERE = {"state": None, "country": "US", "latitude": None, "longitude": None, "population": None}


def facts_of(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [fact for run in given["run"] for release in run.get("release", []) for fact in release.get("facts", [])]


def initiative(name: str, given: dict[str, Any]) -> Initiative:
    entry = next((row for row in given.get("initiative", []) if row["id"] == name), {})
    return Initiative(
        name, entry.get("name", name), tuple(entry.get("aliases", ())), registered=entry.get("registered", True)
    )


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def told(release: dict[str, Any], defaults: dict[str, Any]) -> Told:
    facts = tuple(stated({**defaults, **fact}) for fact in release.get("facts", []))
    known = {key: release[key] for key in ("title", "same_as", "reader", "extra") if key in release}
    return Told(release["name"], release.get("published"), facts, source_id=SOURCE.source_id, **known)


def stated(slots: dict[str, Any]) -> Stated:
    places = tuple(
        PlaceMention(place["name"], place.get("id"), place.get("kind", "city"), place.get("role", "participant"))
        for place in slots.get("places", [])
    )
    given = {key: None if cell == "" else cell for key, cell in slots.items()}
    return Stated(**{**given, "places": places, "actors": tuple(slots.get("actors", ()))})
