"""Pages saved as files: what the page does not tell, its file's name may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from flows.pages.article import read_page
from flows.pages.dates import url_day
from flows.pages.errors import PageError, PageShapeError
from flows.pages.titles import slug_title
from flows.sources.spec import SourceSpec
from warehouse.records import Page


def read_saved(file: Path, url: str | None = None, specs: Iterable[SourceSpec] = ()) -> Page:
    """Read a saved page as its source declares; where it has none, or another shape, as any official page.

    Title and date that neither page nor address give are taken from the file's name (`…-20140327-new-limits.html`).
    """
    spec = next((each for each in specs if url and each.owns(url)), None)
    try:
        page = _read(file.read_bytes(), url or "", spec)
    except PageError as error:
        raise PageError(error.cause, str(file), error.message) from error
    name = f"/{file.name}"
    if not page.title:
        page = replace(page, title=slug_title(name))
    day = url_day(name) if page.published is None else None
    if day is not None:
        page = replace(page, published=day.date, published_basis="url", published_precision=day.precision)
    return page


def _read(data: bytes, url: str, spec: SourceSpec | None) -> Page:
    try:
        return read_page(data, url, spec)
    except PageShapeError:
        return read_page(data, url)
