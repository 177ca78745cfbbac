"""A federal department: Drupal-like. The date stands in visible text only: no metadata, none in the address.

The release number and the contact stand in fields of their own beside the body; a box with numbers stands in the second
column.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs

from flows.sample.feeds import RSS, rss
from flows.sample.frames import fill
from flows.sample.markup import to_html
from flows.sample.releases import SampleRelease
from flows.sample.site import Entry, Site, long_date

SECTION = "/newsroom/press-releases"


class Department(Site):
    """https://www.transportation.example"""

    source_id = "sample_transportation"
    base_url = "https://www.transportation.example"
    feed_path = "/rss.xml"
    feed_type = RSS

    def path(self, release: SampleRelease) -> str:
        return f"{SECTION}/{release.slug}"

    def listing_number(self, path: str, query: str) -> int | None:
        """The listing's address counts its pages from 0."""
        page = parse_qs(query).get("page", ["0"])[0]
        return int(page) + 1 if path == SECTION and page.isdecimal() else None

    def feed(self, newest: Sequence[Entry]) -> str:
        return rss(self, "Department of Transportation press releases", newest)

    def listing(self, rows: Sequence[Entry], number: int, *, more: bool) -> str:
        items = "".join(
            f'<div class="views-row"><span class="views-field views-field-date">{_weekday_date(entry.release)}</span>'
            f'<h3 class="views-field views-field-title"><a href="{self.path(entry.release)}">'
            f"{escape(entry.state.title)}</a></h3></div>\n"
            for entry in rows
        )
        following = f'<li class="pager__item--next"><a href="?page={number}">Next page</a></li>' if more else ""
        main = f'<div class="view view-press-releases">\n{items}</div><ul class="pager">{following}</ul>'
        return fill("transportation", "page", title="Press Releases", head="", main=main)

    def article(self, entry: Entry, standing: Sequence[Entry]) -> str:
        main = fill(
            "transportation",
            "article",
            date=_weekday_date(entry.release),
            number=self._number(entry.release),
            body=to_html(entry.state.body),
        )
        head = f'<link rel="canonical" href="{self.link(entry)}">'
        return fill("transportation", "page", title=escape(entry.state.title), head=head, main=main)

    def message(self, title: str, text: str) -> str:
        return fill("transportation", "page", title=title, head="", main=f"<p>{text}</p>")

    def _number(self, release: SampleRelease) -> str:
        """Which release of its year it is: 07-15 is the seventh of 2015."""
        same_year = [other for other in self.releases if other.day.year == release.day.year]
        return f"{same_year.index(release) + 1:02}-{release.day:%y}"


def _weekday_date(release: SampleRelease) -> str:
    return f"{release.published:%A}, {long_date(release.published)}"
