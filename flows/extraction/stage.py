"""What a number means for a commitment: target, total, increase, amount or context.

The order of the annotators' rulings: context first, then what is still to come, then what was added, then levels, then
single acts. Each rule is one line of a table, so that a fact can name the rule that decided its stage.
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


def decide_stage(cues: Cues) -> StageDecision:
    """The stage by the first rule that holds."""
    for rule, stage, holds in _RULES:
        if holds(cues):
            return StageDecision(stage, rule)
    return StageDecision("amount", "done-once")


def rules_that_hold(cues: Cues) -> list[str]:
    """The names of all rules that hold, in order."""
    return [rule for rule, _, holds in _RULES if holds(cues)]


# --- context: a comparison, a baseline

_CHANGE = (
    r"(?:down|up|\w*creas\w+|rise|rose|risen|gr[eo]wn?|growing|fell|fall\w*|drop\w*|reduc\w+|cut\w*|lower\w*|rais\w+"
    r"|expand\w*|declin\w+|improv\w+|went|gone|doubl\w+|tripl\w+|moved?|speeds?|jump\w*|climb\w*)"
)
_BASELINE = re.compile(
    rf" {_CHANGE} (?:[^;—.]* )?from $| (?:rather|other|instead) (?:than|of) (?:[^,;]* )?$"
    r"| (?:compared|relative) (?:to|with) (?:[^,;]* )?$| versus $| below $| above $"
)
_THEN_TO = re.compile(r"^(?: / \w+)?(?: \w+){0,2} to (?:[$€£]|\d|now|more|over|nearly|about|an?)")


def _baseline(cues: Cues) -> bool:
    if cues.before.endswith(" from ") and _THEN_TO.match(cues.after):
        return True
    if cues.before.endswith((" below ", " above ")):
        return cues.unit_class == "percent" and not cues.has_sense("achieve")
    return bool(_BASELINE.search(cues.before)) or bool(_MORE_THAN_WHAT.search(cues.before))


_MORE_THAN_WHAT = re.compile(r" (?:more|less|greater|fewer|higher|lower|better|worse|larger|faster) (?:\w+ )?than $")

# --- context: the problem, and what is merely known

_HARM = words(
    """die kill lack suffer hospitalize wound lose face flee experience struggle displace threaten victimize burn injure
    perish risk diagnose overdose"""
)
_PROBLEM = re.compile(
    r" (?:died?|deaths?|dying|killed|kills|injur\w+|wounded|homeless|hospitali[sz]ed|lacks?|lacking|suffer\w*|victims?"
    r"|struggl\w+|unable|unaware|not aware|uninsured|do not have|don['’]?t have|without access|experiencing|criminal record"
    r"|overdos\w+|fatalities|diagnosed|forced to|at risk|refugees|in poverty|unemployed|no access|shortage|count on|rely on|live in"
    r"|lives? with|living with|made the ultimate|evicted|foreclos\w+) "
)
_RELIEF = re.compile(r" (?:help\w*|protect\w*|serv\w*|prevent\w*|sav\w*|reduc\w*|support\w*|assist\w*|end\w*|hous\w+|lift\w*|provid\w*) ")


def _problem(cues: Cues) -> bool:
    if cues.outlook == "ahead" or cues.unit_class == "money":
        return False
    verb = cues.setting.nearest
    if verb is not None and verb.lemma in _HARM and not cues.setting_is_relief:
        return True
    near = cues.after[:70]
    if cues.setting.role == "object" and verb is not None and ("achieve" in verb.senses or _RELIEF.search(f" {verb.lemma} ")):
        return False
    return bool(_PROBLEM.search(near) or _PROBLEM.search(cues.phrase)) and cues.setting.role != "object"


_RECURRING = re.compile(r" (?:each|every|per) (?:year|month|week|day)\b| annually | a (?:year|month) ")


def _recurring(cues: Cues) -> bool:
    happens = cues.outlook in ("standing", "none")
    return happens and cues.unit_class != "money" and bool(_RECURRING.search(cues.before[-40:]) or _RECURRING.search(cues.after[:60]))


_FINDING = re.compile(
    r" (?:experts?|research|studies|study|survey|analysis|polls?|census|data|literature) (?:\w+ ){0,4}"
    r"(?:estimates?|shows?|showing|indicates?|suggests?|finds?|found) "
)


def _known(cues: Cues) -> bool:
    return cues.outlook in ("standing", "none", "done") and bool(_FINDING.search(cues.before)) and not cues.has_sense("join") and not cues.has_sense("act")


_EXISTING = words("existing original participating remaining current eligible qualifying known prior previous")


def _existing(cues: Cues) -> bool:
    return any(word in _EXISTING for word in cues.quantity.modifiers) and cues.outlook != "ahead"


def _pointed_at(cues: Cues) -> bool:
    """`the six cities` as a place or recipient, `these 20 offices`: the setting of an act."""
    first = cues.phrase.split()[0]
    if first not in ("the", "its", "their", "our", "his", "her") or cues.unit_class in ("money", "percent"):
        return False
    if cues.quantity.bound == "=" and cues.quantity.value < 100 and cues.setting.role == "subject":
        return cues.outlook == "standing" and first == "the"
    return cues.setting.role == "object" and cues.before.split()[-1:] != ["of"] and cues.outlook != "ahead" or cues.outlook == "ahead" and first != "the" and cues.setting.role == "object"


_STAND = words(
    """serve cover employ represent have own span operate support offer number boast include house contain feature run
    comprise consist host cost exist rank total face know use find manage live require account"""
)


def _standing(cues: Cues) -> bool:
    """What a participant has or serves, as its description."""
    verb = cues.setting.nearest
    if verb is None or cues.unit_class in ("money", "percent") or cues.setting.role != "object":
        return False
    if verb.tense == "gerund":
        return verb.lemma in _STAND - {"offer", "host", "support", "include", "use", "require", "total", "feature"} and cues.outlook in ("standing", "none", "done")
    return verb.tense == "present" and verb.lemma in _STAND and cues.outlook == "standing"


def _with_them(cues: Cues) -> bool:
    """`a firm with three plants`: what a participant has."""
    return cues.before.endswith(" with ") and cues.unit_class not in ("money",) and cues.outlook in ("none", "standing")


def _share(cues: Cues) -> bool:
    return cues.unit_class == "percent" and cues.outlook in ("standing", "none") and cues.quantity.trend is None and not cues.nearest_is("translate")


_ECONOMY = re.compile(r" (?:inflation|unemployment|wages?|deficit|debt|gdp|gas prices|interest rates?|economy|incomes?|spending) ")


def _economy(cues: Cues) -> bool:
    """The economy's backdrop."""
    return cues.unit_class in ("percent", "thing") and cues.outlook != "ahead" and bool(_ECONOMY.search(cues.before[-80:] + cues.phrase + cues.after[:20])) and cues.quantity.kind in ("percent", "fraction")


