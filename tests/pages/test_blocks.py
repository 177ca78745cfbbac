"""Elements to blocks: kinds, order, headings above, offsets, and what becomes of breaks, tables and small figures."""

from __future__ import annotations

import pytest

from flows.pages.blocks import BOLD_LEVEL, collect, place
from flows.pages.dom import parse_html

# markup -> (kind, text) of each block
CASES = [
    ("<p>One\n  two&nbsp;three</p>", [("paragraph", "One two three")]),
    ("<p>a</p> loose <b>words</b> <p>b</p>", [("paragraph", "a"), ("paragraph", "loose words"), ("paragraph", "b")]),
    ("<p>One<br>line</p>", [("paragraph", "One line")]),
    ("<p>One<br>\n<br/>two</p>", [("paragraph", "One"), ("paragraph", "two")]),
    ("<p>Cities:<br>• Lyon<br>• Turin</p>",
     [("paragraph", "Cities:"), ("list_item", "• Lyon"), ("list_item", "• Turin")]),
    ("<p><b>Ohio</b><br>Nine cities.</p>", [("heading", "Ohio"), ("paragraph", "Nine cities.")]),
    ("<p><strong>What <u>cities</u> do</strong></p>", [("heading", "What cities do")]),
    ("<p><strong>Nine cities signed.</strong></p>", [("paragraph", "Nine cities signed.")]),
    ("<p><strong>Nine</strong> cities</p>", [("paragraph", "Nine cities")]),
    ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
     [("list_item", "a"), ("list_item", "b"), ("list_item", "c"), ("list_item", "d")]),
    ("<dl><dt>Goal</dt><dd>100</dd></dl>", [("list_item", "Goal"), ("list_item", "100")]),
    ("<h2>A <em>b</em></h2><blockquote>said</blockquote>", [("heading", "A b"), ("paragraph", "said")]),
    ("<table><tr><th>State</th><th>Cities</th></tr><tr><td>Ohio</td><td>9</td></tr></table>",
     [("table_row", "State\tCities"), ("table_row", "Ohio\t9")]),
    ("<table><tr><td>Ohio</td><td></td><td>9</td></tr></table>", [("table_row", "Ohio\t\t9")]),
    ("<table><tr><td>all in one cell</td></tr></table>", [("paragraph", "all in one cell")]),
    ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>",
     [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
    ("<pre>one\ntwo\n\nthree</pre>", [("paragraph", "one two"), ("paragraph", "three")]),
    ("<p>Type 2<sup>4</sup> and 20<sup>th</sup></p>", [("paragraph", "Type 2⁴ and 20th")]),
    ("<p>H<sub>2</sub>O</p>", [("paragraph", "H2O")]),
    ("<p>a<script>b</script><style>c</style><img alt=d>e</p>", [("paragraph", "ae")]),
    ("<p> </p><p>&nbsp;</p><ul></ul>", []),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "blocks"), CASES)
def test_markup_gives_blocks(markup: str, blocks: list[tuple[str, str]]) -> None:
    assert [(draft.kind, draft.text) for draft in collect([parse_html(markup, "")])] == blocks


def test_blocks_know_their_place_and_the_headings_above() -> None:
    root = parse_html(
        "<h2>A</h2><p>one</p><h3>B</h3><ul><li>two</li></ul><p><b>C</b></p><p>three</p><h2>D</h2><p>four</p>", ""
    )
    text, blocks = place(collect([root]))
    assert text == "A\n\none\n\nB\n\ntwo\n\nC\n\nthree\n\nD\n\nfour"
    assert all(text[block.start : block.end] == block.text for block in blocks)
    assert {block.text: block.path for block in blocks} == {
        "A": (), "one": ("A",), "B": ("A",), "two": ("A", "B"),
        "C": ("A", "B"), "three": ("A", "B", "C"), "D": (), "four": ("D",),
    }  # fmt: skip
    assert [block.level for block in blocks if block.kind == "heading"] == [2, 3, BOLD_LEVEL, 2]


@pytest.mark.parametrize("depth", [200, 1500])
def test_deep_nesting_is_walked_without_recursion(depth: int) -> None:
    root = parse_html("<div>" * depth + "<p>deep</p>" + "</div>" * depth, "")
    assert [draft.text for draft in collect([root])] == ["deep"]
