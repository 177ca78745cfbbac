"""A past edition made again from the ledger, and held against what was stored and rendered then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.reporting import wording
from flows.reporting.edition import render_edition
from flows.settings import Settings
from flows.stages.mailing import find_edition
from warehouse.editions import Edition
from warehouse.remaking import remake


@dataclass(frozen=True, slots=True)
class Remade:
    """What making an edition again showed, in words. `is_equal` is whether its edition.json is what it was."""

    words: str
    is_equal: bool


def remake_edition(settings: Settings, week: str | None) -> Remade:
    """Make an edition again from what the ledger knew at its cut-off; nothing is written.

    Its files are rendered again too, and those that lie in the home are compared.
    """
    kept, made = remake(settings.published_file, find_edition(settings, week).name)
    known = f"{kept.name}, made again from what the ledger knew on {wording.moment(kept.until)} UTC"
    if made.canonical != kept.canonical:
        return Remade(f"{known}, differs from the stored edition: {', '.join(_changed(kept, made))}.", is_equal=False)
    files = render_edition(made.payload, made.canonical, site_url=settings.site_url)
    folder = settings.editions_dir / kept.name
    other = [name for name, content in files.items() if not _is_kept(folder / name, content)]
    if other:
        differ = (
            f"{wording.listed(other)} {'differs' if len(other) == 1 else 'differ'} from what lies in {folder.name}/"
        )
        why = "rendered by other code, or for another COMMITMENTS_SITE_URL"
        return Remade(f"{known}, has an equal edition.json; {differ}: {why}.", is_equal=True)
    return Remade(f"{known}, is equal byte for byte: {wording.listed(list(files))}.", is_equal=True)


def _is_kept(path: Path, content: bytes) -> bool:
    """Whether a file of the home is what was rendered again; one that is not there cannot differ."""
    return not path.exists() or path.read_bytes() == content


def _changed(kept: Edition, made: Edition) -> list[str]:
    """The parts of the payload that differ, with their numbers of rows."""
    pairs = zip(kept.payload["sections"], made.payload["sections"], strict=False)
    changed = [f"{old['name']} ({len(old['rows'])} rows, now {len(new['rows'])})" for old, new in pairs if old != new]
    if kept.payload["evidence"] != made.payload["evidence"]:
        changed.append("evidence")
    return changed or ["its form"]
