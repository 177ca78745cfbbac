"""Number words and digits inside names and set phrases: `one of the`, `100 Resilient Cities`, `Super Bowl 50`."""

from __future__ import annotations

from collections.abc import Sequence

from flows.extraction.document import Token
from flows.extraction.figures import SCALES, VAGUE
from flows.extraction.lexicon import AUXILIARIES, STOPS, is_plural, word_class, words

Tokens = Sequence[Token]

_WEEKDAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
)
_OPENERS = frozenset("\"“‘'(:–—•*|-")
_NAME_KINDS = words(
    """initiative program programme network challenge campaign fund partnership project coalition index club list
    commission group committee foundation summit forum act award plan agenda movement alliance podcast series show
    movie band"""
)
# Names that begin with a number and look like a count of capitalised things.
_NUMBERED_NAMES = {
    name[0]: name
    for name in (
        ("resilient", "cities"), ("small", "businesses"), ("black", "women"), ("million", "cups"), ("hour", "fitness"),
        ("eleven",), ("direction",), ("mile", "island"), ("nations",), ("flags",), ("day", "yoga"), ("corners",),
    )
}  # fmt: skip


def _lower(tokens: Tokens, at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


_NEIGHBOURHOOD = 30


def is_titled(tokens: Tokens, at: int) -> bool:
    """Whether the number stands in title case or capitals: there capital letters say nothing."""
    near = tokens[max(0, at - _NEIGHBOURHOOD) : at + _NEIGHBOURHOOD]
    long = [token for token in near if len(token.text) > 4 and token.text[0].isalpha()]
    return bool(long) and sum(token.text[0].isupper() for token in long) > 0.8 * len(long)


def _begins(tokens: Tokens, at: int) -> bool:
    """At the beginning of a sentence, a quotation, a bracket or a list item."""
    return at == 0 or tokens[at - 1].text in _OPENERS or tokens[at - 1].text in ".!?"


def _in_numbered_name(tokens: Tokens, at: int) -> int | None:
    """`100 Resilient Cities`, `the 10,000 Small Businesses program`."""
    here = at + 1
    if _lower(tokens, here) in ("-", "–") and here + 1 < len(tokens) and tokens[here].start == tokens[at].end:
        here += 1
    name = _NUMBERED_NAMES.get(_lower(tokens, here))
    if name is not None and tokens[here].text[0].isupper():
        until = here + len(name)
        if tuple(token.lower for token in tokens[here:until]) == name:
            return until
    return _in_named_kind(tokens, at, here)


def _in_named_kind(tokens: Tokens, at: int, here: int) -> int | None:
    while here < min(len(tokens), at + 7) and tokens[here].text[0].isupper():
        here += 1
    if (
        here == at + 2
        and _lower(tokens, at + 1) in _NAME_KINDS
        and tokens[at].text.isdecimal()
        and not is_titled(tokens, at)
    ):
        return here  # "its 504 Program"
    if here - at < 3 or is_titled(tokens, at):
        return None
    last = tokens[here - 1].lower
    if last in _NAME_KINDS and is_plural(tokens[here - 2].lower):
        return here
    if is_plural(last) and _lower(tokens, here) in _NAME_KINDS and _lower(tokens, at - 1) in ("the", "a", "its", "our"):
        return here + 1
    return None


def _capital_word(tokens: Tokens, at: int) -> int | None:
    """`Big Ten`, `One Health`, `the Billion Futures Scholarship`: a number word with a capital inside a sentence."""
    token = tokens[at]
    if not token.text[0].isupper() or _begins(tokens, at) or is_titled(tokens, at):
        return None
    if token.lower in SCALES or token.lower in VAGUE:
        return at + 1
    before, after = tokens[at - 1], _lower(tokens, at + 1)
    if at + 1 < len(tokens) and tokens[at + 1].text[0].isupper() and not is_plural(after):
        return at + 1
    if before.text[0].isupper() and before.lower not in STOPS and at > 1 and not is_plural(after):
        return at + 1
    return None


def _after_name(tokens: Tokens, at: int) -> int | None:
    """`Super Bowl 50`, `Vision 2030`, `Gateway 105 Farmers Market`: digits right after a capital word."""
    if at < 2 or not tokens[at].text.replace(".", "").isdecimal() or len(tokens[at].text) > 4:
        return None
    before = tokens[at - 1]
    if not before.text[0].isupper() or before.lower in STOPS or before.lower in _WEEKDAYS or is_titled(tokens, at):
        return None
    if word_class(before.lower) in ("adverb", "past", "verb") or _begins(tokens, at - 1):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or (following.text[0] in "():;,.'’\"”" and not is_age_list(tokens, at)):
        return at + 1
    if following.lower in ("and", "or") and _goes_on_in_capitals(tokens, at + 2):
        return at + 1
    if word_class(following.lower) == "stop":
        return None if following.lower in AUXILIARIES else at + 1
    is_counted = is_plural(following.lower) and not _lower(tokens, at + 2)[:1].isupper()
    return at + 1 if following.text[0].isupper() and (not is_counted or _goes_on_in_capitals(tokens, at + 2)) else None


def _goes_on_in_capitals(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and tokens[at].text[0].isupper()


def is_age_list(tokens: Tokens, at: int) -> bool:
    """`Adams 45;` in a list of people and scores is no name."""
    return _lower(tokens, at + 1) == ";"


_NOT_ONE_BEFORE = words(
    """no any every each another this that which some someone first second third number single loved
    right wrong big little good bad best great better dear new last next the"""
)
_NOT_ONE_AFTER = words(
    "of another who whom that which can must should would may might could 's ’s thing day way reason step"
)
_TIED_OUT = words(
    """time way on off stop sided party dimensional size self hand handed fold liner piece star shot pager click room
    person year-old"""
)


def _idiomatic_one(tokens: Tokens, at: int) -> int | None:
    """`one of the`, `one another`, `no one`, `the one that`, `one-time`, `number one`."""
    word, _, tail = tokens[at].lower.partition("-")
    if word != "one":
        return None
    if tail:
        return at + 1 if tail in _TIED_OUT or tail.startswith(("size", "on-", "of-", "time", "way", "stop")) else None
    before, after = _lower(tokens, at - 1), _lower(tokens, at + 1)
    if after in ("in", "out") and word_class(_lower(tokens, at + 2) or ".") == "number":
        return None  # "the one in four"
    kind = word_class(after) if after else "mark"
    if before in _NOT_ONE_BEFORE and (
        before in ("no", "every", "number") or kind not in ("noun", "adjective", "either")
    ):
        return at + 1
    if after in _NOT_ONE_AFTER and not (after == "of" and before in ("least", "than")):
        return at + 1
    if kind in ("stop", "verb", "adverb") and after not in ("in", "out", "to", "per", "such", "more", "other"):
        return at + 1
    if kind == "mark" and after not in ("%", "(", "/", "-", "–", "°"):
        return at + 1
    return at + 1 if kind == "and" and _lower(tokens, at + 2) not in _ONE_AND else None


_ONE_AND = words("a one more two half three fewer less")
_SHAPED = words("dimensional pronged sided tiered pillar legged")
_TWO_TAILS = words("way fold sided time faced tone pronged party step state-solution state factor part")


def _idiom(tokens: Tokens, at: int) -> int | None:
    """`two-way`, `zero tolerance`, `four-letter`, `thirty-seventh`, `ten commandments`."""
    lower = tokens[at].lower
    word, _, tail = lower.partition("-")
    if tail.endswith(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")):
        return at + 1 if word not in ("one", "two", "three") else None
    if tail in _SHAPED or (word == "two" and tail in _TWO_TAILS):
        return at + 1
    if lower in SCALES and _lower(tokens, at - 1) == "per":
        return at + 1  # "421 parts per million"
    after = _lower(tokens, at + 1)
    if word == "zero":
        counts = is_plural(after) or word_class(after or ".") == "adjective" or after in ("percent", "per", "%", "out")
        return None if counts and not tail else at + 1
    if (lower, after) in (("ten", "commandments"), ("seven", "seas"), ("seventh", "heaven")):
        return at + 1
    return None


_RULES_FOR_WORDS = (_capital_word, _idiomatic_one, _idiom)


def _word_rules(tokens: Tokens, at: int) -> int | None:
    if tokens[at].text[0].isdigit():
        return _after_name(tokens, at)
    for rule in _RULES_FOR_WORDS:
        until = rule(tokens, at)
        if until is not None:
            return until
    return None


IDIOM_RULES = (_word_rules, _in_numbered_name)
