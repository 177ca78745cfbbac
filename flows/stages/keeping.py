"""A copy of the home that can be worked with: `COMMITMENTS_HOME` pointed at a backup is a ledger.

The copy is made while no run writes. What is left out can be made again: the build file (from the published one), the
log, the sample, what a reader's query has spilled beside the published file. Archive files never change, so a second
backup into the same folder copies what is new.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.settings import Settings
from warehouse.connection import open_published, writer_lock
from warehouse.errors import LedgerError

MANIFEST = "backup.json"
LEFT_OUT = ("build", "log", "sample", "commitments.duckdb.tmp")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds."""

    folder: Path
    files: int
    copied: int
    size: int


def back_up(settings: Settings, folder: Path) -> Kept:
    """Copy the home into a folder, new or a former backup's, and prove the copy. Waits for a run to end."""
    folder = folder.expanduser().resolve()
    _refuse_wrong_folder(settings, folder)
    with open_published(settings.published_file):
        pass  # a home without a ledger has nothing to keep
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    manifest = folder / MANIFEST
    manifest.unlink(missing_ok=True)  # until it is there again, this is no backup
    hashes: dict[str, str] = {}
    copied = 0
    with writer_lock(settings.lock_file, "backup"):
        for file in _files(settings.home):
            name = file.relative_to(settings.home).as_posix()
            hashes[name], is_new = _keep(file, folder / name)
            copied += is_new
    about = {"made": datetime.now(UTC).isoformat(timespec="seconds"), "files": hashes}
    manifest.write_text(json.dumps(about, indent=1), encoding="utf-8")
    prove(folder)
    return Kept(folder, len(hashes), copied, sum((folder / name).stat().st_size for name in hashes))


def prove(folder: Path) -> int:
    """Read a backup again and hold it against its manifest; the number of its files. Raises `LedgerError`."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        raise LedgerError(f"{folder} is no whole backup: {MANIFEST} is missing or damaged.") from error
    for name, digest in files.items():
        path = folder / name
        if not path.exists() or _digest(path) != digest:
            raise LedgerError(f"{path} is not as it was backed up; make the backup again.")
    with open_published(folder / "commitments.duckdb") as con:
        con.execute("SELECT count(*) FROM run").fetchone()
    return len(files)


def _refuse_wrong_folder(settings: Settings, folder: Path) -> None:
    if folder == settings.home or settings.home in folder.parents:
        raise LedgerError(f"{folder} lies inside the home; a backup belongs elsewhere, best on another disk.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "commitments.duckdb").exists():
        raise LedgerError(f"{folder} holds other things; give a new folder, or that of a former backup.")


def _files(home: Path) -> Iterator[Path]:
    for file in sorted(home.rglob("*")):
        if file.is_file() and file.relative_to(home).parts[0] not in LEFT_OUT:
            yield file


def _keep(file: Path, target: Path) -> tuple[str, bool]:
    """Copy one file where the copy differs; its hash, and whether it was copied."""
    digest = _digest(file)
    if target.exists() and _digest(target) == digest:
        return digest, False
    target.parent.mkdir(parents=True, exist_ok=True, mode=file.parent.stat().st_mode & 0o777)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copy2(file, draft)
    with draft.open("rb") as copy:
        os.fsync(copy.fileno())
    draft.replace(target)
    return digest, True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
