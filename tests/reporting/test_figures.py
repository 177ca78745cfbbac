import csv
import io

import pytest

from flows.reporting import figures
from flows.reporting.payload import Edition


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\r=1", "−4"])
def test_no_text_can_become_a_formula(text: str) -> None:
    assert figures.neutral(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "cell"), [(122, "122"), (122.0, "122"), (-4, "-4"), (0.5, "0.5"), (None, ""), ("Ohio", "Ohio")]
)
def test_numbers_and_plain_words_stay_what_they_are(value: object, cell: str) -> None:
    assert figures.neutral(value) == cell


def test_every_figure_stands_in_the_table_with_its_sentence_and_address(edition: Edition) -> None:
    content = figures.write(edition)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    told = sum(len(edition.rows(name)) for name in figures.SECTIONS)
    assert len(rows) == told
    first = rows[0]
    assert (first["shown"], first["before"], first["as_of"]) == ("122", "118", "2016-01-21")
    assert first["quote"] == "As of this week 122 US cities have signed the Compact of Mayors"
    assert first["url"].startswith("https://")
