"""Is what a number tells of done, under way, standing, or still to come?

The governing verb's tense decides; infinitives, gerunds and participles take it from what stands above them: a
promise, a call, a plan, or a finite verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from flows.extraction.clauses import Setting, Tense, VerbGroup
from flows.extraction.lexicon import words

Look = Literal["ahead", "called-for", "done", "under-way", "standing", "none"]


class Outlook(NamedTuple):
    """The outlook, and by what it was told (`will`, `promise`, `goal`)."""

    look: Look
    why: str = ""


_NONE = Outlook("none")
_BY_TENSE: dict[Tense, Outlook] = {
    "past": Outlook("done", "past"),
    "perfect": Outlook("done", "perfect"),
    "progressive": Outlook("under-way", "progressive"),
    "present": Outlook("standing", "present"),
    "future": Outlook("ahead", "will"),
}
# Nouns and adjectives before `to`: what follows is still to come.
_PROMISES = words(
    """commitment commitments goal goals target targets pledge pledges promise promises plan plans proposal proposals
    aim aims ambition ambitions objective objectives agreement agreements initiative initiatives challenge campaign
    intention mou memorandum mission vision strategy effort efforts looking set steps actions work expected expects
    expect hopes hope seeks seek intends intend poised slated scheduled ready required designed agreed eligible
    legislation bill rule deal contract partnership projected request call calls on"""
)
_MONEY = words("funding funds investment investments grant grants award awards million billion dollars")
# What is announced, launched or founded `to` do something will do it.
_PLANNING = words(
    """announce launch create propose introduce unveil establish convene release outline issue form start"""
)
# In the present, these tell of an act that is done by saying so (`announces`).
_PERFORMED = words("announce launch award secure unveil release impose approve name")
_TEAMING = words("partner work team collaborate join cooperate")
_DRAWING = words("leverage attract mobilize catalyze unlock raise spur")
# "approved a loan for two projects to generate 80 megawatts": works that are yet to be done.
_WORKS = words(
    """project projects plant plants facility facilities factory factories line lines farm farms station stations hub
    hubs center centers centre centres estimated"""
)
_FINANCING = words("approve fund finance award announce invest select sign back provide support estimate")
_CALLS = words("ask request urge call advocate petition recommend demand lobby propose")
_FORESEEN = words("project expect anticipate schedule slate poise set plan")
# Promising in form only: `seeking`, `ensuring` and the like tell of what goes on.
_STANDING_PLEDGES = words("ensure guarantee estimate expect project anticipate prepare seek hope")
_PROPOSED = re.compile(
    r" (?:proposed|proposes|proposing|proposal|budget (?:for [^,;]{0,30} )?(?:request|proposal|would|includes|also)) "
)
_PROPOSED_WITHIN = 160
_AGREED = re.compile(
    r" (?:agreements?|settlements?|deals?|contracts?|mou|memorandum|legislation|bill)"
    r" (?:(?:with|between|by) [^,;]{0,60} )?to (?:[^ ,;:.]+ ){0,8}$"
)
_GOAL = re.compile(
    r" (?:goals?|targets?|pledges?|commitments?|promises?|plans?|proposals?|ambitions?|aims?|objectives?|intentions?)"
    r" (?:of (?:\w+ ){0,6}|to (?:[^ ,;:.]+ ){0,8})$| (?:goals?|targets?|commitments?) for (?:\w+ ){0,3}$"
)


# "the goal that 80 towns join", "the goal is to bring"
_GOAL_THAT = re.compile(r" (?:goals?|targets?|aims?|ambitions?|objectives?) that $")
_GOAL_IS = re.compile(
    r" (?:goals?|targets?|aims?|ambitions?|objectives?|missions?|plans?) (?:is|are|was|were) to (?:[^ ,;:.]+ ){0,8}$"
)


def outlook_of(setting: Setting, before: str) -> Outlook:
    """The outlook of a number from the verbs that govern it and the words before it in its sentence."""
    if setting.role == "subject" and setting.nearest is not None:
        if setting.nearest.tense == "present" and _GOAL_THAT.search(before):
            return Outlook("ahead", "goal")
        return _of_finite(setting.nearest)
    if not setting.above:
        return Outlook("ahead", "goal") if _GOAL.search(before) else _NONE
    found = _of_chain(setting.above, before)
    if found.look in ("ahead", "called-for"):
        return found
    if _GOAL.search(before) or _GOAL_IS.search(before):
        return Outlook("ahead", "goal")
    if _AGREED.search(before) or _PROPOSED.search(before[-_PROPOSED_WITHIN:]):
        return Outlook("ahead", "proposal")
    return found


def _of_finite(verb: VerbGroup) -> Outlook:
    if verb.passive and verb.lemma in _FORESEEN and verb.tense == "present":
        return Outlook("ahead", "foreseen")
    if verb.lemma in _CALLS and not verb.passive and verb.tense != "future":
        return Outlook("called-for", "call")
    if verb.tense == "present" and verb.lemma in _PERFORMED and not verb.passive:
        return Outlook("done", "headline")
    return _BY_TENSE.get(verb.tense, _NONE)


def _of_chain(chain: Sequence[VerbGroup], before: str) -> Outlook:
    """Nearest verb first: non-finite forms hand on to the verb above."""
    for index, verb in enumerate(chain):
        asked = index > 0 or before.endswith(" for ") or verb.lemma == "request"
        if verb.lemma in _CALLS and verb.tense != "participle" and asked:
            return Outlook("called-for", "call")
        promised = _promises(verb) and not (index == 0 and _is_settled(verb))
        if promised or (verb.lemma == "require" and index > 0 and chain[0].tense == "infinitive"):
            return Outlook("ahead", "will" if verb.tense == "future" else "promise")
        if verb.tense == "infinitive":
            higher = chain[index + 1 :]
            if higher and verb.governor in _WORKS and higher[0].head == verb.first - 1:
                higher = higher[1:]  # `projects to generate`: a noun that looks like a verb
            above = higher[0] if higher else None
            told = _of_infinitive(verb, above, index == 0)
            if told is not None:
                return told
        elif verb.tense not in ("gerund", "participle"):
            return _of_finite(verb)
    return _NONE


def _of_infinitive(verb: VerbGroup, above: VerbGroup | None, is_nearest: bool) -> Outlook | None:
    """What an infinitive tells by itself, by the word before `to`; None where the verb above decides."""
    if verb.governor in _PROMISES:
        return Outlook("ahead", "promise")
    if above is None:
        return Outlook("ahead", "bare-infinitive") if verb.governor is None or verb.first == 0 else _NONE
    if is_nearest and above.tense == "progressive" and (above.lemma in _TEAMING or verb.lemma in _DRAWING):
        return Outlook("ahead", "purpose")
    if is_nearest and verb.governor in _WORKS and above.lemma in _FINANCING:
        return Outlook("ahead", "purpose")
    if verb.governor not in _MONEY and is_nearest and above.lemma in _PLANNING and above.tense != "infinitive":
        return Outlook("ahead", "purpose")
    return None


def _is_settled(verb: VerbGroup) -> bool:
    """Cases and claims are resolved; only to do something is one resolved as a promise."""
    return verb.lemma == "resolve" and verb.tense not in ("future", "infinitive")


def _promises(verb: VerbGroup) -> bool:
    if verb.lemma == "ensure" and verb.tense == "infinitive":
        return True
    return verb.tense == "future" or ("pledge" in verb.senses and verb.lemma not in _STANDING_PLEDGES)
