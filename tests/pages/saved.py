"""Where the shared saved pages lie; tests that need them are skipped by name where they are absent."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = SHARED / "corpus"
FEEDS = CORPUS / "feeds"
NEWSROOM = SHARED / "newsroom"

needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is absent")
needs_newsroom = pytest.mark.skipif(not NEWSROOM.exists(), reason="../shared/newsroom is absent")


def entries() -> list[dict[str, Any]]:
    """The index of the saved pages; empty where they are absent."""
    index = CORPUS / "pages" / "index.json"
    return json.loads(index.read_text(encoding="utf-8")) if index.exists() else []


@dataclass(frozen=True, slots=True)
class Replayed:
    """One version of one release of the replayed newsroom."""

    path: str
    title: str
    html: str
    page: bytes

    @property
    def url(self) -> str:
        return "https://www.whitehouse.gov" + self.path


def replayed() -> Iterator[Replayed]:
    """Every version of every release, in the frame that the replay builds around it."""
    found = importlib.util.spec_from_file_location("replay_site", NEWSROOM / "replay.py")
    assert found is not None and found.loader is not None
    site = importlib.util.module_from_spec(found)
    found.loader.exec_module(site)
    with gzip.open(NEWSROOM / "whitehouse-2023-q2q3.jsonl.gz", "rt", encoding="utf-8") as lines:
        releases = [json.loads(line) for line in lines]
    for release in releases:
        for version in release["versions"]:
            if not version.get("gone"):
                page = site.article(release, version, releases[0], releases[-1])
                yield Replayed(release["path"], version["title"], version["html"], page.encode())
