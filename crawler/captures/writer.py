"""Writing captures: what was fetched, as WARC 1.1, on disk before anything points at it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from isal import isal_zlib
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.http.head import Wire
from crawler.messages import MessageError, say

LEVEL = 3  # isal's best: a fifth to a third of the time of zlib's 4, a twentieth larger
GZIP = 16 + isal_zlib.MAX_WBITS
FORM_VALUE = 100  # longer form values (__VIEWSTATE) name no page
# What the transfer did to the bytes, already undone in what is kept.
HOP_HEADERS = frozenset({"transfer-encoding", "connection", "keep-alive"})

Headers = Iterable[tuple[str, str]]


class CaptureError(MessageError):
    """A WARC file cannot be read or written; the text says which, where and what to do."""


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """A head as it went over the wire, or one made of what is known of it."""

    def __init__(
        self, raw: bytes, statusline: str, headers: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(statusline, headers, **more)
        self._raw = raw

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self._raw or self.to_bytes(header_filter)


class CaptureWriter:
    """One WARC file being written: a request and a response record for each fetch."""

    def __init__(self, path: Path, *, software: str, portal: str) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb", buffering=0)
        except OSError as error:
            raise CaptureError(
                say("captures_unwritable", path=path.parent, detail=error.strerror)
            ) from error
        self._plain = BytesIO()
        self._writer = WARCWriter(self._plain, gzip=False, warc_version="1.1")
        self._write(
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
        wire: Wire | None = None,
    ) -> int:
        """Write both records; returns the response record's offset. `sync` puts them on disk.

        With `wire` both are what went over it, byte for byte: request and status line, the headers'
        order and case, chunks and content codings. The address of a POST carries its short fields,
        as web archives do.
        """
        wire = wire or Wire()
        if wire.chunks is not None:
            body = b"".join(wire.chunks)
        extra = {"WARC-Date": fetched_at}
        if ip:
            extra["WARC-IP-Address"] = ip
        response = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=_Head(wire.head, f"{status}", _wire(headers), protocol="HTTP/1.1"),
            warc_headers_dict=extra,
        )
        request = self._writer.create_warc_record(
            url,
            "request",
            payload=BytesIO(request_body),
            length=len(request_body),
            http_headers=_Head(
                wire.request,
                f"{method} {url} HTTP/1.1",
                list(request_headers),
                is_http_request=True,
            ),
            warc_headers_dict={
                "WARC-Date": fetched_at,
                "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
            },
        )
        offset = self._write(response)
        self._write(request)
        return offset

    def sync(self) -> None:
        """Wait until all that was kept is on disk; a closed file is."""
        with suppress(ValueError):
            os.fdatasync(self._file.fileno())

    def _write(self, record: ArcWarcRecord) -> int:
        """A record as a gzip member of its own, all of it or nothing; returns where it begins."""
        offset = self._file.tell()
        self._writer.write_record(record)
        packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, GZIP)
        packed = memoryview(packer.compress(self._plain.getbuffer()) + packer.flush())
        self._plain.seek(0)
        self._plain.truncate()
        try:
            while packed:
                packed = packed[self._file.write(packed) :]
        except OSError as error:
            with suppress(OSError):  # half a record is none
                self._file.truncate(offset)
                self._file.seek(offset)
            detail = error.strerror
            raise CaptureError(say("captures_unwritable", path=self.path, detail=detail)) from error
        return offset

    def keep_copy(
        self,
        url: str,
        *,
        fetched_at: str,
        status: int,
        headers: Headers,
        body: bytes,
        source: str,
        head: bytes = b"",
        more: Mapping[str, str | None] | None = None,
    ) -> int:
        """Write what another archive captured, with that archive's address; returns the offset.

        `head`: status line and headers byte for byte, where they are known; `more`: other fields of
        the record as it was there.
        """
        extra = {name: value for name, value in (more or {}).items() if value}
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=_Head(head, f"{status}", _wire(headers), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": fetched_at, "WARC-Source-URI": source, **extra},
        )
        return self._write_durably(record)

    def keep_revisit(
        self, url: str, *, fetched_at: str, digest: str, original: str, original_at: str
    ) -> int:
        """Write that a look found the very bytes of an earlier one; returns the offset."""
        record = self._writer.create_revisit_record(
            url, digest, original, original_at, warc_headers_dict={"WARC-Date": fetched_at}
        )
        return self._write_durably(record)

    def _write_durably(self, record: ArcWarcRecord) -> int:
        offset = self._write(record)
        self.sync()
        return offset

    def close(self) -> None:
        if not self._file.closed:
            with suppress(OSError):  # what was saved was synced before
                self.sync()
            self._file.close()


def post_address(url: str, form: Headers) -> str:
    """The address a POST is kept under: `?__wb_method=POST` and its short fields."""
    fields = [(name, value) for name, value in form if len(value) <= FORM_VALUE]
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}{urlencode([('__wb_method', 'POST'), *fields])}"


def _wire(headers: Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in HOP_HEADERS]
