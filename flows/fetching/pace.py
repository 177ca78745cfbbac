"""Waiting: real seconds between requests, and how long to wait before another try.

This is the only place where real time counts. Everything that is stored bears the run's logical time.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


class Pace:
    """Real seconds. Tests put another in its place, in which waiting costs nothing."""

    def now(self) -> float:
        """Seconds on a clock that never runs backwards."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass."""
        if seconds > 0:
            time.sleep(seconds)


def backoff(attempt: int, base: float, ceiling: float) -> float:
    """Seconds to wait after the `attempt`-th failure (from 1): doubling up to a ceiling."""
    return min(base * 2.0 ** min(attempt - 1, 30), ceiling)


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds asked for by a `Retry-After` header, given as seconds or as a date; None where it says nothing usable."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())
