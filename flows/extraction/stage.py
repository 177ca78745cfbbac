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


# --- context: the problem, the setting, a comparison

_CHANGE = r"(?:down|up|\w*creas\w+|rise|rose|risen|gr[eo]wn?|growing|fell|fall\w*|drop\w*|reduc\w+|cut\w*|lower\w*|rais\w+|expand\w*|declin\w+|improv\w+|went|doubl\w+|moved?|speed)"
_BASELINE = re.compile(
    rf" {_CHANGE} (?:[^;—]* )?from $| (?:rather|other|more|less|greater|fewer|higher|lower|better|worse) than $| (?:compared|relative) (?:to|with) (?:[^,;]* )?$| instead of (?:[^,;]* )?$"
)
_PROBLEM = re.compile(
    r" (?:died?|deaths?|dying|killed|kills|injur\w+|homeless|hospitali[sz]ed|lacks?|lacking|suffer\w*|victims?|struggl\w+|unable|unaware|not aware|uninsured|do not have|don['’]t have|without access|experiencing|criminal record|incarcerated|overdos\w+|fatalities|diagnosed) "
)
_RECURRING = re.compile(r" (?:each|every|per) (?:year|month|week|day)\b| annually | a year ")
_KNOWLEDGE = re.compile(
    r" (?:experts?|research|studies|study|survey|estimates?|data|analysis|polls?|census) (?:\w+ ){0,4}(?:estimates?|shows?|indicates?|suggests?|finds?|found|that)? ?"
)
_EXISTING = words("existing original participating remaining current eligible qualifying")
_OF_WHOLE = re.compile(
    r" (?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|out|each|all|any|some|most|many|half|percent|%) of (?:its |their |our )?$| (?:of|among|under) $"
)
_PRICE = re.compile(
    r" (?:wages?|salar(?:y|ies)|prices?|costs?|average|median|return|earn\w*|pays?|income|inflation|premiums?|bills?|fee|fees|price) "
)
_REACH = words(
    """serve cover employ represent have own span operate support reach offer host number boast include house"""
)


def _baseline(cues: Cues) -> bool:
    return bool(_BASELINE.search(cues.before)) or (
        cues.before.endswith(" from ") and bool(re.match(r"(?: / \w+)? to (?:[$€£]|\d)", cues.after))
    )


def _problem(cues: Cues) -> bool:
    if cues.finite_tense == "future" or cues.unit_class == "money":
        return False
    return (
        (bool(_PROBLEM.search(cues.after[:120]) or _PROBLEM.search(cues.before[-60:]) or _PROBLEM.search(cues.phrase))
        and cues.setting.role != "object")
        or cues.nearest_is("die", "kill", "lack", "suffer", "hospitalize", "experience")
    )


def _recurring(cues: Cues) -> bool:
    return (
        bool(_RECURRING.search(cues.before) or _RECURRING.search(cues.after[:60]))
        and cues.tense in {"present", "", "gerund"}
        and not cues.unit_class == "money"
    )


def _existing(cues: Cues) -> bool:
    return any(word in _EXISTING for word in cues.quantity.modifiers)


def _reach(cues: Cues) -> bool:
    nearest = cues.setting.nearest
    if nearest is None:
        return cues.before.endswith(" with ")
    return (
        nearest.lemma in _REACH
        and nearest.tense in {"present", "gerund"}
        and cues.unit_class != "money"
        and cues.setting.role == "object"
        and (cues.finite_tense in {"present", ""} or nearest.tense == "present")
    )


def _share(cues: Cues) -> bool:
    return (
        cues.unit_class == "percent"
        and cues.tense in {"present", ""}
        and not cues.nearest_is("translate", "grow", "increase", "decline")
    )


def _price(cues: Cues) -> bool:
    return (
        cues.unit_class == "money"
        and cues.quantity.value < 1e6
        and bool(_PRICE.search(cues.before[-60:] + cues.after[:30]))
        and cues.tense in {"present", ""}
    )


# --- target: still to come

_PROMISE_NOUN = re.compile(
    r" (?:commitments?|goals?|targets?|pledges?|promises?|plans?|proposals?|aims?|ambitions?|objectives?|request|agreement|efforts?|initiative|challenge|campaign|mission|intention|program|partnership|legislation|bill|rule)(?: \w+){0,4} (?:to|of|for) (?:[^.;:—]{0,40})$"
)
_PROMISE_HEAD = words(
    """commitment commitments goal goals target targets pledge pledges promise promises plan plans proposal aim
    ambition objective agreement initiative challenge campaign looking set working expected able ready required"""
)
_PROPOSED = re.compile(r" (?:proposed|proposes|proposing|proposal|would) ")
_AHEAD = re.compile(
    r" (?:by|before|until) (?:the end of )?(?:\w+ )?(?:20[1-9]\d|year|fiscal)| (?:over|in|within|during) the (?:next|coming) | next year | this (?:coming|fall|winter|spring|summer) "
)
_AVAILABLE = re.compile(r" (?:available|funding opportunit\w+|notice of|applications? for|will be) ")
_CALL = words("ask request urge call propose seek demand")


