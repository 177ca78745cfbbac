"""The guide for those who write a source knows every field and every built-in source."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from flows.sources.registry import load_sources
from flows.sources.spec import SHAPES, ArticleSpec, Discovery, SourceSpec

GUIDE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([\w.]+)`", GUIDE))


def test_every_field_is_explained() -> None:
    declared = {field.name for kind in (SourceSpec, Discovery, ArticleSpec) for field in fields(kind)}
    assert declared - NAMED == {"discovery", "article"}
    assert "`[[discovery]]`" in GUIDE and "`[article]`" in GUIDE
    assert set(SHAPES) <= NAMED


def test_the_table_of_proofs_agrees_with_the_sources() -> None:
    table = GUIDE.split("## What is proved")[1]
    for spec in load_sources()[0]:
        (row,) = [line for line in table.splitlines() if f"`{spec.id}`" in line]
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[3].startswith("yes") == spec.enabled, spec.id
        assert (cells[1] == "nothing") == (spec.verified == "never"), spec.id
