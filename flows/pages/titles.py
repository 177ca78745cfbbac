"""A page's title, without the name of the site."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from urllib.parse import unquote

from flows.pages.dom import Element, text_of
from flows.pages.junk import is_hidden
from flows.pages.metadata import TITLE_KEYS, Metadata
from flows.sources.spec import path_of

_NOT_LETTERS = re.compile(r"[\W_]+")
# ` | The White House`, ` - HUD.gov`, ` — Ministry`
_SITE_SUFFIX = re.compile(r"\s+[|–—»·-]\s+")
_HEADINGS = ("h1", "h2")
_NEARLY = 0.92
_OUTSIDE = frozenset(("nav", "footer", "aside"))


def find_title(root: Element, meta: Metadata, url: str) -> tuple[str, Element | None]:
    """The title, and the heading that shows it: a visible heading that the head confirms, else what the head says."""
    headings = [node for node in root.iter(*_HEADINGS) if _visible(node)]
    declared = [text for text in (meta.first(TITLE_KEYS[:1]), meta.headline, meta.head_title) if text]
    for text in declared:
        node = _confirmed(headings, text)
        if node is not None:
            return text_of(node), node
    for text in (meta.first(TITLE_KEYS), meta.headline):
        if text:
            return without_site(text, meta.site_name), None
    first = [node for node in headings if node.tag == "h1" and text_of(node)]
    if len(first) == 1 or (first and not meta.head_title):
        return text_of(first[-1]), first[-1]
    if meta.head_title:
        return without_site(meta.head_title, meta.site_name), None
    return slug_title(url), None


def same_title(text: str, title: str) -> bool:
    """Whether two texts are the same title, whatever their punctuation, or nearly so."""
    left, right = bare(text), bare(title)
    if not left or not right:
        return False
    return left == right or _nearly(left, right)


def _nearly(left: str, right: str) -> bool:
    """Whether two long titles differ by a word or an ending only."""
    if min(len(left), len(right)) <= 20:
        return False
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.real_quick_ratio() >= _NEARLY and matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY


def bare(text: str) -> str:
    """Letters and digits only, in lower case."""
    return _NOT_LETTERS.sub("", text).casefold()


def without_site(title: str, site_name: str = "") -> str:
    """The title without the name of the site behind it: the parts after the last bars or dashes that are short."""
    parts = _SITE_SUFFIX.split(title)
    if len(parts) == 1:
        return title
    if "|" in title or "»" in title:
        return re.split(r"\s+[|»]\s+", title)[0]
    tail = parts[-1]
    is_site = bare(tail) == bare(site_name) if site_name else len(tail) <= 30 and len(tail) < len(title) / 2
    return title[: title.rindex(tail)].rstrip(" |–—»·-") if is_site else title


def slug_title(url: str) -> str:
    """A title from the address, where the page itself has none: `…/new-park-opens--2` is `New park opens`."""
    path = unquote(path_of(url)).rstrip("/")
    slug = re.sub(r"\.\w{2,5}$", "", path.rsplit("/", 1)[-1])
    slug = re.sub(r"-{2}\d+$", "", slug)
    slug = re.sub(r"^(?:[a-z]+-)?\d{8}-", "", slug)
    words = _NOT_LETTERS.sub(" ", slug).strip()
    return words[:1].upper() + words[1:]


def _visible(node: Element) -> bool:
    return not is_hidden(node) and not any(above.tag in _OUTSIDE or is_hidden(above) for above in node.iterancestors())


def _confirmed(headings: list[Element], declared: str) -> Element | None:
    """The longest heading with which the declared title begins (the rest is the name of the site), or nearly agrees."""
    wanted = bare(declared)
    fitting = []
    for node in headings:
        text = bare(text_of(node))
        starts = len(text) >= 8 and wanted.startswith(text) and len(text) * 3 >= len(wanted)
        if text and (text == wanted or starts or _nearly(text, wanted)):
            fitting.append((len(text), node))
    return max(fitting, key=lambda each: each[0])[1] if fitting else None
