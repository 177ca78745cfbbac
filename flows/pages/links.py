"""What a site's feed, sitemap or API tells of its releases. None of them ever gives an empty list in silence.

The readers return every entry, also those that are no release of the source: `SourceSpec.is_release` sorts them out, so
that "the page has entries, none of them ours" stays different from "the page has no entries".
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from urllib.parse import urljoin

from flows.pages.dates import day_of, utc_moment
from flows.pages.dom import Element, parse_xml, plain, text_of
from flows.pages.errors import PageError, PageShapeError
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
    return links, absolute(following, url) if following else None


def _json_link(item: Any, discovery: Discovery, url: str, zone: tzinfo | None) -> Link | None:
    address = _text(item, discovery.url_field)
    if not address:
        return None
    day = day_of(_text(item, discovery.date_field), zone)
    return Link(
        url=absolute(address, url),
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


def absolute(href: str, url: str) -> str:
    """An address as it stands on a page, made whole; one that cannot be read stays as it is."""
    try:
        return urljoin(url, href.strip())
    except ValueError:
        return href.strip()
