"""Detection and core accuracy on the annotated releases of the shared folder, scored as the guidelines score them."""

from __future__ import annotations

import json
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flows.extraction.document import document_from_text
from flows.extraction.quantities import find_quantities

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold"
DETECTION_FLOOR, CORE_FLOOR = 0.95, 0.92

pytestmark = pytest.mark.skipif(not (GOLD / "score.py").is_file(), reason="the shared gold releases are not at hand")


def scorer() -> ModuleType:
    spec = util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(release: str, title: str) -> list[dict[str, Any]]:
    text = (SHARED / "corpus" / f"{release}.txt").read_bytes().decode("utf-8")  # line ends as they are
    return [
        {
            "kind": "quantity", "number_start": q.start, "number_end": q.end, "value": q.value,
            "value_max": q.value_max, "bound": q.bound, "unit": q.unit,
        }
        for q in find_quantities(document_from_text(text, title=title))
        if q.is_countable
    ]  # fmt: skip


def test_detection_and_core_stay_above_their_floors() -> None:
    score = scorer()
    titles = {entry["id"]: entry["title"] for entry in json.loads((GOLD / "releases.json").read_text(encoding="utf-8"))}
    gold = {release: [f for f in facts if f["kind"] == "quantity"] for release, facts in score.read(GOLD).items()}
    figures, _ = score.score(gold, {release: predicted(release, titles[release]) for release in gold})
    assert figures["quantity detection"]["F1"] >= DETECTION_FLOOR
    assert figures["core F1"] >= CORE_FLOOR
