"""Content codings undone, never beyond a limit of size, ratio, pieces or time: gzip, deflate, br, zstd."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

from crawler.http.chunks import MOST_CHUNKS, SIZE

ACCEPTED = "gzip, deflate, br, zstd"
MOST_CODINGS = 3  # one inside the other; nobody needs more than one
MOST_FRAMES = 1_000  # gzip members or zstd frames of one body; nearly all have one
SECONDS = 2.0  # of processor time; 8 MiB take a tenth
RATIO, FREE = 500, 2**20  # bytes out for one in, from the first MiB on: markup comes to 20
CHUNK = 2**16
LITTLE = 2**14  # bytes fed at a time: what is left over is copied
WINDOW = 8 * 2**20  # bytes a zstd frame may ask for (RFC 8878 §3.1.1.1.2)
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # a zstd frame that holds nothing of the body


class UnpackingError(Exception):
    """A body that is not what its Content-Encoding says; `reason` names how it ends."""

    reason = "bad_encoding"


class TruncatedError(UnpackingError):
    """The packed stream breaks off."""

    reason = "truncated"


class TooLargeError(UnpackingError):
    """More than the limit would come out, or it would take too long."""

    reason = "too_large"


def codings_of(header: str) -> list[str]:
    """The codings of a Content-Encoding header, the one applied last first."""
    names = [name.strip().lower() for name in header.split(",")]
    return [name for name in reversed(names) if name not in ("", "identity", "none")]


def decode_body(body: bytes, header: str, limit: int) -> bytes:
    """The body with all its codings undone. Raises UnpackingError with its reason."""
    codings = codings_of(header)
    if len(codings) > MOST_CODINGS:
        raise UnpackingError(f"{len(codings)} codings")
    until = time.thread_time() + SECONDS
    for coding in codings:
        unpack = UNPACKERS.get(coding)
        if unpack is None:
            raise UnpackingError(f"unknown coding {coding[:40]}")
        out = bytearray()
        most = min(limit, max(FREE, RATIO * len(body)))
        try:
            for piece in unpack(body):
                out += piece
                if len(out) > most:
                    raise TooLargeError(f"{coding}: more than {most} bytes of {len(body)}")
                if time.thread_time() > until:
                    raise TooLargeError(f"{coding}: more than {SECONDS} s for {len(body)} bytes")
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError, MemoryError) as error:
            raise UnpackingError(f"{coding}: {error}") from error
        body = bytes(out)
    if len(body) > limit:
        raise TooLargeError(f"more than {limit} bytes")
    return body


def unchunked(body: bytes) -> bytes | None:
    """A kept body whose chunks still stand in it, put together; None when there are none.

    Many tools keep the header and take the chunks apart all the same.
    """
    pieces: list[bytes] = []
    at = 0
    while size := SIZE.match(body, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body.startswith(b"\r\n", at) else 1
        if len(pieces) > MOST_CHUNKS:
            raise TooLargeError(f"more than {MOST_CHUNKS} chunks")
    if len(pieces) > 1 or (pieces and at <= len(body)):
        raise TruncatedError("the last chunk is missing")
    return None


def is_plain(body: bytes) -> bool:
    """Whether a body that claims to be packed is text as it stands."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    return start[:1] in (b"<", b"{") and b"\x00" not in start


def _inflated(body: bytes, wbits: int) -> Iterator[bytes]:
    """The members of a body one after the other; what follows the last one is not part of it."""
    view, at = memoryview(body), 0
    for _ in range(MOST_FRAMES):
        stream = zlib.decompressobj(wbits)
        while not stream.eof:
            fed: bytes | memoryview = stream.unconsumed_tail
            if not fed:
                fed = view[at : at + LITTLE]
                at += len(fed)
            piece = stream.decompress(fed, CHUNK)
            if not fed and not piece and not stream.eof:
                raise TruncatedError("the stream breaks off")
            yield piece
        at -= len(stream.unused_data)
        if view[at : at + 2] != GZIP:
            return
    raise TooLargeError(f"more than {MOST_FRAMES} members")


def _gzip(body: bytes) -> Iterator[bytes]:
    return _inflated(body, 16 + zlib.MAX_WBITS)


def _deflate(body: bytes) -> Iterator[bytes]:
    """zlib as the standard has it, raw deflate as some Microsoft servers have it."""
    try:
        zlib.decompressobj().decompress(body[:LITTLE], 1)
    except zlib.error:
        return _inflated(body, -zlib.MAX_WBITS)
    return _inflated(body, zlib.MAX_WBITS)


def _brotli(body: bytes) -> Iterator[bytes]:
    stream, at = brotli.Decompressor(), 0
    while not stream.is_finished():
        fed = body[at : at + LITTLE] if stream.can_accept_more_data() else b""
        at += len(fed)
        piece = stream.process(fed, output_buffer_limit=CHUNK)
        if not piece and not fed and stream.can_accept_more_data() and not stream.is_finished():
            raise TruncatedError("the stream breaks off")
        yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    at = 0
    for _ in range(MOST_FRAMES):
        stream = zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj(
            write_size=CHUNK, read_across_frames=False
        )
        # Little goes in at a time: one block of input may become 128 KiB, no more.
        while not stream.eof:
            fed = body[at : at + 64]
            if not fed:
                raise TruncatedError("the stream breaks off")
            at += len(fed)
            yield stream.decompress(fed)
        at -= len(stream.unused_data)
        if not body.startswith(ZSTD, at) and not SKIPPABLE.match(body, at):
            return
    raise TooLargeError(f"more than {MOST_FRAMES} frames")


UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
