"""A box of the test's own: a Prefect server on a free port, its database in a folder, and all that is started ended.

with Box(tmp_path) as box:
    box.start_server()
    box.start("worker", sys.executable, "-m", "prefect", "worker", "start", ...)
    box.wait(lambda: ..., 60, "the run ends")
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PREFECT = (sys.executable, "-m", "prefect")
BUSY_AT_MOST = 40
COMMITMENTS = (sys.executable, "-m", "flows.cli")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def kill(*pids: int) -> None:
    """End processes as a power cut would."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@dataclass
class Box:
    """`folder` holds everything; `variables` are set for every process beside the box's own."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The ledger's home."""
        return self.folder / "home"

    @property
    def api_url(self) -> str:
        """Where the server answers."""
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def env(self) -> dict[str, str]:
        """The environment of every process on the box."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("COMMITMENTS_", "PREFECT_"))}
        sources = self.folder / "sources"
        sources.mkdir(exist_ok=True)
        return {
            **inherited,
            "PYTHONPATH": str(ROOT),
            "COMMITMENTS_HOME": str(self.home),
            "COMMITMENTS_SOURCES": str(sources),
            "COMMITMENTS_CHECKOUT": str(ROOT),
            "PREFECT_HOME": str(self.folder / "prefect"),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
            **self.variables,
        }

    def __enter__(self) -> Box:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in reversed(list(self.started)):
            self.stop(name)

    def start(self, name: str, *command: str, cwd: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a process that goes on; what it says is kept in `<name>.log`."""
        with (self.folder / f"{name}.log").open("ab") as said:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=self.env,
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.started[name] = process
        return process

    def stop(self, name: str) -> None:
        """End a process and all that it started: politely, then not."""
        process = self.started.pop(name)
        below = descendants(process.pid)
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=15)
        kill(*below)

    def kill(self, name: str) -> None:
        """End a process and all that it started at once, as a power cut would."""
        process = self.started.pop(name)
        kill(process.pid, *descendants(process.pid))
        process.wait(timeout=15)

    def run(self, *command: str, cwd: Path = ROOT, timeout: float = 240) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            command, cwd=cwd, env=self.env, capture_output=True, text=True, timeout=timeout, check=False
        )

    def start_server(self) -> None:
        """A Prefect server on the box's port."""
        self.start("server", *PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        self.wait(self.is_up, 150, "the server answers")

    def is_up(self) -> bool:
        """Whether the server answers."""
        try:
            return bool(self.ask("GET", "/health"))
        except OSError:
            return False

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask the server."""
        request = urllib.request.Request(
            self.api_url + path,
            method=method,
            data=None if method == "GET" else json.dumps(body or {}).encode(),
            headers={"Content-Type": "application/json"},
        )
        for _ in range(BUSY_AT_MOST):
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 503:  # its database is busy: ask again
                    raise
                time.sleep(0.5)
        raise AssertionError(f"the server stayed busy\n{self.said()}")

    def runs(self, deployment: str | None = None) -> list[dict[str, Any]]:
        """All flow runs, newest first; those of one deployment by its name."""
        asked: dict[str, Any] = {"sort": "EXPECTED_START_TIME_DESC"}
        if deployment:
            asked["deployments"] = {"name": {"any_": [deployment]}}
        found: list[dict[str, Any]] = self.ask("POST", "/flow_runs/filter", asked)
        return found

    def states(self, deployment: str) -> list[str]:
        """The states of a deployment's runs that are not merely planned."""
        return [run["state_type"] for run in self.runs(deployment) if run["state_type"] != "SCHEDULED"]

    def launch(self, flow: str, deployment: str, **parameters: object) -> str:
        """Order a run of a deployment now; returns its id."""
        found = self.ask("GET", f"/deployments/name/{flow}/{deployment}")
        ordered = self.ask("POST", f"/deployments/{found['id']}/create_flow_run", {"parameters": parameters})
        return str(ordered["id"])

    def state(self, run_id: str) -> str:
        """The state of one run."""
        return str(self.ask("GET", f"/flow_runs/{run_id}")["state_type"])

    def wait(self, holds: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until something holds; what the processes said is in the failure's text."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: not within {seconds:.0f} s\n{self.said()}")
            time.sleep(0.5)

    def said(self) -> str:
        """The end of what each process said."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}" for log in logs)
