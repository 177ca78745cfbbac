"""A small ledger on disk with something in every mart, for tests that publish, export or query."""

from __future__ import annotations

from pathlib import Path

from tests.warehouse.builders import LedgerBuilder, Stated, Told, at, participant, release, stated
from warehouse.connection import open_build
from warehouse.records import Initiative, Place

OHIO = Place("geonames:4509177", "Columbus, OH", "city", "OH", "US", 39.96, -83.0, 850106)
COMPACT = Initiative("compact-of-mayors", "Compact of Mayors", ("the Compact",))


def told_in_autumn() -> list[Told]:
    """What the first run sees."""
    here = {"initiative": "compact-of-mayors", "unit": "US city"}
    goal = stated("The aim is 100 before December", 100, stage="target", action="pledge", deadline="2015-11-30", **here)
    return [
        release("launch", "2015-08-24", [stated("34 American cities are in", 34, **here), goal]),
        release("league", "2015-11-05", [stated("83 cities of the country by now", 83, **here), columbus()]),
    ]


def told_in_winter() -> list[Told]:
    """What the second run sees: news, and a page that was changed."""
    here = {"initiative": "compact-of-mayors", "unit": "US city"}
    return [
        release("mayors", "2016-01-21", [stated("As of this week 122 have signed", 122, **here)]),
        release("league", "2015-11-05", [stated("84 cities of the country by now", 84, **here), columbus()]),
    ]


def columbus() -> Stated:
    """A place that joins."""
    return stated(
        "Columbus joins",
        kind="event",
        initiative="compact-of-mayors",
        places=(participant("Columbus, OH", OHIO.place_id),),
    )


def fill(path: Path) -> LedgerBuilder:
    """A build file after two runs. The caller closes its connection."""
    ledger = LedgerBuilder(con=open_build(path), initiatives=(COMPACT,), places=(OHIO,))
    ledger.run(at("2015-11-09"), told_in_autumn(), with_marts=False)
    ledger.run(at("2016-01-25"), told_in_winter())
    return ledger
