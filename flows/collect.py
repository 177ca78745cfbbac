"""The daily flow: collect what is new and changed, extract its facts, load, check and publish."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from flows import tasks
from flows.stages.outcome import Outcome


@flow(
    name="collect",
    flow_run_name=tasks.run_name,
    validate_parameters=False,
    on_failure=[tasks.tell_of_failure],
    on_crashed=[tasks.tell_of_failure],
    on_cancellation=[tasks.tell_of_failure],
)
def collect(
    now: datetime | None = None,
    sources: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    sample: dict[str, str] | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Collect official releases and bring the published file up to date.

    Args:
        now: the run's logical time; this moment where it is left out. A time without offset is in COMMITMENTS_TZ.
        sources: the sources to look at, by id; all that are enabled where it is left out.
        since: how far back the first run of a source goes; 30 days where it is left out.
        until: the last day whose new releases are taken; later ones are left for another run.
        sample: the embedded newsroom's addresses by source; the run then keeps to the sample's home.
        dry_run: whether all is done on a shadow of the home and thrown away.
    """
    with tasks.on_ledger("collect", now, sample, dry_run) as run:
        tasks.gather(run, sources, since, sample, until)
        tasks.publish_task(run)
        return tasks.report(run)
