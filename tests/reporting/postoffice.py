"""A real SMTP server on loopback that can be told to misbehave, for the tests of delivery."""

from __future__ import annotations

import email
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

Answer = str | Callable[[SMTP], str]


@dataclass
class PostOffice:
    """Keeps what it accepts. `at_rcpt` and `at_data` hold answers by address, one taken each time; then it says yes."""

    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_data: dict[str, list[Answer]] = field(default_factory=dict)
    at_mail: list[str] = field(default_factory=list)
    password: str = "secret"
    port: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_mail:
            return self.at_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt.get(address):
            return self.at_rcpt[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        address = envelope.rcpt_tos[0]
        content = envelope.content
        assert isinstance(content, bytes)
        if self.at_data.get(address):
            answer = self.at_data[address].pop(0)
            if isinstance(answer, str):
                return answer
            self.accepted.append((address, content))
            return answer(server)
        self.accepted.append((address, content))
        return "250 Taken"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == self.password.encode(), handled=False)

    def counts(self) -> Counter[str]:
        """How many messages each address got."""
        return Counter(address for address, _ in self.accepted)

    def messages(self, address: str) -> list[EmailMessage]:
        """What an address got, read."""
        read = [email.message_from_bytes(content, policy=default) for to, content in self.accepted if to == address]
        return [message for message in read if isinstance(message, EmailMessage)]

    @property
    def url(self) -> str:
        """The address under which it takes mail."""
        return f"smtp://127.0.0.1:{self.port}?timeout=5"


def hang_up(server: SMTP) -> str:
    """Take the message and drop the connection without an answer."""
    assert server.transport is not None
    server.transport.abort()  # type: ignore[attr-defined]
    return "250 never heard"


class _Door(Controller):
    """A controller that lets the system choose the port."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def open_post_office(*, tls: SSLContext | None = None, needs_login: bool = False) -> Iterator[PostOffice]:
    """A post office on a free port."""
    office = PostOffice()
    controller = _Door(
        office,
        hostname="127.0.0.1",
        port=0,
        tls_context=tls,
        require_starttls=tls is not None,
        authenticator=office.authenticate if needs_login else None,
        auth_required=needs_login,
        auth_require_tls=False,
    )
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()
