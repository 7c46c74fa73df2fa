"""What the looks at article pages came to: in this run or the last few, and since a fault began.

A share that was wrong stays wrong until the articles it was seen on are right again: some of them
are looked at every night while it lasts.
"""

from __future__ import annotations

from crawler.monitoring.articles import FEWEST, WINDOW_DAYS, WINDOW_LOOKS
from crawler.monitoring.context import LOOKED, Context

MOST, SOME = 0.5, 0.2  # of the looks
LOST = 3  # articles that lost a value they had
TESTED = 10  # articles that are looked at again each night while a fault lasts
COUNTS = ("new", "edited", "unchanged", "missing", "redirected", "unreadable")

# An edit that gave an article back what it was before is none to worry about.
RESTORED = (
    "select 1 from revisions as was where was.article = now.article and was.seen_at < now.seen_at "
    "and (was.text_sha256, was.title, was.byline, was.published) "
    "is (now.text_sha256, now.title, now.byline, now.published)"
)
# The articles a fault was seen on since :began, and whether each is so still.
_UNREAD = (
    "select id as article, min(hit.fetched_at) as hit, max(last_seen < hit.fetched_at) as wrong, "
    "max(last_seen, (select max(fetched_at) from captures as any_ where any_.article = id)) "
    "as looked from captures as hit join articles on id = hit.article "
    "where hit.portal = :portal and hit.fetched_at >= :began and (hit.outcome <> 'ok' or exists "
    "(select 1 from issues where issues.url = hit.url and seen_at = hit.fetched_at)) group by id"
)
_EDITED = (
    "select id as article, min(seen_at) as hit, max(seen_at) >= captured_at as wrong, "
    "last_seen as looked from revisions as now join articles on id = article "
    "where portal = :portal and seen_at >= :began and json_extract(change, '$.class') = 'edit' "
    f"and not exists ({RESTORED}) group by id"
)
_LOST = (
    "select id as article, min(seen_at) as hit, max(case reason when 'lost_published' then "
    "published is null when 'lost_byline' then byline is null else captured_at <= seen_at end) "
    "as wrong, last_seen as looked from issues join articles on id = article "
    "where issues.portal = :portal and seen_at >= :began and reason like 'lost_%' group by id"
)
AFFECTED = {
    "mass_missing": _UNREAD,
    "redirects": _UNREAD,
    "extractor_refusals": _UNREAD,
    "mass_edits": _EDITED,
    "coverage_drop": _LOST,
}


def share(context: Context, code: str) -> str | None:
    """Whether too many of the last looks came to nothing, or are so still."""
    totals, began = window(context)
    looks, again = sum(totals.values()), totals["edited"] + totals["unchanged"]
    edits = totals["edited"] - _restored(context, began)
    count, of, limit = {
        "extractor_refusals": (totals["unreadable"], looks, SOME),
        "redirects": (totals["redirected"], looks, MOST),
        "mass_missing": (totals["missing"], looks, MOST),
        "mass_edits": (edits, again, MOST),
    }[code]
    if count >= FEWEST and count > limit * of:
        reason = _reason(context, began) if code == "extractor_refusals" else ""
        return f"{count} of {of} articles{reason}"
    return lasting(context, code)


def lost(context: Context) -> list[str]:
    """Values that known articles had and have no more."""
    totals, began = window(context)
    again = totals["edited"] + totals["unchanged"]
    counts = context.conn.execute(
        "select substr(reason, 6), count(*) from issues where portal = ? and seen_at >= ? "
        "and reason in ('lost_published', 'lost_byline', 'lost_text') group by reason order by 1",
        (context.portal, max(began, context.since)),
    ).fetchall()
    said = [
        f"{name}: {count} of {again} articles lost it"
        for name, count in counts
        if count >= LOST and count > SOME * again
    ]
    return said or [still for still in [lasting(context, "coverage_drop")] if still]


def lasting(context: Context, code: str) -> str | None:
    """Whether an alarm of the night before is still true of the articles that raised it."""
    if code not in context.standing:
        return None
    affected = _affected(context, code)
    if not affected:
        return None
    began = context.conn.execute(
        "select started_at from run_portals where portal = ? and run = ?",
        (context.portal, context.run),
    ).fetchone()
    tonight = [wrong for _, wrong, looked in affected if began and looked >= began[0]]
    judged = tonight or [wrong for _, wrong, _ in affected]
    if sum(judged) * 2 <= len(judged):
        return None
    wrong = sum(wrong for _, wrong, _ in affected)
    return f"{wrong} of {len(affected)} articles are so since {context.standing[code][:10]}"


def look_again(context: Context, codes: set[str]) -> None:
    """Make some of the articles that a fault was seen on due, so that its end is seen too."""
    told = {**context.standing, **dict.fromkeys(codes - set(context.standing), context.now)}
    for code in codes & set(AFFECTED):
        seen = Context(context.conn, context.portal, context.run, context.now, standing=told)
        articles = [article for article, wrong, _ in _affected(seen, code) if wrong][:TESTED]
        context.conn.executemany(
            "update _frontier set due = ? where portal = ? and name = "
            "(select 'a:' || key from articles where id = ?)",
            [(context.now, context.portal, article) for article in articles],
        )


def _affected(context: Context, code: str) -> list[tuple[int, bool, str]]:
    """The articles a fault was seen on since the run that raised it: each, whether it is so
    still, and when it was last looked at.
    """
    began = context.conn.execute(
        f"select max(started_at) from run_portals where portal = ? and started_at <= ? and {LOOKED}",
        (context.portal, context.standing[code]),
    ).fetchone()[0]
    found = context.conn.execute(
        f"select article, wrong, looked from ({AFFECTED[code]}) order by hit desc, article",
        {"portal": context.portal, "began": began or context.standing[code]},
    )
    return [(article, bool(wrong), looked) for article, wrong, looked in found]


def window(context: Context) -> tuple[dict[str, int], str]:
    """The counts of as many last runs as make enough looks, and when the first of them began."""
    totals = dict.fromkeys(COUNTS, 0)
    began = context.now
    for row in context.conn.execute(
        f"select started_at, {', '.join(COUNTS)} from run_portals where portal = ? and run <= ? "
        f"and {LOOKED} and started_at >= ? and started_at > datetime(?, '-{WINDOW_DAYS} days') "
        "order by started_at desc, rowid desc",
        (context.portal, context.run, context.since, context.now),
    ):
        began = row[0]
        for name, count in zip(COUNTS, row[1:], strict=True):
            totals[name] += count
        if sum(totals.values()) >= WINDOW_LOOKS:
            break
    return totals, began


def _restored(context: Context, began: str) -> int:
    return context.conn.execute(
        "select count(distinct article) from revisions as now join articles on id = article "
        "where portal = ? and seen_at >= ? and json_extract(change, '$.class') = 'edit' "
        f"and exists ({RESTORED})",
        (context.portal, began),
    ).fetchone()[0]


def _reason(context: Context, began: str) -> str:
    row = context.conn.execute(
        "select reason from issues where portal = ? and seen_at >= ? "
        "group by reason order by count(*) desc limit 1",
        (context.portal, began),
    ).fetchone()
    return f": {row[0]}" if row else ""
