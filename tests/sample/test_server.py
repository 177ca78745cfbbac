"""The sample newsroom over HTTP: what stands at which moment, and how it answers conditional requests."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from flows.sample import serve

NEW_YORK_WINTER = "-05:00"


@dataclass
class MovableClock:
    """The sites' clock, moved by the test."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move_to(self, day: str, hour: str = "07:00") -> None:
        self.now = at(day, hour)


@dataclass
class Reply:
    """One response, read whole."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Newsroom:
    """The running sites and their clock."""

    bases: dict[str, str]
    clock: MovableClock

    def get(self, source: str, path: str, method: str = "GET", **headers: str) -> Reply:
        address = urlsplit(self.bases[source])
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        reply = Reply(response.status, dict(response.getheaders()), response.read().decode())
        connection.close()
        return reply


def at(day: str, hour: str = "07:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}:00{NEW_YORK_WINTER}")


@pytest.fixture(scope="module")
def running() -> Iterator[Newsroom]:
    clock = MovableClock(at("2016-01-25"))
    with serve(clock) as bases:
        yield Newsroom(bases, clock)


@pytest.fixture
def newsroom(running: Newsroom) -> Newsroom:
    running.clock.move_to("2016-01-25")
    return running


MILESTONE = "/briefing-room/2015/11/20/compact-of-mayors-milestone/"


def test_each_publisher_has_a_port_of_its_own_on_loopback(newsroom: Newsroom) -> None:
    assert newsroom.bases.keys() == {"sample_president", "sample_transportation", "sample_mayors"}
    assert len(set(newsroom.bases.values())) == 3
    assert {urlsplit(base).hostname for base in newsroom.bases.values()} == {"127.0.0.1"}


def test_a_release_is_not_there_before_it_is_published(newsroom: Newsroom) -> None:
    newsroom.clock.move_to("2015-11-20", "12:09")
    assert newsroom.get("sample_president", MILESTONE).status == 404
    assert MILESTONE not in newsroom.get("sample_president", "/feed/").body
    newsroom.clock.move_to("2015-11-20", "12:10")
    assert newsroom.get("sample_president", MILESTONE).status == 200
    assert MILESTONE in newsroom.get("sample_president", "/feed/").body


def test_an_unchanged_page_answers_304_to_its_etag(newsroom: Newsroom) -> None:
    first = newsroom.get("sample_president", MILESTONE)
    again = newsroom.get("sample_president", MILESTONE, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, "")
    assert newsroom.get("sample_president", MILESTONE, If_None_Match='"other"').status == 200


def test_an_unchanged_page_answers_304_to_its_date(newsroom: Newsroom) -> None:
    modified = newsroom.get("sample_president", MILESTONE).headers["Last-Modified"]
    assert modified == "Fri, 20 Nov 2015 17:10:00 GMT"
    assert newsroom.get("sample_president", MILESTONE, If_Modified_Since=modified).status == 304
    earlier = "Fri, 20 Nov 2015 17:09:59 GMT"
    assert newsroom.get("sample_president", MILESTONE, If_Modified_Since=earlier).status == 200


def test_an_etag_goes_before_a_date(newsroom: Newsroom) -> None:
    modified = newsroom.get("sample_president", MILESTONE).headers["Last-Modified"]
    reply = newsroom.get("sample_president", MILESTONE, If_None_Match='"other"', If_Modified_Since=modified)
    assert reply.status == 200


def test_a_date_that_cannot_be_read_is_passed_over(newsroom: Newsroom) -> None:
    assert newsroom.get("sample_president", MILESTONE, If_Modified_Since="yesterday").status == 200


def test_head_gives_the_headers_without_the_body(newsroom: Newsroom) -> None:
    head = newsroom.get("sample_president", MILESTONE, method="HEAD")
    assert (head.status, head.body) == (200, "")
    assert head.headers["ETag"] == newsroom.get("sample_president", MILESTONE).headers["ETag"]


def test_the_date_header_tells_the_sites_time(newsroom: Newsroom) -> None:
    assert newsroom.get("sample_president", "/feed/").headers["Date"] == "Mon, 25 Jan 2016 12:00:00 GMT"


def test_an_unknown_page_of_the_listing_is_not_found(newsroom: Newsroom) -> None:
    assert newsroom.get("sample_president", "/briefing-room/page/99/").status == 404
    assert newsroom.get("sample_transportation", "/newsroom/press-releases?page=99").status == 404
    assert newsroom.get("sample_transportation", "/newsroom/press-releases?page=last").status == 404
    assert newsroom.get("sample_mayors", "/releases/index-99.html").status == 404


def test_before_the_first_release_feeds_are_empty_not_broken(newsroom: Newsroom) -> None:
    newsroom.clock.move_to("2014-05-01")
    for source, path in (("sample_president", "/feed/"), ("sample_mayors", "/atom.xml")):
        reply = newsroom.get(source, path)
        assert reply.status == 200
        assert not re.search("<item>|<entry>", reply.body)


def test_the_servers_stop_with_the_context() -> None:
    with serve(lambda: at("2016-01-25")) as bases:
        addresses = [urlsplit(base) for base in bases.values()]
    for address in addresses:
        with pytest.raises(OSError):
            socket.create_connection((address.hostname or "", address.port or 0), timeout=1)
