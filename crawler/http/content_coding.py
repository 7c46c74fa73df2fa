"""Content codings undone, never beyond a limit: gzip, deflate, br, zstd, one inside the other."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

ACCEPTED = "gzip, deflate, br, zstd"
MOST_CODINGS = 3  # one inside the other; nobody needs more than one
CHUNK = 2**16
WINDOW = 8 * 2**20  # bytes a zstd frame may ask for (RFC 8878 §3.1.1.1.2)


class UnpackingError(Exception):
    """A body that is not what its Content-Encoding says; `reason` names how it ends."""

    reason = "bad_encoding"


class TruncatedError(UnpackingError):
    """The packed stream breaks off."""

    reason = "truncated"


class TooLargeError(UnpackingError):
    """More than the limit would come out."""

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
    for coding in codings:
        unpack = UNPACKERS.get(coding)
        if unpack is None:
            raise UnpackingError(f"unknown coding {coding[:40]}")
        out = bytearray()
        try:
            for piece in unpack(body):
                out += piece
                if len(out) > limit:
                    raise TooLargeError(f"{coding}: more than {limit} bytes")
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError, MemoryError) as error:
            raise UnpackingError(f"{coding}: {error}") from error
        body = bytes(out)
    if len(body) > limit:
        raise TooLargeError(f"more than {limit} bytes")
    return body


def is_plain(body: bytes) -> bool:
    """Whether a body that claims to be packed is text as it stands."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    return start[:1] in (b"<", b"{") and b"\x00" not in start


def _inflated(body: bytes, wbits: int) -> Iterator[bytes]:
    while body:
        stream = zlib.decompressobj(wbits)
        while True:
            yield stream.decompress(body, CHUNK)
            body = stream.unconsumed_tail
            if stream.eof:
                break
            if not body:
                rest = stream.flush()
                yield rest
                if not stream.eof:
                    raise TruncatedError("the stream breaks off")
                break
        body = stream.unused_data
        if not body.startswith(b"\x1f\x8b"):
            return  # what follows the end is not part of it


def _gzip(body: bytes) -> Iterator[bytes]:
    return _inflated(body, 16 + zlib.MAX_WBITS)


def _deflate(body: bytes) -> Iterator[bytes]:
    """zlib as the standard has it, raw deflate as some Microsoft servers have it."""
    try:
        zlib.decompressobj().decompress(body, 1)
    except zlib.error:
        return _inflated(body, -zlib.MAX_WBITS)
    return _inflated(body, zlib.MAX_WBITS)


def _brotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    yield stream.process(body, output_buffer_limit=CHUNK)
    while not stream.is_finished():
        piece = stream.process(b"", output_buffer_limit=CHUNK)
        if not piece and stream.can_accept_more_data():
            raise TruncatedError("the stream breaks off")
        yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    while body:
        stream = zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj(
            write_size=CHUNK, read_across_frames=False
        )
        # Little goes in at a time: one block of input may become 128 KiB, no more.
        at = 0
        while at < len(body) and not stream.eof:
            yield stream.decompress(body[at : at + 64])
            at += 64
        if not stream.eof:
            raise TruncatedError("the stream breaks off")
        body = stream.unused_data + body[at:]
        if not body.startswith(b"\x28\xb5\x2f\xfd"):
            return


UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
