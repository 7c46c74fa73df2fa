"""Raw loopback servers: whatever bytes, at whatever pace, with a log of who asked for what and when."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from samples.site import Answer, Site

HEAD = "HTTP/1.1 {} X\r\nContent-Type: {}\r\nConnection: close\r\n"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    at: float
    body: bytes = b""


# What a server says: ready bytes, or a function that says it piece by piece until `stop` is set.
Talk = Callable[[socket.socket, threading.Event], None]
Reply = bytes | Talk


@dataclass
class Served:
    """A running server; `hits` in the order they came."""

    host: str
    port: int
    scheme: str = "http"
    hits: list[Asked] = field(default_factory=list)
    connections: int = 0

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.place}"

    def paths(self) -> list[str]:
        return [hit.path for hit in self.hits]


def reply(
    body: bytes | str = b"",
    *,
    status: int = 200,
    kind: str = HTML,
    length: bool = True,
    **more: str,
) -> bytes:
    """A well-formed answer; `more` are headers, `_` for `-`."""
    raw = body.encode() if isinstance(body, str) else body
    head = HEAD.format(status, kind)
    for name, value in more.items():
        head += f"{name.replace('_', '-')}: {value}\r\n"
    if length:
        head += f"Content-Length: {len(raw)}\r\n"
    return head.encode() + b"\r\n" + raw


def redirect(to: str, status: int = 302) -> bytes:
    return reply(status=status, Location=to)


def in_chunks(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


def drip(first: bytes, piece: bytes, pause: float) -> Talk:
    """Something, and then a little at a time for ever."""

    def talk(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(first)
        while not stop.wait(pause):
            connection.sendall(piece)

    return talk


def pour(first: bytes, piece: bytes) -> Talk:
    """As much as the client takes, for ever."""

    def talk(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(first)
        while not stop.is_set():
            connection.sendall(piece)

    return talk


def silence(connection: socket.socket, stop: threading.Event) -> None:
    stop.wait(60)


def torn(first: bytes) -> Talk:
    """Some bytes and a reset."""

    def talk(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(first)
        time.sleep(0.2)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()

    return talk


@contextmanager
def listen(
    answer: Callable[[Asked], Reply],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    family: socket.AddressFamily = socket.AF_INET,
    greet: Talk | None = None,
) -> Iterator[Served]:
    """Serve until the block ends. `greet` is said instead of listening to what is asked."""
    stop = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            served.connections += 1
            self.request.settimeout(40)
            with suppress(OSError, ValueError):
                if greet is not None:
                    greet(self.request, stop)
                    return
                connection = (
                    tls.wrap_socket(self.request, server_side=True) if tls else self.request
                )
                self._talk(connection)
                if tls:
                    connection.close()

        def _talk(self, connection: socket.socket) -> None:
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65536)
                if not piece:
                    return
                data += piece
            head, _, body = data.partition(b"\r\n\r\n")
            line, *lines = head.decode("latin-1").split("\r\n")
            method, path, _ = line.split(" ", 2)
            headers = {k.lower(): v.strip() for k, _, v in (one.partition(":") for one in lines)}
            while len(body) < int(headers.get("content-length") or 0):
                body += connection.recv(65536)
            asked = Asked(method, path, headers, time.monotonic(), body)
            served.hits.append(asked)
            said = answer(asked)
            if isinstance(said, bytes):
                connection.sendall(said)
            else:
                said(connection, stop)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        request_queue_size = 64
        address_family = family

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that had enough is no error here."""

    server = Server((host, port), Handler)
    served = Served(host, server.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.daemon = True
    thread.start()
    try:
        yield served
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def site_reply(site: Site, asked: Asked, url: str) -> bytes:
    """What a well-behaved sample site says, under the address it is served at."""
    path = asked.path
    found: Answer | None = site.answer(path)
    body = found.body.replace(site.root, url).encode()
    more = {"Location": found.location.replace(site.root, url)} if found.location else {}
    return reply(body, status=found.status, kind=found.content_type, **more)


@contextmanager
def together(*servers: Any) -> Iterator[list[Served]]:
    with ExitStack() as stack:
        yield [stack.enter_context(server) for server in servers]
