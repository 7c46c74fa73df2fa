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
    sample: str  # SQL for the print of hits, of which the accents are learnt
    published: Tables  # what a dump has beside it


ARTICLES = Searched(
    "articles_fts", "{title summary text byline}", {"title": "title", "summary": "summary"},
    "select coalesce(a.title, '') || char(10) || coalesce(a.summary, '') || char(10) || a.text "
    "|| char(10) || coalesce(a.byline, '') "
    "from articles_fts as f join articles as a on a.rowid = f.rowid "
    "where articles_fts match ? limit ?",
    phrase_index.ARTICLES,
)  # fmt: skip
# Documents: called so, or saying so in a title of their own.
FILES = Searched(
    "files_fts", "{title name text}", {"title": "{title name}", "summary": "title"},
    "select coalesce(d.title, '') || char(10) || coalesce(d.name, '') || char(10) || "
    "coalesce(d.text, '') from files_fts as f join files as d on d.number = f.rowid "
    "where files_fts match ? limit ?",
    phrase_index.FILES,
)  # fmt: skip
