"""What the other rooms ask the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.builders import LedgerBuilder, at, read_release, release, stated
from warehouse import queries
from warehouse.errors import LedgerError
from warehouse.loading import load
from warehouse.publishing import publish
from warehouse.records import Batch, Correction, PageCheck, Snapshot, SourceVisit
from warehouse.runs import begin_run

NOW = at("2015-11-09")
URL = "https://press.example/a"


def loaded(batch: Batch) -> LedgerBuilder:
    ledger = LedgerBuilder()
    load(ledger.con, batch, begin_run(ledger.con, "collect", NOW), NOW)
    return ledger


def test_known_pages_come_back_as_they_were_given() -> None:
    known = PageCheck(URL, "press", NOW, NOW, 304, "ab", '"e"', "Mon", 2, NOW)
    other = replace(known, url="https://other.example/b", source_id="other", gone_since=None)
    assert queries.known_pages(loaded(Batch(checks=(known, other))).con, "press") == {URL: known}


def test_last_look_is_the_last_that_succeeded() -> None:
    ledger = loaded(Batch(visits=(SourceVisit("press", True),)))
    later = at("2015-11-16")
    load(ledger.con, Batch(visits=(SourceVisit("press", False),)), begin_run(ledger.con, "collect", later), later)
    assert queries.last_look(ledger.con, "press") == NOW
    assert queries.last_look(ledger.con, "other") is None
    assert queries.last_run_time(ledger.con) == later


def test_snapshots_come_back_as_they_were_given() -> None:
    snapshot = Snapshot("ab", "press", URL, NOW, 200, "text/html", None, "Mon", 9, "a.warc.gz", 7, listed=NOW.date())
    other = replace(snapshot, source_id="other", sha256="cd")
    ledger = loaded(Batch(snapshots=(snapshot, other)))
    assert queries.stored_snapshots(ledger.con, "press") == [snapshot]
    assert len(queries.stored_snapshots(ledger.con)) == 2


def test_releases_come_back_as_they_were_given() -> None:
    ledger = LedgerBuilder()
    told = release("a", "2015-11-02", [stated("Eighty cities", 80)])
    batch = ledger.batch(NOW, [told, release("b", "2015-11-03", same_as="a", source_id="other")])
    load(ledger.con, batch, begin_run(ledger.con, "collect", NOW), NOW)
    given = {read.release.release_id: read for read in batch.releases}
    found = {version.release.release_id: version.release for version in queries.sketched_versions(ledger.con)}
    assert found == {key: read.release for key, read in given.items()}


def test_texts_are_known_by_their_sketch_and_fetched_one_by_one() -> None:
    """Of a release with two versions it is the later one that counts."""
    first, later = release("a", "2015-11-02", [stated("Eighty cities", 80)]), release("a", "2015-11-02", [])
    read = read_release([first, replace(later, seen=at("2015-11-10"))], at("2015-11-03"), None)
    versions = tuple(replace(version, sketch=(number, 2**32 - 1)) for number, version in enumerate(read.versions))
    ledger = loaded(Batch(releases=(replace(read, versions=versions),)))
    (found,) = queries.sketched_versions(ledger.con)
    assert (found.release, found.version_id, found.sketch) == (read.release, versions[1].version_id, (1, 2**32 - 1))
    assert queries.text_of(ledger.con, versions[0].version_id) == versions[0].text


def test_corrected_releases_are_named() -> None:
    entry = Correction(release("a", None).release_id, URL, "Eighty", "A misprint.")
    assert queries.corrected_urls(loaded(Batch(corrections=(entry,))).con) == [URL]


def test_any_query_on_the_published_file(build: Path, tmp_path: Path) -> None:
    publish(build, tmp_path / "commitments.duckdb")
    columns, rows = queries.query(tmp_path / "commitments.duckdb", "SELECT status, met_on FROM progress")
    assert (columns, [row[0] for row in rows]) == (["status", "met_on"], ["met late"])
    with pytest.raises(LedgerError, match=r"The query failed: .*nowhere"):
        queries.query(tmp_path / "commitments.duckdb", "FROM nowhere")
