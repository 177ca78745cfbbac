"""From what was collected to rows of the ledger: which releases to read (again), what they mirror, and the load."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TypeVar
from uuid import UUID

from flows.normalising.corrections import load_corrections
from flows.normalising.mirrors import Candidate, Likeness, MirrorIndex, similar_releases
from flows.sources.spec import SourceSpec
from flows.stages.collecting import Collected
from flows.stages.ledger import LedgerRun
from flows.stages.reading import Head, ReadPart, ReleaseHistory
from flows.stages.suspecting import suspicions
from warehouse import loading, queries
from warehouse.queries import SketchedVersion
from warehouse.records import Batch, Issue, Snapshot
from warehouse.tables import batch_tables, joined_tables, with_repeats, without_releases

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
    corrected.update(queries.addresses_of(run.connection, corrected))
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
    parts: Iterable[ReadPart],
) -> None:
    """Load what a run collected and read, in one transaction."""
    parts = _one_each(list(parts))
    heads = [head for part in parts for head in part.heads]
    repeats, doubts = _find_mirrors(run, heads)
    batch = Batch(
        sources=tuple(spec.record() for spec in specs),
        snapshots=tuple(snapshot for look in collected for snapshot in look.snapshots),
        checks=tuple(check for look in collected for check in look.checks),
        visits=tuple(look.visit for look in collected),
        issues=(
            *run.issues,
            *doubts,
            *suspicions(specs, heads),
            *_issues_of(collected),
            *_issues_of(parts),
        ),
    )
    tables = with_repeats(joined_tables([batch_tables(batch), *(part.tables for part in parts)]), repeats)
    # Every corrected release was read: a correction without an outcome is no longer in the file.
    counts = loading.load_tables(run.connection, tables, run.run_id, run.now, has_all_corrections=True)
    run.issues = list(batch.issues)
    run.visits += batch.visits
    for name, rows in counts.added.items():
        run.count(f"{name}_added", rows)
    for name, rows in counts.closed.items():
        run.count(f"{name}_closed", rows)
    log.info("loaded %d releases, %d facts", len(heads), len(tables["fact"]))


def _issues_of(parts: Iterable[Collected] | Iterable[ReadPart]) -> list[Issue]:
    return [issue for part in parts for issue in part.issues]


def _one_each(parts: Sequence[ReadPart]) -> list[ReadPart]:
    """The parts with each release once: where two addresses name the same page, the one with the longer history."""
    best: dict[UUID, tuple[int, int]] = {}
    for number, part in enumerate(parts):
        for head in part.heads:
            release_id = head.release.release_id
            if release_id not in best or head.versions > best[release_id][0]:
                best[release_id] = (head.versions, number)
    return [
        _only(part, {key for key, (_, chosen) in best.items() if chosen == number}) for number, part in enumerate(parts)
    ]


def _only(part: ReadPart, chosen: Set[UUID]) -> ReadPart:
    dropped = {head.release.release_id for head in part.heads} - chosen
    if not dropped:
        return part
    heads = tuple(head for head in part.heads if head.release.release_id in chosen)
    return ReadPart(heads, without_releases(part.tables, dropped), part.issues)


def _find_mirrors(run: LedgerRun, heads: Sequence[Head]) -> tuple[dict[UUID, UUID], list[Issue]]:
    """The releases that only repeat another one's text, with that one; and the look-alikes for a person to judge."""
    if not heads:
        return {}, []
    arriving = {head.release.release_id for head in heads}
    stored = {version.release.release_id: version for version in queries.sketched_versions(run.connection)}
    index = MirrorIndex(
        (
            _stored_candidate(version)
            for version in stored.values()
            if version.release.release_id not in arriving and version.release.same_as is None
        ),
        text_of=lambda release_id: queries.text_of(run.connection, stored[release_id].version_id),
    )
    alike = similar_releases(map(_candidate, heads), index)
    urls = {head.release.release_id: head.release.url for head in heads}
    urls |= {release_id: version.release.url for release_id, version in stored.items()}
    repeats = {likeness.release_id: likeness.like for likeness in alike if likeness.verdict == "fold"}
    return repeats, [_doubt(likeness, urls) for likeness in alike if likeness.verdict == "review"]


def _candidate(head: Head) -> Candidate:
    last = head.latest
    release = head.release
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
