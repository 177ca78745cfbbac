"""How far a fact can be trusted: the chance that its number, stage and action are right.

Each rule for stage and action has a reliability: the share of its decisions that were right on some 1,150 numbers
of official releases that were read and judged by hand, drawn towards the mean where it was seen seldom. A fact's
confidence is the product of what had to be right. Whether it was linked to the right initiative is another
question; the link bears it.
"""

from __future__ import annotations

from flows.extraction.quantity import Quantity

_STAGE: dict[str, float] = {
    "added": 0.9,
    "advocacy": 0.97,
    "ahead-bare-infinitive": 0.92,
    "ahead-promise": 0.88,
    "ahead-proposal": 0.95,
    "ahead-will": 0.91,
    "announced-for-later": 0.95,
    "aside": 0.79,
    "awarded": 0.59,
    "backdrop": 0.76,
    "baseline": 0.98,
    "beside": 0.94,
    "brought-to": 0.94,
    "budget": 0.94,
    "called-for": 0.97,
    "capped": 0.97,
    "ceiling": 0.9,
    "committed-so-far": 0.96,
    "counted-so-far": 0.83,
    "done-past": 0.72,
    "done-perfect": 0.84,
    "done-progressive": 0.85,
    "economy": 0.81,
    "estimated": 0.94,
    "existing": 0.97,
    "granted": 0.68,
    "granted-past": 0.81,
    "granted-perfect": 0.83,
    "granted-present": 0.77,
    "granted-progressive": 0.93,
    "growth": 0.96,
    "had": 0.84,
    "hanging": 0.55,
    "known": 0.94,
    "known-money": 0.96,
    "level": 0.94,
    "listed": 0.75,
    "members": 0.81,
    "membership": 0.84,
    "new-price": 0.94,
    "now": 0.96,
    "offered": 0.94,
    "one-period": 0.92,
    "parameter": 0.9,
    "part-of": 0.98,
    "pointed-at": 0.97,
    "price": 0.88,
    "problem": 0.95,
    "recurring": 0.8,
    "results-so-far": 0.94,
    "running": 0.91,
    "secured-commitments": 0.95,
    "share": 0.9,
    "spread": 0.97,
    "standing": 0.94,
    "standing-perfect": 0.59,
    "standing-present": 0.8,
    "states": 0.84,
    "to-be-done": 0.86,
    "unclear": 0.62,
    "unreal": 0.92,
    "with-them": 0.92,
}
_ACTION: dict[str, float] = {
    "appeal": 0.98,
    "beside": 0.86,
    "brought-to": 0.97,
    "called-for": 0.8,
    "commitments-of": 0.98,
    "context": 1.0,
    "done": 0.95,
    "in-force": 0.99,
    "joins": 0.91,
    "listed": 0.97,
    "members-to-come": 0.97,
    "part-of": 0.92,
    "pledged-money": 0.9,
    "results": 0.94,
    "spread": 1.0,
    "to-come": 0.97,
}
_UNSEEN_STAGE = 0.85
_UNSEEN_ACTION = 0.93
_FOUND = 0.99
_WITHOUT_UNIT = 0.8


def confidence_of(quantity: Quantity, stage_rule: str, action_rule: str) -> float:
    """The chance that number, unit, stage and action are all right."""
    found = _FOUND if quantity.unit is not None else _WITHOUT_UNIT
    meant = _STAGE.get(stage_rule, _UNSEEN_STAGE) * _ACTION.get(action_rule, _UNSEEN_ACTION)
    return round(found * meant, 3)
