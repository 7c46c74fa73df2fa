"""What every answer of the desk has: a language, a policy for the browser, no surprise."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from crawler.messages import LANGUAGES
from crawler.text.spelling import SYLLABLE, composed
from publish.desk.render.safe_csv import BOM, Rows

COOKIE = "lang"
YEAR = 365 * 24 * 3600
# Pages of the desk load their own style sheet and script, and nothing else from anywhere.
STRICT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's own pages carry inline scripts and styles.
STOCK = (
    "default-src 'self'; style-src 'self' 'unsafe-inline' data:; img-src 'self' data:; "
    "script-src 'self' 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
DESK_HEADER = b"x-desk"
NO_WORD = "zqnothing"  # marks alone ask for what stands in no text
Send = Callable[[dict[str, Any]], Awaitable[None]]


def language_of(request: Any) -> str:
    """`?lang=`, else the cookie, else Vietnamese."""
    if request is None:
        return LANGUAGES[0]
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    kept = request.cookies.get(COOKIE)
    return kept if kept in LANGUAGES else LANGUAGES[0]


def below(base: str, scope: dict[str, Any]) -> dict[str, Any]:
    """The request as it would be without `base_url` before its path.

    Datasette's table pages put the prefix before a path that has it already; a proxy may take it
    off or leave it.
    """
    prefix = base.rstrip("/")
    raw = scope.get("raw_path") or scope["path"].encode()
    if not prefix or scope.get("root_path") or not raw.startswith(base.encode()):
        return scope
    path, raw = scope["path"][len(prefix) :], raw[len(prefix) :]
    return {**scope, "root_path": prefix, "path": path, "raw_path": raw}


def with_language(
    app: Callable[..., Awaitable[None]], is_desk: Callable[[str], bool], base: str
) -> Callable[..., Awaitable[None]]:
    """Remember `?lang=`, and put the headers on every page."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope = below(base, scope)
        query = scope.get("query_string", b"").decode("latin-1")
        asked = re.search(r"(?:^|&)lang=(vi|en)(?:&|$)", query)
        if asked and not is_desk(scope["path"]):
            # Datasette's own pages would take it for a column to filter by.
            await _redirect(base, scope, query, asked.group(1), send)
            return

        if not is_desk(scope["path"]):
            scope = {**scope, "query_string": askable(query).encode("latin-1")}
        # The desk's own files are made harmless where they are made.
        asks_csv = scope["path"].endswith(".csv") or "_format=csv" in query
        asks_csv = asks_csv and not is_desk(scope["path"])
        table: Rows | None = None

        async def sending(message: dict[str, Any]) -> None:
            nonlocal table
            if message["type"] == "http.response.start":
                table = Rows(mark=BOM) if asks_csv and _is_streamed(message) else None
                message = {**message, "headers": _headers(message, asked and asked.group(1))}
            elif table is not None:
                more = message.get("more_body", False)
                message = {**message, "body": table.take(message.get("body", b""), more=more)}
            await send(message)

        await app(scope, receive, sending)

    return wrapped


def askable(query: str) -> str:
    """A query string whose words Datasette's own search can take: composed, no NUL, none of blanks."""
    if not re.search(r"(?:^|&)(?:_search\w*|q|author)=", query):
        return query
    pairs = []
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        if name.startswith("_search") or name in ("q", "author"):
            value = composed(value.replace("\0", " ")).strip()
            if name.startswith("_search") and not value:
                continue
            if name.startswith("_search") and not SYLLABLE.search(value):
                value = NO_WORD
        pairs.append((name, value))
    return urlencode(pairs)


def _is_streamed(message: dict[str, Any]) -> bool:
    """A table, not a file from the disk nor an error."""
    names = {name.lower(): value for name, value in message["headers"]}
    kind = names.get(b"content-type", b"")
    return kind.startswith((b"text/csv", b"text/plain")) and b"content-length" not in names


def _headers(message: dict[str, Any], lang: str | None) -> list[list[bytes]]:
    headers = [list(pair) for pair in message["headers"]]
    names = {name.lower(): value for name, value in headers}
    if names.get(b"content-type", b"").startswith(b"text/html"):
        policy = STRICT if DESK_HEADER in names else STOCK
        headers += [
            [b"content-security-policy", policy.encode()],
            [b"x-content-type-options", b"nosniff"],
            [b"referrer-policy", b"no-referrer"],
        ]
    if lang:
        headers.append([b"set-cookie", _cookie(lang)])
    return [pair for pair in headers if pair[0].lower() != DESK_HEADER]


def _cookie(lang: str) -> bytes:
    return f"{COOKIE}={lang}; Path=/; Max-Age={YEAR}; SameSite=Lax".encode()


async def _redirect(base: str, scope: dict[str, Any], query: str, lang: str, send: Send) -> None:
    rest = urlencode([(k, v) for k, v in parse_qsl(query, True, errors="replace") if k != "lang"])
    path = scope.get("raw_path") or scope["path"].encode()
    # One slash in front: `//host` would lead to another site.
    target = (
        base.encode() + path.split(b"?")[0].lstrip(b"/") + (b"?" + rest.encode() if rest else b"")
    )
    headers = [[b"location", target], [b"set-cookie", _cookie(lang)]]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
