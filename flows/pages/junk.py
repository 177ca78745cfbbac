"""What of a page is not the release: navigation, footers, share bars, sign-up boxes, teasers, hidden text.

Tags and roles are trusted; class names are read word by word (`block--social-share` is junk, `has-sidebar` is not), and no
rule may take away what holds the release itself.
"""

from __future__ import annotations

import re
from collections.abc import Container

from flows.pages.dom import Element

_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "button",
        "select",
        "textarea",
        "input",
        "label",
        "nav",
        "footer",
        "aside",
        "dialog",
        "menu",
        "audio",
        "video",
        "map",
        "head",
        "link",
        "meta",
        "form",
    ]
)
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
    ]
)
# Tags that a site may well have put around the release.
_WRAPPERS = frozenset(["form", "header"])
_NEVER = frozenset(["html", "body", "main", "article", "tbody", "tr", "td", "th", "p"])
_WORDS = (
    "share|shares|sharing|share-?bar|sharethis|addthis|addtoany|social|breadcrumbs?|newsletters?|subscribe|subscription|sign-?up|"
    "signup|mailing-list|get-?updates|email-updates|govdelivery|related|recirc|recommended|sidebar|sidenav|side-nav|cookies?|"
    "consent|skip-?links?|skip-?nav|skip-to|pagination|pager|page-numbers|post-navigation|nav|navbar|navigation|menu|megamenu|"
    "masthead|footer|colophon|toolbar|comments?|disqus|tags|tag-list|taglist|byline|promo|advert|advertisement|popup|modal|"
    "usa-banner|site-alert|emergency-alert|print-link|printer|feedback|rating|teaser|teasers|tout|entry-meta|post-meta|"
    "article-meta|page-meta|node-meta|meta-data|posted-on|posted-by|submitted|last-updated|node__updated|back-to-top|screen-only|"
    "jump-links|more-news|read-next|latest-news|recent-posts|widget-area|search-form|language-switcher|translate|cat-links|"
    "wp-block-post-terms|wp-block-post-date|wp-block-post-author"
)
_JUNK_TOKEN = re.compile(rf"^(?:[\w-]*[-_])?(?:{_WORDS})(?:[-_][\w-]*)?$", re.IGNORECASE)
_INNOCENT_TOKEN = re.compile(
    r"^(?:has|is|no|not|with|without|page-node|node-type|one|two|section|og-context)-", re.IGNORECASE
)
_HIDDEN_TOKENS = frozenset(
    [
        "hidden",
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "usa-sr-only",
        "screen-reader-text",
        "element-invisible",
        "element-hidden",
        "show-for-sr",
        "govuk-visually-hidden",
        "a11y-hidden",
    ]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LARGE = 0.5


def prune(root: Element, keep: Container[Element], weight: dict[Element, int]) -> None:
    """Take all junk out of the tree below `root`, except what holds an element of `keep` or half of the page's text."""
    total = weight.get(root, 0)
    doomed = [
        node
        for node in root.iter("*")
        if node is not root and node not in keep and is_junk(node) and not _too_large(node, weight, total)
    ]
    for node in doomed:
        parent = node.getparent()
        if parent is not None:
            node.drop_tree()


def is_junk(node: Element) -> bool:
    """Whether tag, role, class or hiding say that a node is not part of a text."""
    tag = node.tag
    if tag in _TAGS or tag == "header":
        return True
    if tag in _NEVER:
        return is_hidden(node)
    attributes = node.attrib
    if not attributes:
        return False
    if attributes.get("role") in _ROLES or is_hidden(node):
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    return any(_JUNK_TOKEN.match(name) and not _INNOCENT_TOKEN.match(name) for name in names)


def is_hidden(node: Element) -> bool:
    """Whether a reader with a browser would not see the node."""
    attributes = node.attrib
    if not attributes:
        return False
    if attributes.get("aria-hidden") == "true" or attributes.get("hidden") in ("", "hidden", "true"):
        return True
    if not _HIDDEN_TOKENS.isdisjoint(attributes.get("class", "").split()):
        return True
    return "style" in attributes and _HIDDEN_STYLE.search(attributes["style"]) is not None


def _too_large(node: Element, weight: dict[Element, int], total: int) -> bool:
    """A `<form>` around a whole page, or a class name that only sounds like junk, must not swallow the release."""
    if node.tag in _TAGS - _WRAPPERS:
        return False
    return total > 400 and weight.get(node, 0) > total * _LARGE
