"""Thin Prefect tasks around the stages, and the sequences that more than one flow runs.

A task is a batch (a source, a chunk of releases, a load), never a single release: both cost milliseconds. What lives in
this process (the ledger's connection, the HTTP client) is passed as it is, so nothing is cached.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from prefect import Flow, State, runtime, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun
from prefect.futures import PrefectFuture

from flows.fetching.client import Client, ClientSettings
from flows.settings import Settings, SettingsError, load_settings, parse_now
from flows.sources.spec import SourceSpec, is_loopback
from flows.stages import alerting, choosing, loading, logbook, outcome, rehearsing, running, watching, weekly
from flows.stages.alerting import Trouble
from flows.stages.collecting import Collected, broken_off, collect_source
from flows.stages.ledger import LedgerRun, ledger_run
from flows.stages.outcome import Outcome
from flows.stages.reading import ReadPart, ReleaseHistory, Rules
from warehouse import queries
from warehouse.records import Issue, PageCheck

T = TypeVar("T")
log = logging.getLogger("commitments")

RETRIES = 2
RETRY_DELAYS: list[float] = [2, 10]
"""For what can pass: a full disk, a source that fell over half-way. The stages repeat safely."""


MACHINE_TROUBLES = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
SECRET_BLOCK = "prefect-secret:"


def _asset(key: str, name: str, description: str) -> Asset:
    return Asset(key=f"commitments://{key}", properties=AssetProperties(name=name, description=description))


ARCHIVE = _asset("archive", "Archive", "Every response as served, in WARC files.")
LEDGER = _asset("ledger", "Ledger", "Releases, facts and evidence in the build file.")
EDITION = _asset("edition", "Edition", "The weekly edition, as stored and rendered.")
PUBLISHED = _asset("published", "Published file", "The DuckDB file that analysts open.")


class Handed(Generic[T]):
    """Something large on its way from one task to the next.

    Prefect looks for futures in every list and dataclass that a task is given, fact by fact: at 5,000 releases a minute
    and a half. Through this it does not look.
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value


def settings_of(sample: Mapping[str, str] | None) -> Settings:
    """The settings of the environment; the sample keeps to its own home."""
    settings = load_settings()
    return settings.for_sample() if sample is not None else with_secrets(settings)


def with_secrets(settings: Settings) -> Settings:
    """The settings with the mail server's URL taken from a Prefect Secret block, where they name one."""
    if not (settings.smtp_url or "").startswith(SECRET_BLOCK):
        return settings
    name = str(settings.smtp_url).removeprefix(SECRET_BLOCK)
    try:
        block = Secret.load(name)
    except ValueError as error:
        raise SettingsError(f"COMMITMENTS_SMTP_URL names the Secret block {name!r}, which is not there.") from error
    return replace(settings, smtp_url=str(cast(Secret[str], block).get()))


@contextmanager
def on_ledger(
    flow: str, now: datetime | str | None, sample: Mapping[str, str] | None, dry_run: bool = False
) -> Iterator[LedgerRun]:
    """A run on the ledger, from its settings to its record, with its words in the log.

    A dry run does all of it on a shadow of the home, which is thrown away.
    """
    given = settings_of(sample)
    with rehearsing.shadow(given) if dry_run else nullcontext(given) as settings, logbook.logged(settings, flow):
        when = logical_now(settings, now)
        log.info("%s as of %s", flow, when.isoformat())
        try:
            with ledger_run(settings, flow, when) as run:
                yield run
        except BaseException as error:
            log.error("%s failed: %s: %s", flow, type(error).__name__, error)
            raise


def logical_now(settings: Settings, now: datetime | str | None) -> datetime:
    """The run's logical time in UTC; a time without offset is in the ledger's zone."""
    return parse_now(now.isoformat() if isinstance(now, datetime) else now, settings.zone)


def as_day(day: date | str | None) -> date | None:
    """A day as the flows are given it: by our command as a date, by Prefect's API as text."""
    try:
        return date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError as error:
        raise SettingsError(f"{day!r} is not a day; give for example 2016-01-25.") from error


def run_name() -> str:
    """The flow run's name: which flow, as of when."""
    name, now = runtime.flow_run.flow_name, runtime.flow_run.parameters.get("now") or "now"
    return f"{name} {now:%Y-%m-%d %H:%M}" if isinstance(now, datetime) else f"{name} {now}"


@materialize(
    ARCHIVE,
    name="collect source",
    task_run_name="collect {spec.id}",
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=RETRY_DELAYS,
)
def collect_task(
    spec: SourceSpec,
    known: Mapping[str, PageCheck],
    archive: Path,
    now: datetime,
    since: date,
    client: Client,
    until: date | None,
) -> Collected:
    """Look at one source once; its bytes go into the archive."""
    return collect_source(spec, known, archive, now, since, client, until)


@task(name="read releases", cache_policy=NO_CACHE)
def read_task(histories: Handed[list[ReleaseHistory]], rules: Rules, runner: str) -> Handed[list[ReadPart]]:
    """Read releases into versions and facts, chunk by chunk, where the runner is."""
    return Handed(running.read_all(histories.value, rules, runner))


@materialize(LEDGER, asset_deps=[ARCHIVE], name="load", cache_policy=NO_CACHE)
def load_task(
    run: LedgerRun,
    specs: Sequence[SourceSpec],
    collected: Handed[list[Collected]],
    parts: Handed[list[ReadPart]],
) -> None:
    """Load the run's rows in one transaction."""
    loading.load(run, specs, collected.value, parts.value)
    add_asset_metadata(LEDGER, dict(run.counts))


