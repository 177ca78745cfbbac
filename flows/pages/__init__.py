"""HTML to text: listing, feed, sitemap, article, blocks, dates. Bytes go in, records come out."""

from flows.pages.article import read_page
from flows.pages.errors import PageError, PageShapeError
from flows.pages.links import Link, read_feed, read_json, read_sitemap
from flows.pages.listing import read_listing

__all__ = [
    "Link",
    "PageError",
    "PageShapeError",
    "read_feed",
    "read_json",
    "read_listing",
    "read_page",
    "read_sitemap",
]
