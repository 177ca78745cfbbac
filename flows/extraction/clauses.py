"""Where a number stands in its sentence: the verbs around it, their tenses, and which of them governs it.

A tagger would be slower than all the rest together, so verbs are told from nouns by their neighbours: what stands
before a form (a modal, `to`, a determiner, a plural noun) and what follows it. Good enough for the prose of
releases, linear, and a person can follow each decision.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from flows.extraction.document import Token
from flows.extraction.lexicon import Memo, word_class, words
from flows.extraction.verbs import Sense, Verb, auxiliary, lexicon

Tense = Literal["future", "past", "perfect", "present", "progressive", "infinitive", "gerund", "participle", "unreal"]
"""`unreal` is what would have been, and what somebody’d do: neither done nor promised"""
Role = Literal["subject", "object", "none"]

FINITE: frozenset[Tense] = frozenset({"future", "past", "perfect", "present", "progressive", "unreal"})
DETERMINERS = words(
    """a an the this that these those its their his her our my your every each no any some all another both such
    president's nation's administration's"""
)
PRONOUNS = words("i we you he she it they who which that there")
RELATIVES = words("who which that whom whose where")
_PERSONAL = PRONOUNS - {"that", "there"}
PREPOSITIONS = words(
    """of in on at by for from with as after before since during under over to into through across among between within
    without against toward towards about around including like per via upon throughout alongside behind beyond"""
)
_BEFORE_NOUN = PREPOSITIONS | DETERMINERS
_MAKES_NOUN = _BEFORE_NOUN - words("that this all both to")
"""After these a form that could be a verb is a noun."""
_ADVERBS = words(
    """also already either now not never ever then since both still yet soon just even only again together today always
    often almost nearly all further first once ever"""
)
_CONJUNCTIONS = words("and or but nor")
_SENTENCE_MARKS = frozenset(";:—–―•")
_MARKS = frozenset(",.()[]\"“”'’*…!?/") | _SENTENCE_MARKS
# Gerunds that are nouns far more often than verbs, unless a determiner or number follows.
_NOMINAL = words(
    """training funding housing manufacturing meeting lending spending building financing hearing engineering learning
    banking nursing parking policing processing mentoring nothing something anything everything during according
    following convening briefing including pricing testing broadcasting filing beginning bearing borrowing
    outstanding ongoing incoming remaining existing leading participating working upcoming growing using regarding
    ending"""
)


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries: tokens `first` to `head`."""

    first: int
    head: int
    lemma: str
    tense: Tense
    passive: bool
    senses: frozenset[Sense]
    governor: str | None = None
    """The word before `to` of an infinitive: `plans to expand`."""


_BE = Verb("be", frozenset({"base"}), frozenset({"hold"}))


def _form_of(word: str) -> tuple[Verb | None, str | None]:
    """What a word can be: a form of a verb, and the kind of an auxiliary."""
    kind = auxiliary(word)
    return (_BE if kind == "be" else lexicon().get(word)), kind


_FORMS = Memo(_form_of)


def verb_groups(tokens: Sequence[Token]) -> list[VerbGroup]:
    """The verbs of a sentence in reading order."""
    found: list[VerbGroup] = []
    after_auxiliary = False
    for index, token in enumerate(tokens):
        word = token.lower
        verb, kind = _FORMS[word]
        if verb is None and kind is None and not after_auxiliary:
            continue  # most words
        if verb is None and after_auxiliary:
            verb = _unknown_verb(tokens, index)
        after_auxiliary = kind is not None or (after_auxiliary and _is_adverb(word))
        if verb is None or _in_name(tokens, index):
            continue
        group = _group(tokens, index, verb, found)
        if group is not None:
            found.append(group)
    return found


def _in_name(tokens: Sequence[Token], index: int) -> bool:
    """A capitalised form beside another capitalised word is part of a name (`Registered Apprenticeship`)."""
    if index == 0 or not tokens[index].text[0].isupper():
        return False
    neighbours = [*tokens[index - 1 : index], *tokens[index + 1 : index + 2]]
    if not any(token.text[0].isupper() for token in neighbours):
        return False
    return any(token.text[0].islower() for token in tokens if len(token.text) > 4)


_ADJECTIVES_IN_ING = words("willing unwilling outstanding pending missing ongoing nothing something anything")


def _unknown_verb(tokens: Sequence[Token], index: int) -> Verb | None:
    """A word after an auxiliary is a verb even where no list has it: by its ending, or after a modal."""
    word = tokens[index].lower
    if len(word) < 4 or not word.isalpha() or _is_adverb(word):
        return None
    auxiliaries = _auxiliaries(tokens, index)[1]
    if not auxiliaries:
        return None
    if word.endswith("ed"):
        return Verb(word, frozenset({"part"}), frozenset())
    if word.endswith("ing") and word not in _ADJECTIVES_IN_ING and auxiliary(auxiliaries[0]) == "be":
        return Verb(word, frozenset({"ing"}), frozenset())
    if auxiliary(auxiliaries[0]) == "modal" and word_class(word) in ("noun", "verb", "either"):
        return Verb(word, frozenset({"base"}), frozenset())
    return None


def _auxiliaries(tokens: Sequence[Token], index: int) -> tuple[int, list[str]]:
    """Where the auxiliaries before a verb begin, and their words from the verb leftwards."""
    first, found, at = index, [], index - 1
    while at >= 0 and (kind := _BEFORE_VERB[tokens[at].lower]):
        if kind == "auxiliary":
            found.append(tokens[at].lower)
            first = at
        at -= 1
    return first, found


@lru_cache(maxsize=1 << 16)
def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or (word.endswith("ly") and len(word) > 4)


_BEFORE_VERB = Memo(lambda word: "auxiliary" if auxiliary(word) is not None else "adverb" if _is_adverb(word) else "")
"""What of a verb group a word before its verb can be, if anything."""


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _group(tokens: Sequence[Token], index: int, verb: Verb, before: list[VerbGroup]) -> VerbGroup | None:
    if verb.lemma in ("have", "be") and _leads_participle(tokens, index, verb.lemma == "be"):
        return None
    if verb is _BE:
        return _copula(tokens, index)
    if tokens[index].lower == "estimated" and _word(tokens, index - 1) == "an":
        return None
    first, auxiliaries = _auxiliaries(tokens, index)
    kinds = [auxiliary(word) for word in auxiliaries]
    if auxiliaries and (tense := _compound_tense(verb, auxiliaries, kinds)) is not None:
        passive = kinds[0] == "be" and "ing" not in verb.forms
        to = _after_to(tokens, first) if tokens[first].lower in ("be", "have") else None
        if to is not None:
            governor = _word(tokens, to - 1) or None
            return VerbGroup(to, index, verb.lemma, "infinitive", passive, verb.senses, governor)
        return VerbGroup(first, index, verb.lemma, tense, passive, verb.senses)
    if (start := _after_to(tokens, index)) is not None and "base" in verb.forms:
        return VerbGroup(start, index, verb.lemma, "infinitive", False, verb.senses, _word(tokens, start - 1) or None)
    tense = _simple_tense(tokens, index, verb, before)
    return None if tense is None else VerbGroup(index, index, verb.lemma, tense, False, verb.senses)


def _leads_participle(tokens: Sequence[Token], index: int, gerund: bool) -> bool:
    """Before a participle `have` and `be` are auxiliaries, `be` before a gerund too."""
    at = index + 1
    while _is_adverb(_word(tokens, at)):
        at += 1
    following = _word(tokens, at)
    if auxiliary(following) is not None:
        return True
    known = lexicon().get(following)
    if gerund and known is not None and "ing" in known.forms:
        return True
    return (following.endswith("ed") and following != "need") or (known is not None and "part" in known.forms)


def _copula(tokens: Sequence[Token], index: int) -> VerbGroup:
    """A form of `be` that stands by itself (`were homeless`, `will be in Ohio`)."""
    first, auxiliaries = _auxiliaries(tokens, index)
    kinds = {auxiliary(word) for word in auxiliaries}
    tense: Tense = "past" if tokens[index].lower in ("was", "were") else "present"
    if "modal" in kinds:
        tense = _modal_tense(auxiliaries)
    elif "have" in kinds:
        tense = "perfect"
    elif _word(tokens, first - 1) == "to":
        return VerbGroup(first - 1, index, "be", "infinitive", False, _BE.senses, _word(tokens, first - 2) or None)
    elif tokens[index].lower == "being":
        tense = "gerund"
    return VerbGroup(first, index, "be", tense, False, _BE.senses)


def _modal_tense(auxiliaries: list[str]) -> Tense:
    """`can` and `may` tell of what stands; other modals of what is to come."""
    return "present" if set(auxiliaries) & {"can", "may", "might", "cannot"} else "future"


def _compound_tense(verb: Verb, auxiliaries: list[str], kinds: list[str | None]) -> Tense | None:
    participle = bool(verb.forms & {"part", "past"})
    if auxiliaries[0].endswith(("’d", "'d")):  # "they’d sold 40 boats", "they’d sell 40 boats a year"
        return "past" if participle and "base" not in verb.forms else "unreal"
    if "modal" in kinds:
        return "unreal" if "have" in kinds and "will" not in auxiliaries else _modal_tense(auxiliaries)
    if (kinds[0] == "have" and participle) or ("have" in kinds and kinds[0] == "be"):
        return "perfect"
    if kinds[0] == "be" and "ing" in verb.forms:
        return "progressive"
    if kinds[0] == "be" and participle:
        return "past" if auxiliaries[0] in ("was", "were") else "present"
    if kinds[0] == "do" and "base" in verb.forms:
        return "past" if auxiliaries[0] == "did" else "present"
    return None


def _after_to(tokens: Sequence[Token], index: int) -> int | None:
    """Where `to` stands before an infinitive (`to also expand`), or None."""
    at = index - 1
    while at >= 0 and _is_adverb(tokens[at].lower):
        at -= 1
    return at if at >= 0 and tokens[at].lower == "to" else None


def _simple_tense(tokens: Sequence[Token], index: int, verb: Verb, before: list[VerbGroup]) -> Tense | None:
    previous, following = _word(tokens, index - 1), _word(tokens, index + 1)
    if "ing" in verb.forms:
        return _gerund(verb, tokens[index].lower, previous, following)
    if verb.forms & {"past", "part"}:
        return _past(tokens, index, verb, previous, following, before)
    if _nominal_before(tokens, index) or (verb.is_noun and previous not in _PERSONAL):
        return None
    if "s" in verb.forms:
        if previous in RELATIVES:
            return "present"
        if _class(previous) in ("adjective", "verb", "past", "number") or previous.endswith(("'s", "’s")):
            return None
        if following == "to" and verb.lemma not in _WITH_TO and "pledge" not in verb.senses:
            return None
        return "present" if _takes_object(following) or following in {"to", "that", "up", "out", "on"} else None
    return _bare(tokens, index, previous, following, before)


def _gerund(verb: Verb, word: str, previous: str, following: str) -> Tense | None:
    opens_object = _takes_object(following)
    if word in _NOMINAL and not (opens_object and previous not in DETERMINERS):
        return None
    if previous in DETERMINERS and not opens_object:
        return None
    return "gerund"


def _past(
    tokens: Sequence[Token], index: int, verb: Verb, previous: str, following: str, before: list[VerbGroup]
) -> Tense | None:
    """Finite past, participle after its noun, or an adjective (None)."""
    if _class(previous) == "adjective" and _class(following) in ("plural", "noun", "adjective"):
        return None if "base" not in verb.forms else _bare(tokens, index, previous, following, before)
    if "base" in verb.forms and previous in DETERMINERS:
        return None
    opens_noun = following.isalpha() and following not in _BEFORE_NOUN
    if previous in _BEFORE_NOUN and opens_noun and "base" not in verb.forms:
        return None
    if "base" in verb.forms and (bare := _bare(tokens, index, previous, following, before)) is not None:
        return bare
    if previous in _ARTICLES and following[:1].isdigit():
        return None
    if following == "by" and _counts(_word(tokens, index + 2)):
        return "past"
    if (
        following in PREPOSITIONS
        and _class(previous) in ("plural", "noun", "either")
        and _has_finite(tokens, index, before)
    ):
        return "participle"
    if following == "by" or (following in {"in", "through", "under", "at", "with", "from"} and previous == ","):
        return "participle"
    return "past"


_ARTICLES = words("a an the")


def _counts(word: str) -> bool:
    return word[:1].isdigit() or word in _OBJECT_OPENERS


def _has_finite(tokens: Sequence[Token], index: int, before: list[VerbGroup]) -> bool:
    """A finite verb stands before in the same clause: what follows a noun then is a participle (`changes made to`)."""
    if not before or before[-1].tense not in FINITE or before[-1].lemma in ("be", "say", "announce"):
        return False
    between = [token.lower for token in tokens[before[-1].head + 1 : index]]
    return not any(word in _CONJUNCTIONS or word in RELATIVES or word in _MARKS or word == "that" for word in between)


def _class(word: str) -> str:
    return word_class(word) if word else "mark"


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "'s", "’s"))


_VERBAL = words("""employ serve provide include represent operate own receive earn reap gain have enjoy maintain""")


def _bare(tokens: Sequence[Token], index: int, previous: str, following: str, before: list[VerbGroup]) -> Tense | None:
    """A base form without `to` or modal: present after a plural subject, or coordinated with an earlier base form."""
    lemma_form = tokens[index].lower
    before_adverb = _word(tokens, index - 2)
    if _is_adverb(previous) and (before_adverb in PRONOUNS or _is_plural(before_adverb)):
        return "present"
    if any(_word(tokens, index - back).startswith("help") for back in (2, 3)) and _takes_object(following):
        return "infinitive"
    if previous in ("that", "there") and word_class(lemma_form) == "either" and not _takes_object(following):
        return None
    if previous in PRONOUNS or previous.startswith("help"):
        return "infinitive" if previous.startswith("help") else "present"
    if previous in _CONJUNCTIONS or previous in {",", ";"} or _is_adverb(previous):
        if before and before[-1].tense in {"infinitive", "future", "present"} and _takes_object(following):
            return before[-1].tense
        if lemma_form in _VERBAL and _takes_object(following):
            return "present"
        return None
    if _is_plural(previous) and (_takes_object(following) or following in {"to", "in"}):
        return "present"
    if word_class(lemma_form) == "verb" and _class(previous) in ("plural", "noun") and _takes_object(following):
        return "present"
    if previous in {"", "*", "•"} and _takes_object(following):
        return "infinitive"
    return None


_WITH_TO = words("""continue serve refer apply lead amount come go return want need begin start look work help try""")


def _nominal_before(tokens: Sequence[Token], index: int) -> bool:
    """A determiner or preposition before a form makes it a noun."""
    previous = _word(tokens, index - 1)
    return previous in _MAKES_NOUN


@lru_cache(maxsize=1 << 16)
def _takes_object(following: str) -> bool:
    """What follows looks like the begin of an object: determiner, number, amount, adjective of quantity."""
    return (
        following in DETERMINERS
        or following[:1].isdigit()
        or following in _OBJECT_OPENERS
        or (
            following.isalpha()
            and following not in PREPOSITIONS
            and auxiliary(following) is None
            and len(following) > 2
            and following not in _CONJUNCTIONS
            and following not in RELATIVES
        )
    )


_OBJECT_OPENERS = words(
    """$ € £ up over more nearly about approximately at additional new hundreds thousands millions billions dozens one
    two three four five six seven eight nine ten"""
)


# --- the verb that governs a number


class Setting(NamedTuple):
    """The verbs around one number phrase (tokens `first` to `last`, comparator and determiner included)."""

    first: int
    last: int
    role: Role
    nearest: VerbGroup | None
    """The verb that governs the number: the last one before it or, of a subject, the first finite one after it."""
    finite: VerbGroup | None
    """The finite verb above the nearest one (`committed` in `committed to hire 300`)."""
    above: tuple[VerbGroup, ...]
    """All verbs before the number in its clause, nearest first."""


_START, _END = attrgetter("start"), attrgetter("end")


def number_phrase(tokens: Sequence[Token], start: int, end: int, unit_end: int | None) -> tuple[int, int]:
    """The tokens from the number's comparator or determiner to its unit, by the text offsets of number and unit."""
    stop = max(end, unit_end or end)
    first = min(bisect_right(tokens, start, key=_END), len(tokens) - 1)
    last = max(bisect_left(tokens, stop, key=_START) - 1, 0)
    while first > 0 and _belongs(tokens, first - 1):
        first -= 1
    return first, last


