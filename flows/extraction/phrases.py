"""Follows a noun phrase from a number, word by word: modifiers, the plural head, compounds, coordination.

"federally funded civil rights groups", "state and local leaders", "cities, states, and rural communities". Nothing here
looks further than a few words ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.extraction.document import Token
from flows.extraction.lexicon import (
    ADJECTIVES,
    DETERMINERS,
    EITHER_S_FORMS,
    POSSESSIVES,
    S_FORMS,
    WordClass,
    word_class,
    words,
)
from flows.extraction.measuring import is_duration, unit_name

Tokens = Sequence[Token]
LEADING_OUT = words("such more other additional further new extra")


# --- noun phrases


class Phrase(NamedTuple):
    """A noun phrase: head token, tokens `first:next`."""

    head: int
    first: int
    next: int
    is_plural: bool


_PHRASE_LENGTH = 14  # a longer stretch without a head is no noun phrase


def kind_of(token: Token) -> WordClass:
    """The class of a token: as `word_class`, and plural acronyms (`HBCUs`), and `US`, which is no pronoun."""
    text = token.text
    if len(text) > 2 and text[-1] == "s" and text[:-1].isupper():
        return "plural"
    return "noun" if text in _ACRONYM_PRONOUNS else word_class(token.lower)


_ACRONYM_PRONOUNS = words("US IT WHO")


def head_name(token: Token) -> str:
    """The singular of a head noun."""
    return token.lower[:-1] if token.text[:-1].isupper() and token.text[-1] == "s" else unit_name(token.lower)


def plural_phrase(tokens: Tokens, at: int) -> Phrase | None:
    """The noun phrase from token `at` up to its plural head: `state and local leaders`, `civil rights groups`."""
    here = at
    stop = min(len(tokens), at + _PHRASE_LENGTH)
    while here < stop:
        kind = kind_of(tokens[here])
        if kind == "plural" and _is_acronym_modifier(tokens, here):
            here += 1
            continue
        if kind == "plural" or (kind == "verb" and tokens[here].lower in S_FORMS):
            if not _is_possessive(tokens, here):
                return _extended(tokens, at, here)
        elif tokens[here].text == "$" and here + 1 < stop and tokens[here + 1].text[0].isdigit():
            here += 1  # "ten $10,000 scholarships"
        elif kind == "number" and here + 2 < stop and tokens[here + 1].text == "-" and _is_glued(tokens, here + 1):
            here += 2  # "3.2 million 60-kg bags"
        elif _is_acronym(tokens, here):
            here += 2
        elif (
            kind == "number"
            and here > at
            and tokens[here - 1].lower in _NUMBERED_KINDS
            and tokens[here - 1].text[0].isupper()
        ):
            pass
        elif not _goes_on(tokens, here, at, kind):
            return None
        here += 1
    return None


_NUMBERED_KINDS = words("category level tier phase type title section class grade part")


def _is_glued(tokens: Tokens, here: int) -> bool:
    return tokens[here - 1].end == tokens[here].start and tokens[here].end == tokens[here + 1].start


def _is_acronym(tokens: Tokens, here: int) -> bool:
    """`(RGN)` inside a name: `14 Regional Grant Navigator (RGN) positions`."""
    return (
        tokens[here].text == "("
        and here + 2 < len(tokens)
        and tokens[here + 2].text == ")"
        and tokens[here + 1].text.isupper()
    )


def _is_acronym_modifier(tokens: Tokens, here: int) -> bool:
    """`18 RAMPS awards`: capitals alone before a word in small letters make a name, no plural."""
    if not tokens[here].text.isupper() or here + 1 >= len(tokens) or not tokens[here + 1].text.islower():
        return False
    return kind_of(tokens[here + 1]) == "plural"


def _is_inside_name(tokens: Tokens, here: int, at: int) -> bool:
    """`10 Department of Energy laboratories`, `12 Boeing 787 Dreamliner aircraft`."""
    if here == at or here + 1 >= len(tokens) or not tokens[here + 1].text[0].isupper():
        return False
    return tokens[here - 1].text[0].isupper() and (tokens[here].lower in ("of", "for") or tokens[here].text.isdecimal())


def _goes_on(tokens: Tokens, here: int, at: int, kind: str) -> bool:
    """Whether a noun phrase that has no head yet may hold this word."""
    if kind in ("noun", "adjective", "either", "ing"):
        return True
    if kind == "past":
        return _modifies(tokens, here)
    if kind == "stop":
        return (here == at and tokens[here].lower in LEADING_OUT) or _is_inside_name(tokens, here, at)
    if kind == "verb":
        return tokens[here].text[0].isupper() and here > at
    if kind == "adverb":
        return _leads_on(tokens, here)
    return _is_inside_name(tokens, here, at) or _joins_modifiers(tokens, here, at)


def _is_possessive(tokens: Tokens, here: int) -> bool:
    return tokens[here].lower.endswith(("'s", "’s"))


def _leads_on(tokens: Tokens, here: int) -> bool:
    """An adverb before an adjective or participle: `federally funded projects`, `highly skilled workers`."""
    if here + 1 >= len(tokens):
        return False
    allowed = {"past", "adjective", "ing", "adverb", "either"} | (
        {"noun"} if tokens[here].lower.endswith("ly") else set()
    )
    return kind_of(tokens[here + 1]) in allowed and plural_phrase(tokens, here + 1) is not None


def _modifies(tokens: Tokens, here: int) -> bool:
    """A participle before its noun: not `40 selected in May`, not `of whom 30 moved to`, not `five won medals`."""
    if here + 1 >= len(tokens) or tokens[here].lower in _NEVER_MODIFY:
        return False
    return kind_of(tokens[here + 1]) not in ("stop", "mark", "number", "adverb") or tokens[here + 1].text == ","


_NEVER_MODIFY = words(
    """became began broke came chose did drew drove ate fell felt fled flew forgave fought forgot froze gave got
    grew had hid knew led met oversaw put ran rose said sang sank sat saw sought spoke sprang stole stood swore
    swung took threw tore undertook went withdrew won wore wove wrote read shot shut hit cost quit cut let"""
)
INNER = frozenset({"noun", "adjective", "plural", "either", "ing", "past"})


def _joins_modifiers(tokens: Tokens, here: int, at: int) -> bool:
    """Whether a mark or conjunction joins modifiers of one head: `small and medium-sized firms`, `Mfg. Co. sites`."""
    text = tokens[here].lower
    following = kind_of(tokens[here + 1]) if here + 1 < len(tokens) else "mark"
    if text in "-–" and here + 1 < len(tokens) and tokens[here + 1].lower in ("and", "or"):
        return here > at  # "lower- and middle-income families"
    if text in "-–/&’'“”\"‘+":
        return following in INNER
    if text == "." and here > at:
        return tokens[here - 1].text[0].isupper() and len(tokens[here - 1].text) <= 5 and following in INNER
    if here == at or text not in (",", "and", "or"):
        return False
    return _joins_adjectives(tokens, here) or _plural_after_list(tokens, here)


def _joins_adjectives(tokens: Tokens, here: int) -> bool:
    """`high-paying, high-quality jobs`: adjectives that a comma alone joins."""
    if tokens[here].text != "," or kind_of(tokens[here - 1]) not in ("adjective", "past"):
        return False
    for token in tokens[here + 1 : here + 5]:
        kind = kind_of(token)
        if kind == "plural":
            return tokens[here + 1] is not token
        if kind not in ("adjective", "noun", "ing", "past", "adverb"):
            return False
    return False


def _plural_after_list(tokens: Tokens, here: int) -> bool:
    """`, and training events`: singular items, a conjunction, then the plural head they share."""
    conjunction = tokens[here].text != ","
    for index in range(here + 1, min(len(tokens), here + 7)):
        lower = tokens[index].lower
        kind = word_class(lower)
        if kind == "and":
            conjunction = True
        elif kind == "plural":
            return conjunction and not (lower in EITHER_S_FORMS and _takes_object(tokens, index))
        elif lower != "," and kind not in INNER:
            return False
    return False


def _takes_object(tokens: Tokens, here: int) -> bool:
    """`plans` before a determiner or number is a verb, before a preposition or a full stop a noun."""
    if here + 1 >= len(tokens):
        return False
    lower = tokens[here + 1].lower
    return lower in DETERMINERS or lower in POSSESSIVES or lower[0].isdigit() or lower in ("to", "$")


def _extended(tokens: Tokens, first: int, head: int) -> Phrase:
    """Goes on to the last noun of a compound: `civil rights groups`, `Veterans Treatment Courts`, `data sets`."""
    here = head + 1
    while here < len(tokens) and here <= head + 4:
        if tokens[here].text in "’'" and _reaches_capital(tokens, here):
            here += 1
            continue
        kind = kind_of(tokens[here])
        modifies = tokens[head].lower in _PLURAL_MODIFIERS
        capitals = _is_capital_pair(tokens, head, here)
        is_compound = here == head + 1 and _may_compound(tokens, head, here) and not _gives(tokens, first)
        if kind == "plural" and (modifies or capitals or is_compound) and not _takes_object(tokens, here):
            head = here
        elif not (capitals and (kind in ("noun", "adjective") or (kind == "either" and modifies))) and not (
            modifies and kind == "noun" and _reaches_plural(tokens, here)
        ):
            break  # "20 Companies Pledge Jobs" in a headline
        here += 1
    return Phrase(head, first, head + 1, True)


_PLURAL_MODIFIERS = words(
    """rights sports veterans services arms resources communications women men children data sales savings humanities
    systems"""
)


_GIVING = words(
    """give gives gave giving given award awards awarded awarding offer offers offered offering save saves saved saving
    send sends sent sending pay pays paid paying cost costs costing grant grants granted teach teaches taught bring
    brings brought hand handed lend lent owe owes owed buy bought guarantee guarantees guaranteed allow allowed"""
)


def _may_compound(tokens: Tokens, head: int, here: int) -> bool:
    """`trades workers`, `firearms transactions`; not `years degrees`, nor a plural that may be a verb."""
    return tokens[here].lower not in EITHER_S_FORMS and not is_duration(head_name(tokens[head]))


def _gives(tokens: Tokens, first: int) -> bool:
    """`gave 500 students laptops`: two objects, no compound."""
    return any(token.lower in _GIVING for token in tokens[max(0, first - 6) : first])


def _reaches_capital(tokens: Tokens, here: int) -> bool:
    """`U.S. Attorneys’ Offices`."""
    return here + 1 < len(tokens) and tokens[here + 1].text[0].isupper() and tokens[here - 1].text[0].isupper()


def _is_capital_pair(tokens: Tokens, head: int, here: int) -> bool:
    return tokens[here].text[0].isupper() and tokens[head].text[0].isupper()


def _reaches_plural(tokens: Tokens, here: int) -> bool:
    return here + 1 < len(tokens) and kind_of(tokens[here + 1]) == "plural"


def singular_phrase(tokens: Tokens, at: int) -> Phrase | None:
    """The noun phrase from token `at` up to its last singular noun: `medium-sized city`, `high-speed plan`."""
    last = None
    for here in range(at, min(len(tokens), at + 6)):
        kind = kind_of(tokens[here])
        if kind == "plural" and here + 1 < len(tokens) and kind_of(tokens[here + 1]) == "noun":
            continue  # "one ballistics laboratory"
        if (kind in ("noun", "either") or _ends_as_noun(tokens, here)) and not _is_possessive(tokens, here):
            last = here
        elif not _goes_on(tokens, here, at, kind) or tokens[here].text in (",", "and", "or"):
            break
        if last is not None and kind == "ing":
            break
    return None if last is None else Phrase(last, at, last + 1, False)


def _ends_as_noun(tokens: Tokens, here: int) -> bool:
    """`one representative from`: an ending makes it look like an adjective, but nothing follows."""
    lower = tokens[here].lower
    if word_class(lower) != "adjective" or lower in ADJECTIVES or "-" in lower:
        return False
    return here + 1 >= len(tokens) or kind_of(tokens[here + 1]) in ("stop", "mark", "and")


def skip_determiners(tokens: Tokens, at: int) -> int:
    """Past `the`, `its`, `all of the nation's`."""
    while at < len(tokens) and _is_determiner(tokens, at):
        at += 1
    return at


def _is_determiner(tokens: Tokens, at: int) -> bool:
    lower = tokens[at].lower
    return lower in DETERMINERS or lower in POSSESSIVES or lower in ("all", "so-called") or _is_possessive(tokens, at)


# --- coordination


def coordinated_heads(tokens: Tokens, phrase: Phrase) -> tuple[list[int], int]:
    """Heads of `A, B, and C` from the first phrase on, and the token after the last; only plural heads are joined."""
    heads: list[int] = []
    here = phrase.next
    while here < len(tokens):
        comma = tokens[here].text == ","
        here += comma
        conjunction = here < len(tokens) and tokens[here].lower in ("and", "or", "&")
        here += conjunction
        is_afterthought = comma and conjunction and not heads  # "20 million Americans, and new protections"
        following = (
            None if is_afterthought or not (comma or conjunction) else _conjunct(tokens, here, bool(heads) or comma)
        )
        if following is None:
            break
        heads.append(following.head)
        here = following.next
        if conjunction:
            return [phrase.head, *heads], here
    return [phrase.head], phrase.next


_OTHER_QUANTITY = words(
    "enough several many some few most including such plus thousands millions hundreds dozens countless"
)


def _conjunct(tokens: Tokens, at: int, in_list: bool) -> Phrase | None:
    """A further plural phrase without determiner and number; a verb with its object is none."""
    if at >= len(tokens) or tokens[at].lower in _OTHER_QUANTITY:
        return None
    kind = kind_of(tokens[at])
    lower_case = tokens[at].text[0].islower()
    if lower_case and (kind in ("number", "verb") or (kind in ("past", "either") and not in_list)):
        return None
    if (kind == "ing" and not in_list) or (tokens[at].lower in EITHER_S_FORMS and _takes_object(tokens, at)):
        return None
    phrase = plural_phrase(tokens, at)
    if phrase is None or any(kind_of(token) == "number" for token in tokens[phrase.first : phrase.head]):
        return None
    return phrase
