"""What tests of several rooms share: the command as a user calls it, and one run of the sample."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


def commitments(*words: str | Path, home: Path | None, cwd: Path = ROOT, **variables: str) -> Ended:
    """Run the `commitments` command in a process of its own, with no settings but the given ones."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("COMMITMENTS_")}
    env |= {"PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120", **variables}
    if home is not None:
        env["COMMITMENTS_HOME"] = str(home)
    command = [sys.executable, "-m", "flows.cli", *map(str, words)]
    env["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(tmp_path: Path) -> Command:
    """The command in a home of the test's own, which does not exist yet."""

    def command(*words: str | Path, home: Path | None = tmp_path / "home", **variables: str) -> Ended:
        return commitments(*words, home=home, **variables)

    return command


@dataclass(frozen=True)
class SampleRun:
    """A home in which `commitments weekly --sample` has run once, and how that ended."""

    home: Path
    ended: Ended

    @property
    def data(self) -> Path:
        """The sample's own home."""
        return self.home / "sample"


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """The main job on the embedded newsroom, run once for all tests that look at what came of it. Look, don't touch.

    Where tests run side by side, the first worker that needs it runs it and the others wait.
    """
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    home, end = shared / "sample-run", shared / "sample-run.json"
    with FileLock(shared / "sample-run.lock"):
        if not end.exists():
            end.write_text(json.dumps(asdict(commitments("weekly", "--sample", home=home))), encoding="utf-8")
    return SampleRun(home, Ended(**json.loads(end.read_text(encoding="utf-8"))))
