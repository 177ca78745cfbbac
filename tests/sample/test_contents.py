"""What the sample newsroom contains, and that its sites show all of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.sample.releases import SampleRelease, load_releases
from flows.sample.server import sites
from flows.sample.site import PAGE_ROWS, Answer, Site

NEW_YORK = ZoneInfo("America/New_York")
CLOCKS = [datetime(*day, 7, tzinfo=NEW_YORK) for day in ((2015, 11, 9), (2015, 11, 23), (2016, 1, 18), (2016, 1, 25))]
SITES = {site.source_id: site for site in sites()}
RELEASES = {f"{release.publisher}/{release.day}-{release.slug}": release for release in load_releases()}
GUIDE = Path(__file__).parents[2] / "docs" / "sample.md"
LISTING = {
    "sample_president": lambda n: ("/briefing-room/" if n == 1 else f"/briefing-room/page/{n}/", ""),
    "sample_transportation": lambda n: ("/newsroom/press-releases", f"page={n - 1}"),
    "sample_mayors": lambda n: ("/releases/index.html" if n == 1 else f"/releases/index-{n}.html", ""),
}
LOOPBACK = re.compile(r"127\.0\.0\.1|localhost|[a-z]:\d{2,5}/")


def text_at(name: str, moment: datetime) -> str:
    state = RELEASES[name].state(moment)
    assert state is not None
    return state.body


def page_at(name: str, moment: datetime) -> Answer:
    site = next(site for site in SITES.values() if RELEASES[name] in site.releases)
    return site.answer(site.path(RELEASES[name]), "", moment)


def listed(site: Site, moment: datetime) -> set[str]:
    """The paths of all releases that the pages of the listing link to."""
    bodies: list[str] = []
    for number in count(1):
        answer = site.answer(*LISTING[site.source_id](number), moment)
        if answer.status == 404:
            return {path for path in site.by_path if any(f'{path}"' in body for body in bodies)}
        bodies.append(answer.body)
    raise AssertionError("unreachable")


def mapped(site: Site, moment: datetime) -> set[str]:
    """The paths of all releases in the sitemap and the maps it names."""
    body = site.answer("/sitemap.xml", "", moment).body
    maps = re.findall(r"<loc>https://[^/]+(/sitemap-\d+\.xml)</loc>", body)
    bodies = [site.answer(path, "", moment).body for path in maps] or [body]
    return {path for path in site.by_path if any(f"{path}</loc>" in body for body in bodies)}


def standing(site: Site, moment: datetime) -> set[str]:
    return {site.path(entry.release) for entry in site.standing(moment)}


def test_there_are_releases_enough_of_three_publishers() -> None:
    assert len(RELEASES) >= 40
    assert all(len(site.releases) >= 8 for site in SITES.values())
    assert min(release.day for release in RELEASES.values()) == date(2014, 6, 4)
    assert max(release.published for release in RELEASES.values()) < CLOCKS[-1]


@pytest.mark.parametrize("moment", CLOCKS, ids=str)
@pytest.mark.parametrize("source", SITES)
def test_listing_and_sitemap_show_what_stands(source: str, moment: datetime) -> None:
    site = SITES[source]
    assert standing(site, moment)
    assert listed(site, moment) == standing(site, moment)
    assert mapped(site, moment) == standing(site, moment)


@pytest.mark.parametrize("source", SITES)
def test_the_feed_has_only_the_newest(source: str) -> None:
    site = SITES[source]
    body = site.answer(site.feed_path, "", CLOCKS[-1]).body
    assert len(re.findall("<item>|<entry>", body)) == PAGE_ROWS < len(site.releases)
    newest = site.standing(CLOCKS[-1])[:PAGE_ROWS]
    assert all(site.link(entry) in body for entry in newest)


@pytest.mark.parametrize("source", SITES)
def test_no_page_tells_where_it_was_served_from(source: str) -> None:
    site = SITES[source]
    paths = [*site.by_path, "/robots.txt", "/sitemap.xml", site.feed_path, LISTING[source](1)[0]]
    assert not [path for path in paths if LOOPBACK.search(site.answer(path, "", CLOCKS[-1]).body)]


def test_two_clocks_see_the_count_of_healthy_communities_change() -> None:
    name = "president/2015-11-06-healthy-communities-challenge"
    texts = [text_at(name, moment) for moment in CLOCKS[:2]]
    assert "19 communities" in texts[0]
    assert texts[1] == texts[0].replace("19 communities", "20 communities")
    assert len(re.findall(r", [A-Z]{2}\b", texts[0])) == 20


def test_one_revision_changes_only_the_spelling() -> None:
    name = "president/2015-11-02-techhire-and-reentry"
    before, after = (text_at(name, moment) for moment in CLOCKS[:2])
    assert before != after
    assert re.findall(r"\d+", before) == re.findall(r"\d+", after)


def test_a_page_is_revised_in_the_last_week() -> None:
    name = "mayors/2016-01-08-free-community-college-a-year-on"
    assert ["six communities" in text_at(name, moment) for moment in CLOCKS[2:]] == [True, False]
    assert "seven communities" in text_at(name, CLOCKS[3])


def test_a_block_page_with_status_200_stands_in_for_a_release() -> None:
    name = "transportation/2015-10-29-tiger-2015-awards"
    pages = [page_at(name, moment) for moment in CLOCKS]
    assert [page.status for page in pages] == [200] * 4
    assert ["Access Denied" in page.body for page in pages] == [True, False, False, False]
    assert "381 TIGER projects" not in pages[0].body


def test_a_page_is_withdrawn_early_enough_to_be_missed_at_two_clocks() -> None:
    name = "mayors/2015-11-18-advisory-winter-meeting-draft-program"
    assert [page_at(name, moment).status for moment in CLOCKS] == [404, 200, 410, 410]


def test_the_mirror_has_the_words_of_its_original() -> None:
    original = text_at("president/2015-11-20-compact-of-mayors-milestone", CLOCKS[1])
    mirror = text_at("mayors/2015-11-21-milestone-for-cities-and-climate", CLOCKS[1])
    assert mirror != original
    assert mirror.replace("'", "’") == original


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (
            "president/2015-10-27-police-data-initiative-five-months-on",
            "president/2016-01-21-mayors-at-the-white-house",
            "which brings the number of participating agencies to 26",
        ),
        (
            "president/2014-06-10-better-buildings-outdoor-lighting",
            "president/2016-01-21-mayors-at-the-white-house",
            "will replace more than 500,000 lighting fixtures between May 2014 and May 2016",
        ),
    ],
)
def test_old_news_and_an_old_target_come_again_in_the_same_words(earlier: str, later: str, words: str) -> None:
    assert all(words in text_at(name, CLOCKS[-1]) for name in (earlier, later))
    assert "1.5 million" in text_at("president/2015-01-23-winter-meeting-of-mayors", CLOCKS[-1])


def _rows() -> list[tuple[str, list[str]]]:
    """Release and figures of each row of the guide's table."""
    rows = re.findall(r"^\| (\w+/\d{4}-\d{2}-\d{2}-\S+) \| (.*?) ?\| ", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    return [(name, re.findall(r"`(.+?)`", figures)) for name, figures in rows]


def test_the_guide_lists_each_release_once_by_date() -> None:
    names = [name for name, _ in _rows()]
    assert sorted(names) == sorted(RELEASES)
    days = [RELEASES[name].day for name in names]
    assert days == sorted(days)


@pytest.mark.parametrize(("name", "figures"), _rows())
def test_the_guides_figures_stand_in_the_release(name: str, figures: list[str]) -> None:
    release: SampleRelease = RELEASES[name]
    assert [figure for figure in figures if figure not in release.states[0].body] == []


def test_moments_are_told_in_utc_or_with_an_offset() -> None:
    for site in SITES.values():
        stamps = re.findall(r"<lastmod>(.+?)</lastmod>", site.answer("/sitemap.xml", "", CLOCKS[-1]).body)
        assert all(datetime.fromisoformat(stamp).astimezone(UTC) for stamp in stamps)
