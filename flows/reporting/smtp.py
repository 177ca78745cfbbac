"""A conversation with an SMTP server that always knows whether a message was accepted, was not, or may have been."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_TIMEOUT = 30.0


class SettingError(ValueError):
    """An SMTP URL that cannot be used, in a sentence."""


class Deferred(Exception):
    """Surely not accepted now; trying again later may help."""


class Unreachable(Deferred):
    """The server cannot be spoken to now: nothing about any one subscriber, and no use in asking again for the next."""


class Refused(Exception):
    """Surely not accepted, and trying again does not help."""


class Unusable(Exception):
    """The server takes nothing from us at all (login, certificate, sender): no fault of any one subscriber."""


class Doubtful(Exception):
    """The connection broke after the content went out: nobody knows whether the server has it."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. `tls` is starttls, implicit or none (loopback only, unless the URL says so)."""

    host: str
    port: int
    tls: str
    user: str | None
    password: str | None
    timeout: float
    cafile: str | None

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, {self.tls})"


def read_url(url: str) -> Server:
    """Read `smtp://user:password@host:587`, `smtps://…:465`; options `?timeout=30&tls=none&cafile=…`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SettingError(f"COMMITMENTS_SMTP_URL cannot be read: {error}") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingError("COMMITMENTS_SMTP_URL must be smtp://host:port or smtps://host:port")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    usual = "implicit" if parts.scheme == "smtps" else "none" if parts.hostname in _LOOPBACK else "starttls"
    tls = options.get("tls", usual)
    if tls not in ("starttls", "implicit", "none"):
        raise SettingError("COMMITMENTS_SMTP_URL: tls is starttls, implicit or none")
    return Server(
        host=parts.hostname,
        port=port or (465 if tls == "implicit" else 587),
        tls=tls,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        timeout=_seconds(options.get("timeout")),
        cafile=options.get("cafile"),
    )


def _seconds(text: str | None) -> float:
    try:
        seconds = float(text) if text else _TIMEOUT
    except ValueError:
        seconds = 0.0
    if seconds <= 0:
        raise SettingError("COMMITMENTS_SMTP_URL: timeout is a number of seconds")
    return seconds


class Connection:
    """An open session, used as a context manager; opens again by itself after a break."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None

    def reach(self) -> None:
        """Open the session, with its encryption and login, and send nothing: whether the server would take our mail."""
        self._ready()

    def send(self, sender: str, to: str, content: bytes, before_content: Callable[[], None]) -> str:
        """Hand in one message and return the server's answer.

        `before_content` is called when the server has agreed to take the content, just before the first byte of it
        goes out: up to there nothing can have been accepted.
        """
        smtp = self._ready()
        try:
            _sender_answered(*smtp.mail(sender, [f"size={len(content)}"] if smtp.has_extn("size") else []))
            _answered(*smtp.rcpt(to))
            _answered(*smtp.docmd("data"), expected=354)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Deferred(_told(error)) from error
        except (Deferred, Refused, Unusable):
            self._reset()
            raise
        before_content()
        return self._content(smtp, content)

    def _content(self, smtp: smtplib.SMTP, content: bytes) -> str:
        try:
            smtp.send(_dotted(content))
            code, answer = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Doubtful(_told(error)) from error
        _answered(code, answer)
        return _text(answer)

    def _ready(self) -> smtplib.SMTP:
        if self._smtp is None:
            try:
                self._smtp = _connected(self._server)
            except smtplib.SMTPAuthenticationError as error:
                raise Unusable(f"{self._server.host} refuses the login: {_text(error.smtp_error)}") from error
            except ssl.SSLError as error:
                raise Unusable(f"{self._server.host} cannot be trusted: {error}") from error
            except smtplib.SMTPNotSupportedError as error:
                raise Unusable(f"{self._server.host}: {error}") from error
            except (smtplib.SMTPException, OSError) as error:
                raise Unreachable(
                    f"{self._server.host}:{self._server.port} cannot be reached: {_told(error)}"
                ) from error
        return self._smtp

    def _reset(self) -> None:
        try:
            if self._smtp:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None


def _connected(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=server.cafile)
    if server.tls == "implicit":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    smtp.ehlo_or_helo_if_needed()
    if server.tls == "starttls":
        smtp.starttls(context=context)
        smtp.ehlo()
    if server.user and server.password is not None:
        smtp.login(server.user, server.password)
    return smtp


def _answered(code: int, answer: bytes, expected: int = 250) -> None:
    """Raise what a server's answer means, unless it is a yes."""
    if code == expected or (expected == 250 and code == 251):
        return
    if 500 <= code < 600:
        raise Refused(f"{code} {_text(answer)}")
    raise Deferred(f"{code} {_text(answer)}")


def _sender_answered(code: int, answer: bytes) -> None:
    if 500 <= code < 600:
        raise Unusable(f"the server refuses the sender: {code} {_text(answer)}")
    _answered(code, answer)


def _dotted(content: bytes) -> bytes:
    """The content as DATA has it: CRLF line ends, a dot before a line's own dot, a lone dot at the end."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines) + b".\r\n"


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _told(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or str(error) or type(error).__name__
