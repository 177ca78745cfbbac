"""Whether last week's edition is out: what the watchdog asks, independently of the runs that make it."""

from __future__ import annotations

from datetime import datetime

from flows.settings import Settings
from flows.stages.alerting import Trouble
from warehouse import editions
from warehouse.connection import open_published
from warehouse.errors import LedgerError


def missing_edition(settings: Settings, now: datetime) -> Trouble | None:
    """The trouble with last week's edition; None where it is published.

    Asked after the hour at which it should be: the Monday run's own time and a little.
    """
    due = editions.week_of(now, settings.zone)
    try:
        with open_published(settings.published_file) as con:
            newest = editions.latest(con)
    except LedgerError as error:
        return Trouble("watchdog", "found no edition", f"No edition {due}: {error}")
    if newest and newest.name >= due:
        return None
    before = f"the newest is {newest.name}" if newest else "there is none yet"
    return Trouble("watchdog", "found no edition", f"No edition {due} was published by its time; {before}.")
