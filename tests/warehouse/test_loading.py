"""Loading by two clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import duckdb
import pytest

from tests.warehouse.builders import LedgerBuilder, Told, at, name_id, participant, release, stated
from warehouse.loading import load
from warehouse.records import Batch, Correction, Initiative, Issue, PageCheck, Place, SlotChange, Snapshot, SourceVisit
from warehouse.runs import begin_run

FIRST, SECOND, THIRD = at("2015-11-09"), at("2015-11-16"), at("2015-11-23")
AUDIT = ("run", "source_visit", "issue_sighting", "page_check")


def contents(ledger: LedgerBuilder) -> dict[str, list[tuple[Any, ...]]]:
    names = [row[0] for row in ledger.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")]
    return {name: ledger.rows(f"FROM {name} ORDER BY ALL") for name in names if name not in AUDIT}


def test_of_two_rows_for_one_thing_the_first_given_counts() -> None:
    ledger = LedgerBuilder()
    named = ("p:1", "A"), ("p:2", "B"), ("p:1", "C")
    places = tuple(Place(place_id, name, "city", "OH", "US", 1.0, 2.0, 3) for place_id, name in named)
    batch = replace(ledger.batch(FIRST, []), places=places)
    load(ledger.con, batch, begin_run(ledger.con, "weekly", FIRST), FIRST)
    assert ledger.rows("SELECT place_id, name FROM place ORDER BY place_id") == [("p:1", "A"), ("p:2", "B")]


def states(ledger: LedgerBuilder) -> list[tuple[Any, ...]]:
    """Each state of each fact: its number, and from when until when it was known."""
    rows = ledger.rows("SELECT value, recorded_at, superseded_at FROM fact ORDER BY ALL")
    return [(value, day(since), day(until)) for value, since, until in rows]


def day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None


def eighty(**slots: Any) -> Told:
    return release("a", "2015-11-02", [stated("In all 80 cities signed it", 80, **slots)])


def test_same_input_twice_adds_nothing() -> None:
    ledger = LedgerBuilder(places=(Place("p:1", "Columbus, OH", "city", "OH", "US", 1.0, 2.0, 3),))
    told = release(
        "a",
        "2015-11-02",
        [stated("Eighty", 80, places=(participant("Columbus, OH", "p:1"), participant("Lima")), actors=("Ann Lee",))],
    )
    batch = ledger.batch(FIRST, [told])
    issue = Issue("http-404", "warning", "press", "https://press.example/x", "Gone.")
    batch = replace(batch, issues=(issue,), corrections=())
    for now in (FIRST, FIRST, SECOND):
        counts = load(ledger.con, batch, begin_run(ledger.con, "weekly", now), now)
        assert counts.changed == (now == FIRST and len(ledger.rows("FROM run")) == 1)
    before = contents(ledger)
    load(ledger.con, batch, begin_run(ledger.con, "weekly", THIRD), THIRD)
    assert contents(ledger) == before
    assert {name: len(rows) for name, rows in before.items() if name.startswith("fact")} == {
        "fact": 1, "fact_evidence": 1, "fact_place": 2, "fact_actor": 1,
    }  # fmt: skip


def test_a_revised_page_supersedes_what_it_no_longer_says() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    ledger.run(SECOND, [release("a", "2015-11-02", [stated("In all 81 cities signed it", 81)])], with_marts=False)
    assert states(ledger) == [(80.0, "2015-11-09", "2015-11-16"), (81.0, "2015-11-16", None)]


def test_an_unchanged_sentence_in_a_new_version_is_the_same_fact_at_another_place() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    moved = release("a", "2015-11-02", [stated("A sentence before it, with 3 towns", 3, unit="town"), *eighty().facts])
    ledger.run(SECOND, [moved], with_marts=False)
    assert states(ledger) == [(3.0, "2015-11-16", None), (80.0, "2015-11-09", None)]
    places = ledger.rows(
        "SELECT start_offset FROM fact_evidence INNER JOIN fact USING (fact_id) WHERE value = 80 ORDER BY 1"
    )
    assert places == [(0,), (36,)]


def test_a_new_link_supersedes_without_changing_the_fact() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty(initiative=None, in_series=False)], with_marts=False)
    load_again(ledger, eighty(initiative=None, in_series=False), SECOND, initiative_id="compact")
    assert ledger.rows("SELECT initiative_id, superseded_at IS NULL FROM fact ORDER BY recorded_at") == [
        (None, False),
        ("compact", True),
    ]
    assert ledger.rows("SELECT count(DISTINCT fact_id) FROM fact") == [(1,)]


def test_a_better_extractor_supersedes_and_a_worse_one_brings_the_old_fact_back() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    load_again(ledger, eighty(bound="~"), SECOND)
    load_again(ledger, eighty(), THIRD)
    assert ledger.rows("SELECT bound, recorded_at::DATE::VARCHAR, superseded_at IS NULL FROM fact ORDER BY 2") == [
        ("=", "2015-11-09", False),
        ("~", "2015-11-16", False),
        ("=", "2015-11-23", True),
    ]


def test_what_is_superseded_in_the_instant_it_was_recorded_was_never_known() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    load_again(ledger, eighty(), FIRST, initiative_id="other")
    assert ledger.rows("SELECT initiative_id, superseded_at FROM fact") == [("other", None)]


def test_facts_of_an_older_version_are_kept_for_comparison_but_never_in_force() -> None:
    ledger = LedgerBuilder()
    old = replace(eighty(), seen=FIRST)
    new = release("a", "2015-11-02", [stated("In all 81 cities signed it", 81)], seen=SECOND)
    ledger.run(SECOND, [old, new], with_marts=False)
    assert states(ledger) == [(80.0, "2015-11-16", "2015-11-16"), (81.0, "2015-11-16", None)]


def test_a_text_that_comes_back_stands_again() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    ledger.run(SECOND, [release("a", "2015-11-02", [stated("In all 81 cities signed it", 81)])], with_marts=False)
    ledger.run(THIRD, [eighty()], with_marts=False)
    stands = ledger.rows("SELECT first_seen::DATE::VARCHAR FROM release_version ORDER BY first_seen")
    assert stands == [("2015-11-09",), ("2015-11-16",), ("2015-11-23",)]
    assert states(ledger) == [
        (80.0, "2015-11-09", "2015-11-16"),
        (80.0, "2015-11-23", None),
        (81.0, "2015-11-16", "2015-11-23"),
    ]
    ledger.refresh()
    assert ledger.rows("SELECT old, new FROM revision WHERE what = 'value' ORDER BY first_seen") == [
        ("80", "81"),
        ("81", "80"),
    ]


def test_another_reading_of_the_same_bytes_replaces_the_version() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    other = LedgerBuilder().batch(FIRST, [eighty()]).releases[0]
    version = replace(
        other.versions[0], version_id=name_id("other text"), text="In all 80 cities signed it and a footer"
    )
    moved = tuple(replace(item, version_id=version.version_id) for item in other.evidence)
    load(
        ledger.con,
        Batch(releases=(replace(other, versions=(version,), evidence=moved),)),
        begin_run(ledger.con, "rebuild", SECOND),
        SECOND,
    )
    assert ledger.rows("SELECT text FROM release_version WHERE superseded_at IS NULL") == [(version.text,)]
    assert ledger.rows("SELECT count(*) FROM fact_evidence WHERE superseded_at IS NULL") == [(1,)]
    assert states(ledger) == [(80.0, "2015-11-09", None)]


def test_when_a_release_was_first_seen_is_decided_once() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    batch = LedgerBuilder().batch(FIRST, [eighty()])
    later = replace(batch.releases[0].release, first_seen=SECOND, previous_look=FIRST)
    again = replace(batch, releases=(replace(batch.releases[0], release=later),))
    load(ledger.con, again, begin_run(ledger.con, "rebuild", SECOND), SECOND)
    assert ledger.rows("SELECT first_seen::DATE::VARCHAR, previous_look FROM release") == [("2015-11-09", None)]


def test_a_place_that_leaves_the_list_is_closed() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty(places=(participant("A"), participant("B")))], with_marts=False)
    load_again(ledger, eighty(places=(participant("A"),)), SECOND)
    assert ledger.rows("SELECT name FROM fact_place WHERE superseded_at IS NULL") == [("A",)]
    assert ledger.rows("SELECT name FROM fact_place WHERE superseded_at IS NOT NULL") == [("B",)]


def test_an_initiatives_names_are_replaced_whole() -> None:
    ledger = LedgerBuilder(initiatives=(Initiative("compact", "Compact", ("one", "two"), ("whole",)),))
    ledger.run(FIRST, [], with_marts=False)
    ledger.initiatives = (Initiative("compact", "Compact", ("two", "three")),)
    ledger.run(SECOND, [], with_marts=False)
    assert ledger.rows("SELECT alias FROM initiative_alias WHERE superseded_at IS NULL ORDER BY 1") == [
        ("three",),
        ("two",),
    ]
    assert ledger.rows("SELECT count(*) FROM initiative_parent WHERE superseded_at IS NULL") == [(0,)]


def correction(ledger: LedgerBuilder, **slots: Any) -> Correction:
    fact_id = ledger.rows("SELECT fact_id FROM fact")[0][0]
    return Correction(name_id("correction"), eighty().url, "In all 80", "A misprint.", fact_id=fact_id, **slots)


def test_a_correction_supersedes_the_slots_and_shows() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()])
    entry = correction(ledger, changes=(SlotChange("value", "80", "88"),))
    mended = fact_with(eighty(), value=88.0)
    load_again(ledger, eighty(), SECOND, (entry,), fact=mended, correction_id=entry.correction_id)
    ledger.refresh()
    assert ledger.rows("SELECT shown, is_corrected, first_seen::DATE::VARCHAR FROM fact_current") == [
        ("88", True, "2015-11-09")
    ]
    assert ledger.rows("SELECT value FROM known_on(DATE '2015-11-09')") == [(80.0,)]
    assert ledger.rows("SELECT changes->0->>'now', superseded_at FROM correction") == [("88", None)]
    load_again(ledger, eighty(), THIRD, ())
    assert ledger.rows("SELECT value FROM fact WHERE superseded_at IS NULL") == [(80.0,)]
    assert ledger.rows("SELECT superseded_at::DATE::VARCHAR FROM correction") == [("2015-11-23",)]


def test_a_correction_that_drops_takes_the_fact_out_until_it_goes() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    load_again(ledger, eighty(), SECOND, (correction(ledger, is_dropped=True),))
    assert states(ledger) == [(80.0, "2015-11-09", "2015-11-16")]
    load_again(ledger, eighty(), THIRD, ())
    assert states(ledger) == [(80.0, "2015-11-09", "2015-11-16"), (80.0, "2015-11-23", None)]


def test_a_batch_without_word_of_corrections_leaves_them() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    load_again(ledger, eighty(), SECOND, (correction(ledger, problem="the source has changed"),))
    load_again(ledger, eighty(), THIRD)
    assert ledger.rows("SELECT problem FROM correction WHERE superseded_at IS NULL") == [("the source has changed",)]


def test_a_trouble_that_stands_is_one_issue_with_many_sightings() -> None:
    ledger = LedgerBuilder()
    for now in (FIRST, SECOND):
        issue = Issue("listing-empty", "error", "press", "https://press.example", "The list has no entries.")
        visit = SourceVisit("press", False)
        load(ledger.con, Batch(visits=(visit,), issues=(issue,)), begin_run(ledger.con, "collect", now), now)
    assert ledger.rows("SELECT recorded_at::DATE::VARCHAR FROM issue") == [("2015-11-09",)]
    assert ledger.rows("SELECT count(*) FROM issue_sighting") == [(2,)]


def test_working_state_is_overwritten_and_snapshots_are_not() -> None:
    ledger = LedgerBuilder()
    url = "https://press.example/a"
    for now, sha256 in ((FIRST, "aa"), (SECOND, "bb"), (THIRD, "aa")):
        check = PageCheck(url, "press", FIRST, now, 200, sha256, None, None)
        snapshot = Snapshot(sha256, "press", url, now, 200, "text/html", None, None, 9, "a.warc.gz", 0)
        load(ledger.con, Batch(checks=(check,), snapshots=(snapshot,)), begin_run(ledger.con, "collect", now), now)
    assert ledger.rows("SELECT last_checked::DATE::VARCHAR, sha256 FROM page_check") == [("2015-11-23", "aa")]
    assert ledger.rows("SELECT sha256 FROM snapshot ORDER BY fetched_at") == [("aa",), ("bb",), ("aa",)]


def test_a_load_that_fails_leaves_nothing_behind() -> None:
    ledger = LedgerBuilder()
    ledger.run(FIRST, [eighty()], with_marts=False)
    before = contents(ledger)
    with pytest.raises(duckdb.ConstraintException, match="action"):
        ledger.run(SECOND, [release("b", "2015-11-12", [stated("90", 90, action="dance")])], with_marts=False)
    assert contents(ledger) == before


def load_again(
    ledger: LedgerBuilder,
    told: Told,
    now: datetime,
    corrections: tuple[Correction, ...] | None = None,
    **links: Any,
) -> None:
    """Loads a release that is known as another reading gives it: the same text, other slots or links."""
    read = LedgerBuilder().batch(FIRST, [told]).releases[0]
    facts = tuple(replace(fact, **links) for fact in read.facts)
    batch = Batch(releases=(replace(read, facts=facts),), corrections=corrections)
    load(ledger.con, batch, begin_run(ledger.con, "rebuild", now), now)


def fact_with(told: Told, **slots: Any) -> Any:
    """The only fact of a release with some slots changed."""
    return replace(LedgerBuilder().batch(FIRST, [told]).releases[0].facts[0].fact, **slots)
