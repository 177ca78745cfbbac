"""Append-only files of JSON lines in `private/`: for the owner's eyes only, on the disk before the writer goes on.

A line that a killed process left half written is no event: what it would have said did not happen yet. The next
writer begins on a new line.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def append(path: Path, event: Mapping[str, Any]) -> None:
    """Add one event and wait until it is on the disk."""
    prepare(path.parent)
    line = json.dumps(event, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
        os.write(descriptor, (b"\n" if _is_torn(descriptor) else b"") + line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """All whole events in the order in which they were written; none where there is no file yet."""
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        event = _event(line)
        if event is not None:
            yield event


def prepare(folder: Path) -> None:
    """Make the private folder, which nobody but its owner may look into."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep every other process out while this one reads and appends; waits until the other is done."""
    prepare(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
