"""The sample newsroom on loopback: one port a publisher, and a clock that says which moment the sites show."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from flows.sample.mayors import Association
from flows.sample.president import PressOffice
from flows.sample.releases import ReleaseFileError, SampleRelease, load_releases
from flows.sample.site import Answer, Site
from flows.sample.transportation import Department

Clock = Callable[[], datetime]

SHAPES: dict[str, Callable[[Sequence[SampleRelease]], Site]] = {
    "president": PressOffice,
    "transportation": Department,
    "mayors": Association,
}
"""The site of each publisher, by the folder of its releases."""


def sites() -> tuple[Site, ...]:
    """The three sites with their releases."""
    releases = load_releases()
    unknown = {release.publisher for release in releases} - SHAPES.keys()
    if unknown:
        raise ReleaseFileError(f"releases of publishers without a site: {sorted(unknown)}")
    return tuple(
        shape([release for release in releases if release.publisher == publisher])
        for publisher, shape in SHAPES.items()
    )


@contextmanager
def serve(clock: Clock) -> Iterator[dict[str, str]]:
    """Serves the sites as they stand at `clock()`, read at each request; yields the address to fetch from by source id.

    The clock gives aware times. The servers stop when the context ends.
    """
    with ExitStack() as running:
        yield {site.source_id: running.enter_context(_serve(site, clock)) for site in sites()}


@contextmanager
def _serve(site: Site, clock: Clock) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site, clock))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(site: Site, clock: Clock) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.site, Handler.clock = site, staticmethod(clock)
    return Handler


class _Handler(BaseHTTPRequestHandler):
    """Turns a site's answer into a response, with ETag, Last-Modified and 304."""

    protocol_version = "HTTP/1.1"
    site: Site
    clock: Clock

    def do_GET(self) -> None:
        """Answers GET, and HEAD without the body."""
        address = urlsplit(self.path)
        answer = self.site.answer(address.path, address.query, self.clock())
        body = answer.body.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        unchanged = answer.status == 200 and self._knows(etag, answer)
        self.send_response(304 if unchanged else answer.status)
        if answer.status == 200:
            self.send_header("ETag", etag)
        if answer.modified:
            self.send_header("Last-Modified", _http_date(answer.modified))
        if unchanged:
            self.end_headers()
            return
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def _knows(self, etag: str, answer: Answer) -> bool:
        """Whether the client has these bytes already; an ETag goes before a date (RFC 9110)."""
        if known := self.headers.get("If-None-Match"):
            return etag in known or known == "*"
        since = _moment(self.headers.get("If-Modified-Since"))
        return bool(since and answer.modified and since >= answer.modified.replace(microsecond=0))

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header, by the sample's clock: a response never tells the hour of the machine."""
        return _http_date(self.clock())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the collector keeps its own record."""


def _moment(header: str | None) -> datetime | None:
    """The time of a date header; None where there is none or it cannot be read, as RFC 9110 asks."""
    try:
        moment = parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
