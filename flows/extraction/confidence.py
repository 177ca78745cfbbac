"""How far a fact can be trusted: the chance that its number, stage and action are right.

Each rule for stage and action has a reliability: the share of its decisions that were right on some 1,500 numbers
of official releases that were read and judged by hand, drawn towards the mean where it was seen seldom. A fact's
confidence is the product of what had to be right. Whether it was linked to the right initiative is another
question; the link bears it.
"""

from __future__ import annotations

from flows.extraction.quantity import Quantity

_STAGE: dict[str, float] = {
    "added": 0.89,
    "advocacy": 0.97,
    "ahead-bare-infinitive": 0.94,
    "ahead-goal": 0.92,
    "ahead-promise": 0.94,
    "ahead-proposal": 0.96,
    "ahead-purpose": 0.82,
    "ahead-will": 0.93,
    "announced-for-later": 0.96,
    "aside": 0.79,
    "assured": 0.97,
    "backdrop": 0.9,
    "baseline": 0.98,
    "beside": 0.93,
    "brought-to": 0.94,
    "budget": 0.94,
    "called-for": 0.97,
    "capped": 0.97,
    "ceiling": 0.88,
    "committed-so-far": 0.96,
    "counted-so-far": 0.81,
    "done-past": 0.71,
    "done-perfect": 0.7,
    "done-progressive": 0.83,
    "due": 0.92,
    "economy": 0.98,
    "estimated": 0.82,
    "existing": 0.97,
    "granted": 0.72,
    "granted-past": 0.85,
    "granted-perfect": 0.83,
    "granted-present": 0.65,
    "granted-progressive": 0.86,
    "growth": 0.97,
    "had": 0.78,
    "hanging": 0.59,
    "known": 0.94,
    "known-money": 0.97,
    "level": 0.95,
    "listed": 0.7,
    "members": 0.81,
    "membership": 0.84,
    "new-price": 0.94,
    "now": 0.97,
    "offered": 0.96,
    "one-period": 0.87,
    "others-too": 0.94,
    "parameter": 0.9,
    "part-of": 0.92,
    "pointed-at": 0.98,
    "price": 0.89,
    "problem": 0.99,
    "recipient": 0.83,
    "recurring": 0.84,
    "results-so-far": 0.94,
    "running": 0.93,
    "secured-commitments": 0.96,
    "served-so-far": 0.76,
    "share": 0.87,
    "spread": 0.95,
    "standing": 0.94,
    "standing-perfect": 0.59,
    "standing-present": 0.8,
    "states": 0.97,
    "threshold": 0.98,
    "to-be-done": 0.76,
    "unclear": 0.61,
    "unreal": 0.94,
    "warming": 0.95,
    "with-them": 0.92,
    "would-harm": 0.94,
}
_ACTION: dict[str, float] = {
    "appeal": 0.99,
    "beside": 0.9,
    "brought-to": 0.97,
    "called-for": 0.81,
    "commitments-of": 0.99,
    "context": 1.0,
    "done": 0.96,
    "in-force": 0.99,
    "joins": 0.92,
    "listed": 0.98,
    "members-to-come": 0.97,
    "part-of": 0.94,
    "pledged-money": 0.85,
    "results": 0.94,
    "spread": 1.0,
    "to-come": 0.98,
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
