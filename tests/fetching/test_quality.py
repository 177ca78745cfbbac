"""Pages, block pages, empty pages, missing pages and things that are no pages are told apart."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.fetching.quality import REFUSED, judge_page

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LONG = "The mayor said that the city will open two shelters and a clinic before winter. " * 30


def page(title: str, body: str, around: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{around}<h1>{title}</h1>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("html", "quality"),
    [
        (page("City opens two shelters", f"<p>{LONG}</p>"), "ok"),
        (page("Statement on the storm", "<p>We thank all crews.</p>"), "ok"),
        (page("Statement on H.R. 404", "<p>The bill was signed on Friday. We welcome it.</p>"), "ok"),
        (page("Access denied: who cannot vote", f"<p>{LONG}</p>"), "ok"),
        (page("New rules on CAPTCHA tests", f"<p>Robots and captcha tests: {LONG}</p>"), "ok"),
        (page("Access Denied", "<p>You don't have permission. Reference #18.abc123</p>"), "block"),
        (page("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"), "block"),
        (page("Attention Required! | Cloudflare", "<p>Sorry, you have been blocked. Ray ID: 77</p>"), "block"),
        (page("", "<p>Request unsuccessful. Incapsula incident ID: 123-456</p>"), "block"),
        (page("503 Service Unavailable", "<p>No server is available.</p>"), "block"),
        (page("Page not found | The Agency", "<p>We have 0 results.</p>", "<nav>Home News</nav>"), "soft404"),
        (page("404", "<p>Sorry, the page you asked for does not exist.</p>"), "soft404"),
        (page("Oops", "<p>The page you are looking for could not be found.</p>"), "soft404"),
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"<html><head><script>let text = 'hello'</script></head><body><div id=root></div></body></html>", "empty"),
        (b"%PDF-1.7 binary", "not-html"),
        (b"\x89PNG\r\n\x1a\n", "not-html"),
        (b"text\x00with zero bytes", "not-html"),
    ],
)
def test_a_page_is_told_from_what_is_none(html: bytes, quality: str) -> None:
    verdict = judge_page(html, "text/html; charset=utf-8")
    assert verdict.quality == quality
    assert (verdict.score >= REFUSED) == (quality != "ok")
    assert quality == "ok" or verdict.signs


def test_the_content_type_counts_where_the_bytes_say_nothing() -> None:
    assert judge_page(b"a,b\n1,2", "application/octet-stream").quality == "not-html"
    assert judge_page(page("A plan", LONG), "application/xhtml+xml").quality == "ok"
    assert judge_page(page("A plan", LONG), None).quality == "ok"


def test_a_page_wrapped_in_a_form_is_a_page() -> None:
    assert judge_page(f"<body><form id=aspnetForm><p>{LONG}</p></form></body>".encode(), "text/html").quality == "ok"


@pytest.mark.parametrize("part", [b"<script", b"<!--", b"<title>", b"<h1 ", b"page ", b"<", b"\xff"])
def test_time_is_linear_whatever_the_page(part: bytes) -> None:
    started = time.process_time()
    judge_page(part * 100_000, "text/html")
    assert time.process_time() - started < 2.0


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600), st.none() | st.text(max_size=30))
def test_any_bytes_get_a_verdict(body: bytes, content_type: str | None) -> None:
    verdict = judge_page(body, content_type)
    assert (verdict.quality == "ok") == (verdict.score < REFUSED)


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is absent")
def test_no_real_page_is_refused() -> None:
    pages = [*(CORPUS / "pages").glob("*.html"), *(CORPUS / "feeds").glob("*.html")]
    assert len(pages) > 50
    refused = {path.name for path in pages if judge_page(path.read_bytes(), "text/html").quality != "ok"}
    assert refused == set()
