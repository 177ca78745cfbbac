"""The embedded newsroom as if it were live: source files whose sites stand on loopback, under a clock of the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flows import sample
from flows.stages.sampling import SAMPLE_CLOCKS

MONDAYS = SAMPLE_CLOCKS
BEFORE_ALL = "2015-01-01"


@dataclass
class Newsroom:
    """`now` is the moment at which the sites stand."""

    now: datetime = field(default_factory=lambda: MONDAYS[0])

    @contextmanager
    def open(self, folder: Path) -> Iterator[None]:
        """Serve the sites and write their source files into a folder, for COMMITMENTS_SOURCES."""
        folder.mkdir(parents=True, exist_ok=True)
        with sample.serve(lambda: self.now) as bases:
            for source_id, base in bases.items():
                declared = (sample.SOURCES / f"{source_id}.toml").read_text(encoding="utf-8")
                there = declared.replace("\nbase_url =", f'\nfetch_from = "{base}"\nbase_url =', 1)
                (folder / f"{source_id}.toml").write_text(there, encoding="utf-8")
            yield


def iso(moment: datetime) -> str:
    """A moment as `--now` takes it."""
    return moment.astimezone(UTC).isoformat()
