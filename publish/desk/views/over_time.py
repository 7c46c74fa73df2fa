"""A phrase over time: the page, and the picture and figures to take home."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from functools import partial
from typing import Any

from datasette.utils.asgi import Response

from publish.desk.context import Desk, TooSlowError, file, now
from publish.desk.export_queue import BusyError, turn
from publish.desk.filters import Filters
from publish.desk.middleware import language_of
from publish.desk.queries import over_time
from publish.desk.query_parser import QUOTES, Asked, understand
from publish.desk.render import chart as charting
from publish.desk.render.export import as_table
from publish.desk.render.i18n import say

APART = re.compile(r',(?!(?<=\d,)\d{1,3}(?!\d))(?=(?:[^"]*"[^"]*")*[^"]*$)')
MOST = 3  # phrases, or provinces side by side
KINDS = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
}


def phrases_of(typed: str) -> list[str]:
    """What stands between commas; those of numbers and of quotations part nothing."""
    return APART.split(typed.translate(QUOTES))


async def over_time_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    chart, context = await _chart(desk, request)
    if chart is None:
        return (
            await desk.too_slow()
            if context is None
            else await desk.page("desk_over_time.html", context)
        )
    address = desk.own("/tim")

    def href(query: str, period: str) -> str:
        name = "thang" if len(period) > 4 else "nam"
        return f"{address}?{query}&{name}={period}"

    picture = charting.svg(chart, partial(say, language_of(request)), href)
    return await desk.page(
        "desk_over_time.html", {**context, "chart": chart, "picture": picture, "href": href}
    )


async def over_time_file(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    chart, context = await _chart(desk, request)
    if chart is None:
        if context is None:
            return await desk.too_slow()
        return await desk.page("desk_over_time.html", context, 404)
    form = request.url_vars["form"]
    if form == "csv":
        return file(as_table(charting.rows(chart)), KINDS[form], "khcn-tan-suat.csv")
    if form == "png":
        try:
            async with turn():
                body = await asyncio.to_thread(charting.png, chart)
        except BusyError:
            return await desk.busy()
        return file(body, KINDS[form], "khcn-tan-suat.png")
    picture = str(charting.svg(chart, partial(say, language_of(request))))
    return file(picture, KINDS[form], "khcn-tan-suat.svg")


async def _chart(desk: Desk, request: Any) -> tuple[charting.Chart | None, Any]:
    """The chart that is asked for; without one what the page says instead, None when too slow."""
    lang = language_of(request)
    typed = (request.args.get("q") or "").strip()[:200]
    asked_for = [asked for part in phrases_of(typed) if (asked := understand(part)).groups]
    phrases = asked_for[:MOST]
    monthly, share = request.args.get("theo") == "thang", request.args.get("tinh_theo") != "so"
    chosen = [slug for slug in request.args.getlist("tinh") if slug][:MOST]

    def ask(conn: sqlite3.Connection) -> tuple[list[Any], list[Any], dict[str, str]]:
        known, columns = desk.places(conn), desk.columns(conn)
        names = {place.present: place.present_name for place in known.values() if place.present}
        provinces = [slug for slug in chosen if slug in names]
        wanted: list[tuple[str, Asked, Filters]] = [
            ("", asked, Filters(tinh=provinces[0] if provinces else "")) for asked in phrases
        ]
        if len(provinces) > 1:
            wanted = [(f", {names[slug]}", phrases[0], Filters(tinh=slug))
                      for slug in provinces] if phrases else []  # fmt: skip
        left = columns.narrowed(Filters(), None)
        for _, _, filters in wanted:
            more = over_time.scope(columns, filters, known)
            left = more if left is None else left | more
        if left is None:
            return [], [], names
        span = over_time.periods(columns, left, monthly=monthly)
        lines = [
            over_time.Counted(conn, asked, filters, where, known, columns)
            for where, asked, filters in wanted
        ]
        return over_time.drawn(lines, span), over_time.coverage(conn, columns, left, span), names

    key = f"over time {typed} {monthly} {chosen}"
    try:
        found, covered, names = await desk.ask(lambda conn: desk.kept(key, conn, ask))
    except TooSlowError:
        return None, None
    context = {
        "typed": typed, "monthly": monthly, "share": share, "chosen": chosen,
        "provinces": sorted(names.items(), key=lambda item: item[1]), "phrases": phrases,
        # Side by side provinces share one phrase.
        "left_out": [asked.typed for asked in asked_for[1 if len({*chosen} & {*names}) > 1 else MOST :]],
        "undrawn": sum(series.undated + series.undrawn for series in found),
    }  # fmt: skip
    if not any(point.count for series in found for point in series.points):
        return None, context
    source = say(lang, "chart_source", site=say(lang, "site"), day=now().date().isoformat(),
                 address=desk.absolute(desk.own("/tan-suat")))  # fmt: skip
    title = f"{say(lang, 'over_time_title')}: {', '.join(asked.typed for asked in phrases)}"
    return charting.Chart(found, covered, share, source, title), context
