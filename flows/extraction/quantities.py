"""Finds the quantities of a text: number, comparator, unit (first cut)."""

from __future__ import annotations

import re

from flows.extraction.document import Document, Sentence
from flows.extraction.quantity import Quantity
from warehouse.records import Bound

_NUMBER = re.compile(
    r"(?P<money>\$\s?)?(?<![\w.,])(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:\s?(?P<scale>thousand|million|billion|trillion)\b)?(?P<percent>\s?(?:%|percent\b|per cent\b))?(?![\w-])"
)
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_BOUND: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"(?:more than|over|exceeding)\s+$", re.I), ">"),
    (re.compile(r"(?:at least)\s+$", re.I), ">="),
    (re.compile(r"(?:up to|as many as)\s+$", re.I), "<="),
    (re.compile(r"(?:fewer than|less than|under)\s+$", re.I), "<"),
    (re.compile(r"(?:about|nearly|almost|approximately|roughly|an estimated)\s+$", re.I), "~"),
)
_NOUN = re.compile(r"\s+(?:[a-z][\w-]*\s+){0,3}?([a-z]+s)\b")


def find_quantities(doc: Document) -> list[Quantity]:
    """Every quantity of the document in reading order."""
    return [q for index, sentence in enumerate(doc.sentences) for q in _of_sentence(doc, index, sentence)]


def _of_sentence(doc: Document, index: int, sentence: Sentence) -> list[Quantity]:
    found = []
    for match in _NUMBER.finditer(doc.text, sentence.start, sentence.end):
        value = float(match["digits"].replace(",", "")) * _SCALE.get(match["scale"] or "", 1)
        before = doc.text[max(sentence.start, match.start() - 30) : match.start()]
        bound = next((bound for pattern, bound in _BOUND if pattern.search(before)), "=")
        noun = _NOUN.match(doc.text, match.end(), sentence.end)
        year = 1900 <= value <= 2100 and not match["money"] and "," not in match["digits"]
        if year or (not match["money"] and not match["percent"] and not noun):
            continue
        unit = "USD" if match["money"] else "%" if match["percent"] else noun.group(1).rstrip("s") if noun else None
        kind = "money" if match["money"] else "percent" if match["percent"] else "count"
        found.append(
            Quantity(
                index, match.start(), match.end(), value, None, bound, unit, None, None, (), kind, None, True, "first"
            )
        )
    return found
