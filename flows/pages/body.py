"""Finds the release's own text on a page of any site.

Known containers (`field--name-body`, `entry-content`, …) are taken where the page has one with enough text in it. Elsewhere
the text decides: from the page's main region downwards as long as one child holds nearly all unlinked text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.pages.blocks import Draft, collect
from flows.pages.dates import written_day
from flows.pages.dom import Element, select
from flows.pages.junk import prune
from flows.pages.titles import same_title

# Class names that content systems give to the body of an article: `field--name-field-pr-body`, `field-name-body`,
# `field-name-field-transcript`, `entry-content`, `article-body`, `govspeak`
_CONTAINER = re.compile(
    r"^(?:field-{1,2}name-(?:field-)?(?:[\w-]+-)?(?:body|transcript|text|content)(?:-text)?"
    r"|(?:entry|post|article|story|news|release|press-release|page|single|node)[-_]{1,2}(?:content|body|text)(?:[-_]{1,2}inner)?"
    r"|wp-block-post-content|body-content|content-body|main-text|govspeak|gem-c-govspeak|articlebody|article__body|node__content)$",
    re.IGNORECASE,
)
_TEASER = re.compile(r"teaser|summary|related|sidebar|card|listing|views-row|tout", re.IGNORECASE)
_REGIONS = "main, [role=main], article, [itemprop=articleBody], #main-content, #content, #main"
_CONTAINER_SHARE = 0.5
_DESCENT_SHARE = 0.88
_NESTED_SHARE = 0.6

# Lines around a release that are no part of it, each the whole of a short block
_LETTERHEAD = re.compile(
    r"^(?:for\s+immediate\s+release|news\s+release|press\s+release|immediate\s+release|the\s+white\s+house|office\s+of\s+the\s+"
    r"press\s+secretary|office\s+of\s+(?:public|communications)[\w ]*|\W*(?:share|print|email|tweet|facebook|twitter|linkedin|x|download)"
    r"\W*|by:?\s+[\w.' -]{3,60}|posted\s+(?:by|on)\b.*|(?:published|posted|updated|last\s+updated|release\s+date|date|released)\s*:.*)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"^(?:\W*(?:share|print|email|tweet|facebook|twitter|linkedin|return to top|back to top|top|next|previous)\W*"
    r"|(?:last\s+)?(?:updated|reviewed|modified)\s*:?\s.{0,60}|(?:topics?|tags?|filed under|categories|related\b.*|share this.*"
    r"|print this.*|press release number|component\(?s?\)?)\s*:?.{0,60})$",
    re.IGNORECASE,
)


def weigh(root: Element) -> dict[Element, int]:
    """For each element the number of characters of text below it that are in no link, counted once from the leaves up."""
    nodes = list(root.iter("*"))
    weight: dict[Element, int] = dict.fromkeys(nodes, 0)
    for node in reversed(nodes):
        own = 0 if node.tag in ("a", "script", "style", "noscript", "option") else len((node.text or "").strip())
        if node.tag in ("a", "script", "style", "noscript", "option"):
            weight[node] = 0
        else:
            weight[node] += own
        parent = node.getparent()
        if parent is not None and parent in weight:
            weight[parent] += weight[node] + len((node.tail or "").strip())
    return weight


def find_body(root: Element, title: str) -> list[Draft]:
    """The blocks of the release on a page whose shape no one declared. The tree is pruned on the way."""
    page = next(root.iter("body"), root)
    containers = _known_containers(page)
    prune(page, _ancestors([*containers, *select(page, "main")]), weigh(page))
    weight = weigh(page)
    containers = _narrowest([node for node in containers if weight.get(node) and _attached(node, page)], weight)
    region = _region(page, weight)
    held = sum(weight[node] for node in containers)
    if containers and held >= _CONTAINER_SHARE * weight[region]:
        return trim(collect(containers), title)
    return trim(_after_title(collect([_descend(region, weight)]), title), title)


def read_containers(containers: list[Element], drop: Iterable[Element], title: str) -> list[Draft]:
    """The blocks of the containers that a source declares, without what it drops and without junk inside them."""
    for node in drop:
        if node.getparent() is not None:
            node.drop_tree()
    for container in containers:
        prune(container, (), weigh(container))
    return trim(collect(_outermost(containers)), title)


def _known_containers(page: Element) -> list[Element]:
    found = []
    for node in page.iter("div", "section", "article", "main", "span"):
        if node.get("itemprop") == "articleBody" or any(
            _CONTAINER.match(name) for name in node.get("class", "").split()
        ):
            if not any(_TEASER.search(above.get("class", "")) for above in _self_and_above(node, page)):
                found.append(node)
    return found


def _self_and_above(node: Element, page: Element) -> Iterable[Element]:
    while node is not None and node is not page:
        yield node
        node = node.getparent()


def _ancestors(nodes: Iterable[Element]) -> set[Element]:
    """The nodes and all elements around them."""
    around: set[Element] = set()
    for node in nodes:
        while node is not None and node not in around:
            around.add(node)
            node = node.getparent()
    return around


def _attached(node: Element, page: Element) -> bool:
    while node is not None:
        if node is page:
            return True
        node = node.getparent()
    return False


def _narrowest(nodes: list[Element], weight: dict[Element, int]) -> list[Element]:
    """Without those that only wrap others, then the outermost of what is left."""
    kept = []
    for node in nodes:
        inside = sum(weight[each] for each in _outermost([each for each in nodes if each in set(node.iterdescendants())]))
        if inside < _NESTED_SHARE * weight[node]:
            kept.append(node)
    return _outermost(kept)


def _outermost(nodes: list[Element]) -> list[Element]:
    chosen = set(nodes)
    return [node for node in nodes if not any(above in chosen for above in node.iterancestors())]


def _region(page: Element, weight: dict[Element, int]) -> Element:
    """The main region: the smallest marked one that still holds half of the page's text."""
    candidates = [node for node in select(page, _REGIONS) if weight.get(node, 0) * 2 >= weight[page] > 0]
    return candidates[-1] if candidates else page


