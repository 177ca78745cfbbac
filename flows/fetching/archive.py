"""The archive of snapshots: WARC files in which every response that is new is kept as served.

Layout: `<source>/<year>/<run>-<host>-<room>.warc.gz`, one file a run, host and room. Rooms are `pages` (releases),
`lists` (feeds, sitemaps, listings) and `quarantine` (block pages and the like).

A file is written as `.open`, fsynced, renamed, and never touched again. What a killed run leaves behind is an `.open`
file whose last record may be torn: `recover` cuts it at the last whole record and gives it its name. The order of
things is: archive first, ledger second. So what a killed run had archived but not loaded is found again by `unloaded`.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from flows.fetching.warc import (
    GZIP_START,
    ArchiveError,
    Headers,
    Record,
    pack_about,
    pack_response,
    parse_member,
    read_member,
)
from flows.sources.spec import host_of
from warehouse.records import Issue, PageCheck, Quality, Snapshot, SnapshotKind

Room = Literal["pages", "lists", "quarantine"]

SUFFIX, OPEN = ".warc.gz", ".open"
FSYNC_EVERY = 64
"""Records between two fsyncs: what a power cut may cost. A killed process costs none: each is handed over."""


class ArchiveWriter:
    """Writes the files of one source in one run; a file comes into being with its first record.

    Use it as a context manager: leaving it, with or without an exception, closes and names all files.
    """

    def __init__(self, folder: Path, source_id: str, now: datetime, fsync_every: int = FSYNC_EVERY) -> None:
        self.folder, self.source_id, self.now, self.fsync_every = folder, source_id, now, fsync_every
        self._files: dict[tuple[str, Room], _OpenFile] = {}

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(
        self,
        url: str,
        status: int,
        headers: Headers,
        body: bytes,
        *,
        kind: SnapshotKind = "release",
        quality: Quality = "ok",
        listed: date | None = None,
    ) -> Snapshot:
        """Keep one response under its public URL; returns the ledger's row, which knows the record's place."""
        room: Room = "quarantine" if quality != "ok" else "pages" if kind == "release" else "lists"
        file = self._file(host_of(url), room)
        record = Record(
            file=file.path.relative_to(self.folder).as_posix(),
            offset=file.whole,
            end=file.whole,
            url=url,
            fetched_at=self.now,
            sha256=hashlib.sha256(body).hexdigest(),
            kind=kind,
            quality=quality,
            status=status,
            headers=headers,
            body=body,
            listed=listed,
        )
        file.write(pack_response(record))
        if file.records % self.fsync_every == 0:
            file.sync()
        return snapshot_of(record, self.source_id)

    def _file(self, host: str, room: Room) -> _OpenFile:
        file = self._files.get((host, room))
        if file is None:
            file = self._files[host, room] = _OpenFile(self._new_path(host, room))
            file.write(pack_about(file.path.name, self.source_id, self.now))
        return file

    def close(self) -> None:
        """Fsync and name all files."""
        while self._files:
            _, file = self._files.popitem()
            file.finish()

    def _new_path(self, host: str, room: Room) -> Path:
        where = self.folder / self.source_id / self.now.astimezone(UTC).strftime("%Y")
        where.mkdir(parents=True, exist_ok=True)
        stem = f"{run_stamp(self.now)}-{re.sub(r'[^a-z0-9.-]', '_', host.lower())}-{room}"
        names = (f"{stem}{f'.{number}' if number > 1 else ''}{SUFFIX}" for number in itertools.count(1))
        return next(path for name in names if not (path := where / name).exists() and not _opened(path).exists())


class _OpenFile:
    """A file being written, under its `.open` name."""

    def __init__(self, path: Path) -> None:
        self.path, self.records, self.whole = path, 0, 0
        self._out = _opened(path).open("xb", buffering=0)

    def write(self, record: bytes) -> None:
        view = memoryview(record)
        while view:
            view = view[self._out.write(view) :]
        self.records += 1
        self.whole += len(record)

    def sync(self) -> None:
        os.fsync(self._out.fileno())

    def finish(self) -> None:
        self._out.truncate(self.whole)  # a full disk may have cut the last record short
        self.sync()
        self._out.close()
        _give_name(_opened(self.path))


def run_stamp(now: datetime) -> str:
    """How a run's logical time stands in file names; sorts by time."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _opened(path: Path) -> Path:
    return path.with_name(path.name + OPEN)


def _give_name(open_path: Path) -> Path:
    """Rename `x.warc.gz.open` to `x.warc.gz`, so that the name itself survives a power cut."""
    path = open_path.with_name(open_path.name.removesuffix(OPEN))
    open_path.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path


def read_snapshot(path: Path, offset: int) -> bytes:
    """The bytes of the response whose record stands at `offset`; raises `ArchiveError` where they are not as
    written."""
    return read_record(path, offset).body


def read_record(path: Path, offset: int) -> Record:
    """One record by its place, its digest checked."""
    try:
        with path.open("rb") as file:
            data, end = read_member(file, offset)
    except OSError as error:
        raise ArchiveError(f"{path.name} at {offset}: {error}") from error
    record = parse_member(data, path.name, offset, end)
    if record is None:
        raise ArchiveError(f"{path.name} at {offset}: no response stands there")
    return record


