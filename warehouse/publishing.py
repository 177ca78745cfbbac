"""Publishes the build file: checkpoint, close, copy the bytes, fsync, one rename.

An analyst's open session keeps its view, a new one sees the new state, nobody locks anybody. Whatever kills a
publish, at the published path there is the old file or the new one, whole; what a killed publish left behind is swept
by the next."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from warehouse.connection import open_build, open_published
from warehouse.errors import LedgerError

_UNFINISHED = ".unfinished"
_PART_BYTES = 256 * 1024 * 1024


def publish(build: Path, published: Path) -> None:
    """Makes the build file's present state the published one. No connection to the build file may be open."""
    _settle(build)
    published.parent.mkdir(parents=True, exist_ok=True)
    _sweep(published)
    _replace_with_copy(build, published, mode=0o444)


def restore_build(published: Path, build: Path) -> bool:
    """Makes a lost build file anew from the published one; False where there is nothing to do or nothing to do it from.

    What was archived after the published file's last run (`runs.last_run_time`) has to be loaded again from the
    archive."""
    if build.exists() or not published.exists():
        return False
    build.parent.mkdir(parents=True, exist_ok=True)
    _sweep(build)
    # A write-ahead log without its file belongs to the file that was lost.
    build.with_name(build.name + ".wal").unlink(missing_ok=True)
    _replace_with_copy(published, build, mode=0o644)
    return True


def _settle(build: Path) -> None:
    """Brings everything that was committed into the file itself, so that its bytes are the whole of it."""
    if not build.exists():
        raise LedgerError(f"There is no build file at {build} to publish.")
    with open_build(build) as con:
        con.execute("FORCE CHECKPOINT")
    if build.with_name(build.name + ".wal").exists():
        raise LedgerError(f"{build} still has a write-ahead log after its checkpoint: another process has it open.")


def _replace_with_copy(origin: Path, target: Path, mode: int) -> None:
    unfinished = target.with_name(f".{target.name}.{os.getpid()}{_UNFINISHED}")
    try:
        _copy(origin, unfinished)
        _prove(unfinished)
        unfinished.chmod(mode)
        _sync(unfinished)
        unfinished.replace(target)
        _sync(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(origin: Path, target: Path) -> None:
    try:
        _copy_in_parts(origin, target)
    except (AttributeError, OSError):  # not every system, nor every file system, can
        shutil.copyfile(origin, target)


def _copy_in_parts(origin: Path, target: Path) -> None:
    """Has the system copy, and write each part to the disk while it copies the next.

    A file of gigabytes that is left to the page cache pushes out all else there, and waits for the disk at the end."""
    size, copied = origin.stat().st_size, 0
    with origin.open("rb") as source, target.open("wb") as copy:
        os.posix_fallocate(copy.fileno(), 0, size)
        while copied < size:
            part = os.copy_file_range(source.fileno(), copy.fileno(), _PART_BYTES)
            if not part:
                raise OSError(f"{origin}: the file system copies nothing")
            # "Not needed" means: write it now, and keep it in memory no longer.
            os.posix_fadvise(copy.fileno(), copied, part, os.POSIX_FADV_DONTNEED)
            copied += part


def _prove(path: Path) -> None:
    """Opens a copy before anyone else may: a full disk or a fault shows here, not at an analyst's desk."""
    try:
        with open_published(path) as con:
            con.execute("SELECT count(*) FROM schema_migration").fetchall()
    except duckdb.Error as error:
        raise LedgerError(f"The copy of the ledger cannot be read, nothing was published: {error}") from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(path: Path) -> None:
    for left in path.parent.glob(f".{path.name}.*{_UNFINISHED}"):
        left.unlink(missing_ok=True)
