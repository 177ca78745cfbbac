"""A text as the extractor sees it: blocks, sentences, tokens, all with offsets into the one text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.records import Block


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark at `text[start:end]`."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `block` is the index of its block in the document."""

    start: int
    end: int
    block: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A release's text with what stands around it. `published` is None where no date is known."""

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    title: str | None = None
    published: date | None = None
