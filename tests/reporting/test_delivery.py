"""Delivery through a real SMTP server: once for an edition and subscriber, whatever breaks."""

from __future__ import annotations

import json
import shutil
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.reporting import smtp
from flows.reporting.delivery import Delivered, Pace, Post, deliver, send_test, to_outbox
from flows.reporting.message import Envelope
from flows.reporting.payload import Edition, Filter
from flows.reporting.subscribers import Subscriber, Subscribers
from flows.settings import Settings
from flows.stages import mailing
from tests.reporting.postoffice import PostOffice, hang_up, open_post_office
from tests.warehouse.builders import LedgerBuilder
from warehouse import editions

NOW = datetime(2016, 1, 25, 12, tzinfo=UTC)
QUICK = Pace(seconds_between=0, waits=(0.0, 0.0), sleep=lambda seconds: None)
ANN, BOB, CYD = "ann@b.example", "bob@b.example", "cyd@b.example"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


@dataclass
class Desk:
    """One home's readers and its way to send to them."""

    private: Path
    edition: Edition

    def __post_init__(self) -> None:
        self.post = Post(Envelope("Ledger <ledger@ledger.example>"), self.private, "https://ledger.example")
        rooms = Subscribers(self.private)
        self.readers = [rooms.add(address, Filter(), NOW) for address in (ANN, BOB, CYD)]

    def send(self, url: str, pace: Pace = QUICK) -> Delivered:
        return deliver(self.edition, self.readers, smtp.read_url(url), self.post, lambda: NOW, pace)

    def states(self, address: str) -> list[str]:
        reader = next(reader for reader in self.readers if reader.address == address)
        lines = (self.private / "sends.jsonl").read_text().splitlines()
        return [event["state"] for event in map(json.loads, lines) if event["subscriber"] == reader.subscriber_id]


@pytest.fixture
def desk(tmp_path: Path, edition: Edition) -> Desk:
    return Desk(tmp_path / "private", edition)


def _addresses(readers: list[Subscriber]) -> list[str]:
    return [reader.address for reader in readers]


def test_everyone_gets_the_edition_once(desk: Desk, office: PostOffice) -> None:
    assert _addresses(desk.send(office.url).sent) == [ANN, BOB, CYD]
    again = desk.send(office.url)
    assert not again.sent and _addresses(again.already) == [ANN, BOB, CYD]
    assert office.counts() == {ANN: 1, BOB: 1, CYD: 1}
    assert desk.states(ANN) == ["sending", "sent"]


def test_what_arrives_is_whole(desk: Desk, office: PostOffice) -> None:
    desk.send(office.url)
    [message] = office.messages(BOB)
    assert message["To"] == BOB and message["Date"].datetime == NOW
    assert message["Message-ID"] == f"<2016-W03.{desk.readers[1].subscriber_id}@ledger.example>"
    html = message.get_body(("html",))
    assert html is not None and "Compact of Mayors passes 100" in html.get_content()
    pictures = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert pictures and all(part.get_payload(decode=True).startswith(b"\x89PNG") for part in pictures)  # type: ignore[union-attr]


def test_lines_that_begin_with_a_dot_arrive_as_they_are(desk: Desk, office: PostOffice) -> None:
    with smtp.Connection(smtp.read_url(office.url)) as connection:
        connection.send("a@b.example", ANN, b"Subject: x\r\n\r\n.\r\n..two\r\nend\r\n", lambda: None)
    assert office.accepted == [(ANN, b"Subject: x\r\n\r\n.\r\n..two\r\nend\r\n")]


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_a_temporary_failure_is_tried_again(desk: Desk, office: PostOffice, stage: str) -> None:
    getattr(office, stage)[BOB] = ["451 busy", "452 still busy"]
    outcome = desk.send(office.url)
    assert _addresses(outcome.sent) == [ANN, CYD, BOB] and not outcome.deferred
    assert office.counts() == {ANN: 1, BOB: 1, CYD: 1}


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_what_stays_deferred_is_made_up_for_by_the_next_run(desk: Desk, office: PostOffice, stage: str) -> None:
    getattr(office, stage)[BOB] = ["451 busy"] * 3
    outcome = desk.send(office.url)
    assert [(reader.address, why) for reader, why in outcome.deferred] == [(BOB, "451 busy")]
    assert _addresses(desk.send(office.url).sent) == [BOB]
    assert office.counts() == {ANN: 1, BOB: 1, CYD: 1}


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_a_permanent_failure_is_recorded_and_never_tried_again(desk: Desk, office: PostOffice, stage: str) -> None:
    getattr(office, stage)[BOB] = ["550 no such mailbox"]
    outcome = desk.send(office.url)
    assert [(reader.address, why) for reader, why in outcome.refused] == [(BOB, "550 no such mailbox")]
    assert _addresses(outcome.sent) == [ANN, CYD]
    assert not desk.send(office.url).sent
    assert office.counts() == {ANN: 1, CYD: 1}