def _belongs(tokens: Sequence[Token], index: int) -> bool:
    word = tokens[index].lower
    if word == "at":
        return _word(tokens, index + 1) in {"least", "most"}
    if word in {"to", "with"}:
        return _word(tokens, index - 1) in {"up", "close", "equal"}
    return word in _BEFORE_NUMBER


_BEFORE_NUMBER = words(
    """more than over at least most nearly about approximately around up as many much well just only some roughly
    almost estimated an a the all these those additional another no not fewer less under above exceeding $ € £ us
    its their our his her this projected these those"""
)


def setting_of(tokens: Sequence[Token], groups: Sequence[VerbGroup], first: int, last: int) -> Setting:
    """The verbs that govern the number phrase at tokens `first` to `last`."""
    start = _clause_start(tokens, first)
    left = tuple(group for group in reversed(groups) if start <= group.head < first)
    own = _predicate_of(tokens, groups, first, last)
    if own is not None:
        return Setting(first, last, "subject", own, own, left)
    if not left:
        return Setting(first, last, "none", None, None, ())
    finite = next((group for group in left if group.tense in FINITE), None)
    return Setting(first, last, "object", left[0], finite, left)


def _clause_start(tokens: Sequence[Token], first: int) -> int:
    for at in range(first - 1, -1, -1):
        if (tokens[at].text == ";" and not _continues(tokens, at)) or _opens_aside(tokens, at, first):
            return at + 1
    return 0


