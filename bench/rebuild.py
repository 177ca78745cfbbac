"""Rebuilding a whole ledger from its archive: releases a second on one core and on two, and what orchestration costs.

    python -m bench.rebuild [--releases 5000] [--runners inline pool:2]

The archive holds the pages of `../shared/newsroom`, repeated under other URLs until there are enough. The rows of the
archive are loaded first; then the flow `rebuild` reads, extracts, loads, checks and publishes all of it, as after a
change of rules. The share outside our own work is the time in which no core reads, loads, computes or publishes though
it could: Prefect's orchestration, handing work to other processes and taking results back. `idle` is the rate that the
processor time used would give on cores with nothing else to do; on an idle machine it and the measured rate agree.

`inline` is held to one core by the operating system, as DuckDB would take all for the load and the marts: so the rate
beside it tells what the second core brings.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# The children of a pool import this file too: at the top stands only what reading needs.
from flows.stages import running
from flows.stages.reading import ReadPart, ReleaseHistory, Rules, read_histories

NEWSROOM = Path(__file__).resolve().parents[2] / "shared" / "newsroom"
DATA = NEWSROOM / "whitehouse-2023-q2q3.jsonl.gz"
LAST_DAY = datetime(2023, 10, 10, tzinfo=UTC)
BUSY = "BENCH_BUSY"

SOURCE = """\
id = "copy_{number}"
publisher = "The White House"
name = "Statements and Releases, copy {number}"
base_url = "https://copy{number}.example"
time_zone = "America/New_York"
cadence = "once"
licence = "US federal government work, public domain (17 USC 105)"
enabled = true
verified = "saved pages"
rate = 1.0
quiet_days = 14

[[discovery]]
kind = "feed"
url = "https://copy{number}.example/feed/"
expect = "1..20"

[article]
shape = "wordpress"
url_pattern = '/briefing-room/[a-z-]+/20\\d\\d/\\d\\d/\\d\\d/[^/]+/$'
"""


@dataclass
class Measured:
    """One rebuild. `stages` are seconds of this process; `busy` is what the reading itself took, in all processes, and
    `read_cpu` its processor time; `rest_cpu` is the processor time of all else in this process.
    """

    runner: str
    releases: int
    total: float
    stages: dict[str, float]
    busy: float
    read_cpu: float
    rest_cpu: float

    @property
    def workers(self) -> int:
        return int(self.runner.partition(":")[2] or 1)

    @property
    def rate(self) -> float:
        return self.releases / self.total

    @property
    def idle_rate(self) -> float:
        """Releases a second, had no other program been running."""
        return self.releases / (self.rest_cpu + self.read_cpu / self.workers)

    @property
    def outside(self) -> float:
        """The share of the whole in which nothing of ours was done."""
        idle_in_reading = self.stages["read"] - self.busy / self.workers
        return (self.total - sum(self.stages.values()) + idle_in_reading) / self.total

    def row(self) -> str:
        stages = "  ".join(f"{name} {seconds:6.1f}" for name, seconds in self.stages.items())
        return (
            f"{self.runner:<8} {self.rate:8.1f} {self.idle_rate:7.1f} {self.total:8.1f} {self.outside:8.3f}   {stages}"
        )


def pages() -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every page of the newsroom, as it serves them."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Path(folder) / "clock"
        clock.write_text(LAST_DAY.isoformat())
        command = [sys.executable, str(NEWSROOM / "replay.py"), str(DATA), "--port", "0", "--clock", str(clock)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            base = "/".join(server.stdout.readline().split("/", 3)[:3])
            with gzip.open(DATA, "rt", encoding="utf-8") as lines:
                for path in (json.loads(line)["path"] for line in lines):
                    with urllib.request.urlopen(base + path) as answer:
                        yield path, answer.read()
            server.kill()


def fill(releases: int) -> int:
    """Write archive and source files, and load the archive's rows; the number of releases."""
    from flows.fetching.archive import ArchiveWriter
    from flows.settings import load_settings
    from flows.sources.registry import load_sources
    from flows.stages.ledger import ledger_run
    from warehouse import loading
    from warehouse.records import Batch

    settings = load_settings()
    assert settings.sources_dir is not None
    served = list(pages())
    snapshots = []
    for number in range(-(-releases // len(served))):
        (settings.sources_dir / f"copy_{number}.toml").write_text(SOURCE.format(number=number), encoding="utf-8")
        with ArchiveWriter(settings.archive_dir, f"copy_{number}", LAST_DAY, fsync_every=1000) as archive:
            for path, body in itertools.islice(served, releases - len(snapshots)):
                url = f"https://copy{number}.example{path}"
                headers = [("Content-Type", "text/html; charset=utf-8")]
                snapshots.append(archive.add(url, 200, headers, body))
    specs, issues = load_sources(settings.sources_dir)
    assert not issues, issues
    batch = Batch(sources=tuple(spec.record() for spec in specs), snapshots=tuple(snapshots))
    with ledger_run(settings, "fill", LAST_DAY) as run:
        loading.load(run.connection, batch, run.run_id, run.now)
    return len(snapshots)


def timed_read(part: Sequence[ReleaseHistory], rules: Rules) -> ReadPart:
    """Read a chunk, and leave a note of how long that took, from whatever process does it."""
    start, cpu = time.perf_counter(), time.process_time()
    read = read_histories(part, rules)
    with Path(os.environ[BUSY]).open("a", encoding="utf-8") as notes:
        notes.write(f"{os.getpid()} {time.perf_counter() - start} {time.process_time() - cpu}\n")
    return read


def measure(runner: str, releases: int, flow: Callable[..., Any], now: datetime) -> Measured:
    """Run the flow once with every stage timed."""
    from flows.stages import loading as load_stage
    from flows.stages import weekly

    os.environ["COMMITMENTS_RUNNER"] = runner
    notes = Path(os.environ[BUSY])
    notes.unlink(missing_ok=True)
    stages: dict[str, float] = {}
    places = [
        (running, "read_all", "read"),
        (load_stage, "all_histories", "list"),
        (load_stage, "load", "load"),
        (weekly, "refresh_and_check", "marts"),
        (weekly, "publish", "publish"),
    ]
    kept = [(module, name, getattr(module, name)) for module, name, _ in places]
    for module, name, stage in places:
        setattr(module, name, _timed(getattr(module, name), stage, stages))
    running.read_histories = timed_read  # type: ignore[attr-defined]
    with cores(1 if runner == "inline" else None):
        start, cpu = time.perf_counter(), time.process_time()
        flow(now=now)
        total, own_cpu = time.perf_counter() - start, time.process_time() - cpu
    for module, name, function in kept:
        setattr(module, name, function)
    noted = [tuple(map(float, line.split())) for line in notes.read_text(encoding="utf-8").splitlines()]
    busy, read_cpu = sum(wall for _, wall, _ in noted), sum(cpu for _, _, cpu in noted)
    rest_cpu = own_cpu - sum(cpu for process, _, cpu in noted if process == os.getpid())
    return Measured(runner, releases, total, stages, busy, read_cpu, rest_cpu)


@contextmanager
def cores(number: int | None) -> Iterator[None]:
    """Hold this process, all its threads and what it starts, to so many cores; None leaves it all."""
    given = os.sched_getaffinity(0)
    _keep_to(set(sorted(given)[:number]))
    try:
        yield
    finally:
        _keep_to(given)


def _keep_to(chosen: set[int]) -> None:
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), chosen)


