"""Whether a commitment ledger counts a quantity: the guidelines' "What is out", as rules that say their name.

`reason_out` gives the name of the rule that leaves a quantity out, None where it counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.extraction.document import Token
from flows.extraction.lexicon import word_class, words
from flows.extraction.measuring import Unit
from flows.extraction.numerals import Numeral
from flows.extraction.quantity import QuantityKind
from warehouse.records import BlockKind, Bound

Tokens = Sequence[Token]


class Candidate(NamedTuple):
    """A quantity before it is decided whether it counts."""

    numeral: Numeral
    first: int
    unit: Unit | None
    kind: QuantityKind
    bound: Bound


class Mentions:
    """What the document has counted so far: `these seven companies` points back at `seven leading companies`."""

    def __init__(self) -> None:
        self._seen: set[tuple[float, str]] = set()

    def knows(self, candidate: Candidate) -> bool:
        return any((candidate.numeral.value, head) in self._seen for head in _heads(candidate))

    def add(self, candidate: Candidate) -> None:
        self._seen.update((candidate.numeral.value, head) for head in _heads(candidate))


def _heads(candidate: Candidate) -> list[str]:
    return candidate.unit.name.split("|") if candidate.unit else []


_BIOGRAPHICAL = re.compile(
    r"""\b(?: (?:received|earned|holds)\s(?:his|her|a|an|both)\b | graduated\s(?:from|with) | (?:his|her)\scareer
    | served\s(?:as|in|on) | serves\s(?:as|on) | resides?\sin | native\sof | was\sborn | [JM]\.?D\.? | [BM]\.[AS]\.?
    | Ph\.?D | [Bb]achelor | [Pp]rior\sto\s(?:joining|that|this|her|his) | [Nn]ominee\sfor | [Ff]ellow\s(?:of|at) )""",
    re.VERBOSE,
)
_PERSONAL = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
_LONGEST_BIOGRAPHY = 4000


@lru_cache(maxsize=8)  # asked once a quantity, answered once a paragraph
def is_biography(block: str) -> bool:
    """Whether a paragraph tells of a person's life: two marks of a curriculum vitae, and `he` or `she`."""
    text = block[:_LONGEST_BIOGRAPHY]
    return _PERSONAL.search(text) is not None and len({m.group() for m in _BIOGRAPHICAL.finditer(text)}) >= 2


def reason_out(
    tokens: Tokens, candidate: Candidate, mentions: Mentions, block: BlockKind, block_text: str
) -> str | None:
    """The name of the rule that leaves the quantity out of commitment facts."""
    if candidate.kind in ("duration", "age"):
        return candidate.kind
    if block == "table_row":
        return "table"
    if candidate.unit is None:
        return "no unit"
    for name, rule in _RULES:
        if rule(tokens, candidate):
            return name
    if _points_back(tokens, candidate, mentions):
        return "back reference"
    return "biography" if is_biography(block_text) else None


