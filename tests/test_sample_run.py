"""The main job on the embedded newsroom, looked at as operator, analyst and reader."""

from __future__ import annotations

import email
import json
import re
from email import policy
from pathlib import Path

import duckdb
import pytest

from flows.extraction.document import document_from_text
from flows.extraction.quantities import find_quantities
from tests.conftest import SampleRun, commitments

WEEKS = ["2015-W45", "2015-W47", "2016-W02", "2016-W03"]
LOOPBACK = re.compile(rb"127\.0\.0\.1|localhost:\d|\[::1\]")


@pytest.fixture
def ledger(sample_run: SampleRun) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(sample_run.data / "commitments.duckdb"), read_only=True)


def test_it_ends_well_and_says_where_everything_is(sample_run: SampleRun) -> None:
    assert sample_run.ended.code == 0, sample_run.ended.err
    assert "2016-W03" in sample_run.ended.out
    for path in ("commitments.duckdb", "editions/2016-W03/edition.html", "site/index.html", "outbox/2016-W03"):
        assert path in sample_run.ended.out
        assert (sample_run.data / path).exists()
    assert "Traceback" not in sample_run.ended.err
    assert "leaked" not in sample_run.ended.err


def test_four_editions_and_no_more(ledger: duckdb.DuckDBPyConnection, sample_run: SampleRun) -> None:
    assert [row[0] for row in ledger.execute("SELECT edition FROM edition ORDER BY 1").fetchall()] == WEEKS
    assert sorted(path.name for path in (sample_run.data / "editions").iterdir()) == WEEKS


def test_the_compact_stands_at_122_and_met_its_target(ledger: duckdb.DuckDBPyConnection) -> None:
    row = ledger.execute(
        """
        SELECT level_shown, target_shown, status, met_on::VARCHAR FROM progress
        WHERE initiative = 'Compact of Mayors' AND measure = 'participants' AND population = 'US city'
        """
    ).fetchall()
    assert row == [("122", "100", "met", "2015-11-20")]


def test_the_two_series_of_the_veterans_challenge_stay_apart(ledger: duckdb.DuckDBPyConnection) -> None:
    rows = ledger.execute(
        """
        SELECT population, shown FROM observation INNER JOIN series USING (series_id)
        WHERE initiative LIKE 'Mayors Challenge%Veteran%' AND measure = 'participants'
        ORDER BY as_of, population
        """
    ).fetchall()
    mayors = [shown for population, shown in rows if population == "mayor"]
    leaders = [shown for population, shown in rows if population == "leader|mayor"]
    assert mayors[-1] == "more than 684"
    assert leaders[-1] == "more than 800"
    assert "more than 800" not in mayors


def test_every_figure_leads_to_its_sentence(ledger: duckdb.DuckDBPyConnection) -> None:
    """Each span, read again in the stored text, gives at the number's place the same value, value_max and bound."""
    facts = ledger.execute(
        """
        SELECT evidence.number_start, evidence.number_end, evidence.start_offset, evidence.end_offset,
            fact.value, fact.value_max, fact.bound, fact.quote, version.text
        FROM fact_current AS fact
        INNER JOIN fact_evidence AS evidence ON evidence.fact_id = fact.fact_id AND evidence.superseded_at IS NULL
        INNER JOIN release_version AS version ON version.version_id = evidence.version_id
        WHERE fact.kind = 'quantity'
        """
    ).fetchall()
    assert len(facts) > 100
    for number_start, number_end, start, end, value, value_max, bound, quote, text in facts:
        assert text[start:end] == quote
        again = [q for q in find_quantities(document_from_text(quote)) if q.start == number_start - start]
        assert [(q.value, q.value_max, q.bound, q.end - q.start) for q in again] == [
            (value, value_max, bound, number_end - number_start)
        ]


def test_no_loopback_address_in_any_output(sample_run: SampleRun) -> None:
    outputs = [p for p in sample_run.data.rglob("*") if p.is_file() and p.suffix != ".gz" and "private" not in p.parts]
    assert len(outputs) > 50
    assert [str(path) for path in outputs if LOOPBACK.search(path.read_bytes())] == []


def test_the_mail_is_whole(sample_run: SampleRun) -> None:
    (path,) = (sample_run.data / "outbox" / "2016-W03").glob("*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    assert html is not None and text is not None
    assert len(html.get_content().encode()) < 100_000
    assert "122" in text.get_content()
    for reference in re.findall(r'src="cid:([^"]+)"', html.get_content()):
        assert f"<{reference}>" in {part["Content-ID"] for part in message.walk()}


def test_running_it_again_adds_nothing(tmp_path: Path, sample_run: SampleRun) -> None:
    before = state(sample_run.data)
    again = commitments("weekly", "--sample", home=sample_run.home)
    assert again.code == 0, again.err
    assert state(sample_run.data) == before


def state(home: Path) -> dict[str, bytes]:
    """Every file of a home with its bytes, but for locks and logs."""
    return {
        str(p.relative_to(home)): p.read_bytes()
        for p in sorted(home.rglob("*"))
        if p.is_file() and "lock" not in p.name
    }


@pytest.mark.parametrize("words", [("status", "--sample"), ("check", "--sample"), ("report", "--sample")])
def test_the_ledger_tells_of_itself(sample_run: SampleRun, words: tuple[str, ...]) -> None:
    ended = commitments(*words, home=sample_run.home)
    assert ended.code == 0, ended.err
    assert len(ended.out) > 200


def test_query_in_three_formats(sample_run: SampleRun) -> None:
    sql = "SELECT edition, until FROM edition ORDER BY edition LIMIT 1"
    shown = {
        form: commitments("query", "--sample", sql, "--format", form, home=sample_run.home)
        for form in ("json", "csv", "table")
    }
    assert json.loads(shown["json"].out) == [{"edition": "2015-W45", "until": "2015-11-09T12:00:00"}]
    assert shown["csv"].out.splitlines()[0] == "edition,until"
    assert "2015-W45" in shown["table"].out


def test_the_archive_verifies(sample_run: SampleRun) -> None:
    ended = commitments("archive", "verify", "--sample", home=sample_run.home)
    assert ended.code == 0, ended.err
    assert "0 damaged" in ended.out
