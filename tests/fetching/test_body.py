"""A body is read whole or not at all, however it comes over the wire."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.fetching.body import read_body
from flows.fetching.failures import FetchFailure


class Wire:
    """What `read_body` uses of a response: headers, and bytes in pieces as they come."""

    def __init__(self, data: bytes, sizes: list[int], **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._pieces = self._cut(data, sizes)

    @staticmethod
    def _cut(data: bytes, sizes: list[int]) -> Iterator[bytes]:
        for size in sizes:
            if data:
                yield data[:size]
                data = data[size:]
        if data:
            yield data

    def read1(self, amount: int, decode_content: bool) -> bytes:
        return next(self._pieces, b"")


def read(wire: Wire, max_bytes: int = 100_000) -> bytes:
    return read_body(wire, max_bytes, lambda: False)  # type: ignore[arg-type]


SIZES = st.lists(st.integers(1, 50), max_size=20)


@settings(max_examples=200)
@given(body=st.binary(max_size=500), members=st.integers(1, 3), sizes=SIZES, padding=st.integers(0, 9))
def test_a_packed_body_comes_out_whole_in_whatever_pieces(
    body: bytes, members: int, sizes: list[int], padding: int
) -> None:
    packed = gzip.compress(body) * members + b"\0" * padding
    assert read(Wire(packed, sizes, Content_Encoding="gzip")) == body * members


@settings(max_examples=200)
@given(body=st.binary(min_size=1, max_size=500), sizes=SIZES, share=st.floats(0.0, 1.0, exclude_max=True))
def test_a_packed_body_that_is_cut_never_passes_for_whole(body: bytes, sizes: list[int], share: float) -> None:
    packed = gzip.compress(body)
    cut = packed[: max(1, int(len(packed) * share))]
    with pytest.raises(FetchFailure) as caught:
        read(Wire(cut, sizes, Content_Encoding="gzip"))
    assert caught.value.code == "cut" and caught.value.transient


@settings(max_examples=200)
@given(body=st.binary(max_size=300), announced=st.integers(0, 400), sizes=SIZES)
def test_a_plain_body_shorter_than_announced_never_passes_for_whole(
    body: bytes, announced: int, sizes: list[int]
) -> None:
    wire = Wire(body, sizes, Content_Length=str(announced))
    if len(body) >= announced:
        assert read(wire) == body
    else:
        with pytest.raises(FetchFailure, match=f"{len(body)} of {announced}"):
            read(wire)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "identity", " GZIP "])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    packed = {"deflate": zlib.compress(b"page"), "identity": b"page"}.get(encoding, gzip.compress(b"page"))
    assert read(Wire(packed, [], Content_Encoding=encoding)) == b"page"


def test_no_bytes_are_an_empty_body_in_any_encoding() -> None:
    assert read(Wire(b"", [], Content_Encoding="gzip")) == b""


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    with pytest.raises(FetchFailure, match="unpacks to more"):
        read(Wire(bomb, [], Content_Encoding="gzip"), max_bytes=100_000)


def test_an_overdue_answer_is_given_up() -> None:
    with pytest.raises(FetchFailure) as caught:
        read_body(Wire(b"slow", []), 100, lambda: True)  # type: ignore[arg-type]
    assert caught.value.code == "timeout"
