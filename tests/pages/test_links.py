"""Feeds, sitemaps, listings and JSON answers: what they tell, and what they must never keep silent about."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime

import pytest

from flows.pages import PageError, PageShapeError, read_feed, read_json, read_listing, read_sitemap
from flows.sources.registry import load_sources
from flows.sources.spec import Count, Discovery

SPEC = next(spec for spec in load_sources()[0] if spec.id == "us_white_house_biden")
BASE = SPEC.base_url
EASTERN = SPEC.zone

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Room</title>
<item><title>Late &amp; last</title><link>{BASE}/late/</link><pubDate>Tue, 13 Jun 2023 03:30:00 +0000</pubDate></item>
<item><title>By guid</title><guid>{BASE}/guid/</guid><dc:date>2023-06-12T09:00:00-04:00</dc:date></item>
<item><title>No address at all</title></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link rel="self" href="/self"/>
<link rel="alternate" href="/one/"/>
<published>2023-06-12T23:00:00Z</published><updated>2023-06-14T01:00:00Z</updated></entry></feed>"""


def listing(**fields: object) -> Discovery:
    return Discovery("listing", f"{BASE}/news/", **{"rows": "li.item", "date": "time", **fields})  # type: ignore[arg-type]


class TestFeed:
    def test_rss_dates_are_days_in_the_source_s_zone(self) -> None:
        late, by_guid = read_feed(RSS.encode(), SPEC)
        assert (late.url, late.title, late.published) == (f"{BASE}/late/", "Late & last", date(2023, 6, 12))
        assert (by_guid.url, by_guid.published) == (f"{BASE}/guid/", date(2023, 6, 12))

    def test_atom_takes_the_alternate_link_and_both_dates(self) -> None:
        (one,) = read_feed(ATOM.encode(), SPEC, f"{BASE}/atom.xml")
        assert one.url == f"{BASE}/one/"
        assert (one.published, one.modified) == (date(2023, 6, 12), datetime(2023, 6, 14, 1, tzinfo=UTC))

    def test_links_of_the_address_fetched_from_become_public(self) -> None:
        local = SPEC.with_fetch_from("http://127.0.0.1:8800")
        feed = RSS.replace(BASE, "http://127.0.0.1:8800").encode()
        assert read_feed(feed, local)[0].url == f"{BASE}/late/"

    def test_an_empty_feed_is_named(self) -> None:
        with pytest.raises(PageShapeError) as raised:
            read_feed(b"<rss><channel><title>Room</title></channel></rss>", SPEC, f"{BASE}/feed/")
        assert (raised.value.selector, raised.value.count, raised.value.url) == ("item | entry", 0, f"{BASE}/feed/")
        assert read_feed(b"<rss><channel/></rss>", SPEC, expect=Count(0, None)) == []

    def test_entities_and_outside_files_stay_unread(self) -> None:
        bomb = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">
        <!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&b;&f;</title><link>https://a.example/x</link>
        </item></channel></rss>"""
        (link,) = read_feed(bomb, SPEC)
        assert link.title == "&b;&f;"

    def test_a_stray_ampersand_is_survived_and_a_cut_feed_is_not(self) -> None:
        assert read_feed(RSS.replace("&amp;", "&").encode(), SPEC)[1].url == f"{BASE}/guid/"
        with pytest.raises(PageError) as raised:
            read_feed(RSS[: RSS.index("By guid")].encode(), SPEC)
        assert raised.value.cause == "bad-xml"


class TestSitemap:
    MAP = f"""<urlset><url><loc>{BASE}/a/</loc><lastmod>2023-06-12T10:00:00-04:00</lastmod></url>
    <url><loc>{BASE}/b/</loc></url></urlset>"""

    def test_pages_with_their_last_change_in_utc(self) -> None:
        links, children = read_sitemap(self.MAP.encode())
        assert [link.url for link in links] == [f"{BASE}/a/", f"{BASE}/b/"] and children == []
        assert [link.modified for link in links] == [datetime(2023, 6, 12, 14, tzinfo=UTC), None]

    def test_an_index_gives_its_maps(self) -> None:
        index = f"<sitemapindex><sitemap><loc>{BASE}/one.xml</loc></sitemap></sitemapindex>"
        assert read_sitemap(index.encode()) == ([], [f"{BASE}/one.xml"])

    def test_packed_maps_are_unpacked_within_a_ceiling(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert read_sitemap(gzip.compress(self.MAP.encode()))[0] == read_sitemap(self.MAP.encode())[0]
        monkeypatch.setattr("flows.pages.links.MAX_SITEMAP_BYTES", 1000)
        with pytest.raises(PageError) as raised:
            read_sitemap(gzip.compress(b" " * 100_000))
        assert raised.value.cause == "too-large"

    def test_an_empty_map_is_named(self) -> None:
        with pytest.raises(PageShapeError):
            read_sitemap(b"<urlset></urlset>")
        assert read_sitemap(b"<urlset/>", expect=Count(0, None)) == ([], [])


class TestListing:
    PAGE = """<html><body><ul><li class=item><a href="/one">One</a> <time datetime="2023-06-13T01:00:00Z">x</time></li>
    <li class=item><a href="#top">Top</a><a href="two">Two</a> <time>June 11, 2023</time></li>
    <li class=item>Nothing to follow</li></ul><a class=next href="?p=2">more</a></body></html>"""

    def test_rows_give_absolute_links_titles_and_days(self) -> None:
        links, following = read_listing(self.PAGE.encode(), listing(next_page="a.next"), f"{BASE}/news/", zone=EASTERN)
        assert [(link.url, link.title, link.published) for link in links] == [
            (f"{BASE}/one", "One", date(2023, 6, 12)),
            (f"{BASE}/news/two", "Two", date(2023, 6, 11)),
        ]
        assert following == f"{BASE}/news/?p=2"

    def test_a_next_link_to_the_same_page_is_none(self) -> None:
        way = listing(next_page="a.next")
        assert read_listing(self.PAGE.encode(), way, f"{BASE}/news/?p=2")[1] is None

    def test_the_source_s_own_formats_come_first(self) -> None:
        page = b"<li class=item><a href=/x>X</a><time>12.06.2023</time></li>"
        (link,), _ = read_listing(page, listing(date_formats=("%d.%m.%Y",)), f"{BASE}/")
        assert link.published == date(2023, 6, 12)

    def test_a_date_above_holds_for_all_rows_below_it(self) -> None:
        page = b"""<h3>June 13, 2023</h3><li class=item><a href=/a>A</a></li><li class=item><a href=/b>B</a></li>
        <h3>June 12, 2023</h3><li class=item><a href=/c>C</a></li>"""
        links, _ = read_listing(page, listing(date=None, date_above="h3"), f"{BASE}/")
        assert [link.published for link in links] == [date(2023, 6, 13), date(2023, 6, 13), date(2023, 6, 12)]

    def test_pages_counted_in_the_address_go_on_by_number(self) -> None:
        way = Discovery("listing", f"{BASE}/news?type=a&page={{page}}", rows="li.item", first_page=0)
        assert way.start_url(date(2023, 1, 1)) == f"{BASE}/news?type=a&page=0"
        assert read_listing(self.PAGE.encode(), way, f"{BASE}/news?type=a&page=9")[1] == f"{BASE}/news?type=a&page=10"
        local = "http://127.0.0.1:8800/news?type=a&page=0"
        assert read_listing(self.PAGE.encode(), way, local)[1] == "http://127.0.0.1:8800/news?type=a&page=1"

    @pytest.mark.parametrize(
        "page", [b"<html><body><p>We have moved.</p></body></html>", b"<li class=item>no link</li>"]
    )
    def test_a_listing_without_entries_is_named(self, page: bytes) -> None:
        with pytest.raises(PageShapeError) as raised:
            read_listing(page, listing(), f"{BASE}/news/")
        assert raised.value.count == 0 and "li.item" in raised.value.selector and f"{BASE}/news/" in str(raised.value)

    def test_too_many_entries_are_named_too(self) -> None:
        with pytest.raises(PageShapeError) as raised:
            read_listing(self.PAGE.encode(), listing(expect=Count(1, 1)), f"{BASE}/news/")
        assert raised.value.count == 2


class TestJson:
    WAY = Discovery(
        "json", f"{BASE}/api?since={{since}}", items="data.rows", url_field="links.page", title_field="name",
        date_field="day", modified_field="changed", next_field="next",
    )  # fmt: skip
    ANSWER = {  # noqa: RUF012 - never changed
        "data": {"rows": [
            {"links": {"page": "/a"}, "name": " A\n one", "day": "2023-06-12", "changed": "2023-06-13T00:00:00Z"},
            {"links": {}, "name": "no address"},
        ]},
        "next": "/api?page=2",
    }  # fmt: skip

    def test_fields_by_their_names(self) -> None:
        links, following = read_json(json.dumps(self.ANSWER).encode(), self.WAY, f"{BASE}/api")
        assert [(link.url, link.title, link.published) for link in links] == [(f"{BASE}/a", "A one", date(2023, 6, 12))]
        assert links[0].modified == datetime(2023, 6, 13, tzinfo=UTC)
        assert following == f"{BASE}/api?page=2"
        assert self.WAY.start_url(date(2023, 6, 1)) == f"{BASE}/api?since=2023-06-01"

    @pytest.mark.parametrize("answer", [b"{}", b'{"data": {"rows": {}}}', b'{"data": {"rows": []}}', b"[]"])
    def test_an_answer_of_another_shape_is_named(self, answer: bytes) -> None:
        with pytest.raises(PageShapeError):
            read_json(answer, self.WAY, f"{BASE}/api")

    def test_no_json_is_named(self) -> None:
        with pytest.raises(PageError) as raised:
            read_json(b"<html>Just a moment</html>", self.WAY, f"{BASE}/api")
        assert raised.value.cause == "bad-json"
