"""Rules for targets: what is still to come, promised, offered, asked for or required."""

from __future__ import annotations

import re

from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from flows.extraction.stage_rules import CAP, NEAR, NETWORK, Rules, running

_AHEAD = re.compile(
    r" by (?:the end of )?(?:\w+ )?(?:20[1-9]\d|the end of|fiscal)"
    r"| (?:over|in|within|during) the (?:next|coming) | this decade "
)
_OFFER_AFTER = re.compile(r"^ (?:in (?:\w+ ){1,4})?(?:is |are |was )?(?:now )?available ")
_OPPORTUNITY = re.compile(
    r"^ (?:\w+ ){0,3}(?:funding opportunit|notice of funding|grant competition|competitive grants? )"
)
_OFFER_BEFORE = re.compile(
    r" (?:eligible for|apply for|applications? for|opportunit(?:y|ies) (?:of|for)) (?:\w+ ){0,4}$"
)
_TO_BE_DONE = re.compile(
    r"^ (?:\w+ ){0,4}(?:to be \w+ed |(?:that|which|who) (?:\S+ ){0,7}(?:will|would|committed to|plans? to) "
    r"|(?!and )(?:\w+ ){1,3}will )"
)


def _to_be_done(cues: Cues) -> bool:
    """`100 actions that agencies will take`, `principles to be implemented`."""
    if cues.tense in ("perfect", "progressive"):
        return False
    return cues.setting.role == "object" and cues.unit_class in ("thing", "job") and bool(_TO_BE_DONE.match(cues.after))


_BUDGET = re.compile(r"^ (?:\w+ ){0,4}(?:over|above) (?:\S+ ){0,4}enacted ")
_HARMFUL = words(
    "jeopardize harm hurt threaten undermine devastate destabilize worsen endanger imperil risk impact cost"
)


_WARMING = re.compile(r" (?:limit\w*|goals?|within reach|aligned|warming|target|pathway) | aligned ")


def _warming(cues: Cues) -> bool:
    """`keeping the goal of 1.5 degrees within reach`."""
    return cues.quantity.unit == "degree" and bool(_WARMING.search(cues.before + cues.after))


def _would_harm(cues: Cues) -> bool:
    """`a fine above $2 million would jeopardize the firm`."""
    return cues.tense == "future" and cues.nearest_is(*_HARMFUL)


def _standing_network(cues: Cues) -> bool:
    """`a network of 150 employers will build on ...`: the network stands already."""
    return cues.outlook == "ahead" and cues.setting.role == "subject" and bool(NETWORK.search(cues.before))


def _unreal(cues: Cues) -> bool:
    """What would have been, or will not be."""
    if cues.tense == "unreal" or cues.finite_tense == "unreal":
        return True
    return cues.setting.role == "subject" and cues.after.startswith((" would not ", " will not ", " won’t ", " won't "))


def _ahead(cues: Cues) -> bool:
    return cues.outlook == "ahead"


_BINDING = words("require oblige order direct bind compel")


def _required(cues: Cues) -> bool:
    """`requires a group of 12 firms to clean up`, `ordered three banks to repay`: who is bound to act."""
    if cues.setting.role != "object" or not cues.nearest_is(*_BINDING) or cues.unit_class not in ("body", "person"):
        return False
    return cues.after.startswith(" to ") and cues.quantity.bound != ">="


def _called_for(cues: Cues) -> bool:
    return cues.outlook == "called-for" and cues.setting.role == "object"


def _capped(cues: Cues) -> bool:
    return cues.unit_class == "money" and cues.quantity.value < 1e5 and bool(CAP.search(cues.before[-60:]))


_NEW_PRICE = re.compile(
    r" (?:costs?|prices?|premiums?|fees?|co-?pays?|payments?|bills?|penalt(?:y|ies)|rates?|caps?|limits?|minimum"
    r"|wages?)"
    r" (?:[^;,.]* )?(?:to|at) $"
)


def _new_price(cues: Cues) -> bool:
    """`reduced the cost of insulin to $35`: the level of a benefit in force."""
    changed = cues.nearest_is("reduce", "lower", "cut", "cap", "limit", "raise", "increase", "set")
    return (
        cues.unit_class in ("money", "percent")
        and changed
        and bool(_NEW_PRICE.search(cues.between))
        and " from " not in cues.before
    )


_BENEFIT = re.compile(r"^ (?:\w+ )?(?:tax credit|credit|discount|rebate|matching|cost share) ")


def _rate_of_benefit(cues: Cues) -> bool:
    """`creates a 25 percent tax credit`."""
    return cues.unit_class == "percent" and bool(_BENEFIT.match(cues.after))


_ITS_MONEY = re.compile(
    r"^ (?:in )?(?:\w+ ){0,2}(?:award|grant|funding|investment|loan|contribution|program|competition) "
)


def _awarded(cues: Cues) -> bool:
    """`This $24 million award will fund ...`: the award itself is made."""
    if cues.unit_class != "money" or cues.setting.role != "subject" or cues.quantity.bound == "<=":
        return False
    if cues.tense != "future":
        return False
    return cues.phrase.startswith((" this ", " the ", " these ")) and bool(_ITS_MONEY.match(cues.after))


_SPENT = words("pay save cost receive spend have lose earn be fine")