def _lower(tokens: Tokens, at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


# --- back references


def _points_back(tokens: Tokens, candidate: Candidate, mentions: Mentions) -> bool:
    """`these seven companies`, `the five percent`, `their 40 industries` after they were counted before."""
    if candidate.bound != "=" or candidate.unit is None or not mentions.knows(candidate):
        return False
    before = _lower(tokens, candidate.numeral.first - 1)
    if before in ("these", "those", "its", "their", "our", "his", "her"):
        return True
    is_bare = candidate.unit.first <= candidate.numeral.first  # "The 12 will": they have no noun of their own
    modifiers = () if is_bare else candidate.unit.modifiers
    return before == "the" and candidate.kind != "money" and not modifiers and not _is_new_subject(tokens, candidate)


def _is_new_subject(tokens: Tokens, candidate: Candidate) -> bool:
    """`The 10 cities will receive`: the sentence says something new of exactly them."""
    unit = candidate.unit
    if unit is None or unit.first <= candidate.numeral.first:
        return False  # "The 12 will": they have no noun of their own
    after = unit.next
    return candidate.numeral.first <= 1 and _lower(tokens, after) in (
        "will",
        "have",
        "committed",
        "are",
        "were",
        "must",
    )


# --- one and two

_SMALL_OUT_BEFORE = words("the these those our your both its their his her any")
_ABSTRACT = words(
    """pillar theme area objective priority principle question reason way factor category element component aspect
    thing part side topic issue criterion type kind chapter goal idea lesson point fact example step half third
    fifth thrust prong story other"""
)


def _is_small_word(candidate: Candidate, limit: int) -> bool:
    numeral = candidate.numeral
    return numeral.shape == "words" and numeral.value <= limit and numeral.value_max is None


def _idle_two(tokens: Tokens, candidate: Candidate) -> bool:
    """`the two leaders`, `our two countries`: "two" counts only where things are delivered or members counted."""
    if not _is_small_word(candidate, 2) or candidate.numeral.value != 2 or candidate.unit is None:
        return False
    return _lower(tokens, candidate.numeral.first - 1) in _SMALL_OUT_BEFORE


_DELIVERED_MODIFIERS = words("new additional more other extra")


def _idle_one(tokens: Tokens, candidate: Candidate) -> bool:
    """`one part`, `one apartment over another`; `one mid-sized city` and `one new center` count."""
    numeral, unit = candidate.numeral, candidate.unit
    if numeral.value != 1 or numeral.shape != "words" or unit is None:
        return False
    if _lower(tokens, numeral.next) == "or" or candidate.bound == ">":
        return True
    if _is_last_of_counts(tokens, numeral.first):
        return False
    return not any(_is_describing(modifier) for modifier in unit.modifiers)


def _is_last_of_counts(tokens: Tokens, first: int) -> bool:
    """`69 credit unions and one loan fund`, `five states and the one territory`: counted beside others."""
    start = first - 1 if _lower(tokens, first - 1) == "the" else first
    if _lower(tokens, start - 1) != "and":
        return False
    return any(word_class(token.lower) == "number" for token in tokens[max(0, start - 8) : start])


def _is_describing(modifier: str) -> bool:
    return modifier in _DELIVERED_MODIFIERS or "-" in modifier or word_class(modifier) in ("noun", "either", "plural")


def _abstract_few(tokens: Tokens, candidate: Candidate) -> bool:
    """`three principles`, `four themes`: parts of a text, not of a commitment."""
    if candidate.unit is None or candidate.kind != "count" or candidate.numeral.value > 12 or candidate.bound != "=":
        return False
    if candidate.unit.name == "area":
        return all(modifier in _VAGUE_AREAS for modifier in candidate.unit.modifiers)
    return candidate.unit.name in _ABSTRACT


_VAGUE_AREAS = words("priority key focus main core critical major specific broad other such different new strategic")


# --- other talk

_KILLED = words(
    """killed gunned shot murdered slain massacred wounded stolen injured abducted kidnapped dead victims shooting
    attack massacre bombing crash hostages hostage grieving mourn mourning"""
)
_LIVES = words(
    """person people student teacher child adult officer civilian soldier victim american woman man police other life
    marine officials official member worker kid girl boy firefighter deputy israeli individual parent family"""
)
_VICTIMS_MOST = 1000


def _victims(tokens: Tokens, candidate: Candidate) -> bool:
    """The dead and hurt of an attack or accident."""
    if candidate.unit is None or candidate.kind != "count" or candidate.numeral.value >= _VICTIMS_MOST:
        return False
    if not any(head in _LIVES for head in _heads(candidate)):
        return False
    near = tokens[max(0, candidate.first - 12) : candidate.numeral.next + 16]
    return any(token.lower in _KILLED for token in near)


_TODAY = words("today tonight tomorrow morning afternoon evening")
_HOSTING = words("host hosts hosting hosted welcome welcomes welcoming greet greets")


def _attendance(tokens: Tokens, candidate: Candidate) -> bool:
    """Guests of the very event that is announced: `today will host over 250 mayors`."""
    if candidate.kind != "count":
        return False
    before = tokens[max(0, candidate.first - 8) : candidate.first]
    if not any(token.lower in _HOSTING for token in before[-3:]):
        return False
    return any(token.lower in _TODAY for token in tokens[max(0, candidate.first - 12) : candidate.numeral.next + 12])


_CRIMES = words("count charge felony vote indictment ballot")


def _court_or_vote(tokens: Tokens, candidate: Candidate) -> bool:
    """`two counts of wire fraud`, `a vote of 53`, `by 60 votes`."""
    return candidate.kind == "count" and any(head in _CRIMES for head in _heads(candidate))


_HOUSEHOLDS = words("family families household households")


def _household(tokens: Tokens, candidate: Candidate) -> bool:
    """`a family of four`."""
    first = candidate.numeral.first
    return _lower(tokens, first - 1) == "of" and _lower(tokens, first - 2) in _HOUSEHOLDS


_KIN = words("child son daughter grandchild sibling brother sister dog cat grandson granddaughter")
_FAMILY = words("husband wife spouse married grandmother grandfather resides reside")


def _biography(tokens: Tokens, candidate: Candidate) -> bool:
    """`lives with her husband and three children`."""
    if not any(head in _KIN for head in _heads(candidate)) or candidate.numeral.value > 20 or candidate.kind != "count":
        return False
    if _lower(tokens, candidate.first - 1) in ("has", "have") and _lower(tokens, candidate.first - 2) in (
        "he",
        "she",
        "they",
    ):
        return True
    return any(token.lower in _FAMILY for token in tokens[max(0, candidate.first - 10) : candidate.numeral.next + 10])


_OFFICES = words("bureau office division component department unit directorate")


def _own_offices(tokens: Tokens, candidate: Candidate) -> bool:
    """An agency's description of itself: `OJP has six bureaus and offices: ...`."""
    if candidate.unit is None or not any(head in _OFFICES for head in _heads(candidate)):
        return False
    return _lower(tokens, candidate.first - 1) in ("has", "comprises", "includes") and ":" in {
        token.text for token in tokens[candidate.unit.next : candidate.unit.next + 2]
    }


def _in_half(tokens: Tokens, candidate: Candidate) -> bool:
    """`cut in half` carries no number; `in half of the states` does."""
    numeral = candidate.numeral
    if numeral.shape != "fraction" or tokens[numeral.first].lower != "half" or _lower(tokens, numeral.next) == "of":
        return False
    return _lower(tokens, numeral.first - 1) == "in"


def _zero(tokens: Tokens, candidate: Candidate) -> bool:
    return candidate.numeral.value == 0 and candidate.numeral.shape == "words"


_RULES = (
    ("zero", _zero),
    ("one", _idle_one),
    ("two", _idle_two),
    ("abstract", _abstract_few),
    ("victims", _victims),
    ("attendance", _attendance),
    ("court", _court_or_vote),
    ("household", _household),
    ("biography", _biography),
    ("own offices", _own_offices),
    ("in half", _in_half),
)
