"""When a known page is looked at again, and what a look makes of what was known.

Stealth edits do not announce themselves: each page is looked at again 1, 3, 7, 30 and 90 days after it was first seen,
and sooner where a sitemap or feed says that it changed. What is due shares one budget a source and run, so that the
cost of a quiet run follows the budget and not the store.

A page that is gone (404, 410, a redirect to the front page) is only suspected at first. It counts as withdrawn when a
second look on another day of the source's calendar finds it gone as well.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from warehouse.records import PageCheck

AGES = tuple(timedelta(days=days) for days in (1, 3, 7, 30, 90))
UNTRUSTING_AGES = (timedelta(days=7), timedelta(days=90))
"""Looks that ask for the bytes where a site gives no ETag: a date of last change may stand still over an edit."""
GIVE_UP_AFTER = 10
"""Runs in a row in which a page could not be had; after that it is tried only once in thirty days."""
RARELY = timedelta(days=30)


def is_withdrawn(check: PageCheck, zone: tzinfo) -> bool:
    """Whether two looks on different days found the page gone."""
    return check.gone_since is not None and _day(check.last_checked, zone) > _day(check.gone_since, zone)


def hinted(known: Mapping[str, PageCheck], modified: Mapping[str, datetime], vanished: Container[str]) -> set[str]:
    """The known pages that the lists say changed since their last look, or that a list no longer names."""
    return {
        check.url
        for check in known.values()
        if check.url in vanished or _changed_after(modified.get(check.url), check.last_checked)
    }


def to_look_at(
    known: Mapping[str, PageCheck], hints: Container[str], now: datetime, budget: int, zone: tzinfo
) -> tuple[list[PageCheck], int]:
    """The known pages to look at in this run, and how many more were due than the budget allows.

    First come suspected withdrawals, then hints, then those whose age is due; of equals the longest unseen. Looks
    already made at this very moment count against the budget, so that a second run at the same logical time does
    nothing more.
    """
    had = [check for check in known.values() if check.sha256]
    spent = sum(1 for check in had if check.last_checked == now > check.first_seen)
    suspected = [check for check in had if _awaits_second_look(check, now, zone)]
    told = [check for check in had if _is_settled(check, zone) and check.url in hints]
    of_age = [check for check in had if _is_settled(check, zone) and check.url not in hints and _age_due(check, now)]
    due = [*_longest_unseen(suspected), *_longest_unseen(told), *_longest_unseen(of_age)]
    room = max(0, budget - spent)
    return due[:room], len(due[room:])


def asks_for_bytes(check: PageCheck, now: datetime) -> bool:
    """Whether a look must not be conditional: the page was gone, or only a date would tell of a change."""
    if check.sha256 is None or check.gone_since:
        return True
    return check.etag is None and _age_due(check, now, UNTRUSTING_AGES)


def never_had(known: Mapping[str, PageCheck], now: datetime) -> list[PageCheck]:
    """Pages that were listed once and could not be had so far, and whose turn it is."""
    waiting = (check for check in known.values() if check.sha256 is None)
    return _longest_unseen(
        check for check in waiting if check.failures < GIVE_UP_AFTER or now - check.last_checked >= RARELY
    )


def seen(check: PageCheck | None, new: PageCheck) -> PageCheck:
    """After a look that found the page: the first time it was seen stays."""
    return replace(new, first_seen=check.first_seen if check and check.sha256 else new.first_seen)


def gone(check: PageCheck, status: int, now: datetime) -> PageCheck:
    """After a look that found a known page gone."""
    return replace(check, status=status, last_checked=now, failures=0, gone_since=check.gone_since or now)


def failed(check: PageCheck | None, url: str, source_id: str, status: int, now: datetime) -> PageCheck:
    """After a look that gave nothing: what was known stays, the failures are counted."""
    if check is None:
        return PageCheck(url, source_id, now, now, status, None, None, None, failures=1)
    failures = check.failures + 1 if check.last_checked < now or check.sha256 else check.failures
    if check.sha256:
        return replace(check, failures=failures)  # a look that failed is no look: the page stays due
    return replace(check, status=status, last_checked=now, failures=failures)


def _age_due(check: PageCheck, now: datetime, ages: tuple[timedelta, ...] = AGES) -> bool:
    return any(check.last_checked < check.first_seen + age <= now for age in ages)


def _changed_after(modified: datetime | None, look: datetime) -> bool:
    """Whether a stated change came after a look. A bare date may mean any moment of its day."""
    if modified is None:
        return False
    return (modified + timedelta(days=1) if modified.time() == time() else modified) > look


def _is_settled(check: PageCheck, zone: tzinfo) -> bool:
    """Whether a page is there, or surely withdrawn (it may come back)."""
    return check.gone_since is None or is_withdrawn(check, zone)


def _awaits_second_look(check: PageCheck, now: datetime, zone: tzinfo) -> bool:
    return (
        check.gone_since is not None
        and not is_withdrawn(check, zone)
        and _day(now, zone) > _day(check.gone_since, zone)
    )


def _day(moment: datetime, zone: tzinfo) -> int:
    return moment.astimezone(zone).toordinal()


def _longest_unseen(checks: Iterable[PageCheck]) -> list[PageCheck]:
    return sorted(checks, key=lambda check: (check.failures, check.last_checked, check.url))
