"""From a question to articles: newest first out of the index by date, or by how well they fit."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from crawler.dump.date_index import INDEX, ROWS, authors_of, tag
from publish.desk.filters import BY_FIT, Filters, Question
from publish.desk.queries.portals import Place, portals_of
from publish.desk.queries.ranking import by_headline
from publish.desk.query_parser import Asked

PAGE = 20
TALLIED = 500  # of the newest hits, for the counts beside the filters
COUNTED = 1000  # hits that are counted; beyond that it is `more than`
WEIGHED = 2000  # hits that are ranked by all their words
RANKED = 1500  # of the newest hits that are ranked when there are more than are counted
# Of search_text, text, title, summary, byline.
WEIGHTS = "bm25(0.5, 1.0, 8.0, 4.0, 2.0)"


class Hit(NamedTuple):
    article: int
    portal: str
    published: str | None
    section: str | None
    authors: str | None = None  # their numbers, with commas


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are, and what they could be narrowed by."""

    articles: list[int]
    total: int
    more: bool  # than `total`
    tallies: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    tallied: int = 0


def has_index_by_date(conn: sqlite3.Connection) -> bool:
    """Whether this is a published dump; those of earlier programs had another index by date."""
    columns = "select 1 from pragma_table_info(?) where name = 'authors'"
    return conn.execute(columns, (ROWS,)).fetchone() is not None


def search(
    conn: sqlite3.Connection, asked: Asked, question: Question, known: dict[str, Place]
) -> Found:
    """What the question finds; an empty question finds everything."""
    engine = ByDate if has_index_by_date(conn) else Plain
    filters = question.filters
    portals = portals_of(known, tinh=filters.tinh, tinh_cu=filters.tinh_cu, cong=filters.cong)
    if portals == [] or (question.q and not asked.terms):
        return Found([], 0, False)
    source = engine(conn, asked, filters, portals)
    first = (question.page - 1) * PAGE
    by_fit = bool(question.order == BY_FIT and asked.terms)
    wanted = max(TALLIED, first + PAGE)
    most = max(WEIGHED if by_fit else COUNTED, wanted)
    # Counting hits is a tenth of the work of bringing them, but a phrase is dear to find twice.
    hits = source.newest(most + 1 if asked.has_phrase else wanted)
    total = source.count(most + 1) if len(hits) == wanted else len(hits)
    total, more = min(total, most), total > most
    if by_fit:
        articles = source.best(PAGE, first, many=more)
    else:
        articles = [hit.article for hit in hits[first : first + PAGE]]
    tallied = hits[:TALLIED]
    return Found(articles, total, more, _tallies(tallied, known, filters), len(tallied))


def found_articles(
    conn: sqlite3.Connection, asked: Asked, question: Question, known: dict[str, Place], most: int
) -> list[int]:
    """Many hits at once, for a file or a feed, newest first."""
    filters = question.filters
    portals = portals_of(known, tinh=filters.tinh, tinh_cu=filters.tinh_cu, cong=filters.cong)
    if portals == [] or (question.q and not asked.terms):
        return []
    source = (ByDate if has_index_by_date(conn) else Plain)(conn, asked, filters, portals)
    if question.order == BY_FIT and asked.terms:
        return source.best(most, 0, many=source.count(WEIGHED + 1) > WEIGHED)
    return [hit.article for hit in source.newest(most)]


class Plain:
    """Any archive: `articles_fts`, sorted afterwards. The cost grows with the hits."""

    table, number, ident = "articles", "rowid", "id"

    def __init__(
        self, conn: sqlite3.Connection, asked: Asked, filters: Filters, portals: list[str] | None
    ) -> None:
        self.conn, self.asked = conn, asked
        self.conditions, self.values = _conditions(filters, portals, self.ident)

    @property
    def _found(self) -> str:
        return self._in_full

    @property
    def _in_full(self) -> str:
        source = f"{self.table} as a"
        conditions = list(self.conditions)
        if self.asked.terms:
            source = f"articles_fts as f cross join {self.table} as a on a.{self.number} = f.rowid"
            conditions.insert(0, "articles_fts match :match")
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return f"{source}{where}"

    def newest(self, most: int) -> list[Hit]:
        return self._hits(
            "select a.id as article, a.portal, a.published, a.section, "
            f"{authors_of('a.id')} as authors from {self._found} "
            "order by a.published desc, a.id desc limit :most",
            most,
        )

    def _hits(self, sql: str, most: int) -> list[Hit]:
        """All rows as one: with a row at a time, eight readers wait for each other at every one."""
        whole = f"select json_group_array(json_array({', '.join(Hit._fields)})) from ({sql})"
        rows = self.conn.execute(whole, self._with(most=most)).fetchone()[0]
        return [Hit(*row) for row in json.loads(rows)]

    def best(self, most: int, first: int, *, many: bool) -> list[int]:
        """The hits that fit best. Of very many only the newest are ranked, by title and summary."""
        if many:
            newest = [hit.article for hit in self.newest(RANKED)]
            return by_headline(self.conn, newest, self.asked)[first : first + most]
        sql = (
            f"select a.{self.ident} from {self._in_full} and rank match '{WEIGHTS}' "
            "order by rank limit :most offset :first"
        )
        return [row[0] for row in self.conn.execute(sql, self._with(most=most, first=first))]

    def count(self, most: int) -> int:
        sql = f"select count(*) from (select 1 from {self._found} limit :most)"
        return self.conn.execute(sql, self._with(most=most)).fetchone()[0]

    def _with(self, **values: object) -> dict[str, object]:
        return {"match": self.asked.match, **self.values, **values}


