"""Who is counted and what was done: the words from which a series takes its population and its measure.

`population` is the unit with the modifiers that restrict who is counted (`US city`, `employer partner`); `object`
the head of what the counted did (`summit`, `action plan`, `paid sick leave`, `homelessness ended`).
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.extraction.clauses import DETERMINERS, PREPOSITIONS, RELATIVES
from flows.extraction.cues import Cues
from flows.extraction.document import Token
from flows.extraction.lexicon import singular, words
from warehouse.records import Action

# Modifiers that do not restrict who is counted: news, praise, size, and words that only point.
_NOT_RESTRICTING = words(
    """new other local additional more another further extra such different various several many existing current
    original participating leading major key top big large small great full total whole entire individual single
    separate own innovative successful committed dedicated proud former first next last latest good-paying good
    high-quality great-paying unique distinct estimated approximately nearly active total own critical important
    historic landmark significant remaining eligible best of the and or in for to a an their its our these those all"""
)
_COUNTRY = {"u.s.": "US", "us": "US", "american": "US", "u.s": "US"}
_LIGHT_VERBS = words("take make")
_LIGHT_OBJECTS = words("action actions step steps measures progress")
# Heads that say nothing by themselves keep the words before them.
_WEAK_HEADS = words(
    """plan leave set program action order center system project rule event step increase wage law policy ordinance"""
)
_ENDING = {"end": "ended", "eliminate": "ended", "eradicate": "ended"}
_STOPS = frozenset(',;:.—–-()[]"”“!?*&') | words("and or but as so than")
_PARTICLES = words("up out over off down back away")  # `carry out projects`, `receive up to`: no thing done
_LONGEST = 8


def population_of(cues: Cues) -> str | None:
    """The counted unit with its restricting modifiers; heads alone where several kinds are counted together."""
    unit = cues.quantity.unit
    if unit is None or "|" in unit or cues.unit_class in ("money", "percent"):
        return unit
    heads = set(unit.lower().split())
    kept = [
        _COUNTRY.get(word, word)
        for word in cues.quantity.modifiers
        if word not in _NOT_RESTRICTING and word not in heads and word[:1].isalpha()
    ]
    return " ".join([*kept[-2:], unit])


def object_of(tokens: Sequence[Token], cues: Cues, action: Action) -> str | None:
    """The head of what is done to, or by, what is counted; None where the sentence names none."""
    verb = cues.setting.nearest
    if verb is None or action == "join":
        return None
    if cues.setting.role == "object":
        return _head_of(tokens, verb.head + 1, cues.setting.first) or cues.quantity.unit
    found = _head_of(tokens, verb.head + 1, len(tokens), verb.lemma in _LIGHT_VERBS)
    if found is not None and action == "achieve" and verb.lemma in _ENDING:
        return f"{found} {_ENDING[verb.lemma]}"
    return found


def _head_of(tokens: Sequence[Token], start: int, stop: int, light: bool = False) -> str | None:
    """The head of the noun phrase at `start`; of `taken action on X`, that of X."""
    words = _noun_phrase(tokens, start, stop)
    if light and words and words[-1] in _LIGHT_OBJECTS:
        after = start + sum(1 for _ in _span(tokens, start, stop))
        return _head_of(tokens, after + 1, stop)
    if not words:
        return None
    head = singular(words[-1])
    if head not in _WEAK_HEADS:
        return head
    before = [word for word in words[:-1] if word not in _NOT_RESTRICTING]
    return " ".join([*(before if head == "leave" else before[-1:]), head])


def _span(tokens: Sequence[Token], start: int, stop: int) -> list[Token]:
    found = []
    for token in tokens[start : min(stop, start + _LONGEST)]:
        if (
            token.lower in _STOPS
            or token.lower in PREPOSITIONS
            or token.lower in RELATIVES
            or token.lower in {"to", "that"}
        ):
            break
        found.append(token)
    return found


def _noun_phrase(tokens: Sequence[Token], start: int, stop: int) -> list[str]:
    empty = DETERMINERS | _PARTICLES
    return [t.lower for t in _span(tokens, start, stop) if t.lower not in empty and t.text[:1].isalpha()]
