from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.reporting import journal
from flows.reporting.payload import Filter
from flows.reporting.subscribers import SubscriberError, Subscribers

NOW = datetime(2016, 1, 25, 12, tzinfo=UTC)


@pytest.fixture
def subscribers(tmp_path: Path) -> Subscribers:
    return Subscribers(tmp_path / "private")


def test_a_subscriber_stays_with_the_filter_given(tmp_path: Path, subscribers: Subscribers) -> None:
    wanted = Filter(topics=("climate",), places=("Ohio",))
    added = subscribers.add("a@b.example", wanted, NOW)
    assert Subscribers(tmp_path / "private").all() == [added]
    assert added.wanted == wanted


def test_subscribing_again_changes_the_filter_and_nothing_else(subscribers: Subscribers) -> None:
    first = subscribers.add("a@b.example", Filter(), NOW)
    again = subscribers.add("a@B.example", Filter(topics=("jobs",)), NOW)
    assert again.subscriber_id == first.subscriber_id
    assert subscribers.all() == [again]


def test_who_leaves_and_comes_back_is_the_same_subscriber(subscribers: Subscribers) -> None:
    first = subscribers.add("a@b.example", Filter(), NOW)
    subscribers.remove("a@b.example", NOW)
    assert subscribers.all() == []
    assert subscribers.add("a@b.example", Filter(), NOW).subscriber_id == first.subscriber_id


def test_the_id_tells_nobody_the_address(tmp_path: Path) -> None:
    here, there = Subscribers(tmp_path / "one"), Subscribers(tmp_path / "two")
    ids = {room.add("a@b.example", Filter(), NOW).subscriber_id for room in (here, there)}
    assert len(ids) == 2


def test_the_private_folder_is_for_its_owner_alone(tmp_path: Path, subscribers: Subscribers) -> None:
    subscribers.add("a@b.example", Filter(), NOW)
    folder = tmp_path / "private"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "secret": 0o600,
        "secret.lock": 0o600,
        "subscribers.jsonl": 0o600,
    }


def test_a_signed_token_ends_the_subscription(subscribers: Subscribers) -> None:
    subscriber = subscribers.add("a@b.example", Filter(), NOW)
    token = subscribers.token(subscriber)
    assert subscribers.unsubscribe(token, NOW) == subscriber
    assert subscribers.all() == []
    with pytest.raises(SubscriberError, match="ended already"):
        subscribers.unsubscribe(token, NOW)


def test_a_token_that_we_did_not_sign_is_refused(subscribers: Subscribers) -> None:
    subscriber = subscribers.add("a@b.example", Filter(), NOW)
    good = subscribers.token(subscriber)
    for token in ("", subscriber.subscriber_id, good[:-1], good[:-1] + "é", f"{'0' * 16}.{good.partition('.')[2]}"):
        with pytest.raises(SubscriberError, match="no token of ours"):
            subscribers.unsubscribe(token, NOW)
    assert subscribers.all() == [subscriber]


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b", "a b@c.example", "a@b.example\nBcc: x@y.example", "A <a@b.example>"]
)
def test_what_is_no_address_is_refused_in_a_sentence(subscribers: Subscribers, address: str) -> None:
    with pytest.raises(SubscriberError, match="is not a mail address"):
        subscribers.add(address, Filter(), NOW)


def test_removing_a_stranger_is_told(subscribers: Subscribers) -> None:
    with pytest.raises(SubscriberError, match=r"x@y\.example is not subscribed"):
        subscribers.remove("x@y.example", NOW)


def test_addresses_of_a_setting_are_added_unless_they_left(subscribers: Subscribers) -> None:
    subscribers.add("left@b.example", Filter(), NOW)
    subscribers.remove("left@b.example", NOW)
    subscribers.add("here@b.example", Filter(topics=("jobs",)), NOW)
    readers = subscribers.with_listed(["left@b.example", "here@b.example", "new@b.example", "new@b.example"])
    assert [(reader.address, reader.wanted.topics) for reader in readers] == [
        ("here@b.example", ("jobs",)),
        ("new@b.example", ()),
    ]


def test_a_line_that_a_killed_process_left_half_written_is_no_event(tmp_path: Path) -> None:
    path = tmp_path / "private" / "events.jsonl"
    journal.append(path, {"event": "first"})
    with path.open("ab") as file:
        file.write(b'{"event": "hal')
    journal.append(path, {"event": "second"})
    assert list(journal.read(path)) == [{"event": "first"}, {"event": "second"}]
    assert json.loads(path.read_bytes().splitlines()[-1]) == {"event": "second"}


def test_a_file_that_was_opened_to_others_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "private" / "events.jsonl"
    journal.append(path, {"event": "first"})
    path.chmod(0o644)
    journal.append(path, {"event": "second"})
    assert path.stat().st_mode & 0o777 == 0o600
