"""What a number means for a commitment: target, total, increase, amount or context.

The order of the annotators' rulings: context first, then what is still to come, then what was added, then levels,
then single acts. Each rule is one line of a table, so that a fact can name the rule that decided its stage.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from warehouse.records import Stage


class StageDecision(NamedTuple):
    """The stage and the name of the rule that gave it."""

    stage: Stage
    rule: str


def decide_stage(cues: Cues, previous: StageDecision | None = None) -> StageDecision:
    """The stage by the first rule that holds; `previous` is the decision on the number before in the same sentence."""
    if previous is not None and cues.link is not None and _shares_stage(cues, previous):
        return StageDecision(previous.stage, cues.link)
    for rule, stage, holds in _RULES:
        if holds(cues):
            return StageDecision(stage, f"{rule}-{cues.told.why}" if rule in _TOLD and cues.told.why else rule)
    return StageDecision("amount", "unclear")


def _shares_stage(cues: Cues, previous: StageDecision) -> bool:
    """Numbers that hang together have one stage, unless this one is what the other is compared with."""
    if cues.link == "spread":
        return True
    if cues.link == "recipient" and previous.stage == "amount" and _added(cues):
        return False
    return not _baseline(cues) and not (cues.link == "beside" and previous.rule in ("with-them", "backdrop"))


# --- context: a comparison, a baseline

_CHANGE = (
    r"(?:down|up|\w*creas\w+|rise|rose|risen|gr[eo]wn?|growing|fell|fall\w*|drop\w*|reduc\w+|cut\w*|lower\w*|rais\w+"
    r"|expand\w*|declin\w+|improv\w+|went|gone|doubl\w+|tripl\w+|moved?|speeds?|jump\w*|climb\w*)"
)
_BASELINE = re.compile(
    rf" (?:{_CHANGE}|rang\w+) (?:[^;—.]* )?from $| (?:rather|other|instead) (?:than|of) (?:[^,;]* )?$"
    r"| (?:compared|relative) (?:to|with) (?:\w+ ){0,4}$| versus $| below $| above $"
)
_THEN_TO = re.compile(r"^(?: / \w+)?(?: \w+){0,2} to (?:[$€£]|\d|now|more|over|nearly|about|an?)")


_GRANTED = re.compile(r" (?:eligible|capped|limited|available|entitled) ")


def _baseline(cues: Cues) -> bool:
    if cues.before.endswith(" from ") and _THEN_TO.match(cues.after):
        return True
    if cues.before.endswith((" below ", " above ")):
        return cues.unit_class == "percent" and not cues.has_sense("achieve")
    if cues.before.endswith(" at risk ") or cues.after.startswith(_TIMES):
        return True
    compared = cues.before.endswith(" than ") and _MORE_THAN_WHAT.search(cues.before)
    return bool(compared or _BASELINE.search(cues.before))


_TIMES = (" as many as ", " as much as ", " times as ", " times more ", " times higher ", " times less ")
_MORE_THAN_WHAT = re.compile(r" (?:more|less|greater|fewer|higher|lower|better|worse|larger|faster) (?:\w+ )?than $")

# --- context: the problem, and what is merely known

_KNOWN_SUM = re.compile(
    r"^ (?:in |of )?(?:\w+ ){0,2}(?:acquisition|merger|takeover|industry|market|scheme|fraud|conspiracy|revenues?|sales"
    r"|profits?|assets|gdp|economy) "
)
_PENALTY = re.compile(
    r" (?:maximum|minimum|statutory|carries|penalties of|valued at|worth|eligibility|threshold) (?:\w+ ){0,4}$"
)


# "signed a contract with a builder worth"
_DEAL_WORTH = re.compile(
    r" (?:deals?|contracts?|agreements?|orders?|grants?|awards?|settlements?|packages?|projects?|investments?)"
    r" (?:[^;.]{0,80} )?(?:worth|valued at) (?:\w+ ){0,3}$"
)
_GIVING = words("provide offer receive announce award donate sign give deliver grant approve")


_POVERTY = re.compile(r"^ of (?:the )?(?:\S+ ){0,7}(?:poverty|median income)")
_EARNS = re.compile(
    r" (?:who|that) (?:makes?|earns?|has|have|owes?) $"
    r"| (?:earning|making|incomes?|balances?|salar(?:y|ies)) (?:\w+ )?(?:of |under |below |above )?$"
)
_IF = re.compile(r" if (?:\w+ ){1,4}(?:has|have|earns?|makes?|owes?|pays?) $")
_HOURLY = re.compile(r"^ (?:an|per) hour |^ minimum wage ")


def _threshold(cues: Cues) -> bool:
    """Who may have a benefit: `below 150 percent of the poverty line`, `who makes $15 an hour`."""
    if cues.unit_class == "percent":
        return bool(_POVERTY.match(cues.after))
    if cues.unit_class != "money" or cues.quantity.value >= 1e6:
        return False
    if cues.nearest_is("raise", "increase", "lift", "pay", "receive"):
        return False
    return any(pattern.search(cues.before) for pattern in (_EARNS, _IF)) or bool(_HOURLY.match(cues.after))


def _parameter(cues: Cues) -> bool:
    """A firm's or a market's size, the range of a penalty: the setting."""
    if cues.unit_class not in ("money", "percent", "thing") or cues.has_sense("achieve"):
        return False
    if " maximum " in cues.before and cues.nearest_is("be", "carry"):
        return True
    if _PENALTY.search(cues.before[-60:]) and not (cues.nearest_is(*_GIVING) or _DEAL_WORTH.search(cues.before)):
        return True
    return cues.unit_class == "money" and bool(_KNOWN_SUM.match(cues.after))


def _had(cues: Cues) -> bool:
    """`had 3,000 accounts`, `was $45 million`: a state of the past."""
    return cues.nearest_is("have", "be", "own", "know") and cues.tense == "past" and cues.setting.role == "object"


_HARM = words(
    """die kill lack suffer hospitalize wound lose face flee experience struggle displace threaten victimize burn
    injure perish risk diagnose overdose force threaten harm impact affect devastate destroy destabilize push"""
)
_PROBLEM = re.compile(
    r" (?:died?|deaths?|dying|killed|kills|injur\w+|wounded|homeless|hospitali[sz]ed|lacks?|lacking|suffer\w*|victims?"
    r"|struggl\w+|unable|unaware|not aware|uninsured|do not have|don['’]?t have|had no|have no|has no"
    r"|without access|without any"
    r"|without running|experiencing"
    r"|criminal record|overdos\w+|fatalities|diagnosed|forced to|at risk|refugees|in poverty|unemployed|no access"
    r"|shortage|anxiety|depression|addiction|abuse|disease|insecurity|hunger|attacks?|losses|count on|rely on|live in"
    r"|lives? with|living with|made the ultimate|evicted|foreclos\w+) "
)
_RELIEF = re.compile(
    r" (?:help\w*|protect\w*|serv\w*|prevent\w*|sav\w*|reduc\w*|support\w*|assist\w*|end\w*|hous\w+|lift\w*|provid\w*) "
)


_TOLL = re.compile(
    r" (?:tak\w+|took|claim\w*|cost\w*|los[ti]\w*|end\w*) (?:the )?(?:lives?|life) of $| (?:deaths?|loss) of $"
)


def _toll(cues: Cues) -> bool:
    """`took the lives of five`, `800 fewer teachers`: what was lost, or would be."""
    return bool(_TOLL.search(cues.before)) or (
        " fewer " in cues.phrase
        and " fewer than " not in cues.phrase
        and not cues.has_sense("achieve")
        and cues.unit_class != "percent"
    )


_ALLEGED = re.compile(r" (?:alleg\w+|complaints?|lawsuits?|mergers?|acquisition|takeover) (?:[^;.]* )?would ")


def _only(cues: Cues) -> bool:
    """`only 14 states have such a law`: what is lacking."""
    if not (" only " in cues.phrase or cues.before.endswith(" only ")) or cues.unit_class == "money":
        return False
    return cues.setting.role == "subject" and cues.outlook in ("done", "standing", "under-way")


def _alleged(cues: Cues) -> bool:
    """`the complaint alleges that the merger would harm customers in 40 counties`."""
    return cues.outlook == "ahead" and bool(_ALLEGED.search(cues.before))


def _problem(cues: Cues) -> bool:
    if cues.outlook == "ahead" or cues.unit_class == "money":
        return False
    if cues.unit_class == "percent" and _PROBLEM.search(cues.before[-120:]):
        if cues.nearest_is("decline", "fall", "drop", "decrease", "reduce", "cut") or cues.before.endswith(" down "):
            return False
        return not _RELIEF.search(cues.before[-120:])
    verb = cues.setting.nearest
    if (
        verb is not None
        and verb.lemma in _HARM
        and not (verb.tense in ("gerund", "infinitive") and cues.setting_is_relief)
    ):
        return True
    if (
        cues.setting.role == "object"
        and verb is not None
        and ("achieve" in verb.senses or _RELIEF.search(f" {verb.lemma} "))
    ):
        return False
    if cues.setting.role == "object":
        return False
    return bool(_PROBLEM.search(cues.after[:70]) or _PROBLEM.search(cues.phrase))


_RECURRING = re.compile(r" (?:each|every|per) (?:year|month|week|day)\b| annually | a (?:year|month) ")


def _recurring(cues: Cues) -> bool:
    happens = cues.outlook in ("standing", "none")
    if cues.unit_class == "money" and cues.nearest_is("spend", "contribute", "generate", "provide") and happens:
        return bool(_RECURRING.search(cues.before[-60:]) or _RECURRING.search(cues.after[:40]))
    return (
        happens
        and cues.unit_class != "money"
        and bool(_RECURRING.search(cues.before[-40:]) or _RECURRING.search(cues.after[:60]))
    )


_FINDING = re.compile(
    r" (?:estimates?|estimated|concluded?|concludes) that "
    r"| (?:experts?|research|studies|study|survey|analysis|polls?|census|data|literature) (?:\w+ ){0,4}"
    r"(?:estimates?|shows?|showing|indicates?|suggests?|finds?|found|concludes?|concluded|reveal\w*) "
)


def _known(cues: Cues) -> bool:
    return (
        cues.outlook in ("standing", "none", "done")
        and bool(_FINDING.search(cues.before))
        and not cues.has_sense("join")
        and not cues.has_sense("act")
    )


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
        return not _SERVED.match(cues.after)
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
    if _running(cues):
        return False
    return not (
        cues.has_sense("join") or cues.has_sense("pledge") or cues.has_sense("achieve") or cues.nearest_is("commit")
    )


_STAND = words(
    """serve cover employ represent have own span operate number boast house contain run comprise face know manage"""
)


_A_TEAM = re.compile(r" an? (?:\w+ ){0,3}(?:team|staff|workforce|group|membership) of $")


def _standing(cues: Cues) -> bool:
    """What a participant has, serves or is, as its description."""
    verb = cues.setting.nearest
    if _A_TEAM.search(cues.before) and cues.outlook != "ahead":
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
        return cues.setting.role == "object" and not _GRANTED.search(cues.between) and " of " not in cues.between
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
        and not _CAP.search(cues.before[-60:])
        and bool(_PRICE.search(cues.before[-50:] + cues.after[:30]))
    )


# --- target

_AHEAD = re.compile(
    r" by (?:the end of )?(?:\w+ )?(?:20[1-9]\d|the end of|fiscal)"
    r"| (?:over|in|within|during) the (?:next|coming) | this decade "
)
_CAP = re.compile(r" (?:capp\w+|caps?|limit\w*|max\w*|no more than|discounts?|up to) ")
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


# "the millions of people that my Administration has helped"
_SERVED = re.compile(r"^ (?:that|whom|who) (?:\w+ ){1,4}(?:has|have) (?:already )?(?:\w+ed|given) ")
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
    return cues.outlook == "ahead" and cues.setting.role == "subject" and bool(_NETWORK.search(cues.before))


_NETWORK = re.compile(r" (?:network|coalition|alliance) of $")


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
    return cues.unit_class == "money" and cues.quantity.value < 1e5 and bool(_CAP.search(cues.before[-60:]))


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
    return cues.unit_class == "money" and bool(_IN_PLEDGES.match(cues.after)) and not _running(cues)


def _private_so_far(cues: Cues) -> bool:
    """`part of the $50 billion in private investments spurred by the law`."""
    return cues.unit_class == "money" and bool(_PRIVATE_MONEY.match(cues.after)) and cues.outlook != "ahead"


def _announced_program(cues: Cues) -> bool:
    """`announced a $20 million program`: money that is yet to be applied for."""
    if cues.unit_class != "money" or not cues.nearest_is("announce", "unveil") or cues.setting.role != "object":
        return False
    return len(cues.between) < _NEAR and bool(_PROGRAM_TO_COME.match(cues.after))


_NEAR = 30
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
    return bool(_HAVE_COMMITTED.search(cues.before) or (_HAS_COMMITTED.search(cues.before) and _running(cues)))


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


# --- increase

_ADDED = words("new additional more another extra further")


_ADDITION = re.compile(r"^ (?:\w+ )?(?:addition|expansion) ")
_BROUGHT_TO = re.compile(r" (?:total|number|count|tally)(?: number)?(?: of \w+(?: \w+)?)? to $")


def _added(cues: Cues) -> bool:
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
    return _added(cues) and cues.tense == "future"


_TAKE_PART = re.compile(r"^ part ")


# --- total

_SINCE = re.compile(
    r" since | under (?:my|this|the [\w-]+|president \w+['’]s?) (?:administration|leadership) "
    r"| during this administration "
)
_SO_FAR = re.compile(
    r" so far | to date | as of | thus far | already | in total | a total of | bringing the | total number "
)
_SO_FAR_AFTER = re.compile(r" so far | to date | to-date | thus far | already ")
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
    if _SO_FAR.search(cues.before):
        return False
    if _IN_YEAR.search(cues.clause_after[:60]):
        return True
    return bool(
        _ONE_PERIOD.search(cues.clause_before[-80:]) or _ONE_PERIOD.search(cues.clause_after[:100])
    ) and not _SINCE.search(cues.before)


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


def _running(cues: Cues) -> bool:
    if cues.tense == "present" and cues.unit_class == "money":
        return False
    if _SINCE.search(cues.before) or _SINCE.search(cues.clause_after):
        return True
    if cues.tense == "past" and _SUM_OF.search(cues.before[-80:]) and not _SO_FAR_AFTER.search(cues.clause_after):
        return False
    return bool(
        _SO_FAR.search(cues.clause_before) or _SO_FAR_AFTER.search(cues.clause_after) or " total " in cues.phrase
    )


# "a total of $3 million was awarded": a sum that was given at one go.
_SUM_OF = re.compile(r" (?<!for )a total of (?:\S+ ){0,8}$")


def _members(cues: Cues) -> bool:
    if cues.setting.role != "subject" and not re.search(
        r" (?:network|coalition|alliance|group|community) of $", cues.before
    ):
        return False
    return cues.has_sense("join") and cues.outlook in ("done", "standing", "under-way") and cues.tense != "past"


def _network(cues: Cues) -> bool:
    return bool(_NETWORK.search(cues.before)) and cues.setting.role == "object"


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
    return cues.unit_class in ("person", "job") and len(cues.between) < _NEAR and not cues.nearest_is(*_HANDLED)


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
    if _A_TEAM.search(cues.before):
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


_TOLD = words("ahead standing granted done")
"""Rules that rest on the verb: their name tells by what."""
_RULES: tuple[tuple[str, Stage, Callable[[Cues], bool]], ...] = (
    ("baseline", "context", _baseline),
    ("assured", "total", _assured),
    ("economy", "context", _economy),
    ("toll", "context", _toll),
    ("problem", "context", _problem),
    ("threshold", "context", _threshold),
    ("warming", "target", _warming),
    ("parameter", "context", _parameter),
    ("membership", "total", _membership),
    ("only", "context", _only),
    ("recurring", "context", _recurring),
    ("existing", "context", _existing),
    ("backdrop", "context", _backdrop),
    ("joining-new", "increase", _joining_new),
    ("secured-commitments", "total", _secured),
    ("taking-part", "total", _taking_part),
    ("pointed-at", "context", _pointed_at),
    ("standing-network", "context", _standing_network),
    ("would-harm", "context", _would_harm),
    ("alleged", "context", _alleged),
    ("served-so-far", "total", lambda cues: bool(_SERVED.match(cues.after))),
    ("unreal", "context", _unreal),
    ("budget", "target", lambda cues: bool(_BUDGET.search(cues.after[:60]))),
    ("now", "total", _now),
    ("price", "context", _price),
    ("awarded", "amount", _awarded),
    ("committed-so-far", "total", _committed_so_far),
    ("estimated", "context", _estimated),
    ("ahead", "target", _ahead),
    ("called-for", "target", _called_for),
    ("required", "target", _required),
    ("new-price", "target", _new_price),
    ("rate-of-benefit", "target", _rate_of_benefit),
    ("capped", "target", _capped),
    ("ceiling", "target", _ceiling),
    ("offered", "target", _offered),
    ("announced-for-later", "target", _announced_for_later),
    ("announced-program", "target", _announced_program),
    ("pledged-sum", "target", _pledged_sum),
    ("private-so-far", "total", _private_so_far),
    ("to-be-done", "target", _to_be_done),
    ("building", "target", _building),
    ("due", "target", _due),
    ("advocacy", "amount", _advocacy),
    ("known", "context", _known),
    ("set-aside", "target", _set_aside),
    ("growth", "total", _growth),
    ("share", "context", _share),
    ("had", "context", _had),
    ("known-money", "context", _known_money),
    ("standing", "context", _standing),
    ("with-them", "context", _with_them),
    ("aside", "context", _aside),
    ("states", "context", _states),
    ("brought-to", "total", lambda cues: bool(_BROUGHT_TO.search(cues.before))),
    ("added", "increase", _added),
    ("one-period", "amount", _one_period),
    ("level", "total", _level),
    ("running", "total", _running),
    ("members", "total", _members),
    ("others-too", "total", _others_too),
    ("network", "total", _network),
    ("counted-so-far", "total", _counted_so_far),
    ("headline", "total", _headline),
    ("results-so-far", "total", _results_so_far),
    ("hanging", "context", _hanging),
    ("granted", "amount", lambda cues: cues.unit_class == "money"),
    ("done", "amount", lambda cues: cues.outlook in ("done", "under-way")),
)
