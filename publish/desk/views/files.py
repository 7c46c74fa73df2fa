"""A document's page, and the kept bytes of documents and pictures."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import OrderedDict
from typing import Any

from datasette.utils.asgi import Response

from crawler.documents.picture_copies import (
    PictureError,
    bare_copy,
    has_place,
    small_copy,
)
from crawler.parsing import is_number
from publish.desk.context import Desk, TooSlowError
from publish.desk.queries import files as reading
from publish.desk.queries.article import web_address
from publish.desk.render.i18n import both
from publish.desk.render.kept import LARGEST_SHOWN, POLICY, SHOWN, headers, served_as

SIDE = 480  # pixels of a small picture
SMALL_KEPT = 400  # small pictures in memory, of some 30 kB
DECODERS = asyncio.Semaphore(2)  # pictures that are made small at the same time

_small: OrderedDict[str, bytes] = OrderedDict()


async def document_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request, request.url_vars["database"])
    sha256 = request.url_vars["sha256"]

    def ask(conn: sqlite3.Connection) -> dict[str, Any]:
        file = reading.file_row(conn, sha256)
        if file is None:
            return {"file": None}
        return {
            "file": file,
            "facts": reading.facts(conn, sha256),
            "carriers": reading.carriers(conn, sha256),
            "versions": reading.versions(conn, sha256),
        }

    try:
        context = await desk.ask(ask)
    except TooSlowError:
        return await desk.too_slow()
    file = context["file"]
    if file is None:
        return await desk.page("desk_missing.html", {"article": None, "tombstone": None}, 404)
    asked = request.args.get("trang") or ""
    count = len(reading.page_starts(file["page_starts"]))
    first = min(max(int(asked[:6]), 1), count) if is_number(asked) else 1
    first = (first - 1) // reading.PAGES_SHOWN * reading.PAGES_SHOWN + 1
    recognised = reading.page_numbers(file["ocr_pages"])
    context |= {
        "pages": reading.pages(file, first),
        "paged_by": reading.paged_by(file["type"]),
        "recognised": recognised,
        "count": count,
        "first": first,
        "step": reading.PAGES_SHOWN,
        "shown": SHOWN,
        "file_path": desk.file_path(),
        "web": web_address,
    }
    return await desk.page("desk_file.html", context)


async def kept_file(datasette: Any, request: Any) -> Response:
    """The bytes as they were kept; a picture that says where it was taken as one that does not."""
    desk = await Desk.of(datasette, request)
    file, content = await _content(desk, request.url_vars["sha256"])
    if file is None or content is None:
        return _absent(file)
    kind = served_as(file["type"])
    told = headers(file["sha256"], kind, file["name"] or "")
    if file["type"].startswith("image/") and await _has_place(file, content):
        try:
            async with DECODERS:
                content = await asyncio.to_thread(bare_copy, content)
        except PictureError:
            return _absent(file, "place_withheld")
        kind = "image/jpeg"
        told = headers(file["sha256"], kind, file["name"] or "")
    if kind in SHOWN and len(content) > LARGEST_SHOWN:
        told["content-disposition"] = told["content-disposition"].replace("inline", "attachment", 1)
    return Response(content, headers=told, content_type=kind)


async def small_picture(datasette: Any, request: Any) -> Response:
    """A picture made small, when somebody first looks at it; without anything but its pixels."""
    desk = await Desk.of(datasette, request)
    sha256 = request.url_vars["sha256"]
    small = _small.get(sha256)
    if small is None:
        file, content = await _content(desk, sha256)
        if file is None or content is None or file["type"] not in SHOWN:
            return _absent(file)
        try:
            async with DECODERS:
                small = await asyncio.to_thread(small_copy, content, SIDE)
        except PictureError:
            return _absent(None)
        _small[sha256] = small
        while len(_small) > SMALL_KEPT:
            _small.popitem(last=False)
    elif await desk.ask(lambda conn: reading.file_row(conn, sha256)) is None:
        del _small[sha256]  # removed meanwhile
        return _absent(None)
    told = headers(f"{sha256}-{SIDE}", "image/jpeg", f"{sha256[:16]}.jpg")
    return Response(small, headers=told, content_type="image/jpeg")


async def _content(desk: Desk, sha256: str) -> tuple[dict[str, Any] | None, bytes | None]:
    def ask(conn: sqlite3.Connection) -> tuple[dict[str, Any] | None, bytes | None]:
        file = reading.file_row(conn, sha256)
        return file, reading.content_of(conn, file) if file else None

    return await desk.ask(ask)


async def _has_place(file: dict[str, Any], content: bytes) -> bool:
    """Whether a picture says where it was taken; of one that nobody has read yet, it is looked up now."""
    if file["located"] or file["text_from"] is not None:
        return bool(file["located"])
    return await asyncio.to_thread(has_place, content)


def _absent(file: dict[str, Any] | None, why: str = "bytes_elsewhere") -> Response:
    """Nothing of that name, or its captures are not on this machine."""
    said = both(why if file else "no_file").line + "\n"
    harmless = {"content-security-policy": POLICY, "x-content-type-options": "nosniff"}
    return Response.text(said, status=404, headers=harmless)
