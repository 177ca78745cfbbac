"""Turns a batch of records into Arrow tables, one for each core table, with the columns of `sql/schema`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.clock import to_ledger
from warehouse.records import Batch, Issue, LinkedFact, ReleaseRead, ReleaseVersion

Row = TypeVar("Row")
Column = tuple[pa.DataType, Callable[[Any], Any]]
Tables = dict[str, pa.Table]
"""Rows on their way into the ledger, by core table. Columns, because they pass from process to process."""

_UUID = pa.uuid()
_TEXT = pa.string()
_TIME = pa.timestamp("us")
_DATE = pa.date32()
_INT = pa.int32()
_LONG = pa.int64()
_REAL = pa.float64()
_TRUTH = pa.bool_()
_MARKS = pa.list_(pa.uint32())

_ISSUE_NAMESPACE = uuid5(NAMESPACE_URL, "commitment-ledger/issue")
_ACTOR_NAMESPACE = uuid5(NAMESPACE_URL, "commitment-ledger/actor")

# Tables whose rows are a release's own: the table, its key, and the tables of rows that belong to such a row.
_OWNERS = (
    ("fact", "fact_id", ("fact_evidence", "fact_place", "fact_actor")),
    ("release_version", "version_id", ("version_reading", "block")),
    ("release", "release_id", ()),
)

# "… by May. The next" parts before "The"; "1.5 million" does not
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
_HAS_NUMBER = re.compile(r"\d")


def batch_tables(batch: Batch) -> Tables:
    """All core tables that a batch fills, by name."""
    return _operation_tables(batch) | _release_tables(batch.releases) | _fact_tables(batch) | _name_tables(batch)


def joined_tables(parts: Sequence[Tables]) -> Tables:
    """The rows of all parts, in their order; each part has all tables."""
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}


def without_releases(tables: Tables, dropped: Set[UUID]) -> Tables:
    """The tables without the rows of these releases; places, actors and initiatives stay, they belong to nobody."""
    kept = dict(tables)
    for owner, key, owned in _OWNERS:
        gone = _storage(kept[owner], key).filter(_is_in(kept[owner], "release_id", [i.bytes for i in dropped]))
        for name in (owner, *owned):
            kept[name] = kept[name].filter(pc.invert(_is_in(kept[name], key, gone)))
    return kept


def with_repeats(tables: Tables, like: Mapping[UUID, UUID]) -> Tables:
    """The tables with each release of `like` marked as a repeat of another one's text."""
    releases = tables["release"]
    marks = [_uuid(like.get(UUID(bytes=key))) for key in _storage(releases, "release_id").to_pylist()]
    position = releases.column_names.index("same_as")
    return tables | {"release": releases.set_column(position, "same_as", pa.array(marks, type=_UUID))}


def arrow_table(rows: Iterable[Row], columns: dict[str, Column]) -> pa.Table:
    """An Arrow table of `rows`, each column by its getter."""
    held = list(rows)
    return pa.table({name: pa.array([get(row) for row in held], type=kind) for name, (kind, get) in columns.items()})


def issue_id(issue: Issue) -> UUID:
    """Key of a trouble: equal troubles of later runs are sightings of the same one."""
    return uuid5(_ISSUE_NAMESPACE, "\x1f".join((issue.code, issue.source_id or "", issue.subject, issue.message)))


def actor_id(name: str) -> UUID:
    """Key of an actor: spellings that differ in case or spaces are one."""
    return uuid5(_ACTOR_NAMESPACE, " ".join(name.casefold().split()))


