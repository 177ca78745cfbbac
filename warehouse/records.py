"""The records that pass from room to room: frozen, standard library only.

Text offsets are Python string offsets, half open. Times are aware UTC datetimes and always the run's *logical* time.
Dates are dates in the source's own time zone. Identifiers are UUIDs derived from content (see
`flows.normalising.identity`), so that the same input twice makes the same rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

BlockKind = Literal["heading", "paragraph", "list_item", "table_row"]
Bound = Literal["=", ">", ">=", "<", "<=", "~", "range"]
Stage = Literal["target", "total", "increase", "amount", "context"]
Action = Literal["pledge", "join", "act", "achieve", "advocate"]
FactKind = Literal["quantity", "event"]
Precision = Literal["day", "month", "quarter", "year"]
Severity = Literal["info", "warning", "error"]
Quality = Literal["ok", "block", "empty", "soft404", "not-html"]
SnapshotKind = Literal["release", "feed", "sitemap", "listing", "json"]


@dataclass(frozen=True, slots=True)
class Block:
    """One body block of a page, at `text[start:end]` of the page's text.

    `path` holds the headings above it, outermost first. `level` is 1 to 6 for headings.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    path: tuple[str, ...] = ()
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was understood of one saved page. `text` is the blocks joined by one blank line.

    `published_basis`: metadata, json-ld, time, text, url, listing; None where no date was found.
    """

    url: str
    canonical_url: str
    title: str
    published: date | None
    published_basis: str | None
    published_precision: Precision | None
    language: str | None
    text: str
    blocks: tuple[Block, ...]
    repaired: bool = False
    """Double-encoded UTF-8 was mended."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A publisher's site as the ledger lists it."""

    source_id: str
    publisher: str
    name: str
    base_url: str
    time_zone: str
    cadence: str
    licence: str
    topics: tuple[str, ...] = ()
    floor: int | None = None
    ceiling: int | None = None
    """Releases a week that are usual at least and at most; None where nothing is declared."""
    quiet_days: int | None = None
    """Days of silence that are this source's habit."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of one response as served, named by their SHA-256; kept in the archive, never changed.

    `url` is the public URL. `archive_file` and `archive_offset` find its WARC record.
    `quality` other than "ok" means quarantined: it never becomes a release.
    """

    sha256: str
    source_id: str
    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    etag: str | None
    last_modified: str | None
    size: int
    archive_file: str
    archive_offset: int
    quality: Quality = "ok"
    kind: SnapshotKind = "release"
    """What was asked for: a release's page, or a page of the discovery that lists them."""
    listed: date | None = None
    """The date that the listing or feed gave for the page, where it gave one."""


@dataclass(frozen=True, slots=True)
class Release:
    """One canonical URL. `same_as` names the release it repeats under another address, else None.

    `previous_look` is the source's last successful check before the release was first seen; None on the source's
    first run (the baseline)."""

    release_id: UUID
    source_id: str
    url: str
    first_seen: datetime
    previous_look: datetime | None
    same_as: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReleaseVersion:
    """One state of a release's title and text as the publisher showed it, read by one parser.

    `version_id` is made from release, snapshot and text; `first_seen` is the snapshot's time.
    `reader` is the hash of the parser and of the extractor that read it.
    """

    version_id: UUID
    release_id: UUID
    snapshot_sha256: str
    first_seen: datetime
    title: str
    published: date | None
    published_basis: str | None
    published_precision: Precision | None
    language: str | None
    text: str
    text_sha256: str
    reader: str
    blocks: tuple[Block, ...] = ()
    sketch: tuple[int, ...] = ()
    """The smallest hashes of the text's word runs, below 2**32: by them texts that are alike are found."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as the text names it and as the gazetteer knows it.

    `name` is the normal spelling (`Columbus, OH`; `Virginia`; `Lyon, FR`; `France`). `place_id` is `geonames:N`,
    `fips:N` or `iso:XX`; None where it was not resolved. `role`: participant, site or scope."""

    name: str
    place_id: str | None
    kind: str
    role: str = "participant"


