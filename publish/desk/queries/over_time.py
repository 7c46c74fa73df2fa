"""How often a phrase is said, by month or year: as a number, as a share, and where nobody looked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from crawler.text.spelling import Syllables
from publish.desk.filters import Filters, Question
from publish.desk.queries.columns import Columns, Mask
from publish.desk.queries.meaning import Meant
from publish.desk.queries.portals import Place, portals_of
from publish.desk.queries.search import Source
from publish.desk.query_parser import Asked

LONGEST_YEARS, LONGEST_MONTHS = 60, 180


@dataclass(frozen=True, slots=True)
class Point:
    """One period: articles that say it, all articles."""

    period: str
    count: int
    of: int

    @property
    def share(self) -> float | None:
        """Of all articles of that time; unknown when the archive holds none."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Series:
    label: str  # the phrase as it is meant, and the province of several
    query: str  # the address of its articles, without the period
    points: list[Point]
    undated: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the archive has of a period: portals with an article of it or earlier; nights unseen."""

    period: str
    portals: int
    unseen: int


def periods(columns: Columns, scope: Mask, *, monthly: bool) -> list[str]:
    """Every month or year from the first article to the last, also those without any."""
    months = columns.month[scope]
    months = months[months > 0]
    if not len(months):
        return []
    first, last = int(months.min()), int(months.max())
    if not monthly:
        return [f"{year:04}" for year in range(first // 100, last // 100 + 1)][-LONGEST_YEARS:]
    span = range(first // 100 * 12 + max(first % 100, 1) - 1, last // 100 * 12 + last % 100)
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in span][-LONGEST_MONTHS:]


def series(
    conn: sqlite3.Connection, asked: Asked, filters: Filters, where: str,
    known: dict[str, Place], columns: Columns, span: list[str],
) -> Series:  # fmt: skip
    """The articles that say the phrase as it is meant; words apart are not counted."""
    question = Question(asked.typed, filters)
    source = Source(conn, asked, question, known, columns)
    hits = next((hits for kind, hits in source.sections() if kind == "phrase"), None)
    if hits is None:
        hits = np.zeros(len(columns), dtype=bool)
    said = [
        " / ".join(" ".join(_said(meant)) for meant in group if meant.phrases)
        for group in source.meaning.groups
    ]
    counted, of = (
        _by_period(columns, mask, span) for mask in (hits, scope(columns, filters, known))
    )
    points = [Point(period, counted[at], of[at]) for at, period in enumerate(span)]
    undated = int(np.count_nonzero(hits & (columns.month == 0)))
    meant = " + ".join(filter(None, said)) or asked.typed
    return Series(meant + where, question.query(), points, undated)


def _said(meant: Meant) -> Syllables:
    """The words that are counted: with whatever accents, as they are typed."""
    return meant.run.words if meant.free else meant.phrases[0]


def scope(columns: Columns, filters: Filters, known: dict[str, Place]) -> Mask:
    portals = portals_of(known, tinh=filters.tinh, tinh_cu=filters.tinh_cu, cong=filters.cong)
    left = columns.narrowed(filters, portals)
    return np.ones(len(columns), dtype=bool) if left is None else left


def _by_period(columns: Columns, hits: Mask, span: list[str]) -> list[int]:
    months = columns.month[hits]
    if span and len(span[0]) == 4:
        months = months // 100
    counted = np.bincount(months) if len(months) else np.zeros(1, dtype=int)
    keys = [int(period.replace("-", "")) for period in span]
    return [int(counted[key]) if key < len(counted) else 0 for key in keys]


def coverage(
    conn: sqlite3.Connection, columns: Columns, left: Mask, span: list[str]
) -> list[Coverage]:
    """Portals that had begun by each period, and nights on which the archive looked at none."""
    begun: dict[int, int] = {}
    dated = left & (columns.month > 0)
    for portal in np.unique(columns.portal[dated]):
        first = int(columns.month[dated & (columns.portal == portal)].min())
        begun[first] = begun.get(first, 0) + 1
    unseen = dict(
        conn.execute(
            "with recursive seen(day) as (select distinct substr(started_at, 1, 10) from run_portals "
            "where lists > 0 or outcome = 'ok'), calendar(day) as (select min(day) from seen "
            "union all select date(day, '+1 day') from calendar "
            "where day < (select max(day) from seen)) "
            "select substr(day, 1, 7), count(*) from calendar where day is not null and day not in (select day from seen) "
            "group by 1"
        ).fetchall()
    )
    found, portals = [], 0
    starts = sorted(begun.items())
    for period in span:
        end = int(period.replace("-", "")) if len(period) > 4 else int(period) * 100 + 99
        while starts and starts[0][0] <= end:
            portals += starts.pop(0)[1]
        nights = sum(count for month, count in unseen.items() if month.startswith(period))
        found.append(Coverage(period, portals, nights))
    return found
