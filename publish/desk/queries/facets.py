"""How many of the hits each province, portal, year, month, section and author has: all are counted."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from publish.desk.filters import Filters
from publish.desk.queries.columns import Columns, Mask
from publish.desk.queries.portals import Place

MOST_SECTIONS, MOST_AUTHORS, MOST_PORTALS = 15, 12, 30
Counts = list[tuple[str, int]]


def facets(
    columns: Columns, hits: Mask, known: dict[str, Place], filters: Filters
) -> dict[str, Counts]:
    at = np.flatnonzero(hits)
    portals = Counter(
        dict(zip(columns.portals, np.bincount(columns.portal[at], minlength=len(columns.portals))
                 .tolist(), strict=True))
    )  # fmt: skip
    provinces: Counter[str] = Counter()
    former: Counter[str] = Counter()
    for portal, count in (+portals).items():
        if portal in known:
            provinces[known[portal].present] += count
            former[known[portal].province] += count
    distinct, codes = columns.months
    by_month = np.bincount(codes[at], minlength=len(distinct)).tolist()
    months = {month: count for month, count in zip(distinct, by_month, strict=True) if count}
    years: Counter[int] = Counter()
    for month, count in months.items():
        years[month // 100] += count
    return {
        "tinh": provinces.most_common(),
        "tinh_cu": former.most_common() if filters.tinh else [],
        "cong": (+portals).most_common(MOST_PORTALS) if filters.tinh or filters.tinh_cu else [],
        "nam": [(f"{year:04}", years[year]) for year in sorted(years, reverse=True) if year],
        "thang": [(f"{m // 100:04}-{m % 100:02}", months[m]) for m in sorted(months) if m % 100]
        if filters.nam
        else [],
        "chuyenmuc": _sections(columns, at),
        "tacgia": _authors(columns, hits),
    }


def _counted(values: np.ndarray) -> dict[int, int]:
    counted = np.bincount(values) if len(values) else np.zeros(0, dtype=int)
    return {int(value): int(counted[value]) for value in np.flatnonzero(counted)}


def _sections(columns: Columns, at: NDArray[np.intp]) -> Counts:
    codes = columns.section[at]
    counted = _counted(codes[codes >= 0])
    named = ((columns.sections[code], count) for code, count in counted.items())
    return sorted(named, key=lambda entry: (-entry[1], entry[0]))[:MOST_SECTIONS]


def _authors(columns: Columns, hits: Mask) -> Counts:
    """The commonest, those of one number in their own order."""
    numbers, codes = columns.authors
    counted = np.bincount(codes[hits[columns.authored]], minlength=len(numbers))
    top = np.argsort(-counted, kind="stable")[:MOST_AUTHORS]
    return [(str(numbers[at]), int(counted[at])) for at in top if counted[at]]
