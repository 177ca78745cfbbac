"""Mirrors and near-duplicates: the same text under a second address.

Two texts are alike from a similarity of 0.95 over their words in order. Across sites that folds them. Within one site
only with equal title and within three days, because a site says nearly the same again and again (a yearly statement, a
monthly bill signing) and each of these is news of its own; such look-alikes go to the review queue.

An index of sketches finds the few texts that are worth a comparison, so that the cost follows the number of new texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal
from uuid import UUID
from zlib import crc32

from rapidfuzz.distance import Indel

ALIKE = 0.95
WITHIN_DAYS = 3
_MIN_WORDS = 20  # below that, equal texts say nothing: `Video of the event is available.`
_SHINGLE = 3
_SKETCH = 64
# Texts alike at 0.95 have one word in twenty changed at most. Each change breaks three shingles, so that at least 85 in
# a hundred are common, 74 of their union; a quarter of the sketch leaves room for chance.
_SHARED = 0.25
_WORD = re.compile(r"\w+")

Verdict = Literal["fold", "review"]


@dataclass(frozen=True)
class Candidate:
    """What is compared of a release. Only releases that repeat no other belong into the index.

    `sketch` may be given where it was stored; `text` then may be left out and is asked for when it is needed.
    """

    release_id: UUID
    source_id: str
    title: str
    published: date | None
    text: str | None
    sketch: tuple[int, ...] | None = None

    @cached_property
    def words(self) -> list[str]:
        """The text's words in order, without case and punctuation."""
        return _words(self.text or "")

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """The sketch: as given, else made from the text."""
        return sketch(self.words) if self.sketch is None else self.sketch


@dataclass(frozen=True, slots=True)
class Likeness:
    """`release_id` says the same as the earlier `like`. `fold` makes it a repeat, `review` asks a person."""

    release_id: UUID
    like: UUID
    similarity: float
    verdict: Verdict


class MirrorIndex:
    """Finds among the texts added so far those that are alike to another one.

    `text_of` fetches the text of a release that was added by its sketch alone.
    """

    def __init__(self, stored: Iterable[Candidate] = (), text_of: Callable[[UUID], str] | None = None) -> None:
        self._texts: list[Candidate] = []
        self._where: defaultdict[int, list[int]] = defaultdict(list)
        self._text_of = text_of
        for release in stored:
            self.add(release)

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, release: Candidate) -> None:
        """Add a release that later ones may repeat."""
        number = len(self._texts)
        self._texts.append(release)
        for mark in release.marks:
            self._where[mark].append(number)

    def alike(self, release: Candidate) -> list[Likeness]:
        """All releases of the index that are alike to this one, the most alike first."""
        marks = release.marks
        shared = Counter(number for mark in marks for number in self._where.get(mark, ()))
        near = [self._texts[number] for number, count in shared.items() if count >= _SHARED * len(marks)]
        if not near or not _says_something(release):
            return []
        found = [likeness for other in near if (likeness := self._likeness(release, other))]
        return sorted(found, key=lambda each: (each.verdict != "fold", -each.similarity, str(each.like)))

    def _likeness(self, release: Candidate, other: Candidate) -> Likeness | None:
        if other.release_id == release.release_id:
            return None
        if release.text is not None and release.text == other.text:
            similarity = 1.0
        else:
            similarity = Indel.normalized_similarity(release.words, self._words(other), score_cutoff=ALIKE)
        if similarity < ALIKE:
            return None
        return Likeness(release.release_id, other.release_id, similarity, _verdict(release, other))

    def _words(self, release: Candidate) -> list[str]:
        if release.text is not None or self._text_of is None:
            return release.words
        return _words(self._text_of(release.release_id))


def similar_releases(new: Iterable[Candidate], index: MirrorIndex) -> list[Likeness]:
    """How new releases repeat those of the index or one another, the earlier being the original.

    A release that folds is reported once and not added to the index, so that no repeat ever points at a repeat. All
    others are added, each with a line for every look-alike to review. Texts change: whoever stores a new version asks
    again, as a page put up with another's text by mistake is a release of its own once that is mended.
    """
    results: list[Likeness] = []
    for release in sorted(new, key=lambda each: each.published or date.max):
        found = index.alike(release)
        if found and found[0].verdict == "fold":
            results.append(found[0])
            continue
        results.extend(found)
        index.add(release)
    return results


def sketch(words: list[str]) -> tuple[int, ...]:
    """The smallest hashes of a text's runs of three words: alike texts share most of them."""
    marks = {crc32(" ".join(words[at : at + _SHINGLE]).encode()) for at in range(len(words) - _SHINGLE + 1)}
    return tuple(sorted(marks)[:_SKETCH])


def sketch_of(text: str) -> tuple[int, ...]:
    """The sketch of a text, to be stored with it."""
    return sketch(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _says_something(release: Candidate) -> bool:
    """Whether a text is long enough to be compared: its marks tell, and only a short one is parted into words."""
    return len(release.marks) > _MIN_WORDS - _SHINGLE or len(release.words) >= _MIN_WORDS


def _verdict(release: Candidate, other: Candidate) -> Verdict:
    if release.source_id != other.source_id:
        return "fold"
    if release.published is None or other.published is None:
        return "review"
    near = abs((release.published - other.published).days) <= WITHIN_DAYS
    return "fold" if near and _bare(release.title) == _bare(other.title) else "review"


def _bare(title: str) -> str:
    return "".join(_WORD.findall(title.casefold()))
