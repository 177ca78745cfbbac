"""Every source has synthetic pages of its shape with what is to be read from them, and reads exactly that.

The pages are written by hand in the shape of the site, with junk around the text. Real saved pages are read in
`test_saved_pages.py`. To change what is expected, edit `expected.json` beside the pages and say why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.pages import Link, read_feed, read_json, read_listing, read_page
from flows.sources.registry import load_sources
from flows.sources.spec import SourceSpec

SITES = Path(__file__).parent / "sites"
SPECS = {spec.id: spec for spec in load_sources()[0]}
PAGES = [(source, page) for source in sorted(SPECS) for page in ("one.html", "two.html")]


def expected(source: str) -> Any:
    return json.loads((SITES / source / "expected.json").read_text(encoding="utf-8"))


def test_every_source_has_pages_and_every_folder_a_source() -> None:
    assert {folder.name for folder in SITES.iterdir()} == set(SPECS)


@pytest.mark.parametrize(("source", "page"), PAGES)
def test_a_page_gives_title_date_and_text_by_its_source(source: str, page: str) -> None:
    wanted = expected(source)["pages"][page]
    found = read_page((SITES / source / page).read_bytes(), wanted["url"], SPECS[source])
    assert found.title == wanted["title"]
    assert found.published and found.published.isoformat() == wanted["published"]
    assert found.published_basis == wanted["published_basis"]
    assert [[block.kind, block.text] for block in found.blocks] == wanted["blocks"]
    assert found.canonical_url == wanted["url"]
    assert SPECS[source].is_release(wanted["url"])


@pytest.mark.parametrize(("source", "page"), PAGES)
def test_the_generic_reader_finds_the_same_without_a_source(source: str, page: str) -> None:
    wanted = expected(source)["pages"][page]
    found = read_page((SITES / source / page).read_bytes(), wanted["url"])
    assert found.title == wanted["title"]
    assert found.published and found.published.isoformat() == wanted["published"]
    assert [[block.kind, block.text] for block in found.blocks] == wanted["blocks"]


@pytest.mark.parametrize("source", sorted(SPECS))
def test_a_source_finds_its_entries(source: str) -> None:
    wanted = expected(source)["discovery"]
    links, following = discover(SPECS[source], (SITES / source / wanted["file"]).read_bytes())
    assert [(link.url, link.title, link.published and link.published.isoformat()) for link in links] == [
        (entry["url"], entry["title"], entry["published"]) for entry in wanted["entries"]
    ]
    assert following == wanted["next"]


def discover(spec: SourceSpec, data: bytes) -> tuple[list[Link], str | None]:
    way = spec.discovery[0]
    if way.kind == "feed":
        return read_feed(data, spec, way.url, way.expect), None
    if way.kind == "json":
        return read_json(data, way, way.url, spec.zone)
    return read_listing(data, way, way.url, zone=spec.zone)
