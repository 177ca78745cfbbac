"""Whatever the bytes: a page or a named error, never another exception; and blocks always fit the text."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.pages import PageError, read_feed, read_json, read_listing, read_page, read_sitemap
from flows.pages.dom import words
from flows.sources.registry import load_sources
from warehouse.records import Page

SPECS = {spec.id: spec for spec in load_sources()[0]}
WHOLE = sorted((Path(__file__).parent / "sites").glob("*/one.html"))
TAGS = st.sampled_from(
    sorted(
        words("""
    html body div p ul li table tr td th h1 h2 a time article main form nav header script style b br pre sup dl dt meta
    title link section blockquote
""")
    )
)
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    TAGS.map(
        lambda tag: (
            f'<{tag} class="field--name-body share" datetime="2016-13-45" property="dc:date" content=x href=//[x>'
        )
    ),
    st.sampled_from(
        [
            "<!--",
            "-->",
            "<![CDATA[",
            "&#0;",
            "&#x110000;",
            "&nbsp",
            "<",
            ">",
            "<?xml ",
            '<script type="application/ld+json">{"@graph": [1',
        ]
    ),
    st.text(max_size=20),
)
MARKUP = st.lists(PIECES, max_size=40).map("".join)
FEW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(page: Page) -> None:
    assert page.text == "\n\n".join(block.text for block in page.blocks)
    assert all(page.text[block.start : block.end] == block.text and block.text.strip() for block in page.blocks)
    assert (page.published is None) == (page.published_basis is None) == (page.published_precision is None)


@FEW
@given(MARKUP, st.sampled_from(["", "https://www.justice.gov/opa/pr/x", "http://[::1", "::::"]))
def test_any_markup_is_a_page_or_a_named_error(markup: str, url: str) -> None:
    for spec in (None, SPECS["us_doj"]):
        with contextlib.suppress(PageError):
            check(read_page(markup.encode("utf-8", errors="replace"), url, spec))


@FEW
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html; charset=utf-16", "text/html; charset=rot13", "charset="]),
)
def test_any_bytes_are_a_page_or_a_named_error(data: bytes, content_type: str | None) -> None:
    with contextlib.suppress(PageError):
        check(read_page(data, "https://a.example/x", None, content_type))


@FEW
@given(st.sampled_from(WHOLE), st.integers(0, 3000), st.integers(0, 400), st.binary(max_size=8))
def test_a_damaged_page_is_a_page_or_a_named_error(file: Path, start: int, length: int, patch: bytes) -> None:
    data = file.read_bytes()
    for spec in (None, SPECS[file.parent.name]):
        with contextlib.suppress(PageError):
            check(read_page(data[:start] + patch + data[start + length :], "https://a.example/x", spec))


FIELDS = st.sampled_from(["results", "next_page_url", "html_url", "title"])
JSON = st.recursive(
    st.none() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(FIELDS, inner), max_leaves=8
).map(lambda value: json.dumps(value).encode())


@FEW
@given(st.one_of(MARKUP.map(lambda text: text.encode(errors="replace")), st.binary(max_size=200), JSON))
def test_any_list_is_entries_or_a_named_error(data: bytes) -> None:
    feed, justice, register = SPECS["us_va"], SPECS["us_doj"], SPECS["us_federal_register"]
    with contextlib.suppress(PageError):
        assert read_feed(data, feed)
    with contextlib.suppress(PageError):
        assert any(read_sitemap(data))
    with contextlib.suppress(PageError):
        assert read_listing(data, justice.discovery[0], justice.base_url)[0]
    with contextlib.suppress(PageError):
        read_json(data, register.discovery[0], register.base_url)


def test_the_same_bytes_give_the_same_page() -> None:
    for file in WHOLE:
        assert read_page(file.read_bytes(), "") == read_page(file.read_bytes(), "")


def test_nesting_beyond_what_the_parser_follows_is_survived() -> None:
    with contextlib.suppress(PageError):
        check(read_page(b"<div>" * 100_000 + b"<p>deep</p>", ""))
