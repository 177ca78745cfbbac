"""A text as the extractor sees it: blocks, sentences, tokens, all with offsets into the one text.

`document_from_page` keeps the blocks that the page parser found; `document_from_text` finds blocks in plain text: blank
lines part them, a line break parts them where the line did not simply run full. Everything here is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flows.extraction.lexicon import words
from warehouse.records import Block, BlockKind, Page


class Token(NamedTuple):
    """One word, number or mark at `text[start:end]`.

    A named tuple, since a text makes more of these than of anything else. Hyphenated words (`mid-sized`, `COVID-19`)
    and dotted initials (`U.S.`) are one token; numbers keep their thousands and decimals (`1,284`, `9.5`), no more.
    """

    start: int
    end: int
    text: str
    lower: str


class Sentence(NamedTuple):
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


def document_from_text(text: str, title: str | None = None, published: date | None = None) -> Document:
    """Read plain text: its blocks (headings by their shape, bullets by their marks), sentences and tokens."""
    return _document(text, tuple(_blocks_of(text)), title, published)


def document_from_page(page: Page) -> Document:
    """Read a parsed page; its blocks stay as the page parser found them."""
    return _document(page.text, page.blocks, page.title, page.published)


def _document(text: str, blocks: tuple[Block, ...], title: str | None, published: date | None) -> Document:
    sentences = [
        Sentence(start, end, index, tokenise(text, start, end))
        for index, block in enumerate(blocks)
        for start, end in split_sentences(text, block.start, block.end)
    ]
    return Document(text, blocks, tuple(sentences), title, published)


# --- tokens

# The white space before a token goes with it: the search then never tries all kinds of token in vain.
_TOKEN = re.compile(
    r"""\s*+(
      [a-zA-Z]{2,}+(?![^\W_]|[-'’‑&])               # most words
    | [^\W\d_][^\W_]+(?:[-'’‑&][^\W_]+)*            # mid-sized  COVID-19  don't
    | (?:[A-Za-z]\.){2,}                             # U.S.  D.C.  a.m.
    | \d+(?:,\d{3})+(?:\.\d+)?(?!\d)                # 1,284
    | \d{1,2}(?:,\d\d){1,4},\d{3}\b                # 1,00,000
    | \d+(?:\.\d+)? | (?<![\w.])\.\d+              # 9.5  .07
    | [^\W\d_](?:[-'’‑&][^\W_]+)*                   # a  T-shirt
    | [^\s]                                         # any other mark by itself
    )""",
    re.VERBOSE,
)
_new_token = tuple.__new__  # a quarter faster than Token(...), and tokens are most of the work


def tokenise(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Words, numbers and marks of `text[start:end]`."""
    matches = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return tuple([_new_token(Token, (m.start(1), m.end(1), w := m[1], w.lower())) for m in matches])


# --- sentences

LONGEST_SENTENCE = 3000
"""Characters. Lists of a hundred cities stay whole; a page without a full stop does not become one sentence."""
_SPACE = re.compile(r"\s")
# A full stop, question or exclamation mark with the closing marks after it, then white space.
_STOP = re.compile(r"""[.!?…]["'”’)\]*]{0,4}(?=\s)""")
# What may begin a sentence after it: opening marks, then a capital, a digit or a currency sign.
_OPENING = re.compile(r"""\s+["'“‘(\[*•–—-]{0,4}\s?(?:[A-ZÀ-ÞА-Я0-9$€£¥]|[^\x00-\x7f](?<=[^\W\d_]))""")
# "weeks.The": a lost space after a full stop.
_RUN_ON = re.compile(r"[.!?](?<=[a-z]{3}.)(?=(?:The|This|In|We|A|It|That|And|But|Today|As|For|These|To|More|Since) )")
_LAST_WORD = re.compile(r"[\w.&'’-]{1,20}$")
_NEXT_WORD = re.compile(r"\W*([\w'’]+)")
# "Medicare Part D. Millions …": a letter that names a part of something is no initial.
_LABEL = re.compile(
    r"\b(?:appendix|class|exhibit|group|hepatitis|part|plan|section|title|type|vitamin) \w$", re.IGNORECASE
)
_NEVER_LAST = words(
    """mr mrs ms dr prof st sen rep gov lt gen col sgt capt maj adm cmdr rev hon pres supt no nos vs v fig figs pp vol
    jan feb mar apr jun jul aug sep sept oct nov dec approx est e.g i.e cf viz ft mt op art sec messrs mssrs"""
)
_PERHAPS_LAST = words(
    """inc corp co ltd llc plc bros jr sr u.s u.s.a u.k u.n e.u d.c a.m p.m n.y n.j n.c s.c n.h n.m n.d s.d w.va r.i
    p.l l.p ph.d m.d b.a m.a j.d etc al dept univ assn ave blvd rd calif tenn mass conn mich minn wash ariz colo fla
    ill ind kan ky md miss neb nev okla ore pa tex va vt wis wyo ark ala del ga la mo mont sq hr hrs min lb lbs oz
    yd mfg intl natl bldg assoc"""
)
_STARTERS = words(
    """the a an in on at by for from with as after before since until during under over to of and but or so if when
    while where because although though however moreover also this that these those it its he she they we i you his
    her their our there here who what how why no not all some many most more few each every today yesterday tomorrow
    now then through more nearly about around at among between despite instead both another other last next"""
)


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of the block `text[start:end]`, without the white space around them."""
    begin = start
    for cut in (*_cuts(text, start, end), end):
        for piece in _pieces(text, begin, cut) if cut - begin > LONGEST_SENTENCE else ((begin, cut),):
            if (trimmed := _trim(text, *piece)) is not None:
                yield trimmed
        begin = cut


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces that a person might still read: what follows costs the square of a sentence's length."""
    while end - start > LONGEST_SENTENCE:
        cut = _breath(text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE, end)
        yield start, cut
        start = cut
    yield start, end


def _breath(text: str, earliest: int, latest: int, end: int) -> int:
    """The last place to pause between two offsets: after a semicolon, comma or word, never within a word or number."""
    for pause in ("; ", ", ", " ", "\n"):
        found = text.rfind(pause, earliest, latest)
        if found != -1:
            return found + len(pause)
    space = _SPACE.search(text, latest, end)
    return space.end() if space else end


def _cuts(text: str, start: int, end: int) -> list[int]:
    cuts = [m.end() for m in _STOP.finditer(text, start, end) if _ends_sentence(text, m.start(), m.end(), end)]
    cuts += [m.end() for m in _RUN_ON.finditer(text, start, end)]
    return sorted(cuts)


def _ends_sentence(text: str, mark: int, after: int, end: int) -> bool:
    if not _OPENING.match(text, after, end):
        return False
    if text[mark] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, mark - 20), mark)
    last = word.group().lower() if word else ""
    if last in _NEVER_LAST:
        return False
    if len(last) == 1 and last.isalpha() and last != "i":
        return _LABEL.search(text, max(0, mark - 20), mark) is not None
    if last in _PERHAPS_LAST or (len(last) == 3 and last[1] == "."):
        following = _NEXT_WORD.match(text, after, min(end, after + 40))
        return following is not None and following.group(1).lower() in _STARTERS and following.group(1)[0].isupper()
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


# --- blocks of plain text

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*|\r\n[ \t\r]*\n\s*|\f|\u2029")
_BULLET = re.compile(r"[ \t]*(?:[•◦▪●‣·*–—-]|\(?\d{1,2}[.)])[ \t]+(?=\S)")
_FULL_LINE = 50  # a shorter line that is followed by a capital did not break because it was full


def _blocks_of(text: str) -> Iterator[Block]:
    """Blocks with the headings above them: a heading in capitals stands above one in ordinary letters."""
    path: list[tuple[int, str]] = []
    spans = list(_block_spans(text))
    for index, (start, end) in enumerate(spans):
        bullet = _BULLET.match(text, start, end)
        inner = bullet.end() if bullet else start
        body = text[inner:end]
        level = None if bullet or index == len(spans) - 1 else _heading_level(body)
        if level is not None:
            path = [step for step in path if step[0] < level]
        kind: BlockKind = "heading" if level is not None else "list_item" if bullet else "paragraph"
        yield Block(kind, body, inner, end, tuple(heading for _, heading in path), level)
        if level is not None:
            path.append((level, body))


def _block_spans(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for gap in _BLANK_LINE.finditer(text):
        yield from _line_groups(text, begin, gap.start())
        begin = gap.end()
    yield from _line_groups(text, begin, len(text))


def _line_groups(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts a paragraph at its line breaks, unless a line was only wrapped."""
    begin = at = start
    while (newline := text.find("\n", at, end)) != -1:
        if not _is_wrapped(text, at, newline, end):
            if (trimmed := _trim(text, begin, newline)) is not None:
                yield trimmed
            begin = newline + 1
        at = newline + 1
    if (trimmed := _trim(text, begin, end)) is not None:
        yield trimmed


def _is_wrapped(text: str, line_start: int, newline: int, end: int) -> bool:
    if _BULLET.match(text, newline + 1, end):
        return False
    line = text[max(line_start, newline - 200) : newline].rstrip()
    if not line or line[-1] in ".!?:;":
        return False
    following = text[newline + 1 : newline + 40].lstrip()
    return bool(following) and (following[0].islower() or newline - line_start >= _FULL_LINE)


_HEADING_LENGTH = 160


def _heading_level(body: str) -> int | None:
    """1 for a heading in capitals, 2 for another, None for a paragraph."""
    plain = body.strip("*_ \t\r")
    if not plain or len(plain) > _HEADING_LENGTH or plain[-1] in '.:;,?!…"”)' or "\n" in plain:
        return None
    words = [word for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", plain) if len(word) > 3]
    if not words:
        return None
    if plain == plain.upper():
        return 1
    return 2 if sum(word[0].isupper() for word in words) >= 0.7 * len(words) else None
