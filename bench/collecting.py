"""Pages a second against the replayed newsroom, what a quiet run costs as the store grows, and memory.

    python -m bench.collecting

Needs `../shared/newsroom`. Three tables:

1. One run that collects the whole newsroom: pages a second from discovery to the archive, and to the parsed release.
2. Twenty-six weekly runs. After each of the weeks shown, one more run a day later on a site that stands still: its
   requests should follow the lists and the re-check budget, not the store.
3. A backlog of made-up releases of 200 KB each, served here: memory should not follow the backlog.
"""

from __future__ import annotations

import http.server
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.fetching.archive import read_snapshot
from flows.fetching.client import Client, ClientSettings
from flows.pages import read_page
from flows.sources.spec import ArticleSpec, Discovery, SourceSpec
from flows.stages.collecting import Collected, collect_source
from tests.replay import DATA, replay
from warehouse.records import PageCheck

ALL = datetime(2023, 10, 1, 14, tzinfo=UTC)
FIRST_WEEK = datetime(2023, 4, 10, 14, tzinfo=UTC)
SINCE = date(2023, 4, 1)
SHOWN_WEEKS = (4, 8, 13, 18, 22, 26)
BACKLOG_PAGES, BACKLOG_BYTES = 2_500, 200_000


def main() -> None:
    """Print the three tables."""
    if not DATA.exists():
        raise SystemExit("bench.collecting needs ../shared/newsroom, which is absent")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_speed(folder)
        print_quiet_runs(folder)
        print_memory(folder)


def print_speed(folder: Path) -> None:
    """Table 1."""
    with replay(folder, ALL) as site:
        spec = site.spec("speed")
        started, cpu = time.perf_counter(), time.process_time()
        found = _collect(spec, {}, folder, ALL)
        archived = time.perf_counter() - started
        used = time.process_time() - cpu
    for row in found.snapshots:
        if row.kind == "release":
            body = read_snapshot(folder / "archive" / row.archive_file, row.archive_offset)
            read_page(body, row.url, spec, row.content_type, row.listed)
    parsed = time.perf_counter() - started
    pages = found.visit.new
    print(f"whole newsroom: {pages} pages with {found.visit.requests} requests, server on the same machine")
    print(f"  to the archive          {archived:7.2f} s {pages / archived:7.0f} pages/s, {used:.2f} s of one core")
    print(f"  to the parsed release   {parsed:7.2f} s {pages / parsed:7.0f} pages/s (wanted: at least 40)")


def print_quiet_runs(folder: Path) -> None:
    """Table 2."""
    print("\nquiet runs, one day after a weekly one, nothing changed on the site")
    print("  stored  requests  to lists  looks  budget  seconds")
    known: dict[str, PageCheck] = {}
    with replay(folder, FIRST_WEEK) as site:
        spec = site.spec("quiet")
        for week in range(1, max(SHOWN_WEEKS) + 1):
            now = site.set_clock(FIRST_WEEK + timedelta(weeks=week - 1))
            known |= {check.url: check for check in _collect(spec, known, folder, now).checks}
            if week in SHOWN_WEEKS:
                started = time.perf_counter()
                visit = _collect(spec, known, folder, now + timedelta(days=1)).visit
                seconds = time.perf_counter() - started
                looks = visit.unchanged + visit.changed
                lists = visit.requests - looks
                print(f"  {len(known):6} {visit.requests:9} {lists:9} {looks:6} {spec.recheck_budget:7} {seconds:8.2f}")


def print_memory(folder: Path) -> None:
    """Table 3."""
    before = _peak_memory()
    with _backlog() as spec:
        started = time.perf_counter()
        found = _collect(spec, {}, folder, ALL)
        seconds = time.perf_counter() - started
    megabytes = found.visit.new * BACKLOG_BYTES / 1e6
    print(f"\nbacklog: {found.visit.new} pages, {megabytes:.0f} MB, {found.visit.new / seconds:.0f} pages/s")
    print(f"  peak memory {before:.0f} MB before, {_peak_memory():.0f} MB after (wanted: below 500)")


def _collect(spec: SourceSpec, known: dict[str, PageCheck], folder: Path, now: datetime) -> Collected:
    with Client(ClientSettings()) as client:
        return collect_source(spec, known, folder / "archive", now, SINCE, client)


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _backlog() -> Iterator[SourceSpec]:
    """A site with many large releases, each of them different."""
    links = "".join(f"<item><link>/news/{n}</link></item>" for n in range(BACKLOG_PAGES))
    feed = f"<rss><channel>{links}</channel></rss>".encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = feed if self.path == "/feed" else _large_page(self.path) if self.path.startswith("/news/") else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield _backlog_source(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()


def _large_page(path: str) -> bytes:
    sentence = f"<p>Release {path} says that 122 cities will plant trees along every road by next spring.</p>"
    head = f"<html><title>Release {path}</title><h1>Release {path}</h1>"
    return (head + sentence * (BACKLOG_BYTES // len(sentence))).encode()


def _backlog_source(url: str) -> SourceSpec:
    base = "https://www.backlog.example"
    return SourceSpec(
        id="backlog",
        publisher="Backlog",
        name="Backlog",
        base_url=base,
        time_zone="UTC",
        cadence="once",
        licence="made up",
        discovery=(Discovery("feed", f"{base}/feed"),),
        article=ArticleSpec(r"/news/\d+$"),
        enabled=True,
        verified="never",
        max_pages=BACKLOG_PAGES,
    ).with_fetch_from(url)


if __name__ == "__main__":
    main()
