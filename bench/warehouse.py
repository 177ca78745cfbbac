"""Fills a ledger with generated facts and times what a week costs: bulk load, the weekly load with marts, checks and
report, publish.

    python -m bench.warehouse                     # 500,000 facts of 20,000 releases and 5,000 series
    python -m bench.warehouse --facts 5000000     # ten times as many
    python -m bench.warehouse --folder D          # keeps the files in D

Prints each figure beside what it is held to, and for each step the seconds that passed and those of processor time:
on a shared machine only the latter tell the work from the waiting (two idle cores share it where DuckDB can). The
weekly part runs in a process of its own, whose peak memory is printed too. `settle` is the checkpoint at the end of the
week's writing, which its publish would do otherwise."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from warehouse.checks import run_checks
from warehouse.connection import open_build
from warehouse.editions import make_edition
from warehouse.loading import load_tables
from warehouse.migrations import migrate
from warehouse.models import refresh
from warehouse.publishing import publish
from warehouse.records import Batch, SourceRecord
from warehouse.runs import begin_run, finish_run
from warehouse.tables import batch_tables

START = datetime(2014, 1, 6, 12, tzinfo=UTC)
WEEK_FACTS = 10_000
WEEK_RELEASES = 400
CHUNK_FACTS = 500_000
SOURCES = 20
LIMITS = {500_000: 15.0, 5_000_000: 90.0}

# One release after another, each with the same number of facts; a series has its turn every `series` facts. Its level
# climbs a step every eleven facts, so that a figure is repeated: four times in five word for word, else in other words.
FACTS = """
CREATE OR REPLACE TEMP TABLE generated AS
SELECT
    number,
    number // $per_release AS release_number,
    number % $per_release AS place_in_release,
    unhex(md5('fact' || number)) AS fact_id,
    number % $series AS series_number,
    number // $series AS turn,
    CASE WHEN number % 20 < 10 THEN 'total' WHEN number % 20 < 12 THEN 'target' WHEN number % 20 < 14 THEN 'increase'
         WHEN number % 20 < 18 THEN 'amount' ELSE 'context' END AS stage,
    (10 + 3 * (turn // 11) + if(stage = 'target', 1000, 0))::DOUBLE AS value,
    if(number % 7 = 0, '>', if(number % 13 = 0, '~', '=')) AS bound,
    format(
        '{} some {:.0f} places of the land took part in measure {} of the programme, wrote the office in a {} report',
        if(hash(number) % 5 = 0, 'From one week to the next in other words ' || hash(number) % 97, 'By now'),
        value, series_number, if(hash(number) % 5 = 0, 'monthly', 'quarterly')
    ) AS quote
FROM range($first, $last) AS facts (number)
"""


def main() -> None:
    """Runs the benchmark and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=500_000)
    parser.add_argument("--releases", type=int, default=20_000)
    parser.add_argument("--series", type=int, default=5_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="warehouse-bench-"))
    try:
        measure(options, folder)
    finally:
        if options.folder is None:
            shutil.rmtree(folder)


def measure(options: argparse.Namespace, folder: Path) -> None:
    build = folder / "build" / "commitments.duckdb"
    build.unlink(missing_ok=True)
    bulk = apart(bulk_load, options, build)[0]["bulk"]
    rate = options.facts / bulk.passed
    held_to(
        f"bulk load of {options.facts:,} facts with their keys", f"{rate:,.0f} facts/s", rate >= 150_000, "150,000/s"
    )
    print(f"  load      {bulk.shown}")
    week, memory = apart(one_week, options, build)
    for step, spent in week.items():
        print(f"  {step:<10}{spent.shown}")
    total, limit = sum(spent.passed for spent in week.values()), LIMITS.get(options.facts)
    held_to(
        f"a week of {WEEK_FACTS:,} facts, all of it", f"{total:.1f} s", limit is None or total < limit, f"{limit} s"
    )
    held_to("its peak memory", f"{memory / 1e9:.2f} GB", memory < 4e9, "4 GB")
    seconds = apart(publishing, options, build)[0]["publish"].passed
    size = build.stat().st_size / 1e9
    held_to(f"publish of {size:.2f} GB", f"{seconds:.2f} s", seconds < 3, "3 s")


def held_to(what: str, figure: str, kept: bool, bound: str) -> None:
    print(f"{what:<52}{figure:>18}   {'within' if kept else 'BEYOND'} {bound}", flush=True)


@dataclass
class Spent:
    """What a step took: seconds that passed, and seconds of processor time."""

    passed: float = 0.0
    busy: float = 0.0

    @property
    def shown(self) -> str:
        return f"{self.passed:>8.2f} s, {self.busy:.2f} s of processor time"


