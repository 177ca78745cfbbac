"""What a source declares about itself: who publishes, where, how often, which page shape, what to expect.

A source is one TOML file; `flows.sources.reading` turns it into a `SourceSpec`. `docs/sources.md` explains every field.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from warehouse.records import SourceRecord

Cadence = Literal["hourly", "daily", "weekly", "once"]
DiscoveryKind = Literal["feed", "sitemap", "listing", "json"]
Shape = Literal["generic", "wordpress", "drupal", "govuk"]

CADENCES: tuple[Cadence, ...] = ("hourly", "daily", "weekly", "once")
DISCOVERY_KINDS: tuple[DiscoveryKind, ...] = ("feed", "sitemap", "listing", "json")
SHAPES: tuple[Shape, ...] = ("generic", "wordpress", "drupal", "govuk")
PROOFS = ("discovery", "addresses", "article")
DEFAULT_MAX_BYTES = 10_000_000
# `utm_source=feed`: feeds and mails add it to links, and the page behind is the same
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)=")


@dataclass(frozen=True, slots=True)
class Count:
    """How many nodes a selection must give: `low` to `high`, where None is without end."""

    low: int
    high: int | None

    def admits(self, number: int) -> bool:
        """Whether `number` nodes is what was expected."""
        return number >= self.low and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        if self.high == self.low:
            return str(self.low)
        return f"{self.low}..{'' if self.high is None else self.high}"


@dataclass(frozen=True, slots=True)
class Selection:
    """A selector with the number of nodes that it must give on every page of its kind."""

    css: str
    expect: Count


@dataclass(frozen=True, slots=True)
class Discovery:
    """One way by which a source tells what it has published.

    `url` may hold `{since}` (an ISO date) and, for listings that count pages, `{page}` starting at `first_page`.
    `rows` finds the entries of a listing; `link` and `date` are looked for within a row, `next_page` in the whole page.
    A date that stands above several rows (a day's heading) is found with `date_above`. `items`, `url_field`, … name
    fields of a JSON answer, with dots for nesting.
    """

    kind: DiscoveryKind
    url: str
    expect: Count = Count(1, None)
    max_pages: int = 1
    first_page: int = 1
    rows: str | None = None
    link: str = "a"
    date: str | None = None
    date_above: str | None = None
    date_formats: tuple[str, ...] = ()
    next_page: str | None = None
    items: str | None = None
    url_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    modified_field: str | None = None
    next_field: str | None = None

    def start_url(self, since: dt.date) -> str:
        """The address of the first page, asking for what came out from `since` on where the site can be asked that."""
        return self.page_url(self.first_page, since)

    def page_url(self, page: int, since: dt.date) -> str:
        """The address of page number `page` (counted as the site counts, from `first_page`)."""
        return self.url.replace("{since}", since.isoformat()).replace("{page}", str(page))

    @property
    def counts_pages(self) -> bool:
        """Whether further pages are reached by number rather than by a link."""
        return "{page}" in self.url


@dataclass(frozen=True, slots=True)
class ArticleSpec:
    """How a release's page looks. What is not declared comes from the shape, then from the generic reader.

    `url_pattern` is searched in the public URL: only what matches is a release. `drop` lists boxes to leave out.
    """

    url_pattern: str
    shape: Shape = "generic"
    title: Selection | None = None
    body: Selection | None = None
    date: Selection | None = None
    date_formats: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One source of releases. Dates are dates in `time_zone`; `rate` is requests a second (None: no limit, loopback).

    `verified` is `never`, `saved pages` (real pages of the site, read from disk) or the date on which
    `commitments sources test` passed against the live site. `proved` says what of it saved pages prove: how entries are
    found, which addresses are releases, how a release's page is read.
    `floor` and `ceiling` are releases a week; `quiet_days` is the longest silence that is no cause for worry.
    """

    id: str
    publisher: str
    name: str
    base_url: str
    time_zone: str
    cadence: Cadence
    licence: str
    discovery: tuple[Discovery, ...]
    article: ArticleSpec
    enabled: bool
    verified: str
    proved: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    fetch_from: str | None = None
    topics: tuple[str, ...] = ()
    rate: float | None = 1.0
    max_bytes: int = DEFAULT_MAX_BYTES
    max_pages: int = 500
    recheck_budget: int = 50
    floor: int = 0
    ceiling: int | None = None
    quiet_days: int = 30

    @property
    def own_hosts(self) -> frozenset[str]:
        """All hosts whose pages are this publisher's own: with and without `www.`, and those that the source lists."""
        base = host_of(self.base_url)
        twin = base.removeprefix("www.") if base.startswith("www.") else f"www.{base}"
        return frozenset({base, twin, *self.hosts})

    @property
    def zone(self) -> ZoneInfo:
        """The source's time zone."""
        return ZoneInfo(self.time_zone)

    def to_fetch(self, url: str) -> str:
        """The address to ask for a public URL: the same, unless the source is fetched from elsewhere."""
        if self.fetch_from is None or host_of(url) not in self.own_hosts:
            return url
        return _at(url, self.fetch_from)

    def to_public(self, url: str) -> str:
        """The public URL, a page's identity: no fragment, no port, no loopback address, one spelling of the host."""
        url = url.strip().partition("#")[0]
        if self.fetch_from is not None and _origin(url) == _origin(self.fetch_from):
            return _normal(_at(url, self.base_url))
        if host_of(url).removeprefix("www.") == host_of(self.base_url).removeprefix("www."):
            return _normal(_at(url, self.base_url))
        if host_of(url) in self.own_hosts:
            return _normal(urlunsplit(urlsplit(url)._replace(scheme=urlsplit(self.base_url).scheme)))
        return _normal(url)

    def owns(self, url: str) -> bool:
        """Whether a URL (public, or at the address fetched from) is on one of the source's own hosts."""
        return host_of(self.to_public(url)) in self.own_hosts

    def is_release(self, url: str) -> bool:
        """Whether a URL is one of this source's releases."""
        public = self.to_public(url)
        return host_of(public) in self.own_hosts and re.search(self.article.url_pattern, public) is not None

    def with_fetch_from(self, base: str) -> SourceSpec:
        """The same source asked at another address; a loopback address needs no rate limit."""
        return replace(self, fetch_from=base.rstrip("/"), rate=None if is_loopback(base) else self.rate)

    def record(self) -> SourceRecord:
        """The row that lists this source in the ledger."""
        return SourceRecord(
            self.id, self.publisher, self.name, self.base_url, self.time_zone, self.cadence, self.licence, self.topics
        )


def host_of(url: str) -> str:
    """The host of a URL in lower case, without port; empty where there is none or the address cannot be parsed."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path of a URL; empty where the address cannot be parsed."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this very machine."""
    host = host_of(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return ("", "", None)
    return (parts.scheme, (parts.hostname or "").lower(), port)


def _at(url: str, base: str) -> str:
    """`url` with the scheme, host and port of `base`, below the path of `base`."""
    target, parts = urlsplit(base), urlsplit(url)
    return urlunsplit(parts._replace(scheme=target.scheme, netloc=target.netloc, path=parts.path or "/"))


def _normal(url: str) -> str:
    """Host in lower case, default port left out, an empty path as `/`, no marks of who passed the link on."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if not parts.hostname:
        return url
    default = {"http": 80, "https": 443}.get(parts.scheme)
    netloc = parts.hostname.lower() if port in (None, default) else f"{parts.hostname.lower()}:{port}"
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part))
    return urlunsplit(parts._replace(netloc=netloc, path=parts.path or "/", query=query))
