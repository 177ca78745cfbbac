"""Brings an edition to its subscribers: each gets it once or not at all, and what is unsure is said."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flows.reporting import files, smtp
from flows.reporting.mail import Mail, compose
from flows.reporting.message import Envelope, build, farewell, to_bytes
from flows.reporting.payload import Edition
from flows.reporting.sendlog import SendLog, State, without_addresses
from flows.reporting.subscribers import Subscriber, Subscribers


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and how much: seconds between two messages, messages a run, and the waits before temporary failures
    are tried again.
    """

    seconds_between: float = 0.5
    most: int = 2000
    waits: tuple[float, ...] = (5.0, 30.0)
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Delivered:
    """What became of an edition's mails, by subscriber. `stopped` says why the server could not be used at all."""

    sent: list[Subscriber] = field(default_factory=list)
    already: list[Subscriber] = field(default_factory=list)
    deferred: list[tuple[Subscriber, str]] = field(default_factory=list)
    refused: list[tuple[Subscriber, str]] = field(default_factory=list)
    doubtful: list[Subscriber] = field(default_factory=list)
    left: list[Subscriber] = field(default_factory=list)
    stopped: str | None = None

    def words(self) -> str:
        """The outcome in one line, without addresses."""
        counts = (
            (len(self.sent), "sent"),
            (len(self.already), "had it already"),
            (len(self.deferred), f"not accepted for now{_why(self.deferred)}"),
            (len(self.refused), f"refused for good{_why(self.refused)}"),
            (len(self.doubtful), "doubtful: look into the mailbox before sending again"),
            (len(self.left), "left for the next `commitments send`"),
        )
        told = ", ".join(f"{number} {word}" for number, word in counts if number) or "no subscribers"
        return f"{told}. {self.stopped}" if self.stopped else told


def _why(answers: Sequence[tuple[Subscriber, str]]) -> str:
    """What was answered in the first case, which often is the answer in all."""
    return f" ({without_addresses(answers[0][1])})" if answers else ""


Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Post:
    """What every delivery needs: who sends, where the site is, the private folder."""

    envelope: Envelope
    private: Path
    site_url: str | None = None

    def mail(self, edition: Edition, subscriber: Subscriber, *, marked: str = "") -> Mail:
        """One subscriber's mail."""
        token = Subscribers(self.private).token(subscriber)
        return compose(
            edition,
            site_url=self.site_url,
            wanted=subscriber.wanted,
            farewell=farewell(self.envelope, token),
            marked=marked,
        )

    def message(self, mail: Mail, subscriber: Subscriber, sent_at: datetime | None, *, suffix: str = "") -> bytes:
        """The mail as it goes over the wire; `suffix` sets copies' Message-ID apart from the real one's."""
        token = Subscribers(self.private).token(subscriber)
        return to_bytes(
            build(
                mail,
                envelope=self.envelope,
                to=subscriber.address,
                subscriber_id=subscriber.subscriber_id,
                token=token,
                sent_at=sent_at,
                suffix=suffix,
            )
        )


def deliver(
    edition: Edition,
    subscribers: Sequence[Subscriber],
    server: smtp.Server,
    post: Post,
    clock: Clock,
    pace: Pace | None = None,
) -> Delivered:
    """Send an edition to all who have not got it. `clock` is the real time, for the Date header and the send ledger."""
    log = SendLog(post.private)
    outcome, pace = Delivered(), pace or Pace()
    with log.held():
        waiting = _waiting(subscribers, log.states(edition.name), outcome)
        waiting, outcome.left = waiting[: pace.most], waiting[pace.most :]
        with smtp.Connection(server) as connection:
            _send_all(_Sender(edition, post, log, connection, clock), waiting, pace, outcome)
    return outcome


