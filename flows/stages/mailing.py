"""An edition and its readers: what the commands `report`, `send` and `subscribers` do, and the end of a weekly run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path

from flows.reporting import delivery, smtp
from flows.reporting.edition import Written, write_edition
from flows.reporting.message import Envelope
from flows.reporting.payload import Filter, read_edition
from flows.reporting.subscribers import Subscriber, SubscriberError, Subscribers
from flows.reporting.wording import shortened
from flows.settings import Settings, SettingsError
from warehouse import editions
from warehouse.connection import open_published
from warehouse.editions import Edition
from warehouse.errors import LedgerError
from warehouse.queries import query


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
        try:
            server = smtp.read_url(settings.smtp_url)
        except smtp.SettingError as error:
            return Delivery(str(error), complete=False, needs_a_look=True)
        pace = delivery.Pace(seconds_between=settings.mail_pause, most=settings.mails_a_run)
        sent = delivery.deliver(shown, readers, server, post_of(settings), _real_time, pace)
        waiting = bool(sent.deferred or sent.left or sent.stopped)
        return Delivery(sent.words(), not waiting, waiting or bool(sent.doubtful or sent.refused))
    # Where nobody is subscribed yet: one copy for whoever set this up.
    readers = readers or [Subscribers(settings.private_dir).reader(_whoever_set_up(settings), Filter())]
    laid = delivery.to_outbox(shown, readers, settings.outbox_dir, post_of(settings), edition.until)
    return Delivery(f"{len(laid)} in the outbox", mail=laid[0] if laid else None)


def _whoever_set_up(settings: Settings) -> str:
    return parseaddr(settings.operator or "")[1] or "reader@localhost"


def send_edition(settings: Settings, week: str | None) -> Delivery:
    """Deliver an edition to those who have not got it."""
    return deliver(settings, find_edition(settings, week))


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """Turn what the mail room refuses into an error that the command line tells without a traceback."""
    try:
        yield
    except smtp.SettingError as error:
        raise SettingsError(str(error)) from error
    except (SubscriberError, smtp.Deferred, smtp.Refused, smtp.Unusable, smtp.Doubtful) as error:
        raise LedgerError(f"{error}.") from error


@in_a_sentence()
def send_test_copy(settings: Settings, week: str | None, address: str) -> str:
    """Send one marked copy outside the send ledger."""
    if not settings.smtp_url:
        raise SettingsError("COMMITMENTS_SMTP_URL is not set, so there is no server to send a test copy through.")
    edition = read_edition(find_edition(settings, week).payload)
    reader = Subscribers(settings.private_dir).reader(address, Filter())
    answer = delivery.send_test(edition, reader, smtp.read_url(settings.smtp_url), post_of(settings), _real_time)
    return f"A marked copy of {edition.name} went to {address}: {answer}"


@in_a_sentence()
def subscribe(settings: Settings, address: str, wanted: Mapping[str, tuple[str, ...]]) -> str:
    """Subscribe an address, or change its filter; says which of its words nothing in the ledger bears yet."""
    subscriber = Subscribers(settings.private_dir).add(address, Filter(**wanted), _real_time())
    said = [f"{subscriber.address} gets the Monday mail: {subscriber.wanted.words() or 'everything'}."]
    if settings.published_file.exists():
        said += _unheard_of(settings, wanted)
    return "\n".join(said)


def _unheard_of(settings: Settings, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A word that the ledger does not have may be a slip of the pen, or be there tomorrow: it is told, not refused."""
    for field, words in wanted.items():
        if not words:
            continue
        _, rows = query(settings.published_file, NAMES[field])
        known = {str(name).casefold() for row in rows for name in row}
        for word in words:
            if word.casefold() not in known:
                there = shortened("; ".join(sorted({str(row[0]) for row in rows})), 400)
                yield f"Nothing in the ledger has the {field.removesuffix('s')} {word!r} yet. There are: {there}"


NAMES = {
    "topics": """
        SELECT DISTINCT unnest(string_split(topics, '; ')) AS topic FROM initiative
        WHERE superseded_at IS NULL AND topics <> ''
        UNION
        SELECT replace(regexp_replace(split_part(label, '/', 1), '^topic-', ''), '-', ' ') FROM series
        WHERE initiative_id IS NULL
    """,
    "initiatives": "SELECT name, initiative_id FROM initiative WHERE superseded_at IS NULL",
    "places": """
        SELECT
            CASE
                WHEN kind IN ('state', 'country') OR contains(name, ',') THEN name
                ELSE concat_ws(', ', name, CASE WHEN country = 'US' THEN state ELSE country END)
            END,
            name,
            place_id
        FROM place WHERE superseded_at IS NULL
    """,
    "publishers": "SELECT publisher, name, source_id FROM source WHERE superseded_at IS NULL",
}
"""What a filter's words may be, by its field: the first column is what people call it."""


def subscriber_rows(settings: Settings) -> list[list[str]]:
    """Address and filter of everyone who gets the mail."""
    return [[reader.address, reader.wanted.words() or "everything"] for reader in _readers(settings)]


@in_a_sentence()
def unsubscribe_address(settings: Settings, address: str) -> str:
    """End a subscription by its address."""
    Subscribers(settings.private_dir).remove(address, _real_time())
    return f"{address} gets no more mail."


@in_a_sentence()
def unsubscribe_token(settings: Settings, token: str) -> str:
    """End a subscription by the signed token of a mail."""
    return f"{Subscribers(settings.private_dir).unsubscribe(token, _real_time()).address} gets no more mail."


@in_a_sentence()
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