_PRICE = re.compile(r" (?:wages?|salar(?:y|ies)|prices?|costs?|average|median|return|earn\w*|pays?|paying|income|premiums?|fee|fees|price|out-of-pocket) ")


def _price(cues: Cues) -> bool:
    if cues.unit_class != "money" or cues.quantity.value >= 1e6:
        return False
    return cues.outlook in ("standing", "none", "under-way") and not _CAP.search(cues.before[-60:]) and bool(_PRICE.search(cues.before[-50:] + cues.after[:30]))


# --- target

_AHEAD = re.compile(
    r" by (?:the end of )?(?:\w+ )?(?:20[1-9]\d|the end of|fiscal)| (?:over|in|within|during) the (?:next|coming) | this decade "
)
_CAP = re.compile(r" (?:capped?|caps?|limit\w*|max\w*|no more than|discounts?) ")
_OFFER = re.compile(r" (?:available|eligible for|apply for|applications? for|opportunit(?:y|ies) (?:of|for)) ")


def _ahead(cues: Cues) -> bool:
    return cues.outlook == "ahead"


def _called_for(cues: Cues) -> bool:
    return cues.outlook == "called-for" and cues.setting.role == "object"


def _capped(cues: Cues) -> bool:
    return cues.unit_class == "money" and cues.quantity.value < 1e5 and bool(_CAP.search(cues.before[-60:]))


def _ceiling(cues: Cues) -> bool:
    return cues.quantity.bound == "<=" and cues.unit_class in {"money", "percent"} and cues.outlook not in ("done",)


