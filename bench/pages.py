"""Body text, date and speed beside trafilatura on saved pages, in one run.

    python -m bench.pages [SHARED]

SHARED is the folder of shared material (default `../shared`). The corpus are the saved official pages; where a text of
the same release is at hand it is the reference. The newsroom are the replayed releases: their real bodies in the frame
of the site, the reference being the words of the body alone. Text is F1 over words in order; dates are the share of
pages with the right day. Ratios are ours divided by the peer's: above 1 is better.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType

from lxml import html as lxml_html

from flows.pages import PageError, read_page

NEWSROOM = "newsroom/whitehouse-2023-q2q3.jsonl.gz"
Reader = Callable[["Saved"], "tuple[str, str | None]"]


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved page with what is known of it."""

    url: str
    data: bytes
    text: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """One reader's result over a set of pages."""

    text: float | None
    texts: int
    wrong_texts: int
    dates: float
    pages_a_second: float


def main() -> int:
    """Measure and print; 0 also where the peer is not installed, and the output says so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--pages", type=int, default=200, help="how many newsroom pages (default 200)")
    arguments = parser.parse_args()
    if not (arguments.shared / "corpus").is_dir():
        parser.error(f"there are no saved pages in {arguments.shared}; name the folder of shared material")
    sets = {"corpus": corpus(arguments.shared), "newsroom": newsroom(arguments.shared, arguments.pages)}
    try:
        peer = trafilatura_reader()
    except ImportError as error:
        peer = None
        print(f"no peer: trafilatura cannot be imported ({error}); our own figures only, no ratios")
    for name, pages in sets.items():
        ours = measure(pages, read_ours)
        show(name, len(pages), "ours", ours)
        if peer is not None:
            theirs = measure(pages, peer)
            show(name, len(pages), "trafilatura", theirs)
            print(f"{name:<9} {'ratio':<12} {ratios(ours, theirs)}")
    return 0


def corpus(shared: Path) -> list[Saved]:
    """The saved official pages, each with its release's text where there is one."""
    folder = shared / "corpus"
    pages = []
    for entry in json.loads((folder / "pages/index.json").read_text(encoding="utf-8")):
        text = folder / f"{entry['id']}.txt"
        pages.append(
            Saved(
                url=entry["url"],
                data=(folder / "pages" / entry["file"]).read_bytes(),
                text=text.read_text(encoding="utf-8") if text.exists() else None,
                # a bare fragment holds no date that any reader could find
                published=None if entry["format"].startswith("HTML fragment") else entry["published"],
            )
        )
    return pages


def newsroom(shared: Path, number: int) -> list[Saved]:
    """Pages of the replayed newsroom, spread over its whole time."""
    replay = _module(shared / "newsroom/replay.py")
    with gzip.open(shared / NEWSROOM, "rt", encoding="utf-8") as lines:
        releases = [json.loads(line) for line in lines]
    step = max(1, len(releases) // number)
    pages = []
    for release in releases[::step]:
        version = release["versions"][0]
        found = re.search(r"/(\d{4})/(\d\d)/(\d\d)/", release["path"])
        pages.append(
            Saved(
                url="https://www.whitehouse.gov" + release["path"],
                data=replay.article(release, version, releases[0], releases[-1]).encode(),
                text=_words_of(version["html"]),
                published="-".join(found.groups()) if found else None,
            )
        )
    return pages


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("replay", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _words_of(fragment: str) -> str:
    """The words of a body, with a space wherever markup parts them."""
    body = lxml_html.fragment_fromstring(fragment, create_parent="div")
    for node in body.iter("p", "br", "li", "td", "tr", "h3", "h4"):
        node.text, node.tail = f" {node.text or ''}", f" {node.tail or ''}"
    return str(body.text_content())


def read_ours(page: Saved) -> tuple[str, str | None]:
    """Our generic reader, which is told nothing of the site."""
    try:
        found = read_page(page.data, page.url)
    except PageError:
        return "", None
    return found.text, found.published.isoformat() if found.published else None


def trafilatura_reader() -> Reader:
    """The peer in its default settings, with dates."""
    from trafilatura import bare_extraction

    def read(page: Saved) -> tuple[str, str | None]:
        found = bare_extraction(page.data, url=page.url, with_metadata=True)
        return (found.text or "", found.date) if found else ("", None)

    return read


def measure(pages: list[Saved], reader: Reader) -> Score:
    """Run a reader over all pages; the first few are read once before for a warm start."""
    for page in pages[:3]:
        reader(page)
    started = time.perf_counter()
    results = [reader(page) for page in pages]
    seconds = time.perf_counter() - started
    pairs = list(zip(pages, results, strict=True))
    texts = [agreement(page.text, text) for page, (text, _) in pairs if page.text is not None]
    dates = [page.published == day for page, (_, day) in pairs if page.published]
    return Score(
        text=statistics.fmean(texts) if texts else None,
        texts=len(texts),
        wrong_texts=sum(score < 0.99 for score in texts),
        dates=statistics.fmean(dates),
        pages_a_second=len(pages) / seconds,
    )


def agreement(wanted: str, found: str) -> float:
    """F1 of two texts over their words in order."""
    left, right = re.findall(r"\w+", wanted), re.findall(r"\w+", found)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / max(len(left) + len(right), 1)


def show(name: str, pages: int, reader: str, score: Score) -> None:
    """One line of figures."""
    print(
        f"{name:<9} {reader:<12} pages {pages}  text {score.text or 0:.4f}  "
        f"below 0.99: {score.wrong_texts} of {score.texts}  dates {score.dates:.4f}  {score.pages_a_second:.0f} pages/s"
    )


def ratios(ours: Score, theirs: Score) -> str:
    """Ours divided by theirs."""
    text = (ours.text or 0) / theirs.text if theirs.text else float("nan")
    dates = ours.dates / theirs.dates if theirs.dates else float("inf")
    return f"text {text:.3f}  dates {dates:.3f}  speed {ours.pages_a_second / theirs.pages_a_second:.1f}"


if __name__ == "__main__":
    sys.exit(main())
