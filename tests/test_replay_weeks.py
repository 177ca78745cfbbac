"""Eight weeks of a real newsroom through the whole line: nothing missed or twice; a second look changes nothing."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.pages import read_page
from tests.conftest import ROOT
from tests.replay import DATA, moment, needs_replay, replay, replay_source

pytestmark = [needs_replay, pytest.mark.slow]

FIRST = moment("2023-05-08T11:00:00Z")  # a Monday, 07:00 in New York
WEEKS = [FIRST + timedelta(weeks=number) for number in range(8)]
SINCE = "2023-05-01"
AUDIT = {"run", "source_visit", "page_check", "issue_sighting", "check_result"}
"""Runs, what they saw, and the sources' check times."""

DRIVER = """
import sys
from datetime import date, datetime
from pathlib import Path
from flows.cli import prepare_flows
prepare_flows(verbose=False, quiet=True)
from flows.collect import collect
clock, since, *moments = sys.argv[1:]
for now in moments:
    Path(clock).write_text(now)
    outcome = collect(now=datetime.fromisoformat(now), since=date.fromisoformat(since))
    assert outcome.published, outcome.held
"""


def run_collect(home: Path, sources: Path, clock: Path, moments: list[datetime]) -> None:
    env = os.environ | {"COMMITMENTS_HOME": str(home), "COMMITMENTS_SOURCES": str(sources), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", DRIVER, str(clock), SINCE, *(now.isoformat() for now in moments)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr


def shown_at(now: datetime) -> dict[str, str]:
    """What the site lists at a moment, from its data: the body that stands, by public URL."""
    standing = {}
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for release in map(json.loads, lines):
            past = [version for version in release["versions"] if moment(version["seen"]) <= now]
            if past and release["published"][:10] >= SINCE:
                standing["https://www.whitehouse.gov" + release["path"]] = past[-1]["html"]
    return standing


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
        return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for (name,) in names if name not in AUDIT}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], dict[str, int], bool]:
    """The home after eight weeks, requests served before and after a second run in the last week, and its changes."""
    folder = tmp_path_factory.mktemp("replay-weeks")
    home = folder / "home"
    with replay(folder, FIRST) as site:
        site.write_source(folder / "sources")
        run_collect(home, folder / "sources", site.clock, WEEKS)
        before, served = tables(home / "commitments.duckdb"), site.stats()
        run_collect(home, folder / "sources", site.clock, [WEEKS[-1] + timedelta(hours=1)])
        again = site.stats()
        return home, served, again, tables(home / "commitments.duckdb") == before


Weeks = tuple[Path, dict[str, int], dict[str, int], bool]


def test_every_release_that_was_listed_is_there_once(collected: Weeks) -> None:
    with duckdb.connect(str(collected[0] / "commitments.duckdb"), read_only=True) as con:
        urls = [url for (url,) in con.execute("SELECT url FROM release WHERE superseded_at IS NULL").fetchall()]
    assert len(urls) == len(set(urls))
    listed = {url for now in WEEKS for url in shown_at(now)}
    assert len(listed) > 200
    assert set(urls) == listed


def test_every_version_that_stood_at_a_poll_is_kept(collected: Weeks) -> None:
    source = replay_source()
    with duckdb.connect(str(collected[0] / "commitments.duckdb"), read_only=True) as con:
        kept: dict[str, set[str]] = {}
        for url, text in con.execute(
            "SELECT url, text FROM release_version INNER JOIN release USING (release_id)"
        ).fetchall():
            kept.setdefault(url, set()).add(letters(text))
    stood = {(url, html) for now in WEEKS for url, html in shown_at(now).items()}
    for url, html in stood:
        page = f"<html><body><section class='body-content'>{html}</section></body></html>"
        assert letters(read_page(page.encode(), url, source).text) in kept[url], url


def test_a_second_run_asks_conditionally_and_changes_nothing(collected: Weeks) -> None:
    _, served, again, is_unchanged = collected
    assert is_unchanged
    asked = again["request"] - served["request"]
    assert again["304"] - served["304"] >= asked / 2
    assert asked < 40


def test_a_week_brings_more_than_the_feed_holds(collected: Weeks) -> None:
    with duckdb.connect(str(collected[0] / "commitments.duckdb"), read_only=True) as con:
        row = con.execute(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM release GROUP BY first_seen) AS week"
        ).fetchone()
    assert row is not None and row[0] > 20
