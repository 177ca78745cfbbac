"""The send ledger: what was sent to whom, so that nobody ever gets an edition twice.

A line is written before a message's content goes out (`sending`) and after the server's answer (`sent`, `deferred`,
`refused`). A run that is killed between the two leaves `sending` as the last word: that message is *doubtful*, it
may have been accepted. It is reported and never sent again by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from flows.reporting import journal

_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>]+")  # servers name the mailbox in their answers

State = Literal["sending", "sent", "deferred", "refused"]
"""`deferred`: surely not accepted, may be tried again. `refused`: surely not accepted, for good."""


def without_addresses(text: str) -> str:
    """A server's answer without the mailbox that it names."""
    return _ADDRESS.sub("(address)", text)


class SendLog:
    """The send ledger of one home. Keyed by edition and subscriber; it holds no address."""

    def __init__(self, private: Path) -> None:
        self._file = private / "sends.jsonl"
        self._lock = private / "sends.lock"

    def states(self, edition: str) -> dict[str, State]:
        """The last state of every subscriber that an edition was tried for."""
        found: dict[str, State] = {}
        for event in journal.read(self._file):
            if event["edition"] == edition and event["state"] in get_args(State):
                found[event["subscriber"]] = event["state"]
        return found

    def write(self, edition: str, subscriber_id: str, state: State, at: datetime, detail: str = "") -> None:
        """Note a state, and wait until it is on the disk."""
        event: Mapping[str, str] = {
            "edition": edition,
            "subscriber": subscriber_id,
            "state": state,
            "at": at.isoformat(),
            "detail": without_addresses(detail),
        }
        journal.append(self._file, event)

    def held(self) -> AbstractContextManager[None]:
        """Keep every other sender out: two runs at once would both find a subscriber unserved."""
        return journal.held(self._lock)