class ByDate(Plain):
    """A published dump: filters are words of the index, and it stops at what is asked for."""

    table, number, ident = ROWS, "position", "article"

    def __init__(
        self, conn: sqlite3.Connection, asked: Asked, filters: Filters, portals: list[str] | None
    ) -> None:
        super().__init__(conn, asked, filters, portals)
        self.tags = _tag_match(filters, portals)

        if filters.period and self.asked.has_phrase:
            # The articles of a year follow each other: others need not be looked through.
            first, last = _span(conn, self.values)
            self.conditions.append("f.rowid between :first and :last")
            self.values |= {"first": first, "last": last}

    @property
    def _found(self) -> str:
        if self.asked.has_phrase:
            return self._in_full
        if self.asked.terms or self.tags:
            return (
                f"{INDEX} as f cross join {ROWS} as a on a.position = f.rowid "
                f"where {INDEX} match :words"
            )
        return f"{ROWS} as a"

    def newest(self, most: int) -> list[Hit]:
        order = "f.rowid" if self.asked.terms or self.tags else "a.position"
        return self._hits(
            f"select a.article, a.portal, a.published, a.section, a.authors from {self._found} "
            f"order by {order} limit :most",
            most,
        )

    def _with(self, **values: object) -> dict[str, object]:
        words = " AND ".join(part for part in (self.asked.words_match, self.tags) if part)
        return super()._with(words=words, **values)


def _span(conn: sqlite3.Connection, period: dict[str, object]) -> tuple[int, int]:
    """The first and the last row of the articles published in a period; of none (1, 0)."""
    within = "select {}(published) from articles where published >= :since and published < :until"
    row = conn.execute(
        f"select min(rowid), max(rowid) from articles where published in "
        f"(({within.format('max')}), ({within.format('min')}))",
        period,
    ).fetchone()
    return row if row[0] is not None else (1, 0)


def _conditions(
    filters: Filters, portals: list[str] | None, ident: str
) -> tuple[list[str], dict[str, object]]:
    conditions: list[str] = []
    values: dict[str, object] = {}
    if portals is not None:
        names = {f"portal{at}": portal for at, portal in enumerate(portals)}
        conditions.append(f"a.portal in ({', '.join(f':{name}' for name in names)})")
        values |= names
    if filters.period:
        conditions.append("a.published >= :since and a.published < :until")
        values |= {"since": filters.period, "until": filters.period + "~"}
    if filters.chuyenmuc:
        conditions.append("a.section = :section")
        values["section"] = filters.chuyenmuc
    if filters.tacgia:
        conditions.append(
            f"exists (select 1 from article_authors where article = a.{ident} and author = :author)"
        )
        values["author"] = int(filters.tacgia)
    return conditions, values


def _tag_match(filters: Filters, portals: list[str] | None) -> str:
    wanted = []
    if portals is not None:
        wanted.append("(" + " OR ".join(tag("portal", portal) for portal in portals) + ")")
    if filters.thang:
        wanted.append(tag("month", filters.thang))
    elif filters.nam:
        wanted.append(tag("year", filters.nam))
    if filters.chuyenmuc:
        wanted.append(tag("section", filters.chuyenmuc))
    if filters.tacgia:
        wanted.append(tag("author", int(filters.tacgia)))
    return " AND ".join(wanted)


def _tallies(
    hits: list[Hit], known: dict[str, Place], filters: Filters
) -> dict[str, list[tuple[str, int]]]:
    """How often each province, portal, year, month and section is among the hits."""
    portals = Counter(hit.portal for hit in hits)
    provinces: Counter[str] = Counter()
    former: Counter[str] = Counter()
    for portal, count in portals.items():
        if portal in known:
            provinces[known[portal].present] += count
            former[known[portal].province] += count
    years = Counter(hit.published[:4] for hit in hits if hit.published)
    months = Counter(hit.published[:7] for hit in hits if hit.published and hit.published[6:])
    sections = Counter(hit.section for hit in hits if hit.section)
    authors = Counter(chain.from_iterable(hit.authors.split(",") for hit in hits if hit.authors))
    return {
        "tinh": provinces.most_common(),
        "tinh_cu": former.most_common() if filters.tinh else [],
        "cong": portals.most_common(30) if filters.tinh or filters.tinh_cu else [],
        "nam": sorted(years.items(), reverse=True),
        "thang": sorted(months.items()) if filters.nam else [],
        "chuyenmuc": sections.most_common(15),
        "tacgia": _most(authors, 12),
    }


def _most(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    """The commonest, those of one number in their own order."""
    return sorted(counts.items(), key=lambda entry: (-entry[1], int(entry[0])))[:most]
