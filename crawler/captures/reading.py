"""Reading captures back: every record of a file, and the answer kept at a place."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import zstandard
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
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


def check_warc(path: Path) -> None:
    """Raise CaptureError unless the file is there, whole, and WARC."""
    try:
        if not _is_gzip(path):
            with path.open("rb") as file:
                _check_magic(file.read(5))
            _check_lengths(path)
            return
        # warcio passes over a truncated last member in silence; gzip does not.
        with gzip.open(path) as file:
            _check_magic(file.read(5))
            while file.read(2**20):
                pass
    except (EOFError, zlib.error, gzip.BadGzipFile, ArchiveLoadFailed, ValueError) as error:
        size = path.stat().st_size
        raise CaptureError(say("warc_truncated", path=path, offset=size, detail=error)) from error
    except OSError as error:
        detail = error.strerror or error
        raise CaptureError(say("warc_missing", path=path, detail=detail)) from error


def _check_magic(start: bytes) -> None:
    if start != b"WARC/":
        raise ValueError("no WARC file: it does not begin with WARC/")


def _check_lengths(path: Path) -> None:
    """Raise EOFError when the last record of an uncompressed file is shorter than it says."""
    with path.open("rb") as file:
        size = path.stat().st_size
        records = ArchiveIterator(file)
        for record in records:
            declared = int(record.rec_headers.get_header("Content-Length") or 0)
            end = records.get_record_offset() + declared
        if end > size:
            raise EOFError(f"{end} bytes declared, {size} present")


def responses(path: Path) -> Iterator[Place]:
    """The places of all response records of a file, in its order; stops at a torn tail."""
    with path.open("rb") as file, suppress(ArchiveLoadFailed, EOFError, zlib.error):
        records = ArchiveIterator(file)
        for record in records:
            if record.rec_type == "response" and record.http_headers:
                url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
                date = record.rec_headers.get_header("WARC-Date")
                # Asking for the offset reads to the record's end.
                yield Place(path, records.get_record_offset(), url, date)


def read_capture(place: Place) -> Fetched:
    """The answer kept at a place, content-encoding undone; CaptureError when it is not there."""
    try:
        with place.path.open("rb") as file:
            file.seek(place.offset)
            record = next(ArchiveIterator(file))
            body = _body(record)
    except (OSError, StopIteration, ArchiveLoadFailed, EOFError, zlib.error) as error:
        raise CaptureError(
            say("warc_truncated", path=place.path, offset=place.offset, detail=error)
        ) from error
    headers = tuple(
        (name.lower(), value)
        for name, value in record.http_headers.headers
        if name.lower() not in UNDONE
    )
    status = int(record.http_headers.get_statuscode() or 0)
    return Fetched(place.url, place.fetched_at, status, headers, body)


def _body(record: ArcWarcRecord) -> bytes:
    encoding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if encoding == "zstd":
        stream = zstandard.ZstdDecompressor().stream_reader(record.raw_stream)
        return stream.read(MAX_BODY + 1)
    return record.content_stream().read(MAX_BODY + 1)


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"
