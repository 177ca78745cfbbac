"""Seconds for a week's edition with 50 subscribers and for the site of a large ledger.

    python -m bench.edition [--facts 500000]

Fills a ledger in a temporary folder with generated facts: 25 a release, 2,000 initiatives, 5,000 series, and a last
week that brings 1,000 new releases. Then, with the clock running: make the edition, write its files, lay the mails
of 50 subscribers (half of them with a filter) into the outbox, and bring the site up to date (2,000 initiative
pages changed, 1,000 new evidence pages). Filling the ledger, computing its marts and the site's very first writing
are told, and stand outside the total.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from flows.reporting.delivery import Post, to_outbox
from flows.reporting.edition import write_edition
from flows.reporting.message import Envelope
from flows.reporting.payload import Filter, read_edition
from flows.reporting.site import write_site
from flows.reporting.subscribers import Subscribers
from warehouse.connection import open_build
from warehouse.editions import make_edition
from warehouse.migrations import migrate
from warehouse.models import refresh
from warehouse.site_data import SiteData

BEFORE, NOW = datetime(2016, 1, 18, 12, tzinfo=UTC), datetime(2016, 1, 25, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
FACTS_A_RELEASE, NEW_RELEASES, INITIATIVES, SUBSCRIBERS, TOPICS = 25, 1000, 2000, 50, 20

FILL = """
INSERT INTO source BY NAME
SELECT
    'press' AS source_id, 'Office of Benchmarks' AS publisher, 'Press room' AS name,
    'https://press.example' AS base_url, 'UTC' AS time_zone,
    'daily' AS cadence, 'CC0' AS licence, '' AS topics, $run AS run_id, $first AS recorded_at
WHERE $from_release = 0;
INSERT INTO initiative
SELECT 'initiative-' || n, 'Initiative number ' || n, 'topic ' || n % $topics, true, $run, $first, NULL
FROM range($initiatives) AS r (n)
WHERE $from_release = 0;
CREATE OR REPLACE TEMP TABLE made AS
SELECT
    *,
    (n * (length(quote) + 2))::INTEGER AS begins
