"""What a host's robots.txt allows, read by protego (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 512 * 1024
"""RFC 9309 asks for at least 500 KiB; what comes after is not read."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for our product token."""

    rules: Protego
    token: str

    @classmethod
    def parse(cls, body: bytes, token: str) -> Robots:
        """Read a robots.txt; anything that is not a rule is passed over."""
        return cls(Protego.parse(body[:MAX_BYTES].decode("utf-8", "replace")), token)

    @classmethod
    def allow_all(cls, token: str) -> Robots:
        """The rules of a host that has no robots.txt."""
        return cls(Protego.parse(""), token)

    def allows(self, url: str) -> bool:
        """Whether the URL may be asked for."""
        return bool(self.rules.can_fetch(url, self.token))

    @property
    def interval(self) -> float:
        """Seconds to leave between two requests, from `Crawl-delay` or `Request-rate`; 0 where neither is given."""
        delay = self.rules.crawl_delay(self.token) or 0.0
        rate = self.rules.request_rate(self.token)
        return max(float(delay), rate.seconds / rate.requests if rate and rate.requests else 0.0)
