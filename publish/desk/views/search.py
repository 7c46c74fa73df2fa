"""The search page, its files, and mentions over time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette.utils.asgi import Response

from publish.desk.context import Desk, TooSlowError
from publish.desk.filters import (
    ALL_WORDS,
    ARTICLES,
    DOCUMENTS,
    IN_TITLE,
    Question,
    read_question,
)
from publish.desk.middleware import language_of
from publish.desk.queries.files import FoundFile, found_files
from publish.desk.queries.list_items import Listed, listed
from publish.desk.queries.portals import Place
from publish.desk.queries.search import Found, Section, search
from publish.desk.query_parser import Asked, understand
from publish.desk.render import citation as citing
from publish.desk.render.counts import counts
from publish.desk.render.export import MOST
from publish.desk.render.meanings import left_out, meanings
from publish.desk.render.template_context import english_day

BESIDE = 5  # documents shown above the articles
SUGGESTED = 5  # phrases, beside the hits
CLOSE_ENOUGH = ("phrase", "other", "title", "title_other")
DEPARTMENT = "Sở Khoa học và Công nghệ "
# How many of each are shown before the rest is unfolded.
SHOWN = {"tinh": 8, "tinh_cu": 10, "cong": 8, "nam": 8, "thang": 12, "chuyenmuc": 6, "tacgia": 6}


async def search_page(datasette: Any, request: Any) -> Response:
    desk = await Desk.of(datasette, request)
    question = read_question(request.args)
    asked = understand(question.q)

    def answer(conn: sqlite3.Connection) -> dict[str, Any]:
        known = desk.places(conn)
        documents, where = desk.documents(conn)
        kept = len(documents) > 0
        alone = question.what == DOCUMENTS
        in_files = None
        if alone or (kept and asked.groups and question.what != ARTICLES and question.page == 1):
            in_files = search(conn, asked, question, known, documents, where, tallied=alone)
        found = (
            in_files
            if alone and in_files
            else search(conn, asked, question, known, desk.columns(conn))
        )
        beside = None if alone else in_files
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
            "suggested": desk.phrases(conn).going_on(
                question.q, SUGGESTED, whole=found.kind in CLOSE_ENOUGH
            ),
            "offered": desk.phrases(conn).offered,
            "found": found, "names": names, "has_files": kept,
            "sections": _listed_files(conn, found) if alone else _listed(conn, found, known),
            "documents": [row for _, rows in _listed_files(conn, beside) for row in rows][:BESIDE]
            if beside else [],
            "documents_total": beside.total if beside else 0,
        }  # fmt: skip

    try:
        # Asked again in the other language, from the next page back, or by the next reader.
        context = await desk.ask(lambda conn: desk.kept(f"search {question}", conn, answer))
    except TooSlowError:
        return await desk.too_slow()
    found, names = context["found"], context["names"]
    lang = language_of(request)
    months = citing.vietnamese_day if lang == "vi" else english_day
    start = f"{desk.own('/tim')}?{question.query() + '&' if question.query() else ''}"
    chosen = question.filters.as_dict()
    tallied = [
        (name, _labelled(name, counts, names, months))
        for name, counts in found.tallies.items()
        if counts and name not in chosen
    ]
    # Where another writing is found nobody asks what was made of the words.
    in_pieces = found.kind not in CLOSE_ENOUGH or any(
        section.kind == "pieces" for section in found.sections
    )
    context = {
        **context,
        "question": question,
        "file_path": desk.file_path(),
        "asked": asked,
        "chosen": [(name, _label(name, key, names, months)) for name, key in chosen.items()],
        "tallies": [
            (
                name,
                *(
                    counts(start + name, part, lang) if part else ""
                    for part in (items[: SHOWN[name]], items[SHOWN[name] :])
                ),
            )
            for name, items in tallied
        ],
        "said": [said for said in meanings(question, found.meaning) if said.choices or in_pieces],
        "left_out": left_out(found.meaning),
        "most_rows": MOST,
        "nobody": _nobody(question, asked) if found.kind not in CLOSE_ENOUGH else "",
        # Syllables that stand apart say something else, the more so without their accents: whoever wants
        # such articles asks for them.
        "folded": found.kind == "words" and question.place != ALL_WORDS,
    }
    return await desk.page("desk_search.html", context)


def _nobody(question: Question, asked: Asked) -> str:
    """What to say when no hit holds the words in a row; of a single word there is nothing to say."""
    if len(asked.words) < 2 or question.place == ALL_WORDS:
        return ""
    if question.place == IN_TITLE:
        return "nobody_title_here" if question.filters else "nobody_title"
    return "nobody_here" if question.filters else "nobody"


def _listed(
    conn: sqlite3.Connection, found: Found, known: dict[str, Place]
) -> list[tuple[Section, list[Listed]]]:
    """The sections of a page, each with its articles and what answers the question marked."""
    return [
        (section, listed(conn, section.articles, known, found.meaning.marks(section.kind)))
        for section in found.sections
    ]


def _listed_files(conn: sqlite3.Connection, found: Found) -> list[tuple[Section, list[FoundFile]]]:
    """The same of documents."""
    return [
        (section, found_files(conn, section.articles, found.meaning.marks(section.kind)))
        for section in found.sections
    ]


async def suggestions_file(datasette: Any, request: Any) -> Response:
    """Phrases that begin as typed, for the search box while somebody types."""
    desk = await Desk.of(datasette, request)
    typed = (request.args.get("q") or "")[:100]
    phrases = await desk.ask(desk.phrases)
    return Response.json(phrases.beginning(typed))


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
