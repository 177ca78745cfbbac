"""Units that stand away from their number: `bringing the number of agencies to 26`, `48 are`, `thousands more`.

Everything is looked for within the sentence, at most in what the sentence before counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.extraction.document import Token
from flows.extraction.lexicon import AUXILIARIES, word_class, words
from flows.extraction.measuring import Unit, unit_name
from flows.extraction.numerals import Numeral
from flows.extraction.phrases import plural_phrase, skip_determiners
from flows.extraction.trends import direction_of

Tokens = Sequence[Token]

_AGGREGATES = words("number numbers total totals count tally tallies membership ranks list network share sum")
_REACH = 30


def number_of(tokens: Tokens, before: int) -> Unit | None:
    """`the (total) number of agencies` somewhere before token `before`."""
    for here in range(before - 1, max(0, before - _REACH), -1):
        if tokens[here].lower != "of" or here == 0 or tokens[here - 1].lower not in _AGGREGATES:
            continue
        phrase = plural_phrase(tokens, skip_determiners(tokens, here + 1))
        if phrase is not None and phrase.next <= before:
            return Unit(unit_name(tokens[phrase.head].lower), phrase.first, phrase.next)
    return None


def bracketed(tokens: Tokens, first: int, after: int) -> Unit | None:
    """`the best teams (up to 20)`: the plural before the bracket."""
    if first < 2 or tokens[first - 1].text != "(" or after >= len(tokens) or tokens[after].text not in (")", ","):
        return None
    if word_class(tokens[first - 2].lower) != "plural":
        return None
    return Unit(unit_name(tokens[first - 2].lower), first - 2, first - 1)


def refers_back(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether the number stands for things named before: `48 are`, `thousands more`, `two of them`."""
    return (
        _is_compared(tokens, numeral.first)
        or _is_subject(tokens, numeral.next)
        or _is_elliptic(tokens, numeral.first, numeral.next)
    )


_LEVELS = words("total goal target peak high low record average maximum minimum capacity")


def _is_level(tokens: Tokens, here: int) -> bool:
    """`a total of 212`, `the goal of 4,250`."""
    return tokens[here].lower == "of" and tokens[here - 1].lower in _LEVELS


def _is_elliptic(tokens: Tokens, first: int, after: int) -> bool:
    """`28 miles in the city and 35 on the highway`, `120 points to 33,500`."""
    here = first - 1
    while here > 0 and tokens[here].lower in _HEDGES:
        here -= 1
    if here < 1 or (tokens[here].lower not in _JOINS and not _is_level(tokens, here)):
        return False
    return after >= len(tokens) or tokens[after].lower in _ENDS


_JOINS = words("by including and to or versus from another existing remaining additional")
_HEDGES = words("over about nearly more than almost around just some roughly approximately")
_ENDS = frozenset({*words("over in on at for by from last this a after since during to"), ".", ",", ";", ")", "—", "–"})
_GROUPS = {
    "population": "person", "crowd": "person", "audience": "person", "attendance": "person", "toll": "death",
    "workforce": "worker", "membership": "member", "staff": "staff", "enrollment": "student", "congregation": "person",
}  # fmt: skip


_SETTLEMENTS = words("city town village county state country nation community metropolis")


def group_size(tokens: Tokens, first: int) -> Unit | None:
    """`a population of 67 million`, `the death toll rose to 120`."""
    if first > 1 and tokens[first - 1].lower == "of" and tokens[first - 2].lower in ("crew", "team", "panel", "group"):
        return Unit("member", first - 2, first - 1)
    if first > 1 and tokens[first - 1].lower == "of" and tokens[first - 2].lower in _SETTLEMENTS:
        return Unit("person", first - 2, first - 1)
    for here in range(first - 1, max(-1, first - 6), -1):
        name = _GROUPS.get(tokens[here].lower)
        if name is not None:
            return Unit(name, here, here + 1)
        if tokens[here].text in ",;:.":
            return None
    return None


_HURT = words("dead wounded injured missing killed hurt hospitalized unemployed homeless")


def hurt_people(tokens: Tokens, after: int) -> Unit | None:
    """`17 dead and 60 wounded`."""
    if after < len(tokens) and tokens[after].lower in _HURT:
        return Unit("person", after, after + 1)
    return None


