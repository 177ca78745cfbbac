"""What a source has published: its feeds, sitemaps, listings and APIs read together, all of them, every time.

None of them is trusted alone. A feed holds the newest twenty while a busy week brings more than forty; a listing shows
releases days after their date, below ones that are known already; so reading never stops at the first known address. A
listing is read down to a fortnight before the last look, a first run down to `since`; a sitemap tells of everything
else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from flows.fetching.archive import ArchiveWriter
from flows.fetching.client import Client, Response
from flows.fetching.failures import FetchFailure
from flows.fetching.memory import ListMemory, Remembered
from flows.fetching.quality import judge_page
from flows.pages.errors import PageError
from flows.pages.links import Link, read_feed, read_json, read_sitemap
from flows.pages.listing import read_listing
from flows.sources.spec import Count, Discovery, SourceSpec
from warehouse.records import Issue, Quality, Snapshot

LATE = timedelta(days=14)
"""How long after its date a release may still turn up in a listing."""
STALE_PAGES = 3
"""Pages of known entries in a row after which a listing without dates is read no further."""
MAX_LIST_BYTES = 20_000_000
"""Sitemaps are the largest lists; the parsed form of one takes ten times its bytes."""
HOST_LEVEL = ("dns", "unreachable", "host-down", "host-busy")
"""Failures that concern the whole host: no further list is asked for, as each would be tried for minutes."""
MAX_DEPTH = 3
"""Sitemap indexes within sitemap indexes."""

# /2023/06/12/ or /2023/06/ in an address
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?(?:/|$)")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)", re.IGNORECASE)
# sitemap-2023-06.xml, sitemap_2015.xml
_MAP_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-?(0[1-9]|1[0-2]))?(?!\d)")


@dataclass(slots=True)
class Discovered:
    """The releases that a source lists, by public URL, and how the looking went. `ways` counts the lists that were
    read."""

    links: dict[str, Link] = field(default_factory=dict)
    snapshots: list[Snapshot] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    ways: int = 0
    dropped: set[str] = field(default_factory=set)

    @property
    def vanished(self) -> set[str]:
        """Addresses that stood in a sitemap the last time and now stand in none of the lists."""
        return self.dropped - self.links.keys()

    def add(self, link: Link) -> None:
        """Add an entry; what one list does not say of a release another may."""
        before = self.links.get(link.url)
        if before is not None:
            moments = [moment for moment in (before.modified, link.modified) if moment]
            link = Link(
                link.url,
                before.title or link.title,
                before.published or link.published,
                max(moments) if moments else None,
            )
        self.links[link.url] = link


def discover(
    spec: SourceSpec,
    client: Client,
    archive: ArchiveWriter,
    memory: ListMemory,
    now: datetime,
    since: date,
    *,
    known: Container[str] = (),
    last_look: datetime | None = None,
) -> Discovered:
    """Read all lists of a source. One that fails is a named issue, and the others go on.

    `known` holds the addresses that the ledger knows, `last_look` is the last look that it knows of.
    """
    look = _Look(spec, client, archive, memory, now, since, known)
    for discovery in spec.discovery:
        look.window = memory.window(discovery.url, since, last_look, LATE)
        look.dated = look.undated = 0
        try:
            look.read(discovery)
        except (FetchFailure, PageError) as error:
            look.trouble(f"list-{_code(error)}", discovery.url, str(error))
            if _code(error) in HOST_LEVEL:
                break
        else:
            look.found.ways += 1
            memory.has_read(discovery.url, since, now)
            look.expect_dates(discovery)
    if not look.found.ways:
        look.found.issues = _one_cause(look.found.issues, spec)
    return look.found


def _code(error: FetchFailure | PageError) -> str:
    return error.code if isinstance(error, FetchFailure) else error.cause


def _one_cause(issues: list[Issue], spec: SourceSpec) -> list[Issue]:
    """Where nothing could be read for one and the same cause, that is one trouble and not one a list."""
    codes = {issue.code for issue in issues}
    if len(codes) > 1:
        return issues
    return [replace(issue, code=issue.code.removeprefix("list-"), subject=spec.base_url) for issue in issues[:1]]


class _Look:
    """One look at one source. `window` is how far back the list at hand is read."""

    def __init__(
        self,
        spec: SourceSpec,
        client: Client,
        archive: ArchiveWriter,
        memory: ListMemory,
        now: datetime,
        since: date,
        known: Container[str],
    ) -> None:
        self.spec, self.client, self.archive, self.memory, self.now = spec, client, archive, memory, now
        self.known, self.window, self.reach = known, since, memory.reach(since)
        self.dated = self.undated = 0
        self.refused: set[str] = set()
        self.found = Discovered()

    def trouble(self, code: str, subject: str, message: str) -> None:
        self.found.issues.append(Issue(code, "error", self.spec.id, subject, f"{self.spec.name}: {message}"))

    def expect_dates(self, discovery: Discovery) -> None:
        """A list that is declared to state dates and states none has changed its shape."""
        declared = discovery.date or discovery.date_above or discovery.date_field
        if declared and self.undated and not self.dated:
            message = (
                f"{self.spec.name}: none of {self.undated} releases has a date at `{declared}`; has the site changed?"
            )
            self.found.issues.append(Issue("list-dates-missing", "warning", self.spec.id, discovery.url, message))

    def read(self, discovery: Discovery) -> None:
        if discovery.kind == "feed":
            url = self.spec.to_public(discovery.start_url(self.window))
            body, _ = self._fetch(url, discovery)
            self._keep(read_feed(body, self.spec, self.spec.to_fetch(url), discovery.expect))
        elif discovery.kind == "sitemap":
            self._read_map(self.spec.to_public(discovery.start_url(self.window)), discovery, depth=1)
        elif discovery.kind == "listing":
            self._read_pages(discovery, self._listing_page)
        elif discovery.kind == "json":
            self._read_pages(discovery, self._json_page)
        else:
            raise AssertionError(f"unknown discovery {discovery.kind!r}")

    # Lists of one page after another

    def _read_pages(
        self, discovery: Discovery, read: Callable[[str, Discovery], tuple[list[Link], str | None]]
    ) -> None:
        """Page by page, until everything on a page is older than the window, or the site has no further page."""
        url: str | None = self.spec.to_public(discovery.start_url(self.window))
        asked: set[str] = set()
        stale = 0
        for number in range(discovery.max_pages):
            if url is None or url in asked or not self.spec.owns(url):
                return
            asked.add(url)
            try:
                links, following = read(url, discovery)
            except FetchFailure as failure:
                if number and failure.code in ("http-404", "http-410"):
                    return  # the last page's "next" led one too far
                raise
            kept = self._keep(links)
            if kept and all(link.published and link.published < self.window for link in kept):
                return
            stale = stale + 1 if kept and all(self._tells_nothing(link) for link in kept) else 0
            if stale == STALE_PAGES:
                return
            url = self.spec.to_public(following) if following else None
        if url is not None and discovery.max_pages > 1:
            message = f"{self.spec.name}: {discovery.max_pages} pages were read and did not reach back to {self.window}"
            self.found.issues.append(Issue("list-truncated", "warning", self.spec.id, discovery.url, message))

    def _tells_nothing(self, link: Link) -> bool:
        """Whether an entry is known already and has no date: pages of such entries end a listing without dates."""
        return link.published is None and link.url in self.known

    def _listing_page(self, url: str, discovery: Discovery) -> tuple[list[Link], str | None]:
        body, content_type = self._fetch(url, discovery)
        return read_listing(body, discovery, self.spec.to_fetch(url), content_type, self.spec.zone)

    def _json_page(self, url: str, discovery: Discovery) -> tuple[list[Link], str | None]:
        body, _ = self._fetch(url, discovery)
        return read_json(body, discovery, self.spec.to_fetch(url), self.spec.zone)

    # Sitemaps

    def _read_map(self, url: str, discovery: Discovery, depth: int) -> None:
        before = self.memory.answer(url)
        body, _ = self._fetch(url, discovery)
        links, children = read_sitemap(body, self.spec.to_fetch(url), discovery.expect)
        kept = self._keep(links)
        if before and before[1] != body:
            self.found.dropped |= self._releases_in(before[1], url) - {link.url for link in kept}
        own = [child for child in map(self.spec.to_public, children) if self.spec.owns(child)]
        if own and depth < MAX_DEPTH:
            self._read_maps(self._maps_to_read(own, discovery.max_pages), discovery, depth + 1)

    def _read_maps(self, urls: list[str], discovery: Discovery, depth: int) -> None:
        """Child maps: one that fails is a named issue and the others go on; if all fail, so does the index."""
        child = replace(discovery, expect=replace(discovery.expect, low=0))
        errors: list[tuple[str, FetchFailure | PageError]] = []
        for url in urls:
            try:
                self._read_map(url, child, depth)
            except (FetchFailure, PageError) as error:
                errors.append((url, error))
                if _code(error) in HOST_LEVEL or len(errors) == len(urls):
                    raise
        for url, trouble in errors:
            self.trouble(f"list-{_code(trouble)}", url, str(trouble))

    def _releases_in(self, body: bytes, url: str) -> set[str]:
        """The releases that an earlier answer of a map named."""
        try:
            links, _ = read_sitemap(body, self.spec.to_fetch(url), Count(0, None))
        except PageError:
            return set()
        return {self.spec.to_public(link.url) for link in links if self.spec.is_release(link.url)}

    def _maps_to_read(self, maps: list[str], limit: int) -> list[str]:
        """The child maps of this run: all within reach; of too many the liveliest, and some of the others in turn."""
        within = [url for url in maps if (_map_end(url) or self.reach) >= self.reach]
        if len(within) <= limit:
            return within
        lively = sorted(within, key=self._last_change, reverse=True)[: (limit + 1) // 2]
        others = [url for url in within if url not in lively]
        room = limit - len(lively)
        start = (self.now.toordinal() * room) % len(others)
        return [*lively, *(others * 2)[start : start + room]]

    def _last_change(self, url: str) -> str:
        """When a map last changed; a map that was never read goes before all others."""
        entry = self.memory.lists.get(url)
        return entry.changed if entry else "~"

    # Fetching and keeping

    def _fetch(self, url: str, discovery: Discovery) -> tuple[bytes, str | None]:
        """A list's bytes and content type: new ones, or those of the last time where the site says nothing changed."""
        remembered = self.memory.answer(url)
        response = self.client.get_patiently(
            self.spec,
            url,
            validators=remembered[0].validators if remembered else None,
            judge=lambda answer: self._judge(answer, discovery),
            max_bytes=MAX_LIST_BYTES,
        )
        if response.not_modified:
            return self._as_last_time(url, remembered)
        if remembered and response.body == remembered[1]:
            file, offset, changed = remembered[0].file, remembered[0].offset, remembered[0].changed
        else:
            snapshot = self.archive.add(url, response.status, response.headers, response.body, kind=discovery.kind)
            self.found.snapshots.append(snapshot)
            file, offset, changed = snapshot.archive_file, snapshot.archive_offset, _stamp(self.now)
        validators, content_type = response.validators, response.header("Content-Type")
        self.memory.lists[url] = Remembered(
            file, offset, content_type, validators.etag, validators.last_modified, changed, _stamp(self.now)
        )
        return response.body, content_type

    def _judge(self, answer: Response, discovery: Discovery) -> None:
        """Refuse what is no list: an error, nothing, or a block page in its place, which goes to quarantine."""
        if answer.not_modified:
            return
        if answer.status != 200:
            raise FetchFailure(f"http-{answer.status}", f"{answer.url} answered {answer.status}")
        if not answer.body.strip():
            raise FetchFailure("empty-page", f"{answer.url} gave no bytes", transient=True)
        verdict = judge_page(answer.body, answer.header("Content-Type"))
        is_html = discovery.kind == "listing" or _HTML.match(answer.body)
        if is_html and verdict.quality in ("block", "empty"):
            self._quarantine(answer, discovery, verdict.quality)
            message = f"{answer.url} gave no {discovery.kind}: {', '.join(verdict.signs)}"
            raise FetchFailure(f"{verdict.quality}-page", message, transient=True)

    def _quarantine(self, answer: Response, discovery: Discovery, quality: Quality) -> None:
        """Keep the bytes that stood in a list's place, the same ones once a run."""
        digest = hashlib.sha256(answer.body).hexdigest()
        if digest not in self.refused:
            self.refused.add(digest)
            self.archive.add(
                answer.url, answer.status, answer.headers, answer.body, kind=discovery.kind, quality=quality
            )

    def _as_last_time(self, url: str, remembered: tuple[Remembered, bytes] | None) -> tuple[bytes, str | None]:
        """A 304 read as the answer of the last time."""
        if remembered is None:
            raise FetchFailure("bad-304", f"{url} answered 304, though nothing is known of it")
        entry, body = remembered
        self.memory.lists[url] = replace(entry, asked=_stamp(self.now))
        return body, entry.content_type

    def _keep(self, links: list[Link]) -> list[Link]:
        """Add those entries that are releases of the source; returns them under their public URLs."""
        public = (replace(link, url=self.spec.to_public(link.url)) for link in links)
        kept = [link for link in public if self.spec.is_release(link.url)]
        for link in kept:
            self.found.add(link)
        dated = sum(1 for link in kept if link.published)
        self.dated, self.undated = self.dated + dated, self.undated + len(kept) - dated
        return kept


def published_before(link: Link, day: date) -> bool:
    """Whether a release surely came out before a day, by its listed date, its address, or its last change."""
    if link.published:
        return link.published < day
    if in_url := _URL_DATE.search(link.url):
        year, month, dom = in_url.groups()
        return (int(year), int(month), int(dom or 31)) < (day.year, day.month, day.day)
    return link.modified is not None and link.modified.date() < day


def published_after(link: Link, day: date) -> bool:
    """Whether a release surely came out after a day, by its listed date or its address."""
    if link.published:
        return link.published > day
    in_url = _URL_DATE.search(link.url)
    if not in_url:
        return False
    year, month, dom = in_url.groups()
    return (int(year), int(month), int(dom or 1)) > (day.year, day.month, day.day)


def _stamp(moment: datetime) -> str:
    """A moment as text that sorts by time."""
    return moment.astimezone(UTC).isoformat()


def _map_end(url: str) -> date | None:
    """The last day that a map named for a year or month can speak of."""
    found = _MAP_MONTH.search(url.rsplit("/", 1)[-1])
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