@dataclass(frozen=True, slots=True)
class Fact:
    """One commitment fact as extracted from one text (fields of the annotation guidelines, plus evidence and rule).

    `start`/`end` place the evidence, `number_start`/`number_end` the number in the text. `list_complete` tells of the
    places or actors listed: True for a full list, False for a partial one ("including"), None where nothing is
    listed."""

    kind: FactKind
    start: int
    end: int
    quote: str
    action: Action
    number_start: int | None = None
    number_end: int | None = None
    value: float | None = None
    value_max: float | None = None
    bound: Bound = "="
    unit: str | None = None
    stage: Stage | None = None
    initiative: str | None = None
    as_of: date | None = None
    as_of_precision: Precision = "day"
    as_of_basis: Literal["text", "release", "none"] = "release"
    since: date | None = None
    since_precision: Precision | None = None
    deadline: date | None = None
    deadline_precision: Precision | None = None
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[str, ...] = ()
    list_complete: bool | None = None
    population: str | None = None
    """What is counted with the modifiers that restrict it (`US city`, `employer partner`); heads joined by `|`."""
    object: str | None = None
    """Head of what is done (`summit`, `action plan`, `paid sick leave`), for the measure; None where nothing is
    named."""
    heading: str | None = None
    topic: str | None = None
    rule: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class LinkedFact:
    """A fact with its identity and what it was linked to. `fact_id` never depends on the links."""

    fact_id: UUID
    release_id: UUID
    fact: Fact
    occurrence: int
    initiative_id: str | None
    series_id: UUID | None
    series_label: str | None
    measure: str | None
    population: str | None
    scope: str | None
    """The series' parts (PROGRESS.md): measure `participants`, `money`, `act:summit`; population; `place_id` of its
    scope."""
    correction_id: UUID | None = None
    """The correction that changed `fact`'s slots before it was linked. `fact_id` stays that of the slots as
    extracted."""


@dataclass(frozen=True, slots=True)
class SlotChange:
    """One slot of a fact before and after a correction, both as text; None for an empty slot."""

    slot: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of a corrections file, keyed by evidence: the release's URL, the quote and the number in it.

    `fact_id` is the fact that it corrects, None where its guard failed or nothing matched (`problem` then says which).
    `is_dropped` takes the fact out instead of changing slots.
    """

    correction_id: UUID
    url: str
    quote: str
    reason: str
    changes: tuple[SlotChange, ...] = ()
    is_dropped: bool = False
    fact_id: UUID | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one version states a fact: offsets into that version's text."""

    fact_id: UUID
    version_id: UUID
    start: int
    end: int
    number_start: int | None
    number_end: int | None


@dataclass(frozen=True, slots=True)
class Initiative:
    """An entry of the registry. Unmatched names become entries with `registered` False and wait for review."""

    initiative_id: str
    name: str
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    registered: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer."""

    place_id: str
    name: str
    kind: str
    state: str | None
    country: str
    latitude: float | None
    longitude: float | None
    population: int | None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a person should know: named, with its cause and what to do.

    `code` is a stable slug (`listing-empty`, `block-page`, `http-404`); `subject` a URL, file or key.
    """

    code: str
    severity: Severity
    source_id: str | None
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class PageCheck:
    """The last look at one URL: for conditional requests and for the re-check schedule. One row a URL."""

    url: str
    source_id: str
    first_seen: datetime
    last_checked: datetime
    status: int
    sha256: str | None
    etag: str | None
    last_modified: str | None
    failures: int = 0
    gone_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceVisit:
    """What one run saw at one source. `ok` is False where discovery failed."""

    source_id: str
    ok: bool
    listed: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class ReleaseRead:
    """Everything read from one release: its versions with their facts and where each version states them."""

    release: Release
    versions: tuple[ReleaseVersion, ...]
    facts: tuple[LinkedFact, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one run adds to the ledger, loaded in one transaction."""

    sources: tuple[SourceRecord, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    checks: tuple[PageCheck, ...] = ()
    visits: tuple[SourceVisit, ...] = ()
    releases: tuple[ReleaseRead, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    places: tuple[Place, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    corrections: tuple[Correction, ...] | None = None
    """Every correction in force; None where the batch says nothing of corrections."""
