"""Datasette plugin for a site on the open web; `make serve-public` sets KHCN_DUMPS.

Closed addresses, headers, robots.txt, and the dumps by name and by hash. Without KHCN_DUMPS this does
nothing.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import datasette as datasette_package
from datasette import hookimpl
from datasette.utils.asgi import Response

HERE = Path(__file__).resolve()
# Datasette is started from its own folder and knows nothing of this project's packages.
if str(HERE.parents[2]) not in sys.path:
    sys.path.append(str(HERE.parents[2]))

from crawler.parsing import is_number
from publish.desk.dump_files import SHARED, send_dump
from publish.desk.middleware import below
from publish.desk.render.i18n import both

App = Callable[..., Awaitable[None]]
OPEN = ("/-/static/", "/-/static-plugins/")  # all else under /-/ is the operator's
CLOSED = frozenset({"sql", "_where", "_trace", "_stream", "_facet", "_facet_array", "_facet_date", "_facet_size", "_nocount", "_shape_object"})  # fmt: skip
KEPT = "/luu/"
DUMPS = "/dump/"
LONGEST_QUERY, MOST_ROWS = 2000, 200
ROBOTS = "User-agent: *\nAllow: /$\nAllow: /dump/\nDisallow: /\n"
WORKBOOK = re.compile(r"/([^/]+)/([^/]+)\.xlsx")
NUMERIC = re.compile(r"^_|__[gl]te?$")  # names of what Datasette may take for a number
# Datasette's own pages hold a few scripts in the page; these very texts may run, no others.
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _allowed_scripts() -> str:
    templates = Path(datasette_package.__file__).parent / "templates"
    texts = [
        text
        for path in sorted(templates.glob("*.html"))
        for text in INLINE.findall(path.read_text(encoding="utf-8"))
        if "{{" not in text and "{%" not in text
    ]
    digests = {b64encode(sha256(text.encode()).digest()).decode() for text in texts}
    return " ".join(f"'sha256-{digest}'" for digest in sorted(digests))


HEADERS = {
    # Styles may stand in a page: metadata.yml brings one as data, Datasette some as attributes.
    "content-security-policy": (
        f"default-src 'none'; script-src 'self' {_allowed_scripts()}; "
        "style-src 'self' 'unsafe-inline' data:; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    folder = os.environ.get("KHCN_DUMPS")
    if not folder:
        return lambda app: app
    return lambda app: _guarded(app, Path(folder), datasette)


def _guarded(app: App, dumps: Path, datasette: Any) -> App:
    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def dressed(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                worn = HEADERS | SHARED if is_dump else HEADERS
                if scope["path"].startswith(KEPT):  # kept files have a stricter policy of their own
                    worn = {n: v for n, v in worn.items() if n != "content-security-policy"}
                ours = {name.encode() for name in worn}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                added = [(name.encode(), value.encode()) for name, value in worn.items()]
                message = {**message, "headers": [*kept, *added]}
            await send(message)

        scope = below(datasette.setting("base_url"), scope)
        is_dump = scope["path"].startswith(DUMPS)
        refusal = refused(scope) or _whole_table(scope["path"], datasette)
        path = scope["path"]
        if refusal:
            await Response.text(refusal[1] + "\n", status=refusal[0]).asgi_send(dressed)
        elif path == "/robots.txt":
            await Response.text(ROBOTS).asgi_send(dressed)
        elif is_dump:
            await send_dump(dumps, path.removeprefix(DUMPS), scope, dressed)
        else:
            await app(scope, receive, dressed)

    return guarded


def refused(scope: dict[str, Any]) -> tuple[int, str] | None:
    """Status and reason of a request that is not answered."""
    # A page of another origin asks with OPTIONS whether it may read a part of a dump.
    asks = scope["method"] == "OPTIONS" and scope["path"].startswith(DUMPS)
    if scope["method"] not in ("GET", "HEAD") and not asks:
        return 405, both("read_only").line
    path = scope["path"]
    raw = scope.get("raw_path") or path.encode()
    if path.startswith("//") or ".." in path or "\\" in path or "\0" in path or b"%2e%2e" in raw.lower():  # fmt: skip
        return 404, both("no_page").line
    if "/-/" in f"{path}/" and not path.startswith(OPEN):
        return 404, both("no_page").line
    query = scope.get("query_string", b"")
    if len(query) > LONGEST_QUERY:
        return 414, both("query_too_long").line
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in CLOSED:
            return 403, both("not_here", name=name).line
        # Datasette's own links to CSV say `max`, which is max_returned_rows: as many.
        if value == "max" and path.endswith(".csv"):
            continue
        if name in ("_size", "_limit") and not (is_number(value) and int(value) <= MOST_ROWS):
            return 400, both("too_many_rows", most=MOST_ROWS).line
        if NUMERIC.search(name) and _looks_like_number(value) and not is_number(value):
            return 400, both("no_number", name=name).line
    return None


def _looks_like_number(value: str) -> bool:
    """Whether Python would try to make a number of it: `²` and 40 digits are where that fails."""
    return bool(value) and all(unicodedata.digit(letter, -1) >= 0 for letter in value)


def _whole_table(path: str, datasette: Any) -> tuple[int, str] | None:
    """A workbook of a whole table would be made in memory; answers to questions are short."""
    found = WORKBOOK.fullmatch(path)
    if found and found[2] not in (datasette.metadata("queries", database=found[1]) or {}):
        return 403, both("take_the_dump", path="/dump/archive.db").line
    return None
