"""The log: one JSON object a line in the home, beside whatever a terminal or Prefect's UI shows of it.

It is quiet (a few lines a run), turns over at a megabyte, and never holds the mail server's password.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flows.settings import Settings

log = logging.getLogger("commitments")

TURN_OVER = 1_000_000
KEPT = 3
HIDDEN = "(hidden)"


class _Lines(logging.Formatter):
    """A record as one JSON object."""

    def __init__(self, flow: str, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._flow, self._secrets = flow, secrets

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        line = {"at": at, "level": record.levelname.lower(), "flow": self._flow, "message": record.getMessage()}
        return hide(json.dumps(line, ensure_ascii=False), self._secrets)


class _File(RotatingFileHandler):
    """The log's file. A home that cannot be written to is the run's trouble, told once and not at every line."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: what hinders the log hinders the run as well, and the run says it."""


def hide(text: str, secrets: tuple[str, ...]) -> str:
    """The text without the secrets in it."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """What must not be told: the mail server's URL and the password in it, as it stands there and unquoted."""
    if not settings.smtp_url:
        return ()
    password = urlsplit(settings.smtp_url).password
    return tuple(dict.fromkeys((settings.smtp_url, *((password, unquote(password)) if password else ()))))


def log_file(settings: Settings) -> Path:
    """Where the log lies."""
    return settings.home / "log" / "commitments.jsonl"


@contextmanager
def logged(settings: Settings, flow: str) -> Iterator[None]:
    """Write what the run says into the home's log while it lasts."""
    path = log_file(settings)
    handler = _opened(path)
    handler.setFormatter(_Lines(flow, secrets_of(settings)))
    log.addHandler(handler)
    if log.level == logging.NOTSET:
        log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        handler.close()


def _opened(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _File(path, maxBytes=TURN_OVER, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return logging.NullHandler()


def last_lines(settings: Settings, lines: int = 30) -> list[str]:
    """The end of the log in words, oldest first; empty where there is none."""
    try:
        found = log_file(settings).read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    except OSError:
        return []
    return [_in_words(line) for line in found]


def _in_words(line: str) -> str:
    try:
        said = json.loads(line)
        return f"{said['at']}  {said['level']:<8} {said['flow']}: {said['message']}"
    except (ValueError, KeyError):
        return line
