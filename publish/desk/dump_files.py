"""Published files over HTTP: whole or by range, for programs and pages of any origin."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from crawler.dump.folder import LATEST, SERVED, undated
from crawler.dump.releases import FEED, INDEX
from crawler.parsing import number, read_json
from publish.desk.render.i18n import both

Send = Callable[[dict[str, Any]], Awaitable[None]]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")
CHUNK = 2**18
KINDS = {
    ".json": "application/json; charset=utf-8", ".md": "text/plain; charset=utf-8",
    ".yml": "text/plain; charset=utf-8", ".cff": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".atom": "application/atom+xml; charset=utf-8",
    ".wacz": "application/wacz", ".parquet": "application/vnd.apache.parquet",
}  # fmt: skip
# What is published is for everybody: a page of another origin may read it, in parts too.
SHARED = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "accept-ranges, content-length, content-range, etag",
    "cross-origin-resource-policy": "cross-origin",
}
PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "range, if-range, if-match, if-none-match, cache-control",
    "access-control-max-age": "86400",
}


async def send_dump(folder: Path, asked: str, scope: dict[str, Any], send: Send) -> None:
    """A published file by its name, or by its hash: nothing else in the folder can be asked for."""
    if scope["method"] == "OPTIONS":
        await _start(send, 204, PREFLIGHT)
        await send({"type": "http.response.body", "body": b""})
        return
    files, immutable = published(folder)
    if asked.startswith("sha256/"):
        name = next((n for n in files if n in immutable and files[n] == asked[7:]), None)
    else:
        name = asked if asked in files else None
    if name is None or not (folder / name).is_file():
        await Response.text(both("no_file").line + "\n", status=404).asgi_send(send)
        return
    path, given = folder / name, _headers(scope)
    size, etag = path.stat().st_size, f'"{files[name]}"' if files[name] else ""
    headers = {
        "accept-ranges": "bytes",
        "cache-control": (
            "public, max-age=31536000, immutable, no-transform" if name in immutable else "no-cache"
        ),
        "content-type": KINDS.get(path.suffix, "application/octet-stream"),
    } | ({"etag": etag} if etag else {})
    if etag and etag in given.get("if-none-match", ""):
        await _start(send, 304, headers)
        await send({"type": "http.response.body", "body": b""})
        return
    wanted = given.get("range", "")
    if given.get("if-range", etag) != etag:
        wanted = ""  # another file than the one whose parts are there already
    part = part_of(wanted, size)
    if part is None:
        await _start(send, 416, headers | {"content-range": f"bytes */{size}"})
        await send({"type": "http.response.body", "body": b""})
        return
    first, last = part
    headers["content-length"] = str(last - first + 1)
    if RANGE.fullmatch(wanted):
        headers["content-range"] = f"bytes {first}-{last}/{size}"
    await _start(send, 206 if "content-range" in headers else 200, headers)
    blocks = _blocks(path, first, last - first + 1) if scope["method"] == "GET" else iter(())
    while block := await asyncio.to_thread(next, blocks, b""):
        await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def part_of(wanted: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of what a Range header asks for; None when there is no such part.

    Several ranges at once, or what is none, are answered with the whole (RFC 9110, 14.2).
    """
    found = RANGE.fullmatch(wanted)
    if not found or found[0] == "bytes=-":
        return 0, size - 1
    first, last = number(found[1]), number(found[2])
    if first is None:
        return (max(0, size - last), size - 1) if last and size else None
    end = size - 1 if last is None else min(last, size - 1)
    return (first, end) if first <= end else None


def published(folder: Path) -> tuple[dict[str, str], set[str]]:
    """The files of the dumps that are kept and their hashes, and which of them never change."""
    said = _read(folder / LATEST)
    if said is None:
        return {}, set()
    files = dict.fromkeys((LATEST, INDEX, FEED, SERVED), "")
    database = str(said.get("database", ""))
    for pointer, name in {**undated(said["sha256"], database), SERVED: database}.items():
        files[pointer] = said["sha256"].get(name, "")
    immutable: set[str] = set()
    while said:
        own = {name: value for name, value in said["sha256"].items() if NAME.fullmatch(name)}
        files.update(own)
        immutable |= own.keys()
        manifest = f"{str(said.get('database', '')).removesuffix('.db')}.json"
        if NAME.fullmatch(manifest):
            files.setdefault(manifest, "")
        before = said.get("predecessor") or {}
        name = str(before.get("database", "")).removesuffix(".db") + ".json"
        said = _read(folder / name) if before and NAME.fullmatch(name) else None
    return files, immutable


def _read(manifest: Path) -> dict[str, Any] | None:
    """A manifest, if it is one."""
    try:
        said = read_json(manifest.read_bytes())
    except OSError:
        return None
    there = isinstance(said, dict) and isinstance(said.get("sha256"), dict)
    return said if there else None


def _blocks(path: Path, first: int, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while size and (block := file.read(min(CHUNK, size))):
            size -= len(block)
            yield block


def _headers(scope: dict[str, Any]) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    listed = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
