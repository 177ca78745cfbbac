"""A dry run: the whole run on a shadow of the home, which is thrown away. The home itself is only read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.settings import Settings

WARC = ".warc.gz"


@contextmanager
def shadow(settings: Settings) -> Iterator[Settings]:
    """Settings of a shadow: a copy of the published file, the archive by links, and no mail server."""
    with tempfile.TemporaryDirectory(prefix="commitments-dry-run-") as folder:
        rehearsed = settings.for_rehearsal(Path(folder) / "home")
        rehearsed.home.mkdir()
        for name in ("published_file", "initiatives_file", "corrections_file"):
            file: Path = getattr(settings, name)
            if file.exists():
                shutil.copyfile(file, getattr(rehearsed, name))
        _shadow_archive(settings.archive_dir, rehearsed.archive_dir)
        yield rehearsed


def _shadow_archive(archive: Path, shadowed: Path) -> None:
    """Finished archive files are never written again, so a link serves; all others are copied."""
    for file in sorted(archive.rglob("*")):
        if not file.is_file():
            continue
        target = shadowed / file.relative_to(archive)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.name.endswith(WARC):
            target.symlink_to(file.resolve())
        else:
            shutil.copyfile(file, target)
