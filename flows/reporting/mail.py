"""One reader's mail: the edition, narrowed by the reader's filter, as HTML, text, pictures and a table of figures."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import css_inline
import jinja2
from markupsafe import Markup

from flows.reporting import charts, figures, lead, links, text
from flows.reporting.payload import Edition, Filter
from flows.reporting.present import Chart
from flows.reporting.told import FootLine, Told, tell

HTML_LIMIT = 98_000
"""Bytes of HTML; mail programs cut a mail off at 102 KB."""
_MOST = (12, 9, 7, 5, 4, 3, 2, 1)


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
    table = figures.attach(narrowed, links.edition_url(edition.name, site_url, "csv"))
    for most in _MOST:
        told = tell(narrowed, site_url, most, farewell, marked, table.rows_a_section)
        pictures: dict[str, bytes] = {}
        html = _html(told, pictures)
        if len(html.encode()) <= HTML_LIMIT:
            break
    return Mail(
        name=edition.name,
        subject=("[Test] " if marked else "") + lead.subject(narrowed),
        html=html,
        text=text.write(told),
        figures=table.content,
        pictures=pictures,
    )


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
        more_words=told.more_words,
    )
    return _tightened(_inliner().inline(page))


def _preheader(told: Told) -> str:
    counts = ", ".join(f"{number} {word}" for number, word in told.counts)
    return counts or (told.notes[0] if told.notes else told.covers)


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
