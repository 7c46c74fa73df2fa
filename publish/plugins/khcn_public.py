"""Datasette plugin for a site on the open web; `make serve-public` sets KHCN_DUMPS.

Closed addresses, headers, robots.txt, and the dumps by name and by hash. Without KHCN_DUMPS this does
nothing.
"""

from __future__ import annotations

import json
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
from datasette.utils.asgi import Response, asgi_send_file

HERE = Path(__file__).resolve()
# Datasette is started from its own folder and knows nothing of this project's packages.
if str(HERE.parents[2]) not in sys.path:
    sys.path.append(str(HERE.parents[2]))

from crawler.parsing import is_number
from publish.desk.middleware import below
from publish.desk.render.i18n import both

App = Callable[..., Awaitable[None]]
OPEN = ("/-/static/", "/-/static-plugins/")  # all else under /-/ is the operator's
CLOSED = frozenset({"sql", "_where", "_trace", "_stream", "_facet", "_facet_array", "_facet_date", "_facet_size", "_nocount", "_shape_object"})  # fmt: skip
KEPT = "/luu/"
LONGEST_QUERY, MOST_ROWS = 2000, 200
ROBOTS = "User-agent: *\nAllow: /$\nAllow: /dump/\nDisallow: /\n"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
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
                ours = {name.encode() for name in HEADERS}
                if scope["path"].startswith(KEPT):
                    ours.discard(b"content-security-policy")  # kept files have a stricter one
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                added = [
                    (name.encode(), value.encode())
                    for name, value in HEADERS.items()
                    if name.encode() in ours
                ]
                message = {**message, "headers": [*kept, *added]}
            await send(message)

        scope = below(datasette.setting("base_url"), scope)
        refusal = refused(scope) or _whole_table(scope["path"], datasette)
        path = scope["path"]
        if refusal:
            await Response.text(refusal[1] + "\n", status=refusal[0]).asgi_send(dressed)
        elif path == "/robots.txt":
            await Response.text(ROBOTS).asgi_send(dressed)
        elif path.startswith("/dump/"):
            await _send_dump(dumps, path.removeprefix("/dump/"), dressed)
        else:
            await app(scope, receive, dressed)

    return guarded


def refused(scope: dict[str, Any]) -> tuple[int, str] | None:
    """Status and reason of a request that is not answered."""
    if scope["method"] not in ("GET", "HEAD"):
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


async def _send_dump(folder: Path, asked: str, send: Any) -> None:
    """A published file by its name, or by its hash: nothing else in the folder can be asked for."""
    files = published(folder)
    if asked.startswith("sha256/"):
        name = next((n for n, digest in files.items() if digest == asked[7:] and digest), None)
    else:
        name = asked if asked in files else None
    if name is None or not (folder / name).is_file():
        await Response.text(both("no_file").line + "\n", status=404).asgi_send(send)
        return
    kind = {".json": "application/json; charset=utf-8", ".md": "text/plain; charset=utf-8"}
    headers = {
        "content-length": str((folder / name).stat().st_size),
        "cache-control": "public, max-age=31536000, immutable" if files[name] else "no-cache",
    }
    if files[name]:
        headers["etag"] = f'"{files[name]}"'
    content_type = kind.get(Path(name).suffix, "application/octet-stream")
    await asgi_send_file(send, folder / name, content_type=content_type, headers=headers)


def published(folder: Path) -> dict[str, str]:
    """The files of the dumps that are kept, and their hashes; pointers have none of their own."""
    try:
        said = json.loads((folder / "latest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    files = dict.fromkeys(("latest.json", "SHA256SUMS", "datapackage.json", "CHANGES.md", "README.md", "metadata.yml", "archive.db"), "")  # fmt: skip
    while said:
        files.update({name: value for name, value in said["sha256"].items() if NAME.fullmatch(name)})  # fmt: skip
        before = said.get("predecessor") or {}
        manifest = folder / (str(before.get("database", "")).removesuffix(".db") + ".json")
        try:
            said = json.loads(manifest.read_text(encoding="utf-8")) if before else None
        except (OSError, ValueError):
            said = None
    return files
