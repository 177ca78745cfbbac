"""An edition and its readers: what the commands `report`, `send` and `subscribers` do, and the end of a weekly run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.reporting import delivery, smtp
from flows.reporting.edition import Written, write_edition
from flows.reporting.message import Envelope
from flows.reporting.payload import Filter, read_edition
from flows.reporting.subscribers import Subscriber, Subscribers
from flows.settings import Settings, SettingsError
from warehouse import editions
from warehouse.connection import open_published
from warehouse.editions import Edition
from warehouse.errors import LedgerError


def find_edition(settings: Settings, week: str | None) -> Edition:
    """A published edition by its week's name, or the newest. Raises `LedgerError` where there is none."""
    with open_published(settings.published_file) as con:
        edition = editions.load(con, week) if week else editions.latest(con)
        names = [each.name for each in editions.stored(con)]
    if edition is None:
        there = f"there are: {', '.join(names)}" if names else "run `commitments weekly` first"
        raise LedgerError(f"There is no edition {week or 'yet'}; {there}.")
    return edition


def stored_edition(settings: Settings, week: str | None) -> Written:
    """An edition's files, written from the stored payload where they do not lie there."""
    edition = find_edition(settings, week)
    return write_edition(edition.payload, edition.canonical, settings.editions_dir, site_url=settings.site_url)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an edition's mails, in words. `complete` is False where trying again may serve somebody;
    `needs_a_look` is True where a person should see the words. `mail` is one of those laid into the outbox.
    """

    words: str
    complete: bool = True
    needs_a_look: bool = False
    mail: Path | None = None


def deliver(settings: Settings, edition: Edition) -> Delivery:
    """Send the mails, or lay them into the outbox where no mail server is set."""
    shown, readers = read_edition(edition.payload), _readers(settings)
    if settings.smtp_url:
        server = smtp.read_url(settings.smtp_url)
        pace = delivery.Pace(seconds_between=settings.mail_pause, most=settings.mails_a_run)
        sent = delivery.deliver(shown, readers, server, post_of(settings), _real_time, pace)
        waiting = bool(sent.deferred or sent.left or sent.stopped)
        return Delivery(sent.words(), not waiting, waiting or bool(sent.doubtful or sent.refused))
    # Where nobody is subscribed yet: one copy for whoever set this up.
    readers = readers or [Subscribers(settings.private_dir).reader(settings.operator or "reader@localhost", Filter())]
    laid = delivery.to_outbox(shown, readers, settings.outbox_dir, post_of(settings), edition.until)
    return Delivery(f"{len(laid)} in the outbox", mail=laid[0] if laid else None)


def send_edition(settings: Settings, week: str | None) -> str:
    """Deliver an edition to those who have not got it."""
    done = deliver(settings, find_edition(settings, week))
    return f"{done.words}: {done.mail.parent}" if done.mail else done.words


def send_test_copy(settings: Settings, week: str | None, address: str) -> str:
    """Send one marked copy outside the send ledger."""
    if not settings.smtp_url:
        raise SettingsError("COMMITMENTS_SMTP_URL is not set, so there is no server to send a test copy through.")
    edition = read_edition(find_edition(settings, week).payload)
    reader = Subscribers(settings.private_dir).reader(address, Filter())
    answer = delivery.send_test(edition, reader, smtp.read_url(settings.smtp_url), post_of(settings), _real_time)
    return f"A marked copy of {edition.name} went to {address}: {answer}"


def subscribe(settings: Settings, address: str, wanted: Mapping[str, tuple[str, ...]]) -> str:
    """Subscribe an address, or change its filter."""
    subscriber = Subscribers(settings.private_dir).add(address, Filter(**wanted), _real_time())
    return f"{subscriber.address} gets the Monday mail: {subscriber.wanted.words() or 'everything'}."


def subscriber_rows(settings: Settings) -> list[list[str]]:
    """Address and filter of everyone who gets the mail."""
    return [[reader.address, reader.wanted.words() or "everything"] for reader in _readers(settings)]


def unsubscribe_address(settings: Settings, address: str) -> str:
    """End a subscription by its address."""
    Subscribers(settings.private_dir).remove(address, _real_time())
    return f"{address} gets no more mail."


def unsubscribe_token(settings: Settings, token: str) -> str:
    """End a subscription by the signed token of a mail."""
    return f"{Subscribers(settings.private_dir).unsubscribe(token, _real_time()).address} gets no more mail."


def preview(settings: Settings, address: str, week: str | None) -> str:
    """The text of the mail that an address would get."""
    edition = read_edition(find_edition(settings, week).payload)
    known = {reader.address: reader for reader in _readers(settings)}
    reader = known.get(address) or Subscribers(settings.private_dir).reader(address, Filter())
    mail = post_of(settings).mail(edition, reader)
    return f"Subject: {mail.subject}\n\n{mail.text}"


def post_of(settings: Settings) -> delivery.Post:
    """Who sends, how a subscription ends, and where the pages are."""
    envelope = Envelope(settings.mail_from, settings.operator, settings.unsubscribe_url)
    return delivery.Post(envelope, settings.private_dir, settings.site_url)


def _readers(settings: Settings) -> list[Subscriber]:
    return Subscribers(settings.private_dir).with_listed(settings.subscribers)


def _real_time() -> datetime:
    """The real time, for the Date header and the send ledger, which are outside every comparison."""
    return datetime.now(UTC).replace(microsecond=0)
