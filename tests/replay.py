"""Starts the replayed newsroom of `../shared/newsroom` on a free port, under a clock that a test can move.

    with replay(tmp_path, "2023-06-12T14:00:00Z") as site:
        site.set_clock("2023-06-19T14:00:00Z")
        spec = site.spec()

Where `../shared` is absent, the tests that ask for it are skipped by name.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.fetching.client import Client, ClientSettings
from flows.fetching.pace import Pace
from flows.sources.reading import read_spec
from flows.sources.spec import SourceSpec

NEWSROOM = Path(__file__).resolve().parents[2] / "shared" / "newsroom"
DATA = NEWSROOM / "whitehouse-2023-q2q3.jsonl.gz"

needs_replay = pytest.mark.skipif(not DATA.exists(), reason="../shared/newsroom is absent")


def moment(text: str) -> datetime:
    """An ISO time as aware UTC."""
    when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


class ShortPace(Pace):
    """A pace in which a wait of any length takes no time, and is counted."""

    def __init__(self) -> None:
        self.waited = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        return super().now() + self.waited

    def wait(self, seconds: float) -> None:
        with self._lock:
            self.waited += max(seconds, 0.0)


def quick_client(pace: Pace | None = None, **settings: float) -> Client:
    """A client that never really waits and gives a stalled site half a second."""
    return Client(replace(ClientSettings(read_timeout=0.5), **settings), pace or ShortPace())  # type: ignore[arg-type]


@dataclass(frozen=True)
class Replay:
    """A running newsroom."""

    url: str
    clock: Path

    def set_clock(self, when: datetime | str) -> datetime:
        """Move the site to a moment; returns it."""
        at = moment(when) if isinstance(when, str) else when
        draft = self.clock.with_suffix(".new")
        draft.write_text(at.isoformat())
        draft.replace(self.clock)
        return at

    def stats(self) -> dict[str, int]:
        """How many requests of each kind were served so far."""
        with urllib.request.urlopen(f"{self.url}/_stats", timeout=10) as answer:
            counts: dict[str, int] = json.load(answer)
            return counts

    def spec(self, source_id: str = "replay") -> SourceSpec:
        """The newsroom as a source: public at whitehouse.gov, fetched from here."""
        return replay_source(source_id).with_fetch_from(self.url)

    def write_source(self, folder: Path, source_id: str = "replay") -> Path:
        """Write the same source as a file into `folder`, for `COMMITMENTS_SOURCES`; returns the file."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{source_id}.toml"
        path.write_text(SOURCE_FILE.format(id=source_id, fetch_from=self.url), encoding="utf-8")
        return path


@contextmanager
def replay(folder: Path, now: datetime | str, *options: str) -> Iterator[Replay]:
    """Run the server with a clock file in `folder`; `options` are its own, such as `--faults 0.1`."""
    clock = folder / "clock"
    at = moment(now) if isinstance(now, str) else now
    clock.write_text(at.isoformat())
    command = [sys.executable, str(NEWSROOM / "replay.py"), str(DATA), "--port", "0", "--clock", str(clock), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            first_line = server.stdout.readline()
            yield Replay("/".join(first_line.split("/", 3)[:3]), clock)
        finally:
            server.kill()


def replay_source(source_id: str = "replay") -> SourceSpec:
    """The White House's statements and releases as they stood in 2023, at their public address."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"{source_id}.toml"
        path.write_text(SOURCE_FILE.format(id=source_id, fetch_from="http://127.0.0.1:8800"), encoding="utf-8")
        return replace(read_spec(path), fetch_from=None, rate=1.0)


SOURCE_FILE = """
id = "{id}"
publisher = "The White House"
name = "Statements and Releases (replayed)"
base_url = "https://www.whitehouse.gov"
fetch_from = "{fetch_from}"
time_zone = "America/New_York"
cadence = "daily"
licence = "US federal government work, public domain"
topics = ["executive"]
enabled = true
verified = "saved pages"
max_pages = 1000
recheck_budget = 100
ceiling = 60
quiet_days = 7

[[discovery]]
kind = "feed"
url = "https://www.whitehouse.gov/feed/"
expect = "1..20"

[[discovery]]
kind = "sitemap"
url = "https://www.whitehouse.gov/sitemap.xml"
expect = "1.."
max_pages = 12

[[discovery]]
kind = "listing"
url = "https://www.whitehouse.gov/briefing-room/statements-releases/"
expect = "1..10"
rows = "article.news-item"
link = "a.news-item__title-link"
date = "time.posted-on"
next_page = "a.next"
max_pages = 100

[article]
shape = "wordpress"
url_pattern = '/briefing-room/[a-z-]+/20\\d\\d/\\d\\d/\\d\\d/[^/]+/$'
"""
