"""When a release was published, by the best evidence that its page gives, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import lru_cache

from flows.pages.dates import Day, by_formats, day_of, url_day, written_day
from flows.pages.dom import Element, named, select_expected, text_of
from flows.pages.edges import Body
from flows.pages.metadata import PUBLISHED_KEYS, Metadata
from flows.sources.spec import SourceSpec

# Names of elements that carry a date: `dc:date`, `date-display-single`, `press-article-date`, `published`, `posted-on`
_DATED = re.compile(
    r"(?:^|[-_:\s])(?:dates?|datepublished|published|posted|created|pubdate|release-date|submitted)", re.IGNORECASE
)
_LATER = named("updated? modified lastmod reviewed events? expires? copyright")
_ELSEWHERE = named("teasers? related sidebar views-row cards? listing recent upcoming latest next prev(?:ious)?")
_NAMING = ("class", "id", "property", "itemprop")
_DATELESS = frozenset(["meta", "body", "html", "script", "link"])
_DATELINE_WITHIN = 140
_SHORT = 80
_LINES = 6


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication with its basis."""

    day: Day
    basis: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that may tell when a page was published. `listed` is the date that a feed or listing gave."""

    root: Element
    meta: Metadata
    title_node: Element | None
    url: str
    spec: SourceSpec | None
    zone: tzinfo | None
    listed: date | None

    @property
    def formats(self) -> tuple[str, ...]:
        """The date formats that the source declares."""
        return self.spec.article.date_formats if self.spec else ()


def find_published(evidence: Evidence) -> Published | None:
    """The first of: the source's own selector, metadata, JSON-LD, `time`, dated text near the title, address, listing.

    Where the address bears another day than the metadata and the page itself shows that other day, it is believed: some
    systems stamp the hour of typing, not the day of release.
    """
    declared = _declared(evidence)
    if declared:
        return declared
    in_url = url_day(evidence.url)
    in_url = in_url if in_url and in_url.precision == "day" else None
    in_head = _in_head(evidence)
    if in_head and in_url and in_url != in_head.day:
        in_head = _in_head(evidence, midnight_is_day=False) or in_head
    if in_head and (in_url is None or in_url.date == in_head.day.date):
        return in_head
    shown = list(_shown(evidence))
    if in_head:
        return next((each for each in shown if each.day == in_url and each.basis != "metadata"), in_head)
    if shown:
        return shown[0]
    if in_url:
        return Published(in_url, "url")
    return Published(Day(evidence.listed, "day"), "listing") if evidence.listed else None


def settle(found: Published | None, body: Body, url: str) -> Published | None:
    """The date once the text is known: a date line where nothing else told, the address where the text agrees."""
    in_url = url_day(url)
    if found is None:
        return _from_text(body) or (Published(in_url, "url") if in_url else None)
    if found.basis in ("metadata", "json-ld") and in_url and in_url.precision == "day" and in_url != found.day:
        lines = (draft.text for draft in (*body.before, *body.drafts) if len(draft.text) < 2 * _SHORT)
        if any(written_day(line) == in_url for line in lines):
            return Published(in_url, "url")
    return found


def _from_text(body: Body) -> Published | None:
    """A date line or dateline just before the text or in its first blocks, for pages that show it nowhere else."""
    for draft in reversed(body.before[-_LINES:]):
        day = written_day(draft.text) if len(draft.text) < 2 * _DATELINE_WITHIN else None
        if day and day.precision == "day":
            return Published(day, "text")
    for draft in body.drafts[:4]:
        text = draft.text[:_DATELINE_WITHIN]
        day = written_day(text)
        if day and day.precision == "day" and (len(draft.text) < _SHORT or _is_dateline(text)):
            return Published(day, "text")
    return None


def _is_dateline(text: str) -> bool:
    """Whether an opening bears its date before a dash: `ALBANY, June 5, 2014 – The agency …`."""
    opening = re.split(r"\s[–—-]{1,2}\s|[–—]|--", text, maxsplit=1)
    return len(opening) == 2 and len(opening[0]) < _SHORT and written_day(opening[0]) is not None


def _declared(evidence: Evidence) -> Published | None:
    if evidence.spec is None or evidence.spec.article.date is None:
        return None
    for node in select_expected(evidence.root, evidence.spec.article.date, evidence.url):
        day = node_day(node, evidence.formats, evidence.zone)
        if day:
            return Published(day, _basis(node))
    return None


def _in_head(evidence: Evidence, *, midnight_is_day: bool = True) -> Published | None:
    for key in PUBLISHED_KEYS:
        day = day_of(evidence.meta.meta.get(key, ""), evidence.zone, midnight_is_day=midnight_is_day)
        if day:
            return Published(day, "metadata")
    day = day_of(evidence.meta.json_published, evidence.zone, midnight_is_day=midnight_is_day)
    return Published(day, "json-ld") if day else None


def _shown(evidence: Evidence) -> Iterator[Published]:
    """The dates that elements of the page carry: machine-readable ones, then `time`, then text."""
    found = []
    for node in _dated_nodes(evidence):
        day = node_day(node, evidence.formats, evidence.zone)
        if day:
            found.append(Published(day, _basis(node)))
    yield from sorted(found, key=lambda each: ("metadata", "time", "text").index(each.basis))


def _dated_nodes(evidence: Evidence) -> Iterator[Element]:
    """Elements that by tag or name carry a date, those after the title first, then those before it from the nearest."""
    before: list[Element] = []
    after: list[Element] = []
    passed = evidence.title_node is None
    for node in evidence.root.iter("*"):
        if node is evidence.title_node:
            passed = True
        elif _carries_date(node) and not _is_elsewhere(node):
            (after if passed else before).append(node)
    yield from after
    yield from reversed(before)


def _carries_date(node: Element) -> bool:
    attributes, is_time = node.attrib, node.tag == "time"
    if not is_time and (not attributes or node.tag in _DATELESS):
        return False
    if not _names_date(" ".join([attributes.get(key, "") for key in _NAMING]), is_time):
        return False
    return bool(attributes.get("datetime") or attributes.get("content")) or len(text_of(node)) <= _SHORT


@lru_cache(maxsize=50_000)
def _names_date(names: str, is_time: bool) -> bool:
    """Whether class, id and property speak of a date that is not one of a later edit.

    WordPress marks the `time` of a page that was never edited `published updated`.
    """
    if _LATER.search(names):
        return is_time and "published" in names
    return is_time or _DATED.search(names) is not None


def _is_elsewhere(node: Element) -> bool:
    """Whether the element belongs to another page's teaser, or to what stands around the release."""
    for above in (node, *node.iterancestors()):
        tag = above.tag
        if tag in ("body", "html"):
            return False
        if tag in ("nav", "aside") or (tag == "footer" and not _inside_article(above)):
            return True
        names = f"{above.get('class', '')} {above.get('id', '')}"
        if _ELSEWHERE.search(names) or (above is not node and _LATER.search(names)):
            return True
    return False


def _inside_article(node: Element) -> bool:
    return any(above.tag == "article" for above in node.iterancestors())


def node_day(node: Element, formats: tuple[str, ...], zone: tzinfo | None) -> Day | None:
    """A node's date: its machine-readable attribute, its text by the source's formats, then as dates are written."""
    for attribute in ("datetime", "content", *(("title",) if node.tag == "abbr" else ())):
        day = day_of(node.get(attribute) or "", zone)
        if day:
            return day
    text = text_of(node)
    return by_formats(text, formats) or day_of(text, zone)


def _basis(node: Element) -> str:
    if node.tag == "time":
        return "time"
    return "metadata" if node.tag == "meta" or node.get("content") else "text"
