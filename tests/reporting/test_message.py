"""The MIME message: its parts, its headers, its equal bytes."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest

from flows.reporting import mail
from flows.reporting.mail import Mail
from flows.reporting.message import Envelope, build, to_bytes
from flows.reporting.payload import Edition

ENVELOPE = Envelope("Commitment Ledger <ledger@ledger.example>", reply_to="desk@ledger.example")


@pytest.fixture
def written(edition: Edition) -> Mail:
    return mail.compose(edition)


def _sent(written: Mail, envelope: Envelope = ENVELOPE, to: str = "Ann <ann@b.example>") -> EmailMessage:
    made = build(written, envelope=envelope, to=to, subscriber_id="abc", token="abc.sig")
    read = email.message_from_bytes(to_bytes(made), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def test_text_and_html_are_alternatives_with_pictures_and_the_figures_attached(written: Mail) -> None:
    message = _sent(written)
    shape = [part.get_content_type() for part in message.walk()]
    assert shape[:5] == ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html"]
    assert shape[5:-1] == ["image/png"] * len(written.pictures) and shape[-1] == "text/csv"
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None and rich is not None
    assert plain.get_content().replace("\r\n", "\n") == written.text
    assert rich.get_content().replace("\r\n", "\n") == written.html
    [figures] = message.iter_attachments()
    assert figures.get_filename() == "2016-W03.csv"
    assert figures.get_payload(decode=True) == written.figures


def test_every_picture_of_the_html_is_a_part_of_the_message(written: Mail) -> None:
    message = _sent(written)
    inside = {part["Content-ID"] for part in message.walk() if part.get_content_type() == "image/png"}
    assert inside == {f"<{cid}>" for cid in written.pictures}


def test_the_headers_name_sender_list_and_ways_to_leave(written: Mail) -> None:
    message = _sent(written)
    assert message["From"] == "Commitment Ledger <ledger@ledger.example>"
    assert message["Reply-To"] == "desk@ledger.example"
    assert message["To"] == "Ann <ann@b.example>"
    assert message["Message-ID"] == "<2016-W03.abc@ledger.example>"
    assert message["List-Id"] == "Commitment Ledger <weekly.commitment-ledger.ledger.example>"
    assert message["List-Unsubscribe"] == "<mailto:desk@ledger.example?subject=unsubscribe%20abc.sig>"
    assert message["List-Unsubscribe-Post"] is None
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] is None


def test_one_click_is_offered_only_where_somebody_answers_it(written: Mail) -> None:
    envelope = Envelope("l@ledger.example", unsubscribe_url="https://ledger.example/leave?x=1")
    message = _sent(written, envelope)
    assert message["List-Unsubscribe"] == (
        "<https://ledger.example/leave?x=1&token=abc.sig>, <mailto:l@ledger.example?subject=unsubscribe%20abc.sig>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    unsafe = _sent(written, Envelope("l@ledger.example", unsubscribe_url="http://ledger.example/leave"))
    assert unsafe["List-Unsubscribe-Post"] is None


def test_links_in_headers_stay_whole_however_long(written: Mail) -> None:
    """A mail program offers to unsubscribe only where the header holds a plain link."""
    token = "0123456789abcdef." + "A-_9" * 6
    domain = f"{'a' * 30}.{'b' * 30}.example"
    envelope = Envelope(f"Ledger <ledger@{domain}>", unsubscribe_url=f"https://{domain}/leave")
    wire = to_bytes(build(written, envelope=envelope, to="a@b.example", subscriber_id="0" * 16, token=token))
    head = wire.partition(b"\r\n\r\n")[0].decode("ascii")
    assert (
        f"List-Unsubscribe: <https://{domain}/leave?token={token}>,\r\n"
        f" <mailto:ledger@{domain}?subject=unsubscribe%20{token}>\r\n" in head
    )
    assert f"Message-ID: <2016-W03.{'0' * 16}@{domain}>\r\n" in head
    assert f"List-Id: Commitment Ledger <weekly.commitment-ledger.{domain}>\r\n" in head
    assert max(map(len, wire.split(b"\r\n"))) < 998


def test_made_again_the_message_has_equal_bytes_but_for_its_date(written: Mail) -> None:
    def made(sent_at: datetime | None) -> bytes:
        return to_bytes(
            build(written, envelope=ENVELOPE, to="a@b.example", subscriber_id="abc", token="t", sent_at=sent_at)
        )

    assert made(None) == made(None)
    dated = made(datetime(2016, 1, 25, 12, tzinfo=UTC))
    assert b"\r\nDate: Mon, 25 Jan 2016 12:00:00 +0000\r\n" in dated
    assert dated.replace(b"Date: Mon, 25 Jan 2016 12:00:00 +0000\r\n", b"") == made(None)


def test_no_header_can_be_smuggled_in(written: Mail) -> None:
    evil = Mail("2016-W03", "Hello\r\nBcc: x@y.example", written.html, written.text, written.figures, written.pictures)
    message = _sent(evil)
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: x@y.example"


def test_lines_on_the_wire_are_short_and_plain(written: Mail) -> None:
    raw = to_bytes(build(written, envelope=ENVELOPE, to="a@b.example", subscriber_id="abc", token="t"))
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    raw.decode("ascii")
