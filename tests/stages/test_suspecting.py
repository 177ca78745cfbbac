from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from flows.stages.reading import Head
from flows.stages.suspecting import suspicions
from tests.replay import replay_source
from warehouse.records import Release, ReleaseVersion

NOW = datetime(2023, 6, 1, tzinfo=UTC)


def read(number: int, published: date | None, text: str) -> Head:
    release = Release(UUID(int=number), "replay", f"https://www.whitehouse.gov/{number}/", NOW, None)
    version = ReleaseVersion(
        UUID(int=number), release.release_id, "0", NOW, "Title", published, None, None, "en", text, "0", "reader"
    )
    return Head(release, version, 1)


GOOD = [read(number, date(2023, 6, 1), "word " * 100) for number in range(4)]


def test_a_healthy_source_is_not_suspected() -> None:
    assert suspicions([replay_source()], GOOD) == []


def test_all_dates_missing_and_all_bodies_short_are_named() -> None:
    bad = [replace(one, latest=replace(one.latest, published=None, text="Menu")) for one in GOOD]
    issues = suspicions([replay_source()], bad)
    assert [issue.code for issue in issues] == ["dates-missing", "bodies-short"]
    assert all("all 4 releases" in issue.message and issue.source_id == "replay" for issue in issues)


def test_one_good_release_clears_the_source_and_two_bad_ones_prove_nothing() -> None:
    bad = [replace(one, latest=replace(one.latest, published=None, text="Menu")) for one in GOOD]
    assert suspicions([replay_source()], [*bad, GOOD[0]]) == []
    assert suspicions([replay_source()], bad[:2]) == []
