"""Finds the release's own text on a page of any site.

Known containers (`field--name-body`, `entry-content`, …) are taken where the page has one with enough text in it.
Elsewhere the text decides: from the page's main region downwards, as long as one child holds nearly all unlinked text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from flows.pages.blocks import collect
from flows.pages.dom import Element, empty, named, select
from flows.pages.edges import Body, trim
from flows.pages.junk import prune

# Class names that content systems give to the text of an article and to nothing else
_CONTAINER = re.compile(
    "|".join(
        (
            # `field--name-field-pr-body`, `field-name-body`, `field-name-field-transcript`
            r"field-{1,2}name-(?:field-)?(?:[\w-]+-)?(?:body|transcript|text|content)(?:-text)?|field_body",
            # `entry-content`, `article__body`, `press-release-text`
            r"(?:entry|post|article|story|news|release|press-release)[-_]{1,2}(?:content|body|text)",
            r"wp-block-post-content|body-content|govspeak|gem-c-govspeak|articlebody|doc-content(?:-area)?",
        )
    ),
    re.IGNORECASE,
)
# Names that stand around the text as often as around a whole page
_WRAPPER = re.compile(
    r"(?:page|single|node|main)[-_]{1,2}(?:content|body|text)|content-body|body|content|main-content", re.IGNORECASE
)
_TEASER = named("teasers? related sidebar cards? listing views-row tout")
_REGIONS = "main, [role=main], article, [itemprop=articleBody], #main-content, #content, #main"
_UNWEIGHED = frozenset(["a", "script", "style", "noscript", "option"])
_CONTAINER_SHARE = 0.2  # of the region's text that known containers must hold to be believed
_NESTED_SHARE = 0.4  # of a container's text that nested ones must hold to take its place
_DESCENT_SHARE = 0.88  # of an element's text that one child must hold to go on with it


def weigh(root: Element) -> dict[Element, int]:
    """For each element how many characters of text below it stand in no link."""
    nodes = list(root.iter("*"))
    weight: dict[Element, int] = dict.fromkeys(nodes, 0)
    for node in reversed(nodes):
        if node.tag in _UNWEIGHED:
            weight[node] = 0
        elif node.text:
            weight[node] += len(node.text.strip())
        parent = node.getparent()
        if parent is not None and node is not root:
            weight[parent] += weight[node] + (len(node.tail.strip()) if node.tail else 0)
    return weight


def find_body(root: Element, title: str, heading: Element | None = None) -> Body:
    """The blocks of the release on a page whose shape no one declared. The tree is pruned on the way.

    `heading` is the node that shows the title, where one does: what is around it is no junk, whatever its name.
    """
    page = next(root.iter("body"), root)
    containers, wrappers = _boxes(page, _names_container), _boxes(page, _names_wrapper)
    keep = _with_ancestors([*containers, *wrappers, *select(page, "main"), *([heading] if heading is not None else [])])
    prune(page, {node for node in keep if node.tag != "header"}, weigh(page))
    weight = weigh(page)
    region = _region([*wrappers, *select(page, _REGIONS)], page, weight)
    containers = _of_one_article(_narrowest([node for node in containers if weight.get(node)], weight), weight)
    if containers and sum(weight[node] for node in containers) >= _CONTAINER_SHARE * weight[region]:
        return trim(collect(containers), title, exact=True)
    return trim(collect([_descend(region, weight)]), title, exact=False)


def read_containers(containers: list[Element], drop: Iterable[Element], title: str) -> Body:
    """The blocks of the containers that a source declares, without what it drops and without junk inside them."""
    for node in drop:
        empty(node)
    for container in containers:
        prune(container, (), weigh(container))
    return trim(collect(_outermost(containers)), title, exact=True)


def _boxes(page: Element, names_it: Callable[[str], bool]) -> list[Element]:
    """The boxes whose class is such a name, outside other releases' teasers."""
    return [
        node
        for node in page.iter("div", "section", "article", "main", "span")
        if names_it(node.get("class", "") if node.get("itemprop") != "articleBody" else "articlebody")
        and not any(_TEASER.search(above.get("class", "")) for above in _up_to(node, page))
    ]


@lru_cache(maxsize=50_000)
def _names_container(names: str) -> bool:
    return any(_CONTAINER.fullmatch(name) for name in names.split())


@lru_cache(maxsize=50_000)
def _names_wrapper(names: str) -> bool:
    return any(_WRAPPER.fullmatch(name) for name in names.split())


def _up_to(node: Element, page: Element) -> Iterable[Element]:
    """The node and what is around it, below the page."""
    while node is not None and node is not page:
        yield node
        node = node.getparent()


def _with_ancestors(nodes: Iterable[Element]) -> set[Element]:
    around: set[Element] = set()
    for node in nodes:
        while node is not None and node not in around:
            around.add(node)
            node = node.getparent()
    return around


def _narrowest(nodes: list[Element], weight: dict[Element, int]) -> list[Element]:
    """Without those that only wrap others, then the outermost of what is left."""
    chosen = set(nodes)
    nested: dict[Element, int] = dict.fromkeys(nodes, 0)
    for node in nodes:
        around = next((above for above in node.iterancestors() if above in chosen), None)
        if around is not None:
            nested[around] += weight[node]
    return _outermost([node for node in nodes if nested[node] < _NESTED_SHARE * weight[node]])


def _of_one_article(nodes: list[Element], weight: dict[Element, int]) -> list[Element]:
    """Those in the `article` of the heaviest one: below a release, its site may show other articles' beginnings."""
    articles = {node: next(node.iterancestors("article"), None) for node in nodes}
    heaviest = max(nodes, key=lambda node: weight[node], default=None)
    return [node for node in nodes if articles[node] is articles.get(heaviest)]


def _outermost(nodes: list[Element]) -> list[Element]:
    chosen = set(nodes)
    return [node for node in nodes if not any(above in chosen for above in node.iterancestors())]


def _region(marked: list[Element], page: Element, weight: dict[Element, int]) -> Element:
    """The main region: of the boxes marked as such and holding half of the page's text the one with the least else."""
    candidates = [node for node in marked if weight.get(node, 0) * 2 >= weight[page] > 0]
    return min(candidates, key=lambda node: weight[node], default=page)


def _descend(region: Element, weight: dict[Element, int]) -> Element:
    """The deepest element that still holds nearly all unlinked text of the region."""
    node = region
    while True:
        heavy = max((child for child in node if child in weight), key=lambda child: weight[child], default=None)
        if heavy is None or heavy.tag in ("p", "ul", "ol") or weight[heavy] < _DESCENT_SHARE * weight[node]:
            return node
        node = heavy
