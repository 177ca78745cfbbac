"""The weekly flow over the 26 weeks of the replayed newsroom: what came of each week, and what it cost.

    python -m bench.replay_weeks [--weeks 26] [--home FOLDER] [--stealth] [--faults 0.1]

Starts `../shared/newsroom/replay.py`, moves its clock from Monday to Monday and runs `commitments weekly --now` in this
process each time. A `--home` that is kept can be asked with `commitments query` afterwards.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.replay import DATA, Replay, replay

FIRST_MONDAY = datetime(2023, 4, 10, 11, 0, tzinfo=UTC)  # 07:00 in New York
WEEKS = 26


def main() -> int:
    """Run the weeks and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--stealth", action="store_true")
    parser.add_argument("--faults", type=float, default=0.0)
    chosen = parser.parse_args()
    if not DATA.exists():
        print("../shared/newsroom is absent: nothing to replay")
        return 1
    options = [*(["--stealth"] if chosen.stealth else []), "--faults", str(chosen.faults)]
    with tempfile.TemporaryDirectory() as name, replay(Path(name), FIRST_MONDAY, *options) as site:
        folder = Path(name)
        home = chosen.home or folder / "home"
        site.write_source(folder / "sources")
        os.environ |= {"COMMITMENTS_HOME": str(home), "COMMITMENTS_SOURCES": str(folder / "sources")}
        run_weeks(site, home, chosen.weeks)
    return 0


def run_weeks(site: Replay, home: Path, weeks: int) -> None:
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
        site.set_clock(now)
        week_started = time.monotonic()
        weekly(now=now, since=datetime(2023, 4, 1, tzinfo=UTC).date(), send=False)
        _, [(releases, versions, facts)] = query(home / "commitments.duckdb", count)
        served = site.stats()["request"]
        seconds = time.monotonic() - week_started
        print(f"{now:%Y-%m-%d}  {releases:8}  {versions:8}  {facts:5}  {served - before:8}  {seconds:7.1f}", flush=True)
        before = served
    print(f"all         {'':8}  {'':8}  {'':5}  {before:8}  {time.monotonic() - started:7.1f}")


if __name__ == "__main__":
    sys.exit(main())
