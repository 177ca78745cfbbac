"""Verbs of official releases: their forms, and what a subject of them does to a commitment.

English verbs are recognised by form alone, without a tagger: each lemma below gives its regular forms, irregular ones stand
in a table of their own. The sense of a lemma is what the action and the stage of a fact rest on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from flows.extraction.lexicon import EITHER, VERBS, words

VerbForm = Literal["base", "s", "past", "part", "ing"]
Sense = Literal["pledge", "join", "act", "achieve", "advocate", "hold", "say"]

_LEMMAS: dict[Sense, str] = {
    # promises and intentions: what follows is still to come
    "pledge": """commit resolve pledge promise plan aim intend seek hope expect propose agree vow aspire target undertake project
        anticipate estimate prepare guarantee ensure""",
    # the subject becomes or is a member
    "join": """join sign enroll enrol participate endorse register subscribe volunteer affiliate partner pioneer step
        heed accept attend belong""",
    # things done, funded, built, held, announced or decided
    "act": """accelerate acquire add address administer adopt advance allocate allow amend announce appoint approve appropriate attract
        arrest assemble assess assign authorize award back ban begin bolster bring broaden build buy cancel challenge change charge
        clean close collect combat commence commission commit complete conduct continue connect consider construct contribute convene
        convict coordinate create cut dedicate deliver deploy designate develop direct disburse discharge discuss dismantle
        distribute divert donate double draft drive dispatch earmark educate elevate eliminate embark enact encourage enforce engage
        enhance enlist equip establish evaluate examine exceed execute expand expedite exempt extend facilitate fast-track file
        finalize finance fix focus follow forge forgive form foster free fund gather generate give grant halt help hire hold honor
        host identify impose implement improve inaugurate incentivize include incorporate indict inform initiate inspect
        install institute integrate introduce invest investigate invite issue kick keep launch lay lead lease lend leverage levy
        lift limit list locate lower maintain make mail manufacture mark match meet mobilize modernize modify move name negotiate
        nominate notify obtain offer open operate plead order organize overhaul oversee pass pay permit pilot place plant play post
        preserve present print process procure produce prohibit promote propel protect provide publish purchase put raise reach
        recognize recover recruit redesign redirect reduce refer refund refurbish reform release remove renew renovate
        reopen repair repay replace report require rescue research resettle resolve respond restore restrict retain retrofit
        retire return review revise revitalize roll run sanction save schedule secure seize select sell send serve set
        settle share ship shut simplify sponsor spend stand start strengthen streamline submit supply support suspend take
        tackle teach test text email tour train transfer transform translate treat triple try turn unlock unveil update upgrade
        use vaccinate veto visit waive weatherize welcome widen withdraw work write""",
    # results for people or for the goal
    "achieve": """achieve attain benefit climb comply conserve decline decrease drop earn employ end enjoy exit fall finish gain
        get graduate grow halve house increase leave lose outpace prevent qualify receive reap rebound recede relieve rise result
        recruit reunite see shrink slow soar spur succeed surge surpass top translate unionize vanish win""",
    # calls on others
    "advocate": """advocate appeal ask call condemn demand lobby march object oppose petition protest recommend rally
        request sue testify urge vote""",
    # standing facts about a subject
    "hold": """be become come go remain account boast comprise consist contain cost cover depend exist face feature have house hospitalize kill die know
        lack like live number need own reach represent span suffer rank span struggle total want burn destroy damage injure wound perish experience displace force risk threaten harm""",
    "say": """acknowledge add admit affirm applaud believe cite claim commend confirm conclude declare describe emphasize find
        highlight indicate mention mean note observe outline reaffirm recall reiterate say show stress suggest tell thank
        underscore""",
}

_IRREGULAR = """begin began begun|become became become|come came come|go went gone|bring brought brought|build built built|buy bought bought|cut cut cut|drive drove driven
    fall fell fallen|find found found|forgive forgave forgiven|get got gotten|give gave given|grow grew grown|have had had
    hold held held|keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|lose lost lost
    make made made|mean meant meant|meet met met|oversee oversaw overseen|pay paid paid|put put put|rise rose risen|run ran run
    repay repaid repaid|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shrink shrank shrunk
    shut shut shut|spend spent spent|stand stood stood|take took taken|teach taught taught|think thought thought|tear tore torn|sink sank sunk|forget forgot forgotten|draw drew drawn|speak spoke spoken|break broke broken|freeze froze frozen|steal stole stolen|ride rode ridden|wear wore worn|choose chose chosen|throw threw thrown|fight fought fought|hear heard heard|leap leapt leapt|lie lay lain|sing sang sung|sit sat sat|shine shone shone|shake shook shaken|swear swore sworn|wake woke woken|weave wove woven|weep wept wept|sweep swept swept|strike struck struck|flee fled fled|feed fed fed|feel felt felt|deal dealt dealt|bind bound bound|arise arose arisen|rebuild rebuilt rebuilt|understand understood understood|undergo underwent undergone|uphold upheld upheld|overcome overcame overcome|learn learned learned|prove proved proven|swing swung swung|shoot shot shot|hide hid hidden|hit hit hit|read read read|spread spread spread|shed shed shed|hurt hurt hurt|cost cost cost|let let let|quit quit quit|bear bore born|eat ate eaten|drink drank drunk|fly flew flown|forbid forbade forbidden|tell told told|undertake undertook undertaken
    win won won|withdraw withdrew withdrawn|write wrote written|die died died|sue sued sued"""

_DOUBLING = words(
    """ban begin commit cut drop enrol get plan permit put refer run set ship shut step stop submit transfer transmit
    win allot"""
)

AUXILIARIES: dict[str, str] = {
    **dict.fromkeys(
        ("will", "shall", "'ll", "’ll", "would", "could", "may", "might", "should", "must", "can", "cannot"), "modal"
    ),
    **dict.fromkeys(("has", "have", "had", "'ve", "’ve", "having"), "have"),
    **dict.fromkeys(("is", "are", "was", "were", "be", "been", "being", "am", "'re", "’re"), "be"),
    **dict.fromkeys(("do", "does", "did"), "do"),
}
"""Auxiliaries by kind; `have` is also a full verb where no participle follows."""

_CONTRACTED = {"ll": "modal", "d": "modal", "ve": "have", "re": "be", "m": "be"}


def auxiliary(word: str) -> str | None:
    """The kind of an auxiliary, contracted ones too (`we've`); None for any other word."""
    kind = AUXILIARIES.get(word)
    if kind is None and len(word) > 3 and ("'" in word or "’" in word):
        return _CONTRACTED.get(word.replace("’", "'").rpartition("'")[2])
    return kind


@dataclass(frozen=True, slots=True)
class Verb:
    """What a word form can be as a verb."""

    lemma: str
    forms: frozenset[VerbForm]
    senses: frozenset[Sense]
    is_noun: bool = False
    """More often a noun: a verb only after `to`, a modal or a pronoun, or in a form that no noun has."""


def _regular(lemma: str) -> tuple[str, str, str]:
    """The third person, past and gerund forms of a regular lemma."""
    stem = lemma + lemma[-1] if lemma in _DOUBLING else lemma
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    if lemma.endswith("ie"):
        return third, lemma + "d", lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return third, lemma + "d", lemma[:-1] + "ing"
    return third, stem + ("d" if lemma.endswith("e") else "ed"), stem + "ing"


def _forms(lemma: str, irregular: dict[str, tuple[str, str]]) -> list[tuple[str, VerbForm]]:
    third, past, gerund = _regular(lemma)
    preterite, participle = irregular.get(lemma, (past, past))
    if lemma == "have":
        third = "has"
    return [(lemma, "base"), (third, "s"), (preterite, "past"), (participle, "part"), (gerund, "ing")]


@cache
def lexicon() -> dict[str, Verb]:
    """Every known verb form in lower case: those above with their senses, all others that the language knows without."""
    irregular = {
        base: (past, part)
        for base, past, part in (row.split() for line in _IRREGULAR.split("\n") for row in line.split("|"))
    }
    senses: dict[str, set[Sense]] = {}
    for sense, lemmas in _LEMMAS.items():
        for lemma in lemmas.split():
            senses.setdefault(lemma, set()).add(sense)
    found: dict[str, tuple[str, set[VerbForm]]] = {}
    for lemma in sorted(senses) + sorted((VERBS | EITHER) - senses.keys()):
        for word, form in _forms(lemma, irregular):
            found.setdefault(word, (lemma, set()))[1].add(form)
    return {
        word: Verb(lemma, frozenset(forms), frozenset(senses.get(lemma, ())), lemma in EITHER and lemma not in senses)
        for word, (lemma, forms) in found.items()
    }