def _ceiling(cues: Cues) -> bool:
    if cues.outlook == "done" and (cues.unit_class != "money" or cues.nearest_is(*_SPENT)):
        return False
    return cues.quantity.bound == "<=" and cues.unit_class in {"money", "percent"}


def _offered(cues: Cues) -> bool:
    if cues.unit_class != "money":
        return False
    making = cues.nearest_is("make") and " available " in cues.after[:60] and cues.quantity.value > 1e4
    return (
        making
        or bool(_OPPORTUNITY.match(cues.after))
        or bool(_OFFER_AFTER.match(cues.after) or _OFFER_BEFORE.search(cues.before[-60:]))
    )


_IN_PLEDGES = re.compile(r"^ (?:in |of )?(?!(?:\w+ ){0,2}active )(?:[\w.]+ ){0,4}(?:commitments?|pledges?) ")
_PRIVATE_MONEY = re.compile(r"^ (?:in |of )?(?:\w+ )?private[ -](?:\w+ ){0,6}investments? ")
_PROGRAM_TO_COME = re.compile(
    r"^ (?!(?:awards?|grants?) )(?:[^,;.: ]+ ){0,7}(?:program|programme|fund|competition|prize|initiative) "
    r"| (?:to|will) (?:provide|award|fund|offer) (?:\w+ ){0,2}grants? "
)


def _pledged_sum(cues: Cues) -> bool:
    """`$8 billion in private commitments`: what was promised, until it is counted as a level."""
    return cues.unit_class == "money" and bool(_IN_PLEDGES.match(cues.after)) and not running(cues)


def _private_so_far(cues: Cues) -> bool:
    """`part of the $50 billion in private investments spurred by the law`."""
    return cues.unit_class == "money" and bool(_PRIVATE_MONEY.match(cues.after)) and cues.outlook != "ahead"


def _announced_program(cues: Cues) -> bool:
    """`announced a $20 million program`: money that is yet to be applied for."""
    if cues.unit_class != "money" or not cues.nearest_is("announce", "unveil") or cues.setting.role != "object":
        return False
    return len(cues.between) < NEAR and bool(_PROGRAM_TO_COME.match(cues.after))


_FOR_LATER = re.compile(
    r"^ (?:and [$€£] \S+ (?:[mb]illion )?)?(?:in |of )?(?:\w+ ){0,4}"
    r"(?:investments?|commitments?|expansions?|plants?|factory|factories|facility|facilities|pledges?) "
)
_PUBLIC = re.compile(
    r" (?:department|administration|agency|foundation|president|house|secretary|congress|government|usda|epa|fcc|nsf"
    r"|doe|dot|hud|hhs|usaid|commission|service|office|bureau|state|city|we|i|vice|treasury|law|act) "
)


_HAVE_COMMITTED = re.compile(r" have (?:\w+ )?(?:committed|pledged|announced) (?:\w+ ){0,3}$")
_HAS_COMMITTED = re.compile(r" has (?:\w+ )?(?:committed|pledged) (?:\w+ ){0,3}$")


def _committed_so_far(cues: Cues) -> bool:
    """`companies have announced over $200 billion`: what many have promised until now."""
    if cues.unit_class != "money":
        return False
    return bool(_HAVE_COMMITTED.search(cues.before) or (_HAS_COMMITTED.search(cues.before) and running(cues)))


def _announced_for_later(cues: Cues) -> bool:
    """A firm's announced investment is a promise; a government's announced grant is done."""
    if cues.unit_class != "money" or not cues.nearest_is("announce"):
        return False
    return cues.tense != "perfect" and bool(_FOR_LATER.match(cues.after)) and not _PUBLIC.search(cues.before[-80:])


def _due(cues: Cues) -> bool:
    return bool(_AHEAD.search(cues.after[:80])) and cues.outlook not in ("done", "standing", "under-way")


def _building(cues: Cues) -> bool:
    if cues.setting.role == "subject" and cues.setting.nearest is not None and not cues.setting.nearest.passive:
        return False
    return (
        cues.tense == "progressive"
        and cues.unit_class in ("thing", "person")
        and cues.nearest_is("build", "construct", "develop", "plan", "expand", "aim", "seek", "look", "hire", "open")
    )


RULES: Rules = {
    "warming": ("target", _warming),
    "standing-network": ("context", _standing_network),
    "would-harm": ("context", _would_harm),
    "unreal": ("context", _unreal),
    "budget": ("target", lambda cues: bool(_BUDGET.search(cues.after[:60]))),
    "awarded": ("amount", _awarded),
    "committed-so-far": ("total", _committed_so_far),
    "ahead": ("target", _ahead),
    "called-for": ("target", _called_for),
    "required": ("target", _required),
    "new-price": ("target", _new_price),
    "rate-of-benefit": ("target", _rate_of_benefit),
    "capped": ("target", _capped),
    "ceiling": ("target", _ceiling),
    "offered": ("target", _offered),
    "announced-for-later": ("target", _announced_for_later),
    "announced-program": ("target", _announced_program),
    "pledged-sum": ("target", _pledged_sum),
    "private-so-far": ("total", _private_so_far),
    "to-be-done": ("target", _to_be_done),
    "building": ("target", _building),
    "due": ("target", _due),
}
"""The stage of each rule, and when it holds."""
