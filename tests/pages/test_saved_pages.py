"""Real saved pages of official sites, read by path, never committed: what a source calls proved, is proved here."""

from __future__ import annotations

import difflib
import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html as lxml_html

from flows.pages import read_feed, read_listing, read_page
from flows.pages.saved import read_saved
from flows.sources.registry import load_sources
from tests.pages.saved import CORPUS, FEEDS, entries, needs_corpus, needs_newsroom, replayed

SPECS = {spec.id: spec for spec in load_sources()[0]}
ENTRIES = entries()
WHOLE = [entry for entry in ENTRIES if not entry["format"].startswith("HTML fragment")]
FRAGMENTS = [entry for entry in ENTRIES if entry["format"].startswith("HTML fragment")]


def name(entry: dict[str, str]) -> str:
    return entry["id"]


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


@needs_corpus
@pytest.mark.parametrize("entry", WHOLE, ids=name)
def test_a_page_gives_title_date_and_body(entry: dict[str, str]) -> None:
    data = (CORPUS / "pages" / entry["file"]).read_bytes()
    for url in (entry["url"], ""):
        page = read_page(data, url)
        assert page.title == entry["title"]
        assert page.published and page.published.isoformat() == entry["published"]
        assert page.published_precision == "day"
        assert len(page.text) > 400
        assert page.language == "en"


@needs_corpus
@pytest.mark.parametrize("entry", WHOLE, ids=name)
def test_a_page_fits_the_shape_that_its_source_declares(entry: dict[str, str]) -> None:
    spec = next(spec for spec in SPECS.values() if spec.owns(entry["url"]))
    assert spec.is_release(entry["url"]), "article.url_pattern"
    assert "article" in spec.proved
    data = (CORPUS / "pages" / entry["file"]).read_bytes()
    by_source = read_page(data, entry["url"], spec)
    assert by_source.text == read_page(data, entry["url"]).text
    assert by_source.published and by_source.published.isoformat() == entry["published"]


@needs_corpus
@pytest.mark.parametrize("entry", FRAGMENTS, ids=name)
def test_a_saved_body_has_its_text_and_its_file_names_the_rest(entry: dict[str, str]) -> None:
    page = read_saved(CORPUS / "pages" / entry["file"], entry["url"], SPECS.values())
    assert letters(page.title).casefold() == letters(entry["title"]).casefold()
    assert (str(page.published), page.published_basis) == (entry["published"], "url")
    body = lxml_html.fromstring((CORPUS / "pages" / entry["file"]).read_text(encoding="utf-8"))
    assert "".join(page.text.split()) == "".join(body.text_content().split())


@needs_corpus
@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if (CORPUS / f"{entry['id']}.txt").exists()], ids=name)
def test_the_text_agrees_word_by_word_with_the_text_at_hand(entry: dict[str, str]) -> None:
    page = read_page((CORPUS / "pages" / entry["file"]).read_bytes(), entry["url"])
    assert page.text.split() == (CORPUS / f"{entry['id']}.txt").read_text(encoding="utf-8").split()


@needs_corpus
def test_a_day_shown_by_address_and_letterhead_outweighs_the_hour_of_typing() -> None:
    entry = next(entry for entry in ENTRIES if entry["id"].startswith("obama-20161224"))
    page = read_page((CORPUS / "pages" / entry["file"]).read_bytes(), entry["url"])
    assert (page.published, page.published_basis) == (date(2016, 12, 24), "url")


@needs_corpus
def test_a_transcript_in_a_second_field_is_text_and_the_summary_is_not() -> None:
    address = next(entry for entry in ENTRIES if entry["id"].startswith("obama-20150411"))
    page = read_page((CORPUS / "pages" / address["file"]).read_bytes(), address["url"])
    assert len(page.text) > 3000 and "MP3" not in page.text
    post = next(entry for entry in ENTRIES if entry["id"].startswith("obama-20110910"))
    page = read_page((CORPUS / "pages" / post["file"]).read_bytes(), post["url"])
    assert "Summary" not in page.text and "Twitter" not in page.text and "Katelyn" not in page.text


