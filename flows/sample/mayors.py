"""An association of mayors: plain HTML of its time, laid out with a table. The date stands in a line of the text.

No metadata, no article element: the text is what stands between two rules. The feed is Atom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from flows.sample.feeds import ATOM, atom
from flows.sample.frames import fill
from flows.sample.markup import to_html
from flows.sample.releases import SampleRelease
from flows.sample.site import Entry, Site, long_date

SECTION = "/releases/"


class Association(Site):
    """https://www.mayors.example"""

    source_id = "sample_mayors"
    base_url = "https://www.mayors.example"
    feed_path = "/atom.xml"
    feed_type = ATOM

    def path(self, release: SampleRelease) -> str:
        return f"{SECTION}{release.day.year}/{release.slug}.html"

    def listing_number(self, path: str, query: str) -> int | None:
        match = re.fullmatch(rf"{SECTION}(?:index(?:-([1-9]\d*))?\.html)?", path)
        return int(match[1] or 1) if match else None

    def feed(self, newest: Sequence[Entry]) -> str:
        return atom(self, "U.S. Conference of Mayors: releases", newest)

    def listing(self, rows: Sequence[Entry], number: int, *, more: bool) -> str:
        items = "".join(
            f'<li><a href="{self.path(entry.release)}">{escape(entry.state.title)}</a> '
            f'<span class="date">{entry.release.published:%m/%d/%Y}</span></li>\n'
            for entry in rows
        )
        older = f'<p><a class="older" href="index-{number + 1}.html">Older releases</a></p>' if more else ""
        return fill("mayors", "page", title="Releases", main=f'<ul id="releases">\n{items}</ul>\n{older}')

    def article(self, entry: Entry, standing: Sequence[Entry]) -> str:
        main = fill("mayors", "article", date=long_date(entry.release.published), body=to_html(entry.state.body))
        return fill("mayors", "page", title=escape(entry.state.title), main=main)

    def message(self, title: str, text: str) -> str:
        return fill("mayors", "page", title=title, main=f"<p>{text}</p>")
