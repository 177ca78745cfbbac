"""A small site on loopback that does what a test tells it, request by request."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flows.sources.spec import ArticleSpec, Discovery, SourceSpec

PUBLIC = "https://www.agency.example"


@dataclass(frozen=True)
class Answer:
    """What the site sends. `announce` is the Content-Length to claim; `drop` closes the connection without a word."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announce: int | None = None
    drop: bool = False
    stall: float = 0.0


Reply = Answer | Callable[["Asked"], Answer]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    at: float


class Site:
    """Answers by path: with one answer always, or with a list of answers, one after another, the last for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, Reply | list[Reply]] = {}
        self.asked: list[Asked] = []
        self.side_by_side = 0
        self.url = ""
        self._now = 0
        self._count: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def page(self, path: str, title: str = "A plan", text: str = "", **headers: str) -> None:
        """Put a release's page at a path."""
        headers.setdefault("Content-Type", "text/html; charset=utf-8")
        self.answers[path] = Answer(release(title, text), headers=headers)

    def enter(self) -> None:
        with self._lock:
            self._now += 1
            self.side_by_side = max(self.side_by_side, self._now)

    def leave(self) -> None:
        with self._lock:
            self._now -= 1

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            number = self._count[asked.path]
            self._count[asked.path] += 1
        planned = self.answers.get(asked.path, Answer(b"nothing here", 404))
        if isinstance(planned, list):
            planned = planned[min(number, len(planned) - 1)]
        return planned(asked) if callable(planned) else planned


def release(title: str, text: str = "") -> bytes:
    """A page with enough text to be one."""
    body = text or "The agency will plant trees along every road by next spring, it said. " * 12
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>".encode()


def feed(*urls: str) -> Answer:
    """An RSS feed of releases without dates."""
    items = "".join(f"<item><title>A plan</title><link>{url}</link></item>" for url in urls)
    return Answer(f"<rss><channel>{items}</channel></rss>".encode(), headers={"Content-Type": "application/rss+xml"})


def unless_known(answer: Answer, etag: str) -> Callable[[Asked], Answer]:
    """The answer with an ETag, or 304 for who has it."""

    def reply(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == etag:
            return Answer(b"", 304)
        return replace(answer, headers={**answer.headers, "ETag": etag})

    return reply


@contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site until the context ends; with a TLS context under https."""
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.enter()
        try:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._send(self.site.answer(Asked(self.path, headers, time.monotonic())))
        finally:
            self.site.leave()

    def _send(self, answer: Answer) -> None:
        time.sleep(answer.stall)
        if answer.drop:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if "Transfer-Encoding" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.body) if answer.announce is None else answer.announce))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # a client that had enough
            self.wfile.write(answer.body)
        if answer.announce is not None and answer.announce > len(answer.body):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def source(site: Site | None = None, **changes: object) -> SourceSpec:
    """The site as a source with a feed; its releases stand below `/news/`."""
    spec = SourceSpec(
        id="agency",
        publisher="The Agency",
        name="Agency news",
        base_url=PUBLIC,
        time_zone="America/New_York",
        cadence="daily",
        licence="ours",
        enabled=True,
        verified="never",
        hosts=("agency.example",),
        discovery=(Discovery("feed", f"{PUBLIC}/feed"),),
        article=ArticleSpec(r"/news/[^/]+$"),
    )
    if site is not None:
        spec = spec.with_fetch_from(site.url)
    return replace(spec, **changes)  # type: ignore[arg-type]
