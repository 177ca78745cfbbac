"""What was done: pledge, join, act, achieve or advocate. Who the number counts decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from warehouse.records import Action, Stage


class ActionDecision(NamedTuple):
    """The action and the name of the rule that gave it."""

    action: Action
    rule: str


def decide_action(cues: Cues, stage: Stage) -> ActionDecision:
    """The action by the first rule that holds for a fact of this stage."""
    if stage == "context":
        return ActionDecision("act", "context")
    for rule, action, holds in _TARGET_RULES if stage == "target" else _DONE_RULES:
        if holds(cues):
            return ActionDecision(action, rule)
    return ActionDecision("pledge", "to-come") if stage == "target" else ActionDecision("act", "done")


_CALLS = words(
    """ask request urge call advocate petition recommend condemn demand lobby sue testify oppose plead"""
)
_APPEAL = re.compile(
    r" (?:letter|resolution|op-ed|amicus|lawsuit|legal defense|petition|testimony|brief|marched|urging) "
)
_COMMITMENTS = re.compile(r" (?:commitments?|pledges?|assurances?) (?:from|by|of) ")
_NETWORK = re.compile(r" (?:network|coalition|group|partnership|alliance|consortium|compact|community) of $")
_IN_FORCE = words("provide allow receive get save offer cap make enable give")
_PLEDGED = re.compile(r" (?:commitments?|assurances?|private sector|private investments?) ")


def _calls(cues: Cues) -> bool:
    return any(group.lemma in _CALLS for group in cues.setting.above[:3])


def _appeals(cues: Cues) -> bool:
    if cues.quantity.unit == "signature":
        return True
    return (cues.unit_class != "money" and bool(_APPEAL.search(cues.after[:100]))) or cues.has_sense("advocate")


def _members_to_come(cues: Cues) -> bool:
    return (
        (cues.has_sense("join")
        and cues.setting.role == "subject")
        or (cues.nearest_is("bring", "convene")
        and cues.unit_class in {"body", "place"})
    )


def _in_force(cues: Cues) -> bool:
    nearest = cues.setting.nearest
    return (
        nearest is not None
        and cues.unit_class == "money"
        and nearest.tense in {"present", "perfect"}
        and nearest.lemma in _IN_FORCE
    )


def _under_way(cues: Cues) -> bool:
    return cues.tense == "progressive" and cues.nearest_is("build", "construct", "create")


def _joins(cues: Cues) -> bool:
    if cues.unit_class not in {"place", "body", "person", "thing"}:
        return False
    if _NETWORK.search(cues.before):
        return True
    if cues.has_sense("join") or cues.nearest_is("commit", "pledge", "take", "form"):
        if cues.setting.role == "subject":
            return not cues.nearest_is("take") or bool(
                re.search(r" (?:challenge|pledge|initiative|part) ", cues.after[:60])
            )
        return cues.unit_class in {"place", "body"} and " participating " not in cues.before[-30:]
    return bool(re.search(r" (?:participating|enrolled|joining|signed|participants?|members?) ", cues.after[:30]))


def _commitments_of(cues: Cues) -> bool:
    return bool(_COMMITMENTS.search(cues.before[-60:])) or (
        cues.unit_class in {"body", "place"}
        and bool(re.search(r" (?:commitments|submitted an assurance) ", cues.after))
    )


def _pledged_money(cues: Cues) -> bool:
    return (
        cues.unit_class == "money"
        and cues.nearest_is("announce", "commit", "pledge")
        and bool(re.search(r" (?:companies|company|firms|private sector|partners|donors|foundations) ", cues.before))
    )


def _results(cues: Cues) -> bool:
    if cues.unit_class in {"job"}:
        return True
    if cues.unit_class == "percent":
        return True
    if cues.unit_class == "person":
        return not cues.nearest_is("sign", "honor", "recognize", "announce", "hire", "award", "train")
    return (cues.has_sense("achieve") and not cues.has_sense("act")) or cues.nearest_is("eliminate", "end", "save")


_TARGET_RULES: tuple[tuple[str, Action, Callable[[Cues], bool]], ...] = (
    ("called-for", "advocate", _calls),
    ("members-to-come", "join", _members_to_come),
    ("in-force", "act", _in_force),
    ("under-way", "act", _under_way),
)
_DONE_RULES: tuple[tuple[str, Action, Callable[[Cues], bool]], ...] = (
    ("appeal", "advocate", _appeals),
    ("commitments-of", "pledge", _commitments_of),
    ("pledged-money", "pledge", _pledged_money),
    ("joins", "join", _joins),
    ("results", "achieve", _results),
)
