"""How the files of articles stand: what waits, what was refused and why, and when all of them fail."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.monitoring.alarms import Alarm

FAILING = "files_failing"
FEWEST = 5  # files of a night that say something about all of a portal's
RECENT_DAYS = 30
SHOWN = 6  # reasons in a line


@dataclass(frozen=True, slots=True)
class FileState:
    """The files of a portal, or of all."""

    kept: int
    wanted: int  # addresses that are to be asked for
    unread: int  # kept, and nobody has read them
    scans: int  # that wait for recognition
    unreadable: Mapping[str, int] = field(
        default_factory=dict
    )  # what keeps files from being read whole
    refused: Mapping[str, int] = field(default_factory=dict)  # why addresses gave no file of late


def file_state(conn: sqlite3.Connection, now: str, portal: str | None = None) -> FileState:
    """`now`: RFC 3339. Scans are not among the unreadable."""
    own = (
        "where exists (select 1 from article_files join articles on articles.id = article "
        "where file = sha256 and portal = :portal)"
        if portal
        else ""
    )
    said = {"portal": portal, "now": now}
    counts: dict[str, int] = {}
    kept = unread = scans = 0
    for problem, text_from, count in conn.execute(
        f"select problem, text_from, count(*) from files {own} group by 1, 2", said
    ):
        kept += count
        if text_from is None:
            unread += count
        elif problem == "no_text_layer":
            scans += count
        elif problem:
            counts[problem] = counts.get(problem, 0) + count
    wanted = conn.execute(
        "select count(*) from _frontier where state = 'wanted' and kind = 'file' "
        "and (:portal is null or portal = :portal)",
        said,
    ).fetchone()[0]
    refused = conn.execute(
        "select reason, count(distinct issues.url) from issues where (:portal is null or portal = :portal) "
        f"and seen_at > strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-{RECENT_DAYS} days') and exists "
        "(select 1 from _frontier as f where f.portal = issues.portal and f.name = 'f:' || issues.url "
        "and f.kind = 'file') group by 1",
        said,
    )
    return FileState(
        kept, wanted, unread, scans, _sorted(counts), _sorted(dict(refused.fetchall()))
    )


def told(counts: Mapping[str, int]) -> str:
    """`http_404 12, robots 3`, the most first; `-` when there are none."""
    shown = [f"{name} {count}" for name, count in list(counts.items())[:SHOWN]]
    return ", ".join([*shown, *(["…"] if len(counts) > SHOWN else [])]) or "-"


def all_fail(
    conn: sqlite3.Connection, portal: str, *, kept: int, reasons: Counter[str]
) -> Alarm | None:
    """The alarm for a night in which not one file of a portal could be had that has given some before."""
    failed = reasons.total()
    if kept or failed < FEWEST:
        return None
    before = conn.execute(
        "select 1 from article_files join articles on articles.id = article where portal = ? limit 1",
        (portal,),
    ).fetchone()
    if before is None:
        return None
    return Alarm(FAILING, f"{failed} of {failed} files: {told(_sorted(reasons))}")


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    """The most first."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
