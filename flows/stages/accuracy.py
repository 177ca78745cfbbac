"""Scores the extractor against the annotated releases: `python -m flows.stages.accuracy`, behind `make
accuracy`.

The annotations and their scorer lie beside the checkout in `../shared`; where they are absent, this says so and
measures nothing. The result goes to `flows/extraction/accuracy.json`, which is committed and which the edition
prints: figures by field, the share of right facts above and below a confidence of 0.9, the date, and the hash of
the extractor that was measured. An edition made by another extractor than that says so.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType
from typing import Any

from flows.extraction.document import document_from_text
from flows.extraction.facts import extract_facts
from flows.normalising.identity import release_id
from flows.normalising.linking import link_facts, to_gold_dict
from flows.normalising.registry import Registry

SHARED = Path("../shared")
RESULT = Path("flows/extraction/accuracy.json")
Facts = dict[str, list[dict[str, Any]]]
"""Facts by release id, as the scorer reads them."""
SURE = 0.9
"""Facts above this confidence count as sure."""

_ROOMS = ("extraction", "normalising")
_SOURCES = (".py", ".toml", ".json", ".txt", ".csv", ".tsv")
_NOT_THE_EXTRACTOR = frozenset({"accuracy.json"})
_SAID = ("value", "bound", "unit", "stage", "action")


@dataclass(frozen=True, slots=True)
class Share:
    """How many facts, and the share of them that were right."""

    facts: int
    right: float


@dataclass(frozen=True, slots=True)
class Found:
    """How well one field is found: right ones among those extracted, and among those annotated."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What was measured on the annotated releases. `fields` holds the share that is right of the quantities found."""

    releases: int
    quantities: int
    events: int
    figures: dict[str, float]
    fields: dict[str, float]
    found: dict[str, Found]
    above: Share
    below: Share


