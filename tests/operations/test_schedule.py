"""Both ways of running on a schedule, against a real Prefect server on loopback."""

from __future__ import annotations

import email
import json
import os
import sys
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import yaml

from tests.operations.box import COMMITMENTS, PREFECT, ROOT, Box, descendants, kill
from warehouse.connection import open_published, writer_lock

pytestmark = pytest.mark.slow


def editions(home: Path) -> list[str]:
    published = home / "commitments.duckdb"
    if not published.exists():
        return []
    with open_published(published) as con:
        return [name for (name,) in con.execute("SELECT edition FROM edition ORDER BY edition").fetchall()]


def operator_mails(home: Path) -> list[EmailMessage]:
    found = sorted((home / "outbox" / "operator").glob("*.eml"))
    return [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]


@pytest.fixture(scope="module")
def worker_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """Server, work pool, deployments and guard, as the operator's page sets them up; and one worker."""
    with Box(tmp_path_factory.mktemp("worker-box")) as box:
        box.start_server()
        for command in (
            (*PREFECT, "work-pool", "create", "local-process", "--type", "process"),
            (*PREFECT, "--no-prompt", "deploy", "--all"),
            (*COMMITMENTS, "guard"),
        ):
            done = box.run(*command)
            assert done.returncode == 0, done.stdout + done.stderr
        start_worker(box)
        yield box


def start_worker(box: Box) -> None:
    box.start("worker", *PREFECT, "worker", "start", "--pool", "local-process", "--limit", "4")


