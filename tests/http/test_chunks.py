"""Chunked bodies, as they arrive."""

from __future__ import annotations

import pytest

from crawler.http.chunks import LONGEST_LINE, ChunkError, ChunkReader, TooManyChunksError

BODIES = [
    b"4\r\nH\xe1\xbb\x99\r\n6\r\ni ngh\n\r\n0\r\n\r\n",
    b"4\nH\xe1\xbb\x99\n6\ni ngh\n\n0\n\n",
    b"0004  \r\nH\xe1\xbb\x99\r\n6;a=b\r\ni ngh\n\r\n0000\r\nX-T: 1\r\n\r\n",
]
WHOLE = b"H\xe1\xbb\x99i ngh\n"


@pytest.mark.parametrize("body", BODIES)
def test_it_comes_whole_in_whatever_pieces(body):
    for step in range(1, len(body) + 1):
        reader = ChunkReader()
        pieces = [reader.feed(body[at : at + step]) for at in range(0, len(body), step)]
        assert b"".join(pieces) == WHOLE and reader.ended and reader.rest == b""


def test_what_follows_is_not_part_of_it():
    reader = ChunkReader()
    assert reader.feed(BODIES[0] + b"HTTP/1.1 200 OK") == WHOLE
    assert reader.rest == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize("cut", range(1, len(BODIES[0]) - 4))
def test_a_body_that_breaks_off_has_not_ended(cut):
    reader = ChunkReader()
    assert WHOLE.startswith(reader.feed(BODIES[0][:cut])) and not reader.ended


@pytest.mark.parametrize(
    "body",
    [
        b"x\r\n", b"-1\r\n", b"\r\n", "²\r\n".encode(), b"1\r\nab\r\n", b"123456789\r\n",
        b"1" * (LONGEST_LINE + 1), b"0\r\n" + b"a: b\r\n" * 20_000,
    ],
)  # fmt: skip
def test_what_is_no_chunk(body):
    with pytest.raises(ChunkError):
        ChunkReader().feed(body)


def test_too_many():
    with pytest.raises(TooManyChunksError):
        ChunkReader().feed(b"1\r\n<\r\n" * 200_000)