@task(name="refresh and check", cache_policy=NO_CACHE)
def refresh_task(run: LedgerRun) -> None:
    """Recompute the marts and run the checks."""
    weekly.refresh_and_check(run)


@materialize(EDITION, asset_deps=[LEDGER], name="make edition", cache_policy=NO_CACHE)
def edition_task(run: LedgerRun) -> None:
    """Make and store last week's edition."""
    weekly.make_edition(run)


@materialize(PUBLISHED, asset_deps=[LEDGER, EDITION], name="publish", cache_policy=NO_CACHE)
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


def gather(
    run: LedgerRun,
    sources: Sequence[str] | None,
    since: date | str | None,
    sample: Mapping[str, str] | None,
    until: date | str | None = None,
) -> None:
    """Collect all sources side by side, read what is new or changed, load it, recompute and check the marts."""
    specs, run.issues[:] = choosing.choose_sources(run.settings, sources, sample)
    log.info("collecting from %d source%s", len(specs), "s" * (len(specs) != 1))
    collected = _collect(run, specs, choosing.first_day(run.now, as_day(since), sample), as_day(until))
    histories = loading.histories_of(run, specs, collected)
    load_task(run, specs, Handed(collected), _read(run, histories))
    _say(run.issues)
    refresh_task(run)


def check_again(run: LedgerRun, week: str) -> None:
    """After a remedy: recompute and check what a held run had collected, for the edition that was held."""
    weekly.require_week(run, week)
    refresh_task(run)


def read_again(run: LedgerRun) -> None:
    """Read every archived release again, load what differs, recompute and check the marts."""
    specs, run.issues[:] = choosing.choose_all(run.settings)
    load_task(run, specs, Handed([]), _read(run, loading.all_histories(run, specs)))
    _say(run.issues)
    refresh_task(run)


def _say(issues: Sequence[Issue]) -> None:
    """Log what a person may have to look at, in the words of the issue."""
    for issue in issues:
        if issue.severity != "info":
            log.warning("%s: %s", issue.source_id or "ledger", issue.message)


def _collect(run: LedgerRun, specs: Sequence[SourceSpec], since: date, until: date | None) -> list[Collected]:
    known = {spec.id: queries.known_pages(run.connection, spec.id) for spec in specs}
    with Client(_client_settings(run.settings, specs)) as client:
        looks = [
            collect_task.submit(spec, known[spec.id], run.settings.archive_dir, run.now, since, client, until)
            for spec in specs
        ]
        return [_taken(spec, look) for spec, look in zip(specs, looks, strict=True)]


def _client_settings(settings: Settings, specs: Sequence[SourceSpec]) -> ClientSettings:
    """How patient the client is; with a newsroom on this very machine there is nobody to be patient with."""
    if all(spec.fetch_from and is_loopback(spec.fetch_from) for spec in specs):
        return ClientSettings(contact=settings.operator, backoff_base=0.01, backoff_ceiling=1.0)
    return ClientSettings(contact=settings.operator)


def _taken(spec: SourceSpec, look: PrefectFuture[Collected]) -> Collected:
    """What a look brought. One that broke off is its source's issue, and the other sources go on; but a full or
    read-only disk is everyone's trouble, and no edition may be made of what little could be written.
    """
    try:
        return look.result()
    except Exception as error:
        if isinstance(error, OSError) and error.errno in MACHINE_TROUBLES:
            raise
        log.error("%s: collecting broke off: %s", spec.id, error)
        return broken_off(spec, error)


def _read(run: LedgerRun, histories: list[ReleaseHistory]) -> Handed[list[ReadPart]]:
    rules = Rules(run.settings.archive_dir, run.settings.initiatives_file, run.settings.corrections_file)
    return read_task(Handed(histories), rules, run.settings.runner)


def report(run: LedgerRun) -> Outcome:
    """Put numbers and troubles into Prefect's UI, tell a person of what needs one, and hand all to the caller."""
    result = weekly.outcome_of(run)
    create_table_artifact(
        key=f"{run.flow}-sources", table=outcome.source_rows(result), description=outcome.summary(result)
    )
    create_markdown_artifact(key=f"{run.flow}-run", markdown=outcome.page(result), description="What came of the run")
    for trouble in outcome.troubles(result):
        tell(run.settings, trouble)
    return result


def watch(now: datetime | str | None, told: str | None) -> str:
    """Mail the operator where last week's edition is not out, or what someone else found; says what was done."""
    settings = settings_of(None)
    with logbook.logged(settings, "watchdog"):
        found = Trouble("watchdog", "was told", told) if told else None
        found = found or watching.missing_edition(settings, logical_now(settings, now))
        return tell(settings, found) if found else "All is well: last week's edition is out."


def tell(settings: Settings, trouble: Trouble) -> str:
    """Bring a trouble to the operator; a rehearsal's concerns only whoever rehearses."""
    if settings.is_rehearsal:
        return "a dry run mails nobody"
    where = alerting.tell_operator(settings, trouble)
    log.warning("%s %s; the operator's mail is %s", trouble.flow, trouble.what, where)
    return where


def tell_of_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Prefect's hook for a run that failed, crashed or was cancelled. Its parameters' names are Prefect's."""
    parameters = flow_run.parameters
    if parameters.get("dry_run"):
        return
    try:
        settings = settings_of({} if parameters.get("sample") else None)
    except SettingsError as error:
        log.error("%s %s: %s (no operator can be told: %s)", flow.name, state.name, state.message, error)
        return
    what = "cancelled" if state.is_cancelling() else (state.name or state.type.value).lower()
    tell(settings, Trouble(flow.name, what, outcome.cause(state.message)))
