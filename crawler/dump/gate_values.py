"""Whether every value of an archive has the form that its column promises, and rows agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from crawler.items import AuthorKind, Precision, Provenance, Role, Via
from crawler.messages import Message, say

_DAY = "substr({0} || '-01-01', 1, 10)"
# A day that is in the calendar: 2026-02-31 comes back as another one.
_TRUE_DAY = f"strftime('%Y-%m-%d', julianday({_DAY}))"
_NO_DAY = f"({_TRUE_DAY} is not {_DAY})"
_NO_MOMENT = (
    "({0} not glob '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*' "
    f"or {_NO_DAY})"
)
_NO_ADDRESS = "({0} not like 'http://_%' and {0} not like 'https://_%')"
_NO_HASH = "(length({0}) <> 64 or {0} glob '*[^0-9a-f]*')"


@dataclass(frozen=True, slots=True)
class Form:
    """What is wrong with a value of a column; NULL is judged by the schema alone."""

    table: str
    column: str
    wrong: str  # SQL, `{0}` being the column


# The only words of a column; what a dump says of itself names them.
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("articles", "status"): ("live", "edited", "gone"),
    ("articles", "published_precision"): get_args(Precision),
    ("articles", "published_from"): get_args(Provenance),
    ("articles", "via"): get_args(Via),
    ("captures", "via"): get_args(Via),
    ("lost_articles", "via"): ("warc", "wayback", "commoncrawl", "memento"),
    ("authors", "kind"): get_args(AuthorKind),
    ("article_authors", "role"): get_args(Role),
    ("files", "text_from"): ("text", "ocr", "none"),
    ("run_portals", "outcome"): ("ok", "partial", "failed", "capped"),
}
# Days as precise as they are known: 2024, 2024-03, 2024-03-05, and the time of day behind it.
DAYS = (
    ("articles", "published"), ("revisions", "published"), ("lost_articles", "published"),
    ("documents", "issued"),
)  # fmt: skip
# Of UTC: 2024-03-05T08:15:00Z.
MOMENTS = (
    ("articles", "captured_at"), ("articles", "first_seen"), ("articles", "last_seen"),
    ("revisions", "seen_at"), ("captures", "fetched_at"), ("addresses", "first_seen"),
    ("runs", "started_at"), ("runs", "finished_at"), ("run_portals", "started_at"),
    ("run_portals", "finished_at"), ("alarms", "since"), ("issues", "seen_at"),
    ("removals", "removed_at"), ("lost_articles", "listed_at"),
    ("lost_articles", "last_listed"), ("files", "first_seen"), ("files", "last_seen"),
    ("article_files", "first_seen"), ("article_files", "last_seen"),
)  # fmt: skip
FORMS = (
    *(Form(table, column, _NO_DAY) for table, column in DAYS),
    *(Form(table, column, _NO_MOMENT) for table, column in MOMENTS),
    *(
        Form(table, "url", _NO_ADDRESS)
        for table in (
            "articles", "addresses", "captures", "images", "issues", "lost_articles", "files",
        )
    ),
    *(Form(table, "text_sha256", _NO_HASH) for table in ("articles", "revisions")),
    Form("files", "sha256", _NO_HASH),
    Form("files", "confidence", "{0} not between 0 and 1"),
    Form("articles", "title", "trim({0}) = ''"),
    Form("articles", "text", "trim({0}) = ''"),
    Form("lost_articles", "title", "trim({0}) = ''"),
    *(
        Form(table, column, f"{{0}} not in {words}")
        for (table, column), words in CHOICES.items()
    ),
)  # fmt: skip

# An article is what its version of that look says; of two readings of one look, the later.
_UNLIKE = """
select articles.id from articles join revisions on revisions.rowid = (
  select rowid from revisions as r where r.article = articles.id and r.seen_at = captured_at
  order by rowid desc limit 1)
where (articles.title, articles.summary, articles.byline, articles.published, articles.text_sha256)
  is not (revisions.title, revisions.summary, revisions.byline, revisions.published,
  revisions.text_sha256)
"""


def value_problems(conn: sqlite3.Connection) -> Iterator[Message]:
    """Values that cannot be, each column once."""
    for form in FORMS:
        wrong = form.wrong.format(f"[{form.column}]")
        count, example = conn.execute(
            f"select count(*), min([{form.column}]) from [{form.table}] "
            f"where [{form.column}] is not null and {wrong}"
        ).fetchone()
        if count:
            yield say(
                "gate_value", table=form.table, column=form.column, count=count, example=example
            )
    unlike = conn.execute(_UNLIKE).fetchall()
    if unlike:
        yield say("gate_unlike_revision", count=len(unlike), example=unlike[0][0])
