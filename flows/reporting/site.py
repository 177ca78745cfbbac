"""The static site: every page of it, written only where its content changed.

The site needs no server and works from files: links are relative, the search's index is a script. Pages whose data and
code are what they were at the last writing are not even rendered; `.pages.json` in the site's folder remembers by which
key each was made.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, Protocol

import jinja2
from markupsafe import Markup

from flows.reporting import evidence_page, files, initiative_page, links, wording
from flows.reporting.figures import write as write_figures
from flows.reporting.payload import read_edition
from flows.reporting.present import Item
from flows.reporting.svg import picture
from flows.reporting.told import Told, tell

Row = Mapping[str, Any]

_MOST = 40
"""Items that a section of an edition's page holds."""


class SiteData(Protocol):
    """What the pages are made from; `warehouse.site_data` gives it."""

    def editions(self) -> list[tuple[str, str]]:
        """All stored editions, newest first: name and the payload's SHA-256."""
        ...

    def edition(self, name: str) -> tuple[dict[str, Any], bytes]:
        """A stored edition: payload and its stored form."""
        ...

    def initiatives(self) -> Iterator[dict[str, Any]]:
        """Every initiative with its series, participants, findings and facts."""
        ...

    def places(self) -> Iterator[dict[str, Any]]:
        """Every place that a fact names, with what it takes part in."""
        ...

    def version_keys(self) -> dict[str, str]:
        """Every release version with a key that changes when its page would."""
        ...

    def versions(self, version_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Texts and facts of some versions."""
        ...

    def dictionary(self) -> list[dict[str, Any]]:
        """Tables and views with their columns and comments."""
        ...


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the site offers. Without a note it is told by the comment of the table of its name."""

    path: Path
    note: str = ""


@dataclass(slots=True)
class SiteWritten:
    """What a writing of the site did."""

    index: Path
    pages: int = 0
    written: int = 0
    removed: int = 0
    paths: set[str] = field(default_factory=set)


def write_site(data: SiteData, folder: Path, downloads: Sequence[Download] = ()) -> SiteWritten:
    """Bring the site up to date."""
    site = _Site(folder)
    site.assets()
    found = _Index()
    _write_initiatives(site, data.initiatives(), found)
    _write_places(site, data.places(), found)
    _write_versions(site, data)
    _write_editions(site, data)
    site.page("data.html", "data.html.j2", _data_page(data.dictionary(), site, downloads), here="data")
    site.put("assets/search-index.js", found.script())
    return site.finish()


class _Site:
    """The folder, the keys of its pages, and how a page gets there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done = SiteWritten(folder / "index.html")
        self._keys_file = folder / ".pages.json"
        remembered = _remembered(self._keys_file)
        self._old_keys = remembered.get("keys", {})
        self._keys: dict[str, str] = {}
        self.leads: dict[str, str] = remembered.get("leads", {})

    def is_current(self, path: str, key: str) -> bool:
        """Whether a page was made from the same data by the same code; it then counts as written."""
        whole = f"{_code_key()} {key}"
        self._keys[path] = whole
        return self._old_keys.get(path) == whole and self.keeps(path)

    def keeps(self, path: str) -> bool:
        """Whether a file lies there and may stay as it is; it then counts as written."""
        if not (self.folder / path).exists():
            return False
        self.done.pages += 1
        self.done.paths.add(path)
        return True

    def page(self, path: str, template: str, values: Row, here: str = "") -> None:
        """Render a page and write it where it changed."""
        root = "/".join([".."] * path.count("/")) or "."
        html = _environment().get_template(template).render(**values, root=root, here=here)
        self.put(path, html.encode())

    def put(self, path: str, content: bytes) -> None:
        """Write a file unless it is there already, byte for byte."""
        self.done.pages += 1
        self.done.paths.add(path)
        target = self.folder / path
        if target.exists() and target.read_bytes() == content:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        files.replace(target, content)
        self.done.written += 1

    def assets(self) -> None:
        """The style sheet and the search."""
        for asset in sorted(resources("flows.reporting").joinpath("assets").iterdir(), key=lambda a: a.name):
            self.put(f"assets/{asset.name}", asset.read_bytes())

    def finish(self) -> SiteWritten:
        """Take away pages of initiatives and places that are no more, and remember the keys. Evidence pages stay for
        ever."""
        for name in ("initiatives", "places"):
            for page in (self.folder / name).glob("*.html"):
                if f"{name}/{page.name}" not in self.done.paths:
                    page.unlink()
                    self.done.removed += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        files.replace(self._keys_file, json.dumps({"keys": self._keys, "leads": self.leads}, sort_keys=True).encode())
        return self.done


def _remembered(path: Path) -> dict[str, dict[str, str]]:
    try:
        remembered = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}


@lru_cache(maxsize=1)
def _code_key() -> str:
    """A hash of all that decides how a page looks."""
    digest = hashlib.sha256()
    room = resources("flows.reporting")
    for folder in (room, room.joinpath("templates")):
        for file in sorted((f for f in folder.iterdir() if f.is_file()), key=lambda f: f.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("flows.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Index:
    """The search's index: name, page, other names."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str]] = []

    def add(self, name: str, path: str, others: Iterable[str]) -> None:
        self.entries.append((wording.one_line(name), path, wording.one_line(" ".join(others))))

    def script(self) -> bytes:
        """A script that sets one name. `<` is escaped, so that no text can end a script element."""
        written = json.dumps(sorted(self.entries), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        return f"window.LEDGER_INDEX={written};\n".encode()


def _key_of(row: Row) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


def _write_initiatives(site: _Site, initiatives: Iterable[dict[str, Any]], found: _Index) -> None:
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in initiatives:
        path = links.initiative_path(row["initiative_id"])
        found.add(row["name"], path, row["aliases"])
        entry = {"text": row["name"], "href": f"../{path}", "note": initiative_page.summary(row)}
        listed.setdefault("" if row["is_registered"] else "Waiting for review", []).append(entry)
        if not site.is_current(path, _key_of(row)):
            site.page(path, "initiative.html.j2", initiative_page.initiative(row), here="initiatives")
    groups = [{"title": title, "rows": listed[title], "columns": False} for title in sorted(listed)]
    values = {"title": "Initiatives", "intro": "Every initiative that a release commits to.", "groups": groups}
    site.page("initiatives/index.html", "list.html.j2", values, here="initiatives")


def _write_places(site: _Site, places: Iterable[dict[str, Any]], found: _Index) -> None:
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in places:
        path = links.place_path(row["place_id"])
        found.add(row["name"], path, [row["kind"]])
        entry = {"text": row["name"], "href": f"../{path}", "note": initiative_page.place_summary(row)}
        listed.setdefault(_HOME if row["country"] == "US" else _ABROAD, []).append(entry)
        if not site.is_current(path, _key_of(row)):
            site.page(path, "initiative.html.j2", initiative_page.place(row), here="places")
    groups = [{"title": title, "rows": listed[title], "columns": True} for title in (_HOME, _ABROAD) if title in listed]
    values = {"title": "Places", "intro": "Every place that a release names with a commitment.", "groups": groups}
    site.page("places/index.html", "list.html.j2", values, here="places")


_HOME, _ABROAD = "United States", "Other countries"


def _write_versions(site: _Site, data: SiteData) -> None:
    keys = data.version_keys()
    stale = [v for v, key in keys.items() if not site.is_current(links.evidence_path(v), key)]
    for row in data.versions(stale):
        site.page(links.evidence_path(row["version_id"]), "evidence.html.j2", evidence_page.page(row))


def _write_editions(site: _Site, data: SiteData) -> None:
    names = data.editions()
    entries = [_edition_entry(name, _edition_page(site, data, name, sha256)) for name, sha256 in names]
    groups = [{"title": "", "rows": entries, "columns": False}] if entries else []
    values = {"title": "Editions", "intro": "One a week, newest first.", "groups": groups}
    site.page("editions/index.html", "list.html.j2", values, here="editions")
    if names:
        payload, _ = data.edition(names[0][0])
        newest = tell(read_edition(payload), ".", most=_MOST)
        earlier = [{**entry, "href": f"editions/{entry['href']}"} for entry in entries[1:]]
        site.page("index.html", "edition.html.j2", _edition_values(newest, "editions/", ".", earlier))
    else:
        nothing = {"title": "Commitment Ledger", "intro": "No edition yet.", "groups": []}
        site.page("index.html", "list.html.j2", nothing)


def _edition_page(site: _Site, data: SiteData, name: str, sha256: str) -> str:
    """Write an edition's page and files, where they do not lie there already; returns the words that it leads with."""
    page, table, stored = (f"editions/{name}.{kind}" for kind in ("html", "csv", "json"))
    lead = site.leads.get(name)
    if site.is_current(page, sha256) and lead and site.keeps(table) and site.keeps(stored):
        return lead
    payload, canonical = data.edition(name)
    told = tell(read_edition(payload), "..", most=_MOST)
    site.put(stored, canonical)
    site.put(table, write_figures(told.edition))
    site.page(page, "edition.html.j2", _edition_values(told, "", "..", []), here="editions")
    site.leads[name] = told.lead
    return told.lead


def _edition_entry(name: str, lead: str) -> dict[str, str]:
    monday = date.fromisocalendar(int(name[:4]), int(name[-2:]), 1)
    when = f"week {int(name[-2:])}, {wording.span(monday, monday + timedelta(days=6))}"
    return {"text": lead, "href": f"{name}.html", "note": when}


def _edition_values(told: Told, folder: str, root: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    name = told.edition.name

    def subject(item: Item) -> Markup:
        return initiative_page.linked(item.kicker, item.initiative_id, root)

    return {
        "title": told.lead,
        "eyebrow": f"Week {told.edition.week}, {told.edition.year}",
        "told": told,
        "csv": f"{folder}{name}.csv",
        "json": f"{folder}{name}.json",
        "picture": picture,
        "subject": subject,
        "earlier": earlier,
    }


def _data_page(tables: list[dict[str, Any]], site: _Site, downloads: Sequence[Download]) -> dict[str, Any]:
    comments = {table["name"]: table["comment"] for table in tables}
    offered: dict[str, dict[str, Any]] = {}
    for download in downloads:
        name = download.path.stem
        one = offered.setdefault(name, {"name": name, "note": download.note or comments.get(name, ""), "files": []})
        one["files"].append(_offer(site, download.path))
    return {"title": "Data", "tables": tables, "downloads": list(offered.values())}


def _offer(site: _Site, path: Path) -> dict[str, str]:
    """Put a file to download beside the pages: as a second name of the same bytes where the disk allows, else as a
    copy."""
    target = site.folder / "downloads" / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or not target.samefile(path):
        _second_name(path, target)
    kind = {".duckdb": "DuckDB", ".parquet": "Parquet"}.get(path.suffix, path.suffix[1:].upper())
    return {"kind": kind, "href": f"downloads/{path.name}", "size": wording.size(path.stat().st_size)}


def _second_name(source: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        os.link(source, draft)
    except OSError:
        shutil.copyfile(source, draft)
    draft.replace(target)