@needs_corpus
@pytest.mark.parametrize(("number", "rows", "newest", "oldest", "last"), [
    ("000", 50, date(2018, 4, 13), date(2018, 4, 9), False),
    ("001", 50, date(2018, 4, 9), date(2018, 3, 29), False),
    ("100", 50, date(2014, 12, 8), date(2014, 11, 24), False),
    ("253", 44, date(2009, 1, 15), date(2009, 1, 5), True),
])  # fmt: skip
def test_justice_listings_date_every_row_by_the_heading_above(
    number: str, rows: int, newest: date, oldest: date, last: bool
) -> None:
    spec = SPECS["us_doj"]
    way = spec.discovery[0]
    links, following = read_listing(
        (FEEDS / f"doj-listing-page-{number}.html").read_bytes(), way, way.url, zone=spec.zone
    )
    assert len(links) == rows
    assert (links[0].published, links[-1].published) == (newest, oldest)
    days = [link.published for link in links]
    assert None not in days and days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert all(spec.is_release(link.url) and link.title for link in links)
    assert (following is None) == last


@needs_corpus
def test_the_white_house_listing_of_2025_gives_its_entries_and_the_next_page() -> None:
    spec = SPECS["us_white_house"]
    way = spec.discovery[0]
    data = (FEEDS / "whitehouse-news-listing-2025-01.html").read_bytes()
    links, following = read_listing(data, way, way.url, zone=spec.zone)
    assert len(links) == 9 and following == "https://www.whitehouse.gov/news/page/2/"
    assert all(spec.is_release(link.url) and link.published == date(2025, 1, 23) for link in links)


@needs_corpus
@pytest.mark.parametrize("state", sorted(FEEDS.glob("*.xml")), ids=lambda path: path.stem)
def test_rss_states_give_thirty_entries_with_the_day_in_washington(state: Path) -> None:
    spec = SPECS["us_white_house" if "2025" in state.name else "us_white_house_biden"]
    links = read_feed(state.read_bytes(), SPECS["us_white_house"])
    assert len(links) == 30
    for link in links:
        assert re.search(spec.article.url_pattern, link.url), link.url
        in_address = re.search(r"/(\d{4})/(\d\d)/(\d\d)/", link.url)
        if in_address:
            assert str(link.published) == "-".join(in_address.groups())


@needs_newsroom
@pytest.mark.slow
def test_every_version_of_the_replayed_newsroom_gives_its_words_title_and_day() -> None:
    differing = []
    for version in replayed():
        page = read_page(version.page, version.url)
        assert page.title == " ".join(version.title.split())
        assert str(page.published) == "-".join(version.path.split("/")[3:6])
        words = re.findall(r"\w+", words_of(version.html))
        found = re.findall(r"\w+", page.text)
        if words != found:
            blocks = difflib.SequenceMatcher(None, words, found, autojunk=False).get_matching_blocks()
            differing.append((version.path, len(words) + len(found) - 2 * sum(block.size for block in blocks)))
    # Footnote figures become superscript digits on five pages; one body begins with its own title.
    assert len(differing) <= 6 and max(words for _, words in differing) <= 13, differing


@needs_newsroom
@pytest.mark.slow
def test_the_newsroom_s_changes_in_letters_or_digits_are_told_from_the_cosmetic_ones() -> None:
    """An independent count of the data: 125 changed snapshots, 84 of them in a letter or digit of title or body."""
    changed = substantial = 0
    before = ("", "")
    for version in replayed():
        page = read_page(version.page, version.url)
        read = letters(page.title) + letters(page.text)
        if version.path == before[0]:
            changed += 1
            substantial += read != before[1]
        before = (version.path, read)
    assert (changed, substantial) == (125, 84)


def words_of(fragment: str) -> str:
    """The words of a body, with a space wherever markup parts them."""
    body = lxml_html.fragment_fromstring(fragment, create_parent="div")
    for node in body.iter("p", "br", "li", "td", "tr"):
        node.text, node.tail = f" {node.text or ''}", f" {node.tail or ''}"
    return str(body.text_content())
