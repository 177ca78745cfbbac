"""The flows as an operator meets them: dry runs, catching up, held weeks, mails that could not go out."""

from __future__ import annotations

import email
import os
from collections.abc import Callable
from datetime import date, timedelta
from email import policy
from functools import partial
from pathlib import Path

import pytest
from prefect.blocks.system import Secret
from prefect.client.orchestration import get_client

from flows.collect import collect
from flows.reporting import delivery
from flows.settings import Settings, SettingsError, load_settings
from flows.stages import mailing
from flows.watchdog import watchdog
from flows.weekly import weekly
from tests.operations.newsroom import MONDAYS, Newsroom, iso
from tests.reporting.postoffice import open_post_office
from warehouse import checks
from warehouse.connection import open_published
from warehouse.errors import LedgerError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]

FIRST = date(2015, 1, 1)


def rows(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with open_published(settings.published_file) as con:
        return con.execute(sql).fetchall()


def state(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def operator_texts(settings: Settings) -> list[str]:
    found = sorted((settings.outbox_dir / "operator").glob("*.eml"))
    mails = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]
    return [f"{mail['Subject']}\n{mail.get_content()}" for mail in mails]


def at(newsroom: Newsroom, number: int) -> str:
    """Move the newsroom to a Monday; the run's time."""
    newsroom.now = MONDAYS[number]
    return iso(MONDAYS[number])


def test_one_edition_over_the_gap(newsroom: Newsroom, settings: Settings) -> None:
    weekly(now=at(newsroom, 0), since=FIRST)
    weekly(now=at(newsroom, 2), since=FIRST)
    told = rows(
        settings,
        "SELECT edition, payload->'edition'->>'weeks_covered', payload->'edition'->>'previous' FROM edition ORDER BY 1",
    )
    assert told == [("2015-W45", "1", None), ("2016-W02", "10", "2015-W45")]
    text = (settings.editions_dir / "2016-W02" / "edition.txt").read_text()
    assert "There was no edition for the 9 weeks before" in " ".join(text.split())


def test_a_dry_run_writes_nothing(newsroom: Newsroom, settings: Settings) -> None:
    weekly(now=at(newsroom, 0), since=FIRST)
    before = state(settings.home)
    outcome = weekly(now=at(newsroom, 1), since=FIRST, dry_run=True)
    assert state(settings.home) == before
    assert sum(visit.new for visit in outcome.visits) > 0
    assert any("2015-W47" in line for line in outcome.headline)
    assert any("Dry run" in line for line in outcome.headline)
    again = weekly(now=at(newsroom, 1), since=FIRST)
    assert again.counts == outcome.counts


def test_backfill_takes_the_days_asked_for(newsroom: Newsroom, settings: Settings) -> None:
    collect(now=at(newsroom, 1), since=date(2015, 11, 10))
    collect(now=at(newsroom, 1), since=date(2015, 9, 1), until=date(2015, 10, 31))
    sql = "SELECT count(*) FROM release_version WHERE published {} AND superseded_at IS NULL"
    (inside,) = rows(settings, sql.format("BETWEEN '2015-09-01' AND '2015-10-31'"))[0]
    (outside,) = rows(settings, sql.format("BETWEEN '2015-11-01' AND '2015-11-09'"))[0]
    assert inside and not outside


@pytest.fixture
def structural_failure(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A check of structure fails until the remedy is called."""
    failing = checks.CheckResult("fail/no_two_presidents", "fail", "structure", 0, 3, "a; b; c", "count again")
    real = checks.run_checks
    monkeypatch.setattr(checks, "run_checks", lambda con, run_id: [*real(con, run_id), failing])
    return lambda: monkeypatch.setattr(checks, "run_checks", real)


def test_a_held_week_is_released_after_the_remedy(
    newsroom: Newsroom, settings: Settings, structural_failure: Callable[[], None]
) -> None:
    outcome = weekly(now=at(newsroom, 0), since=FIRST)
    assert not outcome.published and not settings.published_file.exists()
    assert not settings.outbox_dir.joinpath("2015-W45").exists()
    (told,) = operator_texts(settings)
    for part in ("weekly was held", "no_two_presidents", "--release-held", "Last lines of the log"):
        assert part in told
    structural_failure()
    newsroom.now = MONDAYS[0] + timedelta(hours=3)
    with pytest.raises(LedgerError, match="makes the edition 2015-W45, not 2015-W40"):
        weekly(now=iso(newsroom.now), release_held="2015-W40")
    released = weekly(now=iso(newsroom.now), release_held="2015-W45")
    assert released.published
    assert rows(settings, "SELECT edition FROM edition") == [("2015-W45",)]
    with pytest.raises(LedgerError, match="out already"):
        weekly(now=iso(newsroom.now), release_held="2015-W45")


def test_mails_that_were_not_taken_go_out_later_and_nobody_gets_two(
    newsroom: Newsroom, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMITMENTS_SUBSCRIBERS", "ada@example.org, bert@example.org")
    monkeypatch.setenv("COMMITMENTS_OPERATOR", "operator@example.org")
    monkeypatch.setenv("COMMITMENTS_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setattr(delivery, "Pace", partial(delivery.Pace, seconds_between=0.0, waits=()))
    outcome = weekly(now=at(newsroom, 0), since=FIRST)
    assert outcome.published and "2 not accepted for now" in str(outcome.undelivered)
    (told,) = operator_texts(settings)
    assert "left mails undelivered" in told and "commitments doctor" in told
    with open_post_office() as office:
        monkeypatch.setenv("COMMITMENTS_SMTP_URL", f"smtp://127.0.0.1:{office.port}")
        for _ in range(2):
            weekly(now=at(newsroom, 0), since=FIRST)
        mailing.send_edition(load_settings(), None)
    got = [to for to, _ in office.accepted]
    assert sorted(got) == ["ada@example.org", "bert@example.org"]


def test_a_failed_run_mails_cause_log_and_next_step(
    newsroom: Newsroom, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMITMENTS_OPERATOR", "operator@example.org")
    weekly(now=at(newsroom, 1), since=FIRST)
    with open_post_office() as office:
        monkeypatch.setenv("COMMITMENTS_SMTP_URL", f"smtp://127.0.0.1:{office.port}")
        with pytest.raises(LedgerError, match="logical time never goes back"):
            weekly(now=at(newsroom, 0), since=FIRST)
    ((to, content),) = office.accepted
    mail = email.message_from_bytes(content, policy=policy.default)
    assert to == "operator@example.org"
    assert mail["Subject"].startswith("[Commitment Ledger] weekly failed")
    for part in ("logical time never goes back", "timedatectl", "weekly as of 2015-11-09"):
        assert part in mail.get_content()


def test_the_watchdog_mails_while_no_edition_is_out(newsroom: Newsroom, settings: Settings) -> None:
    watchdog(now=iso(MONDAYS[0]))
    assert "No edition 2015-W45" in operator_texts(settings)[-1]
    weekly(now=at(newsroom, 0), since=FIRST)
    assert watchdog(now=iso(MONDAYS[0] + timedelta(hours=2))).startswith("All is well")
    assert len(operator_texts(settings)) == 1
    watchdog(now=iso(MONDAYS[0] + timedelta(days=7)))
    assert "the newest is 2015-W45" in operator_texts(settings)[-1]


def test_the_mail_servers_password_may_lie_in_a_secret_block(
    newsroom: Newsroom, settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "hunter3-planted"
    monkeypatch.setenv("COMMITMENTS_SUBSCRIBERS", "ada@example.org")
    monkeypatch.setenv("COMMITMENTS_SMTP_URL", "prefect-secret:commitments-smtp")
    with pytest.raises(SettingsError, match="'commitments-smtp', which is not there"):
        weekly(now=at(newsroom, 0), since=FIRST)
    with open_post_office(needs_login=True) as office:
        office.password = secret
        Secret(value=f"smtp://robot:{secret}@127.0.0.1:{office.port}").save("commitments-smtp")
        weekly(now=at(newsroom, 0), since=FIRST)
    assert [to for to, _ in office.accepted] == ["ada@example.org"]
    assert secret not in "".join(capfd.readouterr())
    assert [path for path in settings.home.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()] == []


def test_no_output_holds_the_mail_servers_password(
    newsroom: Newsroom, settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every file of the home, everything printed, and everything that Prefect stored."""
    secret = "hunter2-planted"
    monkeypatch.setenv("COMMITMENTS_SUBSCRIBERS", "ada@example.org")
    monkeypatch.setenv("COMMITMENTS_SMTP_URL", f"smtp://robot:{secret}@127.0.0.1:9")
    monkeypatch.setenv("COMMITMENTS_OPERATOR", "operator@example.org")
    weekly(now=at(newsroom, 0), since=FIRST)
    with pytest.raises(LedgerError):
        weekly(now="2014-01-06T12:00:00Z")
    monkeypatch.setenv("COMMITMENTS_SMTP_URL", f"nonsense://robot:{secret}@127.0.0.1:9")
    outcome = weekly(now=at(newsroom, 1), since=FIRST)
    assert "COMMITMENTS_SMTP_URL must be smtp://host:port" in str(outcome.undelivered)
    told = capfd.readouterr()
    assert secret not in told.out + told.err
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert [path for path in files if secret.encode() in path.read_bytes()] == []
    with get_client(sync_client=True) as client:
        stored = [client.read_flow_runs(), client.request("POST", "/logs/filter", json={}).text]
        stored.append(client.request("POST", "/artifacts/filter", json={}).text)
    assert secret not in repr(stored)
    assert secret not in repr(load_settings())
    assert os.environ["COMMITMENTS_SMTP_URL"]
