"""What is searched, and what an index is asked and answers with."""

from __future__ import annotations

from typing import NamedTuple

from crawler.dump import phrase_index
from crawler.dump.phrase_index import Tables
from crawler.text.spelling import Syllables


class Reading(NamedTuple):
    """A way in which a question's words are printed, and in how many articles."""

    words: Syllables
    articles: int


class Word(NamedTuple):
    """A word of a question; `free`: with whatever accents."""

    text: str
    free: bool


class Searched(NamedTuple):
    """What is searched, and by which full-text tables."""

    table: str
    printed: str  # its columns that hold the print
    parts: dict[str, str]  # the columns of a title, and of what stands below it
    texts: str  # SQL for the print of some rows, of which the accents are learnt
    published: Tables  # what a dump has beside it


# A word between two parts: no phrase goes from one into the next.
BETWEEN_PARTS = "char(10) || 'zqapart' || char(10)"
ROWS = "(select value from json_each(?))"


def _texts(table: str, row: str, *columns: str) -> str:
    parts = f" || {BETWEEN_PARTS} || ".join(f"coalesce({column}, '')" for column in columns)
    return f"select {row}, {parts} from {table} where {row} in {ROWS}"


ARTICLES = Searched(
    "articles_fts", "{title summary text byline}", {"title": "title", "summary": "summary"},
    _texts("articles", "rowid", "title", "summary", "text", "byline"), phrase_index.ARTICLES,
)  # fmt: skip
# Documents: called so, or saying so in a title of their own.
FILES = Searched(
    "files_fts", "{title name text}", {"title": "{title name}", "summary": "title"},
    _texts("files", "number", "title", "name", "text"), phrase_index.FILES,
)  # fmt: skip
