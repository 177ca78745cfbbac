"""Tells ages from counts: `ages 7 through 18`, `65 and older`, `Ann Lee, 45, of Boston`, `a 12-year-old`."""

from __future__ import annotations

from collections.abc import Sequence

from flows.extraction.document import Token
from flows.extraction.lexicon import PRONOUNS, words
from flows.extraction.numerals import Numeral

Tokens = Sequence[Token]

_AGE_WORDS = words("age ages aged aging")
_TURNING = words("turn turns turned turning")
_PEOPLE = words(
    """people person persons children child kids adults adult men women man woman girls boys youth teens teenagers
    teenager those anyone everyone someone americans seniors students workers drivers voters individuals
    residents residents americans patients users players citizens participants learners families respondents
    infants toddlers babies"""
)
_PERSONS = words(
    """man woman boy girl actor actress singer wife husband mother father son daughter brother sister teacher driver
    officer student suspect victim player star lawyer doctor nurse farmer author director chairman chairwoman president
    minister senator mayor"""
)
_OLDER = words("older younger over under above up")
_OLDEST = 120


def is_age(tokens: Tokens, numeral: Numeral, was_age: bool, unit: str | None) -> bool:
    """Whether the number is an age; `was_age`: the number before it was one; `unit`: what it seems to count."""
    if numeral.tail is not None and numeral.tail.replace("-", "").startswith(
        ("yearold", "monthold", "yearsold", "weekold")
    ):
        return True
    if unit in ("year-old", "month-old", "old") or (numeral.tail == "s" and numeral.value_max is not None):
        return True
    if unit in ("year", "month", "week") and _is_old(tokens, numeral.next + 1):
        return True
    if unit is not None or numeral.value > _OLDEST or numeral.currency or numeral.is_percent:
        return False
    return (
        _follows_age_word(tokens, numeral.first)
        or (was_age and _continues(tokens, numeral.first))
        or _older_follows(tokens, numeral.next)
        or _people_under(tokens, numeral.first)
        or _is_bracketed(tokens, numeral)
        or _is_aside(tokens, numeral)
    )


def _lower(tokens: Tokens, at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _is_old(tokens: Tokens, at: int) -> bool:
    return _lower(tokens, at) == "old" or (_lower(tokens, at), _lower(tokens, at + 1)) == ("of", "age")


def _follows_age_word(tokens: Tokens, first: int) -> bool:
    for here in range(first - 1, max(-1, first - 4), -1):
        lower = _lower(tokens, here)
        if lower in _AGE_WORDS or (lower in _TURNING and here == first - 1):
            return True
        if lower not in ("of", "between", "from", "over", "under", "at", "least", "about", "the", "as"):
            return False
    return False


def _continues(tokens: Tokens, first: int) -> bool:
    return _lower(tokens, first - 1) in ("through", "to", "and", "or", "-", "–", ",")


def _older_follows(tokens: Tokens, after: int) -> bool:
    """`65 and older`, `18 or over,`."""
    if _lower(tokens, after) not in ("and", "or") or _lower(tokens, after + 1) not in _OLDER:
        return False
    following = _lower(tokens, after + 2)
    return _lower(tokens, after + 1) in ("older", "younger") or following in (
        "",
        ",",
        ".",
        ";",
        ")",
        "are",
        "who",
        "in",
    )


def _people_under(tokens: Tokens, first: int) -> bool:
    if _lower(tokens, first - 1) not in ("under", "over"):
        return False
    subject = first - 3 if _lower(tokens, first - 2) in ("are", "were", "is", "was") else first - 2
    return _lower(tokens, subject) in _PEOPLE


def _is_bracketed(tokens: Tokens, numeral: Numeral) -> bool:
    """`young adults (18-24)`, `young adults (18-24s)`."""
    if numeral.value_max is None or _lower(tokens, numeral.first - 1) != "(":
        return False
    return _lower(tokens, numeral.first - 2) in _PEOPLE and (
        numeral.tail == "s" or _lower(tokens, numeral.next) in (")", "year-olds")
    )


def _is_aside(tokens: Tokens, numeral: Numeral) -> bool:
    """`Ann Lee, 45, of Boston` and `At 15, he`."""
    first, after = numeral.first, _lower(tokens, numeral.next)
    if first == 1 and _lower(tokens, 0) == "at" and after == "," and _lower(tokens, numeral.next + 1) in PRONOUNS:
        return True
    if (
        first < 2
        or tokens[first - 1].text != ","
        or not tokens[first].text.isdecimal()
        or after not in (",", ".", ";", ")")
    ):
        return False
    name = tokens[first - 2]
    is_name = name.text[0].isupper() and name.text[-1].islower()
    return (is_name or name.lower in _PERSONS) and numeral.value >= 5
