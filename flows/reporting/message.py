"""The MIME message: a mail addressed to one subscriber, the same bytes whenever the same edition is made again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from flows.reporting.links import safe_url
from flows.reporting.mail import Mail
from flows.reporting.told import FootLine
from flows.reporting.wording import one_line

_LINKS = ("List-Unsubscribe", "List-Id", "Message-ID", "Content-ID")


if TYPE_CHECKING:
    _EmailPolicy = EmailPolicy[EmailMessage]
else:  # generic for type checkers alone
    _EmailPolicy = EmailPolicy


class _Policy(_EmailPolicy):
    """The standard's rules, but headers that hold links and ids are folded between these and never within.

    Python's own folding turns an address that is longer than a line into encoded words, which no mail program takes for
    a link.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as it goes over the wire."""
        if name not in _LINKS:
            return super().fold_binary(name, value)
        return f"{name}: {value}".replace(", ", f",{self.linesep} ").encode("ascii") + self.linesep.encode()


_POLICY = _Policy(linesep=SMTP.linesep, max_line_length=78, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends the mail and how it is left. `unsubscribe_url` names who answers a click (RFC 8058); None where
    nobody does.
    """

    mail_from: str
    reply_to: str | None = None
    unsubscribe_url: str | None = None

    @property
    def address(self) -> str:
        """The bare address of the sender."""
        return parseaddr(self.mail_from)[1]

    @property
    def domain(self) -> str:
        """The sender's domain, in which message and list ids live."""
        return self.address.rpartition("@")[2] or "localhost"

    def answer_to(self) -> str:
        """The bare address that answers."""
        return parseaddr(self.reply_to)[1] if self.reply_to else self.address

    def leave_by_mail(self, token: str) -> str:
        """The mailto link that ends a subscription."""
        return f"mailto:{quote(self.answer_to(), safe='@')}?subject={quote(f'unsubscribe {token}')}"

    def leave_by_click(self, token: str) -> str | None:
        """The HTTPS link that ends a subscription, where somebody answers it."""
        url = safe_url(self.unsubscribe_url)
        if not url or urlsplit(url).scheme != "https":
            return None
        return f"{url}{'&' if '?' in url else '?'}token={quote(token, safe='')}"


def farewell(envelope: Envelope, token: str) -> list[FootLine]:
    """The mail's lines on how to leave."""
    click = envelope.leave_by_click(token)
    if click:
        return [FootLine("Enough of this?", click, "Unsubscribe")]
    return [FootLine(f"Enough of this? Reply with the subject: unsubscribe {token}")]


def message_id(edition: str, subscriber_id: str, envelope: Envelope, *, suffix: str = "") -> str:
    """The message's identity, fixed by edition and subscriber: a mail sent twice by accident is known as one."""
    return f"<{edition}{suffix}.{subscriber_id}@{envelope.domain}>"


def build(
    mail: Mail,
    *,
    envelope: Envelope,
    to: str,
    subscriber_id: str,
    token: str,
    sent_at: datetime | None = None,
    suffix: str = "",
) -> EmailMessage:
    """The whole message. Without `sent_at` it has no Date header: that is set at sending, outside every comparison."""
    message = EmailMessage(policy=_POLICY)
    _set_headers(message, mail, envelope, to, token)
    message["Message-ID"] = message_id(mail.name, subscriber_id, envelope, suffix=suffix)
    if sent_at:
        message["Date"] = format_datetime(sent_at)
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage), "the HTML part was added in the line before"
    for cid, png in mail.pictures.items():
        html.add_related(png, "image", "png", cid=f"<{cid}>", disposition="inline", filename=f"{cid}.png")
    message.add_attachment(mail.figures, "text", "csv", filename=f"{mail.name}.csv", params={"charset": "utf-8"})
    _fix_boundaries(message, message["Message-ID"])
    return message


def _set_headers(message: EmailMessage, mail: Mail, envelope: Envelope, to: str, token: str) -> None:
    message["From"] = _address(envelope.mail_from)
    message["Reply-To"] = _address(envelope.reply_to or envelope.mail_from)
    message["To"] = _address(to)
    message["Subject"] = one_line(mail.subject)
    message["List-Id"] = f"Commitment Ledger <weekly.commitment-ledger.{envelope.domain}>"
    leave = [f"<{envelope.leave_by_mail(token)}>"]
    click = envelope.leave_by_click(token)
    if click:
        leave.insert(0, f"<{click}>")
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Unsubscribe"] = ", ".join(leave)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"


def _address(text: str) -> Address:
    name, address = parseaddr(one_line(text))
    return Address(display_name=name, addr_spec=address)


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    """Give each multipart a boundary made from the message's identity, not from a random number."""
    for place, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary("=_" + hashlib.sha256(f"{seed} {place}".encode()).hexdigest()[:32])


def to_bytes(message: EmailMessage) -> bytes:
    """The message as it goes over the wire."""
    return message.as_bytes(policy=_POLICY)
