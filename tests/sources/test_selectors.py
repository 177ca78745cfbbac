"""The subset of CSS that source files use, against a page."""

from __future__ import annotations

import pytest
from lxml import html

from flows.sources.selectors import SelectorError, to_xpath

PAGE = html.document_fromstring("""<div id="top">
<ul class="list news"><li class="item first">a</li><li class="item">b</li></ul>
<section><p class="items">c</p><div><a rel="next" href="/page/2.html">d</a></div><p>e</p></section></div>""")


@pytest.mark.parametrize(("css", "texts"), [
    ("li", ["a", "b"]),
    (".item", ["a", "b"]),
    ("li.item.first", ["a"]),
    ("ul.news > li", ["a", "b"]),
    ("section > a", []),
    ("section a", ["d"]),
    ("#top section > p", ["c", "e"]),
    ("p, li.first", ["a", "c", "e"]),
    ("a[rel=next]", ["d"]),
    ('a[href^="/page"]', ["d"]),
    ("a[href$='.html']", ["d"]),
    ("a[href*=age]", ["d"]),
    ("a[title]", []),
    ("li:not(.first)", ["b"]),
    ("*:not(a)[rel]", []),
    ("section  >  div a", ["d"]),
])  # fmt: skip
def test_selections(css: str, texts: list[str]) -> None:
    assert [node.text for node in PAGE.xpath(to_xpath(css))] == texts


@pytest.mark.parametrize(
    "css", ["", "a,", "> a", "a >", "a:hover", "a[", "a b:nth-child(2)", "a:not(.b .c)", ".a b c:not(:not(d))", "a'"]
)
def test_what_is_outside_the_subset_is_refused(css: str) -> None:
    with pytest.raises(SelectorError):
        to_xpath(css)
