"""Articles of other provinces about the same thing: their words share the rarest of a title."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from math import log
from typing import Any

import numpy as np

from crawler.text.spelling import syllables
from publish.desk.queries.columns import Columns
from publish.desk.queries.pair_index import index_of
from publish.desk.queries.portals import Place

MOST = 5
RAREST = 6  # pairs of a title's syllables that are looked for
COMMON = 0.1  # of all articles hold a pair that says nothing
LEAST = 2  # of the pairs have to be shared


def related(
    conn: sqlite3.Connection, article: dict[str, Any], known: dict[str, Place], columns: Columns,
    apart: set[int],
) -> list[dict[str, Any]]:  # fmt: skip
    """The closest first, the newest of equals; `apart` are not among them."""
    index = index_of(conn, columns)
    pairs = list(dict.fromkeys(pairwise(syllables(article["title"] or ""))))[:24]
    counted = index.pair_counts(pairs)
    most = max(LEAST, COMMON * len(columns))
    telling = sorted(
        (pair for pair in pairs if LEAST <= counted.get(pair, 0) <= most),
        key=lambda pair: counted[pair],
    )[:RAREST]
    if len(telling) < LEAST:
        return []
    weight = np.zeros(len(columns))
    shared = np.zeros(len(columns), dtype=np.int8)
    for pair in telling:
        hits = index.phrases([pair])
        weight[hits] += log(len(columns) / counted[pair])
        shared[hits] += 1
    own = known.get(article["portal"])
    here = [
        at
        for at, slug in enumerate(columns.portals)
        if own and (place := known.get(slug)) and place.present == own.present
    ]
    weight[(shared < LEAST) | np.isin(columns.portal, here)] = 0
    found = np.argsort(-weight, kind="stable")[: MOST + len(apart)]
    idents = [int(columns.ids[at]) for at in found if weight[at] > 0]
    idents = [ident for ident in idents if ident not in apart][:MOST]
    return _rows(conn, idents)


def _rows(conn: sqlite3.Connection, idents: list[int]) -> list[dict[str, Any]]:
    cursor = conn.execute(
        "select a.id, title, published, coalesce(provinces.name, department) as province "
        "from articles as a join portals on portals.slug = a.portal "
        "left join provinces on provinces.slug = portals.province "
        f"where a.id in ({', '.join(map(str, idents))})"
    )
    names = [column[0] for column in cursor.description]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
    return [rows[ident] for ident in idents if ident in rows]
