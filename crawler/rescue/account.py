"""What a rescue came to: the years of each portal, side by side by source, and what is lost."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from crawler.archive.articles.keys import first_key
from crawler.archive.articles.removed import is_removed
from crawler.archive.ids import stable_id
from crawler.extract.dates import parse_date
from crawler.portals.model import Portal

ALL = "*"  # the row of a year over all sources: what two of them have counts once
# Looks at articles, and at what may be one.
OF_ARTICLES = "portal = :portal and kind in ('article', 'unknown')"
ANSWERED = "(status in ('200', '-') and state <> 'refused' or state in ('saved', 'known'))"
UNREAD = "(state = 'refused' or state in ('saved', 'known') and reason not in ('article', 'copy', 'list'))"
YEARS = f"""
select cast(substr(timestamp, 1, 4) as integer) as year, {{source}} as source,
  count(distinct page) as known,
  count(distinct iif({ANSWERED}, url || ' ' || timestamp, null)) as captured,
  count(distinct iif(reason = 'article', url || ' ' || timestamp, null)) as read,
  count(distinct iif({UNREAD}, url || ' ' || timestamp, null)) as refused,
  count(distinct iif(state in ('listed', 'wanted', 'missed', 'fetched'),
    url || ' ' || timestamp, null)) as waiting
from _rescue where {OF_ARTICLES} group by 1, 2
"""
REASONS = f"""
select cast(substr(timestamp, 1, 4) as integer) as year, {{source}} as source, reason,
  count(distinct url || ' ' || timestamp) from _rescue
where {OF_ARTICLES} and {UNREAD} and reason is not null group by 1, 2, 3
"""
# An article that lists name and no archive has: not one that is still to come, nor one that was
# removed on request, nor one that the crawl is about to ask for.
LOST = """
select key, url, title, printed, listed_at, last_listed, listed_on, via, source, source_url
from _rescue_entries as entry where portal = :portal and title <> ''
  and not exists (select 1 from articles where articles.portal = entry.portal
    and articles.key in (entry.key, (select first_key from _moved
      where _moved.portal = entry.portal and _moved.key = entry.key)))
  and not exists (select 1 from addresses where addresses.url = entry.url)
  and not exists (select 1 from _removed where _removed.portal = entry.portal
    and name in (entry.url, 'a:' || entry.key))
  and not exists (select 1 from _rescue where _rescue.portal = entry.portal
    and page in (entry.key, entry.url) and state in ('listed', 'wanted', 'fetched', 'missed'))
  and not exists (select 1 from _frontier where _frontier.portal = entry.portal
    and name = 'a:' || entry.key and state in ('pending', 'removed'))
order by key
"""


@dataclass(frozen=True, slots=True)
class Sums:
    """A portal's years together."""

    known: int = 0
    captured: int = 0
    read: int = 0
    refused: int = 0
    waiting: int = 0
    lost: int = 0


def settle(conn: sqlite3.Connection, portal: Portal) -> Sums:
    """Bring the portal's rows in `rescued` and `lost_articles` up to date."""
    _count_years(conn, portal.slug)
    # An address that was captured as a redirect to an article is one of the article's.
    conn.execute(
        "insert or ignore into addresses(url, article, first_seen) "
        "select address, articles.id, min(substr(timestamp, 1, 4) || '-' || substr(timestamp, 5, 2) "
        "|| '-' || substr(timestamp, 7, 2) || 'T' || substr(timestamp, 9, 2) || ':' || "
        "substr(timestamp, 11, 2) || ':' || substr(timestamp, 13, 2) || 'Z') from _rescue "
        "join articles on articles.portal = _rescue.portal and articles.key = leads_to "
        "where _rescue.portal = ? and leads_to <> '' group by address",
        (portal.slug,),
    )
    _name_lost(conn, portal)
    slug = {"portal": portal.slug}
    known = conn.execute(
        f"select count(distinct page) from _rescue where {OF_ARTICLES}", slug
    ).fetchone()[0]
    captured, read, refused, waiting = conn.execute(
        "select coalesce(sum(captured), 0), coalesce(sum(read), 0), coalesce(sum(refused), 0), "
        f"coalesce(sum(waiting), 0) from rescued where portal = :portal and source = '{ALL}'",
        slug,
    ).fetchone()
    lost = conn.execute(
        "select count(*) from lost_articles where portal = :portal", slug
    ).fetchone()[0]
    return Sums(known, captured, read, refused, waiting, lost)


def _count_years(conn: sqlite3.Connection, portal: str) -> None:
    slug = {"portal": portal}
    rows: list[tuple[int, str, int, int, int, int, int]] = []
    reasons: dict[tuple[int, str], dict[str, int]] = {}
    for source in ("source", f"'{ALL}'"):
        rows += conn.execute(YEARS.format(source=source), slug).fetchall()
        for year, name, reason, count in conn.execute(REASONS.format(source=source), slug):
            reasons.setdefault((year, name), {})[reason] = count
    # A source that is not in the queue any more, as after restoring, keeps what was counted of it.
    conn.executemany(
        "insert or replace into rescued(portal, year, source, known, captured, read, refused, waiting, "
        "reasons) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (portal, *row, json.dumps(reasons.get((row[0], row[1]), {}), sort_keys=True))
            for row in rows
        ],
    )


def _name_lost(conn: sqlite3.Connection, portal: Portal) -> None:
    conn.execute(
        "delete from lost_articles where portal = ? and url in (select url from addresses)",
        (portal.slug,),
    )
    found = conn.execute(LOST, {"portal": portal.slug}).fetchall()
    for key, url, title, printed, listed_at, *rest in found:
        if is_removed(conn, stable_id(portal.slug, first_key(conn, portal.slug, key))):
            continue  # in an archive that was made of a dump, nobody knows more of it
        date = (
            parse_date(printed, captured_at=listed_at, order=portal.date_order) if printed else None
        )
        conn.execute(
            "insert or replace into lost_articles(portal, key, url, title, published, "
            "published_raw, listed_at, last_listed, listed_on, via, source, source_url) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (portal.slug, key, url, title, date.value if date else None, printed, listed_at, *rest),
        )


def raise_alarms(conn: sqlite3.Connection, run: str, portal: str) -> list[tuple[str, str]]:
    """An alarm for the hosts of the portal that were sold: host and since when, each."""
    sold = conn.execute(
        "select host, since, detail from _rescue_sold where portal = ? order by since", (portal,)
    ).fetchall()
    if sold:
        detail = "; ".join(f"{host}: {since[:10]} {said}".strip() for host, since, said in sold)
        conn.execute(
            "insert or replace into alarms(portal, run, code, detail, since) "
            "values (?, ?, 'parked', ?, ?)",
            (portal, run, detail[:500], sold[0][1]),
        )
    return [(host, since) for host, since, _ in sold]
