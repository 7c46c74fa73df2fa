"""A web archive on loopback that answers as the Internet Archive does, its bad days included."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from samples.server import listening

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


@dataclass(order=True)
class Snapshot:
    """One capture."""

    url: str
    timestamp: str
    body: bytes
    digest: str
    status: str = "200"
    mime: str = "text/html"
    redirects_to: str | None = None  # timestamp of the capture that is given instead
    location: str | None = None  # where the original sent its readers, with a status of 301


@dataclass
class WebArchive:
    """A running archive: its address, what it holds, what it was asked, and what it will refuse."""

    url: str = ""
    snapshots: list[Snapshot] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)
    rows: int = 7  # of an answer of the index, whatever more was asked for
    refusals: list[tuple[int, str | None]] = field(default_factory=list)  # status, Retry-After


@contextmanager
def serve_archive(snapshots: list[Snapshot]) -> Iterator[WebArchive]:
    """Serve captures on 127.0.0.1 until the block ends."""
    archive = WebArchive(snapshots=snapshots)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            archive.hits.append(self.path)
            if archive.refusals:
                status, wait = archive.refusals.pop(0)
                self._give(status, b"slow down", {"Retry-After": wait} if wait else {})
            elif self.path.startswith("/cdx/search/cdx?"):
                self._give(200, _index(archive, parse_qs(urlsplit(self.path).query)), {})
            else:
                self._capture()

        def _capture(self) -> None:
            asked = re.fullmatch(r"/web/(\d{14})id_/(.+)", self.path)
            found = [
                s for s in archive.snapshots if asked and (s.timestamp, s.url) == asked.groups()
            ]
            if not found:
                self._give(404, b"not in the archive", {})
                return
            snapshot = found[0]
            if snapshot.redirects_to:
                at = f"/web/{snapshot.redirects_to}id_/{snapshot.url}"
                self._give(302, b"", {"Location": at, "X-Archive-Redirect-Reason": "found capture"})
                return
            kept = {"Content-Type": "text/html", "x-archive-orig-server": "IIS",
                    "x-archive-orig-content-type": "text/html; charset=utf-8"}  # fmt: skip
            if snapshot.location:
                kept["Location"] = f"/web/{snapshot.timestamp}id_/{snapshot.location}"
            self._give(int(snapshot.status), snapshot.body, kept)

        def _give(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """The hits are the log."""

    with listening(Handler) as archive.url:
        yield archive


def _index(archive: WebArchive, asked: dict[str, list[str]]) -> bytes:
    """Rows by address and time, `rows` at once, and a key to go on with when there are more."""
    prefix = re.sub(r"^https?://(?:www\.)?", "", asked["url"][0])
    first, last = asked.get("from", [""])[0], asked.get("to", [""])[0]
    matching = sorted(
        (re.sub(r"^https?://(?:www\.)?", "", s.url).replace(":80/", "/"), s.timestamp, s)
        for s in archive.snapshots
        if re.sub(r"^https?://(?:www\.)?", "", s.url).replace(":80/", "/").startswith(prefix)
        and s.timestamp >= first and s.timestamp <= last.ljust(14, "9")
    )  # fmt: skip
    start = int(asked.get("resumeKey", ["0"])[0])
    rows = [
        [key, timestamp, s.url, s.mime, s.status, s.digest, str(len(s.body))]
        for key, timestamp, s in matching[start : start + archive.rows]
    ]
    if not rows:
        return b"[]"
    more = [[], [str(start + archive.rows)]] if start + archive.rows < len(matching) else []
    return json.dumps([FIELDS, *rows, *more]).encode()