FROM (
    SELECT
        r,
        n,
        md5('release ' || r)::UUID AS release_id,
        md5('version ' || r)::UUID AS version_id,
        md5('fact ' || r || ' ' || n)::UUID AS fact_id,
        (r * 7 + n * 3) % $initiatives AS initiative,
        (r * 7 + n * 3) % 5000 AS series,
        10 + r // 10 AS value,
        DATE '2016-01-22' - (($to_release - 1 - r) // 20)::INTEGER AS published,
        printf('By week %06d already %08d cities took part in programme %02d.', r, 10 + r // 10, n) AS quote
    FROM range($from_release, $to_release) AS releases (r), range($facts) AS facts (n)
);
INSERT INTO release BY NAME
SELECT DISTINCT
    release_id, 'press' AS source_id, 'https://press.example/' || r AS url, $now::TIMESTAMP AS first_seen,
    CASE WHEN $from_release > 0 THEN $first::TIMESTAMP END AS previous_look, $run::UUID AS run_id,
    $now::TIMESTAMP AS recorded_at
FROM made;
INSERT INTO release_version BY NAME
SELECT
    version_id, release_id, md5(r::VARCHAR) AS snapshot_sha256, $now AS first_seen, 'Release number ' || r AS title,
    any_value(published) AS published, 'metadata' AS published_basis, 'day' AS published_precision, 'en' AS language,
    string_agg(quote, chr(10) || chr(10) ORDER BY n) AS text, md5(r::VARCHAR) AS text_sha256, $run AS run_id,
    $now AS recorded_at
FROM made
GROUP BY version_id, release_id, r;
INSERT INTO version_reading BY NAME
SELECT DISTINCT
    version_id, 'reader' AS reader, 25 AS number_sentences, 0 AS silent_sentences, $run::UUID AS run_id,
    $now::TIMESTAMP AS recorded_at
FROM made;
INSERT INTO fact BY NAME
SELECT
    fact_id, release_id, 'quantity' AS kind, 'join' AS action,
    CASE WHEN n % 10 = 0 THEN 'target' WHEN n % 10 < 5 THEN 'total' ELSE 'amount' END AS stage,
    CASE WHEN n % 10 = 0 THEN 10000 + series ELSE value END::DOUBLE AS value,
    CASE WHEN n % 3 = 0 THEN '>' ELSE '=' END AS bound, 'city' AS unit,
    published AS as_of, 'day' AS as_of_precision, 'release' AS as_of_basis,
    CASE WHEN n % 10 = 0 THEN DATE '2016-12-31' END AS deadline,
    CASE WHEN n % 10 = 0 THEN 'day' END AS deadline_precision,
    quote, 0 AS occurrence, 'bench' AS rule, 1.0 AS confidence,
    'initiative-' || initiative AS initiative_id, md5('series ' || series)::UUID AS series_id,
    's' || series AS series_label, 'participants' AS measure, 'city' || series AS population, $run AS run_id,
    $now::TIMESTAMP AS recorded_at
FROM made;
INSERT INTO fact_evidence BY NAME
SELECT
    fact_id, version_id, begins AS start_offset, begins + length(quote) AS end_offset,
    begins + instr(quote, 'already ') + 7 AS number_start, begins + instr(quote, 'already ') + 15 AS number_end,
    $now AS recorded_at
FROM made;
INSERT INTO block BY NAME
SELECT
    version_id, n AS position, 'paragraph' AS kind, begins AS start_offset, begins + length(quote) AS end_offset,
    '' AS path, $now AS recorded_at
FROM made;
INSERT INTO source_visit SELECT $run, 'press', $now, true, 100, 100, 0, 0, 0, 0, 100;
"""


def main() -> None:
    """Fill, then measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=500_000)
    releases = max(parser.parse_args().facts // FACTS_A_RELEASE, NEW_RELEASES + 100)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        con = open_build(home / "build.duckdb")
        migrate(con)
        _before(con, home, releases - NEW_RELEASES)
        with clock("fill and compute the marts of the last week"):
            fill(con, releases - NEW_RELEASES, releases, BEFORE, NOW)
            refresh(con)
        _the_week(con, home)


def _before(con: DuckDBPyConnection, home: Path, releases: int) -> None:
    """The ledger as it stood before, with its baseline edition and its site."""
    with clock(f"fill and compute the marts of {releases * FACTS_A_RELEASE:,} facts"):
        fill(con, 0, releases, BEFORE, BEFORE)
        refresh(con)
    with clock(f"first edition, first writing of the site ({releases:,} evidence pages)"):
        make_edition(con, BEFORE, NEW_YORK, uuid4())
        write_site(SiteData(con), home / "site")


def _the_week(con: DuckDBPyConnection, home: Path) -> None:
    began, worked = time.perf_counter(), time.process_time()
    with clock("make and store the edition"):
        edition = make_edition(con, NOW, NEW_YORK, uuid4())
    assert edition is not None
    with clock("write its files"):
        written = write_edition(edition.payload, edition.canonical, home / "editions")
    with clock(f"{SUBSCRIBERS} mails into the outbox"):
        rooms = Subscribers(home / "private")
        wanted = [Filter() if n % 2 else Filter(topics=(f"topic {n % TOPICS}",)) for n in range(SUBSCRIBERS)]
        readers = [rooms.add(f"reader{n}@b.example", one, NOW) for n, one in enumerate(wanted)]
        post = Post(Envelope("Ledger <ledger@b.example>"), home / "private", "https://ledger.example")
        laid = to_outbox(read_edition(edition.payload), readers, home / "outbox", post, NOW)
    with clock("bring the site up to date"):
        site = write_site(SiteData(con), home / "site")
    took, work = time.perf_counter() - began, time.process_time() - worked
    pages = f"{site.written:,} of {site.pages:,} files of the site written"
    print(f"{took:9.1f} s  ({work:.1f} s of work)  in all; {pages}")
    print(f"{len(edition.canonical) / 1e6:9.1f} MB edition.json, {written.figures.stat().st_size / 1e6:.1f} MB table")
    largest = max(mail.stat().st_size for mail in laid)
    print(f"{largest / 1e6:9.1f} MB the largest mail, {_most_html(laid) / 1e3:.0f} kB HTML")


def _most_html(mails: list[Path]) -> int:
    """Bytes of the largest HTML part: mail programs cut it off at 102 kB."""
    parts = (message_from_bytes(mail.read_bytes(), policy=default).get_body(("html",)) for mail in mails)
    return max(len(part.get_content().encode()) for part in parts if part)


def fill(con: DuckDBPyConnection, from_release: int, to_release: int, first: datetime, now: datetime) -> None:
    """Add the releases of a span with their facts, first seen at `now`."""
    given = {
        "run": uuid4(),
        "first": first.replace(tzinfo=None),
        "now": now.replace(tzinfo=None),
        "from_release": from_release,
        "to_release": to_release,
        "facts": FACTS_A_RELEASE,
        "initiatives": INITIATIVES,
        "topics": TOPICS,
    }
    for statement in con.extract_statements(FILL):
        con.execute(statement, {name: given[name] for name in statement.named_parameters})


@contextmanager
def clock(what: str) -> Iterator[None]:
    """Print how long something took, and how long the processor worked at it."""
    began, worked = time.perf_counter(), time.process_time()
    yield
    took, work = time.perf_counter() - began, time.process_time() - worked
    print(f"{took:9.1f} s  ({work:.1f} s of work)  {what}", flush=True)


if __name__ == "__main__":
    main()
