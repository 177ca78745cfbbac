"""What a Prefect server says of the schedule: asked over HTTP, so that looking costs no import of Prefect."""

from __future__ import annotations

import json
import os
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DEFAULT_API = "http://127.0.0.1:4200/api"
PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Planned:
    """A run that a server has planned, or that is late or under way."""

    deployment: str
    state: str
    at: datetime


def api_url() -> str:
    """Where the server is: PREFECT_API_URL, else where `prefect server start` puts it."""
    return (os.environ.get("PREFECT_API_URL") or DEFAULT_API).rstrip("/")


def deployments(url: str) -> dict[str, str]:
    """The names of our deployments by their ids. Raises `OSError` where no server answers."""
    asked = {"deployments": {"tags": {"all_": ["commitments"]}}}
    return {entry["id"]: entry["name"] for entry in _ask(url, "/deployments/filter", asked)}


def planned(url: str, most: int = 5) -> list[Planned]:
    """The next run of each deployment, and whatever is late or running; soonest first."""
    names = deployments(url)
    if not names:
        return []
    asked = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}}},
        "deployments": {"id": {"any_": list(names)}},
        "sort": "EXPECTED_START_TIME_ASC",
    }
    soonest: dict[tuple[str, str], Planned] = {}
    for run in _ask(url, "/flow_runs/filter", asked):
        name, state = names[run["deployment_id"]], run["state_name"]
        at = datetime.fromisoformat(run["expected_start_time"].replace("Z", "+00:00"))
        soonest.setdefault((name, state), Planned(name, state, at))
    return sorted(soonest.values(), key=lambda run: run.at)[:most]


def _ask(url: str, path: str, body: object) -> Any:
    request = urllib.request.Request(
        url + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)