def test_a_connection_lost_after_the_content_leaves_a_doubt_that_is_told_and_not_resent(
    desk: Desk, office: PostOffice
) -> None:
    office.at_data[BOB] = [hang_up]
    outcome = desk.send(office.url)
    assert _addresses(outcome.doubtful) == [BOB] and _addresses(outcome.sent) == [ANN, CYD]
    assert "1 doubtful" in outcome.words()
    again = desk.send(office.url)
    assert _addresses(again.doubtful) == [BOB] and not again.sent
    assert office.counts() == {ANN: 1, BOB: 1, CYD: 1}
    assert desk.states(BOB) == ["sending"]


def test_a_server_that_is_not_there_defers_all(desk: Desk) -> None:
    with open_post_office() as office:
        closed = office.url
    outcome = desk.send(closed)
    assert [reader.address for reader, _ in outcome.deferred] == [ANN, BOB, CYD]
    assert "cannot be reached" in outcome.deferred[0][1]


def test_a_refused_sender_stops_the_round_and_blames_no_subscriber(desk: Desk, office: PostOffice) -> None:
    office.at_mail = ["553 sender not allowed"]
    outcome = desk.send(office.url)
    assert outcome.stopped == "the server refuses the sender: 553 sender not allowed"
    assert _addresses(outcome.left) == [ANN, BOB, CYD] and not outcome.refused
    assert _addresses(desk.send(office.url).sent) == [ANN, BOB, CYD]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_stops_the_round(desk: Desk) -> None:
    with open_post_office(needs_login=True) as office:
        login = office.url.replace("//", "//user:wrong@")
        outcome = desk.send(login)
        assert outcome.stopped is not None and "refuses the login" in outcome.stopped
        assert "wrong" not in outcome.words()
        assert _addresses(desk.send(office.url.replace("//", "//user:secret@")).sent) == [ANN, BOB, CYD]


def test_pace_and_cap_are_held(desk: Desk, office: PostOffice) -> None:
    slept: list[float] = []
    outcome = desk.send(office.url, Pace(seconds_between=2, most=2, waits=(), sleep=slept.append))
    assert _addresses(outcome.sent) == [ANN, BOB] and _addresses(outcome.left) == [CYD]
    assert slept == [0, 2]
    assert _addresses(desk.send(office.url).sent) == [CYD]


@pytest.mark.slow
def test_a_run_killed_between_acceptance_and_record_sends_nothing_twice(desk: Desk, office: PostOffice) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.reporting.sending", str(desk.private), office.url], stdout=subprocess.PIPE
    )

    def kill_the_sender(server: object) -> str:
        child.send_signal(signal.SIGKILL)
        child.wait()
        return "250 Taken"

    office.at_data[BOB] = [kill_the_sender]
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert office.counts() == {ANN: 1, BOB: 1}
    outcome = desk.send(office.url)
    assert _addresses(outcome.already) == [ANN]
    assert _addresses(outcome.doubtful) == [BOB]
    assert _addresses(outcome.sent) == [CYD]
    assert office.counts() == {ANN: 1, BOB: 1, CYD: 1}


