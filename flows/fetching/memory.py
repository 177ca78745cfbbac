"""What a source's feeds, maps and listings said the last time: for conditional requests, without forgetting what they
list.

A 304 says "nothing changed" and shows nothing. But a page that was listed and could not be had must not be forgotten,
and a first run may later be asked to reach further back. So the last answer of each list is remembered by its place in
the archive, and a 304 is read as that answer. The file can be lost: the next requests are then unconditional.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from flows.fetching.archive import read_snapshot
from flows.fetching.client import Validators
from flows.fetching.warc import ArchiveError

FILE = "lists.json"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last answer of one list. `changed` is when it last differed from the answer before."""

    file: str
    offset: int
    content_type: str | None
    etag: str | None
    last_modified: str | None
    changed: str

    @property
    def validators(self) -> Validators:
        """What to send along with the next request."""
        return Validators(self.etag, self.last_modified)


class ListMemory:
    """One source's memory. `reach` is the earliest date that a run was asked to go back to, `looked` the last look."""

    def __init__(self, archive: Path, source_id: str) -> None:
        self._archive, self._path = archive, archive / source_id / FILE
        self.lists: dict[str, Remembered] = {}
        self.reach: date | None = None
        self.looked: datetime | None = None
        self._load()

    def _load(self) -> None:
        try:
            stored = json.loads(self._path.read_bytes())
            self.lists = {url: Remembered(**entry) for url, entry in stored["lists"].items()}
            self.reach = date.fromisoformat(stored["reach"]) if stored["reach"] else None
            self.looked = datetime.fromisoformat(stored["looked"]) if stored["looked"] else None
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.lists, self.reach, self.looked = {}, None, None  # a damaged memory costs one unconditional look

    def answer(self, url: str) -> tuple[Remembered, bytes] | None:
        """The last answer of a list with its bytes, where the archive still has them."""
        entry = self.lists.get(url)
        if entry is None:
            return None
        try:
            return entry, read_snapshot(self._archive / entry.file, entry.offset)
        except ArchiveError:
            return None

    def save(self) -> None:
        """Write the memory in one step: a killed run leaves the old one."""
        stored = {
            "reach": self.reach.isoformat() if self.reach else None,
            "looked": self.looked.isoformat() if self.looked else None,
            "lists": {url: asdict(entry) for url, entry in sorted(self.lists.items())},
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".tmp")
        with draft.open("w", encoding="utf-8") as out:
            json.dump(stored, out, indent=0)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._path)
