"""Editions: which week a run covers, what is news, equal bytes, never twice."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.warehouse.builders import LedgerBuilder, Told, at, name_id, participant, read_release, release, stated
from warehouse import editions
from warehouse.loading import load
from warehouse.records import Batch, Correction, Initiative, Issue, Place, SlotChange, SourceRecord

NEW_YORK = ZoneInfo("America/New_York")


def _edition(ledger: LedgerBuilder, day: str, told: list[Told] | None = None, **more: Any) -> editions.Edition | None:
    ledger.run(at(day), told or [])
    assert ledger.run_id is not None
    return editions.make_edition(ledger.con, at(day), NEW_YORK, ledger.run_id, **more)


def _rows(edition: editions.Edition | None, section: str) -> list[dict[str, Any]]:
    assert edition is not None
    [found] = [one for one in edition.payload["sections"] if one["name"] == section]
    rows: list[dict[str, Any]] = found["rows"]
    return rows


def _us(value: float, quote: str, **more: Any) -> Any:
    return stated(quote, value, unit="US city", **more)


SUMMER = [release("summer", "2015-08-24", [_us(34, "34 US cities are in.")])]
AUTUMN = [release("autumn", "2015-11-05", [_us(83, "By now 83 US cities have signed.")])]


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2016-01-25T07:00:00-05:00", "2016-W03"),
        ("2016-01-25T00:30:00-05:00", "2016-W03"),
        ("2016-01-24T23:30:00-05:00", "2016-W02"),
        ("2016-01-27T12:00:00-05:00", "2016-W03"),
        ("2016-01-04T07:00:00-05:00", "2015-W53"),
        ("2015-01-05T07:00:00-05:00", "2015-W01"),
    ],
)
def test_a_run_covers_the_week_that_has_just_ended_where_the_readers_are(now: str, week: str) -> None:
    assert editions.week_of(datetime.fromisoformat(now), NEW_YORK) == week


def test_a_week_begins_on_its_monday() -> None:
    assert editions.week_start("2016-W03") == date(2016, 1, 18)
    assert editions.week_start("2015-W53") == date(2015, 12, 28)


@dataclass(frozen=True)
class TwoWeeks:
    """A ledger after two runs, and their editions. Tests read it and leave it as it is."""

    ledger: LedgerBuilder
    first: editions.Edition
    second: editions.Edition


@pytest.fixture(scope="module")
def weeks() -> TwoWeeks:
    ledger = LedgerBuilder(initiatives=(Initiative("compact", "Compact", topics=("climate", "cities")),))
    fields = {"bound": {"precision": 0.93, "recall": 0.89, "f1": 0.91}}
    first = _edition(ledger, "2015-11-02", SUMMER)
    second = _edition(ledger, "2015-11-09", AUTUMN, accuracy={"fields": fields})
    assert first is not None and second is not None
    return TwoWeeks(ledger, first, second)


def test_the_first_edition_is_a_baseline_without_news(weeks: TwoWeeks) -> None:
    edition = weeks.first
    assert edition.since is None and edition.name == "2015-W44"
    assert _rows(edition, "moved") == [] and _rows(edition, "commitments") == []
    assert _rows(edition, "headline")[0]["facts"] == 1


def test_what_was_first_seen_since_is_news_with_the_level_before(weeks: TwoWeeks) -> None:
    [row] = _rows(weeks.second, "moved")
    assert (row["before_shown"], row["shown"], row["change_lower"], row["change_upper"]) == ("34", "83", 49, 49)
    assert [reading["shown"] for reading in row["history"]] == ["34", "83"]


def test_a_week_that_has_its_edition_gets_no_second_one() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    assert _edition(ledger, "2015-11-04", AUTUMN) is None
    edition = _edition(ledger, "2015-11-09")
    assert [row["shown"] for row in _rows(edition, "moved")] == ["83"]


def test_after_downtime_one_edition_covers_the_gap_and_says_so() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    ledger.run(at("2015-11-12"), AUTUMN)
    edition = _edition(ledger, "2015-11-30")
    assert edition is not None and edition.name == "2015-W48"
    assert edition.payload["edition"]["weeks_covered"] == 4
    assert edition.since == at("2015-11-02")
    assert [row["shown"] for row in _rows(edition, "moved")] == ["83"]


def test_remade_from_the_same_ledger_it_has_equal_bytes(weeks: TwoWeeks) -> None:
    con, first = weeks.ledger.con, weeks.first
    again = editions.compose(con, first.name, None, first.until, NEW_YORK)
    assert again.payload["sections"][1:8] == first.payload["sections"][1:8]
    fields = {"bound": {"precision": 0.93, "recall": 0.89, "f1": 0.91}}
    again = editions.compose(con, weeks.second.name, first, weeks.second.until, NEW_YORK, {"fields": fields})
    assert again.canonical == weeks.second.canonical


def test_what_is_stored_is_what_was_made(weeks: TwoWeeks) -> None:
    con = weeks.ledger.con
    assert editions.stored(con) == [weeks.second, weeks.first]
    assert editions.load(con, weeks.first.name) == weeks.first
    assert editions.latest(con) == weeks.second
    sums = weeks.ledger.rows("SELECT payload_sha256 FROM edition ORDER BY edition")
    assert sums == [(weeks.first.sha256,), (weeks.second.sha256,)]
    assert editions.load(con, "1999-W01") is None


def test_an_edition_is_never_overwritten(weeks: TwoWeeks) -> None:
    with pytest.raises(duckdb.ConstraintException):
        weeks.ledger.con.execute("INSERT INTO edition SELECT * FROM edition")


def test_a_new_sources_first_look_is_no_news() -> None:
    second = SourceRecord("desk", "Another Office", "Desk", "https://desk.example", "UTC", "daily", "CC0")
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    ledger.sources = (*ledger.sources, second)
    edition = _edition(ledger, "2015-11-09", [release("old", "2015-11-05", [_us(83, "83 now.")], source_id="desk")])
    assert _rows(edition, "moved") == []
    assert [(row["source_id"], row["is_new"]) for row in _rows(edition, "sources")] == [
        ("press", False),
        ("desk", True),
    ]


def test_a_release_that_was_old_at_the_last_look_goes_to_the_archive() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    edition = _edition(ledger, "2015-11-09", [release("late", "2015-09-20", [_us(40, "In September it was 40.")])])
    assert _rows(edition, "moved") == []
    [row] = _rows(edition, "archive")
    assert (row["published"], row["facts"]) == ("2015-09-20", 1)


def test_a_changed_rule_and_ten_old_releases_move_nothing() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    [summer] = SUMMER
    better = replace(summer, reader="reader-2", facts=(_us(34, "34 US cities are in.", bound=">="),))
    batch = Batch(releases=(read_release([better], at("2015-11-02"), None),))
    assert ledger.run_id is not None
    load(ledger.con, batch, ledger.run_id, at("2015-11-08"))
    old = [release(f"old-{n}", "2015-03-01", [_us(n, f"In March it was {n}.")]) for n in range(10, 20)]
    edition = _edition(ledger, "2015-11-09", old)
    assert _rows(edition, "moved") == []
    assert len(_rows(edition, "archive")) == 10
    assert [(row["kind"], row["versions"]) for row in _rows(edition, "corrected")] == [("read again", 1)]


def test_told_again_it_is_old_news() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    edition = _edition(ledger, "2015-11-09", [release("echo", "2015-11-05", [_us(34, "34 US cities are in.")])])
    assert _rows(edition, "moved") == []
    [row] = _rows(edition, "repeated")
    assert (row["shown"], row["sightings"], row["first_stated"]) == ("34", 2, "2015-08-24")


def test_a_target_is_newly_met_once() -> None:
    aim = _us(80, "80 is the aim for this year.", stage="target", deadline="2015-12-31")
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", [release("summer", "2015-08-24", [_us(34, "34 US cities are in."), aim])])
    edition = _edition(ledger, "2015-11-09", AUTUMN)
    [row] = _rows(edition, "targets")
    assert (row["status"], row["is_newly_met"], row["met_on"]) == ("met", True, "2015-11-05")
    later = _edition(ledger, "2015-11-16")
    assert _rows(later, "targets") == []


def test_a_target_falls_due_in_one_edition() -> None:
    aim = _us(80, "80 is the aim.", stage="target", deadline="2015-11-06")
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", [release("summer", "2015-08-24", [_us(34, "34 US cities are in."), aim])])
    [row] = _rows(_edition(ledger, "2015-11-09"), "targets")
    assert (row["status"], row["is_newly_due"]) == ("due without a reading", True)
    assert _rows(_edition(ledger, "2015-11-16"), "targets") == []


def test_new_promises_are_told_with_their_deadline() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    aim = _us(200, "We want 200 by next summer.", stage="target", deadline="2016-06-30", action="pledge")
    edition = _edition(ledger, "2015-11-09", [release("aim", "2015-11-05", [aim])])
    [row] = _rows(edition, "commitments")
    assert (row["shown"], row["deadline"], row["is_ceiling"]) == ("200", "2016-06-30", False)


def test_who_joined_and_who_reached_the_goal_is_told_apart() -> None:
    ledger = LedgerBuilder(
        places=(
            Place("geonames:1", "Denver", "city", "CO", "US", None, None, None),
            Place("geonames:2", "Ohio", "state", None, "US", None, None, None),
        )
    )
    _edition(ledger, "2015-11-02", SUMMER)
    news = [
        stated("Denver has joined.", kind="event", places=(participant("Denver, CO", "geonames:1"),)),
        stated("Ohio is done.", kind="event", action="achieve", places=(participant("Ohio", "geonames:2", "state"),)),
    ]
    edition = _edition(ledger, "2015-11-09", [release("news", "2015-11-05", news)])
    told = [(row["what"], row["participant"], row["place_ids"]) for row in _rows(edition, "participants")]
    assert told == [("achieved", "Ohio", ["geonames:2"]), ("joined", "Denver, CO", ["geonames:1"])]
    places = {row["place"]: (row["joined"], row["achieved"], row["mentions"]) for row in _rows(edition, "places")}
    assert places == {"Denver, CO": (1, 0, 1), "Ohio": (0, 1, 1)}


def test_a_place_is_found_by_its_name_with_and_without_its_state() -> None:
    norfolk = Place("geonames:7", "Norfolk", "city", "VA", "US", 36.8, -76.2, 240_000)
    ledger = LedgerBuilder(places=(norfolk,))
    _edition(ledger, "2015-11-02", SUMMER)
    news = [
        stated("Norfolk has joined.", kind="event", places=(participant("Norfolk", "geonames:7"),)),
        stated("In Norfolk 40 shelters are open.", 40, unit="shelter", scope="geonames:7"),
    ]
    edition = _edition(ledger, "2015-11-09", [release("news", "2015-11-05", news)])
    for section in ("moved", "participants", "places"):
        [row] = _rows(edition, section)
        assert row["places"] == ["Norfolk", "Norfolk, VA"], section


def test_a_revised_page_is_told_with_the_numbers_that_changed() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    edition = _edition(ledger, "2015-11-09", [release("summer", "2015-08-24", [_us(35, "35 US cities are in.")])])
    [row] = _rows(edition, "revised")
    assert row["kind"] == "revised"
    assert [(change["what"], change["old"], change["new"]) for change in row["changes"]] == [("value", "34", "35")]


def test_topics_come_from_the_initiative(weeks: TwoWeeks) -> None:
    assert _rows(weeks.second, "moved")[0]["topics"] == ["climate", "cities"]
    assert [(row["topic"], row["moved"]) for row in _rows(weeks.second, "topics")] == [("cities", 1), ("climate", 1)]


def test_every_figure_has_its_sentence_with_the_place_of_the_number(weeks: TwoWeeks) -> None:
    [row] = _rows(weeks.second, "moved")
    evidence = weeks.second.payload["evidence"]
    assert set(evidence) >= {row["fact_id"], row["before_fact_id"]}
    behind = evidence[row["fact_id"]]
    assert behind["quote"] == "By now 83 US cities have signed."
    assert (behind["url"], behind["publisher"], behind["published"]) == (
        "https://press.example/autumn",
        "Office of Examples",
        "2015-11-05",
    )
    assert (behind["number_start"], behind["number_end"]) == (0, len(behind["quote"]))


def test_the_accuracy_of_the_extractor_stands_in_the_edition(weeks: TwoWeeks) -> None:
    told = {row["what"]: row for row in _rows(weeks.second, "quality")}
    assert (told["bound"]["share"], told["bound"]["precision_share"]) == (0.91, 0.93)
    assert told["review queue"]["number"] >= 0


def test_the_stored_form_is_sorted_and_holds_no_infinity() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    edition = _edition(ledger, "2015-11-09", [release("more", "2015-11-05", [_us(100, "More than 100.", bound=">")])])
    assert edition is not None
    text = edition.canonical.decode()
    assert text.endswith("}\n") and "Infinity" not in text and "NaN" not in text
    assert json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n" == text
    assert _rows(edition, "moved")[0]["upper"] is None


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("122.0::DOUBLE", 122),
        ("0.1::DOUBLE + 0.2::DOUBLE", 0.3),
        ("'infinity'::DOUBLE", None),
        ("NULL", None),
        ("DATE '2016-01-01'", "2016-01-01"),
        ("'00000000-0000-4000-8000-000000000001'::UUID", "00000000-0000-4000-8000-000000000001"),
        ("[1.0::DOUBLE, NULL]", [1, None]),
        ("{'a': 2.50::DECIMAL(9, 2), 'b': TRUE}", {"a": 2.5, "b": True}),
        ("(SELECT sum(n) FROM range(4) AS r (n))", 6),
    ],
)
def test_values_have_one_form(weeks: TwoWeeks, sql: str, value: object) -> None:
    assert editions.rows(weeks.ledger.con, f"SELECT {sql} AS told -- a remark", {}) == [{"told": value}]


def test_what_is_not_a_number_may_not_be_told(weeks: TwoWeeks) -> None:
    with pytest.raises(ValueError, match="not a number"):
        editions.rows(weeks.ledger.con, "SELECT 'nan'::DOUBLE AS told", {})


def test_every_section_says_what_it_is() -> None:
    reports = editions.load_reports()
    assert [report.name for report in reports][:4] == ["headline", "moved", "targets", "participants"]
    assert all(report.title and report.grain.startswith("One row") for report in reports)


def test_a_report_that_reads_what_nobody_sets_is_an_error(weeks: TwoWeeks) -> None:
    with pytest.raises(LookupError, match="sinse"):
        editions.rows(weeks.ledger.con, "SELECT getvariable('sinse')", {"since": None})


def test_a_withdrawn_page_is_told_with_its_last_version() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    ledger.run(at("2015-11-09"))
    assert ledger.run_id is not None
    url = SUMMER[0].url
    gone = Issue("page-withdrawn", "warning", "press", url, f"{url} answered 404; first missed at 2015-11-07.")
    load(ledger.con, Batch(issues=(gone,)), ledger.run_id, at("2015-11-09"))
    edition = editions.make_edition(ledger.con, at("2015-11-09"), NEW_YORK, ledger.run_id)
    [row] = _rows(edition, "revised")
    assert (row["kind"], row["url"], row["title"], row["changes"]) == ("withdrawn", url, "A release", [])
    [(version_id,)] = ledger.rows("SELECT version_id FROM release_version")
    assert row["version_id"] == str(version_id)
    assert _rows(_edition(ledger, "2015-11-16"), "revised") == []


def test_corrections_are_told_with_what_they_changed_and_what_failed() -> None:
    ledger = LedgerBuilder()
    _edition(ledger, "2015-11-02", SUMMER)
    ledger.run(at("2015-11-09"))
    assert ledger.run_id is not None
    [(fact_id,)] = ledger.rows("SELECT fact_id FROM fact")
    url, quote = SUMMER[0].url, SUMMER[0].facts[0].quote
    made = Correction(
        name_id("one"), url, quote, "the hedge was lost", (SlotChange("bound", "=", ">"),), fact_id=fact_id
    )
    failed = Correction(name_id("two"), url, "no such words", "never mind", problem="nothing matches the quote")
    load(ledger.con, Batch(corrections=(made, failed)), ledger.run_id, at("2015-11-09"))
    edition = editions.make_edition(ledger.con, at("2015-11-09"), NEW_YORK, ledger.run_id)
    told = {row["kind"]: row for row in _rows(edition, "corrected")}
    assert set(told) == {"corrected", "failed"}
    assert told["corrected"]["changes"] == [{"what": "bound", "old": "=", "new": ">"}]
    assert told["corrected"]["fact_id"] == str(fact_id)
    assert told["failed"]["problem"] == "nothing matches the quote"
