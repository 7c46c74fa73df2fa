"""How much there is to ask for, from what the indexes list alone: requests, bytes, hours."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.rescue.sources import Source

ANSWERED = 1.0  # seconds that an archive takes to answer, roughly
UNSAID = 15_000  # bytes of a page's record where an index says nothing of its length


@dataclass(frozen=True, slots=True)
class Planned:
    """What is still to be asked of one source."""

    source: str
    requests: int
    length: int  # bytes
    hours: float


def planned(conn: sqlite3.Connection, portal: str, sources: Sequence[Source]) -> list[Planned]:
    """For each source what it alone has to give, or gives first of several.

    Bytes that several looks or sources have are asked for once. Of pages that nobody knows yet one look
    is counted; what these turn out to be may ask for more.
    """
    asked: set[str] = set()
    found = []
    for source in sources:
        requests = length = 0
        for digest, size in conn.execute(
            "select digest, length from _rescue as this where portal = ? and source = ? "
            "and state = 'wanted' and not exists (select 1 from _rescue as other where "
            "other.portal = this.portal and other.digest = this.digest and this.digest <> '' "
            "and other.path is not null and other.state in ('fetched', 'saved'))",
            (portal, source.name),
        ):
            if digest and digest in asked:
                continue
            asked.add(digest)
            requests += 1
            length += size or UNSAID
        pause = source.seconds_a_request()
        hours = requests * (pause + ANSWERED) / 3600 if pause else 0.0
        found.append(Planned(source.name, requests, length, hours))
    return found