def number_sentences(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many sentences of `text` hold a number, and how many of those touch none of `spans`."""
    held = silent = start = 0
    for end in [*(match.start() for match in _SENTENCE_END.finditer(text)), len(text)]:
        if _HAS_NUMBER.search(text, start, end):
            held += 1
            silent += not any(first < end and start < last for first, last in spans)
        start = end
    return held, silent


def _storage(table: pa.Table, column: str) -> pa.ChunkedArray[Any]:
    """A column of keys as sixteen bytes each: what Arrow can compare."""
    return table[column].cast(_UUID.storage_type)


def _is_in(table: pa.Table, column: str, keys: Sequence[bytes] | pa.ChunkedArray[Any]) -> pa.BooleanArray:
    held = keys if isinstance(keys, pa.ChunkedArray) else pa.array(keys, type=_UUID.storage_type)
    return pc.is_in(_storage(table, column), held)


def _uuid(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


def _time(value: datetime | None) -> datetime | None:
    return None if value is None else to_ledger(value)


def _operation_tables(batch: Batch) -> Tables:
    return {
        "source": arrow_table(batch.sources, _SOURCE_COLUMNS),
        "source_visit": arrow_table(batch.visits, _SOURCE_VISIT_COLUMNS),
        "page_check": arrow_table(batch.checks, _PAGE_CHECK_COLUMNS),
        "snapshot": arrow_table(batch.snapshots, _SNAPSHOT_COLUMNS),
        "issue": arrow_table(batch.issues, _ISSUE_COLUMNS),
    }


def _release_tables(reads: Sequence[ReleaseRead]) -> Tables:
    versions = [version for read in reads for version in read.versions]
    return {
        "release": arrow_table(
            [read.release for read in reads],
            {
                "release_id": (_UUID, lambda r: r.release_id.bytes),
                "source_id": (_TEXT, lambda r: r.source_id),
                "url": (_TEXT, lambda r: r.url),
                "first_seen": (_TIME, lambda r: _time(r.first_seen)),
                "previous_look": (_TIME, lambda r: _time(r.previous_look)),
                "same_as": (_UUID, lambda r: _uuid(r.same_as)),
            },
        ),
        "release_version": arrow_table(
            versions,
            {
                "version_id": (_UUID, lambda v: v.version_id.bytes),
                "release_id": (_UUID, lambda v: v.release_id.bytes),
                "snapshot_sha256": (_TEXT, lambda v: v.snapshot_sha256),
                "first_seen": (_TIME, lambda v: _time(v.first_seen)),
                "title": (_TEXT, lambda v: v.title),
                "published": (_DATE, lambda v: v.published),
                "published_basis": (_TEXT, lambda v: v.published_basis),
                "published_precision": (_TEXT, lambda v: v.published_precision),
                "language": (_TEXT, lambda v: v.language),
                "text": (_TEXT, lambda v: v.text),
                "text_sha256": (_TEXT, lambda v: v.text_sha256),
                "sketch": (_MARKS, lambda v: v.sketch),
            },
        ),
        "version_reading": _readings(reads),
        "block": _blocks(versions),
    }


def _readings(reads: Sequence[ReleaseRead]) -> pa.Table:
    rows: list[tuple[ReleaseVersion, int, int]] = []
    for read in reads:
        for version in read.versions:
            spans = [(e.start, e.end) for e in read.evidence if e.version_id == version.version_id]
            rows.append((version, *number_sentences(version.text, spans)))
    return arrow_table(
        rows,
        {
            "version_id": (_UUID, lambda row: row[0].version_id.bytes),
            "reader": (_TEXT, lambda row: row[0].reader),
            "number_sentences": (_INT, lambda row: row[1]),
            "silent_sentences": (_INT, lambda row: row[2]),
        },
    )


def _blocks(versions: Sequence[ReleaseVersion]) -> pa.Table:
    return arrow_table(
        [(version, position, block) for version in versions for position, block in enumerate(version.blocks)],
        {
            "version_id": (_UUID, lambda row: row[0].version_id.bytes),
            "position": (_INT, lambda row: row[1]),
            "kind": (_TEXT, lambda row: row[2].kind),
            "level": (_INT, lambda row: row[2].level),
            "start_offset": (_INT, lambda row: row[2].start),
            "end_offset": (_INT, lambda row: row[2].end),
            "path": (_TEXT, lambda row: " > ".join(row[2].path)),
        },
    )


def _fact_tables(batch: Batch) -> Tables:
    linked = [fact for read in batch.releases for fact in read.facts]
    named = [(fact, position, name) for fact in linked for position, name in enumerate(fact.fact.actors)]
    return {
        "fact": arrow_table(linked, _FACT_COLUMNS),
        "fact_evidence": arrow_table((e for read in batch.releases for e in read.evidence), _EVIDENCE_COLUMNS),
        "fact_place": arrow_table(
            [(fact, position, place) for fact in linked for position, place in enumerate(fact.fact.places)],
            {
                "fact_id": (_UUID, lambda row: row[0].fact_id.bytes),
                "position": (_INT, lambda row: row[1]),
                "name": (_TEXT, lambda row: row[2].name),
                "place_id": (_TEXT, lambda row: row[2].place_id),
                "kind": (_TEXT, lambda row: row[2].kind),
                "role": (_TEXT, lambda row: row[2].role),
            },
        ),
        "actor": arrow_table(
            sorted({actor_id(name): name for _, _, name in reversed(named)}.items()),
            {"actor_id": (_UUID, lambda row: row[0].bytes), "name": (_TEXT, lambda row: row[1])},
        ),
        "fact_actor": arrow_table(
            named,
            {
                "fact_id": (_UUID, lambda row: row[0].fact_id.bytes),
                "position": (_INT, lambda row: row[1]),
                "actor_id": (_UUID, lambda row: actor_id(row[2]).bytes),
            },
        ),
        "correction": arrow_table(batch.corrections or (), _CORRECTION_COLUMNS),
    }


def _slot(name: str) -> Callable[[LinkedFact], Any]:
    def get(linked: LinkedFact) -> Any:
        return getattr(linked.fact, name)

    return get


def _link(name: str) -> Callable[[LinkedFact], Any]:
    def get(linked: LinkedFact) -> Any:
        return getattr(linked, name)

    return get


_FACT_COLUMNS: dict[str, Column] = {
    "fact_id": (_UUID, lambda f: f.fact_id.bytes),
    "release_id": (_UUID, lambda f: f.release_id.bytes),
    **{name: (_TEXT, _slot(name)) for name in ("kind", "action", "stage")},
    **{name: (_REAL, _slot(name)) for name in ("value", "value_max")},
    **{name: (_TEXT, _slot(name)) for name in ("bound", "unit", "initiative")},
    "as_of": (_DATE, _slot("as_of")),
    **{name: (_TEXT, _slot(name)) for name in ("as_of_precision", "as_of_basis")},
    "since": (_DATE, _slot("since")),
    "since_precision": (_TEXT, _slot("since_precision")),
    "deadline": (_DATE, _slot("deadline")),
    "deadline_precision": (_TEXT, _slot("deadline_precision")),
    "list_complete": (_TRUTH, _slot("list_complete")),
    "counted": (_TEXT, _slot("population")),
    **{name: (_TEXT, _slot(name)) for name in ("object", "heading", "topic", "quote")},
    "occurrence": (_INT, _link("occurrence")),
    "rule": (_TEXT, _slot("rule")),
    "confidence": (_REAL, _slot("confidence")),
    "initiative_id": (_TEXT, _link("initiative_id")),
    "series_id": (_UUID, lambda f: _uuid(f.series_id)),
    **{name: (_TEXT, _link(name)) for name in ("series_label", "measure", "population", "scope")},
    "correction_id": (_UUID, lambda f: _uuid(f.correction_id)),
}

_SOURCE_COLUMNS: dict[str, Column] = {
    "source_id": (_TEXT, lambda s: s.source_id),
    "publisher": (_TEXT, lambda s: s.publisher),
    "name": (_TEXT, lambda s: s.name),
    "base_url": (_TEXT, lambda s: s.base_url),
    "time_zone": (_TEXT, lambda s: s.time_zone),
    "cadence": (_TEXT, lambda s: s.cadence),
    "licence": (_TEXT, lambda s: s.licence),
    "topics": (_TEXT, lambda s: "; ".join(s.topics)),
    "floor": (_INT, lambda s: s.floor),
    "ceiling": (_INT, lambda s: s.ceiling),
    "quiet_days": (_INT, lambda s: s.quiet_days),
}

_SOURCE_VISIT_COLUMNS: dict[str, Column] = {
    "source_id": (_TEXT, lambda v: v.source_id),
    "is_ok": (_TRUTH, lambda v: v.ok),
    "listed": (_INT, lambda v: v.listed),
    "new": (_INT, lambda v: v.new),
    "changed": (_INT, lambda v: v.changed),
    "unchanged": (_INT, lambda v: v.unchanged),
    "skipped": (_INT, lambda v: v.skipped),
    "failed": (_INT, lambda v: v.failed),
    "requests": (_INT, lambda v: v.requests),
}

_PAGE_CHECK_COLUMNS: dict[str, Column] = {
    "url": (_TEXT, lambda c: c.url),
    "source_id": (_TEXT, lambda c: c.source_id),
    "first_seen": (_TIME, lambda c: _time(c.first_seen)),
    "last_checked": (_TIME, lambda c: _time(c.last_checked)),
    "status": (_INT, lambda c: c.status),
    "sha256": (_TEXT, lambda c: c.sha256),
    "etag": (_TEXT, lambda c: c.etag),
    "last_modified": (_TEXT, lambda c: c.last_modified),
    "failures": (_INT, lambda c: c.failures),
    "gone_since": (_TIME, lambda c: _time(c.gone_since)),
}

_SNAPSHOT_COLUMNS: dict[str, Column] = {
    "sha256": (_TEXT, lambda s: s.sha256),
    "source_id": (_TEXT, lambda s: s.source_id),
    "url": (_TEXT, lambda s: s.url),
    "kind": (_TEXT, lambda s: s.kind),
    "fetched_at": (_TIME, lambda s: _time(s.fetched_at)),
    "status": (_INT, lambda s: s.status),
    "content_type": (_TEXT, lambda s: s.content_type),
    "etag": (_TEXT, lambda s: s.etag),
    "last_modified": (_TEXT, lambda s: s.last_modified),
    "size": (_LONG, lambda s: s.size),
    "listed": (_DATE, lambda s: s.listed),
    "quality": (_TEXT, lambda s: s.quality),
    "archive_file": (_TEXT, lambda s: s.archive_file),
    "archive_offset": (_LONG, lambda s: s.archive_offset),
}

_ISSUE_COLUMNS: dict[str, Column] = {
    "issue_id": (_UUID, lambda i: issue_id(i).bytes),
    "code": (_TEXT, lambda i: i.code),
    "severity": (_TEXT, lambda i: i.severity),
    "source_id": (_TEXT, lambda i: i.source_id),
    "subject": (_TEXT, lambda i: i.subject),
    "message": (_TEXT, lambda i: i.message),
}

_EVIDENCE_COLUMNS: dict[str, Column] = {
    "fact_id": (_UUID, lambda e: e.fact_id.bytes),
    "version_id": (_UUID, lambda e: e.version_id.bytes),
    "start_offset": (_INT, lambda e: e.start),
    "end_offset": (_INT, lambda e: e.end),
    "number_start": (_INT, lambda e: e.number_start),
    "number_end": (_INT, lambda e: e.number_end),
}

_CORRECTION_COLUMNS: dict[str, Column] = {
    "correction_id": (_UUID, lambda c: c.correction_id.bytes),
    "fact_id": (_UUID, lambda c: _uuid(c.fact_id)),
    "url": (_TEXT, lambda c: c.url),
    "quote": (_TEXT, lambda c: c.quote),
    "reason": (_TEXT, lambda c: c.reason),
    "is_dropped": (_TRUTH, lambda c: c.is_dropped),
    "changes": (_TEXT, lambda c: json.dumps([asdict(change) for change in c.changes], ensure_ascii=False)),
    "problem": (_TEXT, lambda c: c.problem),
}


def _name_tables(batch: Batch) -> Tables:
    known = batch.initiatives
    return {
        "initiative": arrow_table(
            known,
            {
                "initiative_id": (_TEXT, lambda i: i.initiative_id),
                "name": (_TEXT, lambda i: i.name),
                "topics": (_TEXT, lambda i: "; ".join(i.topics)),
                "is_registered": (_TRUTH, lambda i: i.registered),
            },
        ),
        "initiative_alias": arrow_table(
            [(i.initiative_id, alias) for i in known for alias in i.aliases],
            {"initiative_id": (_TEXT, lambda row: row[0]), "alias": (_TEXT, lambda row: row[1])},
        ),
        "initiative_parent": arrow_table(
            [(i.initiative_id, parent) for i in known for parent in i.parents],
            {"initiative_id": (_TEXT, lambda row: row[0]), "parent_id": (_TEXT, lambda row: row[1])},
        ),
        "place": arrow_table(
            batch.places,
            {
                "place_id": (_TEXT, lambda p: p.place_id),
                "name": (_TEXT, lambda p: p.name),
                "kind": (_TEXT, lambda p: p.kind),
                "state": (_TEXT, lambda p: p.state),
                "country": (_TEXT, lambda p: p.country),
                "latitude": (_REAL, lambda p: p.latitude),
                "longitude": (_REAL, lambda p: p.longitude),
                "population": (_LONG, lambda p: p.population),
            },
        ),
    }
