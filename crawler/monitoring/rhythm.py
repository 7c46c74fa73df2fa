"""How often a portal publishes and is read to its end, and when that is no longer so."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from statistics import median

from crawler.clock import days_between
from crawler.monitoring.context import LOOKED, Context

SILENT_DAYS, SILENT_TIMES, SILENT_GAP = 14, 3, 1.5  # at least; × its usual gap; × its longest
SILENT_UNKNOWN = 60  # days, for a portal whose rhythm is not known
FEWEST = 5  # days with news from which a rhythm shows
RHYTHM = 1_000  # of its newest articles tell how often a portal publishes
STARVED = 7  # nights cut off in a row


def silent(context: Context) -> str | None:
    """Nothing new for much longer than is usual, though the portal was looked at.

    The silence is counted from the first visit at the earliest: what was before, nobody heard.
    """
    conn, portal, now = context.conn, context.portal, context.now
    first, valid_to = conn.execute(
        "select min(started_at), (select valid_to from portals where slug = ?1) "
        f"from run_portals where portal = ?1 and {LOOKED}",
        (portal,),
    ).fetchone()
    if first is None or (valid_to and valid_to < now[:10]):
        return None
    days = [
        datetime.fromisoformat(f"{day}T00:00:00+07:00")
        for (day,) in conn.execute(
            "select distinct day from (select substr(published, 1, 10) as day from articles "
            "where portal = ? and published <= ? order by published desc limit ?) "
            "where length(day) = 10 order by 1 desc limit 40",
            (portal, now, RHYTHM),
        )
    ]
    gaps = [(newer - older).days for newer, older in pairwise(days)]
    allowed = float(SILENT_UNKNOWN)
    if len(days) >= FEWEST:
        allowed = max(SILENT_DAYS, SILENT_TIMES * median(gaps), SILENT_GAP * max(gaps))
    newly = conn.execute(
        "select max(first_seen) from articles where portal = ?1 and first_seen > "
        "(select min(finished_at) from run_portals where portal = ?1 and outcome = 'ok')",
        (portal,),
    ).fetchone()[0]
    moments = [first, newly, context.since, days[0].isoformat() if days else None]
    newest = max((moment for moment in moments if moment), key=datetime.fromisoformat)
    quiet = days_between(newest, now)
    if quiet <= allowed:
        return None
    usual = f"usually one in {median(gaps):.0f}" if len(days) >= FEWEST else "no rhythm known"
    return f"{quiet:.0f} days without news; {usual}"


def starved(context: Context) -> str | None:
    """Cut off night after night, and no nearer to its end."""
    nights = context.conn.execute(
        "select outcome, pending from run_portals where portal = ? and outcome is not null "
        f"and {LOOKED} order by started_at desc, rowid desc limit ?",
        (context.portal, STARVED),
    ).fetchall()
    cut = [pending for outcome, pending in nights if outcome == "capped"]
    if len(cut) < STARVED or cut[0] < cut[-1]:
        return None
    return f"{STARVED} nights cut off; {cut[0]} pages left, {cut[-1]} before"
