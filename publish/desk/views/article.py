"""An article, its versions, its citation."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.utils.asgi import Response

from crawler.parsing import is_number
from publish.desk.context import Desk, TooSlowError, file
from publish.desk.queries import article as reading
from publish.desk.queries.related import related
from publish.desk.render import citation as citing
from publish.desk.render.diff import compared, words
from publish.desk.render.kept import SHOWN

FIELDS = ("title", "summary", "byline", "published")
MISSING = {"article": None, "tombstone": None}


async def article_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request, request.url_vars["database"])
    ident, sha = int(request.url_vars["id"]), request.url_vars.get("sha")

    def ask(conn: sqlite3.Connection) -> dict[str, Any]:
        article = reading.article_row(conn, ident)
        if article is None:
            return {"article": None, "tombstone": reading.tombstone(conn, ident)}
        earlier = None
        if sha and not article["text_sha256"].startswith(sha):
            earlier = reading.version(conn, ident, sha)
            if earlier is None:
                return MISSING
            article |= earlier
        parts = reading.parts(conn, ident, article["captured_at"])
        several = reading.versions(conn, ident) if article["revisions"] > 1 else []
        copies = reading.copies(conn, ident)
        apart = {ident, *(copy["id"] for copy in copies)}
        near = related(conn, article, desk.places(conn), desk.columns(conn), apart)
        return {"article": article, "earlier": earlier, "copies": copies, "related": near, "versions": several,
                **parts}  # fmt: skip

    try:
        context = await desk.ask(ask)
    except TooSlowError:
        return await desk.too_slow()
    article = context["article"]
    if article is None:
        return await desk.page("desk_missing.html", context, 410 if context["tombstone"] else 404)
    link = desk.version_address(article)
    captions = {(image["label"] or "").strip() for image in context["images"]} - {""}
    context |= {
        "blocks": reading.blocks(article["text"], captions),
        "original": reading.web_address(article["url"]),
        "web": reading.web_address,
        "shown": SHOWN,
        "file_path": desk.file_path(),
        "citation": citing.sentence(article, context["authors"], link),
        "bibtex": citing.bibtex(article, context["authors"], link),
        "csl": citing.csl(article, context["authors"], link),
        "own_path": desk.path(ident),
        "version_link": link,
    }
    return await desk.page("desk_article.html", context)


async def versions_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request, request.url_vars["database"])
    ident = int(request.url_vars["id"])

    def ask(conn: sqlite3.Connection) -> dict[str, Any]:
        article = reading.article_row(conn, ident)
        if article is None:
            return {"article": None, "tombstone": reading.tombstone(conn, ident)}
        return {"article": article, "versions": reading.versions(conn, ident, with_text=True)}

    try:
        context = await desk.ask(ask)
    except TooSlowError:
        return await desk.too_slow()
    if context["article"] is None:
        return await desk.page("desk_missing.html", context, 410 if context["tombstone"] else 404)
    known = context["versions"]
    until = _number(request.args.get("den"), len(known), len(known))
    since = _number(request.args.get("tu"), len(known), max(1, until - 1))
    beside = request.args.get("canh") == "1"
    context |= {
        "since": since, "until": until, "own_path": desk.path(ident), "beside": beside,
        "file_path": desk.file_path(),
    }  # fmt: skip
    if known and since != until:
        before, after = known[since - 1], known[until - 1]
        context |= {
            "before": before,
            "after": after,
            "fields": [
                (name, words(before[name] or "", after[name] or ""))
                for name in FIELDS
                if before[name] != after[name]
            ],
            "lines": compared(before["text"], after["text"]),
        }
    return await desk.page("desk_versions.html", context)


async def citation_file(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request, request.url_vars["database"])
    ident, form = int(request.url_vars["id"]), request.url_vars["form"]

    def ask(conn: sqlite3.Connection) -> tuple[dict[str, Any] | None, list[Any]]:
        article = reading.article_row(conn, ident)
        authors = reading.parts(conn, ident, article["captured_at"])["authors"] if article else []
        return article, authors

    article, authors = await desk.ask(ask)
    if article is None:
        return await desk.page("desk_missing.html", MISSING, 404)
    link = desk.version_address(article)
    if form == "bib":
        body = citing.bibtex(article, authors, link)
        return file(body, "application/x-bibtex; charset=utf-8", f"khcn-{ident}.bib")
    body = citing.csl(article, authors, link)
    kind = "application/vnd.citationstyles.csl+json; charset=utf-8"
    return file(body, kind, f"khcn-{ident}.json")


def _number(given: str | None, most: int, otherwise: int) -> int:
    return int(given) if given and is_number(given) and 1 <= int(given[:6]) <= most else otherwise
