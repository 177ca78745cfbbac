"""A declared page shape is held to its word, and what is no page at all is refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.pages import PageError, PageShapeError, read_page
from flows.pages.saved import read_saved
from flows.sources.registry import load_sources
from flows.sources.spec import ArticleSpec, Count, Selection

SPEC = replace(
    next(spec for spec in load_sources()[0] if spec.id == "us_dot"),
    article=ArticleSpec(
        url_pattern="/briefing-room/",
        title=Selection("h1.title", Count(1, 1)),
        body=Selection("div.text", Count(1, None)),
        date=Selection("p.day", Count(0, 1)),
        date_formats=("Dated %d.%m.%Y",),
        drop=(".contact", "div.text > .ad"),
    ),
)
URL = "https://www.transportation.gov/briefing-room/a-road"
PAGE = """<html lang="en-US"><head><link rel="canonical" href="{canonical}"></head><body><h1 class="title">A Road</h1>
<p class="day">Dated 05.10.2016</p>
<div class="text"><p>Nine towns.</p><p class="contact">Call 555.</p><span class="ad">Buy 2</span></div>
<div class="text"><p>Ten villages.</p></div></body></html>"""


def page(canonical: str = URL) -> bytes:
    return PAGE.format(canonical=canonical).encode()


def test_declared_selections_are_followed() -> None:
    found = read_page(page(), URL, SPEC)
    assert (found.title, found.text, found.language) == ("A Road", "Nine towns.\n\nTen villages.", "en")
    assert (str(found.published), found.published_basis) == ("2016-10-05", "text")


@pytest.mark.parametrize(
    ("old", "new", "selector", "count"),
    [
        ("<h1", "<h2", "h1.title", 0),
        ("<h1", "<h1 class=title>x</h1><h1", "h1.title", 2),
        ('class="text"', 'class="prose"', "div.text", 0),
        ("<p>Nine towns.</p>", "", "text of the body", 0),
    ],
)
def test_another_number_of_nodes_is_an_error_that_names_selector_address_and_count(
    old: str, new: str, selector: str, count: int
) -> None:
    changed = (
        page()
        .decode()
        .replace(old, new)
        .replace("<p>Ten villages.</p>", "" if selector.startswith("text") else "<p>x</p>")
    )
    with pytest.raises(PageShapeError) as raised:
        read_page(changed.encode(), URL, SPEC)
    assert (raised.value.selector, raised.value.count, raised.value.url) == (selector, count, URL)
    assert selector in str(raised.value) and URL in str(raised.value)


def test_a_saved_page_of_another_shape_is_read_as_any_page(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "saved-20161005-a-road.html"
    file.write_text(
        "<html><head><title>A Road</title></head><body><p>Nine towns are to have a road by May.</p></body></html>"
    )
    found = read_saved(file, URL, [SPEC])
    assert (found.title, found.text, str(found.published)) == (
        "A Road",
        "Nine towns are to have a road by May.",
        "2016-10-05",
    )


@pytest.mark.parametrize(("canonical", "kept"), [
    (URL + "-2", URL + "-2"),
    ("/briefing-room/b", "https://www.transportation.gov/briefing-room/b"),
    ("http://transportation.gov/briefing-room/b#top", "https://www.transportation.gov/briefing-room/b"),
    ("https://mirror.example/briefing-room/a-road", URL),
    ("https://www.transportation.gov/", URL),
    ("http://[broken", URL),
    ("", URL),
])  # fmt: skip
def test_a_canonical_link_counts_only_on_the_source_s_own_hosts(canonical: str, kept: str) -> None:
    assert read_page(page(canonical), URL, SPEC).canonical_url == kept


def test_loopback_addresses_never_come_out() -> None:
    local = SPEC.with_fetch_from("http://127.0.0.1:8800")
    found = read_page(
        page("http://127.0.0.1:8800/briefing-room/b"), "http://127.0.0.1:8800/briefing-room/a-road", local
    )
    assert found.url == URL and found.canonical_url == "https://www.transportation.gov/briefing-room/b"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (b"PK\x03\x04", "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"<html><body></body></html>", "no-content"),
        (b"<!-- nothing -->", "no-content"),
        (b"<", "no-content"),
    ],
)
def test_what_is_no_page_is_refused_with_its_cause(data: bytes, cause: str) -> None:
    with pytest.raises(PageError) as raised:
        read_page(data, "")
    assert raised.value.cause == cause


def test_the_listing_s_date_is_used_where_the_page_has_none() -> None:
    from datetime import date

    bare = b"<html><head><title>A Road</title></head><body><p>Nine towns are to have a road by May.</p></body></html>"
    found = read_page(bare, "https://a.example/2016/10/a-road", listed=date(2016, 10, 5))
    assert (str(found.published), found.published_basis, found.published_precision) == ("2016-10-05", "listing", "day")
    found = read_page(bare, "https://a.example/2016/10/a-road")
    assert (str(found.published), found.published_basis, found.published_precision) == ("2016-10-01", "url", "month")
    assert read_page(bare, "https://a.example/a-road").published is None
