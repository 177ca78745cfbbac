"""What a number means for a commitment: target, total, increase, amount or context.

The rules stand by their stage in `stage_problems` and `stage_backdrops` (context), `stage_targets` and `stage_totals`;
here stands their order, that of the annotators' rulings: context first, then what is still to come, then what was
added, then levels, then single acts. Each rule has a name, so that a fact can say which one decided its stage.
"""

from __future__ import annotations

from typing import NamedTuple

from flows.extraction import stage_backdrops, stage_problems, stage_targets, stage_totals
from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from flows.extraction.stage_rules import Rules
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
    if cues.link == "recipient" and previous.stage == "amount" and stage_totals.added(cues):
        return False
    return not stage_problems.baseline(cues) and not (
        cues.link == "beside" and previous.rule in ("with-them", "backdrop")
    )


_TOLD = words("ahead standing granted done")
"""Rules that rest on the verb: their name tells by what."""
_BY_NAME: Rules = {**stage_problems.RULES, **stage_backdrops.RULES, **stage_targets.RULES, **stage_totals.RULES}
# The first that holds decides.
ORDER = """
    baseline assured economy toll problem threshold warming parameter membership only recurring existing
    backdrop joining-new secured-commitments taking-part pointed-at standing-network would-harm alleged
    served-so-far unreal budget now price awarded committed-so-far estimated ahead called-for required new-price
    rate-of-benefit capped ceiling offered announced-for-later announced-program pledged-sum private-so-far
    to-be-done building due advocacy known set-aside growth share had known-money standing with-them aside
    states brought-to added one-period level running members others-too network counted-so-far headline
    results-so-far hanging granted done
"""
_RULES = tuple((rule, *_BY_NAME[rule]) for rule in ORDER.split())
