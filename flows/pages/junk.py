"""What of a page is not the release: navigation, footers, share bars, sign-up boxes, teasers, hidden text.

Tags and roles are trusted. Class names are read word by word (`block--social-share` is junk, `has-sidebar` is not), and
no rule may take away what holds most of the page's text.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from itertools import islice

from flows.pages.dom import Element, empty, text_of, words

_FURNITURE = words(
    """
    aside audio button canvas dialog embed footer head iframe input label link map menu meta nav noscript
    object script select style svg template textarea video
    """
)
_WRAPPERS = frozenset(["form", "header"])  # some sites put the whole page into one of these
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_NEVER = frozenset(["html", "body", "main", "article", "tbody", "tr", "td", "th", "p"])
_ROLES = words(
    """
    navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar
    """
)
_JUNK_WORDS = words(
    r"""
    share shares sharing share-?bar sharethis addthis addtoany social\w* breadcrumbs? newsletters? subscribe
    subscription sign-?up mailing-list get-?updates email-updates govdelivery related recirc recommended
    sidebar side-?nav cookies? consent skip-?links? skip-?nav skip-to pagination pager page-numbers
    post-navigation nav navbar navigation menu megamenu masthead footer colophon toolbar comments? disqus tags
    tag-?list byline promo advert advertisement popup modal usa-banner site-alert emergency-alert print-link
    printer feedback rating teasers? tout entry-meta post-meta article-meta page-meta page-?details node-meta meta-data
    posted-on posted-by submitted last-updated node__updated back-to-top jump-links more-news read-next
    latest-news recent-posts widget-area search-form language-switcher translate cat-links wp-block-post-terms
    wp-block-post-date wp-block-post-author
    """
)
_JUNK_NAME = re.compile(rf"(?:[\w-]*[-_])?(?:{'|'.join(sorted(_JUNK_WORDS))})(?:[-_][\w-]*)?", re.IGNORECASE)
# `has-sidebar`, `no-footer`, `page-node-12`, `one-sidebar`: names that say something of the page, not of the box
_INNOCENT_NAME = re.compile(r"(?:has|is|no|not|with|without|page-node|node-type|one|two|section|og-context)-", re.I)
_HIDDEN_NAMES = words(
    """
    hidden visually-hidden visuallyhidden sr-only usa-sr-only screen-reader-text element-invisible
    element-hidden show-for-sr govuk-visually-hidden
    """
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# `https://www.facebook.com/sharer.php?u=…`, `https://twitter.com/intent/tweet?…`, `mailto:?subject=…`
_SHARING = re.compile(
    r"facebook\.com/share|(?:twitter|x|bsky)\.(?:com|app)/(?:intent|share|home\?status)|linkedin\.com/share|^mailto:\?"
    r"|pinterest\.com/pin/create|reddit\.com/submit|api\.whatsapp\.com/send|addtoany\.com|addthis\.com",
    re.IGNORECASE,
)
_BOXES = frozenset(["div", "section", "aside", "fieldset"])
_BOX_TEXT = 300
_MANY = 50  # forms that a real page may have
_ENOUGH_TEXT = 400
_MOST = 0.5


def strip_furniture(root: Element) -> None:
    """Take out what is no text by its very tag or address: scripts, navigation, footers, controls, links that share."""
    forms = [form for form in islice(root.iter("form"), _MANY) if len(text_of(form)) <= _BOX_TEXT]
    for node in [_box_of(form) for form in forms]:
        empty(node)
    for node in list(root.iter(*_FURNITURE)):
        if _is_furniture(node):
            empty(node)
    for node in [link for link in root.iter("a") if _SHARING.search(link.get("href") or "")]:
        empty(node)


def _box_of(form: Element) -> Element:
    """The box that a form stands in with a few words of invitation; the form itself where there is no such box."""
    box = form
    for above in form.iterancestors():
        if above.tag not in _BOXES or len(text_of(above)) > _BOX_TEXT:
            break
        box = above
    return box


def prune(root: Element, keep: Container[Element], weight: dict[Element, int]) -> None:
    """Take all junk out of the tree below `root`, except what is in `keep` or holds most of the page's text."""
    limit = max(weight.get(root, 0) * _MOST, _ENOUGH_TEXT)
    for node in [node for node in root.iter("*") if node is not root and node not in keep and is_junk(node)]:
        if node.tag in _FURNITURE or weight.get(node, 0) <= limit:
            empty(node)


def _is_furniture(node: Element) -> bool:
    """Whether a node's tag says that it is no text; a button in a heading opens its section and bears its words."""
    return node.tag in _FURNITURE and not (node.tag == "button" and node.getparent().tag in _HEADINGS)


def is_junk(node: Element) -> bool:
    """Whether tag, role, class or hiding say that a node is not part of a text."""
    tag = node.tag
    if _is_furniture(node) or tag in _WRAPPERS:
        return True
    attributes = node.attrib
    if not attributes:
        return False
    if is_hidden(node):
        return True
    if tag in _NEVER:
        return False
    return attributes.get("role") in _ROLES or _names_junk(f"{attributes.get('class', '')} {attributes.get('id', '')}")


@lru_cache(maxsize=50_000)
def _names_junk(names: str) -> bool:
    return any(_JUNK_NAME.fullmatch(name) and not _INNOCENT_NAME.match(name) for name in names.split())


def is_hidden(node: Element) -> bool:
    """Whether a reader with a browser would not see the node."""
    attributes = node.attrib
    if not attributes:
        return False
    if attributes.get("aria-hidden") == "true" or attributes.get("hidden") in ("", "hidden", "true"):
        return True
    if "class" in attributes and not _HIDDEN_NAMES.isdisjoint(attributes["class"].split()):
        return True
    return "style" in attributes and _HIDDEN_STYLE.search(attributes["style"]) is not None