def _offered(cues: Cues) -> bool:
    return cues.unit_class == "money" and bool(_OFFER.search(cues.after[:40]) or _OFFER.search(cues.before[-40:]))


def _due(cues: Cues) -> bool:
    return bool(_AHEAD.search(cues.after[:80])) and cues.outlook not in ("done", "standing")


def _building(cues: Cues) -> bool:
    return cues.tense == "progressive" and cues.unit_class in ("thing", "person") and cues.nearest_is("build", "construct", "develop", "plan", "expand", "aim", "seek", "look", "hire", "open")


# --- increase

_ADDED = words("new additional more another extra further")


def _added(cues: Cues) -> bool:
    if cues.unit_class in {"money", "percent"} or cues.quantity.kind in ("percent", "fraction", "money"):
        return False
    return (
        any(word in _ADDED for word in cues.quantity.modifiers[:2])
        or bool(re.search(r" (?:additional|another|extra) ", cues.phrase))
        or cues.after.startswith(" more ")
        or (cues.nearest_is("add") and cues.unit_class in ("job", "person", "body", "place"))
    )


def _joining_new(cues: Cues) -> bool:
    return _added(cues) and cues.has_sense("join") and cues.setting.role == "subject" and cues.tense == "future"


# --- total

_RUNNING = re.compile(
    r" since | so far | to date | as of | thus far | already | in total | a total of | bringing the | total number | to now "
    r"| under (?:my|this|the [\w-]+|president \w+['’]s?) (?:administration|leadership)| during this administration | to-date | ever "
)
_COMMITTED_BY = re.compile(r" (?:commitments?|pledges?) from $")


def _secured(cues: Cues) -> bool:
    if cues.unit_class not in {"body", "place", "person"}:
        return False
    return bool(_COMMITTED_BY.search(cues.before)) or ("commitments from" in cues.after and cues.nearest_is("convene", "secure", "announce", "bring"))


def _running(cues: Cues) -> bool:
    return bool(_RUNNING.search(cues.before) or _RUNNING.search(cues.after[:90]) or " total " in cues.phrase)


def _members(cues: Cues) -> bool:
    if cues.setting.role != "subject" and not re.search(r" (?:network|coalition|alliance|group|community) of $", cues.before):
        return False
    return cues.has_sense("join") and cues.outlook in ("done", "standing", "under-way") and cues.tense != "past"


def _network(cues: Cues) -> bool:
    return bool(re.search(r" (?:network|coalition|alliance) of $", cues.before)) and cues.setting.role == "object"


def _counted_so_far(cues: Cues) -> bool:
    return cues.setting.role == "subject" and cues.tense in ("perfect", "progressive") and cues.unit_class != "money"


def _results_so_far(cues: Cues) -> bool:
    """`has helped 3 million borrowers`: an open count of people, of jobs."""
    return cues.unit_class in ("person", "job") and (cues.tense in ("perfect", "progressive") or cues.finite_tense in ("perfect", "progressive") or cues.outlook in ("under-way", "standing"))


def _growth(cues: Cues) -> bool:
    return cues.unit_class == "percent" and cues.has_sense("achieve") and cues.outlook in ("done", "under-way", "none")


_RULES: tuple[tuple[str, Stage, Callable[[Cues], bool]], ...] = (
    ("baseline", "context", _baseline),
    ("economy", "context", _economy),
    ("problem", "context", _problem),
    ("recurring", "context", _recurring),
    ("existing", "context", _existing),
    ("joining-new", "increase", _joining_new),
    ("secured-commitments", "total", _secured),
    ("pointed-at", "context", _pointed_at),
    ("ahead", "target", _ahead),
    ("called-for", "target", _called_for),
    ("capped", "target", _capped),
    ("ceiling", "target", _ceiling),
    ("offered", "target", _offered),
    ("building", "target", _building),
    ("due", "target", _due),
    ("price", "context", _price),
    ("known", "context", _known),
    ("share", "context", _share),
    ("standing", "context", _standing),
    ("with-them", "context", _with_them),
    ("added", "increase", _added),
    ("growth", "total", _growth),
    ("running", "total", _running),
    ("members", "total", _members),
    ("network", "total", _network),
    ("counted-so-far", "total", _counted_so_far),
    ("results-so-far", "total", _results_so_far),
)
