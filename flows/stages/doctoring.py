"""`commitments doctor`: looks at what a run needs, and says of each thing what to mend."""

from __future__ import annotations

import os
import shutil
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from flows.reporting import smtp
from flows.settings import Settings, SettingsError
from flows.sources.registry import load_sources
from flows.stages import planning, running
from warehouse import runs
from warehouse.connection import open_build, open_published, writer_lock
from warehouse.errors import LedgerBusyError, LedgerError

Verdict = Literal["well", "note", "mend"]
LEAST_FREE = 2e9
LARGEST_PINS = {"fastapi": (0, 151), "sqlalchemy": (2, 1)}
"""Prefect's own needs that pip does not know: from these versions on it does not run, or never schedules."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do where it is not well."""

    subject: str
    verdict: Verdict
    words: str


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; a look that breaks off is a finding itself."""
    found: list[Finding] = []
    for subject, look in LOOKS:
        try:
            found += [Finding(subject, verdict, words) for verdict, words in look(settings)]
        except (OSError, LedgerError, SettingsError) as error:
            found.append(Finding(subject, "mend", str(error)))
    return found


Said = Iterator[tuple[Verdict, str]]


def _home(settings: Settings) -> Said:
    probe = settings.home / f".doctor-{os.getpid()}"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe.write_text("may be deleted")
        probe.unlink()
    except OSError as error:
        yield "mend", f"{settings.home} cannot be written to ({error.strerror}): give it to the user who runs the flows"
    else:
        yield "well", str(settings.home)


def _disk(settings: Settings) -> Said:
    home = next(folder for folder in (settings.home, *settings.home.parents) if folder.exists())
    free = shutil.disk_usage(home).free
    published = settings.published_file.stat().st_size if settings.published_file.exists() else 0
    needed = max(LEAST_FREE, 3 * published)
    if free < needed:
        yield "mend", f"{free / 1e9:.1f} GB free; a run needs {needed / 1e9:.1f} (three times the published file)"
    else:
        yield "well", f"{free / 1e9:.1f} GB free"


def _clock(settings: Settings) -> Said:
    now = datetime.now(UTC)
    last = None
    if settings.published_file.exists():
        with open_published(settings.published_file) as con:
            last = runs.last_run_time(con)
    if last and last > now:
        yield "mend", f"the clock says {now:%Y-%m-%d %H:%M} UTC, but the last run was at {last:%Y-%m-%d %H:%M}: set it"
    else:
        yield "well", f"{now.astimezone(settings.zone):%a %Y-%m-%d %H:%M} in {settings.time_zone}"


def _ledger(settings: Settings) -> Said:
    try:
        with writer_lock(settings.lock_file, "doctor", timeout=0):
            if settings.build_file.exists():
                open_build(settings.build_file).close()
    except LedgerBusyError as error:
        yield "note", str(error)
        return
    except LedgerError as error:
        yield "mend", f"{error} Move it aside: the next run makes it anew from the published file and the archive."
        return
    if settings.published_file.exists():
        open_published(settings.published_file).close()
        yield "well", "build file and published file open"
    else:
        yield "note", "nothing is published yet: `commitments weekly` makes the first edition"


def _sources(settings: Settings) -> Said:
    specs, issues = load_sources(settings.sources_dir)
    yield from (("mend", issue.message) for issue in issues)
    enabled = [spec.id for spec in specs if spec.enabled]
    never = [spec.id for spec in specs if spec.enabled and spec.verified == "never"]
    if not enabled:
        yield "mend", f"none of {len(specs)} is enabled: set `enabled = true` in those that you want"
    else:
        yield "well", f"{len(enabled)} of {len(specs)} enabled"
    if never:
        yield "note", f"never tried on the live site: {', '.join(never)}; `commitments sources test ID` tries one"


def _mail(settings: Settings) -> Said:
    if not settings.operator:
        yield "mend", "COMMITMENTS_OPERATOR is not set: when a run fails, nobody is mailed"
    if not settings.smtp_url:
        yield "note", "COMMITMENTS_SMTP_URL is not set: mails are laid into the outbox"
        return
    if settings.smtp_url.startswith("prefect-secret:"):
        yield "note", "COMMITMENTS_SMTP_URL names a Prefect Secret block; only runs read it"
        return
    try:
        server = smtp.read_url(settings.smtp_url)
        with smtp.Connection(server) as connection:
            connection.reach()
    except (smtp.SettingError, smtp.Deferred, smtp.Unusable, smtplib.SMTPException) as error:
        yield "mend", str(error)
    else:
        yield "well", f"{server.host}:{server.port} answers{' and takes the login' if server.user else ''}"


def _runner(settings: Settings) -> Said:
    with running.open_runner(settings.runner):
        yield "well", settings.runner


def _server(settings: Settings) -> Said:
    url = planning.api_url()
    try:
        names = set(planning.deployments(url).values())
        runs_planned = planning.planned(url)
    except (OSError, ValueError, KeyError):
        yield "note", f"none answers at {url}: `commitments serve`, or a server with a worker, runs the schedule"
        return
    missing = {"daily", "monday", "watchdog"} - names
    if missing:
        yield "mend", f"{url} answers, but {', '.join(sorted(missing))} are not deployed: see docs/operating.md"
    late = [run.deployment for run in runs_planned if run.state == "Late"]
    if late:
        yield "mend", f"late: {', '.join(late)}; is a worker (or `commitments serve`) running?"
    if not missing and not late:
        yield "well", f"{url}, next {runs_planned[0].deployment if runs_planned else 'nothing'}"


def _libraries(settings: Settings) -> Said:
    for name, limit in LARGEST_PINS.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            yield "mend", f"{name} is not installed: `make setup`"
            continue
        if tuple(int(part) for part in found.split(".")[:2]) >= limit:
            yield "mend", f"{name} {found} is too new for Prefect: `make setup` installs the pinned one"
    yield "well", f"Prefect {version('prefect')}, DuckDB {version('duckdb')}"


LOOKS: tuple[tuple[str, Callable[[Settings], Said]], ...] = (
    ("home", _home),
    ("disk", _disk),
    ("clock", _clock),
    ("ledger", _ledger),
    ("sources", _sources),
    ("mail", _mail),
    ("runner", _runner),
    ("libraries", _libraries),
    ("server", _server),
)
