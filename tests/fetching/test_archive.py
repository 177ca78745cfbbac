"""The archive: what is kept comes back, whatever happens between."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from flows.fetching.archive import (
    OPEN,
    ArchiveWriter,
    archive_files,
    read_record,
    read_snapshot,
    recover,
    scan,
    unloaded,
    verify,
)
from flows.fetching.warc import ArchiveError, parse_member, read_member
from warehouse.records import PageCheck, Snapshot

NOW = datetime(2023, 6, 12, 14, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html"), ("ETag", '"v1"'), ("Content-Length", "999"), ("Content-Encoding", "gzip"))
PLAN = "https://www.agency.example/news/plan"


def write(folder: Path, *bodies: bytes, now: datetime = NOW) -> list[Snapshot]:
    with ArchiveWriter(folder, "agency", now) as archive:
        return [archive.add(f"{PLAN}-{n}", 200, HEADERS, body) for n, body in enumerate(bodies)]


def check_of(snapshot: Snapshot) -> PageCheck:
    at = snapshot.fetched_at
    return PageCheck(snapshot.url, snapshot.source_id, at, at, 200, snapshot.sha256, None, None)


def test_what_is_kept_comes_back_by_its_place(tmp_path: Path) -> None:
    first, second = write(tmp_path, b"<p>one</p>", b"<p>two</p>" * 9000)
    assert read_snapshot(tmp_path / first.archive_file, first.archive_offset) == b"<p>one</p>"
    assert read_snapshot(tmp_path / second.archive_file, second.archive_offset) == b"<p>two</p>" * 9000
    assert second.sha256 == hashlib.sha256(b"<p>two</p>" * 9000).hexdigest()


def test_one_file_a_run_and_room_named_by_its_time_and_public_host(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "agency", NOW) as archive:
        archive.add(PLAN, 200, HEADERS, b"page")
        archive.add("https://www.agency.example/feed", 200, HEADERS, b"feed", kind="feed")
        archive.add(PLAN, 200, HEADERS, b"denied", quality="block")
        archive.add("https://media.agency.example/news/b", 200, HEADERS, b"other host")
        assert all(path.name.endswith(OPEN) for path in tmp_path.rglob("*.warc*"))
    assert [path.relative_to(tmp_path).as_posix() for path in archive_files(tmp_path)] == [
        "agency/2023/20230612T140000Z-media.agency.example-pages.warc.gz",
        "agency/2023/20230612T140000Z-www.agency.example-lists.warc.gz",
        "agency/2023/20230612T140000Z-www.agency.example-pages.warc.gz",
        "agency/2023/20230612T140000Z-www.agency.example-quarantine.warc.gz",
    ]


def test_a_second_run_at_the_same_time_never_appends(tmp_path: Path) -> None:
    (first,) = write(tmp_path, b"one")
    before = (tmp_path / first.archive_file).read_bytes()
    (second,) = write(tmp_path, b"two")
    assert second.archive_file != first.archive_file
    assert (tmp_path / first.archive_file).read_bytes() == before


def test_the_same_run_writes_the_same_bytes(tmp_path: Path) -> None:
    (one,) = write(tmp_path / "a", b"page")
    (two,) = write(tmp_path / "b", b"page")
    assert (tmp_path / "a" / one.archive_file).read_bytes() == (tmp_path / "b" / two.archive_file).read_bytes()


def test_other_tools_read_the_files_and_agree_with_the_digests(tmp_path: Path) -> None:
    (snapshot,) = write(tmp_path, b"<p>page</p>")
    with (tmp_path / snapshot.archive_file).open("rb") as file:
        about, response = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    assert about[0] == "warcinfo" and b"isPartOf: agency" in about[2]
    assert response == ("response", PLAN + "-0", b"<p>page</p>")


def test_a_record_tells_all_that_the_ledger_says(tmp_path: Path) -> None:
    (snapshot,) = write(tmp_path, b"<p>page</p>")
    (record,) = scan(tmp_path)
    assert (record.url, record.fetched_at, record.sha256) == (snapshot.url, NOW, snapshot.sha256)
    assert (record.file, record.offset, record.status) == (snapshot.archive_file, snapshot.archive_offset, 200)
    assert (record.kind, record.quality, record.header("etag")) == ("release", "ok", '"v1"')
    assert record.header("x-archive-orig-content-encoding") == "gzip"
    assert record.header("content-length") == "11"


def test_a_damaged_record_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    snapshots = write(tmp_path, *(bytes([n]) * 3000 + b"page %d" % n for n in range(5)))
    path = tmp_path / snapshots[0].archive_file
    data = bytearray(path.read_bytes())
    for place in range(snapshots[2].archive_offset + 30, snapshots[2].archive_offset + 60):
        data[place] ^= 0xFF
    path.write_bytes(data)
    found = verify(tmp_path)
    assert (found.files, found.records) == (1, 4)
    assert {issue.code for issue in found.problems} == {"archive-damaged"}
    assert path.name in found.problems[0].message
    with pytest.raises(ArchiveError, match=path.name):
        read_snapshot(path, snapshots[2].archive_offset)
    assert read_snapshot(path, snapshots[3].archive_offset).endswith(b"page 3")


def test_exchanged_bytes_do_not_pass_for_those_archived(tmp_path: Path) -> None:
    (one,) = write(tmp_path / "a", b"122 mayors")
    (two,) = write(tmp_path / "b", b"999 mayors")
    stored = read_record(tmp_path / "a" / one.archive_file, one.archive_offset)
    assert stored.body == b"122 mayors"
    with (tmp_path / "b" / two.archive_file).open("rb") as file:
        data, end = read_member(file, two.archive_offset)
    with pytest.raises(ArchiveError, match="not those that were archived"):
        parse_member(data.replace(b"999 mayors", b"122 mayors"), "x", 0, end)


@pytest.mark.parametrize("offset", [0, 7, 10_000_000])
def test_a_place_without_a_response_is_an_error(tmp_path: Path, offset: int) -> None:
    (snapshot,) = write(tmp_path, b"page")
    with pytest.raises(ArchiveError):
        read_snapshot(tmp_path / snapshot.archive_file, offset)
    with pytest.raises(ArchiveError):
        read_snapshot(tmp_path / "missing.warc.gz", 0)


# Interrupted runs


def leave_open(folder: Path, *bodies: bytes) -> Path:
    """What a killed run leaves: an `.open` file."""
    (snapshot, *_) = write(folder, *bodies)
    path = folder / snapshot.archive_file
    opened = path.with_name(path.name + OPEN)
    path.rename(opened)
    return opened


def test_a_torn_tail_is_cut_at_the_last_whole_record_and_reported(tmp_path: Path) -> None:
    opened = leave_open(tmp_path, b"one", b"two", b"three")
    opened.write_bytes(opened.read_bytes()[:-10])
    (issue,) = recover(tmp_path)
    assert issue.code == "archive-recovered" and "2 whole records" in issue.message and "torn" in issue.message
    assert [record.body for record in scan(tmp_path)] == [b"one", b"two"]
    assert verify(tmp_path).problems == ()
    assert recover(tmp_path) == []


def test_a_file_without_a_whole_record_goes_away(tmp_path: Path) -> None:
    opened = leave_open(tmp_path, b"one")
    opened.write_bytes(opened.read_bytes()[:300])
    (issue,) = recover(tmp_path)
    assert issue.code == "archive-recovered"
    assert list(tmp_path.rglob("*.warc*")) == []


def test_recovering_one_source_leaves_the_files_of_another_alone(tmp_path: Path) -> None:
    opened = leave_open(tmp_path, b"one")
    assert recover(tmp_path, "elsewhere") == []
    assert opened.exists()
    assert len(recover(tmp_path, "agency")) == 1


@settings(max_examples=60, deadline=None)
@given(bodies=st.lists(st.binary(max_size=400), min_size=1, max_size=5), share=st.floats(0, 1))
def test_a_cut_anywhere_costs_at_most_the_record_it_hits(bodies: list[bytes], share: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened = leave_open(folder, *bodies)
        data = opened.read_bytes()
        cut = int(len(data) * share)
        opened.write_bytes(data[:cut])
        recover(folder)
        kept = list(scan(folder))
        assert [record.body for record in kept] == bodies[: len(kept)]
        assert len(kept) == len(bodies) or cut < len(data)
        assert verify(folder).problems == ()
        if kept and len(kept) < len(bodies):
            assert kept[-1].end <= cut


@settings(max_examples=100, deadline=None)
@example(body=b"", headers=(("A", ";\x80=0"),), status=100)  # on this header warcio's own encoding gives up
@given(
    body=st.binary(max_size=2000),
    headers=st.lists(st.tuples(st.from_regex(r"\A[A-Za-z][A-Za-z-]{0,20}\Z"), st.text(max_size=40)), max_size=5).map(
        tuple
    ),
    status=st.integers(100, 599),
)
def test_any_response_comes_back_as_it_was(body: bytes, headers: tuple[tuple[str, str], ...], status: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ArchiveWriter(folder, "agency", NOW) as archive:
            snapshot = archive.add(PLAN, status, headers, body)
        record = read_record(folder / snapshot.archive_file, snapshot.archive_offset)
        assert (record.body, record.status) == (body, status)
        assert verify(folder).problems == ()


def test_a_full_disk_leaves_a_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="No space left"), ArchiveWriter(tmp_path, "agency", NOW) as archive:
        archive.add(f"{PLAN}-1", 200, HEADERS, b"one")
        (file,) = archive._files.values()
        monkeypatch.setattr(file, "_out", _FullDisk(file._out, room=40))
        archive.add(f"{PLAN}-2", 200, HEADERS, b"two")
    assert [record.body for record in scan(tmp_path)] == [b"one"]
    assert verify(tmp_path).problems == ()


class _FullDisk:
    """A file that takes a few more bytes and then no more."""

    def __init__(self, file: object, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(28, "No space left on device")
        taken = min(self._room, len(data))
        self._room -= taken
        self._file.write(data[:taken])  # type: ignore[attr-defined]
        return taken

    def __getattr__(self, name: str) -> Callable[..., object]:
        return getattr(self._file, name)  # type: ignore[no-any-return]


# Archived but not loaded


def test_what_the_ledger_does_not_know_is_found_again(tmp_path: Path) -> None:
    one, two = write(tmp_path, b"one", b"two")
    assert unloaded(tmp_path, {}, "agency") == [one, two]
    assert unloaded(tmp_path, {one.url: check_of(one)}, "agency") == [two]
    assert unloaded(tmp_path, {one.url: check_of(one), two.url: check_of(two)}, "agency") == []
    assert unloaded(tmp_path, {}, "elsewhere") == []


def test_a_changed_page_is_found_again_and_an_older_state_is_not(tmp_path: Path) -> None:
    (old,) = write(tmp_path, b"old")
    (new,) = write(tmp_path, b"new", now=NOW + timedelta(days=7))
    assert unloaded(tmp_path, {old.url: check_of(old)}, "agency") == [new]
    assert unloaded(tmp_path, {old.url: check_of(new)}, "agency") == []


def test_files_of_runs_that_were_loaded_are_not_read_again(tmp_path: Path) -> None:
    (old,) = write(tmp_path, b"old")
    (tmp_path / old.archive_file).write_bytes(b"not even a record")
    (new,) = write(tmp_path, b"new", now=NOW + timedelta(days=7))
    assert unloaded(tmp_path, {new.url: check_of(new)}, "agency") == []


def test_block_pages_and_lists_are_not_found_as_releases(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "agency", NOW) as archive:
        archive.add(PLAN, 200, HEADERS, b"denied", quality="block")
        archive.add("https://www.agency.example/feed", 200, HEADERS, b"feed", kind="feed")
    assert unloaded(tmp_path, {}, "agency") == []
