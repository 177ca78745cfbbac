"""Where the batch work is done: in this process, in a pool of processes, or on an existing Dask cluster.

One setting chooses: `COMMITMENTS_RUNNER=inline`, `pool` or `pool:4`, `dask:tcp://host:8786`. The work is cut into the
same chunks and comes back in the same order, so that the ledger is the same. What a process elsewhere needs is this
code and the archive at the same path.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from flows.settings import SettingsError
from flows.stages.loading import chunks
from flows.stages.reading import ReadPart, ReleaseHistory, Rules, read_histories

log = logging.getLogger("commitments")

POOL, DASK = "pool", "dask:"
CHUNK = 25
"""Releases read in one piece of work: a third of a second of it, so that handing it over costs little beside, and
small enough that all workers end at about the same time."""


Chunk = Sequence[ReleaseHistory]
Numbered = Iterator[tuple[int, ReadPart]]
ReadChunks = Callable[[Sequence[Chunk], Rules], Numbered]
"""Reads chunks and gives each with its number, in whatever order they are done."""


def read_all(histories: Sequence[ReleaseHistory], rules: Rules, runner: str) -> list[ReadPart]:
    """Read all releases where the setting says; what they gave, in their order."""
    read: dict[int, ReadPart] = {}
    done = 0
    parts = list(chunks(histories, CHUNK))
    with open_runner(runner if len(parts) > 1 else "inline") as read_chunks:
        for number, part in read_chunks(parts, rules):
            read[number] = part
            done += len(parts[number])
            log.info("read %d of %d releases", done, len(histories))
    return [read[number] for number in range(len(parts))]


@contextmanager
def open_runner(runner: str) -> Iterator[ReadChunks]:
    """What reads as a setting says. Raises `SettingsError` for what is no runner."""
    if runner.startswith(DASK):
        with _dask(runner.removeprefix(DASK)) as executor:
            yield partial(_elsewhere, executor)
    elif (children := 0 if runner == "inline" else _workers(runner) - 1) == 0:
        yield _here
    else:
        # A forked child would inherit the threads' locks of Prefect and DuckDB without the threads.
        with ProcessPoolExecutor(children, multiprocessing.get_context("spawn"), _quiet) as pool:
            yield partial(_side_by_side, pool)


def _here(parts: Sequence[Chunk], rules: Rules) -> Numbered:
    return ((number, read_histories(part, rules)) for number, part in enumerate(parts))


def _elsewhere(executor: Executor, parts: Sequence[Chunk], rules: Rules) -> Numbered:
    return enumerate(executor.map(read_histories, parts, [rules] * len(parts)))


def _side_by_side(pool: Executor, parts: Sequence[Chunk], rules: Rules) -> Numbered:
    """The pool takes the chunks from the first on, this process from the last on, until they meet.

    So nothing waits while the children start, and half of the results need not be handed over.
    """
    waiting = [pool.submit(read_histories, part, rules) for part in parts]
    try:
        for number in reversed(range(len(parts))):
            if not waiting[number].cancel():
                break
            yield number, read_histories(parts[number], rules)
        for number, begun in enumerate(waiting):
            if not begun.cancelled():
                yield number, begun.result()
    finally:
        # After an error or Ctrl-C nobody wants the rest; the pool would read all of it before it closes.
        for future in waiting:
            future.cancel()


def _workers(runner: str) -> int:
    name, _, number = runner.partition(":")
    if name != POOL or (number and not (number.isdecimal() and int(number))):
        raise SettingsError(f"COMMITMENTS_RUNNER: {runner!r} is none of inline, pool, pool:N, dask:tcp://host:port.")
    return int(number) if number else os.cpu_count() or 1


def _quiet() -> None:
    """A child of the pool leaves Ctrl-C to its parent, who tells it when to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        message = "COMMITMENTS_RUNNER names a Dask cluster: install the extra, `pip install .[dask]`."
        raise SettingsError(message) from error
    try:
        client = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise SettingsError(f"COMMITMENTS_RUNNER: no Dask scheduler answers at {address}: {error}") from error
    with client:
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]
