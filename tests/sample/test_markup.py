"""The markup of release files, to HTML."""

from __future__ import annotations

import pytest

from flows.sample.markup import to_html


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Ports & rails.", "<p>Ports &amp; rails.</p>"),
        ("One line\nand the next.", "<p>One line and the next.</p>"),
        ("First.\n\nSecond.", "<p>First.</p>\n<p>Second.</p>"),
        ("## Ports", "<h2>Ports</h2>"),
        ("### Ports", "<h3>Ports</h3>"),
        ("- Lyon\n- Turin", "<ul><li>Lyon</li><li>Turin</li></ul>"),
        ("**Ports.** More *soon*.", "<p><strong>Ports.</strong> More <em>soon</em>.</p>"),
        ("See [the list](https://a.example/x).", '<p>See <a href="https://a.example/x">the list</a>.</p>'),
        (
            "| Port | Ships |\n| Lyon | 3 |",
            "<table><thead><tr><th>Port</th><th>Ships</th></tr></thead>"
            "<tbody><tr><td>Lyon</td><td>3</td></tr></tbody></table>",
        ),
    ],
)
def test_markup_to_html(markup: str, expected: str) -> None:
    assert to_html(markup) == expected
