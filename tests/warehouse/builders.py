"""Makes plausible records by hand, for tests of the warehouse and of what reads from it.

ledger = LedgerBuilder()
ledger.run(at("2015-11-09"), [
    release("a", "2015-08-24", [total(34, "US city", quote="34 US cities are in.")]),
])
ledger.rows("SELECT shown FROM observation")
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.loading import LoadCounts, load
from warehouse.migrations import migrate
from warehouse.models import refresh
from warehouse.records import (
    Batch,
    Block,
    Evidence,
    Fact,
    Initiative,
    LinkedFact,
    Place,
    PlaceMention,
    Release,
    ReleaseRead,
    ReleaseVersion,
    SourceRecord,
    SourceVisit,
)
from warehouse.runs import begin_run, finish_run

SOURCE = SourceRecord(
    "press", "Office of Examples", "Press room", "https://press.example", "America/New_York", "daily", "CC0"
)
READER = "reader-1"


def at(day: str, hour: int = 12) -> datetime:
    """Noon (UTC) of a day."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def name_id(*parts: object) -> UUID:
    """A key from content, as the identity room makes them."""
    return uuid5(NAMESPACE_URL, "\x1f".join(map(str, parts)))


@dataclass(frozen=True)
class Stated:
    """A fact as a test gives it: slots, and the parts of the series that it is linked to."""

    quote: str
    value: float | None = None
    stage: Any = "total"
    bound: Any = "="
    value_max: float | None = None
    unit: str | None = "city"
    action: Any = "join"
    kind: Any = "quantity"
    as_of: date | None = None
    as_of_precision: Any = "day"
    since: date | None = None
    deadline: date | None = None
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[str, ...] = ()
    list_complete: bool | None = None
    initiative: str | None = "compact"
    measure: str | None = "participants"
    population: str | None = None
    scope: str | None = None
    in_series: bool = True
    correction_id: UUID | None = None

    @property
    def series_parts(self) -> tuple[str | None, ...]:
        """The key of its series."""
        return (self.initiative, self.measure, self.population or self.unit, self.scope)


@dataclass(frozen=True)
class Told:
    """A release version as a test gives it: its name, when it says it was published, what it states."""

    name: str
    published: date | None
    facts: tuple[Stated, ...] = ()
    title: str = "A release"
    source_id: str = SOURCE.source_id
    same_as: str | None = None
    seen: datetime | None = None
    reader: str = READER
    extra: str = ""

    @property
    def url(self) -> str:
        """Its public address."""
        return f"https://{self.source_id}.example/{self.name}"

    @property
    def release_id(self) -> UUID:
        """Key of its release."""
        return name_id("release", self.url)


def release(name: str, published: str | None, facts: Sequence[Stated] = (), **other: Any) -> Told:
    """A release as told on a day."""
    return Told(name, date.fromisoformat(published) if published else None, tuple(facts), **other)


def stated(quote: str, value: float | None = None, **slots: Any) -> Stated:
    """A fact; dates may be given as text."""
    dates = {
        key: date.fromisoformat(slots[key]) for key in ("as_of", "since", "deadline") if isinstance(slots.get(key), str)
    }
    return Stated(quote, value, **{**slots, **dates})


def participant(name: str, place_id: str | None = None, kind: str = "city", role: str = "participant") -> PlaceMention:
    """A place that stands with a fact."""
    return PlaceMention(name, place_id, kind, role)


def read_release(told: Sequence[Told], first_seen: datetime, previous_look: datetime | None) -> ReleaseRead:
    """One release with its versions in the order given."""
    versions: list[ReleaseVersion] = []
    facts: dict[UUID, LinkedFact] = {}
    evidence: list[Evidence] = []
    for state in told:
        version = _version(state, first_seen)
        versions.append(version)
        for linked, start, end in _linked(state, version.text):
            facts.setdefault(linked.fact_id, linked)
            number = (start, end) if linked.fact.value is not None else (None, None)
            evidence.append(Evidence(linked.fact_id, version.version_id, start, end, *number))
    head = told[0]
    same_as = name_id("release", head.same_as) if head.same_as else None
    made = Release(head.release_id, head.source_id, head.url, first_seen, previous_look, same_as)
    return ReleaseRead(made, tuple(versions), tuple(facts.values()), tuple(evidence))