def scan(folder: Path, damaged: list[ArchiveError] | None = None) -> Iterator[Record]:
    """All responses of an archive (or of one source's part of it), file by file in order of time.

    Damaged records are passed over and put into `damaged`; without such a list the first one is raised.
    """
    for path in archive_files(folder):
        for found in _scan_file(path, path.relative_to(folder).as_posix()):
            if isinstance(found, Record):
                yield found
            elif damaged is None:
                raise found
            else:
                damaged.append(found)


def archive_files(folder: Path) -> list[Path]:
    """The archive's whole files, by source and time."""
    return sorted(folder.rglob(f"*{SUFFIX}"))


def _scan_file(path: Path, name: str) -> Iterator[Record | ArchiveError]:
    """A file's responses, and an error for each place where there is none."""
    with path.open("rb") as file:
        offset, size = 0, path.stat().st_size
        while offset < size:
            try:
                data, end = read_member(file, offset)
            except ArchiveError as error:
                yield type(error)(f"{name} at {offset}: {error}")
                offset = _next_member(file, offset + 1, size)
                continue
            try:
                record = parse_member(data, name, offset, end)
            except ArchiveError as error:
                yield error
            else:
                if record is not None:
                    yield record
            offset = end


def _next_member(file: BinaryIO, start: int, size: int) -> int:
    """Where the next record may begin behind a damaged one; the file's size where none does."""
    file.seek(start)
    position, tail = start, b""
    while chunk := file.read(1 << 20):
        found = (tail + chunk).find(GZIP_START)
        if found >= 0:
            return position - len(tail) + found
        position += len(chunk)
        tail = chunk[-len(GZIP_START) + 1 :]
    return size


@dataclass(frozen=True, slots=True)
class Verified:
    """What a re-reading of the whole archive found."""

    files: int
    records: int
    bytes: int
    problems: tuple[Issue, ...]


def verify(folder: Path) -> Verified:
    """Read everything again and check each record's bytes against its SHA-256."""
    damaged: list[ArchiveError] = []
    records = unpacked = 0
    for record in scan(folder, damaged):
        records += 1
        unpacked += len(record.body)
    problems = [_damage(error) for error in damaged]
    problems += [
        Issue("archive-unfinished", "warning", None, path.name, "a run that did not end left this file behind")
        for path in sorted(folder.rglob(f"*{SUFFIX}{OPEN}"))
    ]
    return Verified(len(archive_files(folder)), records, unpacked, tuple(problems))


def _damage(error: ArchiveError) -> Issue:
    return Issue("archive-damaged", "error", None, str(error).partition(" at ")[0], str(error))


def recover(folder: Path, source_id: str | None = None) -> list[Issue]:
    """Finish the files that a killed run left as `.open`, cut at the last whole record; says what was done."""
    where = folder / source_id if source_id else folder
    return [_recover_file(path, source_id) for path in sorted(where.rglob(f"*{SUFFIX}{OPEN}"))]


def _recover_file(path: Path, source_id: str | None) -> Issue:
    size = path.stat().st_size
    with path.open("r+b") as file:
        records, whole = _whole_part(file, size)
        if records:
            file.truncate(whole)
            os.fsync(file.fileno())
    if not records:
        path.unlink()
        return Issue("archive-recovered", "warning", source_id, path.name, "an interrupted run left no whole record")
    name = _give_name(path).name
    cut = f", {size - whole} bytes of a torn record were cut off" if whole < size else ""
    message = f"an interrupted run left {records} whole records, which were kept{cut}"
    return Issue("archive-recovered", "warning", source_id, name, message)


def _whole_part(file: BinaryIO, size: int) -> tuple[int, int]:
    """How many responses of a file are whole, and where the last of them ends."""
    records = offset = 0
    while offset < size:
        try:
            data, end = read_member(file, offset)
            records += parse_member(data, "", offset, end) is not None
        except ArchiveError:
            break
        offset = end
    return records, offset


def unloaded(folder: Path, known: Mapping[str, PageCheck], source_id: str) -> list[Snapshot]:
    """Releases of one source that stand in the archive but not in the ledger, because a run ended between the two.

    A run loads its snapshots and checks together, so nothing older than the last check of a page can be missing: only
    files from the last loaded run on are read.
    """
    loaded_until = run_stamp(max(check.last_checked for check in known.values())) if known else ""
    found: list[Snapshot] = []
    for path in archive_files(folder / source_id):
        if path.name >= loaded_until and "-pages." in path.name:
            records = _scan_file(path, path.relative_to(folder).as_posix())
            found += [snapshot_of(r, source_id) for r in records if isinstance(r, Record) and _is_news(r, known)]
    return found


def _is_news(record: Record, known: Mapping[str, PageCheck]) -> bool:
    check = known.get(record.url)
    if check is None or check.sha256 is None:
        return True
    return record.fetched_at >= check.last_checked and record.sha256 != check.sha256


def snapshot_of(record: Record, source_id: str) -> Snapshot:
    """The ledger's row for an archived response."""
    return Snapshot(
        sha256=record.sha256,
        source_id=source_id,
        url=record.url,
        fetched_at=record.fetched_at,
        status=record.status,
        content_type=record.header("Content-Type"),
        etag=record.header("ETag"),
        last_modified=record.header("Last-Modified"),
        size=len(record.body),
        archive_file=record.file,
        archive_offset=record.offset,
        quality=record.quality,
        kind=record.kind,
        listed=record.listed,
    )
