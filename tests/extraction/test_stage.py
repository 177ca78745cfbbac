"""The rules for a number's stage: each is asked once, in the order that stands in one place."""

from flows.extraction import stage_backdrops, stage_problems, stage_targets, stage_totals
from flows.extraction.stage import ORDER


def test_every_rule_has_one_place_in_the_order() -> None:
    rules = [rule for part in (stage_problems, stage_backdrops, stage_targets, stage_totals) for rule in part.RULES]
    assert sorted(ORDER.split()) == sorted(rules)
