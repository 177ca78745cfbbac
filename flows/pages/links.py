"""What a site's feed, sitemap, listing or API tells of its releases. None of them ever gives an empty list in silence.

The readers return every entry, also those that are no release of the source: `SourceSpec.is_release` sorts them out, so
that "the page has entries, none of them ours" stays different from "the page has no entries".
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

from flows.pages.charset import decode
from flows.pages.dates import Day, day_of, utc_moment
from flows.pages.dom import Element, parse_html, parse_xml, plain, refuse_binary, select, text_of
from flows.pages.errors import PageError, PageShapeError
from flows.pages.published import node_day
from flows.sources.spec import Count, Discovery, SourceSpec

SOME = Count(1, None)
MAX_SITEMAP_BYTES = 60_000_000  # the protocol's ceiling is 50 MB


@dataclass(frozen=True, slots=True)
class Link:
    """One entry. `url` is absolute; `published` is a date in the source's own zone, `modified` a moment in UTC."""

    url: str
    title: str = ""
    published: date | None = None
    modified: datetime | None = None


# ------------------------------------------------------------------------------------------------------------- feeds


def read_feed(data: bytes, spec: SourceSpec, url: str = "", expect: Count = SOME) -> list[Link]:
    """The entries of an RSS or Atom feed in its order, under public URLs."""
    root = parse_xml(data, url)
    entries = [node for node in root.iter() if _name(node) in ("item", "entry")]
    links = [link for link in (_feed_link(node, spec, url) for node in entries) if link]
    if not expect.admits(len(links)):
        raise PageShapeError("item | entry", url, len(links), expect)
    return links


def _name(node: Element) -> str:
    """An element's name without namespace; empty for comments and entities."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def _feed_link(entry: Element, spec: SourceSpec, url: str) -> Link | None:
    fields: dict[str, str] = {}
    address = ""
    for node in entry:
        name = _name(node)
        if name == "link" and node.get("href"):
            if node.get("rel", "alternate") == "alternate":
                address = node.get("href")
        elif name:
            fields.setdefault(name, text_of(node))
    guid = fields.get("guid", "") or fields.get("id", "")
    address = address or fields.get("link", "") or (guid if guid.startswith(("http://", "https://")) else "")
    if not address:
        return None
    stamp = fields.get("pubDate") or fields.get("published") or fields.get("date") or fields.get("issued") or ""
    day = day_of(stamp, spec.zone)
    return Link(
        url=spec.to_public(urljoin(url or spec.base_url, plain(address))),
        title=fields.get("title", ""),
        published=day.date if day and day.precision == "day" else None,
        modified=utc_moment(fields.get("updated") or fields.get("modified") or ""),
    )


# ---------------------------------------------------------------------------------------------------------- sitemaps


def read_sitemap(data: bytes, url: str = "", expect: Count = SOME) -> tuple[list[Link], list[str]]:
    """The pages of a sitemap, and the child maps of a sitemap index. Packed maps are unpacked, within a ceiling."""
    root = parse_xml(_unpacked(data, url), url)
    links: list[Link] = []
    children: list[str] = []
    for node in root:
        fields = {_name(child): text_of(child) for child in node}
        address = fields.get("loc", "")
        if not address:
            continue
        if _name(node) == "sitemap":
            children.append(address)
        else:
            links.append(Link(address, modified=utc_moment(fields.get("lastmod", ""))))
    if not expect.admits(len(links) + len(children)):
        raise PageShapeError("url | sitemap", url, len(links) + len(children), expect)
    return links, children


def _unpacked(data: bytes, url: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(data, MAX_SITEMAP_BYTES + 1)
    except zlib.error as error:
        raise PageError("bad-xml", url, f"is a broken gzip file ({error})") from error
    if len(unpacked) > MAX_SITEMAP_BYTES:
        raise PageError("too-large", url, f"unpacks to more than {MAX_SITEMAP_BYTES:,} bytes")
    return unpacked


# ---------------------------------------------------------------------------------------------------------- listings


def read_listing(
    data: bytes, discovery: Discovery, url: str, content_type: str | None = None, zone: tzinfo | None = None
) -> tuple[list[Link], str | None]:
    """The entries of one listing page in its order, and the address of the next page where there is one."""
    refuse_binary(data, url)
    root = parse_html(decode(data, content_type), url)
    rows = select(root, discovery.rows or "a")
    if not rows:
        raise PageShapeError(discovery.rows or "a", url, 0, discovery.expect)
    above = _dates_above(root, rows, discovery, zone) if discovery.date_above else [None] * len(rows)
    links = []
    for row, day_above in zip(rows, above, strict=True):
        link = _listing_link(row, day_above, discovery, url, zone)
        if link:
            links.append(link)
    if not discovery.expect.admits(len(links)):
        raise PageShapeError(f"{discovery.rows} {discovery.link}", url, len(links), discovery.expect)
    return links, _next_page(root, discovery, url)


def _listing_link(
    row: Element, day_above: Day | None, discovery: Discovery, url: str, zone: tzinfo | None
) -> Link | None:
    anchors = [row] if row.tag == "a" and row.get("href") else select(row, discovery.link)
    anchor = next((node for node in anchors if _followable(node.get("href"))), None)
    if anchor is None:
        return None
    day = day_above
    if discovery.date:
        found = (node_day(node, discovery.date_formats, zone) for node in select(row, discovery.date))
        day = next((each for each in found if each), day_above)
    published = day.date if day and day.precision == "day" else None
    return Link(_absolute(anchor.get("href"), url), text_of(anchor) or plain(anchor.get("title")), published)


def _dates_above(root: Element, rows: list[Element], discovery: Discovery, zone: tzinfo | None) -> list[Day | None]:
    """For each row the last date heading that stands before it in the document."""
    headings = set(select(root, discovery.date_above or ""))
    wanted, days, latest = set(rows), {}, None
    for node in root.iter():
        if node in headings:
            latest = node_day(node, discovery.date_formats, zone) or latest
        elif node in wanted:
            days[node] = latest
    return [days.get(row) for row in rows]


def _followable(href: str | None) -> bool:
    return bool(href and not href.strip().lower().startswith(("#", "javascript:", "mailto:", "tel:")))


def _absolute(href: str, url: str) -> str:
    try:
        return urljoin(url, href.strip())
    except ValueError:
        return href.strip()


def _next_page(root: Element, discovery: Discovery, url: str) -> str | None:
    if discovery.next_page:
        anchors = select(root, discovery.next_page)
        href = next((node.get("href") for node in anchors if _followable(node.get("href"))), None)
        following = _absolute(href, url) if href else None
        return following if following != url else None
    return _counted_page(discovery, url)


def _counted_page(discovery: Discovery, url: str) -> str | None:
    """Where pages are counted in the address: the address with the number after this page's."""
    if not discovery.counts_pages:
        return None
    # The listing may be fetched from another address: path and query decide.
    template = urlsplit(discovery.url)
    tail = discovery.url[discovery.url.index(template.netloc) + len(template.netloc) :]
    pattern = re.escape(tail).replace(r"\{page\}", r"(\d+)").replace(r"\{since\}", "[^&/]*")
    found = re.search(pattern + r"$", url)
    if found is None:
        return None
    return url[: found.start(1)] + str(int(found[1]) + 1) + url[found.end(1) :]


