"""Reading a capture back: the answer kept at a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from crawler.captures.writer import HOP_HEADERS, CaptureError
from crawler.http.content_coding import (
    TooLargeError,
    TruncatedError,
    UnpackingError,
    decode_body,
    is_plain,
)
from crawler.items import Fetched
from crawler.messages import say

MAX_BODY = 8 * 2**20  # bytes after decompression, as for a live fetch
# What the transfer did to the bytes, already undone in what is kept.
UNDONE = HOP_HEADERS | {"content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record is kept."""

    path: Path
    offset: int
    url: str
    fetched_at: str


def read_capture(place: RecordPlace) -> Fetched:
    """The answer kept at a place, content-encoding undone; CaptureError when it is not there."""
    try:
        with place.path.open("rb") as file:
            file.seek(place.offset)
            record = next(ArchiveIterator(file, arc2warc=True))
            body, problem = _body(record)
    except Exception as error:
        # A damaged record may raise anything in warcio and in what undoes its encoding.
        raise CaptureError(
            say("warc_truncated", path=place.path, offset=place.offset, detail=error)
        ) from error
    if record.http_headers is None:  # a resource record: the bytes without an answer's headers
        kind = record.rec_headers.get_header("Content-Type")
        named = (("content-type", kind),) if kind else ()
        return Fetched(place.url, place.fetched_at, 200, named, body, problem)
    headers = tuple(
        (name.lower(), value)
        for name, value in record.http_headers.headers
        if name.lower() not in UNDONE
    )
    code = record.http_headers.get_statuscode() or ""
    status = int(code) if code.isdigit() else 0
    return Fetched(place.url, place.fetched_at, status, headers, body, problem)


def _body(record: ArcWarcRecord) -> tuple[bytes, str]:
    """The body as it was meant, and what is wrong with it; never more than a page may have."""
    stream = record.raw_stream
    sent = record.http_headers  # None of a resource record, which is no answer to anything
    if sent and "chunked" in (sent.get_header("Transfer-Encoding") or "").lower():
        stream = ChunkedDataReader(stream)
    body = _some(stream, MAX_BODY + 1)
    if len(body) > MAX_BODY:
        return b"", TooLargeError.reason
    if record.rec_headers.get_header("WARC-Truncated"):
        return body, TruncatedError.reason
    coding = (sent.get_header("Content-Encoding") or "") if sent else ""
    try:
        return decode_body(body, coding, MAX_BODY) if body else body, ""
    except UnpackingError as error:
        # Many tools keep the header and undo the coding all the same.
        return (body, "") if is_plain(body) else (b"", error.reason)


def _some(stream: Any, most: int) -> bytes:
    """Up to so many bytes: a stream may hand out less than it is asked for."""
    pieces, left = [], most
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
