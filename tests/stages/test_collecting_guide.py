"""The guide to collecting names every issue that collecting can raise."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*(ROOT / "flows" / "fetching").glob("*.py"), *(ROOT / "flows" / "stages").glob("*collecting.py")]
SOURCES.append(ROOT / "flows" / "stages" / "discovering.py")
# FetchFailure("cut", …), Issue("max-pages", …), self.issue("page-moved", …), code = "robots-unreachable"
RAISED = re.compile(r'(?:FetchFailure\(|[Ii]ssue\(|trouble\(|code = )\s*f?"([a-z0-9{][\w{}.\[\]-]*)"')
FAMILIES = {"{verdict.quality}-page": ("block-page", "empty-page")}


def raised() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        for code in RAISED.findall(path.read_text(encoding="utf-8")):
            if code.startswith("http-"):
                found.add("http-…")
            elif not code.startswith("list-{"):
                found.update(FAMILIES.get(code, (code,)))
    return found


def test_every_issue_is_explained() -> None:
    guide = (ROOT / "docs" / "collecting.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z0-9…-]+)`", guide))
    codes = raised()
    assert len(codes) > 30
    assert codes - explained == set()
