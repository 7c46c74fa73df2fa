"""The corpus on loopback: one small asyncio server, every portal an address of 127/8."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bench.corpus import MENUS, HeavySite, corpus

KEPT = 5_000  # pages that are rendered before the clock starts


def addresses(portals: int) -> list[str]:
    """The loopback address of each portal."""
    return [f"127.0.{1 + at // 250}.{1 + at % 250}" for at in range(portals)]


class Server:
    """All sites by their address; pages are rendered once."""

    def __init__(self, sites: dict[str, HeavySite]) -> None:
        self._sites = sites
        self._ready: dict[tuple[str, str], bytes] = {}
        for host, site in sites.items():
            for path in site.paths:
                if len(self._ready) < KEPT:
                    self._ready[host, path] = self._rendered(host, path)

    def answer(self, host: str, path: str) -> bytes:
        return self._ready.get((host, path)) or self._rendered(host, path)

    def _rendered(self, host: str, path: str) -> bytes:
        answer = self._sites[host].answer(path)
        body = answer.body.encode()
        head = (
            f"HTTP/1.1 {answer.status} X\r\nContent-Type: {answer.content_type}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class Connection(asyncio.Protocol):
    """Answers GET by the Host header; nothing else of HTTP is needed here."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while b"\r\n\r\n" in self._rest:
            head, _, self._rest = self._rest.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            host = next(line[5:].strip() for line in lines if line[:5].lower() == "host:")
            path = first.split(" ")[1]
            self._transport.write(self._server.answer(host.partition(":")[0], path))


async def _serve(server: Server) -> None:
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(partial(Connection, server), "0.0.0.0", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    # The parent's end of stdin closes with it: a server never outlives its benchmark.
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def serving(
    portals: int, articles: int, *, light: bool = False, menus: int = MENUS
) -> Iterator[int]:
    """Serve a corpus from a process of its own; gives the port."""
    words = [str(portals), str(articles), str(int(light)), str(menus)]
    with subprocess.Popen(
        [sys.executable, "-m", "bench.server", *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        yield int(process.stdout.readline())
        process.stdin.close()


if __name__ == "__main__":
    count, size, light, menus = map(int, sys.argv[1:])
    built = corpus(count, size, light=bool(light), menus=menus)
    asyncio.run(_serve(Server(dict(zip(addresses(count), built, strict=True)))))
