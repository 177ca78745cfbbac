"""An edition in finished words: what the mail, in both its dresses, and its web page print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.reporting import lead, links, wording
from flows.reporting.payload import Edition
from flows.reporting.present import Part, Presenter


@dataclass(frozen=True, slots=True)
class FootLine:
    """A line at the mail's end, perhaps with a link."""

    text: str
    href: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that both dresses of the mail print, in finished words."""

    edition: Edition
    lead: str
    covers: str
    notes: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    footer: tuple[FootLine, ...]
    marked: str = ""
    rows_a_section: int | None = None
    """How many rows of each section the attached table holds; None where it holds all."""

    def more_words(self, part: Part) -> str:
        """What is left out of a section, and where it stands."""
        more = f"{wording.number(part.more)} more"
        if self.rows_a_section is None:
            return f"{more} in the attached table."
        return f"{more}; the attached table holds the first {wording.number(self.rows_a_section)} of each section."


def tell(
    edition: Edition,
    site_url: str | None,
    most: int,
    farewell: Sequence[FootLine] = (),
    marked: str = "",
    rows_a_section: int | None = None,
) -> Told:
    """Put an edition into words, with at most so many items a section."""
    presenter = Presenter(edition, site_url)
    parts = presenter.parts(most)
    if edition.is_quiet():
        kept = _BASELINE_PARTS if edition.is_baseline() else _QUIET_PARTS
        parts = [part for part in parts if part.name in kept]
    return Told(
        edition=edition,
        lead=lead.lead(edition),
        covers=_covers(edition),
        notes=tuple(_notes(edition)),
        counts=() if edition.is_quiet() else tuple(_counts(edition)),
        parts=tuple(parts),
        footer=(*_footer(edition, site_url), _table_line(edition, site_url, rows_a_section), *farewell),
        marked=marked,
        rows_a_section=rows_a_section,
    )


_QUIET_PARTS = ("corrected", "archive", "sources")
"""What a quiet week's note still tells: why there was silence, and what we did ourselves."""
_BASELINE_PARTS = ("targets", "quality", "sources")
"""What the first edition tells: where things stand."""


def _covers(edition: Edition) -> str:
    week = f"Week {edition.week}, {wording.span(edition.week_start, edition.week_end)}"
    until = _local(edition, edition.until)
    if edition.since is None:
        return f"{week}. Everything seen up to {until}."
    return f"{week}. Everything first seen between {_local(edition, edition.since)} and {until}."


def _local(edition: Edition, when: datetime) -> str:
    return wording.moment(when.astimezone(ZoneInfo(edition.time_zone)))


def _notes(edition: Edition) -> list[str]:
    notes = []
    if edition.is_baseline():
        notes.append("This is the first edition: what stands in the ledger now is where later news is measured from.")
    elif edition.weeks_covered > 1:
        missed = edition.weeks_covered - 1
        weeks, them = ("week", "it") if missed == 1 else (f"{missed} weeks", "them")
        notes.append(f"There was no edition for the {weeks} before; this one covers {them} too.")
    if edition.is_quiet() and not edition.is_baseline():
        notes.append(_quiet_note(edition))
    if not edition.filter.is_empty():
        notes.append(f"Your selection: {edition.filter.words()}.")
    return notes


def _quiet_note(edition: Edition) -> str:
    sources = edition.rows("sources")
    well = sum(row["health"] == "ok" for row in sources)
    looked = f"{well} of {wording.plural(len(sources), 'source')} answered as they should"
    where = "" if edition.filter.is_empty() else " in your selection"
    return f"Nothing moved, nobody joined, nothing was revised{where}. {looked}."


def _counts(edition: Edition) -> list[tuple[str, str]]:
    told = lead.count(edition)
    counted = (
        (told.moved, "moved"),
        (told.met, "targets met" if told.met != 1 else "target met"),
        (told.overdue, "overdue"),
        (told.joined, "joined"),
        (told.promised, "new promises" if told.promised != 1 else "new promise"),
        (told.changed, "pages changed" if told.changed != 1 else "page changed"),
    )
    return [(wording.number(number), word) for number, word in counted if number][:4]


def _footer(edition: Edition, site_url: str | None) -> list[FootLine]:
    lines = [FootLine("Each figure leads to the sentence it comes from; hedges stand as the release said them.")]
    headline = edition.rows("headline")
    if headline:
        row = headline[0]
        lines.append(
            FootLine(
                f"The ledger holds {wording.plural(row['facts'], 'fact')} from "
                f"{wording.plural(row['releases'], 'release')} of {wording.plural(row['sources'], 'publisher')}."
            )
        )
    if site_url:
        href = links.edition_url(edition.name, site_url, "html")
        lines.append(FootLine("On the web:", href, f"edition {edition.name}"))
    return lines


def _table_line(edition: Edition, site_url: str | None, rows_a_section: int | None) -> FootLine:
    file = f"{edition.name}.csv"
    if rows_a_section is None:
        return FootLine(f"This week\N{RIGHT SINGLE QUOTATION MARK}s figures are attached as {file}.")
    held = f"The first {wording.number(rows_a_section)} rows of each section are attached as {file}"
    if not site_url:
        return FootLine(f"{held}; the ledger holds them all.")
    return FootLine(f"{held}. All of them:", links.edition_url(edition.name, site_url, "csv"), "the whole table")
