"""The mail's text part: the same items as the HTML, at most 78 columns wide, links numbered and listed at the end."""

from __future__ import annotations

import textwrap

from flows.reporting import wording
from flows.reporting.present import Item, Part, Quote
from flows.reporting.told import Told

WIDTH = 78


def write(told: Told) -> str:
    """The whole text part. Only an address alone on its line may be longer than 78 columns."""
    return _Writer().write(told)


class _Writer:
    """Collects lines, and the links they refer to by number."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.links: dict[str, int] = {}

    def write(self, told: Told) -> str:
        week = f"Week {told.edition.week}, {told.edition.year}"
        self.lines += ["COMMITMENT LEDGER" + week.rjust(WIDTH - 17), "=" * WIDTH, ""]
        if told.marked:
            self.paragraph(told.marked)
        self.paragraph(told.lead)
        self.paragraph(told.covers)
        for note in told.notes:
            self.paragraph(note)
        if told.counts:
            self.wrapped("   ".join(f"{number} {word}" for number, word in told.counts), "  ")
            self.lines.append("")
        for part in told.parts:
            self.part(part, told)
        self.foot(told)
        return "\n".join(self.lines) + "\n"

    def part(self, part: Part, told: Told) -> None:
        title = part.title.upper()
        self.lines += ["", title, "-" * len(title), ""]
        if part.intro:
            self.paragraph(part.intro)
        if part.style == "table":
            self.table(part)
        elif part.style == "pairs":
            self.pairs(part)
        else:
            for item in part.items:
                self.item(item)
        if part.more:
            self.paragraph(f"And {told.more_words(part)}")

    def item(self, item: Item) -> None:
        tag = f" ({item.tag})" if item.tag else ""
        heading = ": ".join(piece for piece in (item.kicker, item.title) if piece)
        if heading:
            self.wrapped(heading, "")
        self.wrapped(f"{item.lead}{tag}{self.ref(item.lead_href, item)}", "  ")
        for line in (item.note, *item.lines):
            if line:
                self.wrapped(line, "  ")
        for quote in item.quotes:
            self.quote(quote)
        self.lines.append("")

    def quote(self, quote: Quote) -> None:
        words = f"{wording.quoted(quote.text)} {quote.source}"
        self.wrapped(words + self.ref(quote.href), "  | ")

    def ref(self, href: str | None, item: Item | None = None) -> str:
        """A link's number; left out where the item's own quote leads to the same place."""
        if not href or (item and any(quote.href == href for quote in item.quotes)):
            return ""
        return f" [{self.links.setdefault(href, len(self.links) + 1)}]"

    def pairs(self, part: Part) -> None:
        """A number and what it is a line, what it is made of behind."""
        width = max(len(item.lead) for item in part.items)
        for item in part.items:
            words = f"{item.title} ({item.note})" if item.note else item.title
            lines = textwrap.wrap(words, WIDTH - width - 4)
            self.lines += [
                f"  {item.lead.rjust(width) if not place else ' ' * width}  {line}" for place, line in enumerate(lines)
            ]
        self.lines.append("")

    def table(self, part: Part) -> None:
        rows = [part.head, *((item.lead, *item.lines) for item in part.items)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        widths[0] = min(widths[0], WIDTH - 2 - sum(widths[1:]) - 3 * (len(widths) - 1))
        for row in rows:
            first = wording.shortened(row[0], widths[0]).ljust(widths[0])
            others = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
            self.lines.append("   ".join(("  " + first, *others)).rstrip())
        self.lines.append("")

    def foot(self, told: Told) -> None:
        self.lines += ["", "=" * WIDTH, ""]
        for line in told.footer:
            label = f" {line.label}" if line.label else ""
            self.wrapped(f"{line.text}{label}{self.ref(line.href)}", "")
        if self.links:
            self.lines += ["", "Links", ""]
            self.lines += [f"[{number}] {href}" for href, number in self.links.items()]

    def paragraph(self, words: str) -> None:
        self.wrapped(words, "")
        self.lines.append("")

    def wrapped(self, words: str, indent: str) -> None:
        self.lines += textwrap.wrap(
            words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        ) or [""]
