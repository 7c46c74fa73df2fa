"""Answers that need not be made again: each has a name (ETag) made of what it depends on."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from publish.desk.cache import stamp

App = Callable[..., Awaitable[None]]
PUBLISH = Path(__file__).resolve().parents[1]
FRESH = 300  # seconds in which a published dump is not asked about again
# These have names of their own, or are no answers of the archive.
APART = ("/dump/", "/-/static", "/desk/", "/robots.txt")


def _program() -> str:
    """What the pages are made with: another template is another page."""
    newest = max(
        path.stat().st_mtime_ns
        for path in PUBLISH.rglob("*")
        if path.suffix in (".py", ".html", ".css", ".js")
    )
    return str(newest)


PROGRAM = _program()


def with_names(app: App, datasette: Any) -> App:
    """Give each page its name, and answer `not modified` to who has it."""

    async def named(scope: dict[str, Any], receive: Any, send: Any) -> None:
        plain = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not plain or scope["path"].startswith(APART):
            await app(scope, receive, send)
            return
        sent = {name.lower(): value for name, value in scope["headers"]}
        name = _name(datasette, scope, sent)
        changes = any(known.is_mutable for known in _archives(datasette))
        about = [
            (b"etag", name),
            (b"cache-control", b"no-cache" if changes else f"public, max-age={FRESH}".encode()),
            (b"vary", b"Cookie"),
        ]
        known = [one.strip() for one in sent.get(b"if-none-match", b"").split(b",")]
        if name in known or b"*" in known:
            await send({"type": "http.response.start", "status": 304, "headers": about})
            await send({"type": "http.response.body", "body": b""})
            return

        async def sending(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                ours = {key for key, _ in about}
                kept = [pair for pair in message["headers"] if pair[0].lower() not in ours]
                message = {**message, "headers": [*kept, *about]}
            await send(message)

        await app(scope, receive, sending)

    return named


def _archives(datasette: Any) -> list[Any]:
    return [known for name, known in datasette.databases.items() if known.path]


def _name(datasette: Any, scope: dict[str, Any], sent: dict[bytes, bytes]) -> bytes:
    """Archive, program, address, language, and the day: how fresh a province is depends on it."""
    parts = [
        *(repr(stamp(known.path)).encode() for known in _archives(datasette)),
        PROGRAM.encode(),
        scope.get("root_path", "").encode(),
        scope.get("raw_path") or scope["path"].encode(),
        scope.get("query_string", b""),
        sent.get(b"cookie", b""),
        sent.get(b"host", b""),
        datetime.now(UTC).date().isoformat().encode(),
        os.environ.get("KHCN_DUMPS", "").encode(),
    ]
    return b'W/"' + sha256(b"\0".join(parts)).hexdigest()[:32].encode() + b'"'
