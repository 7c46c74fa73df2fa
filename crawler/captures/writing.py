"""Writing captures: what was fetched, as WARC 1.1, on disk before anything points at it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.messages import say

FORM_VALUE = 100  # longer form values (__VIEWSTATE) name no page
# What the transfer did to the bytes, already undone in what is kept.
HOP_HEADERS = frozenset({"transfer-encoding", "connection", "keep-alive"})

Headers = Iterable[tuple[str, str]]


class CaptureError(Exception):
    """A WARC file cannot be read or written; the text says which, where and what to do."""


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

    def keep_copy(
        self,
        url: str,
        *,
        fetched_at: str,
        status: int,
        headers: Headers,
        body: bytes,
        source: str,
    ) -> int:
        """Write what another archive captured, with that archive's address; returns the offset."""
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(f"{status}", _wire(headers), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": fetched_at, "WARC-Source-URI": source},
        )
        return self._write(record)

    def keep_revisit(
        self, url: str, *, fetched_at: str, digest: str, original: str, original_at: str
    ) -> int:
        """Write that a look found the very bytes of an earlier one; returns the offset."""
        record = self._writer.create_revisit_record(
            url, digest, original, original_at, warc_headers_dict={"WARC-Date": fetched_at}
        )
        return self._write(record)

    def _write(self, record: ArcWarcRecord) -> int:
        offset = self._file.tell()
        self._writer.write_record(record)
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


def _wire(headers: Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in HOP_HEADERS]
