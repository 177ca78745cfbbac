"""From what was collected to rows of the ledger: which releases to read (again), what they mirror, and the load."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from flows.normalising.corrections import load_corrections
from flows.normalising.mirrors import Candidate, Likeness, MirrorIndex, similar_releases
from flows.sources.spec import SourceSpec
from flows.stages.collecting import Collected
from flows.stages.ledger import LedgerRun
from flows.stages.reading import Reading, ReleaseHistory
from flows.stages.suspecting import suspicions
from warehouse import loading, queries
from warehouse.queries import SketchedVersion
from warehouse.records import Batch, Issue, ReleaseRead, Snapshot

T = TypeVar("T")
log = logging.getLogger("commitments")


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in runs of at most `size`."""
    return (items[i : i + size] for i in range(0, len(items), size))


def histories_of(run: LedgerRun, specs: Iterable[SourceSpec], collected: Iterable[Collected]) -> list[ReleaseHistory]:
    """The whole histories of the releases that got a new snapshot or are corrected, in order of source and URL.

    Also of those that were corrected: an entry that was taken out of the file gives its fact back.
    """
    new = {look.source_id: [s for s in look.snapshots if _is_readable(s)] for look in collected}
    corrected = {entry.url for entry in load_corrections(run.settings.corrections_file)}
    corrected.update(queries.corrected_urls(run.connection))
    histories = []
    for spec in specs:
        touched = {snapshot.url for snapshot in new.get(spec.id, ())} | {url for url in corrected if spec.owns(url)}
        if touched:
            before = queries.stored_snapshots(run.connection, spec.id)
            histories += _histories(run, spec, [*before, *new.get(spec.id, ())], touched)
    return histories


def all_histories(run: LedgerRun, specs: Iterable[SourceSpec]) -> list[ReleaseHistory]:
    """The whole histories of all releases in the ledger."""
    histories = []
    for spec in specs:
        snapshots = queries.stored_snapshots(run.connection, spec.id)
        histories += _histories(run, spec, snapshots, {snapshot.url for snapshot in snapshots})
    return histories


def _is_readable(snapshot: Snapshot) -> bool:
    return snapshot.kind == "release" and snapshot.quality == "ok" and snapshot.status == 200


def _histories(run: LedgerRun, spec: SourceSpec, snapshots: Iterable[Snapshot], urls: set[str]) -> list[ReleaseHistory]:
    by_url: dict[str, dict[tuple[object, str], Snapshot]] = defaultdict(dict)
    for snapshot in snapshots:
        if snapshot.url in urls and _is_readable(snapshot):
            by_url[snapshot.url][snapshot.fetched_at, snapshot.sha256] = snapshot
    look = queries.last_look(run.connection, spec.id)
    return [
        ReleaseHistory(spec, url, tuple(found[key] for key in sorted(found, key=str)), look)
        for url, found in sorted(by_url.items())
    ]


def load(
    run: LedgerRun,
    specs: Sequence[SourceSpec],
    collected: Sequence[Collected],
    readings: Iterable[Reading],
) -> None:
    """Load what a run collected and read, in one transaction."""
    readings = list(readings)
    releases = _one_each(reading.release for reading in readings if reading.release)
    folded, doubts = _fold_mirrors(run, releases)
    batch = Batch(
        sources=tuple(spec.record() for spec in specs),
        snapshots=tuple(snapshot for look in collected for snapshot in look.snapshots),
        checks=tuple(check for look in collected for check in look.checks),
        visits=tuple(look.visit for look in collected),
        releases=tuple(folded),
        initiatives=_unique(entry for reading in readings for entry in reading.initiatives),
        places=_unique(place for reading in readings for place in reading.places),
        corrections=_unique(entry for reading in readings for entry in reading.corrections),
        issues=(
            *run.issues,
            *doubts,
            *suspicions(specs, folded),
            *_issues_of(collected),
            *_issues_of(readings),
        ),
    )
    counts = loading.load(run.connection, batch, run.run_id, run.now)
    run.issues = list(batch.issues)
    run.visits += batch.visits
    for name, rows in counts.added.items():
        run.count(f"{name}_added", rows)
    for name, rows in counts.closed.items():
        run.count(f"{name}_closed", rows)
    log.info("loaded %d releases, %d facts", len(folded), sum(len(read.facts) for read in folded))


def _issues_of(parts: Iterable[Collected] | Iterable[Reading]) -> list[Issue]:
    return [issue for part in parts for issue in part.issues]


def _one_each(reads: Iterable[ReleaseRead]) -> list[ReleaseRead]:
    """One reading a release: where two addresses name the same canonical page, the one with the longer history."""
    best: dict[object, ReleaseRead] = {}
    for read in reads:
        other = best.get(read.release.release_id)
        if other is None or len(read.versions) > len(other.versions):
            best[read.release.release_id] = read
    return list(best.values())


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _fold_mirrors(run: LedgerRun, reads: Sequence[ReleaseRead]) -> tuple[list[ReleaseRead], list[Issue]]:
    """Mark the releases that only repeat another one's text, and name the look-alikes that a person should judge."""
    if not reads:
        return [], []
    arriving = {read.release.release_id for read in reads}
    stored = {version.release.release_id: version for version in queries.sketched_versions(run.connection)}
    index = MirrorIndex(
        (
            _stored_candidate(version)
            for version in stored.values()
            if version.release.release_id not in arriving and version.release.same_as is None
        ),
        text_of=lambda release_id: queries.text_of(run.connection, stored[release_id].version_id),
    )
    alike = similar_releases(map(_candidate, reads), index)
    folded = {likeness.release_id: likeness.like for likeness in alike if likeness.verdict == "fold"}
    urls = {read.release.release_id: read.release.url for read in reads}
    urls |= {release_id: version.release.url for release_id, version in stored.items()}
    doubts = [_doubt(likeness, urls) for likeness in alike if likeness.verdict == "review"]
    marked = [
        replace(read, release=replace(read.release, same_as=folded.get(read.release.release_id))) for read in reads
    ]
    return marked, doubts


def _candidate(read: ReleaseRead) -> Candidate:
    last = read.versions[-1]
    release = read.release
    return Candidate(release.release_id, release.source_id, last.title, last.published, last.text, last.sketch or None)


def _stored_candidate(version: SketchedVersion) -> Candidate:
    release = version.release
    return Candidate(release.release_id, release.source_id, version.title, version.published, None, version.sketch)


def _doubt(likeness: Likeness, urls: dict[UUID, str]) -> Issue:
    return Issue(
        "near-duplicate",
        "info",
        None,
        urls[likeness.release_id],
        f"Reads like {urls[likeness.like]} (similarity {likeness.similarity:.2f}) but is kept apart: judge by eye.",
    )
