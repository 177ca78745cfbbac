"""The repair flow: all that was ever archived, read and extracted again by today's rules, without the network."""

from __future__ import annotations

from datetime import datetime

from prefect import flow

from flows import tasks
from flows.stages.ledger import ledger_run
from flows.stages.outcome import Outcome


@flow(name="rebuild", flow_run_name=tasks.run_name, validate_parameters=False)
def rebuild(now: datetime | None = None, sample: bool = False) -> Outcome:
    """Read every archived release again and supersede what today's parser and extractor see otherwise.

    Args:
        now: the run's logical time; this moment where it is left out. A time without offset is in COMMITMENTS_TZ.
        sample: whether it is the sample's archive that is read.
    """
    settings = tasks.settings_of({} if sample else None)
    with ledger_run(settings, "rebuild", tasks.logical_now(settings, now)) as run:
        tasks.read_again(run)
        tasks.publish_task(run)
        return tasks.report(run)
