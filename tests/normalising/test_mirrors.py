"""Mirrors and near-duplicates: what folds, what waits for a person, what is left alone."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest

from flows.normalising.mirrors import Candidate, Likeness, MirrorIndex, similar_releases, sketch
from flows.pages import read_page
from tests.pages.saved import needs_newsroom, replayed

SPACE = UUID(int=7)
WORDS = [f"{a}{b}" for a in "bcdfghklmnprstvw" for b in ("a", "el", "in", "or", "ust", "ey", "ark", "op")]


def text_of(seed: int, length: int = 200) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length))


def changed(text: str, words: int, seed: int = 1) -> str:
    """The text with so many of its words replaced, spread over it."""
    parts = text.split()
    for at in random.Random(seed).sample(range(len(parts)), words):
        parts[at] = "changed"
    return " ".join(parts)


def release(
    name: str, text: str, source: str = "a", title: str = "A title", day: date | None = date(2023, 6, 1)
) -> Candidate:
    return Candidate(uuid5(SPACE, name), source, title, day, text)


def verdicts(new: list[Candidate], stored: list[Candidate] = []) -> list[tuple[UUID, UUID, str]]:  # noqa: B006 - only read
    return [(each.release_id, each.like, each.verdict) for each in similar_releases(new, MirrorIndex(stored))]


BASE = text_of(1)
FIRST = release("first", BASE)


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (release("x", BASE, source="b", title="Other", day=date(2025, 1, 1)), "fold"),
        (release("x", changed(BASE, 9), source="b", day=None), "fold"),
        (release("x", changed(BASE, 12), source="b"), None),
        (release("x", BASE, day=date(2023, 6, 4)), "fold"),
        (release("x", BASE, title="a TITLE!", day=date(2023, 5, 29)), "fold"),
        (release("x", BASE, day=date(2023, 6, 5)), "review"),
        (release("x", BASE, title="Another title"), "review"),
        (release("x", changed(BASE, 9), day=date(2023, 12, 1)), "review"),
        (release("x", BASE, day=None), "review"),
        (release("x", text_of(2)), None),
        (release("x", BASE[: len(BASE) // 2], source="b"), None),
    ],
)
def test_what_folds_and_what_waits(other: Candidate, verdict: str | None) -> None:
    expected = [(other.release_id, FIRST.release_id, verdict)] if verdict else []
    assert verdicts([other], [FIRST]) == expected


def test_few_words_say_nothing() -> None:
    short = "Video of the event is available here."
    assert verdicts([release("x", short, source="b")], [release("y", short)]) == []
    assert verdicts([release("x", "", source="b")], [release("y", "")]) == []


def test_punctuation_and_case_are_no_difference() -> None:
    other = release("x", BASE.upper().replace(" ", ", "), source="b")
    assert similar_releases([other], MirrorIndex([FIRST])) == [
        Likeness(other.release_id, FIRST.release_id, 1.0, "fold")
    ]


def test_a_repeat_of_a_repeat_points_at_the_first() -> None:
    mirrors = [release(f"m{n}", changed(BASE, 4, n), source=f"s{n}") for n in range(4)]
    assert verdicts(mirrors, [FIRST]) == [(mirror.release_id, FIRST.release_id, "fold") for mirror in mirrors]


def test_among_new_ones_the_earlier_is_the_original() -> None:
    late, early = release("late", BASE, source="b", day=date(2023, 6, 3)), release("early", BASE)
    assert verdicts([late, early]) == [(late.release_id, early.release_id, "fold")]


def test_a_fold_is_preferred_to_a_closer_look_alike_to_review() -> None:
    near, elsewhere = release("near", BASE, title="Other"), release("else", changed(BASE, 4), source="b", title="Other")
    other = release("x", BASE)
    assert verdicts([other], [near, elsewhere]) == [(other.release_id, elsewhere.release_id, "fold")]


def test_a_release_is_never_its_own_mirror() -> None:
    assert verdicts([FIRST], [FIRST]) == []


def test_stored_sketches_do_with_the_text_asked_for_on_demand() -> None:
    asked: list[UUID] = []

    def fetch(release_id: UUID) -> str:
        asked.append(release_id)
        return BASE

    others = [Candidate(uuid5(SPACE, str(n)), "a", "t", None, None, sketch(text_of(n).split())) for n in range(2, 40)]
    stored = Candidate(FIRST.release_id, "a", "A title", FIRST.published, None, sketch(FIRST.words))
    index = MirrorIndex([*others, stored], fetch)
    (found,) = index.alike(release("x", BASE, source="b"))
    assert found.like == FIRST.release_id and asked == [FIRST.release_id]


def test_the_cost_follows_the_number_of_new_texts() -> None:
    def seconds(stored: int) -> float:
        index = MirrorIndex(release(f"s{n}", text_of(n + 10), title=str(n)) for n in range(stored))
        new = [release(f"n{n}", text_of(n + 100_000), source="b") for n in range(50)]
        started = time.process_time()
        similar_releases(new, index)
        return time.process_time() - started

    small, large = min(seconds(100) for _ in range(3)), min(seconds(2000) for _ in range(2))
    assert large < 5 * small + 0.05


@needs_newsroom
@pytest.mark.slow
def test_the_newsroom_s_second_slugs_fold_and_its_yearly_wordings_do_not() -> None:
    first_versions = {version.path: version for version in reversed(list(replayed()))}
    releases = []
    for path, version in sorted(first_versions.items()):
        page = read_page(version.page, version.url)
        releases.append(Candidate(uuid5(SPACE, path), "wh", page.title, page.published, page.text))
    paths = {uuid5(SPACE, path): path.rsplit("/", 2)[1] for path in first_versions}
    dates = {each.release_id: each.published or date.min for each in releases}
    found = similar_releases(releases, MirrorIndex())
    folded = [each for each in found if each.verdict == "fold"]
    review = [each for each in found if each.verdict == "review"]
    assert len(folded) == 4 and all(each.similarity > 0.99 for each in folded)
    assert any(paths[each.release_id] == paths[each.like] + "-2" for each in folded)
    assert all(abs(dates[each.release_id] - dates[each.like]) <= timedelta(days=1) for each in folded)
    assert len(review) == 2
    assert all(abs(dates[each.release_id] - dates[each.like]) > timedelta(days=60) for each in review)
