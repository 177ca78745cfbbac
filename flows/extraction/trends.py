"""Reads the direction that a number tells of: "reduced by 36 percent", "rose to 5", "a 20% cut", "up 1.6%"."""

from __future__ import annotations

from collections.abc import Sequence

from flows.extraction.document import Token
from flows.extraction.lexicon import word_class, words
from flows.extraction.quantity import QuantityKind, Trend

Tokens = Sequence[Token]

_UP_VERBS = words(
    """rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb
    climbs climbed climbing jump jumps jumped jumping surge surges surged surging soar soars soared soaring gain
    gains gained gaining expand expands expanded expanding boost boosts boosted boosting raise raises raised
    raising hike hiked hikes advance advanced advances spike spiked spikes skyrocketed swell swelled swells
    balloon ballooned rebound rebounded strengthen strengthened accelerate accelerated widen widened rocketed
    leapt leaped improve improved improves higher"""
)
_DOWN_VERBS = words(
    """fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease
    decreases decreased decreasing reduce reduces reduced reducing cut cuts cutting slash slashed slashes
    slashing lower lowers lowered lowering plunge plunged plunges plunging tumble tumbled tumbles tumbling slump
    slumped slumps sink sank sunk slide slid slides slip slipped slips shrink shrank shrunk shrinking contracted
    contracting lose lost loses losing dip dipped dips plummet plummeted plummets ease eased eases trim trimmed
    trims shed sheds weakened weaken narrowed dwindled eliminate eliminated eliminates eliminating slowed halved
    curb curbed down-from"""
)
_UP_NOUNS = words(
    """increase rise gain jump growth surge hike uptick climb boost expansion improvement upsurge spike raise
    increases rises gains jumps hikes raises"""
)
_DOWN_NOUNS = words(
    """decrease decline drop fall reduction cut loss dip slump plunge contraction discount slide decreases cuts
    reductions declines drops falls losses discounts"""
)
_UP_AFTER = words("higher up faster larger greater bigger longer increase more-than")
_DOWN_AFTER = words("lower down fewer less off cheaper smaller slower shorter")
_LINKS = words("by to from of at below above under over beyond past")
_SKIPPED = words(
    "a an another additional nearly about around almost roughly approximately some more less than only just further"
)
_BREAKS = words("which who that while but whereas because when if after although")
_MOVED = words(
    """is are was were be been come came comes coming went gone moved shot ended closed finished settled traded edged
    ticked inched trending stands stood"""
)
_REACH = 9
# Before a count these tell what is done to the things: "expanded 12 clinics" are no more clinics.
_CHANGE_THINGS = words(
    """expand expands expanded expanding boost boosts boosted boosting raise raises raised raising improve improves
    improved strengthen strengthened advance advances advanced accelerate accelerated widen widened lower lowers lowered
    curb curbed ease eased weaken weakened narrowed slowed cutting"""
)


def trend_of(tokens: Tokens, first: int, after: int, kind: QuantityKind, floor: int) -> Trend | None:
    """The direction of the number whose comparator begins at `first` and whose unit ends before `after`."""
    return _after_number(tokens, after, kind) or _before_number(tokens, first, kind, floor)


def _after_number(tokens: Tokens, after: int, kind: QuantityKind) -> Trend | None:
    """`a 20% cut`, `5 percent higher`, `a $3 increase`; an adjective may stand between."""
    for here in range(after, min(len(tokens), after + 3)):
        lower = tokens[here].lower
        if lower in _UP_NOUNS or (here == after and lower in _UP_AFTER and kind != "count"):
            return "up"
        if lower in _DOWN_NOUNS or (here == after and lower in _DOWN_AFTER and kind != "count"):
            return None if lower == "off" and kind == "measure" else "down"
        if word_class(lower) not in ("adjective", "noun") or kind == "count":
            return None
    return None


def _before_number(tokens: Tokens, first: int, kind: QuantityKind, floor: int) -> Trend | None:
    here = first - 1
    while here > floor and tokens[here].lower in _SKIPPED:
        here -= 1
    if here < floor:
        return None
    lower = tokens[here].lower
    if lower in ("up", "down"):
        return _adverbial(tokens, here)
    direct = direction_of(lower)
    if direct is not None:
        is_other = (kind == "count" and lower in _CHANGE_THINGS) or (kind == "money" and lower.startswith("rais"))
        return None if is_other else direct  # "raised $5 million" collects it
    if lower not in _LINKS:
        return None
    return _verb_before(tokens, here, kind, floor)


def direction_of(lower: str) -> Trend | None:
    """The direction of a verb of change, None for another word."""
    return "up" if lower in _UP_VERBS else "down" if lower in _DOWN_VERBS else None


def _may_move(verb: str, link: str, kind: QuantityKind) -> bool:
    """Not `a loss of`, whose noun speaks, nor `raised by 1,000 people`, who raise."""
    return link != "of" and not (link == "by" and kind == "count" and (verb in _CHANGE_THINGS or verb == "raised"))


def _noun_direction(lower: str) -> Trend | None:
    return "up" if lower in _UP_NOUNS else "down" if lower in _DOWN_NOUNS else None


def _adverbial(tokens: Tokens, here: int) -> Trend | None:
    """`prices are up 5 percent`, not `signed up 4 million`, `makes up 40%`."""
    if here:
        before = tokens[here - 1].lower
        if before not in _MOVED and word_class(before) in ("verb", "past", "either", "ing"):
            return direction_of(before)
    return "up" if tokens[here].lower == "up" else "down"


def _verb_before(tokens: Tokens, link: int, kind: QuantityKind, floor: int) -> Trend | None:
    """`cut emissions by 20 percent`: the nearest change before the preposition; `to` wants it close."""
    reach = 3 if tokens[link].lower in ("to", "over", "of") and kind == "count" else _REACH
    for here in range(link - 1, max(floor, link - reach) - 1, -1):
        lower = tokens[here].lower
        if lower in ("up", "down") and here + 1 == link:
            return _adverbial(tokens, here)
        found = (direction_of(lower) if _may_move(lower, tokens[link].lower, kind) else None) or (
            _noun_direction(lower) if here + 1 == link else None
        )
        if found is not None:
            return found
        if lower in _BREAKS or lower[0] in ",;:—(":
            return None
    return None
