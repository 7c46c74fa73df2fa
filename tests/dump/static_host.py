"""A host of static files as there are many: GET, HEAD, one range at a time; it counts what it sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

RANGE = re.compile(r"bytes=(\d+)-(\d+)")


@dataclass
class Host:
    address: str = ""
    sent: list[tuple[str, int]] = field(default_factory=list)  # path and bytes of each answer

    def read(self, suffix: str = "") -> int:
        """Bytes of answers whose path holds some words."""
        return sum(size for path, size in self.sent if suffix in path)


@contextmanager
def hosted(folder: Path, *, ranges: bool = True) -> Iterator[Host]:
    """The folder at an address on loopback, below a path as on GitHub Pages."""
    host = Host()

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / self.path.removeprefix("/kho/").partition("?")[0]
            path = path / "index.html" if path.is_dir() else path
            if not self.path.startswith("/kho/") or not path.is_file():
                self.send_error(404)
                return
            wanted = RANGE.fullmatch(self.headers.get("Range", "")) if ranges else None
            content = path.read_bytes() if not wanted else b""
            if wanted:
                first, last = int(wanted[1]), int(wanted[2])
                with path.open("rb") as file:
                    file.seek(first)
                    content = file.read(last - first + 1)
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(content)))
            if wanted:
                size = path.stat().st_size
                self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
            self.end_headers()
            self.wfile.write(content)
            host.sent.append((self.path, len(content)))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    host.address = f"http://127.0.0.1:{server.server_port}/kho"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
