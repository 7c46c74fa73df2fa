"""What the index cannot tell quickly, read off the articles themselves."""

from __future__ import annotations

import sqlite3

from publish.desk.query_parser import Asked


def by_headline(conn: sqlite3.Connection, articles: list[int], asked: Asked) -> list[int]:
    """The articles whose title and summary have the question in them, then the others.

    Among equals the newest comes first, as they are given.
    """
    phrase, words = asked.whole_pattern, asked.pattern
    if phrase is None or words is None:
        return articles
    wanted = max(1, len(asked.terms))
    scores: dict[int, float] = {}
    for at in range(0, len(articles), 1000):
        for ident, title, summary in conn.execute(
            "select id, coalesce(title, ''), coalesce(summary, '') from articles "
            f"where id in ({_listed(articles[at : at + 1000])})"
        ):
            in_title = len({hit.lower() for hit in words.findall(title)})
            in_summary = len({hit.lower() for hit in words.findall(summary)})
            scores[ident] = (
                8 * bool(phrase.search(title))
                + 4 * min(1, in_title / wanted)
                + 2 * bool(phrase.search(summary))
                + min(1, in_summary / wanted)
            )
    return sorted(articles, key=lambda ident: -scores.get(ident, 0))


def _listed(articles: list[int]) -> str:
    return ", ".join(str(ident) for ident in articles)
