"""Revisions of the replayed newsroom: its clock stepped through every change of its data, collected, and read."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from flows.normalising.registry import Registry
from flows.stages.reading import ReleaseHistory, read_history
from tests.replay import DATA, moment, needs_replay, quick_client, replay, replay_source
from tests.stages.collector import Ledger, collect

pytestmark = [needs_replay, pytest.mark.slow]


def changing() -> list[list[str]]:
    """For each page that was changed, the moments at which one of its states was first seen."""
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        states = [[version["seen"] for version in json.loads(line)["versions"]] for line in lines]
    return [moments for moments in states if len(moments) > 1]


def test_a_revision_is_a_change_in_a_letter_or_digit(tmp_path: Path) -> None:
    """125 states follow another; 84 of them differ in a letter or digit of title or text, by an independent count.

    There are more new snapshots than that: a page's links to its neighbours change too, which is no revision.
    """
    ledger, archive = Ledger(), tmp_path / "archive"
    steps = sorted({seen for moments in changing() for seen in moments}, key=moment)
    with replay(tmp_path, "2023-04-03T16:00:00Z") as site, quick_client() as client:
        for step in steps:
            collect(archive, ledger, site.url, site.set_clock(step), date(2023, 4, 1), client)
    by_url: dict[str, list] = {}
    for row in ledger.rows:
        if row.quality == "ok" and row.status == 200:
            by_url.setdefault(row.url, []).append(row)
    histories = [ReleaseHistory(replay_source(), url, tuple(rows), None) for url, rows in by_url.items()]
    registry = Registry.load(None)
    readings = [read_history(history, archive, registry) for history in histories if len(history.snapshots) > 1]
    changed = sum(len(history.snapshots) - 1 for history in histories)
    assert sum(len(moments) - 1 for moments in changing()) == 125
    revisions = sum(len(reading.release.versions) - 1 for reading in readings if reading.release)
    assert changed > 125
    assert revisions == 84
