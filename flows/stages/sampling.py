"""The main job on the embedded newsroom: the same flow as on live sites, at the moments that the sample is made for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flows import sample
from flows.settings import Settings
from flows.stages.outcome import Outcome
from warehouse.connection import open_published

log = logging.getLogger("commitments")

# 07:00 in New York
SAMPLE_CLOCKS = tuple(
    datetime(*day, 12, 0, tzinfo=UTC) for day in ((2015, 11, 9), (2015, 11, 23), (2016, 1, 18), (2016, 1, 25))
)


def run_sample(settings: Settings, weekly: Callable[..., Outcome], now: datetime | None, send: bool) -> list[Outcome]:
    """Run the weekly flow once for each moment that it has not been run at; the newsroom stands as it stood then."""
    home = settings.for_sample()
    done = _moments_run(home.published_file)
    due = [clock for clock in ((now,) if now else SAMPLE_CLOCKS) if clock not in done]
    outcomes = []
    moment = due[0] if due else SAMPLE_CLOCKS[0]
    with sample.serve(lambda: moment) as bases:
        for number, moment in enumerate(due, 1):
            log.info("sample week %d of %d: %s", number, len(due), f"{moment:%Y-%m-%d}")
            outcomes.append(weekly(now=moment, send=send, sample=dict(bases)))
    return outcomes


def _moments_run(published: Path) -> set[datetime]:
    """The moments that the weekly flow has been run at and published for."""
    if not published.exists():
        return set()
    with open_published(published) as con:
        rows = con.execute("SELECT logical_time FROM run WHERE flow = 'weekly' AND status = 'done'").fetchall()
    return {moment.replace(tzinfo=UTC) for (moment,) in rows}
