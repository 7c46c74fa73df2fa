"""How often a phrase is said, by month or year: as a number, as a share, and where nobody looked."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from crawler.text.spelling import Syllables
from publish.desk.filters import Filters, Question
from publish.desk.queries.columns import Columns, Mask
from publish.desk.queries.meaning import Meant
from publish.desk.queries.portals import Place, portals_of
from publish.desk.queries.search import Source
from publish.desk.query_parser import Asked

LONGEST_YEARS, LONGEST_MONTHS = 60, 180
COUNTED = ("phrase", "other")


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
    undrawn: int  # dated by their year alone where months are drawn, or before the first of them
    writing: str = ""  # `other`: nobody prints the phrase, its other writing is counted


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
    months = months[months % 100 > 0]  # of some only the year is known
    if not len(months):
        return []
    first, last = int(months.min()), int(months.max())
    span = range(first // 100 * 12 + first % 100 - 1, last // 100 * 12 + last % 100)
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in span][-LONGEST_MONTHS:]


class Counted:
    """The articles that one line counts: those that say the phrase as it is meant, never its words apart."""

    def __init__(
        self, conn: sqlite3.Connection, asked: Asked, filters: Filters, where: str,
        known: dict[str, Place], columns: Columns,
    ) -> None:  # fmt: skip
        self.asked, self.columns, self.where = asked, columns, where
        self.question = Question(asked.typed, filters)
        self.source = Source(conn, asked, self.question, known, columns)
        self.scope = scope(columns, filters, known)
        self.kinds = dict(islice(self.source.sections(), 1))

    def series(self, kind: str, span: list[str]) -> Series:
        hits = self.kinds.get(kind, self.columns.none())
        counted, of = (_by_period(self.columns, mask, span) for mask in (hits, self.scope))
        points = [Point(period, counted[at], of[at]) for at, period in enumerate(span)]
        undated = int(np.count_nonzero(hits & (self.columns.month == 0)))
        undrawn = int(np.count_nonzero(hits)) - sum(counted) - undated
        query = self.question.query()
        return Series(self._label() + self.where, query, points, undated, undrawn, kind)

    def _label(self) -> str:
        """The phrase as it was typed, unless it was read with other accents."""
        groups = self.source.meaning.groups
        if not any(meant.changed for group in groups for meant in group):
            return " ".join(self.asked.typed.split())
        said = [" / ".join(" ".join(_said(meant)) for meant in group) for group in groups]
        return " ".join([" + ".join(said), *(f"-{run}" for run in self.asked.excluded)])


def drawn(lines: Sequence[Counted], span: list[str]) -> list[Series]:
    """Lines of one question count the same: the phrase, or its other writing where none has that."""
    found = []
    for line in lines:
        kinds = {kind for other in lines if other.asked == line.asked for kind in other.kinds}
        kind = next((kind for kind in COUNTED if kind in kinds), COUNTED[0])
        found.append(line.series(kind, span))
    return found


def _said(meant: Meant) -> Syllables:
    """The words that are counted: with whatever accents, as they are typed."""
    return meant.run.words if meant.free or not meant.phrases else meant.phrases[0]


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
