"""What web archives still held: by portal and year, by source, and what nobody kept."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.utils.asgi import Response

from publish.desk.context import Desk, TooSlowError
from publish.desk.queries import rescue
from publish.desk.queries.article import web_address


async def rescue_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)

    def ask(conn: sqlite3.Connection) -> dict[str, Any]:
        if not rescue.is_known(conn):
            return {"years": [], "lost": [], "lost_count": 0, "sold": []}
        count, lost = rescue.lost(conn)
        return {
            "years": desk.kept("rescue_years", conn, rescue.years),
            "lost": lost,
            "lost_count": count,
            "sold": rescue.sold(conn),
        }

    try:
        context = await desk.ask(ask)
    except TooSlowError:
        return await desk.too_slow()
    return await desk.page("desk_rescue.html", context | {"web": web_address})
