"""A page's title, without the name of the site."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from flows.pages.dom import Element, text_of
from flows.pages.junk import is_hidden
from flows.pages.metadata import TITLE_KEYS, Metadata
from flows.sources.spec import path_of

_NOT_LETTERS = re.compile(r"[\W_]+")
# ` | The White House`, ` - HUD.gov`, ` — Ministry`
_SEPARATOR = re.compile(r"\s+[|»·–—-]\s+")
_NEARLY = 0.92
_LABEL = 20  # letters up to which a heading may be a mere label: `Press releases`
_LONGEST = 400
_MANY = 200  # headings that are looked at
_OUTSIDE = frozenset(("nav", "footer", "aside"))


def find_title(root: Element, meta: Metadata, url: str) -> tuple[str, Element | None]:
    """The title, and the heading that shows it: a visible heading that the head confirms, else what the head says."""
    found = islice(root.iter("h1", "h2", "h3"), _MANY)
    headings = [node for node in found if _visible(node) and bare(text_of(node))]
    stated = meta.first(TITLE_KEYS) or meta.headline
    for declared in _declared(meta):
        node = _confirmed(headings, declared)
        if node is not None and (not stated or declared in stated or len(bare(text_of(node))) > _LABEL):
            shown = text_of(node)
            return (shown if _is_part(shown, declared) else declared), node
    if stated:
        return without_site(stated, meta.site_name), None
    main = [node for node in headings if node.tag == "h1" and not _is_site_name(text_of(node), meta)]
    if main:
        return text_of(main[-1]), main[-1]
    return without_site(meta.head_title, meta.site_name) or slug_title(url), None


def _declared(meta: Metadata) -> list[str]:
    """What the head gives as the title: for articles first, then the page's with and without the name of the site."""
    title = meta.head_title
    whole = [text for text in (meta.meta.get("og:title", ""), meta.headline, title) if text]
    return list(dict.fromkeys([*whole, *(part for part in _SEPARATOR.split(title) if len(part) > 20)]))


def _is_part(shown: str, declared: str) -> bool:
    """Whether a heading is the declared title or a part of it, not the title with a label before it."""
    return bare(shown) in bare(declared) or _nearly(bare(shown), bare(declared))


def _is_site_name(text: str, meta: Metadata) -> bool:
    """Whether a heading names the site: it is the end of the page's title, and something else stands before that."""
    parts = _SEPARATOR.split(meta.head_title)
    return bare(text) == bare(meta.site_name) or (len(parts) > 1 and bare(text) == bare(parts[-1]))


def shows_title(text: str, title: str) -> bool:
    """Whether a text is the title, whatever its punctuation, or nearly so, or the title behind a short label."""
    shown, wanted = bare(text), bare(title)
    if not shown or not wanted:
        return False
    return shown == wanted or _ends_with(shown, wanted) or _nearly(shown, wanted)


def _ends_with(text: str, wanted: str) -> bool:
    return len(wanted) > _LABEL and text.endswith(wanted) and len(text) <= len(wanted) + 30


def _nearly(left: str, right: str) -> bool:
    """Whether two long titles differ by a word or an ending only."""
    if min(len(left), len(right)) <= _LABEL or max(len(left), len(right)) > _LONGEST:
        return False
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.real_quick_ratio() >= _NEARLY and matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY


@lru_cache(maxsize=1000)
def bare(text: str) -> str:
    """Letters and digits only, in lower case."""
    return _NOT_LETTERS.sub("", text).casefold()


def without_site(title: str, site_name: str = "") -> str:
    """The title without the name of the site, which stands behind it or, where that is much shorter, before it."""
    parts = _SEPARATOR.split(title)
    if len(parts) == 1:
        return title
    if "|" in title or "»" in title:
        parts = re.split(r"\s+[|»]\s+", title)
        longest = max(parts, key=len)
        return longest if len(parts[0]) < 20 and len(longest) > 2 * len(parts[0]) else parts[0]
    tail = parts[-1]
    is_site = bare(tail) == bare(site_name) if site_name else len(tail) <= 30 and len(tail) < len(title) / 2
    return title[: title.rindex(tail)].rstrip(" »·–—-") if is_site else title


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
    """The heading that shows the declared title: all of it, its beginning, or one of them behind a short label."""
    wanted = bare(declared)
    fitting = []
    for node in headings:
        text = bare(text_of(node))
        starts = len(text) >= 8 and wanted.startswith(text) and len(text) * 3 >= len(wanted)
        if text == wanted or starts or _ends_with(text, wanted) or _nearly(text, wanted):
            fitting.append((1, len(text), node))
        elif _ends_with(wanted, text):  # behind a label; but the end may be the name of the site as well
            fitting.append((0, len(text), node))
    return max(fitting, key=lambda each: each[:2])[2] if fitting else None
