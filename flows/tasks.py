"""Thin Prefect tasks around the stages, and the sequences that more than one flow runs.

A task is a batch (a source, a chunk of releases, a load), never a single release: both cost milliseconds. What lives in
this process (the ledger's connection, the HTTP client) is passed as it is, so nothing is cached.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from prefect import task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run

from flows.fetching.client import Client, ClientSettings
from flows.settings import Settings, load_settings, parse_now
from flows.sources.spec import SourceSpec, is_loopback
from flows.stages import choosing, loading, outcome, reading, weekly
from flows.stages.collecting import Collected, broken_off, collect_source
from flows.stages.ledger import LedgerRun
from flows.stages.outcome import Outcome
from flows.stages.reading import Reading, ReleaseHistory, Rules
from warehouse import queries
from warehouse.records import PageCheck

log = logging.getLogger("commitments")

RETRIES = 2
RETRY_DELAYS: list[float] = [2, 10]
"""For what can pass: a full disk, a source that fell over half-way. The stages repeat safely."""


def settings_of(sample: Mapping[str, str] | None) -> Settings:
    """The settings of the environment; the sample keeps to its own home."""
    settings = load_settings()
    return settings.for_sample() if sample is not None else settings


def logical_now(settings: Settings, now: datetime | str | None) -> datetime:
    """The run's logical time in UTC; a time without offset is in the ledger's zone."""
    return parse_now(now.isoformat() if isinstance(now, datetime) else now, settings.zone)


def run_name() -> str:
    """The flow run's name: which flow, as of when."""
    now = flow_run.parameters.get("now") or "now"
    return f"{flow_run.flow_name} {now:%Y-%m-%d %H:%M}" if isinstance(now, datetime) else f"{flow_run.flow_name} {now}"


@task(
    name="collect source",
    task_run_name="collect {spec.id}",
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=RETRY_DELAYS,
)
def collect_task(
    spec: SourceSpec, known: Mapping[str, PageCheck], archive: Path, now: datetime, since: date, client: Client
) -> Collected:
    """Look at one source once; its bytes go into the archive."""
    return collect_source(spec, known, archive, now, since, client)


@task(name="read releases", task_run_name="read {number} of {total}", cache_policy=NO_CACHE)
def read_task(histories: Sequence[ReleaseHistory], rules: Rules, number: int, total: int) -> list[Reading]:
    """Read a chunk of releases into versions and facts."""
    return reading.read_histories(histories, rules)


@task(name="load", cache_policy=NO_CACHE)
def load_task(
    run: LedgerRun, specs: Sequence[SourceSpec], collected: Sequence[Collected], readings: Sequence[Reading]
) -> None:
    """Load the run's rows in one transaction."""
    loading.load(run, specs, collected, readings)


@task(name="refresh and check", cache_policy=NO_CACHE)
def refresh_task(run: LedgerRun) -> None:
    """Recompute the marts and run the checks."""
    weekly.refresh_and_check(run)


@task(name="make edition", cache_policy=NO_CACHE)
def edition_task(run: LedgerRun) -> None:
    """Make and store last week's edition."""
    weekly.make_edition(run)


@task(name="publish", cache_policy=NO_CACHE)
def publish_task(run: LedgerRun) -> None:
    """Put the new state where analysts read."""
    weekly.publish(run)


@task(name="render", cache_policy=NO_CACHE, retries=RETRIES, retry_delay_seconds=RETRY_DELAYS)
def render_task(run: LedgerRun) -> None:
    """Write the newest edition's files."""
    weekly.render(run)


@task(name="deliver", cache_policy=NO_CACHE)
def deliver_task(run: LedgerRun) -> None:
    """Send the newest edition's mails, or lay them into the outbox."""
    weekly.deliver(run)


def gather(run: LedgerRun, sources: Sequence[str] | None, since: date | None, sample: Mapping[str, str] | None) -> None:
    """Collect all sources side by side, read what is new or changed, load it, recompute and check the marts."""
    specs, run.issues[:] = choosing.choose_sources(run.settings, sources, sample)
    log.info("collecting from %d source%s", len(specs), "s" * (len(specs) != 1))
    collected = _collect(run, specs, choosing.first_day(run.now, since, sample))
    histories = loading.histories_of(run, specs, collected)
    load_task(run, specs, collected, _read(run, histories))
    for issue in run.issues:
        if issue.severity != "info":
            log.warning("%s: %s", issue.source_id or "ledger", issue.message)
    refresh_task(run)


def read_again(run: LedgerRun) -> None:
    """Read every archived release again, load what differs, recompute and check the marts."""
    specs, run.issues[:] = choosing.choose_all(run.settings)
    load_task(run, specs, [], _read(run, loading.all_histories(run, specs)))
    refresh_task(run)


def _collect(run: LedgerRun, specs: Sequence[SourceSpec], since: date) -> list[Collected]:
    known = {spec.id: queries.known_pages(run.connection, spec.id) for spec in specs}
    with Client(_client_settings(run.settings, specs)) as client:
        looks = [
            collect_task.submit(spec, known[spec.id], run.settings.archive_dir, run.now, since, client)
            for spec in specs
        ]
        return [_taken(spec, look) for spec, look in zip(specs, looks, strict=True)]


def _client_settings(settings: Settings, specs: Sequence[SourceSpec]) -> ClientSettings:
    """How patient the client is; with a newsroom on this very machine there is nobody to be patient with."""
    if all(spec.fetch_from and is_loopback(spec.fetch_from) for spec in specs):
        return ClientSettings(contact=settings.operator, backoff_base=0.01, backoff_ceiling=1.0)
    return ClientSettings(contact=settings.operator)


def _taken(spec: SourceSpec, look: PrefectFuture[Collected]) -> Collected:
    """What a look brought. One that broke off is its source's issue; the other sources go on."""
    try:
        return look.result()
    except Exception as error:
        log.error("%s: collecting broke off: %s", spec.id, error)
        return broken_off(spec, error)


def _read(run: LedgerRun, histories: Sequence[ReleaseHistory]) -> list[Reading]:
    parts = list(loading.chunks(histories))
    rules = Rules(run.settings.archive_dir, run.settings.initiatives_file, run.settings.corrections_file)
    readings: list[Reading] = []
    for number, part in enumerate(parts, 1):
        readings += read_task(part, rules, number, len(parts))
        log.info("read %d of %d releases", len(readings), len(histories))
    return readings


def report(run: LedgerRun) -> Outcome:
    """Put the run's numbers and troubles into Prefect's UI and hand them to whoever called."""
    result = weekly.outcome_of(run)
    create_table_artifact(
        key=f"{run.flow}-sources", table=outcome.source_rows(result), description=outcome.summary(result)
    )
    return result