@pytest.mark.slow
def test_two_runs_at_once_send_nothing_twice(desk: Desk, office: PostOffice) -> None:
    command = [sys.executable, "-m", "tests.reporting.sending", str(desk.private), office.url]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    told = sorted(child.communicate(timeout=60)[0].decode().strip() for child in children)
    assert told == ["3 had it already", "3 sent"]
    assert office.counts() == {ANN: 1, BOB: 1, CYD: 1}


def test_without_a_server_the_mails_lie_in_the_outbox(desk: Desk, tmp_path: Path) -> None:
    laid = to_outbox(desk.edition, desk.readers, tmp_path / "outbox", desk.post, NOW)
    assert [path.name for path in laid] == [f"{reader.subscriber_id}.eml" for reader in desk.readers]
    first = laid[0].read_bytes()
    assert b"\r\nTo: ann@b.example\r\n" in first
    page = laid[0].with_suffix(".html").read_text()
    assert "data:image/png;base64," in page and "cid:" not in page
    to_outbox(desk.edition, desk.readers, tmp_path / "outbox", desk.post, datetime(2017, 1, 1, tzinfo=UTC))
    assert laid[0].read_bytes() == first


def test_a_test_copy_is_marked_and_leaves_the_ledger_alone(desk: Desk, office: PostOffice) -> None:
    reader = Subscribers(desk.private).reader("me@b.example", Filter())
    answer = send_test(desk.edition, reader, smtp.read_url(office.url), desk.post, lambda: NOW)
    assert answer == "Taken"
    [message] = office.messages("me@b.example")
    assert message["Subject"].startswith("[Test] ")
    assert message["Message-ID"] != f"<2016-W03.{reader.subscriber_id}@ledger.example>"
    assert not (desk.private / "sends.jsonl").exists()


def test_no_address_reaches_the_send_ledger(desk: Desk, office: PostOffice) -> None:
    office.at_rcpt[BOB] = ["550 <bob@b.example> unknown"]
    desk.send(office.url)
    assert "b.example" not in (desk.private / "sends.jsonl").read_text()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://a.example", "must be smtp://"),
        ("smtp://", "must be smtp://"),
        ("smtp://a.example:port", "cannot be read"),
        ("smtp://a.example?tls=maybe", "tls is"),
        ("smtp://a.example?timeout=soon", "timeout is"),
    ],
)
def test_a_wrong_address_of_the_server_is_told_in_a_sentence(url: str, said: str) -> None:
    with pytest.raises(smtp.SettingError, match=said):
        smtp.read_url(url)


def test_the_address_of_the_server_decides_how_it_is_spoken_to() -> None:
    assert smtp.read_url("smtp://user:p%40ss@mail.example").tls == "starttls"
    assert smtp.read_url("smtp://user:p%40ss@mail.example").password == "p@ss"
    assert (smtp.read_url("smtps://mail.example").tls, smtp.read_url("smtps://mail.example").port) == ("implicit", 465)
    assert smtp.read_url("smtp://localhost:2525").tls == "none"
    assert "p%40ss" not in repr(smtp.read_url("smtp://user:p%40ss@mail.example"))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the test's certificate, is not there")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command, *names], check=True, capture_output=True)
    return key, cert


def test_mail_goes_through_tls_to_a_server_that_is_trusted_and_to_no_other(
    desk: Desk, certificate: tuple[Path, Path]
) -> None:
    key, cert = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    with open_post_office(tls=context) as office:
        outcome = desk.send(office.url + "&tls=starttls")
        assert outcome.stopped is not None and "cannot be trusted" in outcome.stopped
        assert not office.accepted
        assert _addresses(desk.send(f"{office.url}&tls=starttls&cafile={cert}").sent) == [ANN, BOB, CYD]


def test_the_settings_decide_pace_and_cap(
    tmp_path: Path, office: PostOffice, mondays: tuple[LedgerBuilder, list[editions.Edition]]
) -> None:
    settings = Settings(tmp_path, smtp_url=office.url, subscribers=(ANN, BOB), mail_pause=0, mails_a_run=1)
    first, second = (mailing.deliver(settings, mondays[1][-1]) for _ in range(2))
    assert first.words == "1 sent, 1 left for the next `commitments send`"
    assert not first.complete and first.needs_a_look
    assert second.words == "1 sent, 1 had it already" and second.complete
