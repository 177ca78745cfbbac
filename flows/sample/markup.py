"""The simple markup of the release files, to HTML.

    ## Heading            ### Smaller heading
    - item                (consecutive lines are one list)
    | cell | cell |       (consecutive lines are one table, its first line the head)
    **bold**  *emphasis*  [text](https://…)

Everything else is a paragraph; blank lines part the blocks.
"""

from __future__ import annotations

import html
import re

INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
    # [fact sheet](https://www.president.example/…)
    (re.compile(r"\[(.+?)\]\((\S+?)\)"), r'<a href="\2">\1</a>'),
)


def to_html(body: str) -> str:
    """The body as HTML, one block a line group."""
    return "\n".join(_block(block) for block in re.split(r"\n\s*\n", body.strip()))


def _block(block: str) -> str:
    lines = block.splitlines()
    if heading := re.fullmatch(r"(##+) (.+)", block):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    if all(line.startswith("|") for line in lines):
        return _table(lines)
    return f"<p>{_inline(' '.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text
