"""The element tree of a page: parsing that never fails on bad markup, and selections that count what they find."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lxml import etree

from flows.pages.errors import PageError, PageShapeError
from flows.sources.selectors import to_xpath
from flows.sources.spec import Selection

Element = Any  # lxml's elements carry no usable types

_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"\x7fELF")
_CONTROL = bytes(byte for byte in range(32) if byte < 9 or byte > 13)
_WINDOWS = {code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)}
_WINDOWS_REFERENCE = re.compile(r"&#(12[89]|1[345]\d);")
_WINDOWS_RANGE = re.compile(r"[\x80-\x9f]")


def refuse_binary(data: bytes, url: str) -> None:
    """Raise where the bytes are no text at all: nothing, a PDF, an image, an archive, or full of control bytes."""
    if not data.strip():
        raise PageError("empty", url, "is empty")
    head = data[:2048]
    if head.startswith(_MAGIC):
        raise PageError("binary", url, "is not HTML but a binary file")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16 is text with many NULs
    control = len(head) - len(head.translate(None, _CONTROL))
    if not wide and control > len(head) / 20:
        raise PageError("binary", url, "is not HTML but binary data")


def parse_html(text: str, url: str) -> Element:
    """The root element of a page, of a fragment, or of what is left of a broken one."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(as_browsers_read(text).encode("utf-8", errors="replace"), parser=parser)
    except etree.XMLSyntaxError as error:
        raise PageError("no-content", url, f"holds no readable HTML ({error})") from error
    if root is None:
        raise PageError("no-content", url, "holds no readable HTML")
    return root


def as_browsers_read(text: str) -> str:
    """Without NUL, and the code points 128 to 159 as the Windows characters that their writers meant (`&#150;`)."""
    text = text.replace("\0", "")
    if "&#1" in text or _WINDOWS_RANGE.search(text):
        text = _WINDOWS_REFERENCE.sub(lambda found: chr(int(found[1])), text).translate(_WINDOWS)
    return text


def parse_xml(data: bytes, url: str) -> Element:
    """The root element of a feed or sitemap: no entities are expanded, no DTD is read, nothing is fetched."""
    data = data.strip()
    if not data:
        raise PageError("empty", url, "is empty")
    try:
        root = etree.fromstring(data, parser=_xml_parser(recover=False))
    except etree.XMLSyntaxError as error:
        # A stray `&` or control character in a whole document is survivable; a document that was cut is not.
        if not re.search(rb"</[\w:]+>\s*$", data):
            raise PageError("bad-xml", url, f"is not whole XML ({error})") from error
        root = etree.fromstring(data, parser=_xml_parser(recover=True))
    if root is None:
        raise PageError("bad-xml", url, "is not XML")
    return root


def _xml_parser(*, recover: bool) -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_comments=True
    )


@cache
def _compiled(css: str) -> Any:
    return etree.XPath(to_xpath(css))


def select(node: Element, css: str) -> list[Element]:
    """All nodes below `node` that a selector finds, in the document's order."""
    found: list[Element] = _compiled(css)(node)
    return found


def select_expected(node: Element, selection: Selection, url: str) -> list[Element]:
    """The nodes that a source's selector finds; raises where their number is not what the source expects."""
    found = select(node, selection.css)
    if not selection.expect.admits(len(found)):
        raise PageShapeError(selection.css, url, len(found), selection.expect)
    return found


def empty(node: Element) -> None:
    """Take away all that a node holds; it stays, so that the words before and after it do not grow together."""
    node.clear(keep_tail=True)


def words(text: str) -> frozenset[str]:
    """The words of a table that is written as prose, to keep long lists of names readable."""
    return frozenset(text.split())


def named(names: str) -> re.Pattern[str]:
    """A pattern that finds one of the names as a word of a class or id: `card` is in `news-card`, not in `discard`."""
    return re.compile(rf"(?<![^\s_-])(?:{'|'.join(names.split())})(?![^\s_-])", re.IGNORECASE)


def plain(text: str | None) -> str:
    """Text with every run of white space (also non-breaking) as one space, none at the ends."""
    return " ".join((text or "").split())


def text_of(node: Element) -> str:
    """All text below a node on one line."""
    return plain("".join(node.itertext()))
