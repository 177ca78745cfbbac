"""`commitments report --remake`: past editions are made again from the ledger, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import ROOT, SampleRun, commitments
from tests.replay import moment, needs_replay, replay

FIRST = moment("2023-05-08T11:00:00Z")  # a Monday, 07:00 in New York
WEEKS = 4

DRIVER = """
import sys
from datetime import date, datetime
from pathlib import Path
from flows.cli import prepare_flows
prepare_flows(verbose=False, quiet=True)
from flows.weekly import weekly
clock, *moments = sys.argv[1:]
for now in moments:
    Path(clock).write_text(now)
    outcome = weekly(now=datetime.fromisoformat(now), since=date(2023, 5, 1), send=False)
    assert outcome.published, outcome.held
"""


@pytest.mark.parametrize("week", ["2015-W45", "2015-W47", "2016-W02", "2016-W03"])
def test_every_edition_of_the_sample(sample_run: SampleRun, week: str) -> None:
    ended = commitments("report", "--sample", "--remake", "--week", week, home=sample_run.home)
    assert ended.code == 0, ended.err
    assert f"equal byte for byte: edition.json, edition.html, edition.txt and {week}.csv" in ended.out


def test_files_rendered_otherwise_are_named(sample_run: SampleRun) -> None:
    address = "https://ledger.example"
    ended = commitments("report", "--sample", "--remake", home=sample_run.home, COMMITMENTS_SITE_URL=address)
    assert ended.code == 0, ended.err
    assert "equal edition.json; edition.html and edition.txt differ" in ended.out


@needs_replay
@pytest.mark.slow
def test_every_edition_of_a_real_newsroom(tmp_path: Path) -> None:
    mondays = [FIRST + timedelta(weeks=week) for week in range(WEEKS)]
    with replay(tmp_path, FIRST) as site:
        site.write_source(tmp_path / "sources")
        env = os.environ | {"COMMITMENTS_SOURCES": str(tmp_path / "sources"), "PYTHONPATH": str(ROOT)}
        env["COMMITMENTS_HOME"] = str(tmp_path / "home")
        command = [sys.executable, "-c", DRIVER, str(site.clock), *(now.isoformat() for now in mondays)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=900, check=False)
        assert done.returncode == 0, done.stderr
    for week in range(18, 18 + WEEKS):
        ended = commitments("report", "--remake", "--week", f"2023-W{week}", home=tmp_path / "home")
        assert ended.code == 0, ended.err
        assert "equal byte for byte" in ended.out
