"""The search page, its files, and mentions over time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

from datasette.utils.asgi import Response

from crawler.parsing import is_number
from publish.desk.context import Desk, TooSlowError, file
from publish.desk.filters import PAGES, read_question
from publish.desk.middleware import language_of
from publish.desk.queries import overview
from publish.desk.queries.list_items import listed
from publish.desk.queries.search import PAGE, found_articles, search
from publish.desk.query_parser import understand
from publish.desk.render import export as exporting
from publish.desk.render.atom import MOST as MOST_ENTRIES
from publish.desk.render.atom import article_entries, atom
from publish.desk.render.citation import vietnamese_day
from publish.desk.render.i18n import say
from publish.desk.render.template_context import english_day

PHRASES = 3
DEPARTMENT = "Sở Khoa học và Công nghệ "
# How many of each are shown before the rest is unfolded.
SHOWN = {"tinh": 8, "tinh_cu": 10, "cong": 8, "nam": 8, "thang": 12, "chuyenmuc": 6, "tacgia": 6}
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "atom": "application/atom+xml; charset=utf-8",
}
SLUG = re.compile(r"[^a-z0-9]+")


async def search_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    question = read_question(request.args)
    asked = understand(question.q)

    def answer(conn: sqlite3.Connection) -> dict[str, Any]:
        known = desk.places(conn)
        found = search(conn, asked, question, known)
        authors = [key for key, _ in found.tallies.get("tacgia", [])]
        everywhere = known.values()
        names = {
            "tinh": {place.present: place.present_name for place in everywhere},
            "tinh_cu": {place.province: place.province_name for place in everywhere},
            "cong": {
                place.portal: place.department.removeprefix(DEPARTMENT) for place in everywhere
            },
            "tacgia": _author_names(conn, [*authors, question.filters.tacgia]),
        }
        return {
            "found": found, "names": names, "rows": listed(conn, found.articles, known, asked),
        }  # fmt: skip

    try:
        # Asked again in the other language, from the next page back, or by the next reader.
        context = await desk.ask(lambda conn: desk.kept(f"search {question}", conn, answer))
    except TooSlowError:
        return await desk.too_slow()
    found, names = context["found"], context["names"]
    months = vietnamese_day if language_of(request) == "vi" else english_day
    chosen = question.filters.as_dict()
    tallied = [
        (name, _labelled(name, counts, names, months))
        for name, counts in found.tallies.items()
        if counts and name not in chosen
    ]
    last = min(PAGES, -(-found.total // PAGE) or 1)
    context = {
        **context,
        "question": question,
        "asked": asked,
        "chosen": [(name, _label(name, key, names, months)) for name, key in chosen.items()],
        "tallies": [(name, items[: SHOWN[name]], items[SHOWN[name] :]) for name, items in tallied],
        "last_page": last,
        "base": question.query() + "&" if question.query() else "",
        "phrase": asked.as_phrase(),
        "loose": asked.without_accents() if not found.total else None,
    }
    return await desk.page("desk_search.html", context)


async def search_file(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    question, form = read_question(request.args), request.url_vars["form"]
    asked = understand(question.q)
    link = desk.absolute(desk.path())
    most = MOST_ENTRIES if form == "atom" else exporting.MOST

    def ask(conn: sqlite3.Connection) -> list[Any]:
        known = desk.places(conn)
        articles = found_articles(conn, asked, question, known, most)
        if form == "atom":
            departments = {place.portal: place.department for place in known.values()}
            return article_entries(conn, articles, departments, link)
        return exporting.exported(conn, articles, known, link)

    try:
        rows = await desk.ask(ask)
    except TooSlowError:
        return await desk.too_slow()
    page = desk.absolute(desk.own(f"/tim?{question.query()}"))
    name = SLUG.sub("-", understand(question.q).without_accents() or question.q.lower())[:60]
    name = f"khcn-{name.strip('-') or 'tim'}.{form}"
    if form == "csv":
        return file(exporting.as_csv(rows), KINDS[form], name)
    if form == "xlsx":
        return file(exporting.as_xlsx(rows), KINDS[form], name)
    if form == "json":
        more = len(rows) == exporting.MOST
        body = exporting.as_json(rows, address=page, total=len(rows), more=more)
        return file(body, KINDS[form])
    body = atom(
        rows,
        title=f"{say('vi', 'site_short')}: {question.q or say('vi', 'feed_all')}",
        author=say("vi", "site"),
        me=desk.absolute(desk.own(f"/tim.atom?{question.query()}")),
        page=page,
    )
    return file(body, KINDS[form])


async def over_time_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    typed = (request.args.get("q") or "").strip()[:200]
    phrases = [part.strip() for part in typed.split(",") if understand(part).terms][:PHRASES]

    def ask(conn: sqlite3.Connection) -> list[Any]:
        return [
            (phrase, dict(overview.mentions(conn, understand(phrase).match))) for phrase in phrases
        ]

    try:
        series = await desk.ask(ask)
    except TooSlowError:
        return await desk.too_slow()
    found = sorted({int(year) for _, counted in series for year in counted if is_number(year)})
    years = [str(year) for year in range(found[0], found[-1] + 1)][-60:] if found else []
    most = max((n for _, counted in series for n in counted.values()), default=0) or 1
    return await desk.page(
        "desk_over_time.html",
        {"typed": typed, "series": series, "years": years, "most": most},
    )


def _labelled(
    name: str,
    counts: list[tuple[str, int]],
    names: dict[str, dict[str, str]],
    month: Callable[[str | None], str],
) -> list[tuple[str, str, int]]:
    """Each key with its label and count; sections of one last name by their whole paths."""
    labels = [_label(name, key, names, month) for key, _ in counts]
    return [
        (key, key if name == "chuyenmuc" and labels.count(label) > 1 else label, count)
        for (key, count), label in zip(counts, labels, strict=True)
    ]


def _label(
    name: str, key: str, names: dict[str, dict[str, str]], month: Callable[[str | None], str]
) -> str:
    """What a filter is called on the page."""
    if name == "thang":
        return month(key)
    if name == "chuyenmuc":
        return key.rpartition(" > ")[2]
    return names.get(name, {}).get(key, key)


def _author_names(conn: sqlite3.Connection, numbers: list[str]) -> dict[str, str]:
    listed_numbers = ", ".join(str(int(number)) for number in numbers if number)
    if not listed_numbers:
        return {}
    rows = conn.execute(f"select id, name from authors where id in ({listed_numbers})")
    return {str(ident): name for ident, name in rows}
