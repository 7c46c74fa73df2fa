"""A sample site on loopback, with a log of what was asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from urllib.parse import parse_qsl

from samples.site import Answer, Site


@dataclass
class Served:
    """A running server: its address, and the requests it has had."""

    url: str
    hits: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)  # answered 304
    down: bool = False  # answer 503 to everything


@contextmanager
def serve(
    site: Site, *, host: str = "127.0.0.1", port: int = 0, delay: float = 0.0
) -> Iterator[Served]:
    """Serve a site on a loopback address until the block ends; links to its own host stay on the server."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.hits.append(("GET", self.path))
            self._give(Answer(503, "") if served.down else site.answer(self.path))

        def do_POST(self) -> None:
            served.hits.append(("POST", self.path))
            length = int(self.headers.get("Content-Length") or 0)
            fields = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
            answer = site.forms(self.path, fields) if site.forms and not served.down else None
            self._give(answer or Answer(503 if served.down else 404, ""))

        def _give(self, answer: Answer) -> None:
            if delay:
                sleep(delay)
            asked = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
            if self.command == "GET" and any(
                said and said == known
                for said, known in zip((answer.etag, answer.modified), asked, strict=True)
            ):
                served.unchanged.append(self.path)
                self.send_response(304)
                self.end_headers()
                return
            body = answer.body
            if isinstance(body, str):
                body = body.replace(site.root, served.url).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (
                ("ETag", answer.etag),
                ("Last-Modified", answer.modified),
                ("Content-Disposition", answer.disposition),
            ):
                if value:
                    self.send_header(name, value)
            if answer.location:
                self.send_header("Location", answer.location.replace(site.root, served.url))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """The hits are the log."""

    with listening(Handler, host, port) as served.url:
        yield served


@contextmanager
def listening(
    handler: type[BaseHTTPRequestHandler], host: str = "127.0.0.1", port: int = 0
) -> Iterator[str]:
    """Run an HTTP server in a thread until the block ends; gives its address."""
    server = ThreadingHTTPServer((host, port), handler)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
