"""What a portal's new articles have, against what its articles always had.

Shares are judged by how unlikely they are, so that five articles without a byline say something
about a portal that always signs, and nothing about one that seldom does.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb
from statistics import median
from typing import Any

from crawler.monitoring.context import LOOKED, Context
from crawler.monitoring.losses import SHORT

FEWEST = 5  # articles from which a share says something
WINDOW_DAYS, WINDOW_LOOKS = 14, 10  # what counts as now
WINDOWS = (5, 8, 12, 20)  # newest articles that are compared with those before them
BASELINE = 200  # articles before them
UNLIKELY = 0.00001  # so many portals and nights, and no false alarm in a year
LESS = 0.7  # of what it used to be
MENDED = 3  # newest articles in a row that have what others lacked
MOST = 0.5
DATED, DATED_FROM = 0.2, 20  # the share that has a date; articles from which it says something
FUTURE = 3  # articles
FIELDS = ("published", "byline", "text")


def lacking(context: Context) -> Iterator[str]:
    """Articles that came since the portal was first known whole, against those before them."""
    conn, portal, now, since = context.conn, context.portal, context.now, context.since
    whole = conn.execute(
        "select min(finished_at) from run_portals where portal = ? "
        f"and outcome in ('ok', 'partial') and {LOOKED}",
        (portal,),
    ).fetchone()[0]
    if whole is None:
        return
    columns = "published is not null, byline is not null, length(text), first_seen"
    new = conn.execute(
        f"select {columns} from articles where portal = ? and first_seen > ? "
        f"and first_seen > datetime(?, '-{2 * WINDOW_DAYS} days') and via = 'crawl' "
        "order by first_seen desc limit ?",
        (portal, max(whole, since), now, WINDOWS[-1]),
    ).fetchall()
    said = set()
    for size in WINDOWS:
        if len(new) < size:
            return
        old = conn.execute(
            f"select {columns} from articles where portal = :portal and first_seen >= :since "
            "and first_seen < (select max(started_at) from run_portals "
            "where portal = :portal and started_at <= :oldest) "
            "order by first_seen desc, published desc limit :count",
            {"portal": portal, "since": since, "oldest": new[size - 1][3], "count": BASELINE},
        ).fetchall()
        for name, was, is_now in _drops(new[:size], old):
            if name not in said:
                said.add(name)
                yield f"{name}: {was:.0%} → {is_now:.0%} of {size} new"


def _drops(
    new: list[tuple[Any, ...]], old: list[tuple[Any, ...]]
) -> Iterator[tuple[str, float, float]]:
    """The fields that new articles lack and older ones had: name, share before, share now."""
    if len(old) < FEWEST:
        return
    usual = median(row[2] for row in old)
    for at, name in enumerate(FIELDS):
        has_now, had = (
            [row[at] if at < 2 else row[2] >= SHORT * usual for row in rows] for rows in (new, old)
        )
        if all(has_now[:MENDED]):
            continue  # whatever it was is over
        is_now, was = sum(has_now) / len(new), sum(had) / len(old)
        if is_now < LESS * was and unlikely(
            sum(has_now), len(new), (sum(had) + 1) / (len(had) + 2)
        ):
            yield name, was, is_now


def unlikely(found: int, of: int, share: float) -> bool:
    """Whether so few, or fewer, of so many are nearly impossible at that share."""
    below = sum(
        comb(of, count) * share**count * (1 - share) ** (of - count) for count in range(found + 1)
    )
    return below < UNLIKELY


def one_title(context: Context) -> str | None:
    """Articles read last that bear the same title."""
    title, count, of = context.conn.execute(
        "select title, count(*), sum(count(*)) over () from articles where id in "
        "(select article from captures where portal = ? and outcome = 'ok' and article is not null "
        "order by fetched_at desc limit ?) group by title order by 2 desc limit 1",
        (context.portal, WINDOW_LOOKS),
    ).fetchone() or ("", 0, 0)
    return f"{count} of {of}: {title}" if count >= FEWEST and count >= MOST * of else None


def to_come(context: Context) -> str | None:
    """Newest articles whose printed date has not come yet; over when newer ones have proper dates."""
    count = context.conn.execute(
        "select count(*) from (select id, published from articles where portal = ? "
        "and first_seen > ? and via = 'crawl' order by first_seen desc limit ?) as new "
        "where published is null and exists (select 1 from issues where article = new.id "
        "and reason = 'date_future')",
        (context.portal, context.since, WINDOW_LOOKS),
    ).fetchone()[0]
    return f"{count} new articles" if count >= FUTURE else None


def undated(context: Context) -> str | None:
    """A portal hardly any of whose articles has a date, though it should print them."""
    count, dated = context.conn.execute(
        "select count(*), sum(published is not null) from articles where portal = ?",
        (context.portal,),
    ).fetchone()
    hardly = count >= DATED_FROM and dated < DATED * count and not context.undated
    return f"{dated} of {count} articles" if hardly else None


def cut_away(context: Context) -> str | None:
    """Articles whose last look says that our own rules took their text, or would have."""
    counts = dict(
        context.conn.execute(
            "select reason, count(*) from issues join articles on articles.id = article "
            "where issues.portal = ? and reason in ('text_lost', 'prune_refused') "
            "and seen_at >= last_seen and seen_at > ? group by reason",
            (context.portal, context.since),
        ).fetchall()
    )
    told = f"{counts.get('text_lost', 0)} articles without text, {counts.get('prune_refused', 0)} rules refused"
    return told if counts else None


def unmatched(context: Context) -> str | None:
    """Pages seen of late that have title, date and prose, at addresses no pattern knows."""
    count = context.conn.execute(
        "select count(distinct url) from issues where portal = ? and reason = 'pattern_unmatched' "
        f"and seen_at > max(?, strftime('%Y-%m-%dT%H:%M:%SZ', ?, '-{WINDOW_DAYS} days')) "
        "and url not in (select url from addresses)",
        (context.portal, context.since, context.now),
    ).fetchone()[0]
    return f"{count} pages with title, date and text match no pattern" if count >= FEWEST else None
