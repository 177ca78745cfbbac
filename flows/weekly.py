"""The Monday flow: collect, make last week's edition, publish it with the file, and mail it."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from flows import tasks
from flows.stages.outcome import Outcome


@flow(
    name="weekly",
    flow_run_name=tasks.run_name,
    validate_parameters=False,
    on_failure=[tasks.tell_of_failure],
    on_crashed=[tasks.tell_of_failure],
    on_cancellation=[tasks.tell_of_failure],
)
def weekly(
    now: datetime | None = None,
    since: date | None = None,
    send: bool = True,
    sample: dict[str, str] | None = None,
    dry_run: bool = False,
    release_held: str | None = None,
) -> Outcome:
    """Collect official releases, make the edition of the week just ended, publish and send it.

    Args:
        now: the run's logical time; this moment where it is left out. A time without offset is in COMMITMENTS_TZ.
        since: how far back the first run of a source goes; 30 days where it is left out.
        send: whether mails are written (and sent, where a mail server is set).
        sample: the embedded newsroom's addresses by source; the run then keeps to the sample's home.
        dry_run: whether all is done on a shadow of the home and thrown away.
        release_held: the week whose edition was held; after the remedy it is made from what was collected then.
    """
    with tasks.on_ledger("weekly", now, sample, dry_run) as run:
        if release_held:
            tasks.check_again(run, release_held)
        else:
            tasks.gather(run, None, since, sample)
        tasks.edition_task(run)
        tasks.publish_task(run)
        tasks.render_task(run)
        if send and not dry_run:
            tasks.deliver_task(run)
        return tasks.report(run)
