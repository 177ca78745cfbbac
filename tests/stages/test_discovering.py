"""What a link says of when its release came out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.pages.links import Link
from flows.stages.discovering import published_before

SINCE = date(2023, 5, 13)


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "before"),
    [
        (Link("https://a.example/news/x", published=date(2023, 5, 12)), True),
        (Link("https://a.example/news/x", published=date(2023, 5, 13)), False),
        (Link("https://a.example/2023/05/12/x/"), True),
        (Link("https://a.example/2023/05/13/x/"), False),
        (Link("https://a.example/2023/05/x/"), False),
        (Link("https://a.example/2023/04/x/"), True),
        (Link("https://a.example/2023/13/x/"), False),
        (Link("https://a.example/room/2023/04"), True),
        (Link("https://a.example/news/x", modified=moment(2023, 5, 1)), True),
        (Link("https://a.example/news/x", modified=moment(2023, 6, 1)), False),
        # an edit of today does not make an old release new
        (Link("https://a.example/2022/05/12/x/", modified=moment(2023, 6, 1)), True),
        (Link("https://a.example/2022/05/12/x/", published=date(2023, 6, 1)), False),
        (Link("https://a.example/news/x"), False),
    ],
)
def test_the_listed_date_counts_then_the_address_then_the_last_change(link: Link, before: bool) -> None:
    assert published_before(link, SINCE) == before
