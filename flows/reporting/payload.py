"""An edition's payload as the renderers read it: sections of rows, and the evidence behind every figure.

The payload is what `warehouse.editions` made and stored. Nothing here asks the warehouse or a clock: what is not in
the payload is not in the mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]

NEWS_SECTIONS = ("moved", "participants", "commitments", "findings", "revised")
"""Sections that make a week worth a full mail; where all are empty it was a quiet week."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence behind one figure. `number_start`/`number_end` are offsets into `quote`."""

    fact_id: str
    version_id: str
    title: str
    url: str
    publisher: str
    published: str | None
    quote: str
    number_start: int | None
    number_end: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one SQL file of `sql/reports/weekly`, with the title that stands in its header."""

    name: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a subscriber wants to read: any value within a field, all fields together. Empty fields let everything
    pass.
    """

    topics: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """True where the subscriber gets the whole edition."""
        return not (self.topics or self.initiatives or self.places or self.publishers)

    def passes(self, row: Row) -> bool:
        """Whether a row belongs in this subscriber's mail."""
        return (
            _meets(self.topics, _values(row, "topics"))
            and _meets(self.initiatives, [*_values(row, "initiative_id"), *_values(row, "initiative")])
            and _meets(self.places, [*_values(row, "place_ids"), *_values(row, "places")])
            and _meets(self.publishers, [*_values(row, "source_ids"), *_values(row, "publishers")])
        )

    def words(self) -> str:
        """The filter as the mail prints it; empty where there is none."""
        named = (
            ("topic", self.topics),
            ("initiative", self.initiatives),
            ("place", self.places),
            ("publisher", self.publishers),
        )
        return "; ".join(f"{name} {' or '.join(values)}" for name, values in named if values)


def _values(row: Row, column: str) -> list[str]:
    value = row.get(column)
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _meets(wanted: tuple[str, ...], present: Iterable[str]) -> bool:
    if not wanted:
        return True
    folded = {value.casefold() for value in present}
    return any(value.casefold() in folded for value in wanted)


@dataclass(frozen=True, slots=True)
class Edition:
    """One weekly edition: what it covers, its sections by name, its evidence by fact."""

    name: str
    since: datetime | None
    until: datetime
    time_zone: str
    week_start: date
    week_end: date
    weeks_covered: int
    previous: str | None
    sections: Mapping[str, Section]
    evidence: Mapping[str, Evidence]
    filter: Filter = Filter()
    lines: dict[int, str] = field(default_factory=dict, compare=False, repr=False)
    """Rows already put into words for the table of figures, by their identity: shared by all subscribers' editions."""

    @property
    def week(self) -> int:
        """The ISO week's number."""
        return int(self.name[-2:])

    @property
    def year(self) -> int:
        """The ISO year, which in the first and last days of January and December is not the calendar's."""
        return int(self.name[:4])

    def rows(self, section: str) -> tuple[Row, ...]:
        """The rows of a section; empty where the edition has none."""
        found = self.sections.get(section)
        return found.rows if found else ()

    def is_quiet(self) -> bool:
        """Whether nothing happened that a reader should know of."""
        return not any(self.rows(name) for name in NEWS_SECTIONS)

    def is_baseline(self) -> bool:
        """Whether this is the ledger's first edition, which has no news by its nature."""
        return self.previous is None

    def narrowed(self, wanted: Filter) -> Edition:
        """The same edition with the rows that pass; what describes the ledger itself stays whole."""
        if wanted.is_empty():
            return self
        sections = {
            name: section
            if name in WHOLE_SECTIONS
            else replace(section, rows=tuple(row for row in section.rows if wanted.passes(row)))
            for name, section in self.sections.items()
        }
        return replace(self, sections=sections, filter=wanted)


WHOLE_SECTIONS = ("headline", "quality", "sources")
"""Sections about the ledger itself: no filter narrows them."""


def read_edition(payload: Mapping[str, Any]) -> Edition:
    """Read a stored payload."""
    about = payload["edition"]
    return Edition(
        name=about["name"],
        since=datetime.fromisoformat(about["since"]) if about["since"] else None,
        until=datetime.fromisoformat(about["until"]),
        time_zone=about["time_zone"],
        week_start=date.fromisoformat(about["week_start"]),
        week_end=date.fromisoformat(about["week_end"]),
        weeks_covered=about["weeks_covered"],
        previous=about["previous"],
        sections={
            section["name"]: Section(section["name"], section["title"], tuple(section["rows"]))
            for section in payload["sections"]
        },
        evidence={fact_id: Evidence(fact_id=fact_id, **fields) for fact_id, fields in payload["evidence"].items()},
    )
