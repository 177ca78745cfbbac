"""The repair flow: all that was ever archived, read and extracted again by today's rules, without the network."""

from __future__ import annotations

from datetime import datetime

from prefect import flow

from flows import tasks
from flows.stages.outcome import Outcome


@flow(
    name="rebuild",
    flow_run_name=tasks.run_name,
    validate_parameters=False,
    on_failure=[tasks.tell_of_failure],
    on_crashed=[tasks.tell_of_failure],
    on_cancellation=[tasks.tell_of_failure],
)
def rebuild(now: datetime | None = None, sample: bool = False) -> Outcome:
    """Read every archived release again and supersede what today's parser and extractor see otherwise.

    Args:
        now: the run's logical time; this moment where it is left out. A time without offset is in COMMITMENTS_TZ.
        sample: whether it is the sample's archive that is read.
    """
    with tasks.on_ledger("rebuild", now, {} if sample else None) as run:
        tasks.read_again(run)
        tasks.publish_task(run)
        return tasks.report(run)