# ------------------------------------------------------------------------------------------------------------ JSON


def read_json(data: bytes, discovery: Discovery, url: str, zone: tzinfo | None = None) -> tuple[list[Link], str | None]:
    """The entries of a JSON answer by the fields that the source names, and the address of the next page."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PageError("bad-json", url, f"is not JSON ({error})") from error
    items = _field(answer, discovery.items)
    if not isinstance(items, list):
        raise PageShapeError(discovery.items or "items", url, 0, discovery.expect)
    links = [link for link in (_json_link(item, discovery, url, zone) for item in items) if link]
    if not discovery.expect.admits(len(links)):
        raise PageShapeError(f"{discovery.items}[].{discovery.url_field}", url, len(links), discovery.expect)
    following = _text(answer, discovery.next_field)
    return links, _absolute(following, url) if following else None


def _json_link(item: Any, discovery: Discovery, url: str, zone: tzinfo | None) -> Link | None:
    address = _text(item, discovery.url_field)
    if not address:
        return None
    day = day_of(_text(item, discovery.date_field), zone)
    return Link(
        url=_absolute(address, url),
        title=plain(_text(item, discovery.title_field)),
        published=day.date if day and day.precision == "day" else None,
        modified=utc_moment(_text(item, discovery.modified_field)),
    )


def _text(item: Any, field: str | None) -> str:
    found = _field(item, field) if field else None
    return found if isinstance(found, str) else ""


def _field(item: Any, field: str | None) -> Any:
    """`a.b` of nested objects; None where there is none."""
    for name in (field or "").split("."):
        item = item.get(name) if isinstance(item, dict) else None
    return item
