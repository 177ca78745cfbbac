"""What is read again, and what the load makes of it, on an archive of one or two pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import sample
from flows.fetching.archive import ArchiveWriter
from flows.settings import Settings
from flows.sources.reading import read_spec
from flows.stages.collecting import Collected
from flows.stages.ledger import ledger_run
from flows.stages.loading import chunks, histories_of, load
from flows.stages.reading import Rules, read_histories
from warehouse import queries
from warehouse.connection import open_build
from warehouse.records import Snapshot, SourceVisit

MONDAY = datetime(2016, 1, 25, 12, tzinfo=UTC)
SITE = read_spec(sample.SOURCES / "sample_mayors.toml")
HERE = "https://www.mayors.example/releases/2016/harbour-lights.html"
THERE = "https://www.mayors.example/releases/2016/harbour-lights-again.html"
PAGE = """<html><body><h1>Harbour lights</h1><div id="text">
<p class="dateline">For immediate release: January 21, 2016</p>
<p>So far, 122 cities have joined the Harbour Lights Initiative. Each of them looks after the lamps along its quays,
reports every spring on what it mended, and sends a person to the yearly meeting of harbour masters.</p>
</div></body></html>"""
DROPPED = f"""
[[correction]]
url = "{HERE}"
quote = "122 cities have joined the Harbour Lights Initiative"
number = "122"
expect = {{ value = 122 }}
drop = true
reason = "The office took the number back."
"""


def run_once(settings: Settings, now: datetime, urls: Iterable[str] = ()) -> None:
    """One run that saw `urls` for the first time, from the archive to the load."""
    load_pages(settings, now, [(url, PAGE) for url in urls])


def load_pages(settings: Settings, now: datetime, pages: Iterable[tuple[str, str]], chunk: int = 25) -> None:
    """One run that was served `pages` (address, HTML), read in chunks of so many releases."""
    look = Collected(SITE.id, archived(settings, now, pages), (), SourceVisit(SITE.id, ok=True), (), {})
    rules = Rules(settings.archive_dir, settings.initiatives_file, settings.corrections_file)
    with ledger_run(settings, "collect", now) as run:
        histories = histories_of(run, [SITE], [look])
        load(run, [SITE], [look], [read_histories(part, rules) for part in chunks(histories, chunk)])


def archived(settings: Settings, now: datetime, pages: Iterable[tuple[str, str]]) -> tuple[Snapshot, ...]:
    with ArchiveWriter(settings.archive_dir, SITE.id, now) as archive:
        return tuple(archive.add(url, 200, [("Content-Type", "text/html")], page.encode()) for url, page in pages)


def numbers_in_force(settings: Settings) -> list[float]:
    with open_build(settings.build_file) as con:
        return [row[0] for row in con.execute("SELECT value FROM fact WHERE superseded_at IS NULL").fetchall()]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_a_correction_that_is_taken_back_gives_the_fact_back(settings: Settings) -> None:
    run_once(settings, MONDAY, [HERE])
    assert numbers_in_force(settings) == [122]
    settings.corrections_file.write_text(DROPPED)
    run_once(settings, MONDAY + timedelta(days=7))
    assert numbers_in_force(settings) == []
    settings.corrections_file.unlink()
    run_once(settings, MONDAY + timedelta(days=14))
    assert numbers_in_force(settings) == [122]
    with open_build(settings.build_file) as con:
        assert queries.corrected_urls(con) == []


def test_a_later_release_with_a_stored_text_is_folded_into_it(settings: Settings) -> None:
    run_once(settings, MONDAY, [HERE])
    run_once(settings, MONDAY + timedelta(days=7), [THERE])
    with open_build(settings.build_file) as con:
        versions = queries.sketched_versions(con)
    releases = {version.release.url: version.release for version in versions}
    sketches = {version.sketch for version in versions}
    assert releases[THERE].same_as == releases[HERE].release_id
    assert releases[HERE].same_as is None
    assert [len(sketch) > 20 for sketch in sketches] == [True]


@pytest.mark.parametrize("chunk", [25, 1])
@pytest.mark.parametrize(("first", "second"), [(HERE, THERE), (THERE, HERE)])
def test_of_two_addresses_of_one_page_the_longer_history_counts(
    settings: Settings, chunk: int, first: str, second: str
) -> None:
    page = PAGE.replace("<body>", f'<head><link rel="canonical" href="{HERE}"></head><body>')
    load_pages(settings, MONDAY, [(first, page)], chunk)
    later = [(first, page.replace("122", "130")), (second, page.replace("122", "99"))]
    load_pages(settings, MONDAY + timedelta(days=7), later, chunk)
    assert numbers_in_force(settings) == [130]
    with open_build(settings.build_file) as con:
        counts = "SELECT (SELECT count(*) FROM release WHERE superseded_at IS NULL), (SELECT count(*) FROM block)"
        assert con.execute(counts).fetchone() == (1, 4)
        assert con.execute("SELECT count(*) FROM release_version WHERE superseded_at IS NULL").fetchone() == (2,)


def test_a_correction_finds_a_page_that_was_fetched_under_another_address(settings: Settings) -> None:
    page = PAGE.replace("<body>", f'<head><link rel="canonical" href="{HERE}"></head><body>')
    load_pages(settings, MONDAY, [(THERE, page)])
    assert numbers_in_force(settings) == [122]
    settings.corrections_file.write_text(DROPPED)
    run_once(settings, MONDAY + timedelta(days=7))
    assert numbers_in_force(settings) == []
