"""Elements to blocks: headings, paragraphs, list items, table rows, in reading order.

Text keeps its words and loses its markup: any run of white space is one space. A line break ends a block where the page
means it (two breaks, a bullet, after a bold line). Digits set as superscript become superscript digits, so that
`2<sup>4</sup>` never reads as 24.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from flows.pages.dom import Element, plain, select, words
from warehouse.records import Block, BlockKind

_BLOCK_TAGS = words(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th
    thead tr ul
    """
)
_SKIPPED = words(
    """
    script style noscript template head title meta link img svg iframe object input select
    """
)
_BOLD = frozenset(["b", "strong", "u"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ITEMS = frozenset(["li", "dt", "dd"])
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BULLET = re.compile(r"^\s*[•·▪◦●■‣⁃\uf0b7\uf0a7]\s*")
_SPACES = re.compile(r"\s{2,}|[^\S ]")  # white space that is not one blank already
_WORD = re.compile(r"\w")
BOLD_LEVEL = 6  # a bold line that serves as a heading ranks below all real ones
_MAX_BOLD_HEADING = 120
_PLAIN: tuple[Element, BlockKind, int | None] = (None, "paragraph", None)


@dataclass(slots=True)
class Draft:
    """A block before it has its place in the text. `linked` counts the characters inside links."""

    kind: BlockKind
    text: str
    level: int | None = None
    linked: int = 0

    @property
    def link_share(self) -> float:
        """How much of the block is links."""
        return self.linked / max(len(self.text), 1)


@dataclass(slots=True)
class _Run:
    """A stretch of inline text with one look; None as text is a line break."""

    text: str | None
    bold: bool
    linked: bool


def collect(roots: Iterable[Element]) -> list[Draft]:
    """All blocks below the given elements in the document's order."""
    return [draft for root in roots for draft in _Collector().run(root)]


class _Collector:
    """Walks one tree without recursion, so that no depth of nesting can stop it."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.runs: list[_Run] = []
        self.kinds: list[tuple[Element, BlockKind, int | None]] = []
        self.passed: Element = None
        self.bold = self.linked = self.raised = self.verbatim = 0

    def run(self, root: Element) -> list[Draft]:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, node in walker:
            if event == "end":
                self._leave(node, root)
            elif not self._enter(node):
                self.passed = node
                walker.skip_subtree()
        self._flush()
        return self.drafts

    def _enter(self, node: Element) -> bool:
        """Begin an element; False where what is below it was dealt with or is no text."""
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return False
        if tag == "br":
            self.runs.append(_Run(None, False, False))
            return False
        if tag in _BLOCK_TAGS:
            self._flush()
            if tag == "tr" and not _is_layout(node):
                self._row(node)
                return False
            if tag in _HEADINGS:
                self.kinds.append((node, "heading", _HEADINGS[tag]))
            elif tag in _ITEMS:
                self.kinds.append((node, "list_item", None))
        self._count(tag, 1, node)
        self._text(node.text)
        return True

    def _leave(self, node: Element, root: Element) -> None:
        tag = node.tag
        if node is not self.passed:
            if tag in _BLOCK_TAGS:
                self._flush()
                if self.kinds and self.kinds[-1][0] is node:
                    self.kinds.pop()
            self._count(tag, -1, node)
        if node is not root:
            self._text(node.tail)

    def _count(self, tag: str, step: int, node: Element) -> None:
        if tag in _BOLD:
            self.bold += step
        elif tag == "a" and node.get("href"):
            self.linked += step
        elif tag == "sup":
            self.raised += step
        elif tag == "pre":
            self.verbatim += step

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self.raised and text.strip().isdigit():
            text = text.translate(_SUPERSCRIPT)
        lines = text.split("\n") if self.verbatim else [text]
        for number, line in enumerate(lines):
            if number:
                self.runs.append(_Run(None, False, False))
            self.runs.append(_Run(_SPACES.sub(" ", line), self.bold > 0, self.linked > 0))

    def _row(self, row: Element) -> None:
        """A table row: its cells parted by tabs, so that columns stay apart and words stay words."""
        cells = [" ".join(draft.text for draft in collect([cell])) for cell in row if cell.tag in ("td", "th")]
        text = "\t".join(cells).strip()
        if _WORD.search(text):
            self.drafts.append(Draft("table_row", text))

    def _flush(self) -> None:
        runs, self.runs = self.runs, []
        if not runs:
            return
        _, kind, level = self.kinds[-1] if self.kinds else _PLAIN
        for lines in _paragraphs(runs):
            draft = _draft(lines, kind, level)
            if draft:
                self.drafts.append(draft)


def _is_layout(row: Element) -> bool:
    """Whether a table row only arranges a page: one cell, or cells with paragraphs, lists or headings in them."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return True
    return any(len(select(cell, "p")) > 1 or select(cell, "ul, ol, table, h1, h2, h3, h4") for cell in cells)


def _paragraphs(runs: list[_Run]) -> Iterator[list[_Run]]:
    """The runs of one element, parted where its line breaks part paragraphs."""
    lines: list[list[_Run]] = [[]]
    for run in runs:
        if run.text is None:
            lines.append([])
        else:
            lines[-1].append(run)
    current: list[_Run] = []
    blank = False
    for line in lines:
        text = "".join(run.text or "" for run in line)
        if not text.strip():
            blank = True
            continue
        if current and (blank or _BULLET.match(text) or (_all_bold(current) and not _all_bold(line))):
            yield current
            current = []
        if current:
            current.append(_Run(" ", False, False))
        current.extend(line)
        blank = False
    if current:
        yield current


def _all_bold(runs: list[_Run]) -> bool:
    return all(run.bold for run in runs if run.text and _WORD.search(run.text))


def _draft(runs: list[_Run], kind: BlockKind, level: int | None) -> Draft | None:
    text = plain("".join(run.text or "" for run in runs))
    if kind == "paragraph" and _BULLET.match(text):
        kind = "list_item"
    if not text:
        return None
    if kind == "paragraph" and _serves_as_heading(text, runs):
        kind, level = "heading", BOLD_LEVEL
    return Draft(kind, text, level, sum(len(plain(run.text)) for run in runs if run.linked))


def _serves_as_heading(text: str, runs: list[_Run]) -> bool:
    """A short bold line that is no sentence."""
    if len(text) > _MAX_BOLD_HEADING or text[-1] in ".!?;," or not _WORD.search(text) or not _all_bold(runs):
        return False
    return ". " not in text


def place(drafts: list[Draft]) -> tuple[str, tuple[Block, ...]]:
    """The text of all blocks joined by one blank line; the blocks with their offsets and the headings above them."""
    blocks: list[Block] = []
    above: list[tuple[int, str]] = []
    start = 0
    for draft in drafts:
        if draft.kind == "heading" and draft.level is not None:
            above = [(level, text) for level, text in above if level < draft.level]
        path = tuple(text for _, text in above)
        blocks.append(Block(draft.kind, draft.text, start, start + len(draft.text), path, draft.level))
        if draft.kind == "heading" and draft.level is not None:
            above.append((draft.level, draft.text))
        start += len(draft.text) + 2
    return "\n\n".join(draft.text for draft in drafts), tuple(blocks)
