"""The daily flow: collect what is new and changed, extract its facts, load, check and publish."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from flows import tasks
from flows.stages.ledger import ledger_run
from flows.stages.outcome import Outcome


@flow(name="collect", flow_run_name=tasks.run_name, validate_parameters=False)
def collect(
    now: datetime | None = None,
    sources: list[str] | None = None,
    since: date | None = None,
    sample: dict[str, str] | None = None,
) -> Outcome:
    """Collect official releases and bring the published file up to date.

    Args:
        now: the run's logical time; this moment where it is left out. A time without offset is in COMMITMENTS_TZ.
        sources: the sources to look at, by id; all that are enabled where it is left out.
        since: how far back the first run of a source goes; 30 days where it is left out.
        sample: the embedded newsroom's addresses by source; the run then keeps to the sample's home.
    """
    settings = tasks.settings_of(sample)
    with ledger_run(settings, "collect", tasks.logical_now(settings, now)) as run:
        tasks.gather(run, sources, since, sample)
        tasks.publish_task(run)
        return tasks.report(run)