Figures = dict[str, Spent]
Work = Callable[[argparse.Namespace, Path], Figures]


def apart(work: Work, options: argparse.Namespace, build: Path) -> tuple[Figures, float]:
    """Runs a part in a process of its own; returns its figures and its peak memory in bytes."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(with_memory, work, options, build).result()


def with_memory(work: Work, options: argparse.Namespace, build: Path) -> tuple[Figures, float]:
    figures = work(options, build)
    return figures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def bulk_load(options: argparse.Namespace, build: Path) -> Figures:
    """All facts, in chunks of half a million; generating them is not counted."""
    con = open_build(build)
    migrate(con)
    run_id = begin_run(con, "rebuild", START)
    figures: Figures = {}
    per_release = options.facts // options.releases
    for first in range(0, options.facts, CHUNK_FACTS):
        tables = generated(options, first, min(first + CHUNK_FACTS, options.facts), per_release, START)
        with timed(figures, "bulk"):
            load_tables(con, tables, run_id, START)
    finish_run(con, run_id, "done")
    with timed(figures, "bulk"):
        con.close()
    return figures


def one_week(options: argparse.Namespace, build: Path) -> Figures:
    """The weekly run on a full ledger: load, marts, checks, report."""
    con = open_build(build)
    now = START + timedelta(days=800)
    per_release = WEEK_FACTS // WEEK_RELEASES
    tables = generated(options, options.facts, options.facts + WEEK_FACTS, per_release, now)
    run_id = begin_run(con, "weekly", now)
    figures: Figures = {}
    with timed(figures, "load"):
        load_tables(con, tables, run_id, now)
    with timed(figures, "marts"):
        refresh(con)
    with timed(figures, "checks"):
        results = run_checks(con, run_id)
    stopped = [result.message for result in results if result.stops_publication]
    assert not stopped, stopped
    with timed(figures, "report"):
        make_edition(con, now, ZoneInfo("America/New_York"), run_id)
    finish_run(con, run_id, "done")
    with timed(figures, "settle"):
        con.close()
    return figures


def publishing(options: argparse.Namespace, build: Path) -> Figures:
    figures: Figures = {}
    with timed(figures, "publish"):
        publish(build, build.parent.parent / "commitments.duckdb")
    return figures


@contextmanager
def timed(figures: Figures, name: str) -> Iterator[None]:
    """Adds what a step takes to what it took before."""
    spent = figures.setdefault(name, Spent())
    passed, busy = time.perf_counter(), time.process_time()
    yield
    spent.passed += time.perf_counter() - passed
    spent.busy += time.process_time() - busy


def generated(
    options: argparse.Namespace, first: int, last: int, per_release: int, now: datetime
) -> dict[str, pa.Table]:
    """The tables of a batch with the facts numbered `first` to `last`."""
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    con.execute("CREATE MACRO key(of_what, number) AS unhex(md5(of_what || number))")
    con.execute(FACTS, {"first": first, "last": last, "per_release": per_release, "series": options.series})
    con.execute("SET VARIABLE seen = $1", [now.replace(tzinfo=None)])
    con.execute("SET VARIABLE is_first = $1", [now == START])
    tables = batch_tables(Batch(sources=tuple(source(number) for number in range(SOURCES))))
    for name, sql in TABLES.items():
        tables[name] = shaped(con.sql(sql).to_arrow_table(), tables[name].schema)
    return tables


def source(number: int) -> SourceRecord:
    name = f"source-{number}"
    return SourceRecord(
        name, f"Office {number}", f"Press room {number}", f"https://{name}.example", "UTC", "daily", "CC0"
    )


def shaped(made: pa.Table, schema: pa.Schema) -> pa.Table:
    """The generated columns with the types that the loader is given; keys are made as sixteen bytes."""
    return pa.table({field.name: shaped_column(made.column(field.name), field.type) for field in schema}, schema=schema)


def shaped_column(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray | pa.Array:
    if kind == pa.uuid():
        return pa.ExtensionArray.from_storage(pa.uuid(), column.combine_chunks().cast(pa.binary(16)))
    return column.cast(kind)


TABLES = {
    "release": """
        SELECT
            key('release', release_number) AS release_id,
            'source-' || release_number % 20 AS source_id,
            'https://source-' || release_number % 20 || '.example/' || release_number AS url,
            getvariable('seen') AS first_seen,
            if(getvariable('is_first'), NULL, getvariable('seen') - INTERVAL 7 DAY) AS previous_look,
            NULL::BLOB AS same_as
        FROM (SELECT DISTINCT release_number FROM generated)
    """,
    "release_version": """
        SELECT
            key('version', release_number) AS version_id,
            key('release', release_number) AS release_id,
            md5('bytes' || release_number) || md5('more' || release_number) AS snapshot_sha256,
            getvariable('seen') AS first_seen,
            'Release ' || release_number AS title,
            if(
                getvariable('is_first'), DATE '2012-01-01' + (release_number * 7919 % 730)::INTEGER,
                getvariable('seen')::DATE - 3
            ) AS published,
            'metadata' AS published_basis,
            'day' AS published_precision,
            'en' AS language,
            string_agg(quote, chr(10) || chr(10) ORDER BY place_in_release) AS text,
            md5('text' || release_number) || md5('more' || release_number) AS text_sha256,
            list_transform(range(64), lambda mark: hash(release_number, mark) % 4294967296) AS sketch
        FROM generated
        GROUP BY release_number
    """,
    "version_reading": """
        SELECT
            key('version', release_number) AS version_id,
            'bench' AS reader,
            count(*) AS number_sentences,
            0 AS silent_sentences
        FROM generated
        GROUP BY release_number
    """,
    "block": """
        SELECT
            key('version', release_number) AS version_id,
            place_in_release AS position,
            'paragraph' AS kind,
            NULL AS level,
            0 AS start_offset,
            1 AS end_offset,
            '' AS path
        FROM generated
        WHERE place_in_release < 25
    """,
    "fact": """
        SELECT
            fact_id,
            key('release', release_number) AS release_id,
            'quantity' AS kind,
            if(stage = 'target', 'pledge', if(series_number % 4 = 0, 'join', 'act')) AS action,
            stage,
            value,
            NULL AS value_max,
            bound,
            'place' AS unit,
            'Initiative ' || series_number % 500 AS initiative,
            NULL AS as_of,
            'day' AS as_of_precision,
            'release' AS as_of_basis,
            NULL AS since,
            NULL AS since_precision,
            if(stage = 'target', DATE '2015-12-31', NULL) AS deadline,
            if(stage = 'target', 'day', NULL) AS deadline_precision,
            NULL AS list_complete,
            'place' AS counted,
            NULL AS object,
            NULL AS heading,
            NULL AS topic,
            quote,
            place_in_release AS occurrence,
            'bench' AS rule,
            0.9 AS confidence,
            'initiative-' || series_number % 500 AS initiative_id,
            key('series', series_number) AS series_id,
            'Series ' || series_number AS series_label,
            if(series_number % 4 = 0, 'participants', 'act:measure ' || series_number // 500) AS measure,
            'place' AS population,
            NULL AS scope,
            NULL::BLOB AS correction_id
        FROM generated
    """,
    "fact_evidence": """
        SELECT
            fact_id,
            key('version', release_number) AS version_id,
            last_end - length(quote) AS start_offset,
            last_end AS end_offset,
            last_end - length(quote) AS number_start,
            last_end AS number_end
        FROM (
            SELECT
                *,
                sum(length(quote) + 2) OVER (PARTITION BY release_number ORDER BY place_in_release) - 2 AS last_end
            FROM generated
        )
    """,
    "fact_place": """
        SELECT
            fact_id,
            0 AS position,
            'Place ' || number % 3000 AS name,
            'geonames:' || number % 3000 AS place_id,
            'city' AS kind,
            'participant' AS role
        FROM generated
        WHERE number % 10 < 3
    """,
    "fact_actor": """
        SELECT
            fact_id,
            0 AS position,
            key('actor', number % 2000) AS actor_id
        FROM generated
        WHERE number % 10 = 5
    """,
    "actor": """
        SELECT DISTINCT
            key('actor', number % 2000) AS actor_id,
            'Actor ' || number % 2000 AS name
        FROM generated
        WHERE number % 10 = 5
    """,
    "initiative": """
        SELECT DISTINCT
            'initiative-' || series_number % 500 AS initiative_id,
            'Initiative ' || series_number % 500 AS name,
            '' AS topics,
            true AS is_registered
        FROM generated
    """,
    "place": """
        SELECT
            'geonames:' || range AS place_id,
            'Place ' || range AS name,
            'city' AS kind,
            'ST' AS state,
            'US' AS country,
            40.0 AS latitude,
            -80.0 AS longitude,
            100000 AS population
        FROM range(3000)
    """,
    "source_visit": f"""
        SELECT
            'source-' || range AS source_id,
            true AS is_ok,
            0 AS listed,
            0 AS new,
            0 AS changed,
            0 AS unchanged,
            0 AS skipped,
            0 AS failed,
            0 AS requests
        FROM range({SOURCES})
    """,
}

if __name__ == "__main__":
    main()
