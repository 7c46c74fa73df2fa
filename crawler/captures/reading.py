"""Reading a capture back: the answer kept at a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import zstandard
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from crawler.captures.writing import HOP_HEADERS, CaptureError
from crawler.items import Fetched
from crawler.messages import say

MAX_BODY = 8 * 2**20  # bytes after decompression, as for a live fetch
# What the transfer did to the bytes, already undone in what is kept.
UNDONE = HOP_HEADERS | {"content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is kept."""

    path: Path
    offset: int
    url: str
    fetched_at: str


def read_capture(place: Place) -> Fetched:
    """The answer kept at a place, content-encoding undone; CaptureError when it is not there."""
    try:
        with place.path.open("rb") as file:
            file.seek(place.offset)
            record = next(ArchiveIterator(file, arc2warc=True))
            body = _body(record)
    except Exception as error:
        # A damaged record may raise anything in warcio and in what undoes its encoding.
        raise CaptureError(
            say("warc_truncated", path=place.path, offset=place.offset, detail=error)
        ) from error
    if record.http_headers is None:  # a resource record: the bytes without an answer's headers
        kind = record.rec_headers.get_header("Content-Type")
        headers = (("content-type", kind),) if kind else ()
        return Fetched(place.url, place.fetched_at, 200, headers, body)
    headers = tuple(
        (name.lower(), value)
        for name, value in record.http_headers.headers
        if name.lower() not in UNDONE
    )
    status = record.http_headers.get_statuscode() or ""
    return Fetched(
        place.url, place.fetched_at, int(status) if status.isdigit() else 0, headers, body
    )


def _body(record: ArcWarcRecord) -> bytes:
    stream = record.content_stream()
    if record.http_headers is not None:
        encoding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
        if encoding == "zstd":
            stream = zstandard.ZstdDecompressor().stream_reader(stream)
    return stream.read(MAX_BODY + 1)
