"""Verbs of official releases: their forms, and what a subject of them does to a commitment.

English verbs are recognised by form alone, without a tagger: each lemma below gives its regular forms, irregular
ones stand in a table of their own. The sense of a lemma is what the action and the stage of a fact rest on.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from flows.extraction.lexicon import EITHER, VERBS, words

VerbForm = Literal["base", "s", "past", "part", "ing"]
Sense = Literal["pledge", "join", "act", "achieve", "advocate", "hold", "say"]

_LEMMAS: dict[Sense, str] = {
    # promises and intentions: what follows is still to come
    "pledge": """
        agree aim anticipate aspire commit ensure estimate expect guarantee hope intend plan pledge prepare project
        promise propose resolve seek target undertake vow""",
    # the subject becomes or is a member
    "join": """
        accept affiliate attend belong endorse enrol enroll heed join participate partner pioneer register sign step
        subscribe volunteer""",
    # things done, funded, built, held, announced or decided
    "act": """
        accelerate acquire add address administer adopt advance allocate allow amend announce appoint appropriate
        approve arrest assemble assess assign attract authorize award back ban begin bolster bring broaden build buy
        cancel cap challenge change charge clean close collect combat commence commission commit complete conduct
        connect consider construct continue contribute convene convict coordinate create cut dedicate deliver deploy
        designate develop direct disburse discharge discuss dismantle dispatch distribute divert donate double draft
        drive earmark educate elevate eliminate email embark enact encourage enforce engage enhance enlist equip
        establish evaluate examine exceed execute exempt expand expedite extend facilitate fast-track file finalize
        finance fix focus follow forge forgive form foster free fund gather generate give grant halt help hire hold
        honor host identify implement impose improve inaugurate incentivize include incorporate indict inform
        initiate inspect install institute integrate introduce invest investigate invite issue keep kick launch lay
        lead lease lend leverage levy lift limit list locate lower mail maintain make manufacture mark match meet
        mobilize modernize modify move name negotiate nominate notify obtain offer open operate order organize
        overhaul oversee pass pay permit pilot place plant play plead post present preserve print process procure
        produce prohibit promote propel protect provide publish purchase put raise reach recognize recover recruit
        redesign redirect reduce refer reform refund refurbish release remove renew renovate reopen repair repay
        replace report require rescue research resettle resolve respond restore restrict retain retire retrofit
        return review revise revitalize roll run sanction save schedule secure seize select sell send serve set
        settle share ship shut simplify spend sponsor stand start streamline strengthen submit supply support
        suspend tackle take teach test text tour train transfer transform translate treat triple try turn unlock
        unveil update upgrade use vaccinate veto visit waive weatherize welcome widen withdraw work write""",
    # results for people or for the goal
    "achieve": """
        achieve attain benefit climb comply conserve decline decrease drop earn employ end enjoy exit fall finish
        gain get graduate grow halve house increase leave lose outpace prevent qualify reap rebound recede receive
        recruit relieve result reunite rise see shrink slow soar spur succeed surge surpass top translate unionize
        vanish win""",
    # calls on others
    "advocate": """
        advocate appeal ask call condemn demand lobby march object oppose petition protest rally recommend request
        sue testify urge vote""",
    # standing facts about a subject, and harm done to it
    "hold": """
        account be become boast burn come comprise consist contain cost cover damage depend destroy die displace
        exist experience face feature force go harm have hospitalize house injure kill know lack like live need
        number own perish rank reach remain represent risk span struggle suffer threaten total want wound""",
    # reports of what is so
    "say": """
        acknowledge add admit affirm applaud believe cite claim commend conclude confirm declare describe emphasize
        find highlight indicate mean mention note observe outline reaffirm recall reiterate say show stress suggest
        tell thank underscore""",
}

_IRREGULAR = """
    arise arose arisen | bear bore born | become became become | begin began begun | bind bound bound
    break broke broken | bring brought brought | build built built | buy bought bought | choose chose chosen
    come came come | cost cost cost | cut cut cut | deal dealt dealt | die died died | draw drew drawn
    drink drank drunk | drive drove driven | eat ate eaten | fall fell fallen | feed fed fed | feel felt felt
    fight fought fought | find found found | flee fled fled | fly flew flown | forbid forbade forbidden
    forget forgot forgotten | forgive forgave forgiven | freeze froze frozen | get got gotten | give gave given
    go went gone | grow grew grown | have had had | hear heard heard | hide hid hidden | hit hit hit
    hold held held | hurt hurt hurt | keep kept kept | know knew known | lay laid laid | lead led led
    leap leapt leapt | learn learned learned | leave left left | lend lent lent | let let let | lie lay lain
    lose lost lost | make made made | mean meant meant | meet met met | overcome overcame overcome
    oversee oversaw overseen | pay paid paid | prove proved proven | put put put | quit quit quit | read read read
    rebuild rebuilt rebuilt | repay repaid repaid | ride rode ridden | rise rose risen | run ran run
    say said said | see saw seen | seek sought sought | sell sold sold | send sent sent | set set set
    shake shook shaken | shed shed shed | shine shone shone | shoot shot shot | shrink shrank shrunk
    shut shut shut | sing sang sung | sink sank sunk | sit sat sat | speak spoke spoken | spend spent spent
    spread spread spread | stand stood stood | steal stole stolen | strike struck struck | sue sued sued
    swear swore sworn | sweep swept swept | swing swung swung | take took taken | teach taught taught
    tear tore torn | tell told told | think thought thought | throw threw thrown | undergo underwent undergone
    understand understood understood | undertake undertook undertaken | uphold upheld upheld | wake woke woken
    wear wore worn | weave wove woven | weep wept wept | win won won | withdraw withdrew withdrawn
    write wrote written"""

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


@lru_cache(maxsize=1 << 16)
def auxiliary(word: str) -> str | None:
    """The kind of an auxiliary, contracted ones too (`we've`); None for any other word."""
    kind = AUXILIARIES.get(word)
    if kind is None and ("’" in word or "'" in word):
        return _CONTRACTED.get(word.replace("’", "'").rpartition("'")[2])
    return kind


class Verb(NamedTuple):
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


def _british(lemma: str) -> list[tuple[str, VerbForm]]:
    """`cancelled` and `cancelling` beside `canceled` and `canceling`."""
    if not lemma.endswith("el") or len(lemma) < 5:
        return []
    return [(lemma + "led", "past"), (lemma + "led", "part"), (lemma + "ling", "ing")]


@cache
def lexicon() -> dict[str, Verb]:
    """Every known verb form in lower case: those above with their senses, all others without."""
    irregular = {
        base: (past, part)
        for base, past, part in (row.split() for row in _IRREGULAR.replace("\n", "|").split("|") if row.strip())
    }
    senses: dict[str, set[Sense]] = {}
    for sense, lemmas in _LEMMAS.items():
        for lemma in lemmas.split():
            senses.setdefault(lemma, set()).add(sense)
    found: dict[str, tuple[str, set[VerbForm]]] = {}
    for lemma in sorted(senses) + sorted((VERBS | EITHER) - senses.keys()):
        for word, form in _forms(lemma, irregular) + _british(lemma):
            found.setdefault(word, (lemma, set()))[1].add(form)
    return {
        word: Verb(lemma, frozenset(forms), frozenset(senses.get(lemma, ())), lemma in EITHER and lemma not in senses)
        for word, (lemma, forms) in found.items()
    }
