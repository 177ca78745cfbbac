"""A paged listing of releases, read with Beautiful Soup: any selector of CSS, whatever the state of the markup.

Every row is returned, also those that are no release of the source: `SourceSpec.is_release` sorts them out. A listing
never gives an empty list in silence. Articles are read with plain lxml, ten times as fast (docs/decisions/004).
"""

from __future__ import annotations

import re
import warnings
from datetime import tzinfo
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag, XMLParsedAsHTMLWarning

from flows.pages.charset import decode
from flows.pages.dates import Day, by_formats, day_of
from flows.pages.dom import as_browsers_read, plain, refuse_binary
from flows.pages.errors import PageError, PageShapeError
from flows.pages.links import Link, absolute
from flows.sources.spec import Discovery

# XHTML pages begin like XML and are HTML all the same.
warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)


def read_listing(
    data: bytes, discovery: Discovery, url: str, content_type: str | None = None, zone: tzinfo | None = None
) -> tuple[list[Link], str | None]:
    """The entries of one listing page in its order, and the address of the next page where there is one."""
    refuse_binary(data, url)
    root = _parsed(decode(data, content_type), url)
    rows = root.select(discovery.rows or "a")
    if not rows:
        raise PageShapeError(discovery.rows or "a", url, 0, discovery.expect)
    above = _dates_above(root, rows, discovery, zone) if discovery.date_above else [None] * len(rows)
    links = []
    for row, day_above in zip(rows, above, strict=True):
        link = _link(row, day_above, discovery, url, zone)
        if link:
            links.append(link)
    if not discovery.expect.admits(len(links)):
        raise PageShapeError(f"{discovery.rows} {discovery.link}", url, len(links), discovery.expect)
    return links, _next_page(root, discovery, url)


def _parsed(text: str, url: str) -> BeautifulSoup:
    try:
        return BeautifulSoup(as_browsers_read(text), "lxml")
    except (ParserRejectedMarkup, RecursionError) as error:
        raise PageError("no-content", url, f"holds no readable HTML ({error})") from error


def _link(row: Tag, day_above: Day | None, discovery: Discovery, url: str, zone: tzinfo | None) -> Link | None:
    anchors = [row] if row.name == "a" and row.get("href") else row.select(discovery.link)
    anchor = next((node for node in anchors if _followable(node)), None)
    if anchor is None:
        return None
    day = day_above
    if discovery.date:
        found = (_day(node, discovery.date_formats, zone) for node in row.select(discovery.date))
        day = next((each for each in found if each), day_above)
    published = day.date if day and day.precision == "day" else None
    title = plain(anchor.get_text()) or plain(_attribute(anchor, "title"))
    return Link(absolute(_attribute(anchor, "href"), url), title, published)


def _day(node: Tag, formats: tuple[str, ...], zone: tzinfo | None) -> Day | None:
    """A node's date: its machine-readable attribute, its text by the source's formats, then as dates are written."""
    for name in ("datetime", "content", *(("title",) if node.name == "abbr" else ())):
        day = day_of(_attribute(node, name), zone)
        if day:
            return day
    text = plain(node.get_text())
    return by_formats(text, formats) or day_of(text, zone)


def _dates_above(root: Tag, rows: list[Tag], discovery: Discovery, zone: tzinfo | None) -> list[Day | None]:
    """For each row the last date heading that stands before it in the document."""
    headings = {id(node) for node in root.select(discovery.date_above or "")}
    wanted = {id(row) for row in rows}
    days: dict[int, Day | None] = {}
    latest: Day | None = None
    for node in root.find_all(True):
        if id(node) in headings:
            latest = _day(node, discovery.date_formats, zone) or latest
        elif id(node) in wanted:
            days[id(node)] = latest
    return [days.get(id(row)) for row in rows]


def _attribute(node: Tag, name: str) -> str:
    """An attribute as text; empty where there is none (`class` and its like come as lists, which no one asks for)."""
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _followable(node: Tag) -> bool:
    href = _attribute(node, "href").strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "tel:"))


def _next_page(root: Tag, discovery: Discovery, url: str) -> str | None:
    if discovery.next_page:
        anchor = next((node for node in root.select(discovery.next_page) if _followable(node)), None)
        following = absolute(_attribute(anchor, "href"), url) if anchor else None
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
