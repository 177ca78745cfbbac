from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.settings import SettingsError, load_settings, parse_now

CHECKOUT = Path(__file__).resolve().parents[1]
NEW_YORK = ZoneInfo("America/New_York")


def test_home_is_the_variable_even_where_it_does_not_exist_yet(tmp_path: Path) -> None:
    assert load_settings({"COMMITMENTS_HOME": str(tmp_path / "new")}, CHECKOUT).home == tmp_path / "new"


def test_home_is_the_checkout_that_the_working_directory_is_in() -> None:
    assert load_settings({}, CHECKOUT / "sql").home == CHECKOUT / "warehouse" / "data"


def test_no_home_is_an_error_that_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="COMMITMENTS_HOME"):
        load_settings({}, tmp_path)


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    settings = load_settings({"COMMITMENTS_HOME": str(tmp_path), "COMMITMENTS_SMTP_URL": " "})
    assert settings.smtp_url is None


def test_unknown_time_zone_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Mars/Olympus"):
        load_settings({"COMMITMENTS_HOME": str(tmp_path), "COMMITMENTS_TZ": "Mars/Olympus"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMMITMENTS_MAIL_PAUSE", "soon"),
        ("COMMITMENTS_MAIL_PAUSE", "-1"),
        ("COMMITMENTS_MAIL_PAUSE", "nan"),
        ("COMMITMENTS_MAILS_A_RUN", "0"),
        ("COMMITMENTS_MAIL_FROM", "the ledger"),
        ("COMMITMENTS_OPERATOR", "nobody"),
        ("COMMITMENTS_MAILS_A_RUN", "inf"),
        ("COMMITMENTS_SITE_URL", "ledger.example"),
        ("COMMITMENTS_SITE_URL", "javascript:alert(1)"),
        ("COMMITMENTS_UNSUBSCRIBE_URL", "http://ledger.example/leave"),
        ("COMMITMENTS_UNSUBSCRIBE_URL", "https://bücher.example/leave"),
        ("COMMITMENTS_SITE_URL", "https://ledger.example:port"),
        ("COMMITMENTS_SITE_URL", "https://led ger.example"),
        ("COMMITMENTS_OPERATOR", "a@ledger.example, b@ledger.example"),
        ("COMMITMENTS_MAIL_FROM", "post@bücher.example"),
        ("COMMITMENTS_MAILS_A_RUN", "1.9"),
    ],
)
def test_a_wrong_value_is_named_with_its_setting(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}: {re.escape(repr(value))}"):
        load_settings({"COMMITMENTS_HOME": str(tmp_path), name: value})


def test_a_password_in_a_link_is_refused_without_being_said_again(tmp_path: Path) -> None:
    given = {"COMMITMENTS_HOME": str(tmp_path), "COMMITMENTS_SITE_URL": "https://u:hunter2@ledger.example"}
    with pytest.raises(SettingsError, match="COMMITMENTS_SITE_URL holds a user or a password") as refused:
        load_settings(given)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("wrong", ["bert", "Bert <bert@example.org>", "bert @example.org"])
def test_a_subscriber_who_cannot_get_mail_is_named_before_anything_runs(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SettingsError, match=f"COMMITMENTS_SUBSCRIBERS: {re.escape(repr(wrong))}"):
        load_settings({"COMMITMENTS_HOME": str(tmp_path), "COMMITMENTS_SUBSCRIBERS": f"ada@example.org, {wrong}"})


def test_pace_and_cap_of_the_mail_are_settings(tmp_path: Path) -> None:
    given = {"COMMITMENTS_HOME": str(tmp_path), "COMMITMENTS_MAIL_PAUSE": "0", "COMMITMENTS_MAILS_A_RUN": "50"}
    assert (load_settings(given).mail_pause, load_settings(given).mails_a_run) == (0, 50)
    usual = load_settings({"COMMITMENTS_HOME": str(tmp_path)})
    assert (usual.mail_pause, usual.mails_a_run) == (0.5, 2000)


def test_the_sample_has_its_own_home_and_never_sends(tmp_path: Path) -> None:
    settings = load_settings({"COMMITMENTS_HOME": str(tmp_path), "COMMITMENTS_SMTP_URL": "smtp://mail.example"})
    assert settings.for_sample().home == tmp_path / "sample"
    assert settings.for_sample().smtp_url is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-01-25T07:00", datetime(2016, 1, 25, 12, tzinfo=UTC)),  # New York without offset
        ("2016-07-25T07:00", datetime(2016, 7, 25, 11, tzinfo=UTC)),  # summer time
        ("2016-01-25T07:00:00Z", datetime(2016, 1, 25, 7, tzinfo=UTC)),
        ("2016-01-25", datetime(2016, 1, 25, 5, tzinfo=UTC)),
    ],
)
def test_now_without_offset_is_in_the_ledgers_time_zone(text: str, expected: datetime) -> None:
    assert parse_now(text, NEW_YORK) == expected


def test_a_wrong_now_is_named() -> None:
    with pytest.raises(SettingsError, match="yesterday"):
        parse_now("yesterday", NEW_YORK)
