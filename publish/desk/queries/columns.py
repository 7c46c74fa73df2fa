"""What articles are narrowed and counted by, in memory: counts over all hits cost next to nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.dump.date_index import NEWEST_FIRST, ROWS, authors_of
from crawler.dump.phrase_index import ARTICLES, Tables
from crawler.parsing import number
from publish.desk.filters import Filters

Mask = NDArray[np.bool_]
NO_MONTH = 0


@dataclass(frozen=True)
class Columns:
    """One entry an article, the newest first; texts as numbers of a list of them."""

    rows: NDArray[np.int64]  # row of the article in articles and in the indexes
    ids: NDArray[np.int64]
    portal: NDArray[np.int32]
    portals: list[str]
    month: NDArray[np.int32]  # 202403; 202400 where only the year is known; 0 without a date
    section: NDArray[np.int32]
    sections: list[str]
    author: NDArray[np.int64]
    authored: NDArray[np.int32]  # the entry that `author` of the same place is named on

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _by_row(self) -> NDArray[np.int64]:
        return np.argsort(self.rows)

    @cached_property
    def _sorted_rows(self) -> NDArray[np.int64]:
        return self.rows[self._by_row]

    @cached_property
    def _in_order(self) -> bool:
        """Whether the rows are 1, 2, 3 …, as a dump's are."""
        return bool(np.array_equal(self.rows, np.arange(1, len(self) + 1)))

    @cached_property
    def months(self) -> tuple[list[int], NDArray[np.int64]]:
        """Every month there is, and which of them each article's is."""
        found, codes = np.unique(self.month, return_inverse=True)
        return found.tolist(), codes

    @cached_property
    def authors(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The authors' numbers, and which of them each entry of `author` is."""
        found, codes = np.unique(self.author, return_inverse=True)
        return found, codes

    def mask(self, rows: NDArray[np.int64]) -> Mask:
        """The articles of these rows; a row that is no article any more is left out."""
        found = self.none()
        if self._in_order:
            found[rows[(rows > 0) & (rows <= len(self))] - 1] = True
        elif len(rows) and len(self):
            at = np.minimum(np.searchsorted(self._sorted_rows, rows), len(self) - 1)
            found[self._by_row[at[self._sorted_rows[at] == rows]]] = True
        return found

    def mask_of_bits(self, bits: Mask) -> Mask:
        """The same, told of each row from 1 on."""
        if self._in_order:
            return bits[: len(self)]
        return self.mask(np.flatnonzero(bits) + 1)

    def none(self) -> Mask:
        return np.zeros(len(self), dtype=bool)

    def all(self) -> Mask:
        return np.ones(len(self), dtype=bool)

    def narrowed(self, filters: Filters, portals: list[str] | None) -> Mask | None:
        """The articles that the filters leave; None when none of them is set."""
        if not filters:
            return None
        left = self.all()
        if portals is not None:
            codes = [at for at, name in enumerate(self.portals) if name in set(portals)]
            left &= np.isin(self.portal, codes)
        if filters.thang:
            left &= self.month == int(filters.thang.replace("-", ""))
        elif filters.nam:
            left &= self.month // 100 == int(filters.nam)
        if filters.chuyenmuc:
            known = filters.chuyenmuc in self.sections
            left &= self.section == (self.sections.index(filters.chuyenmuc) if known else -1)
        if filters.tacgia:
            named = np.zeros(len(self), dtype=bool)
            named[self.authored[self.author == int(filters.tacgia)]] = True
            left &= named
        return left


def load(conn: sqlite3.Connection) -> Columns:
    """Read them, from the index by date where there is one."""
    if has_phrase_index(conn):
        sql = (
            f"select position, article, portal, published, section, authors from {ROWS} order by 1"
        )
    else:
        sql = (
            f"select rowid, id, portal, published, section, {authors_of('articles.id')} "
            f"from articles order by {NEWEST_FIRST}"
        )
    return _loaded(conn, sql)


def load_files(conn: sqlite3.Connection) -> Columns:
    """The documents, each by the newest article that carries it; `ids` are their numbers."""
    if not has_files(conn):
        return _loaded(conn, "select 1, 1, '', '', '', '' where false")
    newest = (
        "select rowid from articles as a where a.id in (select article from article_files "
        f"where file = files.sha256) order by {NEWEST_FIRST} limit 1"
    )
    return _loaded(
        conn,
        "select files.number, files.number, articles.portal, articles.published, articles.section, "
        f"{authors_of('articles.id')} from files join articles on articles.rowid = ({newest}) "
        "where files.text <> '' or files.type not like 'image/%' "
        "order by articles.published desc, files.number",
    )


def _loaded(conn: sqlite3.Connection, sql: str) -> Columns:
    portals: dict[str, int] = {}
    sections: dict[str, int] = {}
    columns: list[list[Any]] = [[], [], [], [], []]
    author: list[int] = []
    authored: list[int] = []
    for at, (row, ident, portal, published, section, named) in enumerate(conn.execute(sql)):
        columns[0].append(row)
        columns[1].append(ident)
        columns[2].append(portals.setdefault(portal, len(portals)))
        columns[3].append(month_of(published))
        columns[4].append(sections.setdefault(section, len(sections)) if section else -1)
        if named:
            numbers = {int(number) for number in named.split(",")}
            author += numbers
            authored += [at] * len(numbers)
    rows, ids = (np.array(column, dtype=np.int64) for column in columns[:2])
    portal, month, section = (np.array(column, dtype=np.int32) for column in columns[2:])
    return Columns(
        rows, ids, portal, list(portals), month, section, list(sections),
        np.array(author, dtype=np.int64), np.array(authored, dtype=np.int32),
    )  # fmt: skip


def month_of(published: str | None) -> int:
    """202403 of `2024-03-05T…`, 202400 of `2024`."""
    year, month = (number(part) for part in ((published or "")[:4], (published or "")[5:7]))
    if not year:
        return NO_MONTH
    return year * 100 + (month if month and month <= 12 else 0)


def has_phrase_index(conn: sqlite3.Connection, tables: Tables = ARTICLES) -> bool:
    """Whether this is a published dump; those of earlier programs had other indexes."""
    return _has(conn, tables.frequent)


def has_files(conn: sqlite3.Connection) -> bool:
    """Whether documents are kept here; dumps of earlier programs have none."""
    return _has(conn, "files_fts")


def _has(conn: sqlite3.Connection, table: str) -> bool:
    known = "select 1 from sqlite_master where name = ?"
    return conn.execute(known, (table,)).fetchone() is not None
