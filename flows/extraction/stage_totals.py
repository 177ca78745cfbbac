"""Rules for totals, increases and single acts: what was added, where a count stands, what was done."""

from __future__ import annotations

import re

from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from flows.extraction.stage_rules import A_TEAM, NEAR, NETWORK, SERVED, SINCE, SO_FAR, Rules, running

_ADDED = words("new additional more another extra further")


_ADDITION = re.compile(r"^ (?:\w+ )?(?:addition|expansion) ")
_BROUGHT_TO = re.compile(r" (?:total|number|count|tally)(?: number)?(?: of \w+(?: \w+)?)? to $")


def added(cues: Cues) -> bool:
    """`40 more cities`, `an additional 40`: what comes on top of a count, never of a sum."""
    if cues.unit_class in {"money", "percent"} or cues.quantity.kind in ("percent", "fraction", "money"):
        return False
    return (
        any(word in _ADDED for word in cues.quantity.modifiers[:2])
        or bool(re.search(r" (?:additional|another|extra|further) ", cues.before[-9:] + cues.phrase))
        or cues.after.startswith(" more ")
        or bool(_ADDITION.match(cues.after))
        or (cues.nearest_is("add") and cues.unit_class in ("job", "person", "body", "place"))
    )


def _joining_new(cues: Cues) -> bool:
    if cues.setting.role != "subject" or not (cues.has_sense("join") or _TAKE_PART.match(_beyond_verb(cues))):
        return False
    if cues.tense == "progressive" and cues.nearest_is("join"):
        return True
    return added(cues) and cues.tense == "future"


_TAKE_PART = re.compile(r"^ part ")
_IN_YEAR = re.compile(r" in (?:fiscal year |fy )?(?:19|20)\d\d ")
_ONE_PERIOD = re.compile(
    r"^ (?:in|during) (?:fiscal year |fy )?(?:19|20)\d\d "
    r"| (?:over|in|during|within) the (?:past|last|previous) (?!administration)"
    r"| last (?:year|month|week|summer|fall|spring|winter) | this past "
)


def _one_period(cues: Cues) -> bool:
    """People helped, or deals made, in one period."""
    if cues.outlook != "done" or cues.unit_class == "percent" or cues.has_sense("join") or cues.nearest_is("announce"):
        return False
    if SO_FAR.search(cues.before):
        return False
    if _IN_YEAR.search(cues.clause_after[:60]):
        return True
    return bool(
        _ONE_PERIOD.search(cues.clause_before[-80:]) or _ONE_PERIOD.search(cues.clause_after[:100])
    ) and not SINCE.search(cues.before)


_COMMITTED_BY = re.compile(r" (?:commitments?|pledges?) from $")


def _secured(cues: Cues) -> bool:
    if cues.unit_class != "money" and _COMMITTED_BY.search(cues.before):
        return True
    return cues.unit_class in {"body", "place", "person"} and (
        "commitments from" in cues.after and cues.nearest_is("convene", "secure", "announce", "bring")
    )


_AT_PRESENT = re.compile(r" now | currently | at present | presently ")


def _now(cues: Cues) -> bool:
    """`is now active in 36 networks`, `now 470 programs are covered`: today's level of a count."""
    current = bool(_AT_PRESENT.search(cues.before[-40:])) or cues.before == " now " or cues.after.startswith(" now ")
    if cues.setting.role == "subject" and cues.setting.nearest is not None:
        current = current or _word_before_verb(cues) == "now"
    if current and cues.tense == "perfect":
        return True
    return current and cues.unit_class not in ("money", "percent") and cues.outlook in ("standing", "under-way", "none")


def _members(cues: Cues) -> bool:
    if cues.setting.role != "subject" and not re.search(
        r" (?:network|coalition|alliance|group|community) of $", cues.before
    ):
        return False
    return cues.has_sense("join") and cues.outlook in ("done", "standing", "under-way") and cues.tense != "past"


def _network(cues: Cues) -> bool:
    return bool(NETWORK.search(cues.before)) and cues.setting.role == "object"


_LEVELS = words("fall drop decline rise grow climb reach stand decrease increase exceed surpass")
_ADVOCACY = re.compile(r" (?:letter|resolution|op-ed|amicus|lawsuit|legal defense|petition|testimony|brief|marched) ")


def _level(cues: Cues) -> bool:
    """`fell below 6.9 million`, `reached 30 states`: where a count stands."""
    if cues.quantity.unit in ("settlement", "agreement", "resolution"):
        return False
    moved = cues.before.endswith(" to ") and not cues.nearest_is("reach")
    at_it = moved or cues.before.endswith(
        (" below ", " above ", " reached ", " exceeded ", " surpassed ", " reaching ")
    )
    verb = cues.setting.nearest
    return (
        verb is not None
        and verb.lemma in _LEVELS
        and at_it
        and cues.setting.role == "object"
        and cues.unit_class != "money"
    )


def _advocacy(cues: Cues) -> bool:
    """Those who signed one letter, sued or marched together."""
    if cues.outlook not in ("done", "under-way") or cues.unit_class == "money":
        return False
    return cues.has_sense("advocate") or (cues.setting.role == "subject" and bool(_ADVOCACY.search(cues.after[:260])))


_TAKES_PART = re.compile(
    r"^ (?:participating|enrolled|joining|taking part|(?:that|which|who) (?:take part|participate)) "
)


def _taking_part(cues: Cues) -> bool:
    return bool(_TAKES_PART.match(cues.after)) and cues.unit_class in (
        "place",
        "body",
        "person",
    )


_MEMBERS = words("member partner participant signatory")


