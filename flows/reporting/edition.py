"""Writes an edition's files: the stored payload and what was rendered from it. A stored edition is never
overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.reporting import figures, files, mail
from flows.reporting.lead import lead
from flows.reporting.payload import Edition, read_edition


@dataclass(frozen=True, slots=True)
class Written:
    """Where an edition's files are. `is_new` is False where they lay there already and were left alone."""

    folder: Path
    payload: Path
    html: Path
    text: Path
    figures: Path
    subject: str
    lead: str
    is_new: bool


def write_edition(
    payload: Mapping[str, Any], canonical: bytes, editions: Path, *, site_url: str | None = None
) -> Written:
    """Write `editions/<name>/`: edition.json as stored, and the whole edition as HTML, text and CSV.

    `canonical` is the stored form of `payload`, byte for byte.
    """
    edition = read_edition(payload)
    whole = mail.compose(edition, site_url=site_url)
    folder = editions / edition.name
    is_new = not folder.exists()
    if is_new:
        _write_folder(folder, _files(edition, whole, canonical))
    return Written(
        folder=folder,
        payload=folder / "edition.json",
        html=folder / "edition.html",
        text=folder / "edition.txt",
        figures=folder / f"{edition.name}.csv",
        subject=whole.subject,
        lead=lead(edition),
        is_new=is_new,
    )


def render_edition(payload: Mapping[str, Any], canonical: bytes, *, site_url: str | None = None) -> dict[str, bytes]:
    """The files of an edition by their names, without writing them."""
    edition = read_edition(payload)
    return _files(edition, mail.compose(edition, site_url=site_url), canonical)


def _files(edition: Edition, whole: mail.Mail, canonical: bytes) -> dict[str, bytes]:
    return {
        "edition.json": canonical,
        "edition.html": whole.standalone_html().encode(),
        "edition.txt": whole.text.encode(),
        f"{whole.name}.csv": figures.write(edition),
    }


def _write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write all files into a folder beside, then put it in its place at one go: an edition is there whole or not at
    all.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    draft.mkdir(exist_ok=True)
    for name, content in contents.items():
        files.write_through(draft / name, content)
    draft.rename(folder)
    files.sync_folder(folder.parent)
