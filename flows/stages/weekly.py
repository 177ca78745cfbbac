"""The end of a run: marts, checks, the edition, the one publish, and then its files and mails."""

from __future__ import annotations

import logging

from flows.reporting.edition import write_edition
from flows.reporting.site import Download, write_site
from flows.settings import Settings
from flows.stages import mailing
from flows.stages.accuracy import published_accuracy
from flows.stages.ledger import LedgerRun
from flows.stages.outcome import Outcome
from warehouse import checks, editions, exporting, models, publishing
from warehouse.editions import Edition
from warehouse.errors import LedgerError
from warehouse.site_data import SiteData

log = logging.getLogger("commitments")


def refresh_and_check(run: LedgerRun) -> None:
    """Recompute the marts and run the checks; a structural failure holds the run."""
    models.refresh(run.connection)
    results = checks.run_checks(run.connection, run.run_id)
    for result in results:
        if not result.passed:
            log.warning("check %s", result.message)
    held = [result.message for result in results if result.stops_publication]
    run.held = " ".join(held) or None


def require_week(run: LedgerRun, week: str) -> None:
    """Refuse to release another week's edition than the one that a run of today makes."""
    due, newest = editions.week_of(run.now, run.settings.zone), editions.latest(run.connection)
    if week != due:
        raise LedgerError(
            f"A run as of {run.now:%Y-%m-%d %H:%M} UTC makes the edition {due}, not {week}; it covers the whole gap."
        )
    if newest and newest.name >= week:
        raise LedgerError(f"The edition {week} is out already; there is nothing to release.")


def make_edition(run: LedgerRun) -> Edition | None:
    """Make and store last week's edition; None where the run is held or the week has its edition already."""
    if run.held:
        return None
    edition = editions.make_edition(run.connection, run.now, run.settings.zone, run.run_id, published_accuracy())
    if edition is None:
        log.info("last week has its edition already; none is issued twice")
    return edition


def publish(run: LedgerRun) -> None:
    """Put the new state where analysts read, in one rename; a held run leaves the old one in its place."""
    if run.held:
        log.error("held, nothing published: %s", run.held)
        return
    run.finish("done")
    with run.closed_ledger():
        publishing.publish(run.settings.build_file, run.settings.published_file)
    exporting.export(run.settings.published_file, run.settings.exports_dir)
    run.paths["database"] = run.settings.published_file


def render(run: LedgerRun) -> None:
    """Write the newest edition's files, where they do not lie there already, and the pages whose content changed."""
    edition = None if run.held else editions.latest(run.connection)
    if edition:
        written = write_edition(
            edition.payload, edition.canonical, run.settings.editions_dir, site_url=run.settings.site_url
        )
        run.headline += [f"{edition.name}: {written.subject}", written.lead]
        run.paths["report"] = written.html
    if not run.held:
        data = SiteData(run.connection)
        run.paths["pages"] = write_site(data, run.settings.site_dir, _downloads(run.settings)).index


def _downloads(settings: Settings) -> list[Download]:
    """What the pages offer beside themselves: the ledger and its marts."""
    marts = sorted(path for path in settings.exports_dir.glob("*") if path.suffix in (".csv", ".parquet"))
    return [
        Download(settings.published_file, "The whole ledger, for DuckDB."),
        *map(Download, marts),
        Download(settings.exports_dir / "datapackage.json", "What the tables hold, as a Frictionless data package."),
    ]


def deliver(run: LedgerRun) -> None:
    """Deliver the newest edition unless that was done: what an interrupted run left undone is made up for here."""
    edition = None if run.held else editions.latest(run.connection)
    done = run.settings.private_dir / "delivered" / (edition.name if edition else "")
    if edition is None or done.exists():
        return
    delivery = mailing.deliver(run.settings, edition)
    log.info("mail: %s", delivery.words)
    if delivery.needs_a_look:
        run.undelivered = f"{edition.name}: {delivery.words}"
    if delivery.complete:
        done.parent.mkdir(parents=True, exist_ok=True)
        done.write_text(delivery.words + "\n", encoding="utf-8")
    if delivery.mail:
        run.paths["mail"] = delivery.mail


def outcome_of(run: LedgerRun) -> Outcome:
    """What the run reports to whoever called it. What a dry run wrote is gone by the time that it is read."""
    if run.settings.is_rehearsal:
        run.headline.append("Dry run: nothing was written, nobody was mailed.")
        run.paths.clear()
    return Outcome(
        flow=run.flow,
        now=run.now,
        counts=dict(run.counts),
        visits=tuple(run.visits),
        issues=tuple(run.issues),
        published=run.held is None,
        held=run.held,
        undelivered=run.undelivered,
        headline=tuple(run.headline),
        paths=dict(run.paths),
    )