def _descend(region: Element, weight: dict[Element, int]) -> Element:
    """The deepest element that still holds nearly all unlinked text of the region."""
    node = region
    while True:
        heavy = max((child for child in node if child in weight), key=lambda child: weight[child], default=None)
        if heavy is None or weight[heavy] < _DESCENT_SHARE * weight[node] or heavy.tag in ("p", "ul", "ol", "table"):
            return node
        node = heavy


def _after_title(drafts: list[Draft], title: str) -> list[Draft]:
    """What follows the title, where the title stands before most of the text."""
    total = sum(len(draft.text) for draft in drafts)
    before = 0
    for number, draft in enumerate(drafts):
        if draft.kind == "heading" and same_title(draft.text, title):
            return drafts[number + 1 :]
        before += len(draft.text)
        if before > total * 0.4:
            break
    return drafts


def trim(drafts: list[Draft], title: str) -> list[Draft]:
    """The blocks without letterhead, date line, byline and share bar at the ends."""
    start, end = 0, len(drafts)
    while start < end and _is_letterhead(drafts[start], title):
        start += 1
    while end > start and _is_tail(drafts[end - 1]):
        end -= 1
    return drafts[start:end]


def _is_letterhead(draft: Draft, title: str) -> bool:
    text = draft.text
    if len(text) > 200:
        return False
    if same_title(text, title) or _LETTERHEAD.match(text):
        return True
    return _is_date_line(text) or (draft.link_share > 0.9 and len(text) < 40)


def _is_date_line(text: str) -> bool:
    """A block that gives a date and nothing else."""
    if len(text) > 60 or written_day(text) is None:
        return False
    return (
        len(re.sub(r"\d+|\b(?:[A-Z][a-z]+day|[A-Z][a-z]{2,8}|at|am|pm|AM|PM|ET|EST|EDT|st|nd|rd|th)\b|[^\w]", "", text))
        == 0
    )


def _is_tail(draft: Draft) -> bool:
    text = draft.text
    return len(text) < 100 and draft.kind != "table_row" and _TAIL.match(text) is not None
