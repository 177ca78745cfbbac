"""When something went wrong, a person hears of it: the operator's mail with cause, the log's end and the next step.

It goes out by SMTP where an operator and a mail server are set; else, and where the server does not take it, it is laid
into `outbox/operator/`. Nothing here raises: an alarm that fails must not hide what it was raised for.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path

from flows.reporting import files, smtp
from flows.settings import Settings
from flows.stages import logbook

log = logging.getLogger("commitments")

NEXT_STEPS: tuple[tuple[str, str], ...] = (
    (
        r"LedgerBusyError|is held by",
        "Another run holds the ledger. Let it finish, or end the process that the message names; the next run makes up "
        "for this one.",
    ),
    (
        r"No space left|disk is full|Disk quota",
        "The disk is full. Make room (`commitments status` shows what the ledger takes), then run again; what was "
        "collected is kept.",
    ),
    (
        r"Read-only file system|Permission denied|not writ",
        "The home cannot be written to. Check who owns COMMITMENTS_HOME and how it is mounted, then run again.",
    ),
    (
        r"logical time never goes back",
        "The clock, or --now, stands before the last run. Set the clock right (`timedatectl`), then run again.",
    ),
    (
        r"held:|check",
        "A structural check held the run: nothing was published and no reader was mailed. `commitments check` and the "
        "message say which rows; after the remedy `commitments weekly --release-held WEEK` makes up for it.",
    ),
    (
        r"cannot be opened|IO Error|Serialization|not a valid DuckDB|corrupt",
        "The build file is damaged. Move build/commitments.duckdb aside and run again: it is made anew from the "
        "published file and the archive.",
    ),
    (
        r"mail",
        "Check COMMITMENTS_SMTP_URL with `commitments doctor`; then `commitments send` serves those who have not got "
        "the edition, and nobody twice.",
    ),
    (
        r"[Cc]rash|SIGKILL|heartbeat|exited with status",
        "The process was ended from outside (power, memory, a kill). Run again: the next run picks up what this one "
        "had archived.",
    ),
    (
        r"No edition",
        "See with `commitments status` whether the weekly run ran; `commitments weekly` makes the edition up, over the "
        "whole gap.",
    ),
)
ELSE = "See `commitments status` and the log's last lines, then run again: every run repeats safely."


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with which flow, in a few words and in full."""

    flow: str
    what: str
    cause: str

    @property
    def next_step(self) -> str:
        """What to do about it."""
        told = f"{self.what}: {self.cause}"
        return next((step for pattern, step in NEXT_STEPS if re.search(pattern, told)), ELSE)


def tell_operator(settings: Settings, trouble: Trouble) -> str:
    """Bring a trouble to the operator; returns where the mail went, in words."""
    try:
        return _told(settings, trouble)
    except Exception as error:
        log.error("%s %s: %s (the operator could not be told: %s)", trouble.flow, trouble.what, trouble.cause, error)
        return "nowhere; see the log"


def _told(settings: Settings, trouble: Trouble) -> str:
    mail = operator_mail(settings, trouble, datetime.now(UTC))
    if settings.operator and settings.smtp_url:
        try:
            return _sent(settings.smtp_url, mail)
        except (smtp.Deferred, smtp.Refused, smtp.Unusable, smtp.Doubtful, smtp.SettingError) as error:
            log.warning("the operator's mail was not taken by the mail server: %s", error)
    return f"in {_laid(settings, mail)}"


def _sent(url: str, mail: EmailMessage) -> str:
    with smtp.Connection(smtp.read_url(url)) as connection:
        sender, to = parseaddr(mail["From"])[1], parseaddr(mail["To"])[1]
        connection.send(sender, to, mail.as_bytes(policy=SMTP), lambda: None)
    return "sent to the operator"


def _laid(settings: Settings, mail: EmailMessage) -> Path:
    folder = settings.outbox_dir / "operator"
    folder.mkdir(parents=True, exist_ok=True)
    flow = mail["X-Commitments-Flow"]
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{flow}.eml"
    files.replace(path, mail.as_bytes(policy=SMTP))
    return path


def operator_mail(settings: Settings, trouble: Trouble, at: datetime) -> EmailMessage:
    """The mail: what, why, what to do, and the end of the log."""
    secrets = logbook.secrets_of(settings)
    cause = logbook.hide(trouble.cause, secrets)
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = settings.mail_from
    mail["To"] = settings.operator or "operator@localhost"
    mail["Subject"] = _one_line(f"[Commitment Ledger] {trouble.flow} {trouble.what}: {cause}", 120)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = make_msgid("operator", parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost")
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Commitments-Flow"] = trouble.flow
    parts = [
        f"{trouble.flow} {trouble.what}.",
        f"Cause\n  {cause}",
        f"Next step\n  {trouble.next_step}",
        "Last lines of the log\n" + ("\n".join(f"  {line}" for line in logbook.last_lines(settings)) or "  none"),
        f"Ledger: {settings.home}",
    ]
    mail.set_content(logbook.hide("\n\n".join(parts), secrets) + "\n")
    return mail


def _one_line(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
