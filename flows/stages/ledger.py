"""A run on the ledger: it holds the writer's lock and the build file, and counts what it did."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import duckdb
from duckdb import DuckDBPyConnection

from flows.settings import Settings
from warehouse import migrations, publishing, runs
from warehouse.connection import open_build, writer_lock
from warehouse.errors import LedgerError
from warehouse.records import Issue, SourceVisit

log = logging.getLogger("commitments")


@dataclass(slots=True)
class LedgerRun:
    """A run in progress. `now` is its logical time, which drives every stored time.

    `held` says why it may not publish, `undelivered` which mails were not taken. `headline` is what a person reads
    first; `paths` says where the results lie.
    """

    settings: Settings
    run_id: UUID
    flow: str
    now: datetime
    connection: DuckDBPyConnection
    counts: dict[str, int] = field(default_factory=dict)
    visits: list[SourceVisit] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    held: str | None = None
    undelivered: str | None = None
    headline: list[str] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def finish(self, status: runs.RunStatus, message: str | None = None) -> None:
        """Record how the run ended; saying it again (after the publish, when mails went out) replaces what was said."""
        seconds = round(time.monotonic() - self.started, 3)
        runs.finish_run(self.connection, self.run_id, status, self.counts, seconds, message)

    def fail(self, error: BaseException) -> None:
        """Record that the run failed; where that cannot be written, the next run finds it unfinished and says so."""
        with suppress(duckdb.Error):
            self.finish("failed", f"{type(error).__name__}: {error}")

    @contextmanager
    def closed_ledger(self) -> Iterator[None]:
        """The build file without a connection, while it is copied; the lock stays held."""
        self.connection.close()
        try:
            yield
        finally:
            self.connection = open_build(self.settings.build_file)

    def count(self, name: str, amount: int) -> None:
        """Add to one of the run's numbers."""
        self.counts[name] = self.counts.get(name, 0) + amount


@contextmanager
def ledger_run(settings: Settings, flow: str, now: datetime) -> Iterator[LedgerRun]:
    """Lock the build file, open it at the newest schema, and record the run from its beginning to its end.

    Raises `LedgerError` where another writer holds the lock, or where `now` lies before the last run's time.
    """
    with writer_lock(settings.lock_file, holder=f"{flow}, as of {now.isoformat()}"):
        run = _begin(settings, flow, now)
        try:
            yield run
            run.finish("held" if run.held else "done", run.held)
        except duckdb.Error as error:
            run.fail(error)
            raise LedgerError(f"The ledger could not be written: {str(error).splitlines()[0]}") from error
        except BaseException as error:
            run.fail(error)
            raise
        finally:
            run.connection.close()
            del run.connection


def _begin(settings: Settings, flow: str, now: datetime) -> LedgerRun:
    connection = _open(settings)
    try:
        migrations.migrate(connection)
        return LedgerRun(settings, runs.begin_run(connection, flow, now), flow, now, connection)
    except BaseException:
        connection.close()
        raise


def _open(settings: Settings) -> DuckDBPyConnection:
    """The build file, made anew from the published one where it is lost or damaged.

    What was archived after that is found in the archive, when its source is looked at.
    """
    if publishing.restore_build(settings.published_file, settings.build_file):
        log.warning("the build file was lost; made anew from the published one")
    try:
        return open_build(settings.build_file)
    except LedgerError as error:
        if "lock" in str(error) or not settings.published_file.exists():
            raise
        aside = settings.build_file.with_suffix(".damaged")
        log.warning("%s; moved aside as %s, made anew from the published file", error, aside.name)
        settings.build_file.replace(aside)
        publishing.restore_build(settings.published_file, settings.build_file)
        return open_build(settings.build_file)
