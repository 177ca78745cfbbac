"""Whether a source's declaration fits its site: said in words, from the live site or from a folder of saved pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.fetching.archive import ArchiveWriter
from flows.fetching.client import Client, ClientSettings
from flows.fetching.failures import FetchFailure
from flows.fetching.memory import ListMemory
from flows.pages.article import read_page
from flows.pages.errors import PageError
from flows.pages.links import Link, read_feed, read_sitemap
from flows.pages.listing import read_listing
from flows.settings import Settings
from flows.sources.spec import Discovery, SourceSpec
from flows.stages.choosing import choose_sources
from flows.stages.discovering import Discovered, discover

RELEASES_TRIED = 3
FEWEST_WORDS = 40
"""A release's body is longer than this, but for the rare notice; below it the selector most likely misses it."""


@dataclass(slots=True)
class Proof:
    """What was found, line by line. It passes where lists and releases were found and nothing was missing."""

    lines: list[str] = field(default_factory=list)
    lists: int = 0
    releases: int = 0
    missing: int = 0

    @property
    def passed(self) -> bool:
        """Whether the declaration fits."""
        return bool(self.releases) and not self.missing

    def good(self, line: str) -> None:
        """Note something that fits."""
        self.lines.append(f"  found    {line}")

    def bad(self, line: str) -> None:
        """Note something that is missing."""
        self.lines.append(f"  missing  {line}")
        self.missing += 1


def prove_source(source_id: str, pages: Path | None, settings: Settings) -> Proof:
    """Try one source's declaration on saved pages, or on its site where no folder is given."""
    (spec,), _ = choose_sources(settings, [source_id], None)
    proof = Proof([f"{spec.name} ({spec.id}), {pages or spec.fetch_from or spec.base_url}"])
    if pages is None:
        _prove_live(spec, settings, proof)
    else:
        _prove_saved(spec, pages, proof)
    verdict = "fits" if proof.passed else "does not fit"
    proof.lines.append(f"{proof.lists} lists, {proof.releases} releases: the declaration {verdict}.")
    return proof


def _prove_live(spec: SourceSpec, settings: Settings, proof: Proof) -> None:
    now = datetime.now(UTC)
    since = (now - timedelta(days=30)).date() if spec.cadence != "once" else date(1990, 1, 1)
    with TemporaryDirectory() as folder, Client(ClientSettings(contact=settings.operator)) as client:
        archive = Path(folder)
        with ArchiveWriter(archive, spec.id, now) as writer:
            found = discover(spec, client, writer, ListMemory(archive, spec.id), now, since)
        _tell_lists(spec, found, proof)
        newest = sorted(found.links.values(), key=lambda link: link.published or date.min, reverse=True)
        for link in newest[:RELEASES_TRIED]:
            try:
                response = client.get(spec, link.url)
            except FetchFailure as failure:
                proof.bad(failure.message)
                continue
            _try_release(spec, response.body, link, proof)


def _tell_lists(spec: SourceSpec, found: Discovered, proof: Proof) -> None:
    proof.lists = found.ways
    for issue in found.issues:
        proof.bad(issue.message)
    if found.links:
        dated = sum(1 for link in found.links.values() if link.published)
        proof.good(f"{len(found.links)} releases in {found.ways} of {len(spec.discovery)} lists, {dated} with a date")
    else:
        proof.bad("no release in any list")


def _prove_saved(spec: SourceSpec, folder: Path, proof: Proof) -> None:
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".html", ".htm", ".xml"))
    if not files:
        proof.bad(f"no .html or .xml file in {folder}")
    for path in files:
        body = path.read_bytes()
        links = next(_as_list(spec, body, path), None)
        if links is not None:
            proof.lists += 1
            proof.good(
                f"{path.name}: a list of {len(links)} releases, {sum(1 for link in links if link.published)} dated"
            )
        else:
            _try_release(spec, body, Link("", path.name), proof)


def _as_list(spec: SourceSpec, body: bytes, path: Path) -> Iterator[list[Link]]:
    """The releases that a saved file lists, read in each way of the declaration that fits it."""
    for discovery in spec.discovery:
        try:
            links = _read_list(spec, discovery, body)
        except PageError:
            continue
        own = [link for link in links if spec.is_release(link.url)]
        if own and discovery.expect.admits(len(own)):
            yield own


def _read_list(spec: SourceSpec, discovery: Discovery, body: bytes) -> list[Link]:
    if discovery.kind == "feed":
        return read_feed(body, spec, discovery.url)
    if discovery.kind == "sitemap":
        return read_sitemap(body, discovery.url)[0]
    if discovery.kind == "listing":
        return read_listing(body, discovery, discovery.url, None, spec.zone)[0]
    return []


def _try_release(spec: SourceSpec, body: bytes, link: Link, proof: Proof) -> None:
    name = link.url or link.title
    try:
        page = read_page(body, link.url, spec, None, link.published)
    except PageError as error:
        proof.bad(f"{name}: {error}")
        return
    proof.releases += 1
    words = len(page.text.split())
    told = f"{name}: “{page.title[:60]}”, {page.published or 'no date'} ({page.published_basis or '-'}), {words} words"
    if not page.title or page.published is None or words < FEWEST_WORDS:
        proof.bad(told)
    else:
        proof.good(told)