def _opens_aside(tokens: Sequence[Token], at: int, first: int) -> bool:
    """A dash cuts the clause, unless a list goes on behind it (`— including raising ...`)."""
    return tokens[at].text in "—–" and at != first - 1 and _word(tokens, at + 1) != "including"


def _continues(tokens: Sequence[Token], at: int) -> bool:
    """After a semicolon a bare verb goes on with the list of what the subject will do (`; pay $5,000 in ...`)."""
    following = _word(tokens, at + 1)
    if following == "and":
        following = _word(tokens, at + 2)
    known = lexicon().get(following)
    return known is not None and bool(known.forms & {"base", "ing"})


def _predicate_of(tokens: Sequence[Token], groups: Sequence[VerbGroup], first: int, last: int) -> VerbGroup | None:
    """The finite verb of whose subject the number phrase is a part, or None."""
    if not _in_subject(tokens, groups, first) or (_word(tokens, first - 1) == "with" and first > 1):
        return None
    at, inside = last + 1, 0
    for group in groups:
        if group.head <= last or group.tense not in FINITE:
            continue
        between = [token.lower for token in tokens[at : group.first]]
        if any(mark in ";:•―" for mark in between) or sum(mark in ("—", "–") for mark in between) == 1:
            return None
        if _is_reduced(tokens, groups, group, last):
            continue
        if inside == 0 and between[:1] != ["of"] and _opens_relative(between):
            at, inside = group.head + 1, 1
            continue
        if between and (between[-1] in _CONJUNCTIONS or (between[-1] == "," and between.count(",") < 2 and not inside)):
            return None
        return group
    return None


