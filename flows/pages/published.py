"""When a release was published, by the best evidence that its page gives, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo

from flows.pages.blocks import Draft
from flows.pages.dates import Day, by_formats, day_of, url_day, written_day
from flows.pages.dom import Element, select_expected, text_of
from flows.pages.metadata import PUBLISHED_KEYS, Metadata
from flows.sources.spec import SourceSpec

# Names of elements that carry a date: `dc:date`, `date-display-single`, `press-article-date`, `published`, `posted-on`
_DATED = re.compile(
    r"(?:^|[-_:\s])(?:date|dates|datepublished|published|posted|created|pubdate|release-date|submitted)", re.IGNORECASE
)
_LATER = re.compile(r"updat|modif|review|event|expire|copyright", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"teaser|related|sidebar|views-row|card|listing|recent|upcoming|latest|next|prev", re.IGNORECASE
)
_OUTSIDE = frozenset(("nav", "footer", "aside"))
# `WASHINGTON, June 5, 2014 –`, `(June 5, 2014) —`, `For Immediate Release: June 5, 2014`
_DATELINE_WITHIN = 140


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication with its basis."""

    day: Day
    basis: str


def find_published(
    root: Element,
    meta: Metadata,
    title_node: Element | None,
    url: str,
    spec: SourceSpec | None,
    zone: tzinfo | None,
    listed: date | None,
) -> Published | None:
    """The first of: the source's own selector, metadata, JSON-LD, `time`, dated text near the title, address, listing."""
    for basis, day in _candidates(root, meta, title_node, url, spec, zone, listed):
        if day is not None:
            return Published(day, basis)
    return None


def from_text(drafts: list[Draft]) -> Published | None:
    """A date line or dateline among a text's first blocks, for pages that show it nowhere else."""
    for draft in drafts[:4]:
        text = draft.text[:_DATELINE_WITHIN]
        day = written_day(text)
        if day is None or day.precision != "day":
            continue
        if len(draft.text) < 80 or _is_dateline(text):
            return Published(day, "text")
    return None


def _is_dateline(text: str) -> bool:
    """Whether an opening bears its date before a dash, as news agencies write."""
    opening = re.split(r"\s[–—-]{1,2}\s|[–—]|--", text, maxsplit=1)
    return len(opening) == 2 and len(opening[0]) < 80 and written_day(opening[0]) is not None


def _candidates(
    root: Element,
    meta: Metadata,
    title_node: Element | None,
    url: str,
    spec: SourceSpec | None,
    zone: tzinfo | None,
    listed: date | None,
) -> Iterator[tuple[str, Day | None]]:
    formats = spec.article.date_formats if spec else ()
    if spec and spec.article.date:
        for node in select_expected(root, spec.article.date, url):
            yield _node_basis(node), _node_day(node, formats, zone)
    for key in PUBLISHED_KEYS:
        if key in meta.meta:
            yield "metadata", day_of(meta.meta[key], zone)
    if meta.json_published:
        yield "json-ld", day_of(meta.json_published, zone)
    dated = list(_dated_nodes(root, title_node))
    for node in dated:
        if node.get("content"):
            yield "metadata", day_of(node.get("content"), zone)
    for node in dated:
        if node.tag == "time":
            yield "time", _node_day(node, formats, zone)
    for node in dated:
        yield "text", _node_day(node, formats, zone)
    in_url = url_day(url)
    if in_url and in_url.precision == "day":
        yield "url", in_url
    if listed is not None:
        yield "listing", Day(listed, "day")


def _dated_nodes(root: Element, title_node: Element | None) -> Iterator[Element]:
    """Elements that by tag or name carry a date, those after the title first, each of one line."""
    before, after = [], []
    passed = title_node is None
    for node in root.iter("*"):
        if node is title_node:
            passed = True
        elif _carries_date(node) and not _is_elsewhere(node):
            (after if passed else before).append(node)
    yield from after
    yield from reversed(before)


def _carries_date(node: Element) -> bool:
    if node.tag == "meta" or node.tag in ("body", "html", "script"):
        return False
    names = " ".join(node.get(key, "") for key in ("class", "id", "property", "itemprop"))
    if node.tag != "time" and not _DATED.search(names):
        return False
    return not _LATER.search(names) and bool(node.get("datetime") or node.get("content") or len(text_of(node)) <= 80)


def _is_elsewhere(node: Element) -> bool:
    """Whether the element belongs to another page's teaser, or to what stands around the release."""
    for above in (node, *node.iterancestors()):
        if above.tag in ("body", "html"):
            return False
        names = f"{above.get('class', '')} {above.get('id', '')}"
        if above.tag in _OUTSIDE or _ELSEWHERE.search(names) or _LATER.search(names):
            return True
    return False


def _node_day(node: Element, formats: tuple[str, ...], zone: tzinfo | None) -> Day | None:
    for attribute in ("datetime", "content"):
        day = day_of(node.get(attribute) or "", zone)
        if day:
            return day
    text = text_of(node)
    return by_formats(text, formats) or day_of(text, zone)


def _node_basis(node: Element) -> str:
    if node.tag == "time":
        return "time"
    return "metadata" if node.tag == "meta" or node.get("content") else "text"
