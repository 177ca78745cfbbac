"""Reads a response's body as it comes, within ceilings of bytes and time, and notices when it was cut short.

The body is unpacked here and not in the HTTP library, because the ceiling must hold *while* unpacking: a kilobyte of
gzip can be a gigabyte of page.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from urllib3.exceptions import HTTPError, IncompleteRead, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from flows.fetching.failures import FetchFailure

CHUNK = 64 * 1024
GZIP_FIRST_BYTE = 0x1F


def read_body(raw: BaseHTTPResponse, max_bytes: int, overdue: Callable[[], bool]) -> bytes:
    """The unpacked body. Raises `FetchFailure`: `cut`, `timeout`, `too-large`, `bad-encoding`."""
    encoding = (raw.headers.get("Content-Encoding") or "identity").strip().lower()
    parts = _wire(raw, max_bytes, overdue)
    if encoding in ("identity", ""):
        return b"".join(parts)
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _unpacked(parts, max_bytes)
    raise FetchFailure("bad-encoding", f"the site packed its answer as {encoding!r}, which was not asked for")


def _wire(raw: BaseHTTPResponse, max_bytes: int, overdue: Callable[[], bool]) -> Iterator[bytes]:
    """The bytes as they come over the wire, counted against the ceiling and against Content-Length."""
    expected = raw.headers.get("Content-Length")
    received = 0
    try:
        while part := raw.read1(CHUNK, decode_content=False):
            received += len(part)
            if received > max_bytes:
                raise FetchFailure("too-large", f"the answer is larger than {max_bytes:,} bytes")
            if overdue():
                raise FetchFailure("timeout", f"the answer took too long; {received:,} bytes had come", transient=True)
            yield part
    except ReadTimeoutError as error:
        raise FetchFailure("timeout", f"the site fell silent after {received:,} bytes", transient=True) from error
    except (IncompleteRead, HTTPError, OSError) as error:
        raise FetchFailure("cut", f"the answer broke off after {received:,} bytes", transient=True) from error
    if expected and expected.isdecimal() and received < int(expected):
        raise FetchFailure("cut", f"{received:,} of {int(expected):,} bytes came", transient=True)


def _unpacked(parts: Iterator[bytes], max_bytes: int) -> bytes:
    unpacked = bytearray()
    stream, begun = _unpacker(), False
    try:
        for part in parts:
            begun = True
            while part and not (stream.eof and part[0] != GZIP_FIRST_BYTE):  # what follows the last member is padding
                if stream.eof:
                    stream = _unpacker()
                unpacked += stream.decompress(part, max_bytes - len(unpacked) + 1)
                if len(unpacked) > max_bytes:
                    raise FetchFailure("too-large", f"the answer unpacks to more than {max_bytes:,} bytes")
                part = stream.unconsumed_tail or stream.unused_data
    except zlib.error as error:
        raise FetchFailure("bad-encoding", f"the answer cannot be unpacked: {error}", transient=True) from error
    if begun and not stream.eof:
        raise FetchFailure("cut", "the packed answer ends in the middle", transient=True)
    return bytes(unpacked)


def _unpacker() -> zlib._Decompress:
    """Reads gzip and zlib members alike."""
    return zlib.decompressobj(zlib.MAX_WBITS | 32)
