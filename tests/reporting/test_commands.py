"""`commitments subscribers` and `send` as a person at the keyboard meets them: a refusal is told in a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Ended, SampleRun, commitments

NOBODY_LISTENS = "smtp://127.0.0.1:9"


@pytest.fixture
def home(sample_run: SampleRun, tmp_path: Path) -> Path:
    """A home with the sample's published file, and nobody subscribed."""
    shutil.copyfile(sample_run.data / "commitments.duckdb", tmp_path / "commitments.duckdb")
    return tmp_path


def assert_told(ended: Ended, code: int, words: str) -> None:
    assert ended.code == code, ended.err
    assert words in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "bad address"), "'bad address' is not a mail address."),
        (("remove", "nobody@example.org"), "nobody@example.org is not subscribed."),
        (("unsubscribe", "abc.def"), "This is no token of ours: copy it whole from the mail."),
        (("preview", "nobody"), "'nobody' is not a mail address."),
    ],
)
def test_what_cannot_be_done_with_a_subscriber_is_told(home: Path, words: tuple[str, ...], told: str) -> None:
    assert_told(commitments("subscribers", *words, home=home), 1, told)


def test_a_filters_word_that_nothing_bears_is_told_and_kept(home: Path) -> None:
    words = ("--topic", "Climate", "--topic", "klimate", "--place", "Norfolk", "--place", "norfolk, va")
    ended = commitments("subscribers", "add", "ann@example.org", *words, home=home)
    assert ended.code == 0, ended.err
    [gets, unknown] = ended.out.splitlines()
    assert gets == "ann@example.org gets the Monday mail: topic Climate or klimate; place Norfolk or norfolk, va."
    assert unknown.startswith("Nothing in the ledger has the topic 'klimate' yet. There are: climate; ")


def test_a_server_that_does_not_answer_is_told_with_its_reason(home: Path) -> None:
    given = {"COMMITMENTS_SMTP_URL": NOBODY_LISTENS}
    ended = commitments("send", "--to", "ann@example.org", "--test", home=home, **given)  # type: ignore[arg-type]
    assert_told(ended, 1, "127.0.0.1:9 cannot be reached: Connection refused.")


def test_a_mail_url_that_cannot_be_read_is_told(home: Path) -> None:
    given = {"COMMITMENTS_SMTP_URL": "ftp://mail.example"}
    ended = commitments("send", home=home, **given)  # type: ignore[arg-type]
    assert_told(ended, 1, "COMMITMENTS_SMTP_URL must be smtp://host:port or smtps://host:port")


def test_without_a_server_the_mails_lie_where_it_says(home: Path) -> None:
    given = {"COMMITMENTS_OPERATOR": "The Desk <desk@ledger.example>"}
    ended = commitments("send", home=home, **given)  # type: ignore[arg-type]
    assert ended.code == 0, ended.err
    assert "1 in the outbox: " in ended.out
    assert len(list((home / "outbox" / "2016-W03").glob("*.eml"))) == 1
