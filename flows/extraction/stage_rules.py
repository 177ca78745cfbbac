"""Patterns and questions that rules for several stages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from flows.extraction.cues import Cues
from warehouse.records import Stage

Rules = Mapping[str, tuple[Stage, Callable[[Cues], bool]]]
"""Rules by name: the stage that each gives, and whether it holds for a number."""

GRANTED = re.compile(r" (?:eligible|capped|limited|available|entitled) ")
A_TEAM = re.compile(r" an? (?:\w+ ){0,3}(?:team|staff|workforce|group|membership) of $")
CAP = re.compile(r" (?:capp\w+|caps?|limit\w*|max\w*|no more than|discounts?|up to) ")
# "the millions of people that my Administration has helped"
SERVED = re.compile(r"^ (?:that|whom|who) (?:\w+ ){1,4}(?:has|have) (?:already )?(?:\w+ed|given) ")
NETWORK = re.compile(r" (?:network|coalition|alliance) of $")
NEAR = 30  # characters between a verb and the number that it governs at once
SINCE = re.compile(
    r" since | under (?:my|this|the [\w-]+|president \w+['’]s?) (?:administration|leadership) "
    r"| during this administration "
)
SO_FAR = re.compile(
    r" so far | to date | as of | thus far | already | in total | a total of | bringing the | total number "
)
SO_FAR_AFTER = re.compile(r" so far | to date | to-date | thus far | already ")
# "a total of $3 million was awarded": a sum that was given at one go.
SUM_OF = re.compile(r" (?<!for )a total of (?:\S+ ){0,8}$")


def running(cues: Cues) -> bool:
    """`so far`, `to date`, `since 2021`, `a total of`: a count that goes on."""
    if cues.tense == "present" and cues.unit_class == "money":
        return False
    if SINCE.search(cues.before) or SINCE.search(cues.clause_after):
        return True
    if cues.tense == "past" and SUM_OF.search(cues.before[-80:]) and not SO_FAR_AFTER.search(cues.clause_after):
        return False
    return bool(SO_FAR.search(cues.clause_before) or SO_FAR_AFTER.search(cues.clause_after) or " total " in cues.phrase)
