import csv
import io
from dataclasses import replace

import pytest

from flows.reporting import figures, mail
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


def _grown(edition: Edition, times: int) -> Edition:
    moved = edition.sections["moved"]
    many = tuple(dict(row) for row in moved.rows * times)
    return replace(edition, sections={**edition.sections, "moved": replace(moved, rows=many)})


def test_a_small_table_goes_with_the_mail_whole(edition: Edition) -> None:
    assert figures.attach(edition, None) == figures.Attachment(figures.write(edition), None)


def test_a_table_of_many_short_rows_goes_whole_since_its_size_alone_decides(edition: Edition) -> None:
    moved = edition.sections["moved"]
    short = tuple({"shown": str(place)} for place in range(2001))
    grown = replace(edition, sections={**edition.sections, "moved": replace(moved, rows=short)})
    attached = figures.attach(grown, None)
    assert attached == figures.Attachment(figures.write(grown), None)
    assert len(attached.content) < figures.ATTACHMENT_LIMIT / 5


def test_a_table_is_whole_up_to_the_limit_and_cut_beyond(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    grown = _grown(edition, 20)
    whole = figures.write(grown)
    monkeypatch.setattr(figures, "ATTACHMENT_LIMIT", len(whole))
    assert figures.attach(grown, None).rows_a_section is None
    monkeypatch.setattr(figures, "ATTACHMENT_LIMIT", len(whole) - 1)
    cut = figures.attach(grown, None)
    assert cut.rows_a_section is not None and len(cut.content) < len(whole)


def test_a_large_table_is_cut_to_the_first_rows_of_each_section_and_says_so(edition: Edition) -> None:
    grown = _grown(edition, 2000)
    whole = "https://ledger.example/editions/2016-W03.csv"
    attached = figures.attach(grown, whole)
    assert len(figures.write(grown)) > 2 * figures.ATTACHMENT_LIMIT > 2 * len(attached.content)
    rows = list(csv.DictReader(io.StringIO(attached.content.decode("utf-8-sig"))))
    moved = [row for row in rows if row["section"] == "moved"]
    assert attached.rows_a_section is not None and len(moved) == attached.rows_a_section + 1
    left = len(grown.rows("moved")) - attached.rows_a_section
    assert moved[-1]["detail"] == f"{left:,} more rows stand in {whole}"
    assert [row for row in rows if row["section"] == "targets"]


def test_a_mail_of_a_huge_week_stays_small_and_tells_where_the_rest_is(edition: Edition) -> None:
    written = mail.compose(_grown(edition, 2000), site_url="https://ledger.example")
    assert len(written.html.encode()) < 100_000
    assert len(written.figures) <= figures.ATTACHMENT_LIMIT
    for told in (written.text, " ".join(written.html.split())):
        assert "the attached table holds the first" in " ".join(told.split())
    assert "https://ledger.example/editions/2016-W03.csv" in written.text
