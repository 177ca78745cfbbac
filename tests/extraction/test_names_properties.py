"""Whatever the text, names are read without an error, and in time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.extraction.actors import ActorIndex
from flows.extraction.document import Document, document_from_text
from flows.extraction.events import find_events
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.places import PlaceIndex

PIECES = [
    "The ", "Alpha", "Beta ", "Initiative ", "Act", "(AB)", " of ", "and ", "Denver, CO ", "Ohio", "“", "”", "’s ",
    "Mayor ", "launched ", "will ", "12 ", "$3 ", ", ", ": ", ".\n\n", "- ", "*", "St. ", "U.S. ", "I ", "Compact ",
    "é", "\u2060", "—", "ß", "İ", "\x00",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


def _read(doc: Document) -> tuple[InitiativeIndex, PlaceIndex]:
    initiatives, places = InitiativeIndex.of(doc), PlaceIndex.of(doc)
    find_events(doc, initiatives, places, ActorIndex.of(doc, initiatives, places), [])
    return initiatives, places


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_no_text_is_an_error_and_spans_lie_in_it(text: str) -> None:
    doc = document_from_text(text)
    initiatives, places = _read(doc)
    for mention in initiatives.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
    for place in places.found:
        assert 0 <= place.start < place.end <= len(text)
    for index, sentence in enumerate(doc.sentences):
        initiatives.at(index, sentence.start, sentence.end, sentence.start, "target")
        places.of_fact(index, sentence.start, sentence.end, sentence.start, sentence.start + 1, 5.0, "city")


@pytest.mark.parametrize(
    "unit",
    [
        "ALPHA BETA INITIATIVE AND THE ACT OF OHIO ",
        "The Alpha{n} Initiative (AB{n}I) was launched by Denver Mayor Smith{n}.\n\n",
        "Denver, Boston, Ohio, ",
        "“Alpha Initiative (",
    ],
)
def test_time_grows_with_the_length(unit: str) -> None:
    def seconds(repeats: int) -> float:
        doc = document_from_text("".join(unit.replace("{n}", str(n)) for n in range(repeats)))
        start = time.process_time()
        _read(doc)
        return time.process_time() - start

    seconds(10)  # the gazetteer is loaded
    short, long = seconds(300), seconds(1200)
    assert long < 12 * short + 0.3, "four times the text takes far more than four times as long"
