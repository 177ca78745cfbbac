"""Who gets the mail, with which filter, and the tokens by which they leave. All of it stays in `private/`.

A subscriber is known by an id made from the address with the home's secret: the same address always gets the same
id, so that leaving and coming back never sends an edition twice, and the id in a Message-ID tells nobody the
address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path

from flows.reporting import journal
from flows.reporting.payload import Filter

_ID_LENGTH = 16


class SubscriberError(ValueError):
    """What cannot be done with a subscriber, in a sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One reader of the mail."""

    subscriber_id: str
    address: str
    wanted: Filter


class Subscribers:
    """The list of subscribers of one home."""

    def __init__(self, private: Path) -> None:
        self._private = private
        self._file = private / "subscribers.jsonl"

    def all(self) -> list[Subscriber]:
        """Everyone who is subscribed now, in the order of their first coming."""
        found: dict[str, Subscriber] = {}
        for event in journal.read(self._file):
            if event["event"] == "add":
                wanted = Filter(**{field: tuple(values) for field, values in event["filter"].items()})
                found[event["id"]] = Subscriber(event["id"], event["address"], wanted)
            elif event["event"] == "remove":
                found.pop(event["id"], None)
        return list(found.values())

    def add(self, address: str, wanted: Filter, at: datetime) -> Subscriber:
        """Subscribe an address, or change the filter of one that is subscribed."""
        subscriber = self.reader(address, wanted)
        journal.append(
            self._file,
            {
                "event": "add",
                "id": subscriber.subscriber_id,
                "address": subscriber.address,
                "filter": asdict(wanted),
                "at": at.isoformat(),
            },
        )
        return subscriber

    def remove(self, address: str, at: datetime) -> None:
        """End an address's subscription."""
        self._remove(self._id_of(checked_address(address)), address, at)

    def unsubscribe(self, token: str, at: datetime) -> Subscriber:
        """End the subscription that a mail's token belongs to; a token that we did not sign is refused."""
        subscriber_id = self._read_token(token)
        subscriber = next((s for s in self.all() if s.subscriber_id == subscriber_id), None)
        if subscriber is None:
            raise SubscriberError("This subscription has ended already")
        self._remove(subscriber_id, subscriber.address, at)
        return subscriber

    def with_listed(self, addresses: Iterable[str]) -> list[Subscriber]:
        """All subscribers, and those addresses of a setting that never were subscribed or removed here, without a
        filter.
        """
        known = {event["id"] for event in journal.read(self._file)}
        listed = [self.reader(address, Filter()) for address in addresses]
        return [*self.all(), *{s.subscriber_id: s for s in listed if s.subscriber_id not in known}.values()]

    def reader(self, address: str, wanted: Filter) -> Subscriber:
        """The subscriber that an address is or would be, without subscribing it."""
        checked = checked_address(address)
        return Subscriber(self._id_of(checked), checked, wanted)

    def token(self, subscriber: Subscriber) -> str:
        """The signed token that ends this subscription."""
        return f"{subscriber.subscriber_id}.{self._signature(subscriber.subscriber_id)}"

    def _remove(self, subscriber_id: str, address: str, at: datetime) -> None:
        if not any(s.subscriber_id == subscriber_id for s in self.all()):
            raise SubscriberError(f"{address} is not subscribed")
        journal.append(self._file, {"event": "remove", "id": subscriber_id, "at": at.isoformat()})

    def _read_token(self, token: str) -> str:
        subscriber_id, _, signature = token.strip().partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(subscriber_id).encode()):
            raise SubscriberError("This is no token of ours: copy it whole from the mail")
        return subscriber_id

    def _id_of(self, address: str) -> str:
        return hmac.new(self._secret(), f"id {address.casefold()}".encode(), hashlib.sha256).hexdigest()[:_ID_LENGTH]

    def _signature(self, subscriber_id: str) -> str:
        digest = hmac.new(self._secret(), f"leave {subscriber_id}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:18]).decode()

    def _secret(self) -> bytes:
        """The home's secret, made at its first use."""
        path = self._private / "secret"
        with journal.held(self._private / "secret.lock"):
            if not path.exists():
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "w") as file:
                    file.write(secrets.token_hex(32))
                    file.flush()
                    os.fsync(file.fileno())
        return bytes.fromhex(path.read_text())


def checked_address(address: str) -> str:
    """The bare address, or an error in a sentence."""
    _, bare = parseaddr(address)
    local, _, domain = bare.rpartition("@")
    if not local or not domain or any(c.isspace() or not c.isprintable() for c in bare) or bare != address.strip():
        raise SubscriberError(f"{address!r} is not a mail address")
    return f"{local}@{domain.lower()}"
