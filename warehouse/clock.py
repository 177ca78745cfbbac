"""Times on their way in and out: aware UTC in Python, plain UTC timestamps in the ledger.

Plain timestamps look the same in every client, whatever its time zone, and in every export.
"""

from __future__ import annotations

from datetime import UTC, datetime


def to_ledger(moment: datetime) -> datetime:
    """An aware time as the ledger stores it."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without time zone: {moment.isoformat()}")
    return moment.astimezone(UTC).replace(tzinfo=None)


def from_ledger(moment: datetime) -> datetime:
    """A stored time as the rooms use it."""
    return moment.replace(tzinfo=UTC)
