"""The accuracy report: it measures what lies in the shared folder, and says so where nothing does."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from flows.stages.accuracy import Accuracy, Found, Share, as_json, extractor_hash, main, measure, table

SCORER = """
def read(path):
    import json
    return {f.stem: [json.loads(x) for x in f.read_text().splitlines()] for f in sorted(path.glob("*.jsonl"))}
def match(gold, mine):
    return [(g, m) for g in gold for m in mine if g["number_start"] == m["number_start"]]
def agrees(field, gold, mine):
    return gold[field] == mine[field]
def score(gold, found):
    n = sum(map(len, gold.values()))
    f = {"P": 1.0, "R": 1.0, "F1": 1.0}
    return {"releases": len(gold), "gold quantities": n, "gold events": 0, "quantity detection": f, "core F1": 1.0,
            "progress F1": 1.0, "full F1": 1.0, "event F1": 1.0, "series": f, "field accuracy": {"value": 1.0}}, []
"""
TEXT = "So far, 87 counties have signed the Clean Rivers Compact."


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    gold, corpus = tmp_path / "gold", tmp_path / "corpus"
    gold.mkdir()
    corpus.mkdir()
    (gold / "score.py").write_text(SCORER)
    (gold / "releases.json").write_text(json.dumps([{"id": "rivers", "published": "2023-06-15"}]))
    start = TEXT.index("87")
    fact = {"kind": "quantity", "number_start": start, "value": 87, "bound": "=", "unit": "county"}
    (gold / "rivers.jsonl").write_text(json.dumps(fact | {"stage": "total", "action": "join"}) + "\n")
    (corpus / "rivers.txt").write_text(TEXT)
    return tmp_path


def test_right_facts_are_counted_by_their_confidence(shared: Path) -> None:
    found = measure(shared)
    assert (found.releases, found.quantities) == (1, 1)
    assert found.above.facts + found.below.facts == 1
    assert max(found.above.right, found.below.right) == 1.0


def test_only_the_named_releases_are_measured(shared: Path) -> None:
    assert measure(shared, frozenset()).quantities == 0


def test_the_result_is_written_with_the_extractor_that_was_measured(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = shared / "accuracy.json"
    assert main(["--shared", str(shared), "--write", str(result)]) == 0
    written = json.loads(result.read_text())
    assert written["extractor"] == extractor_hash()
    assert written["confidence"]["sure_above"] == 0.9
    assert "progress F1" in capsys.readouterr().out


def test_without_the_annotations_nothing_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path), "--write", str(tmp_path / "accuracy.json")]) == 0
    assert "not at hand" in capsys.readouterr().err
    assert not (tmp_path / "accuracy.json").exists()


def test_figures_are_rounded_for_the_edition() -> None:
    accuracy = Accuracy(
        1, 2, 3, {"core F1": 0.91239}, {"stage": 0.5}, {"stage": Found(0.75, 0.60004)}, Share(4, 0.98765), Share(0, 0.0)
    )
    written = json.loads(as_json(accuracy, date(2024, 1, 2)))
    assert written["measured_on"] == "2024-01-02"
    assert written["figures"] == {"core F1": 0.912}
    assert written["fields"] == {"stage": {"precision": 0.75, "recall": 0.6, "f1": 0.667}}
    assert written["confidence"]["sure"] == {"facts": 4, "right": 0.988}
    assert "0.988 right of 4 facts" in table(accuracy)
