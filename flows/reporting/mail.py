"""One reader's mail: the edition, narrowed by the reader's filter, as HTML, text, pictures and a table of figures."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import css_inline
import jinja2
from markupsafe import Markup

from flows.reporting import charts, figures, lead, links, text, wording
from flows.reporting.payload import Edition, Filter
from flows.reporting.present import Chart, Part, Presenter

HTML_LIMIT = 98_000
"""Bytes of HTML; mail programs cut a mail off at 102 KB."""
_MOST = (12, 9, 7, 5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class FootLine:
    """A line at the mail's end, perhaps with a link."""

    text: str
    href: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail before it is addressed. `pictures` are PNG bytes by content id; `html` refers to them as `cid:`."""

    name: str
    subject: str
    html: str
    text: str
    figures: bytes
    pictures: dict[str, bytes] = field(default_factory=dict)

    def standalone_html(self) -> str:
        """The HTML with its pictures inside, for reading from a file."""
        page = self.html
        for cid, png in self.pictures.items():
            page = page.replace(f'src="cid:{cid}"', f'src="data:image/png;base64,{base64.b64encode(png).decode()}"')
        return page


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


def compose(
    edition: Edition,
    *,
    site_url: str | None = None,
    wanted: Filter | None = None,
    farewell: Sequence[FootLine] = (),
    marked: str = "",
) -> Mail:
    """Write one reader's mail. `farewell` says how to leave; `marked` stands on top of copies that are only a test."""
    narrowed = edition.narrowed(wanted or Filter())
    for most in _MOST:
        told = tell(narrowed, site_url, most, farewell, marked)
        pictures: dict[str, bytes] = {}
        html = _html(told, pictures)
        if len(html.encode()) <= HTML_LIMIT:
            break
    return Mail(
        name=edition.name,
        subject=("[Test] " if marked else "") + lead.subject(narrowed),
        html=html,
        text=text.write(told),
        figures=figures.write(narrowed),
        pictures=pictures,
    )


def tell(
    edition: Edition, site_url: str | None, most: int, farewell: Sequence[FootLine] = (), marked: str = ""
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
        footer=tuple(_footer(edition, site_url, farewell)),
        marked=marked,
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
        missed = wording.plural(edition.weeks_covered - 1, "week")
        notes.append(f"For the {missed} before there was no edition: this one covers them too.")
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
        (told.revised, "pages revised" if told.revised != 1 else "page revised"),
    )
    return [(wording.number(number), word) for number, word in counted if number][:4]


def _footer(edition: Edition, site_url: str | None, farewell: Sequence[FootLine]) -> list[FootLine]:
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
        href = links.safe_url(f"{site_url.rstrip('/')}/editions/{edition.name}.html")
        lines.append(FootLine("On the web:", href, f"edition {edition.name}"))
    lines.append(FootLine(f"This week's figures are attached as {edition.name}.csv."))
    return [*lines, *farewell]


def _html(told: Told, pictures: dict[str, bytes]) -> str:
    def image(chart: Chart) -> str:
        cid = f"{chart.key}.{told.edition.name}"
        pictures.setdefault(cid, charts.draw(chart))
        return f"cid:{cid}"

    page = _template().render(
        css=Markup(_asset("mail.css")),
        title=f"{told.lead}, {told.edition.name}",
        preheader=_preheader(told),
        week=told.edition.week,
        year=told.edition.year,
        lead=told.lead,
        covers=told.covers,
        notes=told.notes,
        counts=told.counts,
        parts=told.parts,
        footer=told.footer,
        marked=told.marked,
        image=image,
        size=charts.size,
        more_words=more_words,
    )
    return _tightened(_inliner().inline(page))


def _preheader(told: Told) -> str:
    counts = ", ".join(f"{number} {word}" for number, word in told.counts)
    return counts or (told.notes[0] if told.notes else told.covers)


def more_words(part: Part) -> str:
    """What is left out of a section, and where it stands."""
    return f"{wording.number(part.more)} more in the attached table."


def _tightened(page: str) -> str:
    """The page without empty lines and indentation, which mail readers do not need."""
    return "\n".join(line.strip() for line in page.splitlines() if line.strip()) + "\n"


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("flows.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("mail.html.j2")


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return files("flows.reporting").joinpath("templates", name).read_text(encoding="utf-8")
