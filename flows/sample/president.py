"""The press office of the president: WordPress-like. Dates stand in metadata, in JSON-LD and in the address.

Around the text stand menus, a sign-up box with numbers, a share bar inside the content, and links to the neighbours:
a page's bytes change when a newer release comes out, though its text does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape

from flows.sample.feeds import RSS, rss
from flows.sample.frames import fill
from flows.sample.markup import to_html
from flows.sample.releases import SampleRelease
from flows.sample.site import XML, Answer, Entry, Site, long_date

SECTION = "/briefing-room/"


class PressOffice(Site):
    """https://www.president.example"""

    source_id = "sample_president"
    base_url = "https://www.president.example"
    feed_path = "/feed/"
    feed_type = RSS

    def path(self, release: SampleRelease) -> str:
        return f"{SECTION}{release.day:%Y/%m/%d}/{release.slug}/"

    def listing_number(self, path: str, query: str) -> int | None:
        match = re.fullmatch(rf"{SECTION}(?:page/([1-9]\d*)/)?", path)
        return int(match[1] or 1) if match else None

    def sitemap(self, path: str, standing: Sequence[Entry]) -> Answer:
        """An index with one map a year."""
        years = sorted({entry.release.day.year for entry in standing})
        if path == "/sitemap.xml":
            maps = "".join(f"<sitemap><loc>{self.url(f'/sitemap-{year}.xml')}</loc></sitemap>\n" for year in years)
            return Answer(200, _sitemap_index(maps), XML)
        if match := re.fullmatch(r"/sitemap-(\d{4})\.xml", path):
            rows = [entry for entry in standing if entry.release.day.year == int(match[1])]
            return Answer(200, self.url_set(rows), XML)
        return self._not_found()

    def feed(self, newest: Sequence[Entry]) -> str:
        return rss(self, "Office of the Press Secretary", newest)

    def listing(self, rows: Sequence[Entry], number: int, *, more: bool) -> str:
        items = "".join(
            f'<article class="post-item"><h2><a href="{self.link(entry)}">{escape(entry.state.title)}</a></h2>'
            f"{_posted(entry.release)}</article>\n"
            for entry in rows
        )
        address = self.url(f"{SECTION}page/{number + 1}/")
        following = f'<a class="next page-numbers" href="{address}">Next</a>' if more else ""
        main = f'<h1>Briefing Room</h1>\n{items}<nav class="pagination">{following}</nav>'
        return fill("president", "page", title="Briefing Room", head="", main=main)

    def article(self, entry: Entry, standing: Sequence[Entry]) -> str:
        title = escape(entry.state.title)
        main = fill(
            "president",
            "article",
            title=title,
            posted=_posted(entry.release),
            kind=entry.release.kind,
            body=to_html(entry.state.body),
            neighbours=self._neighbours(entry, standing),
        )
        return fill("president", "page", title=title, head=self._head(entry), main=main)

    def message(self, title: str, text: str) -> str:
        return fill("president", "page", title=title, head="", main=f"<h1>{title}</h1><p>{text}</p>")

    def _head(self, entry: Entry) -> str:
        published, changed = entry.release.published.isoformat(), entry.state.since.isoformat()
        described = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": entry.state.title,
            "datePublished": published,
            "dateModified": changed,
        }
        return fill(
            "president",
            "head",
            url=self.link(entry),
            title=escape(entry.state.title),
            published=published,
            changed=changed,
            described=json.dumps(described, ensure_ascii=False),
        )

    def _neighbours(self, entry: Entry, standing: Sequence[Entry]) -> str:
        at = standing.index(entry)
        around = {"next": standing[:at][-1:], "prev": standing[at + 1 : at + 2]}
        return " ".join(
            f'<a rel="{relation}" href="{self.link(other)}">{escape(other.state.title)}</a>'
            for relation, others in around.items()
            for other in others
        )


def _posted(release: SampleRelease) -> str:
    moment = release.published
    return f'<time class="entry-date published" datetime="{moment.isoformat()}">{long_date(moment)}</time>'


def _sitemap_index(maps: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{maps}</sitemapindex>\n'
    )
