"""One site of the sample newsroom: which address answers what at a moment. No sockets here.

A site is a pure function of path, query and time: `Site.answer`. What the three sites have in common (robots.txt,
sitemap, not found, gone, blocked) stands here; addresses and page shapes are in the module of each publisher.
All links are public `https://….example` addresses: a port of the server that happens to show the site is in no page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from flows.sample.releases import SampleRelease, State

HTML = "text/html; charset=UTF-8"
XML = "application/xml; charset=UTF-8"
PLAIN = "text/plain; charset=UTF-8"
PAGE_ROWS = 10
"""Rows of one listing page, and entries of a feed: fewer than a busy fortnight has releases."""

OPENED = datetime(2014, 1, 1, tzinfo=UTC)

BLOCK_PAGE = """<!DOCTYPE html>
<html><head><title>Access Denied</title><meta name="robots" content="noindex"></head>
<body><h1>Access Denied</h1>
<p>You don't have permission to access this page on this server.
Your request has been stopped by our security service.</p>
<p>Reference #18.3d7a1402.1446</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One response before conditional requests are looked at."""

    status: int
    body: str
    content_type: str = HTML
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as it stands on its site at the moment asked for."""

    release: SampleRelease
    state: State


class Site(ABC):
    """One publisher's site, with its releases oldest first."""

    source_id: str
    base_url: str
    feed_path: str
    feed_type: str

    def __init__(self, releases: Sequence[SampleRelease]) -> None:
        self.releases = tuple(releases)
        self.by_path = {self.path(release): release for release in releases}

    def answer(self, path: str, query: str, now: datetime) -> Answer:
        """What the site answers to GET `path?query` at `now`."""
        if path == "/robots.txt":
            return Answer(200, self._robots(), PLAIN)
        if path.startswith("/sitemap"):
            return self.sitemap(path, self.standing(now))
        if path == self.feed_path:
            newest = self.standing(now)[:PAGE_ROWS]
            return Answer(200, self.feed(newest), self.feed_type, last_change(newest))
        if number := self.listing_number(path, query):
            return self._listing_page(number, self.standing(now))
        return self._release_page(path, now)

    def standing(self, now: datetime) -> list[Entry]:
        """The releases that the site lists at `now`, newest first."""
        pairs = [(release, release.state(now)) for release in reversed(self.releases) if not release.is_gone(now)]
        return [Entry(release, state) for release, state in pairs if state]

    def url(self, path: str) -> str:
        """The public address of a path."""
        return self.base_url + path

    def link(self, entry: Entry) -> str:
        """The public address of a release."""
        return self.url(self.path(entry.release))

    def sitemap(self, path: str, standing: Sequence[Entry]) -> Answer:
        """One flat sitemap; a site with a sitemap index overrides this."""
        return Answer(200, self.url_set(standing), XML) if path == "/sitemap.xml" else self._not_found()

    def url_set(self, entries: Sequence[Entry]) -> str:
        """A sitemap of releases with the time of their last change."""
        rows = "".join(
            f"<url><loc>{escape(self.link(entry))}</loc><lastmod>{entry.state.since.isoformat()}</lastmod></url>\n"
            for entry in entries
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
        )

    def _robots(self) -> str:
        return f"User-agent: *\nDisallow: /private/\nDisallow: /search\nSitemap: {self.url('/sitemap.xml')}\n"

    def _listing_page(self, number: int, standing: Sequence[Entry]) -> Answer:
        rows = standing[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
        if not rows:
            return self._not_found()
        return Answer(200, self.listing(rows, number, more=len(standing) > number * PAGE_ROWS))

    def _release_page(self, path: str, now: datetime) -> Answer:
        release = self.by_path.get(path)
        state = release.state(now) if release else None
        if release is None or state is None:
            return self._not_found()
        if release.is_gone(now):
            return Answer(410, self.message("Page removed", "The office that published this page has removed it."))
        if release.is_blocked(now):
            return Answer(200, BLOCK_PAGE)
        return Answer(200, self.article(Entry(release, state), self.standing(now)), modified=state.since)

    def _not_found(self) -> Answer:
        return Answer(404, self.message("Page not found", "The page you asked for could not be found."))

    @abstractmethod
    def path(self, release: SampleRelease) -> str:
        """The path of a release's page."""

    @abstractmethod
    def listing_number(self, path: str, query: str) -> int | None:
        """Which page of the listing an address means, from 1; None where it is none."""

    @abstractmethod
    def listing(self, rows: Sequence[Entry], number: int, *, more: bool) -> str:
        """One page of the listing, with a link to the next where there is `more`."""

    @abstractmethod
    def article(self, entry: Entry, standing: Sequence[Entry]) -> str:
        """A release's page."""

    @abstractmethod
    def feed(self, newest: Sequence[Entry]) -> str:
        """The feed with the newest releases."""

    @abstractmethod
    def message(self, title: str, text: str) -> str:
        """A page of the site that only says something."""


def last_change(entries: Sequence[Entry]) -> datetime:
    """When the youngest of the entries' states came about; the sites' opening where there is none."""
    return max((entry.state.since for entry in entries), default=OPENED)


def long_date(moment: datetime) -> str:
    """The date as American offices write it: November 5, 2015."""
    return f"{moment:%B} {moment.day}, {moment.year}"
