"""When known pages are looked at again, and what becomes of pages that are gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetching import schedule
from flows.fetching.schedule import hinted, is_withdrawn, never_had, to_look_at
from warehouse.records import PageCheck

ZONE = ZoneInfo("America/New_York")
START = datetime(2023, 6, 12, 14, tzinfo=UTC)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def check(url: str = "u", first: float = 0, last: float = 0, sha256: str | None = "a", **more: object) -> PageCheck:
    base = PageCheck(url, "agency", START + days(first), START + days(last), 200, sha256, None, None)
    return replace(base, **more)  # type: ignore[arg-type]


def due(now: float, *checks: PageCheck, hints: frozenset[str] = frozenset(), budget: int = 100) -> list[str]:
    looks, _ = to_look_at({c.url: c for c in checks}, hints, START + days(now), budget, ZONE)
    return [look.url for look in looks]


def test_daily_runs_look_at_a_page_on_its_ages_and_on_no_other_day() -> None:
    page = check()
    looked = []
    for day in range(1, 120):
        if due(day, page):
            looked.append(day)
            page = replace(page, last_checked=START + days(day))
    assert looked == [1, 3, 7, 30, 90]


def test_after_downtime_one_look_makes_up_for_several_ages() -> None:
    assert due(50, check()) == ["u"]
    assert due(51, check(last=50)) == []


def test_a_stated_change_brings_a_look_sooner() -> None:
    known = {"a": check("a"), "b": check("b"), "c": check("c")}
    modified = {"a": START + timedelta(hours=1), "b": START - timedelta(hours=1), "d": START + days(1)}
    assert hinted(known, modified, vanished={"c"}) == {"a", "c"}
    assert due(0.5, *known.values(), hints=frozenset({"a", "c"})) == ["a", "c"]


def test_a_bare_date_may_mean_any_moment_of_its_day() -> None:
    midnight = START.replace(hour=0)
    assert hinted({"a": check("a")}, {"a": midnight}, ()) == {"a"}
    assert hinted({"a": check("a", last=1)}, {"a": midnight}, ()) == set()


def test_the_budget_goes_to_suspects_then_hints_then_the_longest_unseen() -> None:
    suspect = check("suspect", last=5, gone_since=START + days(5))
    known = [check("old", last=2), check("older", last=1), check("told", last=6), suspect]
    hints = frozenset({"told"})
    assert due(7, *known, hints=hints) == ["suspect", "told", "older", "old"]
    looks, left = to_look_at({c.url: c for c in known}, hints, START + days(7), 3, ZONE)
    assert [look.url for look in looks] == ["suspect", "told", "older"] and left == 1


def test_looks_of_this_very_moment_count_against_the_budget() -> None:
    known = [check("done", last=7), check("next"), check("last"), check("fresh", first=7, last=7)]
    assert due(7, *known, budget=2) == ["last"]
    assert due(7, *known, budget=1) == []


def test_a_withdrawal_needs_a_second_look_on_another_day_of_the_source() -> None:
    gone = schedule.gone(check(), 404, START + days(1))
    assert gone.gone_since == START + days(1) and not is_withdrawn(gone, ZONE)
    later_that_day = START + days(1) + timedelta(hours=9)  # 19:00 in New York
    assert to_look_at({"u": gone}, (), later_that_day, 9, ZONE) == ([], 0)
    assert not is_withdrawn(schedule.gone(gone, 404, later_that_day), ZONE)
    assert due(2, gone) == ["u"]
    confirmed = schedule.gone(gone, 410, START + days(2))
    assert is_withdrawn(confirmed, ZONE) and confirmed.gone_since == START + days(1)
    assert due(2.5, confirmed) == []
    assert due(4, confirmed) == ["u"]  # it may come back


def test_the_day_is_the_sources_own() -> None:
    evening = datetime(2023, 6, 13, 2, tzinfo=UTC)  # 22:00 the day before in New York
    gone = schedule.gone(check(), 404, evening)
    next_utc_hours = evening + timedelta(hours=1)
    assert to_look_at({"u": gone}, (), next_utc_hours, 9, ZONE) == ([], 0)
    assert to_look_at({"u": gone}, (), evening + timedelta(hours=3), 9, ZONE)[0] == [gone]


def test_a_failed_look_is_no_look() -> None:
    page = schedule.failed(check(), "u", "agency", 0, START + days(1))
    assert (page.failures, page.last_checked, page.sha256, page.status) == (1, START, "a", 200)
    assert due(1.5, page) == ["u"]


def test_a_page_never_had_is_tried_each_run_and_after_ten_runs_rarely() -> None:
    page = schedule.failed(None, "u", "agency", 404, START)
    assert (page.status, page.failures, page.sha256) == (404, 1, None)
    assert never_had({"u": page}, START + days(1)) == [page]
    for run in range(1, 10):
        page = schedule.failed(page, "u", "agency", 404, START + days(run))
    assert page.failures == 10
    assert never_had({"u": page}, START + days(20)) == []
    assert never_had({"u": page}, START + days(39)) == [page]


def test_a_second_failure_at_the_same_moment_counts_once() -> None:
    page = schedule.failed(None, "u", "agency", 0, START)
    assert schedule.failed(page, "u", "agency", 0, START) == page


def test_the_first_time_that_a_page_was_had_stays() -> None:
    assert schedule.seen(check(), check(first=9, last=9)).first_seen == START
    waiting = schedule.failed(None, "u", "agency", 0, START)
    assert schedule.seen(waiting, check(first=9, last=9)).first_seen == START + days(9)


@given(
    ages=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=30),
    now=st.integers(0, 200),
    budget=st.integers(0, 20),
)
def test_no_look_goes_beyond_the_budget_and_none_is_made_twice(
    ages: list[tuple[int, int]], now: int, budget: int
) -> None:
    at = START + days(now)
    known = {
        f"u{n}": check(f"u{n}", first, min(first + more, now)) for n, (first, more) in enumerate(ages) if first <= now
    }
    looks, left = to_look_at(known, (), at, budget, ZONE)
    assert len(looks) <= budget and len({look.url for look in looks}) == len(looks)
    assert left == 0 or len(looks) + sum(c.last_checked == at > c.first_seen for c in known.values()) >= budget
    after = known | {look.url: replace(look, last_checked=at) for look in looks}
    assert to_look_at(after, (), at, budget, ZONE)[0] == []


@pytest.mark.parametrize("age", schedule.AGES)
def test_each_age_is_due_on_its_moment(age: timedelta) -> None:
    page = check(last=(age - timedelta(minutes=1)) / timedelta(days=1))
    assert due(age / timedelta(days=1), page) == ["u"]
    assert due((age - timedelta(seconds=1)) / timedelta(days=1), page) == []
