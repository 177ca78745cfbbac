"""One WARC record (ISO 28500): a response packed as a gzip member of its own, and read back with its digest checked.

A record bears the public URL, the run's logical time, status and headers, and the unpacked body, named by its SHA-256.
`Content-Encoding`, `Transfer-Encoding` and `Content-Length` speak of the wire and are kept as `X-Archive-Orig-…`.
All that the ledger says of a snapshot can be read from its record again.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import BinaryIO, cast, get_args
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warehouse.records import Quality, SnapshotKind

GZIP_START = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
"""How every member that we write begins; used to find the next record behind a damaged one."""
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_ON_THE_WIRE = ("content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive")

Headers = tuple[tuple[str, str], ...]


class ArchiveError(OSError):
    """A record that cannot be read back as it was written."""


class TornRecord(ArchiveError):
    """The file ends within a record."""


@dataclass(frozen=True, slots=True)
class Record:
    """One archived response. `file` is relative to the archive, `end` the offset behind the record.

    `listed` is the date that the source's lists gave for the page.
    """

    file: str
    offset: int
    end: int
    url: str
    fetched_at: datetime
    sha256: str
    kind: SnapshotKind
    quality: Quality
    status: int
    headers: Headers
    body: bytes
    listed: date | None = None

    def header(self, name: str) -> str | None:
        """A response header's value by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def pack_about(file_name: str, source_id: str, now: datetime) -> bytes:
    """The record that every WARC file begins with: what it is and what wrote it."""
    packed, writer = _writer()
    record = writer.create_warcinfo_record(
        file_name, {"software": "commitment-ledger", "format": "WARC File Format 1.1", "isPartOf": source_id}
    )
    record.rec_headers.replace_header("WARC-Date", _warc_date(now))
    record.rec_headers.replace_header("WARC-Record-ID", _record_id(f"{source_id} {file_name}"))
    writer.write_record(record)
    return packed.getvalue()


def pack_response(record: Record) -> bytes:
    """A response as a WARC record; the same response of the same run gives the same bytes."""
    packed, writer = _writer()
    length, stamp = len(record.body), _warc_date(record.fetched_at)
    about = {
        "WARC-Record-ID": _record_id(f"{record.url} {stamp} {record.sha256}"),
        "WARC-Date": stamp,
        "WARC-Payload-Digest": f"sha256:{base64.b32encode(bytes.fromhex(record.sha256)).decode()}",
        "X-Snapshot-Kind": record.kind,
        "X-Snapshot-Quality": record.quality,
    }
    if record.listed:
        about["X-Snapshot-Listed"] = record.listed.isoformat()
    http = StatusAndHeaders(str(record.status), _archived_headers(record.headers, length), protocol="HTTP/1.1")
    warc = writer.create_warc_record(
        record.url,
        "response",
        payload=BytesIO(record.body),
        length=length,
        warc_headers_dict=about,
        http_headers=http,
    )
    writer.write_record(warc)
    return packed.getvalue()


def _writer() -> tuple[BytesIO, WARCWriter]:
    packed = BytesIO()
    return packed, WARCWriter(packed, gzip=True, warc_version="WARC/1.1")


def _record_id(content: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, content)}>"


def _warc_date(now: datetime) -> str:
    return now.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _archived_headers(headers: Headers, length: int) -> list[tuple[str, str]]:
    kept = [
        (_in_ascii(f"X-Archive-Orig-{name}" if name.lower() in _ON_THE_WIRE else name), _in_ascii(value))
        for name, value in headers
    ]
    return [*kept, ("Content-Length", str(length))]


def _in_ascii(text: str) -> str:
    """Header text on one line, what is not ASCII percent-encoded: on some of it warcio's own encoding gives up."""
    return _FOREIGN.sub(lambda letter: quote(letter.group(), errors="replace"), re.sub(r"[\r\n]+", " ", text))


def read_member(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """The unpacked gzip member that begins at `offset`, and the offset behind it.

    Raises `TornRecord` where the file ends within it, `ArchiveError` where it is damaged.
    """
    file.seek(offset)
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    parts: list[bytes] = []
    position = offset
    while not stream.eof:
        chunk = file.read(32 * 1024)
        if not chunk:
            raise TornRecord("the record ends in the middle")
        position += len(chunk)
        try:
            parts.append(stream.decompress(chunk))
        except zlib.error as error:
            raise ArchiveError(f"the record is damaged: {error}") from error
    return b"".join(parts), position - len(stream.unused_data)


def parse_member(data: bytes, file: str, offset: int, end: int) -> Record | None:
    """The response in an unpacked member; None for other WARC records. Raises `ArchiveError` where its digest
    differs."""
    try:
        about, _, rest = data.partition(b"\r\n\r\n")
        warc = {name.lower(): value for name, value in _header_lines(about)}
        if warc["warc-type"] != "response":
            return None
        http, _, body = rest[: int(warc["content-length"])].partition(b"\r\n\r\n")
        record = Record(
            file=file,
            offset=offset,
            end=end,
            url=warc["warc-target-uri"],
            fetched_at=datetime.fromisoformat(warc["warc-date"]),
            sha256=base64.b32decode(warc["warc-payload-digest"].removeprefix("sha256:")).hex(),
            kind=cast(SnapshotKind, _one_of(get_args(SnapshotKind), warc["x-snapshot-kind"])),
            quality=cast(Quality, _one_of(get_args(Quality), warc["x-snapshot-quality"])),
            status=int(http.split(None, 2)[1]),
            headers=tuple(_header_lines(http)),
            body=body,
            listed=date.fromisoformat(warc["x-snapshot-listed"]) if "x-snapshot-listed" in warc else None,
        )
    except (KeyError, ValueError, IndexError) as error:
        raise ArchiveError(f"{file} at {offset}: not a record of ours ({error!r})") from error
    if hashlib.sha256(body).hexdigest() != record.sha256:
        raise ArchiveError(f"{file} at {offset}: the bytes of {record.url} are not those that were archived")
    return record


def _one_of(allowed: tuple[str, ...], value: str) -> str:
    if value not in allowed:
        raise ValueError(f"unknown value {value!r}")
    return value


def _header_lines(block: bytes) -> Iterator[tuple[str, str]]:
    """The headers below a block's first line."""
    for line in block.split(b"\r\n")[1:]:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if not colon:
            raise ValueError(f"{line[:60]!r} is not a header")
        yield name, value.strip()
