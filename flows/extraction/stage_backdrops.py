"""Rules for context: what an act rests on, what stands or is had by those who act, money that is taken as known."""

from __future__ import annotations

import re

from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from flows.extraction.stage_rules import A_TEAM, CAP, GRANTED, SERVED, Rules, running

_CAUSE = re.compile(r" (?:due|because|thanks|response|result|addition|light) (?:\w+ )?(?:to|of) (?:historic )?$")
_ANSWER = re.compile(r" in response to (?:\w+ )?$| due (?:\w+ )?(?:\w+ )?to (?:\w+ )?$")
_OF_WHOLE = re.compile(
    r"(?:^ | [\d,.%]+ |\b(?:one|two|three|four|five|six|seven|eight|nine|ten|out|percent|some|most|half) )of $"
)


_TOGETHER = re.compile(
    r" (?:partnership|collaboration|coordination|conjunction|cooperation"
    r"|consultation|alongside) (?:with )?(?:[^,;.]{0,90} )?$"
)


def _backdrop(cues: Cues) -> bool:
    """What the number's act rests on: `in response to two orders`, `in partnership with 20 firms`."""
    if cues.unit_class != "money" and _TOGETHER.search(cues.before) and not cues.setting_is_after(_TOGETHER):
        return True
    if _ANSWER.search(cues.before):
        return True
    if _CAUSE.search(cues.before):
        return cues.unit_class != "money" or cues.phrase.startswith(" the ")
    return cues.phrase.startswith((" the ", " these ", " its ", " our ")) and bool(_OF_WHOLE.search(cues.before))


_EXISTING = words("existing original participating remaining current eligible qualifying known prior previous")


def _estimated(cues: Cues) -> bool:
    """`is estimated to generate 50 million jobs`, `estimated that storms could cost`: a forecast by those who know."""
    above = cues.setting.above
    if any(group.lemma == "estimate" and group.passive for group in above[:3]):
        return True
    could = above and above[0].tense == "future" and " could " in cues.before[-80:]
    return bool(could) and any(group.lemma in ("estimate", "find", "forecast", "show") for group in above[1:])


def _existing(cues: Cues) -> bool:
    modifiers = _EXISTING - {"eligible", "qualifying", "remaining"} if cues.outlook == "ahead" else _EXISTING
    return any(word in modifiers for word in cues.quantity.modifiers)


def _pointed_at(cues: Cues) -> bool:
    """`the six cities` in passing, `its 20 offices`: the setting of an act."""
    first = cues.phrase.split()[0]
    if first in ("these", "those") and cues.setting.role == "object":
        return True
    if first == "the" and cues.quantity.bound == ">=" and cues.setting.role == "object" and cues.unit_class != "money":
        return not SERVED.match(cues.after)
    if first not in _POINTERS or cues.unit_class in ("money", "percent"):
        return False
    if cues.setting.role == "subject":
        return first != "the" or (cues.outlook == "standing" and cues.quantity.bound == "=")
    if cues.outlook == "ahead":
        return first != "the" and cues.before.endswith((" for ", " of ", " in ", " across ", " by ", " with "))
    return first != "the" or (cues.quantity.bound == "=" and not cues.before.endswith(" to "))


_POINTERS = words("the its their our his her")


def _states(cues: Cues) -> bool:
    """A number as the subject of what merely stands (`1,016 troops are deployed`)."""
    if cues.setting.role != "subject" or cues.outlook != "standing" or cues.unit_class == "money":
        return False
    if running(cues):
        return False
    return not (
        cues.has_sense("join") or cues.has_sense("pledge") or cues.has_sense("achieve") or cues.nearest_is("commit")
    )


_STAND = words(
    """serve cover employ represent have own span operate number boast house contain run comprise face know manage"""
)


def _standing(cues: Cues) -> bool:
    """What a participant has, serves or is, as its description."""
    verb = cues.setting.nearest
    if A_TEAM.search(cues.before) and cues.outlook != "ahead":
        return True
    if verb is None or cues.unit_class in ("money", "percent") or cues.setting.role != "object":
        return False
    if verb.lemma == "mean":
        return True
    if verb.tense == "gerund":
        return verb.lemma in _STAND and cues.outlook in ("standing", "none", "done")
    return verb.tense == "present" and verb.lemma != "build" and cues.outlook == "standing"


def _known_money(cues: Cues) -> bool:
    """`the $42 billion programme`: money that is taken as known."""
    if cues.unit_class != "money" or cues.setting.role == "subject" or _GIVEN_AFTER.match(cues.after):
        return False
    if cues.phrase.startswith(_KNOWN_BY) or _KNOWN_AS.search(cues.before[-40:]):
        return bool(_KNOWN_THING.match(cues.after)) and not cues.nearest_is("announce", "award", "launch")
    return cues.phrase.startswith(" the ") and not re.search(r" (?:announced|awarded) $", cues.before)


_KNOWN_BY = (" its ", " their ", " our ", " his ", " her ", " this ")
_KNOWN_AS = re.compile(
    r" (?:this|its|their|our) (?:signature|historic|landmark|flagship|existing|annual|overall|total) $"
)
_KNOWN_THING = re.compile(
    r"^ (?:\S+ ){0,6}(?:funds?|funding|program|programme|initiative(?:['’]s)?|budget|scheme|plan) "
)
_GIVEN_AFTER = re.compile(
    r"^ (?:in \w+ )?(?:already )?(?:provided|awarded|released|invested|allocated|announced|paid) "
)