def _waiting(subscribers: Sequence[Subscriber], states: dict[str, State], outcome: Delivered) -> list[Subscriber]:
    waiting = []
    for subscriber in subscribers:
        match states.get(subscriber.subscriber_id):
            case None | "deferred":
                waiting.append(subscriber)
            case "sent":
                outcome.already.append(subscriber)
            case "refused":
                outcome.refused.append((subscriber, "refused in an earlier run"))
            case "sending":
                outcome.doubtful.append(subscriber)
    return waiting


@dataclass(frozen=True, slots=True)
class _Sender:
    edition: Edition
    post: Post
    log: SendLog
    connection: smtp.Connection
    clock: Clock

    def send(self, subscriber: Subscriber) -> None:
        """Send one mail, with a line in the ledger before its content goes out and after the answer."""
        mail = self.post.mail(self.edition, subscriber)
        content = self.post.message(mail, subscriber, self.clock())
        try:
            answer = self.connection.send(
                self.post.envelope.address, subscriber.address, content, lambda: self._note(subscriber, "sending")
            )
        except smtp.Unreachable:
            raise
        except smtp.Deferred as error:
            self._note(subscriber, "deferred", str(error))
            raise
        except smtp.Refused as error:
            self._note(subscriber, "refused", str(error))
            raise
        self._note(subscriber, "sent", answer)

    def _note(self, subscriber: Subscriber, state: State, detail: str = "") -> None:
        self.log.write(self.edition.name, subscriber.subscriber_id, state, self.clock(), detail)


def _send_all(sender: _Sender, waiting: list[Subscriber], pace: Pace, outcome: Delivered) -> None:
    """Send to all; come back to those that were put off after each of the waits."""
    for wait in (0.0, *pace.waits):
        if not waiting:
            break
        pace.sleep(wait)
        waiting = _one_round(sender, waiting, pace, outcome)
        if outcome.stopped:
            break


def _one_round(sender: _Sender, waiting: list[Subscriber], pace: Pace, outcome: Delivered) -> list[Subscriber]:
    """One pass; returns whom to try again."""
    outcome.deferred = []
    for position, subscriber in enumerate(waiting):
        if position:
            pace.sleep(pace.seconds_between)
        try:
            sender.send(subscriber)
            outcome.sent.append(subscriber)
        except smtp.Unreachable as error:
            outcome.deferred += [(left, str(error)) for left in waiting[position:]]
            break
        except smtp.Deferred as error:
            outcome.deferred.append((subscriber, str(error)))
        except smtp.Refused as error:
            outcome.refused.append((subscriber, str(error)))
        except smtp.Doubtful:
            outcome.doubtful.append(subscriber)
        except smtp.Unusable as error:
            outcome.stopped = str(error)
            outcome.left = [*waiting[position:], *outcome.left]
            break
    return [subscriber for subscriber, _ in outcome.deferred]


def to_outbox(
    edition: Edition, subscribers: Sequence[Subscriber], outbox: Path, post: Post, sent_at: datetime
) -> list[Path]:
    """Lay the mails into the outbox as `.eml`, each with an `.html` to look at; those that lie there are left alone."""
    folder = outbox / edition.name
    folder.mkdir(parents=True, exist_ok=True)
    laid = []
    for subscriber in subscribers:
        path = folder / f"{subscriber.subscriber_id}.eml"
        if not path.exists():
            mail = post.mail(edition, subscriber)
            files.replace(path.with_suffix(".html"), mail.standalone_html().encode())
            files.replace(path, post.message(mail, subscriber, sent_at))
        laid.append(path)
    return laid


def send_test(edition: Edition, to: Subscriber, server: smtp.Server, post: Post, clock: Clock) -> str:
    """Send one marked copy outside the ledger; its Message-ID is not the real one's. Returns the server's answer."""
    mail = post.mail(edition, to, marked="This is a test copy. Subscribers have not been sent it.")
    with smtp.Connection(server) as connection:
        content = post.message(mail, to, clock(), suffix=f".test-{clock():%H%M%S}")
        return connection.send(post.envelope.address, to.address, content, lambda: None)
