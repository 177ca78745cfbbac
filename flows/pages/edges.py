"""Lines around a release's text that are no part of it: letterhead, date line, byline, share bar, "last updated"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.pages.blocks import BOLD_LEVEL, Draft
from flows.pages.dates import written_day
from flows.pages.titles import bare, shows_title

# Whole short blocks before the text. A sentence may begin with the same words (`By 2030 the city …`), so a byline is
# made of names alone.
_OPENING = (
    r"for\s+immediate\s+release|(?:news|press|immediate)\s+release",
    r"the\s+white\s+house|office\s+of\s+the\s+press\s+secretary|office\s+of\s+(?:public|communications)[\w ]*",
    r"posted\s+(?:by|on)\b[^.]*",
    r"(?:published|posted|(?:last\s+)?updated|release\s+date|date|released)\s*:.*",
    r"\W*(?:share|print|email|tweet|facebook|twitter|linkedin|x|download)\W*",
)
_BYLINE = re.compile(r"[Bb][Yy]:?(?:\s+(?:(?-i:[A-Z])[\w.'’-]*|and|the|of)){1,8}")
_COMMON_WORD = re.compile(r"\b[a-z]{4,}\b")  # what sentences are made of and lines of names and dates are not
# Whole short blocks after the text
_CLOSING = (
    r"\W*(?:share|print|email|tweet|facebook|twitter|linkedin|(?:return |back )?to top|next|previous)\W*",
    r"(?:topics?|tags?|filed under|categories)\s*:.*|(?:share|print) this (?:page|release|article|story)\W*",
    r"related (?:links?|content|articles?|news|stories|topics?|information|resources|materials|documents?)\W*",
)
_LETTERHEAD = re.compile("|".join(_OPENING), re.IGNORECASE)
_TAIL = re.compile("|".join(_CLOSING), re.IGNORECASE)
# `Last updated: May 5, 2016`, `Content archived February 9, 2017`; with nothing but the day behind it
_LATER_EDIT = re.compile(
    r"(?:(?:last|date|content)\s+)?(?:updated|reviewed|modified|revised|archived)\b.{0,40}\d\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Body:
    """A release's blocks, and the lines that stood before them: a date may be among those."""

    drafts: list[Draft]
    before: list[Draft]


def trim(drafts: list[Draft], title: str, *, exact: bool) -> Body:
    """The blocks without what stands at both ends and is no part of the text.

    In an `exact` container all that stands there was written as the text, so only letterhead and the title's repeat go;
    unless it holds the page's own heading, with what stands around such a heading.
    """
    start, end = 0, len(drafts)
    heading = _heading_of_page(drafts, title, bold_too=not exact)
    if heading is not None:
        start, exact = heading + 1, False
    while start < end and (_is_letterhead(drafts[start], title) or (not exact and _is_beside(drafts[start]))):
        start += 1
    while end > start and (_is_tail(drafts[end - 1]) or (not exact and _is_all_links(drafts[end - 1]))):
        end -= 1
    return Body(drafts[start:end], drafts[:start])


def _heading_of_page(drafts: list[Draft], title: str, *, bold_too: bool) -> int | None:
    """Where the title stands as a heading before most of the text."""
    total = sum(len(draft.text) for draft in drafts if not _is_all_links(draft))
    before = 0
    for number, draft in enumerate(drafts):
        if draft.kind == "heading" and (bold_too or draft.level != BOLD_LEVEL) and shows_title(draft.text, title):
            return number
        before += 0 if _is_all_links(draft) else len(draft.text)
        if before > total * 0.4:
            return None
    return None


def _is_letterhead(draft: Draft, title: str) -> bool:
    text = draft.text
    if bare(text) == bare(title):
        return True
    return len(text) <= 100 and bool(_LETTERHEAD.fullmatch(text) or _BYLINE.fullmatch(text))


def _is_beside(draft: Draft) -> bool:
    """A line with the date that is no sentence, links alone, or the page's own first heading: a name of its section."""
    if draft.kind == "heading":
        return draft.level == 1
    return _is_all_links(draft) or _is_date_line(draft.text)


def _is_date_line(text: str) -> bool:
    """A line with a date and at most a few names beside it."""
    if len(text) > 100 or text[-1] in ".!?:" or len(_COMMON_WORD.findall(text)) > 1:
        return False
    return written_day(text) is not None


def _is_all_links(draft: Draft) -> bool:
    """A menu, a crumb of the path, a category."""
    return draft.link_share > 0.6


def _is_tail(draft: Draft) -> bool:
    text = draft.text
    if len(text) > 100 or draft.kind == "table_row":
        return False
    return bool(_TAIL.fullmatch(text) or (_LATER_EDIT.fullmatch(text) and written_day(text)))
