"""What was done: pledge, join, act, achieve or advocate. Who the number counts decides.

Those who sign up, take part or are members join; promises of things to do are pledges; things done, funded, built,
held or decided are acts; results for people or for the goal are achieved; calls on others, letters and lawsuits are
advocacy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from flows.extraction.stage import StageDecision
from warehouse.records import Action


class ActionDecision(NamedTuple):
    """The action and the name of the rule that gave it."""

    action: Action
    rule: str


class Decisions(NamedTuple):
    """What was decided on one number."""

    stage: StageDecision
    action: ActionDecision


def decide_action(cues: Cues, stage: StageDecision, previous: Decisions | None = None) -> ActionDecision:
    """The action by the first rule that holds; `previous` are the decisions on the number before in the sentence."""
    if stage.stage == "context":
        return ActionDecision("act", "context")
    if previous is not None and previous.stage.stage != "context":
        if stage.rule == "brought-to":
            return ActionDecision(previous.action.action, stage.rule)
        if cues.link not in (None, "recipient") and stage.stage == previous.stage.stage:
            return ActionDecision(previous.action.action, cues.link or stage.rule)
    is_target = stage.stage == "target"
    for rule, action, holds in _TARGET_RULES if is_target else _DONE_RULES:
        if holds(cues):
            return ActionDecision(action, rule)
    return ActionDecision("pledge", "to-come") if is_target else ActionDecision("act", "done")


# --- targets

_CALLS = words("ask request urge call advocate petition recommend demand lobby")
_BENEFIT = re.compile(r" (?:discount|cap|capped|credit|limit|benefit|eligible|maximum|terms|allows?|provides?|off) ")
_CREDIT = re.compile(r"^ (?:\w+ )?(?:tax credit|credit|discount|rebate) ")
_PAYING = words("provide allow receive save cap reduce lower get be qualify limit increase raise")


def _called_for(cues: Cues) -> bool:
    if cues.quantity.unit == "call":
        return True
    called = any(group.lemma in _CALLS and group.tense != "gerund" for group in cues.setting.above[:3])
    return called or cues.outlook == "called-for"


def _members_to_come(cues: Cues) -> bool:
    if cues.setting.role == "subject":
        return cues.has_sense("join")
    return cues.nearest_is("bring", "convene") and cues.unit_class in ("body", "place") and " together " in cues.between


def _in_force(cues: Cues) -> bool:
    """The level of a benefit or a cap that holds already."""
    if cues.after.startswith((" out-of-pocket cap ", " cap ")) or _CREDIT.match(cues.after):
        return cues.outlook != "ahead" or not _CREDIT.match(cues.after)
    if cues.unit_class not in ("money", "percent") or (cues.unit_class == "money" and cues.quantity.value >= 1e6):
        return False
    if any("pledge" in group.senses for group in cues.setting.above):
        return False
    if not cues.nearest_is(*_PAYING):
        return False
    return cues.outlook in ("standing", "done") or bool(_BENEFIT.search(cues.between))


def _under_way(cues: Cues) -> bool:
    """`is building a plant that will include a workshop`."""
    building = (
        group.lemma in ("build", "construct", "create") for group in cues.setting.above if group.tense == "progressive"
    )
    return any(building)


# --- what was done

_APPEAL = re.compile(
    r" (?:letter|resolution|op-ed|amicus|lawsuits?|legal defense|petition|testimony|briefs?|marched|urging|challenge of"
    r"|suing) "
)
_CALL_ON = re.compile(r" (?:on|upon|for) ")
_COMMITMENTS = re.compile(r" (?:commitments?|pledges?|assurances?) (?:from|by|of) ")
_NETWORK = re.compile(r" (?:network|coalition|group|partnership|alliance|consortium|compact|community) of $")
_PROMISES = words("commitment pledge announcement assurance promise")
_PRIVATE = re.compile(r" (?:companies|company|firms|private|partners|donors|foundations|businesses|manufacturers) ")
_INVESTMENT = re.compile(r" (?:private[\w -]*|manufacturing|energy|semiconductors?|new) (?:\w+ ){0,4}investments? ")
_MEMBERS = words("member partner participant signatory attendee delegate user subscriber enrollee")
_TAKING_PART = re.compile(r" (?:challenge|pledge|initiative|part|on the|up the|compact|campaign) ")


def _appeals(cues: Cues) -> bool:
    if cues.quantity.unit == "signature":
        return True
    if cues.unit_class == "money" or cues.outlook == "ahead":
        return False
    if cues.setting.role == "subject":
        return bool(_APPEAL.search(cues.after[:260])) or (
            cues.nearest_is(*_CALLS, "sue", "march", "testify", "protest") and not _by_telephone(cues)
        )
    return cues.nearest_is(*_CALLS) and not _by_telephone(cues)


def _by_telephone(cues: Cues) -> bool:
    """`have called the helpline`: no call on others."""
    return cues.nearest_is("call") and not _CALL_ON.search(cues.before[-20:] + cues.after[:40])


def _commitments_of(cues: Cues) -> bool:
    if cues.quantity.unit in _PROMISES or _COMMITMENTS.search(cues.before[-60:]):
        return True
    if cues.setting.role == "subject" and cues.nearest_is("agree"):
        return True
    closed = re.search(r" (?:commitments from|submitted an assurance|assurances to) ", cues.after)
    return cues.unit_class in {"body", "place"} and closed is not None


def _pledged_money(cues: Cues) -> bool:
    if cues.unit_class != "money":
        return False
    if cues.outlook == "ahead":
        return True
    if cues.nearest_is("commit", "pledge"):
        return True
    if cues.after.startswith(" in ") and " private " in cues.after[:30]:
        return True
    announced = cues.nearest_is("announce", "have", "attract", "spur", "drive", "see", "draw") or (
        cues.nearest_is("include") and any(group.lemma == "announce" for group in cues.setting.above)
    )
    return announced and bool(_PRIVATE.search(cues.before + cues.after[:60]) or _INVESTMENT.search(cues.after[:90]))


def _joins(cues: Cues) -> bool:
    if cues.unit_class in ("money", "percent", "job"):
        return False
    if cues.quantity.unit in _MEMBERS or " member " in cues.phrase or _NETWORK.search(cues.before):
        return True
    if cues.nearest_is("take", "enter"):
        return cues.setting.role == "subject" and bool(_TAKING_PART.search(cues.after[:60]))
    if cues.has_sense("join") or cues.nearest_is("commit", "pledge", "form"):
        if cues.setting.role == "subject":
            return True
        return cues.unit_class in {"place", "body"} and not cues.nearest_is("participate", "attend")
    return bool(
        re.search(r" (?:participating|enrolled|joining|signed|participants?|members?|take part) ", cues.after[:30])
    )


_TO_DO = re.compile(r" (?:committed|pledged) to (?!the |this |these |a )")
# "is in full compliance": the goal is reached.
_REACHED = re.compile(r" (?:in full compliance|fully compl\w+|submitted certifications?|met the goal|met their goal) ")
_AUDIENCE = words("impression view download click listen stream")
_HELP = words(
    """empower bring help serve protect prevent support assist reach connect lift relieve vaccinate
    house save benefit provide
    reunite feed rescue evacuate welcome train insure cover enroll graduate employ impact approve forgive cancel
    discharge restore"""
)
_TO_THEM = re.compile(r" (?:to|for|of|with) $")
_GIVING = words("provide award give deliver distribute grant secure expand extend lead result bring offer")
_JOBS = words("job apprenticeship internship")


def _results(cues: Cues) -> bool:
    if cues.unit_class == "percent" or cues.quantity.unit in _AUDIENCE:
        return True
    if cues.setting.role == "subject" and cues.unit_class in ("place", "body") and _REACHED.search(cues.after[:90]):
        return True
    if cues.unit_class == "job":
        return (cues.quantity.unit or "").split("|")[0].split()[-1] in _JOBS
    if cues.unit_class == "money":
        return cues.nearest_is("save") or (cues.nearest_is("lower", "reduce", "cut") and cues.before.endswith(" by "))
    if cues.unit_class == "person":
        return _for_people(cues)
    helped = any(group.lemma == "help" for group in cues.setting.above[:2])
    if (helped and cues.nearest_is(*_HELP)) or cues.nearest_is("eliminate", "end", "save", "prevent", "lift"):
        return True
    return cues.has_sense("achieve") and not cues.has_sense("act") and not cues.nearest_is("receive", "get")


def _for_people(cues: Cues) -> bool:
    verb = cues.setting.nearest
    if verb is None:
        return True
    if cues.setting.role == "subject":
        return not verb.passive and not cues.nearest_is("sign", "travel", "work", "testify", "visit")
    if (
        verb.lemma in _HELP
        or "achieve" in verb.senses
        or any(group.lemma == "help" for group in cues.setting.above[:2])
    ):
        return True
    return verb.lemma in _GIVING and bool(_TO_THEM.search(cues.before))


def _promise_to_do(cues: Cues) -> bool:
    """`More than 100 groups have committed to host events`."""
    subject = cues.setting.role == "subject" and cues.nearest_is("commit", "pledge")
    return subject and cues.unit_class != "money" and bool(_TO_DO.search(cues.after[:60]))


_TARGET_RULES: tuple[tuple[str, Action, Callable[[Cues], bool]], ...] = (
    ("called-for", "advocate", _called_for),
    ("members-to-come", "join", _members_to_come),
    ("in-force", "act", _in_force),
    ("under-way", "act", _under_way),
)
_DONE_RULES: tuple[tuple[str, Action, Callable[[Cues], bool]], ...] = (
    ("appeal", "advocate", _appeals),
    ("commitments-of", "pledge", _commitments_of),
    ("promise-to-do", "pledge", _promise_to_do),
    ("pledged-money", "pledge", _pledged_money),
    ("joins", "join", _joins),
    ("results", "achieve", _results),
)
