"""From archived snapshots to facts: every version of a release read by the same parser and extractor.

A release is always read whole, from its first snapshot to its last. So two versions are compared under one reader, a change
of ours is never a revision of theirs, and a rebuild gives the same rows as the weekly runs that came before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from flows.extraction.accuracy import extractor_hash
from flows.extraction.document import document_from_page
from flows.extraction.evidence import verify
from flows.extraction.facts import extract_facts
from flows.fetching.archive import read_snapshot
from flows.normalising.identity import release_id, version_id
from flows.normalising.linking import link_facts
from flows.normalising.registry import Registry
from flows.pages.article import read_page
from flows.pages.errors import PageError
from flows.sources.spec import SourceSpec
from warehouse.records import (
    Evidence,
    Fact,
    Issue,
    LinkedFact,
    Page,
    Release,
    ReleaseRead,
    ReleaseVersion,
    Snapshot,
)


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
    issues: tuple[Issue, ...] = ()


def read_histories(
    histories: Sequence[ReleaseHistory], archive: Path, registry_file: Path | None
) -> list[Reading]:
    """Read a chunk of releases; the unit of work of every runner."""
    registry = _registry(registry_file)
    return [read_history(history, archive, registry) for history in histories]


def read_history(history: ReleaseHistory, archive: Path, registry: Registry) -> Reading:
    """Read all versions of one release and place their facts in each version that states them."""
    pages: list[tuple[Snapshot, Page]] = []
    issues: list[Issue] = []
    for snapshot in history.snapshots:
        page, issue = _read_snapshot(history.source, snapshot, archive)
        if issue:
            issues.append(issue)
        elif page and _differs(page, pages[-1][1] if pages else None):
            pages.append((snapshot, page))
    if not pages:
        return Reading(None, tuple(issues))
    url = pages[0][1].canonical_url
    release = Release(
        release_id=release_id(url),
        source_id=history.source.id,
        url=url,
        first_seen=pages[0][0].fetched_at,
        previous_look=history.previous_look,
    )
    versions = tuple(_version(release, snapshot, page) for snapshot, page in pages)
    facts: dict[UUID, LinkedFact] = {}
    evidence: list[Evidence] = []
    for version, (_, page) in zip(versions, pages, strict=True):
        stated, refused = _facts_of(version, page, registry)
        issues += [_refusal(history.source, url, fact) for fact in refused]
        for linked in stated:
            # A date that the text does not give is the release's date; a fact keeps what its first version said.
            facts.setdefault(linked.fact_id, linked)
            evidence.append(_evidence(linked, version))
    return Reading(ReleaseRead(release, versions, tuple(facts.values()), tuple(evidence)), tuple(issues))


def _read_snapshot(source: SourceSpec, snapshot: Snapshot, archive: Path) -> tuple[Page | None, Issue | None]:
    try:
        body = read_snapshot(archive / snapshot.archive_file, snapshot.archive_offset)
        return read_page(body, snapshot.url, source, snapshot.content_type, snapshot.listed), None
    except (PageError, OSError) as error:
        return None, Issue("page-unreadable", "warning", source.id, snapshot.url, str(error))


def _differs(page: Page, before: Page | None) -> bool:
    """A version is a text or title that differs at all; whether it is a revision in substance the marts decide."""
    return before is None or (page.text, page.title, page.published) != (before.text, before.title, before.published)


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
        reader=extractor_hash(),
        blocks=page.blocks,
    )


def _facts_of(version: ReleaseVersion, page: Page, registry: Registry) -> tuple[list[LinkedFact], list[Fact]]:
    """The facts that one version states, and those refused because their span does not reproduce them."""
    found = extract_facts(document_from_page(page))
    kept = [fact for fact in found if verify(fact, version.text)]
    refused = [fact for fact in found if fact not in kept]
    return link_facts(version.release_id, kept, registry), refused


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


@lru_cache(maxsize=4)
def _registry(extra: Path | None) -> Registry:
    return Registry.load(extra)