_COMPARED = {
    ("down", "from"), ("up", "from"), ("compared", "with"), ("compared", "to"), ("instead", "of"), ("rather", "than"),
    ("total", "to"), ("figure", "to"), ("tally", "to"), ("that", "to"), ("them", "to"), ("versus",), ("vs",),
    ("against",),
}  # fmt: skip


def is_subject(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether the number itself does or suffers something: `48 are`, `eight survived`."""
    return _is_subject(tokens, numeral.next)


def is_object(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether a verb takes the bare number: `created 170,000 jobs and will create 1.5 million over the decade`."""
    here, after = numeral.first - 1, numeral.next
    while here > 0 and tokens[here].lower in _HEDGES:
        here -= 1
    if here < 1 or word_class(tokens[here].lower) not in ("verb", "either", "past"):
        return False
    return after >= len(tokens) or tokens[after].lower in _ENDS


def is_aside(tokens: Tokens, after: int) -> bool:
    """Whether a bare share ends there: `5 million Floridians, one in four, live`."""
    return after >= len(tokens) or tokens[after].text in ",—–);."


def _is_compared(tokens: Tokens, first: int) -> bool:
    before = tuple(token.lower for token in tokens[max(0, first - 2) : first])
    return before in _COMPARED or before[-1:] in _COMPARED


def _is_subject(tokens: Tokens, after: int) -> bool:
    here = after
    if here < len(tokens) and tokens[here].lower in ("more", "others", "other"):
        here += 1
    if here < len(tokens) and tokens[here].lower == "of":
        return here + 1 < len(tokens) and tokens[here + 1].lower in ("them", "whom", "which", "those", "these")
    if here >= len(tokens):
        return here > after
    lower = tokens[here].lower
    return lower in AUXILIARIES or lower == "who" or word_class(lower) in ("past", "verb") or here > after


_MONEY_NOUNS = words(
    """investment investments funding fund funds grants grant loans loan aid damage damages savings assistance
    revenue revenues sales debt contracts spending taxes tax financing cuts profit profits losses fees fines
    penalties subsidies bonds relief budget capital assets costs cost exports imports trade program programs
    money cash income wages payments credits dollars benefits rebates bailout donations rewards bonuses
    incentives funds"""
)
_MONEY_VERBS = words(
    """make makes made invest invests invested investing spend spends spent spending cost costs save saves saved
    saving pay pays paid paying raise raises raised raising donate donated owe owes owed lose lost losing borrow
    borrowed worth earn earned costing propose proposes proposed proposing provide provides provided providing
    commit committed committing allocate allocated devote devoted"""
)


def is_money_talk(tokens: Tokens, numeral: Numeral) -> bool:
    """`invested billions`, `tens of millions in new investments`: a sum of money that names no currency."""
    if any(token.lower in _MONEY_VERBS for token in tokens[max(0, numeral.first - 3) : numeral.first]):
        return True
    at = numeral.next
    if any(token.lower in ("invested", "spent", "worth", "lost") for token in tokens[at : at + 2]):
        return True
    if at < len(tokens) and tokens[at].lower in ("more", "of"):
        at += 1
    if at >= len(tokens) or tokens[at].lower != "in":
        return False
    return any(token.lower in _MONEY_NOUNS for token in tokens[at + 1 : at + 9])


def risen_plural(tokens: Tokens, first: int) -> Unit | None:
    """`Applications fell (12 percent) to 8,400`: the plural that changed."""
    if first < 2 or tokens[first - 1].lower not in ("to", "from", "at"):
        return None
    for here in range(first - 2, max(0, first - 7), -1):
        if direction_of(tokens[here].lower) is not None:
            subject = tokens[here - 1].lower
            is_subject = word_class(subject) == "plural" and subject not in _MONEY_NOUNS
            return Unit(unit_name(subject), here - 1, here) if is_subject else None
    return None


def changed_thing(tokens: Tokens, first: int) -> Unit | None:
    """What changed by a share: `inflation has fallen by two-thirds`, `cut emissions by half`."""
    if first < 2 or tokens[first - 1].lower not in ("by", "nearly", "almost", "about", "over", "than"):
        return None
    here = first - 1
    while here > 0 and word_class(tokens[here].lower) in ("stop", "adverb", "past", "verb"):
        here -= 1
    if word_class(tokens[here].lower) in ("noun", "plural", "ing", "adjective", "either"):
        return Unit(unit_name(tokens[here].lower), here, here + 1)
    return None
