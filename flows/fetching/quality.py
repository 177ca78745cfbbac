"""Whether an answer with status 200 is a page at all: block pages, empty pages, soft 404s, things that are not HTML.

A rough look at the bytes, without parsing: it must be cheap, and it must hold for pages that no parser likes. Each sign
adds to a score; a page is refused at 1.0. Marker words alone never refuse a long page: releases speak of access denied,
of captchas and of pages not found.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from warehouse.records import Quality

REFUSED = 1.0
LOOK_AT = 200_000
"""Bytes that are looked at: signs stand early, and huge pages must not cost time."""
SHORT, VERY_SHORT = 1_500, 400
"""Characters of visible text: an error page rarely has more than SHORT, a release rarely fewer than VERY_SHORT."""
TITLE = 100
"""Characters of a title: error pages speak briefly."""

_BLOCK_SAYS = (
    r"access denied",
    r"attention required",
    r"just a moment",
    r"request (?:rejected|blocked|unsuccessful)",
    r"are you (?:a )?(?:human|robot)",
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"checking your browser",
    r"enable javascript",
    r"captcha",
    r"unusual traffic",
    r"you have been blocked",
    r"403 forbidden",
    r"pardon our interruption",
    r"bot (?:detection|protection)",
    r"incapsula",
    r"ray id",
    r"reference #[\da-f.]+",
    r"incident id",
    r"too many requests",
    r"(?:service|temporarily) unavailable",
    r"under maintenance",
    r"the request could not be satisfied",
    r"error 5\d\d",
    r"bad gateway",
    r"gateway time-?out",
)
_MISSING_SAYS = (
    r"(?:page|file|content|document|resource)[\w\s,'’]{0,40}not found",
    r"(?:page|file|content|document|resource)[\w\s,'’]{0,40}(?:no longer|not) (?:available|exist\w*)",
    r"(?:page|file|content|document|resource)[\w\s,'’]{0,40}does ?n[o'’]?t exist",
    r"(?:page|content)[\w\s,'’]{0,40}(?:could ?n[o'’]?t|cannot|can[’']t) be found",
    r"^(?:http |error )*404\b",
    r"\b404 (?:error|not found|page)",
    r"\berror 404\b",
    r"^not found$",
    r"nothing (?:was )?found",
)
_BLOCK, _MISSING = (re.compile("|".join(signs), re.IGNORECASE) for signs in (_BLOCK_SAYS, _MISSING_SAYS))
_TITLE = re.compile(r"<(?:title|h1)\b[^<>]{0,500}>(.{0,300}?)</(?:title|h1)\s*>", re.IGNORECASE | re.DOTALL)
_SCRIPTS = ("script", "style", "noscript", "template", "svg")
_AROUND = (*_SCRIPTS, "nav", "header", "footer", "aside", "form")
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"RIFF",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, how sure the look was (1.0 and more refuses it), and the signs that were found."""

    quality: Quality
    score: float
    signs: tuple[str, ...] = ()


def judge_page(body: bytes, content_type: str | None) -> Verdict:
    """Judge an answer with status 200 that should be a release's page."""
    if not body.strip():
        return Verdict("empty", REFUSED, ("no bytes",))
    if sign := _not_html(body, content_type):
        return Verdict("not-html", REFUSED, (sign,))
    text = body[:LOOK_AT].decode("utf-8", "replace")
    titles = [_plain(title) for title in _TITLE.findall(text)]
    visible = _plain(_without(_AROUND, text)) or _plain(_without(_SCRIPTS, text))  # some wrap the whole page in a form
    if not visible:
        return Verdict("empty", REFUSED, ("no visible text",))
    blocked, missing = _score(_BLOCK, titles, visible), _score(_MISSING, titles, visible)
    worst = max(blocked, missing, key=lambda found: found[0])
    if worst[0] < REFUSED:
        return Verdict("ok", worst[0], worst[1])
    return Verdict("block" if worst is blocked else "soft404", *worst)


def _score(markers: re.Pattern[str], titles: list[str], visible: str) -> tuple[float, tuple[str, ...]]:
    """Add up the signs: a marker as title, a marker in the text, and how little text there is beside it."""
    signs: list[str] = []
    score = 0.0
    if titled := next((title for title in titles if len(title) < TITLE and markers.search(title)), None):
        signs.append(f"title {titled[:80]!r}")
        score += 0.6
    elif len(visible) >= SHORT:
        return 0.0, ()  # words alone never refuse a long page
    if marker := markers.search(visible[:SHORT]):
        signs.append(f"text says {marker.group()!r}")
        score += 0.3
    if signs and len(visible) < SHORT:
        signs.append(f"{len(visible)} characters of text")
        score += 0.7 if len(visible) < VERY_SHORT else 0.4
    return score, tuple(signs)


def _not_html(body: bytes, content_type: str | None) -> str | None:
    """The sign by which an answer is no text, or None."""
    if body.startswith(_BINARY):
        return f"begins like a binary file ({body[:4]!r})"
    if b"\x00" in body[:1024] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "holds zero bytes"
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and not (kind.startswith("text/") or "html" in kind or "xml" in kind or "json" in kind):
        return f"content type {kind}"
    return None


def _without(elements: tuple[str, ...], markup: str) -> str:
    """The markup without comments and without the elements named; linear whatever the page."""
    opening = re.compile(rf"<(?:(!--)|({'|'.join(elements)})\b)", re.IGNORECASE)
    lower = markup.encode().lower().decode()  # ASCII only, so that places stay where they are
    kept, position = [], 0
    never_closed: set[str] = set()
    while found := opening.search(markup, position):
        close = "-->" if found[1] else f"</{found[2].lower()}"
        end = -1 if close in never_closed else lower.find(close, found.end())
        kept.append(markup[position : found.start()])
        if end < 0:
            never_closed.add(close)
            position = found.end()
        else:
            position = lower.find(">", end) + 1 or len(markup)
    return " ".join([*kept, markup[position:]])


def _plain(markup: str) -> str:
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", markup))).strip()
