"""The weekly flow over the 26 weeks of the replayed newsroom: what came of each week, and what it cost.

    python -m bench.replay_weeks [--weeks 26] [--home FOLDER] [--stealth] [--faults 0.1]

Starts `../shared/newsroom/replay.py`, moves its clock from Monday to Monday and runs `commitments weekly --now` in this
process each time. A `--home` that is kept can be asked with `commitments query` afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

NEWSROOM = Path(__file__).resolve().parents[2] / "shared" / "newsroom"
FIRST_MONDAY = datetime(2023, 4, 10, 11, 0, tzinfo=UTC)  # 07:00 in New York
WEEKS = 26

SOURCE = """\
id = "replay"
publisher = "The White House"
name = "Statements and Releases (replayed)"
base_url = "https://www.whitehouse.gov"
hosts = ["whitehouse.gov"]
fetch_from = "{base}"
time_zone = "America/New_York"
cadence = "daily"
licence = "US federal government work, public domain (17 USC 105)"
enabled = true
verified = "saved pages"
recheck_budget = 100
quiet_days = 14

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
max_pages = 40

[article]
shape = "wordpress"
url_pattern = '/briefing-room/[a-z-]+/20\\d\\d/\\d\\d/\\d\\d/[^/]+/$'
"""


@contextmanager
def newsroom(folder: Path, options: list[str]) -> Iterator[tuple[str, Path]]:
    """The replay on a free port, and the file that holds its clock."""
    clock = folder / "clock"
    clock.write_text(FIRST_MONDAY.isoformat())
    data = NEWSROOM / "whitehouse-2023-q2q3.jsonl.gz"
    command = [sys.executable, str(NEWSROOM / "replay.py"), str(data), "--port", "0", "--clock", str(clock), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield "/".join(server.stdout.readline().split("/", 3)[:3]), clock
        finally:
            server.kill()


def requests_served(base: str) -> int:
    """How many requests the newsroom has answered so far."""
    with urllib.request.urlopen(f"{base}/_stats") as answer:
        return int(json.load(answer)["request"])


def main() -> int:
    """Run the weeks and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--stealth", action="store_true")
    parser.add_argument("--faults", type=float, default=0.0)
    chosen = parser.parse_args()
    if not NEWSROOM.exists():
        print("../shared/newsroom is absent: nothing to replay")
        return 1
    options = [*(["--stealth"] if chosen.stealth else []), "--faults", str(chosen.faults)]
    with tempfile.TemporaryDirectory() as folder, newsroom(Path(folder), options) as (base, clock):
        home = chosen.home or Path(folder) / "home"
        sources = Path(folder) / "sources"
        sources.mkdir()
        (sources / "replay.toml").write_text(SOURCE.format(base=base), encoding="utf-8")
        os.environ |= {"COMMITMENTS_HOME": str(home), "COMMITMENTS_SOURCES": str(sources)}
        run_weeks(base, clock, home, chosen.weeks)
    return 0


def run_weeks(base: str, clock: Path, home: Path, weeks: int) -> None:
    """Move the clock, run the flow, ask the ledger."""
    from flows.cli import prepare_flows

    prepare_flows(verbose=False, quiet=True)
    from flows.weekly import weekly
    from warehouse.queries import query

    tables = ("release", "release_version", "fact_current")
    count = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    print("week        releases  versions  facts  requests  seconds")
    before, started = 0, time.monotonic()
    for number in range(weeks):
        now = FIRST_MONDAY + timedelta(weeks=number)
        clock.write_text(now.isoformat())
        week_started = time.monotonic()
        weekly(now=now, since=datetime(2023, 4, 1, tzinfo=UTC).date(), send=False)
        _, [(releases, versions, facts)] = query(home / "commitments.duckdb", count)
        served = requests_served(base)
        seconds = time.monotonic() - week_started
        print(f"{now:%Y-%m-%d}  {releases:8}  {versions:8}  {facts:5}  {served - before:8}  {seconds:7.1f}", flush=True)
        before = served
    print(f"all         {'':8}  {'':8}  {'':5}  {before:8}  {time.monotonic() - started:7.1f}")


if __name__ == "__main__":
    sys.exit(main())
