"""The hits of a question to take home: tables, a feed, citations; of documents, tables."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from typing import Any

from datasette.utils.asgi import NotFound, Response

from publish.desk.context import Desk, TooSlowError, file
from publish.desk.export_queue import BusyError, turn
from publish.desk.filters import DOCUMENTS, read_question
from publish.desk.queries.article import cited
from publish.desk.queries.search import found_articles
from publish.desk.query_parser import understand
from publish.desk.render import citation as citing
from publish.desk.render import export as exporting
from publish.desk.render.atom import MOST as MOST_ENTRIES
from publish.desk.render.atom import article_entries, atom
from publish.desk.render.i18n import both, say

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "atom": "application/atom+xml; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json; charset=utf-8",
}
TABLES = ("csv", "json", "xlsx")
SLUG = re.compile(r"[^a-z0-9]+")


async def search_file(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    question, form = read_question(request.args), request.url_vars["form"]
    of_documents = question.what == DOCUMENTS
    if of_documents and form not in TABLES:
        raise NotFound(both("no_page").line)
    asked = understand(question.q)
    link = desk.absolute(desk.path())
    most = MOST_ENTRIES if form == "atom" else exporting.MOST
    columns = exporting.FILE_COLUMNS if of_documents else exporting.COLUMNS

    def ask(conn: sqlite3.Connection) -> tuple[list[Any], int]:
        known = desk.places(conn)
        if of_documents:
            documents, where = desk.documents(conn)
            numbers, count = found_articles(conn, asked, question, known, documents, most, where)
            return exporting.exported_files(conn, numbers, desk.absolute(desk.file_path())), count
        articles, count = found_articles(conn, asked, question, known, desk.columns(conn), most)
        if form == "atom":
            departments = {place.portal: place.department for place in known.values()}
            return article_entries(conn, articles, departments, link), count
        if form in ("bib", "csl"):
            return cited(conn, articles), count
        return exporting.exported(conn, articles, known, link), count

    try:
        if form == "atom":
            rows, count = await desk.ask(ask)
        else:
            async with turn():
                rows, count = await desk.ask(ask)
                if form == "xlsx":
                    book = await asyncio.to_thread(exporting.as_xlsx, rows, columns)
    except TooSlowError:
        return await desk.too_slow()
    except BusyError:
        return await desk.busy()
    page = desk.absolute(desk.own(f"/tim?{question.query()}"))
    name = SLUG.sub("-", asked.without_accents() or question.q.lower())[:60]
    name = f"khcn-{name.strip('-') or 'tim'}.{form}"
    if form in ("bib", "csl"):
        links = [desk.version_address(article) for article, _ in rows]
        return file(citing.of_many(form, rows, links), KINDS[form], name)
    if form == "csv":
        return file(exporting.as_csv(rows, columns), KINDS[form], name)
    if form == "xlsx":
        return file(book, KINDS[form], name)
    if form == "json":
        body = exporting.as_json(rows, address=page, total=count, more=count > len(rows))
        return file(body, KINDS[form])
    body = atom(
        rows,
        title=f"{say('vi', 'site_short')}: {question.q or say('vi', 'feed_all')}",
        author=say("vi", "site"),
        me=desk.absolute(desk.own(f"/tim.atom?{question.query()}")),
        page=page,
    )
    return file(body, KINDS[form])
