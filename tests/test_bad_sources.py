"""A run among bad sources: each trouble is named with source and cause, the others go on, nothing stored is lost."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import Command

pytestmark = pytest.mark.slow

TOML = """\
id = "{id}"
publisher = "Harbor Office"
name = "Harbor Office releases"
base_url = "https://{id}.example"
fetch_from = "{base}"
time_zone = "America/New_York"
cadence = "daily"
licence = "ours"
enabled = true
verified = "never"
quiet_days = 14

[[discovery]]
kind = "listing"
url = "https://{id}.example/news/"
expect = "1.."
rows = "li"
link = "a"

[article]
shape = "generic"
url_pattern = '/news/[^/]+$'
"""
GOOD = """<html><head><title>Towns sign</title><meta property="article:published_time" content="2016-01-20T09:00-05:00">
</head><body><main><h1>Towns sign</h1><p>More than 40 towns have joined the Harbor Light Compact since May 2015, the
harbor office said on Wednesday in a statement to all who keep the coast's lamps.</p></main></body></html>"""
LISTED = ("good", "absent", "binary", "empty", "broken")
LIST = "".join(f'<li><a href="/news/{name}">{name}</a></li>' for name in LISTED)
PAGES: dict[str, tuple[int, str, bytes]] = {
    "/news/": (200, "text/html", LIST.encode()),
    "/news/good": (200, "text/html", GOOD.encode()),
    "/news/binary": (200, "application/octet-stream", bytes(range(256)) * 50),
    "/news/empty": (200, "text/html", b""),
    "/news/broken": (200, "text/html", GOOD.replace("</p></main></body></html>", "<b><i>").encode()),
}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        status, kind, body = PAGES.get(self.path, (404, "text/html", b"<h1>Not found</h1>"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "sources"
    folder.mkdir()
    with site() as base:
        (folder / "good.toml").write_text(TOML.format(id="good", base=base))
        (folder / "gone.toml").write_text(TOML.format(id="gone", base="http://127.0.0.1:9"))
        torn = TOML.format(id="torn", base=base).replace('publisher = "Harbor Office"\n', "")
        (folder / "torn.toml").write_text(torn)
        yield folder


def test_each_trouble_is_named_and_the_rest_goes_on(run: Command, sources: Path) -> None:
    ended = run("collect", "--now", "2016-01-21T12:00", COMMITMENTS_SOURCES=str(sources))
    assert ended.code == 0, ended.err
    for cause in ("publisher", "torn.toml", "gone", "/news/absent", "/news/binary", "/news/empty"):
        assert cause in ended.err, f"{cause} is not named:\n{ended.err}"
    assert "Traceback" not in ended.err
    # The broken page is read too; as it says the same, one of the two counts.
    read = json.loads(run("query", "SELECT url, same_as IS NULL AS counts FROM release", "--format", "json").out)
    assert {row["url"] for row in read} == {"https://good.example/news/good", "https://good.example/news/broken"}
    assert sum(row["counts"] for row in read) == 1
    levels = run(
        "query", "SELECT shown, initiative FROM observation INNER JOIN series USING (series_id)", "--format", "json"
    )
    assert json.loads(levels.out) == [{"shown": "more than 40", "initiative": "Harbor Light Compact"}]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_may_not_be_written_is_named(run: Command, tmp_path: Path, sources: Path) -> None:
    home = tmp_path / "locked"
    home.mkdir(mode=0o500)
    ended = run("collect", "--now", "2016-01-21T12:00", home=home, COMMITMENTS_SOURCES=str(sources))
    assert ended.code == 1
    assert str(home) in ended.err
