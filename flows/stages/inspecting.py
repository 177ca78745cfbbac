"""One file at a time, without ledger or network: what `commitments read` and `commitments extract` show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from flows.extraction.document import Document, document_from_page, document_from_text
from flows.extraction.facts import extract_facts
from flows.extraction.quantities import find_quantities
from flows.normalising.identity import release_id
from flows.normalising.linking import link_facts, to_gold_dict
from flows.normalising.registry import Registry
from flows.pages.errors import PageError
from flows.pages.saved import read_saved
from flows.settings import Settings
from flows.sources.registry import load_sources
from flows.sources.spec import SourceSpec
from warehouse.errors import LedgerError
from warehouse.records import Fact, Page

HTML_ENDINGS = {".html", ".htm", ".xhtml"}


class UnreadableFileError(LedgerError):
    """A file that holds no page; the text names file and cause."""


def read_file(file: Path, url: str | None, settings: Settings | None) -> Page:
    """Read one saved page; `url` names its source where one of ours owns it."""
    specs, _ = load_sources(settings.sources_dir if settings else None) if url else ([], [])
    return _saved(file, url, specs)


def document_of(file: Path, published: date | None) -> Document:
    """A text or HTML file as the extractor wants it; offsets of a text file are those of the file as it lies there."""
    body = file.read_bytes()
    if file.suffix.lower() in HTML_ENDINGS or body.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        document = document_from_page(_saved(file))
        return document if published is None else _dated(document, published)
    return document_from_text(body.decode("utf-8", errors="replace"), published=published)


def facts_of(document: Document) -> list[Fact]:
    """The facts of one text, in reading order."""
    return extract_facts(document)


def facts_as_dicts(document: Document, stem: str, settings: Settings | None) -> list[dict[str, Any]]:
    """The facts of one text with exactly the fields of the annotation guidelines."""
    registry = Registry.load(settings.initiatives_file if settings else None)
    linked = link_facts(release_id(stem), facts_of(document), registry)
    return [to_gold_dict(fact, stem) for fact in linked]


def quantities_as_dicts(document: Document) -> list[dict[str, Any]]:
    """Every quantity of the text: span of its number, value, upper end of a range, bound, trend and unit."""
    return [
        {
            "start": q.start,
            "end": q.end,
            "value": q.value,
            "value_max": q.value_max,
            "bound": q.bound,
            "trend": q.trend,
            "unit": q.unit,
        }
        for q in find_quantities(document)
    ]


def _saved(file: Path, url: str | None = None, specs: Iterable[SourceSpec] = ()) -> Page:
    try:
        return read_saved(file, url, specs)
    except PageError as error:
        raise UnreadableFileError(str(error)) from error


def _dated(document: Document, published: date) -> Document:
    return Document(document.text, document.blocks, document.sentences, document.title, published)
