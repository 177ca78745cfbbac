"""One page of bytes to one `Page`: title, date with basis and precision, language, canonical URL, body blocks."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from urllib.parse import urljoin

from flows.pages.blocks import Draft, place
from flows.pages.body import find_body, read_containers
from flows.pages.charset import decode, mend
from flows.pages.dates import zone_for
from flows.pages.dom import Element, parse_html, refuse_binary, select, select_expected, text_of
from flows.pages.edges import Body
from flows.pages.errors import PageError, PageShapeError
from flows.pages.junk import strip_furniture
from flows.pages.metadata import Metadata, read_metadata
from flows.pages.published import Evidence, find_published, settle
from flows.pages.titles import find_title
from flows.sources.spec import Count, Selection, Shape, SourceSpec, host_of, path_of
from warehouse.records import Page

_TAG = re.compile(r"<[a-zA-Z!/]")
# Where each shape keeps a release's text. All matches count, in their order on the page.
SHAPE_BODIES: dict[Shape, str] = {
    "wordpress": "section.body-content, .entry-content, .wp-block-post-content",
    "drupal": (
        ".field--name-field-pr-body, .field--name-body, .field-name-body, .field--name-field-body, "
        ".field-name-field-body, .field-name-field-forall-body, .field-name-field-transcript, .field_body"
    ),
    "govuk": ".govspeak",
}


def read_page(
    html: bytes,
    url: str,
    spec: SourceSpec | None = None,
    content_type: str | None = None,
    listed: date | None = None,
) -> Page:
    """Read one saved page.

    With a `spec` its shape must fit: a selection that gives another number of nodes than declared raises
    `PageShapeError`. Without one, any official page is read as well as can be. `listed` is the date that a feed or
    listing gave. Bytes that are no page at all raise `PageError`; nothing else is ever raised.
    """
    refuse_binary(html, url)
    root = parse_html(_marked_up(decode(html, content_type), url), url)
    meta = read_metadata(root)
    canonical = _canonical(meta, url, spec)
    address = url or canonical
    title, title_node = _title(root, meta, address, spec)
    evidence = Evidence(root, meta, title_node, address, spec, zone_for(spec, address), listed)
    published = find_published(evidence)
    body = _body(root, title, title_node, address, spec)
    published = settle(published, body, address)
    repaired = _mend_all(body.drafts)
    title, title_repaired = mend(title)
    text, blocks = place(body.drafts)
    if not title and not text:
        raise PageError("no-content", url, "holds no title and no text")
    return Page(
        url=spec.to_public(url) if spec else url,
        canonical_url=canonical,
        title=title,
        published=published.day.date if published else None,
        published_basis=published.basis if published else None,
        published_precision=published.day.precision if published else None,
        language=meta.language,
        text=text,
        blocks=blocks,
        repaired=repaired or title_repaired,
    )


def _marked_up(text: str, url: str) -> str:
    """Plain text as paragraphs parted by its blank lines; anything with a tag in it as it is."""
    if _TAG.search(text):
        return text
    if text.lstrip()[:1] in ("{", "["):
        raise PageError("not-html", url, "is not HTML but data such as JSON")
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text))


def _title(root: Element, meta: Metadata, url: str, spec: SourceSpec | None) -> tuple[str, Element | None]:
    if spec and spec.article.title:
        node = next(iter(select_expected(root, spec.article.title, url)), None)
        if node is not None:
            return text_of(node), node
    return find_title(root, meta, url)


def _body(root: Element, title: str, title_node: Element | None, url: str, spec: SourceSpec | None) -> Body:
    strip_furniture(root)
    article = spec.article if spec else None
    if article is None or (article.body is None and article.shape not in SHAPE_BODIES):
        body = find_body(root, title, title_node)
    else:
        selection = article.body or Selection(SHAPE_BODIES[article.shape], Count(1, None))
        containers = select_expected(root, selection, url)
        body = read_containers(containers, _dropped(root, article.drop), title)
    if article is not None and not body.drafts:
        raise PageShapeError("text of the body", url, 0)
    return body


def _dropped(root: Element, selectors: tuple[str, ...]) -> list[Element]:
    return [node for css in selectors for node in select(root, css)]


def _canonical(meta: Metadata, url: str, spec: SourceSpec | None) -> str:
    """The page's canonical address if its host belongs to the source; a front page is never a release's address."""
    own = spec.to_public(url) if spec else url
    if not meta.canonical:
        return own
    try:
        declared = urljoin(own, meta.canonical)
    except ValueError:
        return own
    if spec:
        declared = spec.to_public(declared)
    belongs = spec.owns(declared) if spec else not own or host_of(declared) == host_of(own)
    is_front = path_of(declared) in ("", "/") and path_of(own) not in ("", "/")
    return declared if belongs and host_of(declared) and not is_front else own


def _mend_all(drafts: list[Draft]) -> bool:
    repaired = False
    for draft in drafts:
        draft.text, changed = mend(draft.text)
        repaired = repaired or changed
    return repaired
