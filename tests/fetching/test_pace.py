"""Waiting and trying again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetching.failures import FetchFailure
from flows.fetching.pace import Pace, backoff, retry_after
from flows.fetching.queue import work_through
from tests.replay import ShortPace, quick_client

NOW = datetime(2023, 6, 12, 14, tzinfo=UTC)


def test_the_pause_doubles_up_to_its_ceiling() -> None:
    assert [backoff(n, 1.0, 60.0) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert backoff(100_000, 1.0, 60.0) == 60


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        (format_datetime(NOW + timedelta(seconds=30), usegmt=True), 30.0),
        (format_datetime(NOW - timedelta(seconds=30), usegmt=True), 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_no_trouble(header: str) -> None:
    found = retry_after(header, NOW)
    assert found is None or found >= 0


def test_a_real_pace_really_waits() -> None:
    pace = Pace()
    before = pace.now()
    pace.wait(0.05)
    pace.wait(-1.0)
    assert pace.now() - before >= 0.05


class Flaky:
    """Fails each task a given number of times."""

    def __init__(self, failures: dict[str, int], retry: float | None = None) -> None:
        self.left, self.tries, self.retry = dict(failures), [], retry

    def __call__(self, task: str) -> str:
        self.tries.append(task)
        if self.left.get(task, 0):
            self.left[task] -= 1
            raise FetchFailure("dropped", "lost", transient=True, retry_after=self.retry)
        return task.upper()


def test_failed_pages_wait_until_the_others_had_their_turn() -> None:
    once = Flaky({"a": 2, "c": 1})
    with quick_client() as client:
        assert list(work_through("abc", once, client)) == [("b", "B"), ("c", "C"), ("a", "A")]
    assert once.tries == ["a", "b", "c", "a", "c", "a"]


def test_the_queue_is_worked_through_eight_times_before_a_page_is_given_up() -> None:
    once = Flaky({"a": 8, "b": 9})
    pace = ShortPace()
    with quick_client(pace) as client:
        done = dict(work_through("ab", once, client))
    assert done["a"] == "A"
    assert isinstance(done["b"], FetchFailure) and done["b"].code == "dropped"
    assert once.tries.count("b") == 9 and pace.waited == 183.0


def test_a_round_waits_as_long_as_the_site_asked_within_patience() -> None:
    for asked, waited in ((90.0, 90.0), (9000.0, 120.0)):
        pace = ShortPace()
        with quick_client(pace) as client:
            list(work_through("a", Flaky({"a": 1}, retry=asked), client))
        assert pace.waited == waited


def test_what_cannot_pass_is_given_up_at_once() -> None:
    def once(task: str) -> str:
        raise FetchFailure("too-large", "no")

    with quick_client() as client:
        ((_, failure),) = work_through("a", once, client)
    assert isinstance(failure, FetchFailure) and failure.code == "too-large"
