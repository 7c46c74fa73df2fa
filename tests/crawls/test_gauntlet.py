"""A portal whose server misbehaves in every way: each page is named for what it did, none stops the crawl."""

from __future__ import annotations

import gzip
import socketserver
import threading
import time
from contextlib import contextmanager

from samples.portals import SITES
from tests.crawls.test_systems import FAST
from tests.scrapy_command import rows, scrapy

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"


def _bomb() -> bytes:
    packed = gzip.compress(b"<p>" + b"0" * (64 * 2**20))
    return OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed


def _long(size: int) -> bytes:
    return OK + b"Content-Length: %d\r\n\r\n" % size + b"x" * size


def _redirect(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


# Path → raw answer, and the outcome or the reason of refusal it must be given.
HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "/x/bom-nen-du-lieu-9001.html": (_bomb(), {"too_large", "connection"}),
    "/x/trang-dai-vo-tan-9002.html": (_long(9 * 2**20), {"too_large", "connection"}),
    "/x/dut-giua-chung-9003.html": (OK + b"Content-Length: 5000\r\n\r\n<p>So", {"truncated", "connection"}),
    "/x/khong-tra-loi-gi-9004.html": (b"", {"connection", "truncated"}),
    "/x/khong-phai-http-9005.html": (b"SSH-2.0-OpenSSH_9.2\r\n", {"connection"}),
    "/x/chuyen-vong-quanh-9006.html": (_redirect("/x/chuyen-vong-quanh-9006.html"), {"redirect_loop"}),
    "/x/chuyen-ra-ngoai-9007.html": (_redirect("http://169.254.169.254/latest/"), {"redirect_outside"}),
    "/x/chuyen-ra-tep-9008.html": (_redirect("file:///etc/passwd"), {"redirect_outside"}),
    "/x/chuyen-khong-noi-den-9009.html": (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", {"redirect_nowhere"}),
    "/x/loi-may-chu-luon-9010.html": (b"HTTP/1.1 503 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", {"http_503"}),
    "/x/tep-nhi-phan-la-9011.html": (OK + b"\r\n\x89PNG\r\n" + bytes(range(256)) * 50, {"not_html"}),
    "/x/trang-trong-khong-9012.html": (OK + b"Content-Length: 0\r\n\r\n", {"empty"}),
    "/x/gzip-bi-hong-roi-9013.html": (OK + b"Content-Encoding: gzip\r\n\r\nnot gzip at all", {"bad_encoding"}),
    "/x/the-long-rat-sau-9014.html": (OK + b"\r\n" + b"<div>" * 200_000, {"empty", "list_page", "no_title", "js_shell"}),
    "/x/gia-tri-la-qua-9015.html": (OK + b"Content-Length: abc\r\n\r\n<p>x", {"connection", "empty", "list_page", "no_title", "truncated", "js_shell"}),
    "/x/dau-trang-qua-dai-9016.html": (OK + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n<p>x", {"connection", "empty", "list_page", "no_title", "truncated", "js_shell"}),
}  # fmt: skip
SLOW = "/x/nho-giot-tung-chu-9020.html"


@contextmanager
def serving(site):
    """The site, its list full of links to hostile pages."""
    stop = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(10)
            data = b""
            while b"\r\n\r\n" not in data:
                piece = self.request.recv(65536)
                if not piece:
                    return
                data += piece
            path = data.split(b" ", 2)[1].decode()
            try:
                self._answer(path)
            except OSError:
                return  # the client had enough

        def _answer(self, path: str) -> None:
            if path == SLOW:
                self.request.sendall(OK + b"\r\n")
                while not stop.wait(0.5):
                    self.request.sendall(b"x")
            elif path in HOSTILE:
                self.request.sendall(HOSTILE[path][0])
            else:
                found = site.answer(path)
                body = found.body.replace(site.root, served)
                if path == site.lists[0]:
                    links = "".join(
                        f'<a href="{p}">Một bài viết có tiêu đề đủ dài</a>'
                        for p in (*HOSTILE, SLOW)
                    )
                    body = body.replace("</h1>", f"</h1>{links}", 1)
                raw = body.encode()
                head = f"HTTP/1.1 {found.status} OK\r\nContent-Type: {found.content_type}\r\nContent-Length: {len(raw)}\r\nConnection: close\r\n\r\n"
                self.request.sendall(head.encode() + raw)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    served = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield served
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_gauntlet(tmp_path):
    site = SITES["nukeviet"](24)
    archive = tmp_path / "archive.db"
    began = time.monotonic()
    with serving(site) as url:
        done = scrapy(
            "crawl", "portal", "-a", f"url={url}/", *FAST, "-s", "DOWNLOAD_TIMEOUT=5",
            "-s", f"PRIVATE_HOSTS_ALLOWED={url.partition('://')[2]}", archive=archive,
        )  # fmt: skip
    assert time.monotonic() - began < 120
    assert "Traceback" not in done.stderr and done.returncode in (0, 1)
    assert rows(archive, "select count(*) from articles") == [(24,)], "no article is lost"
    said: dict[str, set[str]] = {}
    for address, outcome in rows(
        archive, "select url, outcome from captures union select url, reason from issues"
    ):
        said.setdefault(address.removeprefix(url), set()).add(outcome)
    for path, (_, expected) in HOSTILE.items():
        print(path, said.get(path))
        assert said.get(path, set()) & expected, (path, said.get(path))
    assert said[SLOW] & {"timeout", "truncated", "connection"}
    assert rows(archive, "pragma integrity_check") == [("ok",)]
    assert rows(archive, "select count(*) from _frontier where state = 'pending'") == [(0,)]
