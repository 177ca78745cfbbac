"""The simple way to run on a schedule: one process that serves every deployment of `prefect.yaml` on this box.

It starts a Prefect server of its own where none answers, registers the deployments, sets up the guard that ends runs
whose process died, and runs what falls due. With a work pool and workers instead, `prefect deploy` reads the same file.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

import yaml
from prefect import serve as prefect_serve
from prefect.automations import Automation, EventTrigger, Posture
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, StateType
from prefect.client.schemas.schedules import construct_schedule
from prefect.deployments.runner import RunnerDeployment
from prefect.events import ResourceSpecification
from prefect.events.actions import ChangeFlowRunState, RunDeployment
from prefect.exceptions import ObjectNotFound

from warehouse.errors import LedgerError

log = logging.getLogger("commitments")

GUARD = "End runs of Commitment Ledger whose process died"
HEARTBEAT = "prefect.flow-run.heartbeat"
BEGUN = "prefect.flow-run.Running"
ENDS = [f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")]
SILENCE = timedelta(seconds=90)
"""Three heartbeats of 30 seconds, the least that Prefect allows (PREFECT_FLOWS_HEARTBEAT_FREQUENCY)."""
REMINDER = "Tell of runs of Commitment Ledger that do not begin"
LATE = "prefect.flow-run.Late"
PATIENCE = timedelta(minutes=30)
"""How long a run may be late before a person hears of it; a worker that is restarted is back long before."""
SERVER_START = 120.0


def deployments(checkout: Path) -> list[RunnerDeployment]:
    """The deployments that `prefect.yaml` declares, as this process serves them."""
    declared = yaml.safe_load((checkout / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    return [_deployment(entry) for entry in declared]


def _deployment(entry: dict[str, Any]) -> RunnerDeployment:
    return RunnerDeployment.from_entrypoint(
        entry["entrypoint"],
        name=entry["name"],
        description=entry["description"],
        tags=entry["tags"],
        parameters=entry.get("parameters"),
        schedules=[_schedule(schedule) for schedule in entry["schedules"]],
        concurrency_limit=ConcurrencyLimitConfig.model_validate(entry["concurrency_limit"]),
        enforce_parameter_schema=False,
    )


def _schedule(entry: dict[str, Any]) -> DeploymentScheduleCreate:
    schedule = construct_schedule(
        cron=entry.get("cron"), interval=entry.get("interval"), rrule=entry.get("rrule"), timezone=entry["timezone"]
    )
    return DeploymentScheduleCreate(
        schedule=schedule, slug=entry["slug"], active=True, parameters=entry.get("parameters", {})
    )


def serve(checkout: Path, limit: int) -> None:
    """Serve all deployments until told to stop."""
    with server():
        served = deployments(checkout)
        for deployment in served:
            deployment.apply()
        log.info("guards against dead and late runs: %s", set_guards())
        log.info("serving %s", ", ".join(f"{deployment.flow_name}/{deployment.name}" for deployment in served))
        prefect_serve(*served, pause_on_shutdown=False, print_starting_message=False, limit=limit)


@contextmanager
def server() -> Iterator[None]:
    """A server that answers at PREFECT_API_URL: the one that is there, or a child that ends with this process."""
    url = os.environ["PREFECT_API_URL"]
    if answers(url):
        log.info("the Prefect server at %s answers", url)
        yield
        return
    address = urlsplit(url)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", str(address.hostname)]
    child = subprocess.Popen(
        [*command, "--port", str(address.port or 4200)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(url, child)
        log.info("started a Prefect server at %s", url)
        yield
    finally:
        child.terminate()
        child.wait(timeout=30)


def _wait_for(url: str, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SERVER_START
    while not answers(url):
        if child.poll() is not None or time.monotonic() > deadline:
            raise LedgerError(f"No Prefect server came up at {url}; `prefect server start` says why.")
        time.sleep(0.5)


def answers(url: str) -> bool:
    """Whether a Prefect server is healthy at an API address."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def set_guards(patience: timedelta = PATIENCE) -> str:
    """Set up, or renew, the automations that watch the runs from the server; says what was done.

    A killed flow is noticed by its worker; where both are killed, only the missing heartbeat tells. And a run that
    nobody takes up fails nowhere: only that it is still late after `patience` tells.
    """
    with get_client(sync_client=True) as client:
        try:
            watchdog = client.read_deployment_by_name("watchdog/watchdog").id
        except ObjectNotFound as error:
            raise LedgerError("The watchdog is not deployed yet; deploy first, then set the guards.") from error
    return ", ".join(_stored(wanted) for wanted in (_guard(watchdog), _reminder(watchdog, patience)))


def _stored(wanted: Automation) -> str:
    """Store an automation under its name, in place of an earlier one."""
    try:
        stored = cast(Automation, Automation.read(name=wanted.name))
    except ValueError:
        wanted.create()
        return "set"
    stored.description, stored.trigger, stored.actions = wanted.description, wanted.trigger, wanted.actions
    stored.update()
    return "renewed"


def _guard(watchdog: UUID) -> Automation:
    return Automation(
        name=GUARD,
        description="A run that is silent for three heartbeats has crashed; the watchdog mails the operator.",
        trigger=_missing(HEARTBEAT, {HEARTBEAT, *ENDS}, SILENCE, ["commitments"]),
        actions=[
            ChangeFlowRunState(
                name=None, state=StateType.CRASHED, message="No heartbeat: its process is dead.", force=False
            ),
            _mail(watchdog, "A run sent no heartbeat for 90 s and was ended: its process had been killed."),
        ],
    )


def _reminder(watchdog: UUID, patience: timedelta) -> Automation:
    minutes = int(patience.total_seconds() // 60)
    return Automation(
        name=REMINDER,
        description="A run that nobody takes up is told of; the mail goes out as soon as a worker is there.",
        # Not of the watchdog's own runs: each would order another one.
        trigger=_missing(LATE, {BEGUN, *ENDS}, patience, ["collect", "weekly"]),
        actions=[_mail(watchdog, f"A run that was due had not begun {minutes} minutes later: no worker took it up.")],
    )


def _missing(seen: str, expected: set[str], within: timedelta, tags: list[str]) -> EventTrigger:
    """Fires for a run with one of these tags that, after event `seen`, shows none of `expected` in time."""
    return EventTrigger(
        posture=Posture.Proactive,
        after={seen},
        expect=expected,
        match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
        match_related=ResourceSpecification(
            {"prefect.resource.id": [f"prefect.tag.{tag}" for tag in tags], "prefect.resource.role": "tag"}
        ),
        for_each={"prefect.resource.id"},
        threshold=1,
        within=within,
    )


def _mail(watchdog: UUID, trouble: str) -> RunDeployment:
    """Has the watchdog mail the operator of a trouble."""
    return RunDeployment(source="selected", deployment_id=watchdog, job_variables=None, parameters={"trouble": trouble})
