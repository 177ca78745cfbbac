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
ONE = ("sample_mayors",)
"""One site is enough for what is not about many."""


@dataclass
class Newsroom:
    """`now` is the moment at which the sites stand; `sites` are those of the sample's sources that are declared."""

    now: datetime = field(default_factory=lambda: MONDAYS[0])
    sites: tuple[str, ...] = ONE

    @contextmanager
    def open(self, folder: Path) -> Iterator[None]:
        """Serve the sites and write their source files into a folder, for COMMITMENTS_SOURCES."""
        folder.mkdir(parents=True, exist_ok=True)
        with sample.serve(lambda: self.now) as bases:
            for source_id in self.sites:
                base = bases[source_id]
                declared = (sample.SOURCES / f"{source_id}.toml").read_text(encoding="utf-8")
                there = declared.replace("\nbase_url =", f'\nfetch_from = "{base}"\nbase_url =', 1)
                (folder / f"{source_id}.toml").write_text(there, encoding="utf-8")
            yield


def iso(moment: datetime) -> str:
    """A moment as `--now` takes it."""
    return moment.astimezone(UTC).isoformat()
