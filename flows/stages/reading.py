"""From archived snapshots to facts: every version of a release read by the same parser and extractor.

A release is always read whole, from its first snapshot to its last. So two versions are compared under one reader, a
change of ours is never a revision of theirs, and a rebuild gives the same rows as the weekly runs that came before it.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from flows.extraction.document import document_from_page
from flows.extraction.evidence import verify
from flows.extraction.facts import extract_facts
from flows.extraction.gazetteer import gazetteer
from flows.fetching.archive import read_snapshot
from flows.fetching.warc import ArchiveError
from flows.normalising.corrections import Entry, load_corrections
from flows.normalising.identity import release_id, version_id
from flows.normalising.linking import initiatives_of, link_corrected
from flows.normalising.mirrors import sketch_of
from flows.normalising.registry import Registry
from flows.pages.article import read_page
from flows.pages.errors import PageError
from flows.sources.spec import SourceSpec
from warehouse.records import (
    Batch,
    Correction,
    Evidence,
    Fact,
    Initiative,
    Issue,
    LinkedFact,
    Page,
    Place,
    Release,
    ReleaseRead,
    ReleaseVersion,
    Snapshot,
)
from warehouse.tables import Tables, batch_tables

T = TypeVar("T")
DAMAGED = "archive-damaged"


@dataclass(frozen=True, slots=True)
class ReleaseHistory:
    """The snapshots of one release's page in order of time, and how the release came to be known."""

    source: SourceSpec
    url: str
    snapshots: tuple[Snapshot, ...]
    previous_look: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one history gave; `release` is None where no snapshot could be understood (`issues` say why)."""

    release: ReleaseRead | None
    initiatives: tuple[Initiative, ...] = ()
    places: tuple[Place, ...] = ()
    corrections: tuple[Correction, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What is still to be looked at of a release that was read: its latest version, without its blocks."""

    release: Release
    latest: ReleaseVersion
    versions: int


@dataclass(frozen=True, slots=True)
class ReadPart:
    """What a chunk of releases gave: its rows as the loader takes them, and what other stages look at.

    No release is in it twice.
    """

    heads: tuple[Head, ...]
    tables: Tables
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a reading follows beside the extractor: files of the user's that add to the registry and correct facts."""

    archive: Path
    initiatives_file: Path
    corrections_file: Path


@cache
def reader_hash() -> str:
    """A hash of all that decides what a page says: the rooms that read, extract and link, code and data."""
    digest = hashlib.sha256()
    for room in ("flows.pages", "flows.extraction", "flows.normalising"):
        for file in sorted(resources.files(room).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".toml", ".txt", ".json")) and file.name != "accuracy.json":
                digest.update(f"{room}/{file.name}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def spare_the_collector() -> None:
    """Keep the garbage collector from looking through what stays (word lists, gazetteer) for every few sentences.

    Once a process, before the first batch; it takes seven hundredths off the time of reading.
    """
    gazetteer()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # else what is frozen outlives the interpreter, and C libraries tell of leaks
    gc.set_threshold(20_000, 20, 50)


def read_histories(histories: Sequence[ReleaseHistory], rules: Rules) -> ReadPart:
    """Read a chunk of releases and turn it into rows; the unit of work of every runner.

    The rows are made here and not where they are loaded: columns pass between processes at half the cost of records,
    and what is made in the workers is not made one after the other.
    """
    spare_the_collector()
    registry, corrections = Registry.load(rules.initiatives_file), load_corrections(rules.corrections_file)
    readings = [read_history(history, rules.archive, registry, corrections) for history in histories]
    batch = Batch(
        releases=tuple(_one_each(reading.release for reading in readings if reading.release)),
        initiatives=_unique(reading.initiatives for reading in readings),
        places=_unique(reading.places for reading in readings),
        corrections=_unique(reading.corrections for reading in readings),
    )
    heads = tuple(
        Head(read.release, replace(read.versions[-1], blocks=()), len(read.versions)) for read in batch.releases
    )
    return ReadPart(heads, batch_tables(batch), tuple(issue for reading in readings for issue in reading.issues))


def _one_each(reads: Iterable[ReleaseRead]) -> list[ReleaseRead]:
    """One reading a release: where two addresses name the same canonical page, the one with the longer history."""
    best: dict[UUID, ReleaseRead] = {}
    for read in reads:
        other = best.get(read.release.release_id)
        if other is None or len(read.versions) > len(other.versions):
            best[read.release.release_id] = read
    return list(best.values())


def _unique(parts: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(parts)))


