"""The collector against the replayed newsroom: nothing missed, nothing twice, faults and kills leave no trace."""

from __future__ import annotations

import gzip
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.fetching.archive import read_snapshot, scan, verify
from flows.sources.registry import load_sources
from tests.replay import DATA, Replay, moment, needs_replay, quick_client, replay
from tests.stages.collector import Ledger, collect

pytestmark = needs_replay

ROOT = Path(__file__).resolve().parents[2]
FIRST = datetime(2023, 5, 1, 14, tzinfo=UTC)
PUBLIC = "https://www.whitehouse.gov"


@contextmanager
def newsroom(folder: Path, *options: str) -> Iterator[Replay]:
    folder.mkdir()
    with replay(folder, FIRST, *options) as site:
        yield site


def weeks(number: int, first: datetime = FIRST) -> list[datetime]:
    return [first + timedelta(weeks=n) for n in range(number)]


def run_weeks(folder: Path, site: Replay, moments: list[datetime], since: date) -> Ledger:
    ledger = Ledger()
    for now in moments:
        site.set_clock(now)
        with quick_client() as client:
            collect(folder / "archive", ledger, site.url, now, since, client)
    return ledger


def listed_by(now: datetime) -> dict[str, dict[str, str]]:
    """What the site shows at a moment, by public URL: the version that stands, from the data themselves."""
    shown = {}
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for release in map(json.loads, lines):
            past = [version for version in release["versions"] if moment(version["seen"]) <= now]
            if past:
                shown[PUBLIC + release["path"]] = past[-1] | {"published": release["published"]}
    return shown


@pytest.mark.parametrize("number", [3, pytest.param(26, marks=pytest.mark.slow)])
def test_every_listed_release_and_every_version_that_stood_at_a_poll_is_kept(tmp_path: Path, number: int) -> None:
    first, since = datetime(2023, 4, 10, 14, tzinfo=UTC), date(2023, 4, 1)
    ledger = Ledger()
    with newsroom(tmp_path / "site") as site:
        for now in weeks(number, first):
            site.set_clock(now)
            with quick_client() as client:
                found = collect(tmp_path / "archive", ledger, site.url, now, since, client)
            assert [issue for issue in found.issues if issue.severity != "info"] == []
            latest = {row.url: row for row in sorted(ledger.rows, key=lambda row: row.fetched_at)}
            for url, version in listed_by(now).items():
                row = latest[url]
                page = read_snapshot(tmp_path / "archive" / row.archive_file, row.archive_offset).decode()
                assert version["html"] in page, f"{url} at {now} is not what stood on the site"
    assert set(latest) == set(listed_by(now))
    assert verify(tmp_path / "archive").problems == ()


def test_the_source_file_says_what_the_source_says(tmp_path: Path) -> None:
    with newsroom(tmp_path / "site") as site:
        (spec,), issues = load_sources(site.write_source(tmp_path / "sources").parent)
        assert issues == [] and spec == site.spec()


def test_a_second_run_at_the_same_moment_asks_conditionally_and_changes_nothing(tmp_path: Path) -> None:
    with newsroom(tmp_path / "site") as site:
        ledger = run_weeks(tmp_path, site, weeks(2), date(2023, 4, 15))
        before, served = ledger.contents(), site.stats()
        with quick_client() as client:
            again = collect(tmp_path / "archive", ledger, site.url, weeks(2)[-1], date(2023, 4, 15), client)
        after = site.stats()
    assert (again.snapshots, again.checks) == ((), ())
    assert ledger.contents() == before
    asked = {kind: after[kind] - served.get(kind, 0) for kind in ("request", "200", "304")}
    assert asked["request"] == again.visit.requests == asked["304"] + 1
    assert asked["200"] == 2  # robots.txt, and the statistics themselves


def test_stealth_edits_are_found_at_the_ages(tmp_path: Path) -> None:
    """The site keeps lastmod and Last-Modified still: only looking again finds an edit."""
    days = [datetime(2023, 6, 22, 14, tzinfo=UTC) + timedelta(days=n) for n in range(10)]
    with newsroom(tmp_path / "site", "--stealth") as site:
        ledger = run_weeks(tmp_path, site, days, date(2023, 6, 20))
    shown = {day: listed_by(day) for day in days}
    states: dict[str, list[bytes]] = {}
    for row in sorted(ledger.rows, key=lambda row: row.fetched_at):
        page = read_snapshot(tmp_path / "archive" / row.archive_file, row.archive_offset)
        states.setdefault(row.url, []).append(page)
    for url, check in ledger.known.items():
        assert shown[check.last_checked][url]["html"] in states[url][-1].decode()
    edited = [url for url, pages in states.items() if shown[days[-1]][url]["html"] not in pages[0].decode()]
    assert len(edited) >= 4


@pytest.mark.parametrize("number", [1, pytest.param(8, marks=pytest.mark.slow)])
def test_faults_leave_no_trace_in_the_contents(tmp_path: Path, number: int) -> None:
    since = date(2023, 4, 15)
    with newsroom(tmp_path / "calm") as site:
        calm = run_weeks(tmp_path / "calm", site, weeks(number), since)
    with newsroom(tmp_path / "rough", "--faults", "0.1", "--seed", "7") as site:
        rough = run_weeks(tmp_path / "rough", site, weeks(number), since)
        stats = site.stats()
    assert sum(count for kind, count in stats.items() if kind.startswith("fault")) > 5 * number
    assert rough.contents() == calm.contents()
    assert rough.known == calm.known
    assert verify(tmp_path / "rough" / "archive").problems == ()


@pytest.mark.slow
def test_kill_nine_at_random_moments_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    since, moments, chance = date(2023, 4, 15), weeks(5), random.Random(20230501)
    with newsroom(tmp_path / "calm") as site:
        calm = run_weeks(tmp_path / "calm", site, moments, since)
    archive, path = tmp_path / "archive", tmp_path / "ledger"
    killed = interrupted = 0
    with newsroom(tmp_path / "site", "--delay", "0.004") as site:
        for now in moments:
            site.set_clock(now)
            for _ in range(6):
                killed += _killed(archive, path, site, now, since, chance.uniform(0.02, 0.9))
                interrupted += any(archive.rglob("*.open"))
            _run(archive, path, site, now, since).wait(60)
    assert killed >= 20 and interrupted >= 10
    ledger = Ledger.open(path)
    assert ledger.contents() == calm.contents()
    assert ledger.known == calm.known
    assert verify(archive).problems == ()
    archived = [(record.url, record.sha256) for record in scan(archive) if record.kind == "release"]
    assert len(archived) == len(set(archived)) == len(ledger.rows)


def _run(archive: Path, ledger: Path, site: Replay, now: datetime, since: date) -> subprocess.Popen[str]:
    """Start a run and wait until it begins."""
    arguments = [str(archive), str(ledger), site.url, now.isoformat(), since.isoformat()]
    command = [sys.executable, "-c", "from tests.stages.collector import main; main()", *arguments]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None and run.stdout.readline() == "ready\n"
    return run


def _killed(archive: Path, ledger: Path, site: Replay, now: datetime, since: date, after: float) -> bool:
    """Kill a run so many seconds after it began; whether it was still at work."""
    run = _run(archive, ledger, site, now, since)
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    return run.wait(10) == -signal.SIGKILL
