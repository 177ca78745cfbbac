"""The flow that watches the others: it mails the operator where last week's edition is not out by its time."""

from __future__ import annotations

from datetime import datetime

from prefect import flow

from flows import tasks


@flow(name="watchdog", flow_run_name=tasks.run_name, validate_parameters=False, on_failure=[tasks.tell_of_failure])
def watchdog(now: datetime | None = None, trouble: str | None = None) -> str:
    """Mail the operator where no edition of the week just ended was published.

    Args:
        now: the moment to ask for; this moment where it is left out. A time without offset is in COMMITMENTS_TZ.
        trouble: a trouble that someone else found (a run without heartbeat); it is mailed, and nothing else asked.
    """
    return tasks.watch(now, trouble)