def _timed(function: Callable[..., Any], stage: str, stages: dict[str, float]) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            stages[stage] = stages.get(stage, 0.0) + time.perf_counter() - start

    return wrapped


def main() -> int:
    """Measure each runner on a fresh copy of the same home."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=5000)
    parser.add_argument("--runners", nargs="+", default=["inline", "pool:2"])
    chosen = parser.parse_args()
    if not NEWSROOM.exists():
        print("../shared/newsroom is absent: nothing to rebuild")
        return 1
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    logging.getLogger("commitments").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), chosen.releases, chosen.runners)
    return 0


def start_server() -> None:
    """A flow that does nothing: the first of a process waits for Prefect's server, which is no part of a rebuild."""


def run(folder: Path, releases: int, runners: Sequence[str]) -> None:
    """Fill a home, then rebuild a copy of it under each runner and print a row."""
    (folder / "sources").mkdir()
    os.environ |= {"COMMITMENTS_SOURCES": str(folder / "sources"), BUSY: str(folder / "busy")}
    os.environ["COMMITMENTS_HOME"] = str(folder / "filled")
    releases = fill(releases)
    from prefect import flow

    from flows.rebuild import rebuild

    flow(start_server)()
    print(f"{releases} releases, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'runner':<8} {'a second':>8} {'idle':>7} {'seconds':>8} {'outside':>8}   seconds of the stages")
    rates = []
    for number, runner in enumerate(runners):
        home = folder / f"home-{number}"
        shutil.copytree(folder / "filled", home)
        os.environ["COMMITMENTS_HOME"] = str(home)
        measured = measure(runner, releases, rebuild, LAST_DAY)
        rates.append(measured.rate)
        print(measured.row(), flush=True)
    print(f"the last against the first: {rates[-1] / rates[0]:.2f} times")


if __name__ == "__main__":
    raise SystemExit(main())
