"""No page, however strange, takes time out of proportion to its size."""

from __future__ import annotations

import contextlib
import time

import pytest

from flows.pages import PageError, read_page

STRANGE = {
    "forms in forms": "<form><div>join 12 towns<input></div></form>" * 20_000,
    "containers in containers": "<div class='entry-content'>" * 50
    + "<div class='entry-content'><p>text</p></div>" * 5_000,
    "headings alike": "<title>" + "a b " * 2000 + "</title>" + "<h1>" * 1 + ("<h2>" + "a b " * 60 + "c</h2>") * 5000,
    "breaks": "<p>" + "line<br>" * 40_000 + "</p>",
    "cells": "<table>" + "<tr><td>a</td><td>b</td></tr>" * 15_000 + "</table>",
    "dated boxes": "<main><h1>x</h1>"
    + "<div class='card'><span class='date'>May 1, 2016</span></div>" * 20_000
    + "</main>",
    "long names": "<div class='" + "share-not-" * 20_000 + "x'>text</div>",
    "long words": "<p>" + "January" * 50_000 + "</p><p>" + "1" * 200_000 + "</p>",
    "entities": "<p>" + "&#150;" * 200_000 + "</p>",
    "scripts": "<script type='application/ld+json'>" + '{"@graph":[' * 50_000 + "</script>" + "<p>text</p>",
    "double encoded": "<p>" + "townâ€™s " * 30_000 + "</p>",
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", STRANGE)
def test_a_strange_page_is_read_in_a_few_seconds(kind: str) -> None:
    data = f"<html><body>{STRANGE[kind]}</body></html>".encode()
    started = time.process_time()
    with contextlib.suppress(PageError):
        read_page(data, "https://a.example/x")
    assert time.process_time() - started < 8
