"""A crawl of the whole web on loopback: monthly indexes as pywb answers, records by ranged GETs."""

from __future__ import annotations

import json
import re
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from samples.server import listening

HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Server", "IIS"),
    ("X-Crawl-Note", "kept"),
]


@dataclass
class Month:
    """One monthly crawl: its WARC file, and a row of its index for each record."""

    name: str  # CC-MAIN-2019-35
    data: bytearray = field(default_factory=bytearray)
    rows: list[dict[str, str]] = field(default_factory=list)
    packed: bool = True  # each record is a gzip member, as Common Crawl's are
    file: str = ""

    def __post_init__(self) -> None:
        kind = "warc.gz" if self.packed else "warc"
        self.file = f"crawl-data/{self.name}/segments/1/warc/{self.name}-00000.{kind}"

    def add(self, url: str, timestamp: str, body: bytes, *, status: str = "200") -> dict[str, str]:
        """Keep an answer; returns its row, which a test may spoil."""
        plain = BytesIO()
        writer = WARCWriter(plain, gzip=self.packed, warc_version="1.0")
        head = StatusAndHeaders(f"{status} OK", HEADERS, protocol="HTTP/1.1")
        t = timestamp
        moment = f"{t[:4]}-{t[4:6]}-{t[6:8]}T{t[8:10]}:{t[10:12]}:{t[12:]}Z"
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=BytesIO(body), length=len(body), http_headers=head,
                warc_headers_dict={"WARC-Date": moment, "WARC-IP-Address": "203.0.113.9"},
            )
        )  # fmt: skip
        record = plain.getvalue()
        row = {
            "urlkey": url, "timestamp": timestamp, "url": url, "mime": "text/html",
            "mime-detected": "text/html", "status": status, "digest": digest_of(body),
            "length": str(len(record)), "offset": str(len(self.data)), "filename": self.file,
            "languages": "vie", "encoding": "UTF-8",
        }  # fmt: skip
        self.data += record
        self.rows.append(row)
        return row


def digest_of(body: bytes) -> str:
    return b32encode(sha1(body, usedforsecurity=False).digest()).decode()


@dataclass
class CommonCrawl:
    """A running crawl: its address, its months, what it was asked, and how it will fail."""

    url: str = ""
    months: list[Month] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)
    rows: int = 9  # of a page of an index
    refusals: list[tuple[int, str | None]] = field(default_factory=list)  # status, Retry-After
    faults: list[str] = field(default_factory=list)  # of the next ranged answers: FAULTS
    broken_pages: int = 0  # answers of an index that come as half of themselves
    down: bool = False

    @property
    def collinfo(self) -> str:
        return f"{self.url}/collinfo.json"


@contextmanager
def serve_crawl(months: list[Month]) -> Iterator[CommonCrawl]:
    """Serve monthly crawls on 127.0.0.1 until the block ends."""
    crawl = CommonCrawl(months=months)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            crawl.hits.append(f"{self.path} {self.headers.get('Range', '')}".strip())
            if crawl.down:
                self._give(503, b"Please reduce your request rate.")
            elif crawl.refusals:
                status, wait = crawl.refusals.pop(0)
                self._give(status, b"slow down", {"Retry-After": wait} if wait else {})
            elif asked.path == "/collinfo.json":
                self._give(200, json.dumps([self._described(m) for m in crawl.months]).encode())
            elif asked.path.endswith("-index"):
                self._index(asked.path[1 : -len("-index")], parse_qs(asked.query))
            else:
                self._file(asked.path[1:])

        def _described(self, month: Month) -> dict[str, str]:
            year, week = month.name.removeprefix("CC-MAIN-").split("-")
            return {
                "id": month.name, "name": f"{year} week {week}", "timegate": f"{crawl.url}/{month.name}/",
                "cdx-api": f"{crawl.url}/{month.name}-index",
            }  # fmt: skip

        def _index(self, name: str, asked: dict[str, list[str]]) -> None:
            month = next((m for m in crawl.months if m.name == name), None)
            prefix = _plain(asked["url"][0])
            rows = (
                [row for row in month.rows if _plain(row["url"]).startswith(prefix)]
                if month
                else []
            )
            rows.sort(key=lambda row: (_plain(row["url"]), row["timestamp"]))
            pages = -(-len(rows) // crawl.rows)
            if not rows:
                self._give(
                    404, json.dumps({"message": f"No Captures found for: {prefix}"}).encode()
                )
            elif "showNumPages" in asked:
                said = {"pages": pages, "pageSize": 5, "blocks": pages}
                self._give(200, json.dumps(said).encode())
            else:
                page = int(asked.get("page", ["0"])[0])
                some = rows[page * crawl.rows : (page + 1) * crawl.rows]
                body = "".join(json.dumps(row) + "\n" for row in some).encode()
                if crawl.broken_pages:
                    crawl.broken_pages -= 1
                    body = body[: len(body) * 2 // 3]
                self._give(200 if some else 400, body)

        def _file(self, name: str) -> None:
            data = next((bytes(m.data) for m in crawl.months if m.file == name), None)
            span = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
            if data is None or span is None:
                self._give(404, b"NoSuchKey")
                return
            first, last = int(span[1]), min(int(span[2]), len(data) - 1)
            fault = crawl.faults.pop(0) if crawl.faults else ""
            if fault == "whole":  # a server that knows no ranges
                self._give(200, data)
                return
            if fault == "shifted":
                first, last = first + 1, last + 1
            part = data[first : last + 1]
            said = f"bytes {first}-{last}/{len(data)}"
            if fault == "truncated":
                part = part[: len(part) // 2]
            elif fault == "spoilt":
                part = bytes(reversed(part))
            elif fault == "lying":  # other bytes under the right name
                part = data[: len(part)]
            self._give(206, part, {"Content-Range": said})

        def _give(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """The hits are the log."""

    with listening(Handler) as crawl.url:
        yield crawl


def _plain(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).replace(":80/", "/")
