"""What a page says of itself in its head: meta tags, JSON-LD, canonical link, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flows.pages.dom import Element, plain, text_of

MAX_JSON_LD = 500_000
# Keys that tell of the first publication, best first; keys about later edits (`modified`, …) are never among them.
PUBLISHED_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "govuk:first-published-at",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publication-date",
    "publish_date",
    "publish-date",
    "pubdate",
    "article.published",
    "article_date_original",
    "release_date",
    "date",
)
TITLE_KEYS = ("og:title", "twitter:title", "dcterms.title", "dc.title")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of a page: `meta` by lower-case key, the first non-empty value of each."""

    meta: dict[str, str]
    head_title: str
    canonical: str
    language: str | None
    headline: str
    json_published: str
    site_name: str

    def first(self, keys: tuple[str, ...]) -> str:
        """The value of the first of the keys that the page has."""
        return next((self.meta[key] for key in keys if self.meta.get(key)), "")


def read_metadata(root: Element) -> Metadata:
    """All that the head says, read in one pass."""
    meta: dict[str, str] = {}
    canonical = head_title = ""
    headline = json_published = ""
    for node in root.iter("meta", "link", "title", "script"):
        if node.tag == "meta":
            _add_meta(meta, node)
        elif node.tag == "link" and "canonical" in (node.get("rel") or "").lower().split():
            canonical = canonical or plain(node.get("href"))
        elif node.tag == "title" and not head_title:
            head_title = text_of(node)
        elif node.tag == "script" and "ld+json" in (node.get("type") or ""):
            for item in _json_items(node.text or ""):
                headline = headline or _string(item.get("headline"))
                json_published = json_published or _string(item.get("datePublished"))
    return Metadata(
        meta=meta,
        head_title=head_title,
        canonical=canonical or meta.get("og:url", ""),
        language=_language(root, meta),
        headline=plain(headline),
        json_published=json_published,
        site_name=meta.get("og:site_name", ""),
    )


def _add_meta(meta: dict[str, str], node: Element) -> None:
    """Some sites write `value` for `content`, or swap `name` and `property`."""
    key = (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "").lower()
    value = plain(node.get("content") or node.get("value"))
    if key and value:
        meta.setdefault(key.replace(":", ".", 1) if key.startswith(("dc:", "dcterms:")) else key, value)


def _json_items(text: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block, also inside `@graph` and lists, articles before anything else."""
    if len(text) > MAX_JSON_LD:
        return
    try:
        found = json.loads(re.sub(r"[\x00-\x1f]", " ", text))
    except (ValueError, RecursionError):
        return
    queue: list[Any] = [found]
    items: list[dict[str, Any]] = []
    while queue and len(items) < 200:
        each = queue.pop(0)
        if isinstance(each, list):
            queue.extend(each)
        elif isinstance(each, dict):
            items.append(each)
            queue.extend(each.get("@graph") or [] if isinstance(each.get("@graph"), list) else [])
    yield from sorted(items, key=lambda item: "article" not in str(item.get("@type")).lower())


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _language(root: Element, meta: dict[str, str]) -> str | None:
    """The page's main language as two or three letters."""
    html_node = root if root.tag == "html" else next(root.iter("html"), root)
    declared = (
        html_node.get("lang") or html_node.get("xml:lang") or meta.get("content-language") or meta.get("og:locale")
    )
    found = re.match(r"[a-zA-Z]{2,3}(?=$|[-_,])", declared or "")
    return found[0].lower() if found else None
