"""RSS and Atom as the sample sites write them."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from xml.sax.saxutils import escape

from flows.sample.site import Entry, Site, last_change

RSS = "application/rss+xml; charset=UTF-8"
ATOM = "application/atom+xml; charset=UTF-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rss(site: Site, title: str, newest: Sequence[Entry]) -> str:
    """RSS 2.0 with titles, links and dates, no text."""
    items = "".join(
        f"<item><title>{escape(entry.state.title)}</title><link>{site.link(entry)}</link>"
        f"<pubDate>{format_datetime(entry.release.published)}</pubDate>"
        f'<guid isPermaLink="false">{site.path(entry.release)}</guid></item>\n'
        for entry in newest
    )
    return (
        f'{HEAD}<rss version="2.0"><channel><title>{escape(title)}</title><link>{site.base_url}</link>\n'
        f"<description>{escape(title)}</description>\n{items}</channel></rss>\n"
    )


def atom(site: Site, title: str, newest: Sequence[Entry]) -> str:
    """Atom 1.0; `updated` moves when a page is changed, `published` does not."""
    entries = "".join(
        f"<entry><title>{escape(entry.state.title)}</title>"
        f'<link rel="alternate" href="{site.link(entry)}"/><id>{site.link(entry)}</id>'
        f"<published>{entry.release.published.isoformat()}</published>"
        f"<updated>{entry.state.since.isoformat()}</updated></entry>\n"
        for entry in newest
    )
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title><id>{site.base_url}/</id>\n'
        f"<updated>{last_change(newest).isoformat()}</updated>\n{entries}</feed>\n"
    )