_REDUCED = words(
    """locate base involve know call include hold own aim design relate direct license approve name fund select
    identify work live serve"""
)


def _is_reduced(tokens: Sequence[Token], groups: Sequence[VerbGroup], group: VerbGroup, last: int) -> bool:
    """`hospitals located in six states have agreed`: a participle that only describes the subject."""
    listed = any(token.lower == "including" for token in tokens[last + 1 : group.first])
    if group.tense != "past" or not (listed or (group.first == last + 1 and group.lemma in _REDUCED)):
        return False
    return any(later.head > group.head and later.tense in FINITE for later in groups)


def _opens_relative(between: list[str]) -> bool:
    """Is the verb after these words that of a clause with who or that?"""
    for word in reversed(between):
        if word in RELATIVES:
            return True
        if word == ",":
            return False
    return False


def _in_subject(tokens: Sequence[Token], groups: Sequence[VerbGroup], first: int) -> bool:
    """No verb stands between the begin of the clause and the number phrase."""
    at = first - 1
    while at >= 0 and not _opens_clause(tokens, at, first):
        at -= 1
    return not any(at < group.head < first for group in groups)


def _opens_clause(tokens: Sequence[Token], at: int, first: int) -> bool:
    word = tokens[at].lower
    if word in _SENTENCE_MARKS or word in {",", "because", "while", "when", "if", "*"}:
        return True
    return word in {"and", "but", "that", "as"} and at == first - 1
