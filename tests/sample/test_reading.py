"""The sample's pages meet the project's own readers: what a release file says comes out of its page, and no junk."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flows.pages import read_feed, read_listing, read_page, read_sitemap
from flows.sample import SOURCES
from flows.sample.server import sites
from flows.sample.site import PAGE_ROWS, Entry, Site
from flows.sources.registry import load_sources
from flows.sources.spec import Discovery, SourceSpec

NOW = datetime(2016, 1, 18, 7, tzinfo=ZoneInfo("America/New_York"))
SITES = {site.source_id: site for site in sites()}
SPECS = {spec.id: spec for spec in load_sources(SOURCES)[0]}
BASIS = {"sample_president": "metadata", "sample_transportation": "time", "sample_mayors": "text"}
PAGES = [(source, entry) for source, site in SITES.items() for entry in site.standing(NOW)]


def get(source: str, url: str) -> bytes:
    site = SITES[source]
    path, _, query = url.removeprefix(site.base_url).partition("?")
    answer = site.answer(path, query, NOW)
    assert answer.status == 200, url
    return answer.body.encode()


def discovery(source: str, kind: str) -> tuple[SourceSpec, Discovery]:
    spec = SPECS[source]
    (found,) = [one for one in spec.discovery if one.kind == kind]
    return spec, found


def published(site: Site) -> dict[str, str]:
    return {site.link(entry): entry.release.day.isoformat() for entry in site.standing(NOW)}


def plain(markup: str) -> str:
    """The text that a reader should see: blocks parted by a blank line, cells by a tab, without marks."""
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", markup.strip()):
        if block.startswith(("- ", "|")):
            lines = [re.sub(r"^- ", "", line).strip("| ") for line in block.splitlines()]
            blocks += [re.sub(r" \| ", "\t", line) for line in lines]
        else:
            blocks.append(" ".join(block.splitlines()).lstrip("# "))
    return "\n\n".join(blocks).replace("*", "")


def test_the_declarations_are_sound_and_are_the_three_sites() -> None:
    specs, issues = load_sources(SOURCES)
    assert issues == []
    assert {spec.id: spec.base_url for spec in specs} == {site.source_id: site.base_url for site in SITES.values()}


@pytest.mark.parametrize(("source", "entry"), PAGES, ids=[f"{s}-{e.release.slug}" for s, e in PAGES])
def test_a_page_reads_as_its_file(source: str, entry: Entry) -> None:
    url = SITES[source].link(entry)
    page = read_page(get(source, url), url, SPECS[source], "text/html; charset=UTF-8")
    assert SPECS[source].is_release(url)
    assert (page.title, page.text) == (entry.state.title, plain(entry.state.body))
    assert (page.published, page.published_basis) == (entry.release.day, BASIS[source])
    assert page.canonical_url == url


@pytest.mark.parametrize("source", SITES)
def test_the_feed_is_read(source: str) -> None:
    spec, feed = discovery(source, "feed")
    links = read_feed(get(source, feed.url), spec, feed.url, feed.expect)
    newest = list(published(SITES[source]).items())[:PAGE_ROWS]
    assert [(link.url, link.published and link.published.isoformat()) for link in links] == newest


@pytest.mark.parametrize("source", SITES)
def test_the_sitemap_is_read_whole(source: str) -> None:
    _, sitemap = discovery(source, "sitemap")
    links, maps = read_sitemap(get(source, sitemap.url), sitemap.url, sitemap.expect)
    for url in maps:
        links += read_sitemap(get(source, url), url)[0]
    changed = {SITES[source].link(entry): entry.state.since for entry in SITES[source].standing(NOW)}
    assert {link.url: link.modified for link in links} == changed


@pytest.mark.parametrize("source", SITES)
def test_the_listing_is_read_to_its_end(source: str) -> None:
    _, listing = discovery(source, "listing")
    found: dict[str, str | None] = {}
    url: str | None = listing.url
    while url is not None:
        links, url = read_listing(get(source, url), listing, url)
        found |= {link.url: link.published and link.published.isoformat() for link in links}
    assert found == published(SITES[source])
