"""The retry queue: pages that failed for a reason that may pass wait until all others had their turn, then again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from flows.fetching.client import Client
from flows.fetching.failures import FetchFailure

T = TypeVar("T")
R = TypeVar("R")


def work_through(tasks: Iterable[T], once: Callable[[T], R], client: Client) -> Iterator[tuple[T, R | FetchFailure]]:
    """Try each task; yield each with its answer, or with the failure that it was given up for.

    What may pass is tried again in up to `rounds` further rounds, with a growing pause before each, at least as long as
    a site asked for.
    """
    waiting = list(tasks)
    for attempt in range(1, client.settings.rounds + 2):
        failed: list[tuple[T, FetchFailure]] = []
        for task in waiting:
            try:
                yield task, once(task)
            except FetchFailure as failure:
                if not failure.transient or attempt > client.settings.rounds:
                    yield task, failure
                else:
                    failed.append((task, failure))
        if not failed:
            return
        waiting = [task for task, _ in failed]
        client.pause(attempt, max(failure.retry_after or 0.0 for _, failure in failed))
