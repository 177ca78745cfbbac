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
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.fetching.archive import read_snapshot
from flows.fetching.client import Validators
from flows.fetching.warc import ArchiveError

FILE = "lists.json"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last answer of one list. `changed` is when it last differed from the answer before, `asked` the last look."""

    file: str
    offset: int
    content_type: str | None
    etag: str | None
    last_modified: str | None
    changed: str
    asked: str

    @property
    def validators(self) -> Validators:
        """What to send along with the next request."""
        return Validators(self.etag, self.last_modified)


@dataclass(frozen=True, slots=True)
class Look:
    """How one list was read: last when, ever how far back, and in which run it first went as far back as that."""

    looked: datetime
    reach: date
    reached: datetime


FORGET_AFTER = timedelta(days=400)
"""How long an answer that is not asked for again is remembered: some addresses bear a date and never come again."""


class ListMemory:
    """One source's memory."""

    def __init__(self, archive: Path, source_id: str) -> None:
        self._archive, self._path = archive, archive / source_id / FILE
        self.lists: dict[str, Remembered] = {}
        self.looks: dict[str, Look] = {}
        try:
            self._load(json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.lists, self.looks = {}, {}  # a damaged memory costs one long, unconditional look

    def _load(self, stored: dict[str, Any]) -> None:
        self.lists = {url: Remembered(**entry) for url, entry in stored["lists"].items()}
        self.looks = {
            url: Look(
                datetime.fromisoformat(look["looked"]),
                date.fromisoformat(look["reach"]),
                datetime.fromisoformat(look["reached"]),
            )
            for url, look in stored["looks"].items()
        }

    def reach(self, since: date) -> date:
        """The earliest date that any run was asked to go back to: what came out since then belongs to the ledger."""
        return min([since, *(look.reach for look in self.looks.values())])

    def window(self, url: str, since: date, last_look: datetime | None, late: timedelta) -> date:
        """How far down a dated list is to be read.

        That is `late` before the last look that the ledger knows of, or all of the reach where no run that came to its
        end has read that far yet.
        """
        reach, look = self.reach(since), self.looks.get(url)
        if look is None or last_look is None or reach < look.reach or look.reached > last_look:
            return reach
        return max(reach, (min(look.looked, last_look) - late).date())

    def has_read(self, url: str, since: date, now: datetime) -> None:
        """Note that a list was read to the end of its window."""
        reach, look = self.reach(since), self.looks.get(url)
        reached = now if look is None or reach < look.reach else look.reached
        self.looks[url] = Look(now, reach, reached)

    def answer(self, url: str) -> tuple[Remembered, bytes] | None:
        """The last answer of a list with its bytes, where the archive still has them."""
        entry = self.lists.get(url)
        if entry is None:
            return None
        try:
            return entry, read_snapshot(self._archive / entry.file, entry.offset)
        except ArchiveError:
            return None

    def save(self, now: datetime) -> None:
        """Write the memory in one step: a killed run leaves the old one."""
        oldest = (now - FORGET_AFTER).astimezone(UTC).isoformat()
        self.lists = {url: entry for url, entry in self.lists.items() if entry.asked >= oldest}
        stored = {
            "looks": {url: asdict(look) for url, look in sorted(self.looks.items())},
            "lists": {url: asdict(entry) for url, entry in sorted(self.lists.items())},
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".tmp")
        with draft.open("w", encoding="utf-8") as out:
            json.dump(stored, out, indent=0, default=lambda moment: moment.isoformat())
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._path)
