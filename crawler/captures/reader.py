"""Reading a capture back: the answer kept at a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from crawler.captures.writer import HOP_HEADERS, CaptureError
from crawler.http.chunks import LARGEST_CHUNKED
from crawler.http.content_coding import (
    TooLargeError,
    TruncatedError,
    UnpackingError,
    decode_body,
    is_plain,
    unchunked,
)
from crawler.http.head import LARGEST_HEAD, Pairs, header_text, read_head, split_head
from crawler.http.limits import MAX_BODY
from crawler.items import Fetched
from crawler.messages import say

# What the transfer did to the bytes, already undone in what is kept.
UNDONE = HOP_HEADERS | {"content-length", "content-encoding"}
# What stands behind a record that is a little longer than it says.
UNDECLARED = re.compile(rb"(?![\r\n]*(?:WARC/|\Z))(.{1,8}?)\r\n\r\n(?:WARC/|\Z)", re.DOTALL)
LONGEST_UNDECLARED = 17  # bytes that it may match


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record is kept."""

    path: Path
    offset: int
    url: str
    fetched_at: str


def read_capture(place: RecordPlace, *, largest: int = MAX_BODY) -> Fetched:
    """The answer kept at a place, content-encoding undone; CaptureError when it is not there.

    A body of more bytes than `largest` is left out, as a live one would be.
    """
    try:
        with place.path.open("rb") as file:
            file.seek(place.offset)
            record = next(ArchiveIterator(file, no_record_parse=True, arc2warc=True))
            block = _block(record, largest)
            if not is_answer(record):
                kind = record.rec_headers.get_header("Content-Type")
                named = (("content-type", kind),) if kind else ()
                problem = TooLargeError.reason if len(block) > largest else ""
                body = b"" if problem else block
                return Fetched(place.url, place.fetched_at, 200, named, body, problem)
            head, body = split_head(block)
            status, pairs = read_head(head)
            body, problem = _body(body, pairs, record, largest)
    except Exception as error:
        # A damaged record may raise anything in warcio and in what undoes its encoding.
        raise CaptureError(
            say("warc_truncated", path=place.path, offset=place.offset, detail=error)
        ) from error
    headers = tuple(
        (header_text(name).lower(), header_text(value))
        for name, value in pairs
        if name.lower().decode("latin-1") not in UNDONE
    )
    return Fetched(place.url, place.fetched_at, status, headers, body, problem)


def is_answer(record: ArcWarcRecord) -> bool:
    """Whether a record holds a server's answer; a resource is only what it would have been."""
    return record.rec_type in ("response", "revisit")


def _block(record: ArcWarcRecord, largest: int) -> bytes:
    """The record's block, never more than an answer may have.

    Some writers declare a byte or two less than they wrote: what stands between the declared end
    and the two line ends that close a record is the rest of it.
    """
    most = LARGEST_HEAD + max(LARGEST_CHUNKED, largest + 1)
    block = _some(record.raw_stream, most)
    limited = record.raw_stream
    if record.format == "warc" and isinstance(limited, LimitReader) and not limited.limit:
        found = UNDECLARED.match(_some(limited.stream, LONGEST_UNDECLARED))
        if found:
            block += found[1]
    return block


def _body(body: bytes, pairs: Pairs, record: ArcWarcRecord, largest: int) -> tuple[bytes, str]:
    """The body as it was meant, and what is wrong with it; never more than a page may have."""
    sent = _values(pairs, b"transfer-encoding")
    try:
        if b"chunked" in sent.lower():
            whole = unchunked(body)
            body = body if whole is None else whole
        if len(body) > largest:
            return b"", TooLargeError.reason
        if record.rec_headers.get_header("WARC-Truncated"):
            return body, TruncatedError.reason
        coding = header_text(_values(pairs, b"content-encoding"))
        return decode_body(body, coding, largest) if body else body, ""
    except UnpackingError as error:
        # Many tools keep the header and undo the coding all the same.
        return (body, "") if is_plain(body) else (b"", error.reason)


def _values(pairs: Pairs, wanted: bytes) -> bytes:
    return b",".join(value for name, value in pairs if name.lower() == wanted)


def _some(stream: Any, most: int) -> bytes:
    """Up to so many bytes: a stream may hand out less than it is asked for."""
    pieces, left = [], most
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