def _version(state: Told, first_seen: datetime) -> ReleaseVersion:
    text = "\n\n".join([fact.quote for fact in state.facts] + ([state.extra] if state.extra else []))
    sha256 = hashlib.sha256((state.title + text).encode()).hexdigest()
    return ReleaseVersion(
        version_id=name_id("version", state.url, sha256),
        release_id=state.release_id,
        snapshot_sha256=sha256,
        first_seen=state.seen or first_seen,
        title=state.title,
        published=state.published,
        published_basis="metadata" if state.published else None,
        published_precision="day" if state.published else None,
        language="en",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader=state.reader,
        blocks=(Block("paragraph", text, 0, len(text)),),
    )


def _linked(state: Told, text: str) -> list[tuple[LinkedFact, int, int]]:
    found: list[tuple[LinkedFact, int, int]] = []
    start = 0
    for given in state.facts:
        end = start + len(given.quote)
        found.append((_link(state, given, start, end), start, end))
        start = end + 2
    return found


def _link(state: Told, given: Stated, start: int, end: int) -> LinkedFact:
    has_number = given.value is not None
    fact = Fact(
        kind=given.kind,
        start=start,
        end=end,
        quote=given.quote,
        action=given.action,
        number_start=start if has_number else None,
        number_end=end if has_number else None,
        value=given.value,
        value_max=given.value_max,
        bound=given.bound,
        unit=given.unit if has_number else None,
        stage=given.stage if has_number else None,
        initiative=given.initiative,
        as_of=given.as_of or state.published,
        as_of_precision=given.as_of_precision,
        as_of_basis="text" if given.as_of else "release" if state.published else "none",
        since=given.since,
        since_precision="day" if given.since else None,
        deadline=given.deadline,
        deadline_precision="day" if given.deadline else None,
        places=given.places,
        actors=given.actors,
        list_complete=given.list_complete,
        population=given.population,
        rule="by hand",
        confidence=1.0,
    )
    fact_id = name_id(
        "fact",
        state.url,
        given.quote,
        given.value,
        given.value_max,
        given.bound,
        given.stage,
        given.as_of,
        given.deadline,
    )
    in_series = given.in_series and has_number and given.stage is not None
    return LinkedFact(
        fact_id=fact_id,
        release_id=state.release_id,
        fact=fact,
        occurrence=0,
        initiative_id=given.initiative,
        series_id=name_id("series", *given.series_parts) if in_series else None,
        series_label=" / ".join(part for part in given.series_parts if part) if in_series else None,
        measure=given.measure if in_series else None,
        population=(given.population or given.unit) if in_series else None,
        scope=given.scope if in_series else None,
        correction_id=given.correction_id,
    )


@dataclass
class LedgerBuilder:
    """A ledger in memory that is filled by runs, as the flows fill the real one."""

    con: DuckDBPyConnection = field(default_factory=lambda: duckdb.connect(":memory:", config={"threads": 1}))
    sources: tuple[SourceRecord, ...] = (SOURCE,)
    initiatives: tuple[Initiative, ...] = (Initiative("compact", "Compact of Examples", ("the Compact",)),)
    places: tuple[Place, ...] = ()
    run_id: UUID | None = None
    _seen: dict[str, tuple[datetime, datetime | None, list[Told]]] = field(default_factory=dict)
    _last_look: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        migrate(self.con)

    def batch(self, now: datetime, told: Sequence[Told]) -> Batch:
        """The batch of a run that saw these releases; versions of a release seen before come with the earlier ones."""
        touched: dict[str, list[Told]] = {}
        for state in told:
            _, _, states = self._seen.setdefault(state.url, (now, self._last_look.get(state.source_id), []))
            states.append(state if state.seen else replace(state, seen=now))
            touched[state.url] = states
        reads = [read_release(states, *self._seen[url][:2]) for url, states in touched.items()]
        looked_at = sorted({state.source_id for state in told} | {source.source_id for source in self.sources})
        self._last_look.update(dict.fromkeys(looked_at, now))
        visits = tuple(SourceVisit(source_id, True, listed=len(told)) for source_id in looked_at)
        return Batch(
            sources=self.sources, visits=visits, releases=tuple(reads), initiatives=self.initiatives, places=self.places
        )

    def run(self, now: datetime, told: Sequence[Told] = (), *, with_marts: bool = True) -> LoadCounts:
        """One run: begins, loads, recomputes the marts, ends."""
        self.run_id = begin_run(self.con, "weekly", now)
        counts = load(self.con, self.batch(now, told), self.run_id, now)
        if with_marts:
            self.refresh()
        finish_run(self.con, self.run_id, "done")
        return counts

    def refresh(self) -> None:
        """Recomputes the marts."""
        refresh(self.con)

    def rows(self, sql: str, arguments: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.con.execute(sql, list(arguments)).fetchall()
