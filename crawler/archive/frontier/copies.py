"""The other addresses of an article: asked for when the one that is known does not answer.

Portals link one article in several sections. Its row in the frontier has the address that is asked;
the others are remembered beside it, a few for each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from crawler.archive.frontier.explored import is_archived
from crawler.archive.frontier.queue import Visit
from crawler.http.outcomes import GONE
from crawler.items import Link, Page
from crawler.parsing import split_url
from crawler.portals.languages import is_translation

MOST = 4  # other addresses of an article
IN_VAIN = 250  # addresses a night may ask in vain, and two more for each that answered
READ = frozenset({"ok", "redirect", "not_modified", "internal_error"})
# What every address of a host would come to.
OF_THE_HOST = frozenset({"dns", "refused", "timeout", "connection", "private_address"})

_OTHERS = "from _copies where portal = :portal and name = :name and url <> :asked"


def remember(conn: sqlite3.Connection, portal: str, link: Link) -> None:
    """Keep the addresses of a link that are not the one its article is asked by.

    An article that did not answer at its own is asked for at once when one of them is new.
    """
    row = conn.execute(
        "select url, state = 'done' and misses > 0 from _frontier "
        "where portal = ? and name = ? and state <> 'removed'",
        (portal, link.name),
    ).fetchone()
    if row is None:
        return
    asked, missed = row
    if _add(conn, portal, link.name, asked, (link.url, *link.others)) and missed:
        switch(conn, portal, link.name, asked)


def _add(conn: sqlite3.Connection, portal: str, name: str, asked: str, urls: Iterable[str]) -> int:
    """How many of the addresses were not known yet."""
    added = 0
    for url in urls:
        if url == asked:
            continue
        values = {"portal": portal, "name": name, "asked": asked, "url": url, "most": MOST}
        known = f"exists(select 1 {_OTHERS} and url = :url)"
        full = f"(select count(*) {_OTHERS}) >= :most"
        # One that did not answer makes room for one that is linked today.
        conn.execute(
            "delete from _copies where portal = :portal and name = :name and url = ("
            f"select url {_OTHERS} and tried > 0 and not answered order by tried limit 1) "
            f"and not {known} and {full}",
            values,
        )
        added += conn.execute(
            "insert into _copies(portal, name, url) select :portal, :name, :url "
            f"where not {full} on conflict do nothing",
            values,
        ).rowcount
    return added


def turn_to_another(conn: sqlite3.Connection, visit: Visit, page: Page) -> bool:
    """Have an article asked for at another address, when this one has not given it.

    Each address has one try a sweep. False when there is none left, or when hardly any answers.
    """
    outcome, refusal = page.capture.outcome, page.reading.refusal
    if visit.kind != "article":
        return False
    if page.reading.article or outcome == "not_modified":
        conn.execute(
            "update _copies set tried = ?, answered = 1 where portal = ? and name = ? and url = ?",
            (_sweep(conn, page.portal), page.portal, visit.name, visit.url),
        )
        return False
    if outcome in READ and not (refusal and refusal.reason in GONE):
        return False
    _add(conn, page.portal, visit.name, visit.url, page.others)
    if outcome in OF_THE_HOST or outcome.startswith("tls_"):
        host = split_url(visit.url)[:2]
        return switch(
            conn, page.portal, visit.name, visit.url, lambda url: split_url(url)[:2] != host
        )
    return switch(conn, page.portal, visit.name, visit.url)


def switch(
    conn: sqlite3.Connection,
    portal: str,
    name: str,
    asked: str,
    usable: Callable[[str], bool] = lambda url: True,
) -> bool:
    """Ask for a page at another of its addresses that was not tried in this sweep.

    Under a foreign language's folder most portals show the same text, some a translation: such an
    address comes last, and never for an article that the archive has in Vietnamese.
    """
    sweep = _sweep(conn, portal)
    archived = not is_translation(asked) and is_archived(conn, portal, name)
    values = {"portal": portal, "name": name, "asked": asked, "sweep": sweep}
    others = [
        url
        for (url,) in conn.execute(
            f"select url {_OTHERS} and tried < :sweep order by answered desc, rowid", values
        )
        if usable(url) and not (archived and is_translation(url))
    ]
    others.sort(key=is_translation)
    if not others or not _pays(conn, portal, sweep):
        return False
    conn.execute(
        "insert into _copies(portal, name, url, tried) values (:portal, :name, :asked, :sweep) "
        "on conflict do update set tried = :sweep, answered = 0",
        values,
    )
    conn.execute(
        "update _copies set tried = ?, second = 1, answered = 0 "
        "where portal = ? and name = ? and url = ?",
        (sweep, portal, name, others[0]),
    )
    conn.execute(
        "update _frontier set url = ?, state = 'pending', attempts = 0, hops = 0, etag = null "
        "where portal = ? and name = ?",
        (others[0], portal, name),
    )
    return True


def _pays(conn: sqlite3.Connection, portal: str, sweep: int) -> bool:
    """Whether other addresses are worth asking for: a site that is gone has none that answers."""
    vain, answered = conn.execute(
        "select count(*) filter (where not answered), count(*) filter (where answered) "
        "from _copies where portal = ? and tried = ? and second",
        (portal, sweep),
    ).fetchone()
    return vain < IN_VAIN + 2 * answered


def _sweep(conn: sqlite3.Connection, portal: str) -> int:
    row = conn.execute("select number from _sweeps where portal = ?", (portal,)).fetchone()
    return row[0] if row else 1
