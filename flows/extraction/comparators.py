"""Reads the comparator that governs a number: "more than 800", "up to $40 million", "50 or more", "3,300+".

A comparator governs its own number only: it must stand right before it (or, for those that may, right after its unit).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.extraction.document import Token
from flows.extraction.lexicon import is_plural, words
from warehouse.records import Bound

Tokens = Sequence[Token]


class Comparison(NamedTuple):
    """The bound and the token where the comparator begins."""

    bound: Bound
    first: int


_BEFORE: dict[Bound, str] = {
    ">": """more than | more then | over | greater than | above | in excess of | upward of | upwards of | higher
        than | exceed | exceeds | exceeded | exceeding | surpass | surpasses | surpassed | surpassing | top |
        tops | topped | topping | north of | larger than | bigger than | longer than | older than | beyond |
        better than | faster than | heavier than | wider than | taller than | > | outnumber | no fewer than more
        | past the | hotter than | deeper than | upwards of over""",
    ">=": """at or above | at or over | equal to or greater than | at least | no fewer than | no less than | not less
        than | not fewer than | a minimum of | minimum of | a minimum | at a minimum | as few as | as little as
        | ≥ | > = | not below | no lower than | not lower than | a floor of | or more than""",
    "<=": """at or below | at or under | equal to or less than | up to | as much as | as many as | no more than | not
        more than | a maximum of | maximum of | a maximum | at most | capped at | capping at | cap of | a cap of
        | limited to | not to exceed | not exceed | not exceeding | as high as | no greater than | not greater
        than | no higher than | no larger than | ≤ | < = | up to as much as | up to as many as | not over | no
        longer than | not longer than | no later than | anywhere up to | a ceiling of | as long as | at the most
        | not above""",
    "<": """under | fewer than | less than | below | lower than | smaller than | shorter than | younger than | < |
        short of | shy of | not quite | cheaper than | south of | slower than | lighter than | beneath""",
    "~": """about | around | approximately | approx | approx . | roughly | nearly | almost | an estimated |
        estimated | estimate | estimates | estimated at | estimated to be | estimates that | estimate that |
        estimated that | estimating that | some | close to | near | circa | c . | ca . | ~ | ≈ | on the order of
        | in the region of | in the neighborhood of | something like | or so | virtually | an approximate |
        approximate | more or less | give or take | approaching | approached | approaches | an estimate of |
        estimates of | the equivalent of about | an average of about | nearing | neared | nears | projected at
        about | as nearly | roughly about | just about | somewhere around | around about | believed to be about
        | practically | an estimated total of | a reported estimated""",
}  # fmt: skip
_PHRASES: dict[tuple[str, ...], Bound] = {
    tuple(phrase.split()): bound
    for bound, phrases in _BEFORE.items()
    for phrase in phrases.replace("\n", " ").split("|")
}
_LONGEST = max(len(phrase) for phrase in _PHRASES)
_LAST_WORDS = frozenset(phrase[-1] for phrase in _PHRASES)
# May stand between the comparator and its number: "more than a dozen", "nearly another 40", "over **800**".
_BETWEEN = words("a an the another some its their all just total well only even other * _")
# After these "over" and "about" tell a place or a topic, no size: "over the 40 industries", "nearly all 50 states".
_DEFINITE = words("the its their all")
_STILL_COMPARING = words("than nearly almost approximately roughly least exceed exceeds exceeded exceeding")
_STEPS = 4


def comparison_before(tokens: Tokens, first: int, floor: int) -> Comparison | None:
    """The comparator right before token `first`, looking no further back than token `floor`."""
    is_definite = False
    for here in range(first, max(floor, first - _STEPS), -1):
        found = _phrase_ending_at(tokens, here, floor)
        if found is not None:
            return None if is_definite and tokens[here - 1].lower not in _STILL_COMPARING else found
        if tokens[here - 1].lower not in _BETWEEN:
            return None
        is_definite = is_definite or tokens[here - 1].lower in _DEFINITE
    return None


def _phrase_ending_at(tokens: Tokens, end: int, floor: int) -> Comparison | None:
    if end <= floor or tokens[end - 1].lower not in _LAST_WORDS:
        return None
    for length in range(min(_LONGEST, end - floor), 0, -1):
        phrase = tuple(token.lower for token in tokens[end - length : end])
        bound = _PHRASES.get(phrase)
        if bound is not None and _holds(tokens, end - length, phrase):
            return Comparison(bound, end - length)
    return None


_RISING = words("ticked tick ticks edged inched went goes go gone moved shot came crept climbed added adds add adding")


def _holds(tokens: Tokens, begin: int, phrase: tuple[str, ...]) -> bool:
    """Whether a word that has other meanings compares here."""
    before = tokens[begin - 1].lower if begin else ""
    if phrase == ("top",):
        return before in ("will", "would", "could", "to", "may", "might", "can") or is_plural(before)
    if phrase == ("tops",):
        return begin > 0 and before not in ("the", "a", "its", "their")
    if phrase[:2] == ("up", "to"):
        return before not in _RISING  # "ticked up to 3.9 percent" tells of a rise
    if phrase == ("some",):
        return before not in ("than", "least", "in", "to") or before in ("to", "in")
    if phrase in (("estimate",), ("estimates",)):
        return before in (
            "experts",
            "officials",
            "analysts",
            "authorities",
            "researchers",
            "economists",
            "they",
            "we",
            "who",
        )
    if phrase == ("under",):
        return before not in ("tables", "children", "kids", "youth", "title", "those")
    if phrase[-2:] == ("cap", "of"):
        return tokens[begin - 1].lower != "market" if phrase[0] == "cap" and begin else True
    if phrase == ("near",):
        return before not in ("located", "is", "village", "town")
    if phrase == ("around",):
        return before not in ("revolves", "turn", "turned")
    if phrase == ("about",):
        return before not in (
            "questions",
            "talk",
            "talked",
            "talking",
            "concerns",
            "information",
            "stories",
            "story",
            "learn",
        )
    return True


_AFTER: dict[tuple[str, ...], Bound] = {
    ("+",): ">=", ("plus",): ">=", ("or", "more"): ">=", ("and", "more"): ">=", ("or", "greater"): ">=", ("or",
    "higher"): ">=",
    ("or", "above"): ">=", ("and", "above"): ">=", ("or", "better"): ">=", ("or", "longer"): ">=", ("and", "up"): ">=",
    ("or", "over"): ">=", ("and", "over"): ">=", ("or", "older"): ">=", ("and", "older"): ">=", ("or", "larger"): ">=",
    ("-", "plus"): ">=", ("-", "odd"): "~", ("or", "less"): "<=", ("or", "fewer"): "<=", ("or", "below"): "<=",
    ("or", "under"): "<=",
    ("and", "under"): "<=", ("or", "lower"): "<=", ("and", "younger"): "<=", ("or", "younger"): "<=", ("and",
    "below"): "<=",
    ("or", "so"): "~", ("or", "thereabouts"): "~", ("at", "least"): ">=", ("at", "most"): "<=", ("at", "a",
    "minimum"): ">=",
    ("at", "the", "most"): "<=", ("at", "the", "least"): ">=", ("and", "counting"): ">=", ("upwards",): ">=",
    ("minimum",): ">=",
    ("maximum",): "<=", ("max",): "<=",
}  # fmt: skip
_AFTER_FIRST = frozenset(phrase[0] for phrase in _AFTER)


def comparison_after(tokens: Tokens, at: int) -> Comparison | None:
    """The comparator that begins at token `at`, right after a number or its unit; `first` is the token after it."""
    if at >= len(tokens) or tokens[at].lower not in _AFTER_FIRST:
        return None
    for length in (3, 2, 1):
        words = tuple(token.lower for token in tokens[at : at + length])  # shorter at the end of the sentence
        bound = _AFTER.get(words)
        if bound is not None and _ends_there(tokens, at, len(words)):
            return Comparison(bound, at + length)
    return None


def _ends_there(tokens: Tokens, at: int, length: int) -> bool:
    """`or more than 5` begins another comparison, `and over the years` is no comparator, `30 plus tax` adds."""
    following = tokens[at + length].lower if at + length < len(tokens) else ""
    last = tokens[at + length - 1].lower
    if tokens[at].lower in ("max", "maximum", "minimum"):
        return tokens[at].text.islower() and following in ("", ",", ".", ";", ")")
    if last in ("more", "less", "fewer", "greater", "higher", "lower", "longer", "older", "younger", "larger"):
        return following != "than"
    if last in ("over", "above", "below", "under"):
        return following in ("", ",", ".", ";", ")", "to", "who", "are", "were", "is", "in", "will", "can")
    if last == "plus":
        return is_plural(following) or following in (".", ",", "years")
    return True