def _promised(cues: Cues) -> bool:
    """A promise stands above the number, through infinitives and gerunds."""
    for group in cues.setting.above:
        if "pledge" in group.senses and group.lemma not in {"ensure", "estimate", "expect", "project"}:
            return True
        if group.lemma in _CALL and group.tense != "gerund":
            return True
        if group.governor in _PROMISE_HEAD:
            return True
        if group.tense == "future":
            return True
        if group.tense in {"past", "perfect", "present", "progressive"}:
            return False
    return False


def _promise_noun(cues: Cues) -> bool:
    return bool(
        re.search(
            r" (?:commitments?|goals?|targets?|pledges?|promises?|plans?|proposals?) (?:\w+ ){0,3}(?:to|of|for|that)(?: \w+){0,6} $",
            cues.before,
        )
    )


def _future(cues: Cues) -> bool:
    return cues.tense == "future"


def _ceiling(cues: Cues) -> bool:
    return (
        cues.quantity.bound == "<="
        and cues.unit_class in {"money", "percent", "thing"}
        and cues.finite_tense not in {"past"}
    )


def _building(cues: Cues) -> bool:
    return cues.tense == "progressive" and cues.nearest_is(
        "build",
        "construct",
        "create",
        "develop",
        "add",
        "plan",
        "expand",
        "work",
        "aim",
        "seek",
        "look",
        "hire",
        "open",
    )


def _ahead(cues: Cues) -> bool:
    return bool(_AHEAD.search(cues.after)) and cues.tense not in {"past", "perfect"}


# --- increase: added to what existed

_ADDED = words("new additional more another extra further")


def _added(cues: Cues) -> bool:
    if cues.unit_class in {"money", "percent"}:
        return False
    return (
        any(word in _ADDED for word in cues.quantity.modifiers[:2])
        or bool(re.search(r" (?:additional|another) ", cues.phrase))
        or cues.after.startswith(" more ")
    )


def _joining_new(cues: Cues) -> bool:
    return _added(cues) and cues.has_sense("join") and cues.setting.role == "subject" and cues.tense == "future"


# --- total: the level of a running count

_SINCE = re.compile(
    r" since | so far | to date | as of | thus far | already | under (?:my|the|president|this) (?:\w+ ){0,3}administration| in total | a total of | bringing the | total number | now | during this administration | currently | collectively "
)
_COMMITTED_BY = re.compile(r" (?:commitments?|pledges?) from ")


def _secured(cues: Cues) -> bool:
    return (
        (bool(_COMMITTED_BY.search(cues.before[-60:]))
        and cues.unit_class in {"body", "place", "person"})
        or (
            cues.unit_class in {"body", "place"}
            and "commitments" in cues.after
            and cues.nearest_is("convene", "secure", "announce")
        )
    )


def _running(cues: Cues) -> bool:
    return bool(_SINCE.search(cues.before) or _SINCE.search(cues.after[:80]) or " total " in cues.phrase)


def _members(cues: Cues) -> bool:
    return (
        cues.has_sense("join")
        and cues.tense in {"perfect", "present", "progressive", "participle", "gerund"}
        and cues.unit_class in {"place", "body", "person", "thing"}
    )


def _counted_so_far(cues: Cues) -> bool:
    return cues.setting.role == "subject" and cues.tense in {"perfect"}


def _growth(cues: Cues) -> bool:
    return cues.unit_class == "percent" and cues.has_sense("achieve")


_RULES: tuple[tuple[str, Stage, Callable[[Cues], bool]], ...] = (
    ("baseline", "context", _baseline),
    ("problem", "context", _problem),
    ("recurring", "context", _recurring),
    ("existing", "context", _existing),
    ("joining-new", "increase", _joining_new),
    ("secured-commitments", "total", _secured),
    ("future", "target", _future),
    ("promised", "target", _promised),
    ("promise-noun", "target", _promise_noun),
    ("ceiling", "target", _ceiling),
    ("building", "target", _building),
    ("ahead", "target", _ahead),
    ("price", "context", _price),
    ("share", "context", _share),
    ("added", "increase", _added),
    ("growth", "total", _growth),
    ("reach", "context", _reach),
    ("running", "total", _running),
    ("members", "total", _members),
    ("counted-so-far", "total", _counted_so_far),
)
