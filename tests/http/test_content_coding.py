"""Codings undone within bounds of size, ratio, pieces and time."""

from __future__ import annotations

import gzip
import time
import zlib

import brotli
import pytest
import zstandard

from crawler.http import content_coding
from crawler.http.content_coding import (
    MOST_FRAMES,
    TooLargeError,
    TruncatedError,
    UnpackingError,
    decode_body,
    unchunked,
)

LIMIT = 8 * 2**20
TEXT = "".join(f"<p>Trang số {number} của cổng</p>" for number in range(20_000)).encode()
PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": zstandard.ZstdCompressor().compress,
}
SKIPPABLE = b"\x5f\x2a\x4d\x18\x04\x00\x00\x00abcd"
# One small piece that holds nothing, for each coding that has such a thing, after its beginning.
EMPTY = {
    "gzip member": ("gzip", b"", gzip.compress(b"")),
    "zstd frame": ("zstd", b"", PACK["zstd"](b"")),
    "zstd frame to be skipped": ("zstd", b"", SKIPPABLE),
    "zstd block": ("zstd", b"\x28\xb5\x2f\xfd\x00\x58", b"\x00\x00\x00"),
    "deflate block": ("deflate", b"\x78\x9c", b"\x00\x00\x00\xff\xff"),
    "deflate block of fixed codes": ("deflate", b"\x78\x9c", b"\x02\x08\x20\x80\x00"),
    "brotli block": ("br", b"\x0c", b"\x06"),
}


@pytest.mark.parametrize("coding", PACK)
def test_there_and_back(coding):
    packed = PACK[coding](TEXT)
    assert decode_body(packed, coding, LIMIT) == TEXT
    assert decode_body(PACK[coding](b""), coding, LIMIT) == b""
    for cut in (1, 40, len(packed) // 2):
        with pytest.raises(TruncatedError):
            decode_body(packed[:-cut], coding, LIMIT)
    with pytest.raises(TooLargeError):
        decode_body(packed, coding, len(TEXT) - 1)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_several_frames_are_one_body(coding):
    halves = PACK[coding](TEXT[:9]) + PACK[coding](TEXT[9:])
    assert decode_body(halves, coding, LIMIT) == TEXT
    assert decode_body(halves + b"\x00junk", coding, LIMIT) == TEXT
    with pytest.raises(TooLargeError, match=f"{MOST_FRAMES}"):
        decode_body(PACK[coding](b"a") * (MOST_FRAMES + 1), coding, LIMIT)


@pytest.mark.parametrize("name", EMPTY)
def test_pieces_that_hold_nothing(name):
    """8 MiB of them: an end within a moment, whatever it is."""
    coding, start, piece = EMPTY[name]
    body = start + piece * (LIMIT // len(piece))
    began = time.thread_time()
    try:
        assert len(decode_body(body, coding, LIMIT)) < LIMIT
    except UnpackingError as error:
        assert error.reason in ("too_large", "truncated", "bad_encoding")
    assert time.thread_time() - began < content_coding.SECONDS + 0.5


def test_time_is_bounded_by_itself(monkeypatch):
    monkeypatch.setattr(content_coding, "SECONDS", -1.0)
    with pytest.raises(TooLargeError, match="s for"):
        decode_body(PACK["gzip"](TEXT), "gzip", LIMIT)


@pytest.mark.parametrize("coding", PACK)
def test_the_ratio_is_bounded(coding):
    """A MiB of anything may come out of little; more may not."""
    assert len(decode_body(PACK[coding](bytes(2**20)), coding, LIMIT)) == 2**20
    with pytest.raises(TooLargeError):
        decode_body(PACK[coding](bytes(6 * 2**20)), coding, LIMIT)


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"3;x=y\r\nabc\r\n0\r\nX-T: 1\r\n\r\n", b"abc"),
        (b"3\nabc\n0\n\n", b"abc"),
        (b"0\r\n\r\n", b""),
        (b"<html>abc", None),
        (b"abc\r\n<html>", None),  # which would be 2748 bytes
        (b"", None),
    ],
)
def test_chunks_in_kept_bodies(body, whole):
    assert unchunked(body) == whole


def test_chunks_without_end():
    with pytest.raises(TruncatedError):
        unchunked(b"3\r\nabc\r\n")
    with pytest.raises(TooLargeError):
        unchunked(b"1\r\nx\r\n" * 300_000 + b"0\r\n\r\n")
