"""Table pages that lose no row: Datasette 0.65 orders a first page by one column alone.

Rows with equal values then stand in any order, while the next page goes on after a primary key: of
56 runs sorted by their outcome 26 were ever shown. Here what a page is sorted by is followed by the
key, from the first page on. To be dropped when Datasette does it itself.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Any

from datasette.database import Database
from datasette.utils import escape_sqlite, tilde_decode
from datasette.views.table import TableView

# What tells the rows of a view apart; a view has no key.
VIEW_KEYS = {
    "portal_health": ("portal",),
    "edited_articles": ("article", "seen_at"),
    "gone_articles": ("article",),
    "coverage": ("portal", "day"),
}
SORTED = re.compile(r"( order by )((?:\[[^\]]+\]|\w+)(?: desc)?)( limit \d+(?: offset \d+)?\s*)$")
_key: ContextVar[tuple[str, ...]] = ContextVar("key of the table that is shown", default=())


def install() -> None:
    """Once a process."""
    if getattr(TableView.data, "keeps_order", False):
        return
    data, execute = TableView.data, Database.execute

    async def data_in_order(self: Any, request: Any, *args: Any, **more: Any) -> Any:
        token = _key.set(await _key_of(self.ds, request))
        try:
            return await data(self, request, *args, **more)
        finally:
            _key.reset(token)

    async def execute_in_order(self: Any, sql: str, *args: Any, **more: Any) -> Any:
        return await execute(self, in_order(sql, _key.get()), *args, **more)

    data_in_order.keeps_order = True  # type: ignore[attr-defined]
    TableView.data, Database.execute = data_in_order, execute_in_order


def in_order(sql: str, key: tuple[str, ...]) -> str:
    """The question of a table page with the key after the column it is sorted by."""
    found = SORTED.search(sql)
    if not key or not found:
        return sql
    column = found[2].removesuffix(" desc").strip("[]")
    rest = [escape_sqlite(name) for name in key if name != column]
    return sql[: found.start()] + found[1] + ", ".join([found[2], *rest]) + found[3]


async def _key_of(datasette: Any, request: Any) -> tuple[str, ...]:
    database = datasette.databases.get(tilde_decode(request.url_vars.get("database") or ""))
    table = tilde_decode(request.url_vars.get("table") or "")
    if database is None or not table:
        return ()
    if await database.get_view_definition(table):
        return VIEW_KEYS.get(table, ())
    if not await database.table_exists(table):  # a ready-made question has a page of the same kind
        return ()
    return tuple(await database.primary_keys(table)) or ("rowid",)
