"""Is what a number tells of done, under way, standing, or still to come?

The governing verb's tense decides; infinitives, gerunds and participles take it from what stands above them: a promise, a
call, a plan, or a finite verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from flows.extraction.clauses import Setting, VerbGroup
from flows.extraction.lexicon import words

Outlook = Literal["ahead", "called-for", "done", "under-way", "standing", "none"]

# Nouns and adjectives before `to`: what follows is still to come.
PROMISES = words(
    """commitment commitments goal goals target targets pledge pledges promise promises plan plans proposal proposals aim
    aims ambition ambitions objective objectives agreement agreements initiative initiatives challenge campaign intention mou
    memorandum mission vision strategy effort efforts looking set steps actions work expected expects expect hopes hope seeks seek aims aim intends intend poised slated scheduled ready required designed
    agreed eligible legislation bill rule deal contract partnership projected request call calls on"""
)
_PLANNING = words("announce launch create propose introduce unveil establish convene release outline issue form start begin")
_MONEY = words("funding funds investment investments grant grants award awards million billion dollars")
_LIFTING = words("help continue begin start work serve allow enable use manage require let get")
_CALLS = words("ask request urge call advocate petition recommend demand lobby propose")
_STANDING_PLEDGES = words("ensure guarantee estimate expect project anticipate prepare seek hope")
_PROPOSED = re.compile(r" (?:proposed|proposes|proposing|proposal|budget (?:request|proposal|would|includes|also)) ")
_AGREED = re.compile(
    r" (?:agreements?|settlements?|deals?|contracts?|mou|memorandum|legislation|bill) (?:(?:with|between|by) [^,;]{0,60} )?to (?:[^ ,;:.]+ ){0,8}$"
)
_GOAL = re.compile(
    r" (?:goals?|targets?|pledges?|commitments?|promises?|plans?|proposals?|ambitions?|aims?|objectives?|intentions?)"
    r" (?:(?:of|for) (?:\w+ ){0,3}|to (?:[^ ,;:.]+ ){0,8})$"
)


def outlook_of(setting: Setting, before: str) -> Outlook:
    """The outlook of a number from the verbs that govern it and the words before it in its sentence."""
    if setting.role == "subject" and setting.nearest is not None:
        return _finite(setting.nearest)
    chain = setting.above
    if not chain:
        return "ahead" if _GOAL.search(before) else "none"
    found = _of_chain(chain, before)
    if found in ("done", "standing", "none", "under-way"):
        if _GOAL.search(before) or _AGREED.search(before) or _PROPOSED.search(before[-160:]):
            return "ahead"
    return found


_FORESEEN = words("project expect anticipate schedule slate poise set plan")


def _finite(verb: VerbGroup) -> Outlook:
    if verb.passive and verb.lemma in _FORESEEN and verb.tense == "present":
        return "ahead"
    if verb.tense == "future":
        return "ahead"
    if verb.lemma in _CALLS and not verb.passive:
        return "called-for"
    if verb.tense == "unreal":
        return "none"
    return {"past": "done", "perfect": "done", "progressive": "under-way", "present": "standing"}.get(verb.tense, "none")  # type: ignore[return-value]


def _of_chain(chain: Sequence[VerbGroup], before: str) -> Outlook:
    """Nearest verb first: non-finite forms hand on to the verb above."""
    for index, verb in enumerate(chain):
        if verb.lemma in _CALLS and verb.tense != "participle" and (index > 0 or before.endswith(" for ")):
            return "called-for"
        if _promises(verb):
            return "ahead"
        if verb.tense == "infinitive":
            if verb.governor in PROMISES:
                return "ahead"
            parent = chain[index + 1] if index + 1 < len(chain) else None
            if parent is None:
                return "ahead" if verb.governor is None or verb.first == 0 else "none"
            if verb.governor in _MONEY:
                continue
            if parent.lemma in _PLANNING and parent.tense != "infinitive" and index == 0:
                return "ahead"
            continue
        if verb.tense in ("gerund", "participle"):
            continue
        return _finite(verb)
    return "none"


def _promises(verb: VerbGroup) -> bool:
    if verb.lemma == "ensure" and verb.tense == "infinitive":
        return True
    if verb.lemma == "require" and verb.tense in ("present", "future", "progressive"):
        return True
    return "pledge" in verb.senses and verb.lemma not in _STANDING_PLEDGES or verb.tense == "future"