def _with_them(cues: Cues) -> bool:
    """`a firm with three plants`: what a participant has."""
    if not cues.before.endswith(" with ") or cues.unit_class == "money" or _RELEASED.match(cues.after):
        return False
    if cues.setting.role == "object" and cues.nearest_is(*_EQUIPPING):
        return False
    return cues.outlook in ("none", "standing") or cues.setting.role == "subject"


_EQUIPPING = words("provide equip supply furnish present reach connect serve help assist support award reward")
_RELEASED = re.compile(r"^ (?:\w+ )?\w+ed ")


_ASIDE = (" for ", " of ", " in ", " across ", " to ", " among ")


def _aside(cues: Cues) -> bool:
    """A number in a phrase without a verb, beside what the sentence says (`a sponsor for 70 employers, plans to`)."""
    if cues.setting.role != "none" or cues.unit_class == "money" or cues.in_heading:
        return False
    return cues.before.endswith(_ASIDE) and len(cues.before) > 8


_SETTING_ASIDE = words("direct require dedicate reserve devote allocate spend commit obligate set")


def _set_aside(cues: Cues) -> bool:
    """`directs 40 percent of the benefits to`, `to spend 5 percent of`: what is due to go somewhere."""
    if cues.unit_class != "percent" or cues.setting.role != "object" or not cues.after.startswith(" of "):
        return False
    return cues.nearest_is(*_SETTING_ASIDE) and cues.tense in ("present", "infinitive", "gerund")


def _share(cues: Cues) -> bool:
    if cues.quantity.kind == "fraction" and cues.setting.role == "none" and cues.before == " ":
        return True
    if cues.quantity.kind == "fraction" and (cues.setting.role == "subject" or " where " in cues.before[-40:]):
        return cues.outlook in ("done", "standing")
    if cues.unit_class != "percent" or cues.nearest_is("translate"):
        return False
    if cues.setting.role == "subject" and cues.nearest_is("report", "say", "be"):
        return True
    if cues.outlook == "done" and cues.quantity.trend is None and not cues.has_sense("achieve"):
        return cues.setting.role == "object"
    return cues.outlook in ("standing", "none") and cues.quantity.trend is None


_ECONOMY = re.compile(
    r" (?:inflation|unemployment|wages?|deficit|debt|gdp|prices|interest rates?|economy|incomes?|spending) "
)


def _economy(cues: Cues) -> bool:
    """The economy's backdrop: where inflation, wages and the like stand or go."""
    moves = cues.has_sense("achieve") or cues.nearest_is("be", "have", "hit") or cues.tense == ""
    if not moves and cues.quantity.trend is None:
        return False
    return (
        cues.unit_class in ("percent", "thing")
        and cues.outlook != "ahead"
        and bool(_ECONOMY.search(cues.before[-80:] + cues.phrase + cues.after[:20]))
        and cues.quantity.kind in ("percent", "fraction")
    )


_PRICE = re.compile(
    r" (?:wages?|salar(?:y|ies)|prices?|costs?|average|median|return|earn\w*|pays?|paying|income|premiums?|fees?"
    r"|out-of-pocket) "
)


def _price(cues: Cues) -> bool:
    if cues.nearest_is("save"):
        return False
    if cues.unit_class == "money" and cues.nearest_is("be") and cues.tense in ("present", "past"):
        return cues.setting.role == "object" and not GRANTED.search(cues.between) and " of " not in cues.between
    if cues.unit_class == "money" and cues.nearest_is("cost", "earn") and cues.outlook != "ahead":
        return True
    if cues.nearest_is("make", "earn") and cues.tense == "gerund" and cues.quantity.bound != "=":
        return cues.unit_class == "money" and cues.quantity.value < 1e6
    if cues.unit_class == "money" and cues.nearest_is("pay") and cues.outlook in ("standing", "under-way"):
        return cues.quantity.value < 1e5
    if cues.unit_class != "money" or cues.quantity.value >= 1e6 or cues.quantity.bound == "<=":
        return False
    return (
        cues.outlook in ("standing", "none", "under-way")
        and not CAP.search(cues.before[-60:])
        and bool(_PRICE.search(cues.before[-50:] + cues.after[:30]))
    )


_SUMS = words("million billion funding funds grants grant investment dollars")


def _hanging(cues: Cues) -> bool:
    """A count in a participle or gerund that no act stands above, or that only compares."""
    if cues.nearest_is("include", "build") and cues.tense in ("gerund", "present") and cues.setting.role == "object":
        return False
    if cues.nearest_is("be", "compare"):
        return cues.outlook in ("standing", "done") and cues.tense in ("present", "past")
    verb = cues.setting.nearest
    if verb is None or cues.unit_class == "money" or cues.setting.role != "object":
        return False
    if verb.tense == "gerund" and verb.lemma in _EQUIPPING and cues.before.endswith(" with "):
        return False
    if cues.unit_class == "place" and verb.tense == "participle" and verb.lemma in ("locate", "base", "situate"):
        return False
    if verb.tense == "infinitive" and verb.governor in _SUMS:
        return False
    return cues.outlook == "standing" or (verb.tense == "gerund" and cues.outlook == "none" and verb.head > 1)


RULES: Rules = {
    "economy": ("context", _economy),
    "existing": ("context", _existing),
    "backdrop": ("context", _backdrop),
    "pointed-at": ("context", _pointed_at),
    "price": ("context", _price),
    "estimated": ("context", _estimated),
    "set-aside": ("target", _set_aside),
    "share": ("context", _share),
    "known-money": ("context", _known_money),
    "standing": ("context", _standing),
    "with-them": ("context", _with_them),
    "aside": ("context", _aside),
    "states": ("context", _states),
    "hanging": ("context", _hanging),
}
"""The stage of each rule, and when it holds."""
