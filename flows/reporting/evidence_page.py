"""The page of one release version: the archived text with each fact marked, and what changed since the version
before."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from flows.reporting import links, wording

Row = Mapping[str, Any]

_MOST_CHANGES = 60
_WORDS = re.compile(r"\s+|[^\s]+")
_HEADINGS = {1: "h2", 2: "h2", 3: "h3", 4: "h4", 5: "h4", 6: "h4"}


def page(row: Row) -> dict[str, Any]:
    """What the template prints."""
    changes = list(_changes(row["previous_text"], row["text"])) if row["previous_text"] is not None else []
    return {
        "title": wording.one_line(row["title"]) or "Untitled",
        "eyebrow": f"{wording.one_line(row['publisher'])}, {wording.day(row['published'], row['published_precision'])}",
        "seen": f"Archived text as first seen on {wording.day(row['first_seen'])}.",
        "original": links.safe_url(row["url"]),
        "notes": list(_notes(row, has_changes=bool(changes))),
        "changes": changes[:_MOST_CHANGES],
        "changes_more": f"{len(changes) - _MOST_CHANGES} more passages changed."
        if len(changes) > _MOST_CHANGES
        else "",
        "text": marked_text(row["text"], row["blocks"], row["facts"]),
        "facts": [_fact(fact) for fact in row["facts"]],
    }


def _notes(row: Row, *, has_changes: bool) -> Iterator[dict[str, str | None]]:
    if row["gone_since"]:
        yield {
            "text": f"The publisher's page is gone since {wording.day(row['gone_since'])}; this copy stays.",
            "href": None,
        }
    if row["next_version_id"]:
        href = f"../{links.evidence_path(row['next_version_id'])}"
        yield {"text": "The publisher has changed this page since:", "href": href, "label": "see the next version"}
    if row["previous_version_id"]:
        href = f"../{links.evidence_path(row['previous_version_id'])}"
        words = "A version stood before this one:" if has_changes else "The same text stood before under another title:"
        yield {"text": words, "href": href, "label": "see it"}


def _fact(fact: Row) -> dict[str, str | None]:
    parts = (fact["measure"], fact["population"], fact["scope"], fact["unit"])
    series = wording.measured(*parts) if fact["measure"] else ""
    words = [series, wording.ROLE_WORDS[fact["stage"] or fact["action"]]]
    return {
        "id": fact["fact_id"],
        "lead": fact["shown"] or wording.shortened(wording.one_line(fact["quote"]), 70),
        "note": ", ".join(word for word in words if word),
        "initiative": wording.one_line(fact["initiative"] or ""),
        "page": f"../{links.initiative_path(fact['initiative_id'])}" if fact["initiative_id"] else None,
    }


def marked_text(text: str, blocks: Sequence[Row], facts: Sequence[Row]) -> Markup:
    """The text in its blocks, every fact's sentence marked and anchored as `f-<fact id>`.

    Sentences overlap, so the text is cut wherever one begins or ends; each piece is marked, and the first piece of each
    fact bears its anchor. A new ledger has tens of thousands of such pages, so they are put together from plain
    strings: whatever comes from a release goes through `escape`.
    """
    written, open_list = [], False
    for block in blocks or [{"kind": "paragraph", "level": None, "start": 0, "end": len(text)}]:
        is_item = block["kind"] == "list_item"
        if is_item != open_list:
            written.append("<ul>" if is_item else "</ul>")
            open_list = is_item
        tag = "li" if is_item else _HEADINGS.get(block["level"] or 3, "h4") if block["kind"] == "heading" else "p"
        written.append(f"<{tag}>{_marked(text, block['start'], block['end'], facts)}</{tag}>\n")
    if open_list:
        written.append("</ul>")
    return Markup("".join(written))


def _marked(text: str, start: int, end: int, facts: Sequence[Row]) -> str:
    inside = [fact for fact in facts if fact["start"] < end and fact["end"] > start]
    edges = sorted({start, end, *(min(max(fact[side], start), end) for fact in inside for side in ("start", "end"))})
    pieces = []
    for begin, stop in pairwise(edges):
        covering = [fact for fact in inside if fact["start"] < stop and fact["end"] > begin]
        piece = _numbered(text, begin, stop, covering)
        if covering:
            piece = f"<mark>{piece}</mark>"
        for fact in covering:
            if fact["start"] == begin:
                piece = f'<span class="f" id="f-{escape(fact["fact_id"])}">{piece}</span>'
        pieces.append(piece)
    return "".join(pieces)


def _numbered(text: str, begin: int, stop: int, facts: Sequence[Row]) -> str:
    """A piece of text with the facts' numbers in bold."""
    spans = sorted(
        {
            (max(fact["number_start"], begin), min(fact["number_end"], stop))
            for fact in facts
            if fact["number_start"] is not None and fact["number_start"] < stop and fact["number_end"] > begin
        }
    )
    pieces, place = [], begin
    for first, last in spans:
        if first >= place:
            pieces += [escape(text[place:first]), f"<b>{escape(text[first:last])}</b>"]
            place = last
    return "".join([*pieces, escape(text[place:stop])])


def _changes(before: str, after: str) -> Iterator[Markup]:
    """The passages that differ, word by word."""
    old, new = before.split("\n\n"), after.split("\n\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, come = old[old_from:old_to], new[new_from:new_to]
        for place in range(max(len(gone), len(come))):
            yield _words_changed(gone[place] if place < len(gone) else "", come[place] if place < len(come) else "")


def _words_changed(before: str, after: str) -> Markup:
    if not before or not after:
        return Markup(_come(after) if after else _gone(before))
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < 0.3:
        return Markup(f"{_gone(before)} {_come(after)}")
    pieces = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            pieces.append(escape(come))
        elif gone and come:
            pieces.append(f"{_gone(gone)} {_come(come)}")
        else:
            pieces.append(_gone(gone) if gone else _come(come))
    return Markup("".join(pieces))


def _gone(text: str) -> str:
    return f"<del>{escape(text)}</del>"


def _come(text: str) -> str:
    return f"<ins>{escape(text)}</ins>"
