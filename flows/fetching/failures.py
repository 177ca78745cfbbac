"""Why a request gave no page: a stable slug, a sentence, and whether trying again can help."""

from __future__ import annotations


class FetchFailure(Exception):
    """One request that gave nothing to keep.

    `code` is a stable slug (`timeout`, `http-503`, `private-address`). `transient` tells that another try may succeed,
    `retry_after` how many seconds the site asked to wait.
    """

    def __init__(self, code: str, message: str, *, transient: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.transient, self.retry_after = code, message, transient, retry_after
