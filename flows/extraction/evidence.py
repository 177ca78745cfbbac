"""The evidence of a fact: the smallest clause that a reader needs, and the proof that it says the number.

A fact is refused unless its quote, read again by itself, gives at the number's place the same value, value_max and
bound. So the clause always holds the whole number with its comparator, and the verb that governs it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from flows.extraction.clauses import FINITE, Setting, VerbGroup
from flows.extraction.document import Document, Sentence, Token, tokenise
from flows.extraction.lexicon import words
from flows.extraction.quantities import Amount, read_amounts
from flows.extraction.quantity import Quantity
from warehouse.records import Fact

_HARD = frozenset(";—–")
_OPENERS = frozenset(["and", "but", "while"])
_CUTTING = _HARD | _OPENERS | {",", "to"}
"""All words at which a statement can begin that a reader can do without."""
_TRAILING = " \t\r\n,;:—–-"
_LEADING = _TRAILING + "•*.)"


@lru_cache(maxsize=512)
def _stated_in(quote: str) -> tuple[Amount, ...]:
    """The amounts of a quote, read as one sentence; several facts of one clause ask for the same."""
    return tuple(read_amounts(quote, tokenise(quote)))


def reread(quote: str, offset: int) -> Amount | None:
    """The amount that the quote by itself states at `offset`, or None."""
    for amount in _stated_in(quote):
        if amount.start <= offset < amount.end:
            return amount
    return None


def verify(fact: Fact, text: str) -> bool:
    """Does the text state the fact at its place, and its quote by itself the same number?"""
    if not 0 <= fact.start < fact.end <= len(text) or text[fact.start : fact.end] != fact.quote:
        return False
    if fact.number_start is None or fact.number_end is None:
        return fact.value is None
    if not fact.start <= fact.number_start < fact.number_end <= fact.end:
        return False
    again = reread(fact.quote, fact.number_start - fact.start)
    return again is not None and (again.value, again.value_max, again.bound) == (fact.value, fact.value_max, fact.bound)


def clause_of(doc: Document, sentence: Sentence, groups: list[VerbGroup], setting: Setting) -> tuple[int, int]:
    """The smallest clause around a number phrase: half-open span of the text."""
    tokens = sentence.tokens
    left, right = _left_cut(sentence, groups, setting), _right_cut(sentence, groups, setting)
    start, end = _trimmed(doc.text, tokens[left].start, tokens[right].end)
    opening = _CONNECTIVE.match(doc.text, start, tokens[setting.first].start)
    return (opening.end() if opening else start), end


# What ties a sentence to the one before says nothing of the fact.
_CONNECTIVE = re.compile(
    r"(?:(?:in addition|additionally|for example|for instance|in fact|moreover|furthermore|further|however|also"
    r"|meanwhile|as a result|and|but|finally|similarly|likewise|in particular|specifically"
    r"|according to [^,;]{3,60}),?\s+)+",
    re.IGNORECASE,
)


def _left_cut(sentence: Sentence, groups: list[VerbGroup], setting: Setting) -> int:
    """The first token of the clause: after the last cut that leaves the governing verb inside."""
    tokens = sentence.tokens
    needed = setting.first
    if setting.role == "object" and setting.nearest is not None:
        coordinated = setting.nearest.tense in _COORDINATED and setting.nearest.lemma != "include"
        if coordinated and _word(tokens, setting.nearest.first - 1) in _BETWEEN:
            return setting.nearest.first
        needed = min(needed, (setting.finite or setting.nearest).first)
    for at in range(needed - 1, -1, -1):
        if tokens[at].text in _HARD:
            return at + 1
        if tokens[at].lower in _OPENERS and _is_clause(groups, at, setting):
            return at + 1
        if tokens[at].lower == "that" and setting.role == "subject" and at == needed - 1:
            return at + 1
    return 0


_COORDINATED = frozenset({"gerund", "infinitive"})
_BETWEEN = words(", and or : ;")


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _is_clause(groups: list[VerbGroup], at: int, setting: Setting) -> bool:
    """A conjunction parts clauses where a finite verb stands before it and the number's own verb after it."""
    before = any(group.head < at and group.tense in FINITE for group in groups)
    own = setting.finite or setting.nearest
    return before and own is not None and own.head > at


def _right_cut(sentence: Sentence, groups: list[VerbGroup], setting: Setting) -> int:
    """The last token of the clause: before the first cut after the number and its verb."""
    tokens = sentence.tokens
    needed = setting.last
    if setting.role == "subject" and setting.nearest is not None:
        needed = max(needed, setting.nearest.head + 1)
    ahead = iter(groups)
    following = next(ahead, None)
    for at in range(needed + 1, len(tokens)):
        if tokens[at].lower not in _CUTTING:
            continue
        while following is not None and following.first < at:
            following = next(ahead, None)
        if _cuts_after(tokens, at, following, setting):
            return at - 1
    return len(tokens) - 1


def _cuts_after(tokens: Sequence[Token], at: int, following: VerbGroup | None, setting: Setting) -> bool:
    """Does a new statement begin at this token, which a reader can do without?"""
    word, beyond = tokens[at].lower, _word(tokens, at + 1)
    if word in _HARD:
        return following is not None and not _only_names(tokens, at, following)
    if word == ",":
        loose = following is not None and following.first == at + 1 and following.tense in ("gerund", "participle")
        return beyond == "which" or (loose and beyond != "including")
    if following is None:
        return False
    if word in _OPENERS:
        near = following.first - at
        return (following.tense in FINITE and near <= _NEAR) or (following.tense == "gerund" and near == 1)
    purpose = word == "to" and following.first == at
    return purpose and setting.role == "object" and setting.nearest is not None and setting.nearest.tense in FINITE


_NEAR = 6
"""A conjunction opens a clause where its verb is not further than this."""


def _only_names(tokens: Sequence[Token], at: int, following: VerbGroup) -> bool:
    """A dash or semicolon before a list (`three cities – Reno, Tulsa and Miami – have`) opens no clause."""
    return any(token.text in _HARD for token in tokens[at + 1 : following.first])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _LEADING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def evidence_of(
    doc: Document, sentence: Sentence, groups: list[VerbGroup], setting: Setting, quantity: Quantity
) -> tuple[int, int] | None:
    """The evidence span of a quantity: its clause, or its sentence where the clause alone reads otherwise.

    None where neither gives the number back.
    """
    whole = (sentence.start, _without_stop(doc.text, sentence))
    for start, end in (clause_of(doc, sentence, groups, setting), whole):
        if not start <= quantity.start < quantity.end <= end:
            continue
        again = reread(doc.text[start:end], quantity.start - start)
        if again is not None and (again.value, again.value_max, again.bound) == (
            quantity.value,
            quantity.value_max,
            quantity.bound,
        ):
            return start, end
    return None


def _without_stop(text: str, sentence: Sentence) -> int:
    """Where the sentence ends without its full stops."""
    end = sentence.end
    while end > sentence.start and (text[end - 1] == "." or text[end - 1].isspace()):
        end -= 1
    return end