def test_the_deployments_are_those_of_the_file(worker_box: Box) -> None:
    found = {entry["name"]: entry for entry in worker_box.ask("POST", "/deployments/filter")}
    assert set(found) == {"daily", "monday", "rebuild", "watchdog"}
    for entry in found.values():
        assert entry["entrypoint"].startswith("flows.") and entry["entrypoint"].count(".") == 2
        assert entry["description"] and "commitments" in entry["tags"]
        assert entry["global_concurrency_limit"]["limit"] == 1
        assert entry["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    (monday,) = found["monday"]["schedules"]
    assert (monday["slug"], monday["schedule"]["cron"]) == ("monday-0700", "0 7 * * 1")
    assert monday["schedule"]["timezone"] == "America/New_York"
    assert found["rebuild"]["schedules"] == []


def test_the_scheduler_plans_the_next_mondays(worker_box: Box) -> None:
    worker_box.wait(lambda: bool(worker_box.runs("monday")), 60, "a Monday is planned")
    assert all(run["auto_scheduled"] for run in worker_box.runs("monday"))


def test_a_worker_runs_the_weekly_flow(worker_box: Box) -> None:
    run = worker_box.launch("weekly", "monday", now="2026-11-16T12:00:00Z")
    worker_box.wait(lambda: worker_box.state(run) in ("COMPLETED", "FAILED", "CRASHED"), 240, "the run ends")
    assert worker_box.state(run) == "COMPLETED", worker_box.said()
    assert editions(worker_box.home) == ["2026-W46"]
    keys = {artifact["key"] for artifact in worker_box.ask("POST", "/artifacts/filter")}
    assert {"weekly-sources", "weekly-run"} <= keys
    worker_box.wait(lambda: any("collecting from 0 sources" in line for line in logged(worker_box, run)), 20, "our log")
    # Without sources nothing is archived; the rest of the line is there.
    worker_box.wait(lambda: assets(worker_box) >= {"ledger", "edition", "published"}, 20, "the lineage is told")


def assets(box: Box) -> set[str]:
    """What runs have made, as the lineage in Prefect's UI tells."""
    asked = {"filter": {"event": {"prefix": ["prefect.asset.materialization.succeeded"]}}}
    found = box.ask("POST", "/events/filter", asked)["events"]
    return {event["resource"]["prefect.resource.id"].removeprefix("commitments://") for event in found}


def logged(box: Box, run: str) -> list[str]:
    """What a run said, as Prefect's UI shows it."""
    lines = box.ask("POST", "/logs/filter", {"logs": {"flow_run_id": {"any_": [run]}}})
    return [line["message"] for line in lines]


def waiting_run(box: Box, now: str) -> str:
    """A run that has begun and waits for the ledger's lock, which the caller holds."""
    run = box.launch("weekly", "monday", now=now)
    log = box.home / "log" / "commitments.jsonl"
    box.wait(
        lambda: box.state(run) == "RUNNING" and f"weekly as of {now[:16]}" in log.read_text(), 120, "the run waits"
    )
    return run


def test_a_second_run_at_the_same_time_is_cancelled(worker_box: Box) -> None:
    with writer_lock(worker_box.home / "build" / "lock", "the test"):
        first = waiting_run(worker_box, "2026-11-16T13:00:00Z")
        second = worker_box.launch("weekly", "monday", now="2026-11-16T13:00:00Z")
        worker_box.wait(lambda: worker_box.state(second) == "CANCELLED", 60, "the second is cancelled")
    worker_box.wait(lambda: worker_box.state(first) == "COMPLETED", 120, "the first goes on")
    assert editions(worker_box.home) == ["2026-W46"]


def test_a_killed_run_crashes_and_the_operator_hears_of_it(worker_box: Box) -> None:
    with writer_lock(worker_box.home / "build" / "lock", "the test"):
        run = waiting_run(worker_box, "2026-11-16T14:00:00Z")
        kill(*descendants(worker_box.started["worker"].pid))
        worker_box.wait(lambda: worker_box.state(run) == "CRASHED", 60, "the run has crashed")
        worker_box.wait(lambda: bool(operator_mails(worker_box.home)), 60, "the operator's mail lies there")
    mail = operator_mails(worker_box.home)[-1]
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert mail["Subject"].startswith("[Commitment Ledger] weekly crashed")
    for part in ("Cause", "Next step", "Last lines of the log", "collecting from 0 sources"):
        assert part in text


def test_a_run_whose_worker_died_with_it_is_ended_by_the_guard(worker_box: Box) -> None:
    """Nobody is left to notice: the missing heartbeat tells, and the watchdog mails as soon as a worker is there."""
    before = len(operator_mails(worker_box.home))
    with writer_lock(worker_box.home / "build" / "lock", "the test"):
        run = waiting_run(worker_box, "2026-11-16T15:00:00Z")
        worker_box.wait(lambda: heartbeats(worker_box, run), 60, "a heartbeat")
        worker_box.kill("worker")
        start_worker(worker_box)
        assert worker_box.state(run) == "RUNNING"
        worker_box.wait(lambda: worker_box.state(run) == "CRASHED", 200, "the guard ends the run")
        worker_box.wait(lambda: len(operator_mails(worker_box.home)) > before, 120, "the watchdog mails")
    assert "heartbeat" in str(operator_mails(worker_box.home)[-1].get_body())


def test_a_cancelled_run_is_told_of(worker_box: Box) -> None:
    before = len(operator_mails(worker_box.home))
    with writer_lock(worker_box.home / "build" / "lock", "the test"):
        run = waiting_run(worker_box, "2026-11-16T16:00:00Z")
        worker_box.ask("POST", f"/flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})
        worker_box.wait(lambda: worker_box.state(run) == "CANCELLED", 120, "the run is cancelled")
        worker_box.wait(lambda: len(operator_mails(worker_box.home)) > before, 60, "the operator's mail lies there")
    assert operator_mails(worker_box.home)[-1]["Subject"].startswith("[Commitment Ledger] weekly cancelled")


def test_a_run_that_no_worker_takes_up_is_told_of(worker_box: Box) -> None:
    """The server notices while no worker is there; the mail goes out with the first one that comes back."""
    before = len(operator_mails(worker_box.home))
    patience = "from datetime import timedelta; from flows import serving; serving.set_guards(timedelta(seconds=20))"
    assert worker_box.run(sys.executable, "-c", patience).returncode == 0
    worker_box.stop("worker")
    run = worker_box.launch("weekly", "monday", now="2026-11-16T17:00:00Z")
    ordered = "not begun"
    worker_box.wait(lambda: ordered in str(worker_box.runs("watchdog")), 180, "the watchdog is ordered to tell")
    start_worker(worker_box)
    worker_box.wait(lambda: len(operator_mails(worker_box.home)) > before, 120, "the watchdog mails")
    assert "no worker took it up" in str(operator_mails(worker_box.home)[-1].get_body())
    worker_box.wait(lambda: worker_box.state(run) == "COMPLETED", 120, "the late run catches up")


def heartbeats(box: Box, run: str) -> bool:
    asked = {"filter": {"event": {"name": ["prefect.flow-run.heartbeat"]}}}
    found = box.ask("POST", "/events/filter", asked)["events"]
    return any(event["resource"]["prefect.resource.id"].endswith(run) for event in found)


def test_serve_on_one_box_fires_a_scheduled_run(tmp_path: Path) -> None:
    """One command, no server before: the scheduler plans the weekly run, and it fires and makes an edition."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text())
    for entry in declared["deployments"]:
        entry["schedules"] = []
        if entry["name"] == "monday":
            entry["schedules"] = [{"slug": "every-minute", "cron": "* * * * *", "timezone": "America/New_York"}]
    (checkout / "prefect.yaml").write_text(json.dumps(declared))
    with Box(tmp_path) as box:
        serving = box.start("serve", *COMMITMENTS, "serve", cwd=checkout)
        box.wait(box.is_up, 150, "the server that it starts answers")
        box.wait(lambda: "COMPLETED" in box.states("monday"), 240, "a scheduled run completes")
        fired = [run for run in box.runs("monday") if run["state_type"] == "COMPLETED"]
        assert all(run["auto_scheduled"] for run in fired)
        assert len(editions(box.home)) == 1
        assert {entry["name"].split()[0] for entry in box.ask("POST", "/automations/filter")} == {"End", "Tell"}
        below = descendants(serving.pid)
        box.stop("serve")
    assert not [pid for pid in below if Path(f"/proc/{pid}").exists() and os.getpgid(pid) == serving.pid]
