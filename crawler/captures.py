"""Captures: keep what was fetched as WARC 1.1 and read it back. The only user of warcio."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

import zstandard
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import Fetched
from crawler.messages import say

MAX_BODY = 8 * 2**20  # bytes after decompression, as for a live fetch
FORM_VALUE = 100  # longer form values (__VIEWSTATE) name no page
# What the transfer did to the bytes, already undone in what is kept.
HOP_HEADERS = frozenset({"transfer-encoding", "connection", "keep-alive"})
UNDONE = HOP_HEADERS | {"content-length", "content-encoding"}

Headers = Iterable[tuple[str, str]]


class CaptureError(Exception):
    """A WARC file cannot be read or written; the text says which, where and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is kept."""

    path: Path
    offset: int
    url: str
    fetched_at: str


class CaptureWriter:
    """One WARC file being written: a request and a response record for each fetch."""

    def __init__(self, path: Path, *, software: str, portal: str) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = path.open("xb")
        except OSError as error:
            raise CaptureError(
                say("captures_unwritable", path=path.parent, detail=error.strerror)
            ) from error
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._writer.write_record(
            self._writer.create_warcinfo_record(
                path.name, {"software": software, "isPartOf": portal, "format": "WARC/1.1"}
            )
        )

    def keep(
        self,
        url: str,
        *,
        fetched_at: str,
        status: int,
        headers: Headers,
        body: bytes,
        method: str = "GET",
        request_headers: Headers = (),
        request_body: bytes = b"",
        ip: str | None = None,
    ) -> int:
        """Write both records and flush; returns the response record's offset.

        The body is kept as it came over the wire, content-encoding and all. The address of a
        POST carries its short fields, as web archives do.
        """
        extra = {"WARC-Date": fetched_at}
        if ip:
            extra["WARC-IP-Address"] = ip
        offset = self._file.tell()
        response = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(f"{status}", _wire(headers), protocol="HTTP/1.1"),
            warc_headers_dict=extra,
        )
        request = self._writer.create_warc_record(
            url,
            "request",
            payload=BytesIO(request_body),
            length=len(request_body),
            http_headers=StatusAndHeaders(
                f"{method} {url} HTTP/1.1", list(request_headers), is_http_request=True
            ),
            warc_headers_dict={"WARC-Date": fetched_at},
        )
        self._writer.write_request_response_pair(request, response)
        self._file.flush()
        os.fdatasync(self._file.fileno())
        return offset

    def close(self) -> None:
        self._file.close()


def post_address(url: str, form: Headers) -> str:
    """The address a POST is kept under: `?__wb_method=POST` and its short fields."""
    fields = [(name, value) for name, value in form if len(value) <= FORM_VALUE]
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}{urlencode([('__wb_method', 'POST'), *fields])}"


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


def _wire(headers: Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in HOP_HEADERS]


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"