@cache
def extractor_hash() -> str:
    """A hash of all code and data that turn a text into facts."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for name, content in sorted(_files(resources.files("flows") / room, room)):
            digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_SOURCES) and entry.name not in _NOT_THE_EXTRACTOR:
            yield f"{path}/{entry.name}", entry.read_bytes().replace(b"\r\n", b"\n")


def scorer(shared: Path) -> ModuleType:
    """The annotators' own scorer, loaded from where it lies."""
    file = shared / "gold" / "score.py"
    spec = importlib.util.spec_from_file_location("gold_score", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise FileNotFoundError(f"the annotated releases are not at hand: no {file}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(shared: Path, releases: frozenset[str] | None = None) -> Accuracy:
    """Extract the annotated releases (all, or those named) and score what comes out."""
    score = scorer(shared)
    gold = {name: facts for name, facts in score.read(shared / "gold").items() if releases is None or name in releases}
    published = {
        release["id"]: date.fromisoformat(release["published"])
        for release in json.loads((shared / "gold" / "releases.json").read_text(encoding="utf-8"))
    }
    registry = Registry.load(None)
    found = {name: _extracted(shared, name, published[name], registry) for name in gold}
    total, _ = score.score(gold, found)
    above, below = _by_confidence(score, gold, found)
    return Accuracy(
        releases=total["releases"],
        quantities=total["gold quantities"],
        events=total["gold events"],
        figures={
            "detection F1": total["quantity detection"]["F1"],
            "core F1": total["core F1"],
            "progress F1": total["progress F1"],
            "full F1": total["full F1"],
            "event F1": total["event F1"],
            "series F1": total["series"]["F1"],
        },
        fields=total["field accuracy"],
        found=_by_field(score, gold, found, tuple(total["field accuracy"])),
        above=above,
        below=below,
    )


def _extracted(shared: Path, name: str, published: date, registry: Registry) -> list[dict[str, Any]]:
    with (shared / "corpus" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        document = document_from_text(file.read(), published=published)
    linked = link_facts(release_id(name), extract_facts(document), registry)
    return [to_gold_dict(fact, name) | {"confidence": fact.fact.confidence} for fact in linked]


def _by_field(score: ModuleType, gold: Facts, found: Facts, fields: tuple[str, ...]) -> dict[str, Found]:
    """A field is right where the quantity was annotated and the field agrees with the annotation."""
    theirs = {name: [fact for fact in facts if fact["kind"] == "quantity"] for name, facts in gold.items()}
    mine = {name: [fact for fact in found[name] if fact["kind"] == "quantity"] for name in gold}
    pairs = [pair for name in gold for pair in score.match(theirs[name], mine[name])]
    annotated, extracted = sum(map(len, theirs.values())), sum(map(len, mine.values()))
    right = {field: sum(score.agrees(field, *pair) for pair in pairs) for field in fields}
    return {
        f: Found(n / extracted if extracted else 0.0, n / annotated if annotated else 0.0) for f, n in right.items()
    }


def _by_confidence(score: ModuleType, gold: Facts, found: Facts) -> tuple[Share, Share]:
    """Right is a quantity that was annotated and says the same number, unit, stage and action."""
    seen: dict[bool, list[bool]] = {True: [], False: []}
    for name, facts in found.items():
        predicted = [fact for fact in facts if fact["kind"] == "quantity"]
        pairs = score.match([fact for fact in gold[name] if fact["kind"] == "quantity"], predicted)
        right = {id(mine) for theirs, mine in pairs if all(score.agrees(field, theirs, mine) for field in _SAID)}
        for fact in predicted:
            seen[fact["confidence"] > SURE].append(id(fact) in right)
    return _share(seen[True]), _share(seen[False])


def _share(right: list[bool]) -> Share:
    return Share(len(right), sum(right) / len(right) if right else 0.0)


def as_json(accuracy: Accuracy, measured_on: date) -> str:
    """The result as it is committed and read by the edition."""
    content = {
        "measured_on": measured_on.isoformat(),
        "extractor": extractor_hash(),
        "releases": accuracy.releases,
        "quantities": accuracy.quantities,
        "events": accuracy.events,
        "figures": {name: round(value, 3) for name, value in accuracy.figures.items()},
        "fields": {
            name: {"precision": round(f.precision, 3), "recall": round(f.recall, 3), "f1": round(f.f1, 3)}
            for name, f in accuracy.found.items()
        },
        "confidence": {
            "sure_above": SURE,
            "sure": {"facts": accuracy.above.facts, "right": round(accuracy.above.right, 3)},
            "unsure": {"facts": accuracy.below.facts, "right": round(accuracy.below.right, 3)},
        },
    }
    return json.dumps(content, indent=2) + "\n"


def published_accuracy() -> dict[str, Any]:
    """The committed result, for the edition; `is_current` tells whether it was this extractor that was measured."""
    text = (resources.files("flows") / "extraction" / "accuracy.json").read_text(encoding="utf-8")
    result: dict[str, Any] = json.loads(text)
    return result | {"is_current": result["extractor"] == extractor_hash()}


def table(accuracy: Accuracy) -> str:
    """The result for a person."""
    lines = [f"{accuracy.releases} releases, {accuracy.quantities} quantities, {accuracy.events} events"]
    lines += [f"  {name:13} {value:.3f}" for name, value in accuracy.figures.items()]
    lines += ["right by field, of the quantities found"]
    lines += [f"  {name:13} {value:.3f}" for name, value in accuracy.fields.items()]
    for words, share in ((f"above {SURE}", accuracy.above), (f"up to {SURE}", accuracy.below)):
        lines.append(f"confidence {words}: {share.right:.3f} right of {share.facts} facts")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and write the result where the checkout keeps it."""
    parser = argparse.ArgumentParser(prog="python -m flows.stages.accuracy", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with the annotated releases")
    parser.add_argument("--write", type=Path, default=RESULT, help="where the result goes")
    asked = parser.parse_args(arguments)
    if not (asked.shared / "gold" / "score.py").is_file():
        print(f"nothing measured: the annotated releases are not at hand ({asked.shared / 'gold'})", file=sys.stderr)
        return 0
    accuracy = measure(asked.shared)
    print(table(accuracy))
    asked.write.write_text(as_json(accuracy, datetime.now(UTC).date()), encoding="utf-8")
    print(f"written to {asked.write}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
