"""Delivers the example edition from a process of its own: `python -m tests.reporting.sending PRIVATE URL`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from flows.reporting import smtp
from flows.reporting.delivery import Pace, Post, deliver
from flows.reporting.message import Envelope
from flows.reporting.payload import read_edition
from flows.reporting.subscribers import Subscribers
from tests.reporting import examples


def main(private: Path, url: str) -> None:
    post = Post(Envelope("Ledger <ledger@ledger.example>"), private, "https://ledger.example")
    readers = Subscribers(private).all()
    server, pace = smtp.read_url(url), Pace(seconds_between=0.05, waits=())
    edition = read_edition(examples.payload())
    print(deliver(edition, readers, server, post, lambda: datetime(2016, 1, 25, 12, tzinfo=UTC), pace).words())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