def _membership(cues: Cues) -> bool:
    """`now includes 123 member agencies`, `has grown to 135 members`."""
    counted = " member " in cues.phrase or " members " in cues.phrase or cues.quantity.unit in _MEMBERS
    return (
        counted
        and cues.nearest_is("include", "have", "grow", "comprise", "expand", "count")
        and cues.outlook in ("standing", "done")
    )


_ASSURED = re.compile(r"^ (?:\w+ ){0,4}(?:assurances?|commitments?|pledges?|certifications?) ")
_IN_STATE = re.compile(
    r"^ (?:\w+ ){0,3}(?:are|is) (?:now |fully |currently )?"
    r"(?:in (?:full )?compliance|participating|enrolled|on track|certified) "
)
_RATE = re.compile(
    r" (?:compliance|participation|graduation|vaccination|completion|success|enrollment|coverage) rate (?:of|to|at) $"
)


def _assured(cues: Cues) -> bool:
    """`46 states submitted an assurance`, `are in compliance`, `a compliance rate of 85 percent`."""
    if cues.unit_class == "percent":
        return bool(_RATE.search(cues.before))
    if cues.setting.role != "subject" or cues.unit_class == "money":
        return False
    if cues.nearest_is("submit", "sign", "make", "give", "offer") and _ASSURED.match(_beyond_verb(cues)):
        return True
    if cues.nearest_is("certify") and cues.outlook == "done":
        return True
    return bool(_IN_STATE.match(cues.after))


def _word_before_verb(cues: Cues) -> str:
    """The word right before the predicate of a subject."""
    verb = cues.setting.nearest
    before = 0 if verb is None else verb.first - cues.setting.last - 2
    words_after = cues.after.split()
    return words_after[before] if 0 <= before < len(words_after) else ""


def _beyond_verb(cues: Cues) -> str:
    """What follows the predicate of a subject."""
    verb = cues.setting.nearest
    words_after = cues.after.split()
    skip = 0 if verb is None else max(0, verb.head - cues.setting.last)
    return " " + " ".join(words_after[skip:]) + " "


def _others_too(cues: Cues) -> bool:
    """`Fourteen other cities raised wages`: a count that goes on from the one before."""
    return cues.setting.role == "subject" and cues.outlook == "done" and " other " in cues.phrase


def _counted_so_far(cues: Cues) -> bool:
    if cues.quantity.unit == "time" and cues.tense == "perfect":
        return cues.setting.role == "object"  # "has been downloaded 2 million times"
    return cues.setting.role == "subject" and cues.tense in ("perfect", "progressive") and cues.unit_class != "money"


# What is done with people, not for them.
_HANDLED = words(
    """honor recognize deploy mobilize send dispatch assign commute charge arrest appoint nominate name
    sentence designate sanction indict prosecute detain confirm"""
)


def _headline(cues: Cues) -> bool:
    """`Created 800 jobs` at the head of an item: what an administration has done so far."""
    verb = cues.setting.nearest
    if verb is None or cues.setting.role != "object" or verb.tense not in ("past", "participle") or verb.first > 1:
        return False
    return cues.unit_class in ("person", "job") and len(cues.between) < NEAR and not cues.nearest_is(*_HANDLED)


def _results_so_far(cues: Cues) -> bool:
    """`has helped 3 million borrowers`: an open count of people, of jobs."""
    saving = cues.unit_class == "money" and cues.nearest_is("save") and cues.tense in ("progressive", "gerund")
    if saving and cues.outlook in ("under-way", "standing", "done"):
        return True
    if " today " in cues.before and cues.outlook == "under-way":
        return False
    open_count = cues.tense in ("perfect", "progressive") or cues.finite_tense in ("perfect", "progressive")
    if open_count and cues.before.endswith(" creation of "):
        return True
    if open_count and cues.setting.role == "object" and cues.nearest_is("save", "prevent"):
        return cues.unit_class != "money"
    if cues.unit_class not in ("person", "job") or cues.nearest_is(*_HANDLED):
        return False
    if A_TEAM.search(cues.before):
        return False
    if cues.setting.role == "subject":
        return cues.has_sense("achieve") and cues.outlook == "standing"
    return open_count and cues.tense != "past"


# "a nearly 45 percent increase"; "were up 9 percent"
_GROWTH = re.compile(r"^ (?:\w+ )?(?:increase|decrease|reduction|decline|growth|rise|drop|fall|improvement|gain) ")


_UP = (" up ", " down ")


def _growth(cues: Cues) -> bool:
    if cues.unit_class != "percent" or cues.outlook not in ("done", "under-way", "none"):
        return False
    told = _GROWTH.match(cues.after) or cues.before.endswith(_UP) or cues.phrase.startswith(_UP)
    return bool(told) or cues.has_sense("achieve")


RULES: Rules = {
    "assured": ("total", _assured),
    "membership": ("total", _membership),
    "joining-new": ("increase", _joining_new),
    "secured-commitments": ("total", _secured),
    "taking-part": ("total", _taking_part),
    "served-so-far": ("total", lambda cues: bool(SERVED.match(cues.after))),
    "now": ("total", _now),
    "advocacy": ("amount", _advocacy),
    "growth": ("total", _growth),
    "brought-to": ("total", lambda cues: bool(_BROUGHT_TO.search(cues.before))),
    "added": ("increase", added),
    "one-period": ("amount", _one_period),
    "level": ("total", _level),
    "running": ("total", running),
    "members": ("total", _members),
    "others-too": ("total", _others_too),
    "network": ("total", _network),
    "counted-so-far": ("total", _counted_so_far),
    "headline": ("total", _headline),
    "results-so-far": ("total", _results_so_far),
    "granted": ("amount", lambda cues: cues.unit_class == "money"),
    "done": ("amount", lambda cues: cues.outlook in ("done", "under-way")),
}
"""The stage of each rule, and when it holds."""
