"""What is remembered of lists, and how far back they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.fetching.archive import ArchiveWriter
from flows.fetching.memory import ListMemory, Remembered

NOW = datetime(2023, 6, 12, 14, tzinfo=UTC)
FEED = "https://www.agency.example/feed"
LATE = timedelta(days=14)
SINCE = date(2023, 5, 13)


def remembered(archive: Path, asked: datetime = NOW) -> Remembered:
    with ArchiveWriter(archive, "agency", NOW) as writer:
        snapshot = writer.add(FEED, 200, (), b"<rss/>", kind="feed")
    stamp = asked.isoformat()
    return Remembered(snapshot.archive_file, snapshot.archive_offset, "text/xml", '"f"', None, stamp, stamp)


def test_an_answer_is_remembered_by_its_place_in_the_archive(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path, "agency")
    memory.lists[FEED] = remembered(tmp_path)
    memory.has_read(FEED, SINCE, NOW)
    memory.save(NOW)
    again = ListMemory(tmp_path, "agency")
    assert again.answer(FEED) == (memory.lists[FEED], b"<rss/>")
    assert (again.looks, again.lists) == (memory.looks, memory.lists)


def test_an_answer_that_the_archive_lost_is_not_claimed(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path, "agency")
    memory.lists[FEED] = remembered(tmp_path)
    (tmp_path / memory.lists[FEED].file).unlink()
    assert memory.answer(FEED) is None
    assert memory.answer("https://www.agency.example/other") is None


def test_addresses_that_are_not_asked_for_any_more_are_forgotten(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path, "agency")
    memory.lists[FEED] = remembered(tmp_path, NOW - timedelta(days=401))
    memory.lists[FEED + "2"] = remembered(tmp_path, NOW - timedelta(days=399))
    memory.save(NOW)
    assert list(ListMemory(tmp_path, "agency").lists) == [FEED + "2"]


def test_a_first_look_goes_as_far_as_it_is_asked_and_a_later_one_a_fortnight(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path, "agency")
    assert memory.window(FEED, SINCE, None, LATE) == SINCE
    memory.has_read(FEED, SINCE, NOW)
    week = NOW + timedelta(days=7)
    assert memory.window(FEED, date(2023, 6, 18), week, LATE) == date(2023, 5, 29)  # from NOW, when it was read
    assert memory.reach(date(2023, 6, 18)) == SINCE


def test_a_run_that_was_not_loaded_does_not_count(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path, "agency")
    memory.has_read(FEED, SINCE, NOW)
    assert memory.window(FEED, SINCE, None, LATE) == SINCE
    later = NOW + timedelta(days=30)
    memory.has_read(FEED, SINCE, later)
    assert memory.window(FEED, SINCE, NOW, LATE) == date(2023, 5, 29)
    assert memory.window(FEED, SINCE, later, LATE) == date(2023, 6, 28)


def test_a_longer_reach_is_read_whole_until_a_run_that_did_so_is_loaded(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path, "agency")
    memory.has_read(FEED, SINCE, NOW)
    longer, later = date(2020, 1, 1), NOW + timedelta(days=1)
    assert memory.window(FEED, longer, NOW, LATE) == longer
    memory.has_read(FEED, longer, later)
    assert memory.window(FEED, SINCE, NOW, LATE) == longer  # killed before the load
    assert memory.window(FEED, SINCE, later, LATE) == date(2023, 5, 30)
