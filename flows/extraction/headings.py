"""Which places of a document lie in its headings."""

from __future__ import annotations

from bisect import bisect_left

from flows.extraction.document import Document


class Headings:
    """The headings of one document as spans."""

    def __init__(self, document: Document) -> None:
        blocks = [block for block in document.blocks if block.kind == "heading"]
        self._starts = [block.start for block in blocks]
        self._ends = [block.end for block in blocks]

    def hold(self, position: int) -> bool:
        """Whether the position lies in a heading."""
        at = bisect_left(self._ends, position + 1)
        return at < len(self._starts) and self._starts[at] <= position
