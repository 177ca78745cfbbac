"""Checks: rows that offend are taken out and named, a broken structure stops publication."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.builders import LedgerBuilder, at, release, stated
from warehouse import checks
from warehouse.checks import CheckResult, run_checks
from warehouse.errors import ModelError


def checked(ledger: LedgerBuilder) -> dict[str, CheckResult]:
    assert ledger.run_id is not None
    return {result.name: result for result in run_checks(ledger.con, ledger.run_id)}


def failed(ledger: LedgerBuilder) -> dict[str, CheckResult]:
    return {name: result for name, result in checked(ledger).items() if not result.passed}


def ledger_with(*facts: Any, published: str | None = "2015-11-02") -> LedgerBuilder:
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-09"), [release("a", published, [stated("Eighty cities", 80), *facts])])
    return ledger


def test_a_sound_ledger_passes_and_says_so(sound: LedgerBuilder) -> None:
    assert failed(sound) == {}
    stored = sound.rows("SELECT count(*), sum(observed) FROM check_result")
    assert stored == [(len(checks.checks()), 0)]


OFFENDERS = [
    (stated("minus 3 towns", -3.0, unit="town"), "a negative number"),
    (stated("9 to 3", 9, value_max=3.0, bound="range", unit="town"), "a range that ends below its beginning"),
    (stated("9 or so", 9, bound="range", unit="town"), "a range without its upper end"),
    (stated("9 endless", float("inf"), unit="town"), "a number without end"),
    (stated("9 by 1500", 9, stage="target", deadline="1500-01-01", unit="town"), "deadline 1500-01-01"),
    (
        stated("9 then", 9, stage="target", since="2016-01-01", deadline="2015-01-01", unit="town"),
        "since 2016-01-01, deadline 2015-01-01",
    ),
]


def test_offending_facts_are_taken_out_and_the_rest_goes_on() -> None:
    ledger = ledger_with(*(fact for fact, _ in OFFENDERS))
    found = failed(ledger)
    assert {name: result.observed for name, result in found.items()} == {"fact_number_sound": 4, "fact_dates_sound": 2}
    assert not any(result.stops_publication for result in found.values())
    assert ledger.rows("SELECT shown FROM observation") == [("80",)]
    waiting = dict(ledger.rows("SELECT quote, reason FROM review_queue WHERE kind = 'quarantine'"))
    assert sorted(waiting) == sorted(fact.quote for fact, _ in OFFENDERS)
    assert all(reason in waiting[fact.quote] for fact, reason in OFFENDERS)


def test_a_quote_that_is_not_in_the_text_is_taken_out() -> None:
    ledger = ledger_with(stated("Ninety towns", 90, unit="town"))
    ledger.con.execute(
        "UPDATE fact_evidence SET start_offset = start_offset - 1, end_offset = end_offset - 1 WHERE start_offset > 0"
    )
    assert failed(ledger)["evidence_reads_back"].observed == 1
    assert ledger.rows("SELECT shown FROM observation") == [("80",)]


def test_a_repaired_fact_comes_back() -> None:
    ledger = ledger_with(stated("minus 3 towns", -3.0, unit="town"))
    assert "fact_number_sound" in failed(ledger)
    ledger.con.execute("UPDATE fact SET value = 3 WHERE value < 0")
    assert failed(ledger) == {}
    assert ledger.rows("SELECT shown FROM observation ORDER BY value") == [("3",), ("80",)]
    assert ledger.rows("SELECT count(*) FROM quarantine WHERE superseded_at IS NOT NULL") == [(1,)]
    ledger.con.execute("UPDATE fact SET value = -3 WHERE value = 3")
    assert "fact_number_sound" in failed(ledger)
    assert ledger.rows("SELECT shown FROM observation") == [("80",)]


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE fact SET release_id = uuid()", "references_hold"),
        ("DELETE FROM release_version", "references_hold"),
        ("UPDATE release SET same_as = uuid()", "references_hold"),
        ("UPDATE source SET superseded_at = recorded_at", "references_hold"),
        ("INSERT INTO fact SELECT * REPLACE (recorded_at - INTERVAL 1 DAY AS recorded_at) FROM fact", "keys_unique"),
        ("DELETE FROM store.fact_state", "nothing_dropped"),
        ("UPDATE fact SET recorded_at = TIMESTAMP '2030-01-01'", "clock_runs_forward"),
    ],
)  # fmt: skip
def test_a_broken_structure_stops_publication_and_says_what_to_do(
    sound: LedgerBuilder, damage: str, check: str
) -> None:
    sound.con.execute(damage)
    result = failed(sound)[check]
    assert result.stops_publication
    assert result.message.startswith(f"{check}: {result.observed} rows offend, 0 expected (")
    assert result.message.endswith(result.remedy)


def many_facts(count: int, value: float = 1.0) -> LedgerBuilder:
    ledger = LedgerBuilder()
    facts = [stated(f"Line {number} counts", value, unit=f"thing {number}") for number in range(count)]
    ledger.run(at("2015-11-09"), [release("a", "2015-11-02", facts)], with_marts=False)
    return ledger


def test_losing_half_of_the_facts_in_one_run_stops_publication() -> None:
    ledger = many_facts(120)
    ledger.run(at("2015-11-16"), [release("a", "2015-11-02", [stated("Line 1 counts", 1.0, unit="thing 1")])])
    assert failed(ledger)["facts_kept"].sample == ("120, 1",)


def test_a_quarantine_that_takes_everything_stops_publication() -> None:
    ledger = many_facts(120, value=-1.0)
    ledger.refresh()
    assert failed(ledger)["quarantine_small"].stops_publication


def test_warnings_stop_nothing_and_take_nothing_out() -> None:
    ledger = ledger_with(published=None)
    assert not failed(ledger)["release_without_date"].stops_publication
    assert ledger.rows("SELECT count(*) FROM fact_current") == [(1,)]


def test_equal_texts_apart_are_named() -> None:
    long = "The same long text. " * 20
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-09"), [release("a", "2015-11-02", extra=long), release("b", "2015-11-03", extra=long)])
    assert failed(ledger)["equal_texts_apart"].observed == 1


def test_versions_of_two_readers_are_named() -> None:
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-09"), [release("a", "2015-11-02", reader="old")])
    ledger.run(at("2015-11-16"), [release("a", "2015-11-02", reader="new", extra="More.")])
    assert failed(ledger)["readers_differ"].observed == 1


def test_a_level_later_than_its_release_is_named() -> None:
    ledger = ledger_with(stated("90 towns by 2020", 90, unit="town", as_of="2020-12-31"))
    assert failed(ledger)["future_level"].observed == 1


def test_a_silent_source_is_named() -> None:
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-09"), [])
    assert "silent" in failed(ledger)["source_in_trouble"].sample[0]


def test_a_source_that_is_hardly_understood_is_named() -> None:
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-09"), [release("a", "2015-11-02", extra="We saw 7 of them. " * 150)])
    assert failed(ledger)["many_silent_sentences"].observed == 1


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("-- kind: row\n-- remedy: x\nSELECT 1", "expected"),
        ("-- expected: none\n-- kind: row\n-- remedy: x\nSELECT 1", "none"),
        ("-- expected: 0\n-- kind: odd\n-- remedy: x\nSELECT 1", "unknown kind: odd"),
    ],
)
def test_a_check_without_a_sound_header_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, complaint: str
) -> None:
    (tmp_path / "odd.sql").write_text(sql)
    monkeypatch.setattr(checks, "sql_files", lambda folder: [tmp_path / "odd.sql"])
    with pytest.raises(ModelError, match=complaint):
        checks.checks()
