"""What can go wrong while bytes become text: named causes, never a bare parser exception."""

from __future__ import annotations


class PageError(ValueError):
    """A document that cannot be understood; `cause` is a stable slug, the message says it in words.

    Causes: `empty`, `binary`, `not-html`, `no-content`, `bad-xml`, `bad-json`, `too-large`, `page-shape`.
    """

    def __init__(self, cause: str, url: str, message: str) -> None:
        super().__init__(f"{url or 'the document'} {message}")
        self.cause, self.url, self.message = cause, url, message


class PageShapeError(PageError):
    """A selection gave another number of nodes than its source expects: the site has changed its shape."""

    def __init__(self, selector: str, url: str, count: int, expected: object = "1..") -> None:
        nodes = "1 node" if count == 1 else f"{count} nodes"
        super().__init__("page-shape", url, f"has {nodes} of `{selector}`, not {expected}; has the site changed?")
        self.selector, self.count, self.expected = selector, count, expected
