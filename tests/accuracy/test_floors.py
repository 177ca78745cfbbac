"""Accuracy is a number with a floor: `baseline.json`. Lowering one needs a reason, written in the change's message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.stages.accuracy import Accuracy, measure

CHECKOUT = Path(__file__).parents[2]
SHARED = CHECKOUT.parent / "shared"
FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold" / "score.py").is_file(), reason="the annotated releases (../shared/gold) are not at hand"
)


@pytest.fixture(scope="module")
def accuracy() -> Accuracy:
    return measure(SHARED)


@pytest.mark.parametrize("figure", sorted(FLOORS["figures"]))
def test_figure(accuracy: Accuracy, figure: str) -> None:
    assert accuracy.figures[figure] >= FLOORS["figures"][figure]


@pytest.mark.parametrize("field", sorted(FLOORS["fields"]))
def test_field(accuracy: Accuracy, field: str) -> None:
    assert accuracy.fields[field] >= FLOORS["fields"][field]


def test_confidence_means_something(accuracy: Accuracy) -> None:
    assert accuracy.above.facts >= FLOORS["sure facts"]
    assert accuracy.above.right > accuracy.below.right
    assert accuracy.above.right >= FLOORS["sure right"]
