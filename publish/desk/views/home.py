"""Home, overview, dictionary, ready-made questions."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from crawler.monitoring.alarms import KINDS
from publish.desk.context import Desk, TooSlowError, now
from publish.desk.dump_list import offered
from publish.desk.queries import overview
from publish.desk.queries.list_items import listed
from publish.desk.render import map as mapping

NEWEST = 10


async def home(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    merged = request.args.get("ban_do") != "63"

    def ask(conn: sqlite3.Connection) -> dict[str, Any]:
        provinces = desk.kept("provinces", conn, mapping.province_counts)
        rows = mapping.merged(provinces) if merged else mapping.former(provinces)
        return {
            "totals": desk.kept("totals", conn, overview.totals),
            "night": desk.kept("night", conn, overview.last_night),
            "newest": desk.kept(
                "newest", conn,
                lambda c: listed(c, overview.newest(c, NEWEST), desk.places(c)),
            ),
            "offered": desk.phrases(conn).offered,
            "dots": mapping.dots(rows, now()),
            "provinces": sorted(rows, key=lambda row: -row["articles"]),
        }  # fmt: skip

    try:
        context = await desk.ask(ask)
    except TooSlowError:
        return await desk.too_slow()
    dump = await _dump(desk)
    folder = os.environ.get("KHCN_DUMPS")
    context |= {"dumps": offered(Path(folder)) if folder else []}
    context |= {"merged": merged, "dump": dump, "map": mapping, "queries": _queries(desk)[:6]}
    return await desk.page("desk_home.html", context)


async def _dump(desk: Desk) -> str | None:
    """Where the dump can be had; None where there is none, as over a working archive."""
    urls = desk.datasette.urls
    if folder := os.environ.get("KHCN_DUMPS"):
        # On the open web it is served by its own door (khcn_public), not by Datasette.
        there = all((Path(folder) / name).is_file() for name in ("archive.db", "latest.json"))
        return urls.path("/dump/archive.db") if there else None
    if desk.database.is_mutable or not desk.datasette.setting("allow_download"):
        return None
    working = await desk.database.table_exists("_frontier")
    return None if working else f"{urls.database(desk.name)}.db"


async def overview_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)

    def ask(conn: sqlite3.Connection) -> dict[str, Any]:
        today = now().date()
        last = conn.execute(
            "select max(published) from articles where published < ?", (f"{today.year + 1}",)
        ).fetchone()[0]
        end = date(int(last[:4]), int(last[5:7] or 12), 1) if last else today
        provinces = mapping.merged(desk.kept("provinces", conn, mapping.province_counts))
        return {
            "months": overview.bars(desk.kept("months", conn, lambda c: overview.by_month(c, end))),
            "years": overview.bars(desk.kept("years", conn, overview.by_year)),
            "portals": desk.kept("portals", conn, overview.portal_rows),
            "alarms": desk.kept("alarms", conn, overview.alarms),
            "kinds": KINDS,
            "provinces": sorted(provinces, key=lambda row: (-row["articles"], row["name"])),
        }

    try:
        return await desk.page("desk_overview.html", await desk.ask(ask))
    except TooSlowError:
        return await desk.too_slow()


async def dictionary_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    said = datasette.metadata("tables", database=desk.name) or {}

    def ask(conn: sqlite3.Connection) -> list[tuple[str, str]]:
        return conn.execute(
            "select name, type from sqlite_master where type in ('table', 'view') "
            "and name not like '\\_%' escape '\\' and name not like '%\\_fts%' escape '\\' "
            "and name not like 'sqlite%' order by type, rowid"
        ).fetchall()

    tables = [
        {"name": name, "kind": kind, "said": said.get(name) or {}}
        for name, kind in await desk.ask(ask)
    ]
    return await desk.page("desk_dictionary.html", {"tables": tables})


async def questions_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    return await desk.page("desk_questions.html", {"queries": _queries(desk)})


def _queries(desk: Desk) -> list[dict[str, Any]]:
    said = desk.datasette.metadata("queries", database=desk.name) or {}
    return [
        {"name": name, "title": name, **(query if isinstance(query, dict) else {})}
        for name, query in said.items()
    ]
