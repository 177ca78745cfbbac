"""Speed, load time and memory of extraction, beside quantulum3 and spaCy's small English model, in one run.

    python -m bench.extraction [SHARED] [--releases N] [--seconds S] [--spacy-model NAME]

SHARED is the folder of shared material (default `../shared`): its replayed newsroom gives the texts; without it the
sentences of `tests/sentences` do, over and over. All readers read the same sentences on one core and are timed in
processor seconds; a slow peer reads as many as it manages in S seconds. spaCy runs its whole pipeline, which a finder
of quantities built on it needs first. Ratios are ours (text to quantities) divided by the peer's: above 1 is better.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import unescape
from pathlib import Path

from flows.extraction.document import document_from_text
from flows.extraction.facts import extract_facts
from flows.extraction.quantities import find_quantities
from flows.stages.reading import spare_the_collector

NEWSROOM = "newsroom/whitehouse-2023-q2q3.jsonl.gz"
SENTENCES = Path("tests/sentences/quantities.jsonl")
Reader = Callable[[Sequence[str]], object]
BATCH = 64

LOADING = """
import resource, time
start = time.perf_counter()
from datetime import date
from flows.extraction.document import document_from_text
from flows.extraction.facts import extract_facts
extract_facts(document_from_text("Mayor Ann Lee said 12 cities joined the River Pledge.", "A", date(2020, 1, 1)))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> int:
    """Measure and print; 0 also where a peer is not installed, and the output says so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--releases", type=int, default=200, help="how many newsroom releases (default 200)")
    parser.add_argument("--seconds", type=float, default=20, help="at most so long for each peer (default 20)")
    parser.add_argument("--spacy-model", default="en_core_web_sm", help="name of the installed model")
    arguments = parser.parse_args()
    texts = texts_of(arguments.shared, arguments.releases)
    sentences = [text[s.start : s.end] for text in texts for s in document_from_text(text).sentences]
    print(f"{len(texts)} texts, {len(sentences)} sentences")
    show_loading()
    ours = show_ours(texts, len(sentences))
    show_peer("quantulum3", quantulum_reader, sentences, arguments.seconds, ours)
    show_peer("spaCy small", lambda: spacy_reader(arguments.spacy_model), sentences, arguments.seconds, ours)
    return 0


def texts_of(shared: Path, count: int) -> list[str]:
    """The newsroom's releases as plain text, or our own sentences where it is not at hand."""
    newsroom = shared / NEWSROOM
    if newsroom.is_file():
        with gzip.open(newsroom, "rt", encoding="utf-8") as lines:
            releases = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
        return [plain(release["versions"][-1]["html"]) for release in releases]
    own = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    print(f"no newsroom in {shared}: our own test sentences are read instead")
    return ["\n\n".join(own)] * 20


def plain(html: str) -> str:
    """A release's body as text: one block a paragraph."""
    html = re.sub(r"</?(?:p|li|h\d|ul|ol|div|br|tr|table)[^>]*>", "\f", html.replace("\n", " "))
    text = unescape(re.sub(r"<[^>]+>", "", html))
    return "\n\n".join(block.strip() for block in text.split("\f") if block.strip())


def show_loading() -> None:
    """Import, lexicon, gazetteer and the first text in a fresh process."""
    run = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
    seconds, megabytes = (float(figure) for figure in run.stdout.split())
    print(f"load and first text      {seconds:8.2f} s (limit 2)    {megabytes:6.0f} MB at most (limit 400)")


def show_ours(texts: Sequence[str], sentences: int) -> float:
    """Our speeds on one core and on all, as the flows read; gives sentences a second from text to quantities."""
    spare_the_collector()
    quantities = per_second(lambda: [find_quantities(document_from_text(text)) for text in texts], sentences)
    facts = per_second(lambda: [extract_facts(document_from_text(text)) for text in texts], sentences)
    print(f"ours, text to quantities {quantities:8.0f} sentences/s on one core")
    print(f"ours, text to facts      {facts:8.0f} sentences/s on one core (target 4000)")
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, initializer=spare_the_collector) as pool:
        list(pool.map(facts_of, [""] * cores))  # the workers load before the clock starts
        start = time.perf_counter()
        list(pool.map(facts_of, texts, chunksize=4))
        everywhere = sentences / (time.perf_counter() - start)
    print(f"ours, text to facts      {everywhere:8.0f} sentences/s on {cores} cores")
    return quantities


def facts_of(text: str) -> int:
    """How many facts a text holds: what a worker does."""
    return len(extract_facts(document_from_text(text)))


def per_second(work: Callable[[], object], sentences: int) -> float:
    """Sentences per processor second, the better of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return sentences / best


def show_peer(name: str, load: Callable[[], Reader], sentences: Sequence[str], seconds: float, ours: float) -> None:
    """A peer's speed and the ratio, or why there is none."""
    try:
        reader = load()
    except (ImportError, OSError) as error:
        print(f"no peer: {name} cannot be loaded ({str(error).splitlines()[0]}); no ratio")
        return
    reader(sentences[:1])
    done, start = 0, time.process_time()
    while done < len(sentences) and time.process_time() - start < seconds:
        batch = sentences[done : done + BATCH]
        reader(batch)
        done += len(batch)
    theirs = done / (time.process_time() - start)
    print(f"{name:<24} {theirs:8.0f} sentences/s on one core; ratio {ours / theirs:.1f} ({done} sentences)")


def quantulum_reader() -> Reader:
    """quantulum3's parser."""
    from quantulum3 import parser

    return lambda batch: [parser.parse(sentence) for sentence in batch]


def spacy_reader(model: str) -> Reader:
    """spaCy's pipeline with a small model, in batches as it likes them."""
    import spacy

    pipeline = spacy.load(model)
    return lambda batch: list(pipeline.pipe(batch))


if __name__ == "__main__":
    sys.exit(main())
