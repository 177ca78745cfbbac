"""How release files are read: each departure from the format is an error that names the file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from flows.sample.releases import ReleaseFileError, SampleRelease, load_releases

FRONT = 'title = "A Bridge Opens"\npublished = 2015-03-02T10:00:00-05:00\n'


def write(root: Path, text: str, name: str = "2015-03-02-bridge", publisher: str = "mayors") -> Path:
    folder = root / publisher
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def file_text(front: str = FRONT, body: str = "The bridge is open.") -> str:
    return f"+++\n{front}+++\n{body}\n"


def only(root: Path) -> SampleRelease:
    (release,) = load_releases(root)
    return release


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}-05:00")


def test_publisher_and_slug_come_from_the_path(tmp_path: Path) -> None:
    release = only(write(tmp_path, file_text()))
    assert (release.publisher, release.slug, release.day.isoformat()) == ("mayors", "bridge", "2015-03-02")


def test_a_page_reads_as_its_last_revision_before_the_moment(tmp_path: Path) -> None:
    revised = '[[revised]]\nat = 2015-03-05T08:00:00-05:00\nchanges = [["open", "closed again"]]\n'
    release = only(write(tmp_path, file_text(FRONT + revised)))
    bodies = [release.state(moment(text)) for text in ("2015-03-02T09:59", "2015-03-02T10:00", "2015-03-05T08:00")]
    assert [state and state.body for state in bodies] == [None, "The bridge is open.", "The bridge is closed again."]


def test_revisions_build_on_each_other(tmp_path: Path) -> None:
    revised = (
        '[[revised]]\nat = 2015-03-05T08:00:00-05:00\nchanges = [["open", "closed"]]\n'
        '[[revised]]\nat = 2015-03-06T08:00:00-05:00\ntitle = "A Bridge Closes"\nchanges = [["is closed", "is shut"]]\n'
    )
    state = only(write(tmp_path, file_text(FRONT + revised))).state(moment("2015-03-07T00:00"))
    assert state is not None
    assert (state.title, state.body) == ("A Bridge Closes", "The bridge is shut.")


def test_a_revision_must_meet_its_text_exactly_once(tmp_path: Path) -> None:
    revised = '[[revised]]\nat = 2015-03-05T08:00:00-05:00\nchanges = [["tunnel", "bridge"]]\n'
    with pytest.raises(ReleaseFileError, match="mayors/2015-03-02-bridge: 'tunnel' stands 0 times"):
        load_releases(write(tmp_path, file_text(FRONT + revised)))


def test_withdrawn_and_blocked_are_moments(tmp_path: Path) -> None:
    more = "withdrawn = 2015-04-01T00:00:00-05:00\nblocked_until = 2015-03-10T00:00:00-05:00\n"
    release = only(write(tmp_path, file_text(FRONT + more)))
    assert [release.is_blocked(moment(f"2015-{day}T00:00")) for day in ("03-09", "03-10")] == [True, False]
    assert [release.is_gone(moment(f"2015-{day}T00:00")) for day in ("03-31", "04-01")] == [False, True]


def test_a_repeat_has_the_other_releases_body_typed_over(tmp_path: Path) -> None:
    write(tmp_path, file_text(body="The mayor’s bridge – “the long one” – is open."), publisher="president")
    repeat = 'title = "Elsewhere"\npublished = 2015-03-03T10:00:00-05:00\nrepeats = "president/2015-03-02-bridge"\n'
    write(tmp_path, file_text(repeat, body=""), name="2015-03-03-elsewhere")
    _, repeated = load_releases(tmp_path)
    assert repeated.states[0].body == 'The mayor\'s bridge - "the long one" - is open.'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The bridge is open.\n", "no front matter"),
        ("+++\ntitle = A Bridge\n+++\nOpen.\n", "no front matter"),
        (file_text('title = "A Bridge Opens"\n'), r"missing \['published'\]"),
        (file_text(FRONT + 'author = "Anna"\n'), r"unknown \['author'\]"),
        ("A note.\n" + file_text(), "before it 'A note"),
    ],
)
def test_a_file_out_of_format_is_refused_by_name(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ReleaseFileError, match=rf"2015-03-02-bridge\.md: .*{problem}"):
        load_releases(write(tmp_path, text))


@pytest.mark.parametrize("published", ["2015-03-02T10:00:00", "2015-03-03T10:00:00-05:00"])
def test_the_moment_needs_an_offset_and_the_day_of_the_name(tmp_path: Path, published: str) -> None:
    front = f'title = "A Bridge Opens"\npublished = {published}\n'
    with pytest.raises(ReleaseFileError, match="mayors/2015-03-02-bridge"):
        load_releases(write(tmp_path, file_text(front)))
