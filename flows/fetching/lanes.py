"""One lane a host: one request at a time, at the pace the host is due, and none while it is down."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import requests

from flows.fetching.failures import FetchFailure
from flows.fetching.pace import Pace
from flows.fetching.robots import Robots
from flows.fetching.sessions import new_session


class Breaker:
    """Stops asking a host that failed many times in a row; after a while the counting begins anew."""

    def __init__(self, threshold: int, cooldown: float) -> None:
        self.threshold, self.cooldown = threshold, cooldown
        self.failures = 0
        self.open_until = 0.0

    def seconds_closed(self, now: float) -> float:
        """How many seconds from `now` on nothing may be asked."""
        if self.failures < self.threshold:
            return 0.0
        if now >= self.open_until:
            self.failures = 0
        return max(0.0, self.open_until - now)

    def succeeded(self) -> None:
        """The host answered."""
        self.failures = 0

    def failed(self, now: float) -> None:
        """The host did not answer, or answered that it cannot."""
        self.failures += 1
        if self.failures >= self.threshold:
            self.open_until = now + self.cooldown


class Lane:
    """Everything that concerns one host: its lock, sessions, robots rules, pace and breaker."""

    def __init__(self, host: str, headers: Mapping[str, str], pace: Pace, breaker: Breaker) -> None:
        self.host, self.breaker = host, breaker
        self.robots: Robots | FetchFailure | None = None
        self.reading_robots = threading.RLock()
        self._headers, self._pace = headers, pace
        self._lock = threading.RLock()
        self._sessions: dict[bool, requests.Session] = {}
        self._next_turn = 0.0
        self._held_until = 0.0

    @contextmanager
    def turn(self, interval: float, patience: float) -> Iterator[None]:
        """Hold the lane for one request, `interval` seconds after the one before.

        Raises `FetchFailure` where the host is down, or has asked to be left alone for longer than `patience`.
        """
        with self._lock:
            now = self._pace.now()
            closed = self.breaker.seconds_closed(now)
            if closed:
                raise FetchFailure(
                    "host-down",
                    f"{self.host} failed {self.breaker.failures} times in a row",
                    transient=True,
                    retry_after=closed,
                )
            held = self._held_until - now
            if held > patience:
                raise FetchFailure("host-busy", f"{self.host} asked to be left alone for {held:.0f} seconds")
            self._pace.wait(max(held, self._next_turn - now))
            try:
                yield
            finally:
                self._next_turn = self._pace.now() + interval

    def hold_off(self, seconds: float) -> None:
        """Ask nothing for so many seconds, as the host wished."""
        self._held_until = max(self._held_until, self._pace.now() + seconds)

    def session(self, *, guarded: bool) -> requests.Session:
        """The host's session; an unguarded one may reach a private address and serves only the source declared
        there."""
        if guarded not in self._sessions:
            self._sessions[guarded] = new_session(self._headers, guarded=guarded)
        return self._sessions[guarded]

    def succeeded(self) -> None:
        """The host answered."""
        self.breaker.succeeded()

    def failed(self) -> None:
        """The host did not answer, or answered that it cannot."""
        self.breaker.failed(self._pace.now())

    def close(self) -> None:
        """Close all connections."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()
