"""Reads what a number counts or measures from the words right after it.

The head noun of the phrase that follows, its coordinated heads ("mayors and other state and local leaders"), or a
measure. What stands away from its number is looked for in `away`.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.extraction.document import Token
from flows.extraction.lexicon import word_class, words
from flows.extraction.measuring import MEASURE_NOUNS, Unit, is_duration, measure_at, unit_name
from flows.extraction.numerals import Numeral
from flows.extraction.phrases import (
    LEADING_OUT,
    coordinated_heads,
    head_name,
    kind_of,
    plural_phrase,
    singular_phrase,
    skip_determiners,
)

Tokens = Sequence[Token]
_EMPTY_HEADS = words("set foot fixture authority action")


# --- the unit after a number


def unit_after(tokens: Tokens, at: int, numeral: Numeral) -> Unit | None:
    """The unit whose phrase begins at token `at`, right after the number."""
    is_share = numeral.shape == "fraction"
    measure = measure_at(tokens, at)
    if measure is not None:
        return measure
    at = _skip_lead(tokens, at, is_share)
    if at >= len(tokens) or tokens[at].lower in ("them", "whom", "which"):
        return None
    measure = measure_at(tokens, at)
    if measure is not None:
        return measure
    one = _singular_unit(tokens, at, numeral.value, is_share) if numeral.value == 1 else None
    if one is not None:
        return one
    phrase = plural_phrase(tokens, at)
    if phrase is None:
        return None if numeral.shape == "vague" else _singular_unit(tokens, at, numeral.value, is_share)
    if tokens[phrase.head].lower == "others":
        return None  # "12 others": what they are stands before
    heads, end = coordinated_heads(tokens, phrase)
    if is_duration(unit_name(tokens[phrase.head].lower)):
        heads, end = [phrase.head], phrase.next
    names = [_with_kept_modifier(tokens, at, head) for head in heads]
    return Unit("|".join(dict.fromkeys(names)), at, end, _modifiers(tokens, at, phrase.head))


def _modifiers(tokens: Tokens, first: int, head: int) -> tuple[str, ...]:
    return tuple(token.lower for token in tokens[first:head] if token.lower[0].isalnum())


def _with_kept_modifier(tokens: Tokens, at: int, head: int) -> str:
    name = head_name(tokens[head])
    if name in _EMPTY_HEADS and head > at and kind_of(tokens[head - 1]) in ("noun", "either", "plural"):
        before = tokens[head - 1].lower
        if before not in LEADING_OUT:
            return f"{before} {name}"
    return name


def _singular_unit(tokens: Tokens, at: int, value: float, is_share: bool) -> Unit | None:
    """One thing (`one mid-sized city`), a share (`half the population`), a noun used as measure (`17 goal lead`)."""
    first = tokens[at].lower
    if first in MEASURE_NOUNS or (first == "won" and value >= 100):
        return Unit(unit_name(first), at, at + 1, is_measure=True, is_plural=False)
    if value == 1 or is_share:
        phrase = singular_phrase(tokens, at)
        if phrase is None:
            return None
        name = _with_kept_modifier(tokens, at, phrase.head)
        return Unit(name, at, phrase.next, _modifiers(tokens, at, phrase.head), is_plural=False)
    if word_class(first) == "noun" and first.isalpha() and tokens[at].text.islower() and not first.endswith("ing"):
        return Unit(unit_name(first), at, at + 1, is_plural=False)
    return None


def _skip_lead(tokens: Tokens, at: int, is_share: bool) -> int:
    """`of its`, `of the nation's`, `(10)`, `(64%)`, `half the`: what may stand between a number and its phrase."""
    if at + 2 < len(tokens) and tokens[at].text == "(" and tokens[at + 1].text[0].isdigit():
        close = at + 2 + (tokens[at + 2].lower in ("%", "percent"))
        at = close + 1 if close < len(tokens) and tokens[close].text == ")" else at
    while at < len(tokens) and tokens[at].text in "*_":
        at += 1  # what Markdown leaves of emphasis
    if at < len(tokens) and (tokens[at].lower == "of" or is_share):
        at = skip_determiners(tokens, at + (tokens[at].lower == "of"))
    return at