def read_history(
    history: ReleaseHistory, archive: Path, registry: Registry, corrections: Sequence[Entry] = ()
) -> Reading:
    """Read all versions of one release and place their facts in each version that states them."""
    pages, issues = _read_pages(history, archive)
    if not pages:
        return Reading(None, issues=tuple(issues))
    url = pages[0][1].canonical_url or history.url
    release = Release(
        release_id=release_id(url),
        source_id=history.source.id,
        url=url,
        first_seen=pages[0][0].fetched_at,
        previous_look=history.previous_look,
    )
    versions = tuple(_version(release, snapshot, page) for snapshot, page in pages)
    entries = [entry for entry in corrections if entry.url == url]
    facts: dict[UUID, LinkedFact] = {}
    evidence: list[Evidence] = []
    outcomes: list[Correction] = []
    for version, (_, page) in zip(versions, pages, strict=True):
        kept, refused = _facts_of(page)
        issues += [_refusal(history.source, url, fact) for fact in refused]
        # Of several versions the last one's word on a correction counts.
        stated, outcomes = link_corrected(release.release_id, kept, registry, entries)
        for linked in stated:
            # What the text leaves open (a date that is the release's own) a fact keeps from its first version.
            facts.setdefault(linked.fact_id, linked)
            evidence.append(_evidence(linked, version))
    found = tuple(facts.values())
    return Reading(
        release=ReleaseRead(release, versions, found, tuple(evidence)),
        initiatives=tuple(initiatives_of(found, registry)),
        places=tuple(gazetteer().places({place.place_id for linked in found for place in linked.fact.places})),
        corrections=tuple(outcomes),
        issues=tuple(issues),
    )


def _read_pages(history: ReleaseHistory, archive: Path) -> tuple[list[tuple[Snapshot, Page]], list[Issue]]:
    """The snapshots that differ from the one before in title, date or text, each with its page.

    None where one of them is damaged in the archive: half a history would take away what the ledger has of the rest.
    """
    pages: list[tuple[Snapshot, Page]] = []
    issues: list[Issue] = []
    for snapshot in history.snapshots:
        page, issue = _read_snapshot(history.source, snapshot, archive)
        if issue:
            issues.append(issue)
            if issue.code == DAMAGED:
                return [], issues
        elif page and _differs(page, pages[-1][1] if pages else None):
            pages.append((snapshot, page))
    return pages, issues


def _read_snapshot(source: SourceSpec, snapshot: Snapshot, archive: Path) -> tuple[Page | None, Issue | None]:
    try:
        body = read_snapshot(archive / snapshot.archive_file, snapshot.archive_offset)
        return read_page(body, snapshot.url, source, snapshot.content_type, snapshot.listed), None
    except PageError as error:
        return None, Issue("page-unreadable", "warning", source.id, snapshot.url, str(error))
    except (ArchiveError, OSError) as error:
        remedy = "what the ledger has of it stays; put the file back from a backup"
        return None, Issue(DAMAGED, "error", source.id, snapshot.url, f"{snapshot.url}: {error}; {remedy}")


def _differs(page: Page, before: Page | None) -> bool:
    """Whether a page says something else than before: another letter, digit or date.

    White space, punctuation, links and markup are cosmetic: such a change is a snapshot of its own, but no version.
    """
    return before is None or _substance(page) != _substance(before)


def _substance(page: Page) -> tuple[str, str, date | None]:
    return _letters(page.title), _letters(page.text), page.published


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _version(release: Release, snapshot: Snapshot, page: Page) -> ReleaseVersion:
    digest = hashlib.sha256(page.text.encode()).hexdigest()
    return ReleaseVersion(
        version_id=version_id(release.release_id, snapshot.sha256, digest),
        release_id=release.release_id,
        snapshot_sha256=snapshot.sha256,
        first_seen=snapshot.fetched_at,
        title=page.title,
        published=page.published,
        published_basis=page.published_basis,
        published_precision=page.published_precision,
        language=page.language,
        text=page.text,
        text_sha256=digest,
        reader=reader_hash(),
        blocks=page.blocks,
        sketch=sketch_of(page.text),
    )


def _facts_of(page: Page) -> tuple[list[Fact], list[Fact]]:
    """The facts that a page states, and those refused because their span does not reproduce them."""
    kept: list[Fact] = []
    refused: list[Fact] = []
    for fact in extract_facts(document_from_page(page)):
        (kept if verify(fact, page.text) else refused).append(fact)
    return kept, refused


def _evidence(linked: LinkedFact, version: ReleaseVersion) -> Evidence:
    fact = linked.fact
    return Evidence(linked.fact_id, version.version_id, fact.start, fact.end, fact.number_start, fact.number_end)


def _refusal(source: SourceSpec, url: str, fact: Fact) -> Issue:
    return Issue(
        "evidence-refused",
        "warning",
        source.id,
        url,
        f"The span {fact.start} to {fact.end} does not reproduce its fact (rule {fact.rule}); the fact was refused.",
    )
