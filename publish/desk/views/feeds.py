"""The list of feeds, and the feeds."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.utils.asgi import NotFound, Response

from publish.desk.context import Desk, file
from publish.desk.filters import Filters, Question
from publish.desk.queries.search import found_articles
from publish.desk.query_parser import understand
from publish.desk.render.atom import MOST, article_entries, atom, change_entries
from publish.desk.render.i18n import both, say

KIND = "application/atom+xml; charset=utf-8"


async def feeds_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    known = await desk.ask(desk.places)
    provinces = {p.present: p.present_name for p in known.values() if p.present}
    return await desk.page(
        "desk_feeds.html",
        {
            "provinces": sorted(provinces.items(), key=lambda item: item[1]),
            "portals": sorted(known.values(), key=lambda place: place.department),
        },
    )


async def whole_feed(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    name = request.url_vars["name"]
    if name == "moi":
        return await _articles(desk, Filters(), say("vi", "feed_all"), "/tim")
    words = {"edit": say("vi", "feed_edit"), "gone": say("vi", "feed_gone")}
    link = desk.absolute(desk.path())
    entries = await desk.ask(lambda conn: change_entries(conn, link, words))
    return _answer(desk, entries, say("vi", "feed_changes"), "/dong-tin")


async def part_feed(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    kind, slug = request.url_vars["kind"], request.url_vars["slug"]
    known = await desk.ask(desk.places)
    if kind == "cong":
        names = {place.portal: place.department for place in known.values()}
        filters = Filters(cong=slug)
    else:
        names = {place.present: place.present_name for place in known.values()}
        filters = Filters(tinh=slug)
    if slug not in names:
        raise NotFound(both("no_feed", name=slug).line)
    return await _articles(desk, filters, names[slug], f"/tim?{Question('', filters).query()}")


async def _articles(desk: Desk, filters: Filters, title: str, page: str) -> Response:
    link = desk.absolute(desk.path())

    def ask(conn: sqlite3.Connection) -> list[Any]:
        known = desk.places(conn)
        departments = {place.portal: place.department for place in known.values()}
        found, _ = found_articles(
            conn, understand(""), Question("", filters), known, desk.columns(conn), MOST
        )
        return article_entries(conn, found, departments, link)

    return _answer(desk, await desk.ask(ask), title, page)


def _answer(desk: Desk, entries: list[Any], title: str, page: str) -> Response:
    body = atom(
        entries,
        title=f"{say('vi', 'site_short')}: {title}",
        author=say("vi", "site"),
        me=desk.absolute(desk.own(desk.request.path)),
        page=desk.absolute(desk.own(page)),
    )
    return file(body, KIND)
