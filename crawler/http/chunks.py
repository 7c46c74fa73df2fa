"""Chunked bodies taken apart (RFC 9112 §7.1), as forgivingly as browsers do, within limits."""

from __future__ import annotations

import re

MOST_CHUNKS = 100_000  # of a body: 8 MiB in pieces of 84 bytes
LARGEST_CHUNKED = 16 * 2**20  # bytes, sizes and extensions included
LONGEST_LINE = 2**12  # bytes of a size and its extensions
LARGEST_TRAILERS = 2**16  # bytes of the fields behind the last chunk
# Old servers pad the number with spaces or zeros, and end the line with a line feed alone.
SIZE = re.compile(rb"[ \t]*0{0,64}([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class ChunkError(Exception):
    """No chunk where one should be."""


class TooManyChunksError(Exception):
    """A body in more pieces than any server needs: taking them apart would hold everybody up."""


class ChunkReader:
    """Takes a body in any pieces; `rest` is what follows it, None until its last chunk was seen."""

    def __init__(self) -> None:
        self.ended = False  # the last chunk was seen: nothing of the body is to come
        self.rest: bytes | None = None
        self._buffer = b""
        self._left = 0  # bytes of the present chunk that are to come
        self._behind = False  # in front of the line end behind a chunk
        self._count = self._size = self._trailers = 0

    def feed(self, data: bytes) -> bytes:
        """What of the body is in these bytes. Raises ChunkError, TooManyChunksError."""
        self._size += len(data)
        whole = self._buffer + data
        pieces: list[bytes] = []
        at = 0
        while at < len(whole) and self.rest is None:
            if self._left:
                piece = whole[at : at + self._left]
                pieces.append(piece)
                at += len(piece)
                self._left -= len(piece)
                self._behind = not self._left
                continue
            end = whole.find(b"\n", at)
            if end < 0:
                break
            line = whole[at : end + 1]
            at = end + 1
            if self.ended:
                self._trailer(line, whole[at:])
            elif self._behind:
                if line.strip(b"\r\n"):
                    raise ChunkError(f"{line[:40]!r} behind a chunk")
                self._behind = False
            else:
                self._begin(line)
            if self._count > MOST_CHUNKS:
                break
        self._buffer = whole[at:]
        if self._count > MOST_CHUNKS or self._size > LARGEST_CHUNKED:
            raise TooManyChunksError(f"{self._count} chunks in {self._size} bytes")
        if not self.ended and not self._left and len(self._buffer) > LONGEST_LINE:
            raise ChunkError("a size without end")
        return b"".join(pieces)

    def _begin(self, line: bytes) -> None:
        size = SIZE.fullmatch(line)
        if size is None:
            raise ChunkError(f"{line[:40]!r} is no size")
        self._left = int(size[1], 16)
        self._count += 1
        self.ended = not self._left

    def _trailer(self, line: bytes, behind: bytes) -> None:
        self._trailers += len(line)
        if not line.strip(b"\r\n"):
            self.rest = behind
        elif self._trailers > LARGEST_TRAILERS:
            raise ChunkError("fields without end behind the last chunk")
