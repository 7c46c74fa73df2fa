"""Removal on request: every row about the article goes; a row in `removals` says that it was there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from crawler.archive.articles.keys import later_keys
from crawler.archive.articles.removed import hide_removed, remember_removed
from crawler.archive.files.removal import carried_by, forget_files
from crawler.archive.ids import stable_id
from crawler.archive.redactions import begin_removal, drop_looks
from crawler.parsing import join_url

PARTS = (
    "article_authors", "images", "attachments", "removed_lines", "fingerprints", "addresses",
    "issues", "article_files",
)  # fmt: skip
LISTS = ("list", "feed", "sitemap")  # pages in whose own right others are looked at


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed: the article's address, and how many versions of it there were."""

    article: int
    portal: str
    url: str
    versions: int


def article_at(conn: sqlite3.Connection, url: str) -> int | None:
    """The article that has, or ever had, this address."""
    row = conn.execute(
        "select id from articles where url = :url union "
        "select article from addresses where url = :url limit 1",
        {"url": url},
    ).fetchone()
    return row[0] if row else None


def article_of(conn: sqlite3.Connection, portal: str, key: str) -> int | None:
    """The article of that key, whatever address it was asked for under."""
    row = conn.execute(
        "select id from articles where portal = ? and key = coalesce((select first_key from _moved "
        "where _moved.portal = articles.portal and _moved.key = ?), ?)",
        (portal, key, key),
    ).fetchone()
    return row[0] if row else None


def remove(
    conn: sqlite3.Connection,
    article: int,
    *,
    reason: str,
    now: str,
    leads_to: Callable[[str], str],
) -> Removed:
    """Take an article out of every public table and the search; the reason is kept.

    Its names are kept in private, so that the next crawl does not bring it back. What the captures'
    files hold is put down to be taken out of them. `leads_to` gives the key of the article that an address is of.
    """
    portal, key, url = conn.execute(
        "select portal, key, url from articles where id = ?", (article,)
    ).fetchone()
    versions = conn.execute(
        "select count(*) from revisions where article = ?", (article,)
    ).fetchone()[0]
    keys = {key, *later_keys(conn, portal, key)}
    # Under the keys it had later, too: nobody else remembers in an archive that is made of a dump.
    numbers = {article, *(stable_id(portal, one) for one in keys)}
    for number in sorted(numbers):
        conn.execute(
            "insert into removals(article, portal, reason, removed_at) select ?, ?, ?, ? "
            "where ? = ? or not exists (select 1 from articles where id = ?)",
            (number, portal, reason, now, number, article, number),
        )
    names = {f"a:{one}" for one in keys}
    remember_removed(conn, portal, article, names)
    addresses = _addresses_of(conn, portal, article)
    addresses |= _copies_of(conn, portal, article, keys, leads_to)
    remember_removed(conn, portal, article, addresses)
    remember_removed(conn, portal, article, _pointing_at(conn, portal, addresses, keys, leads_to))
    begin_removal(conn, portal)
    looks = forget(conn, article, portal)
    conn.execute("update removals set looks = ? where article = ?", (looks, article))
    return Removed(article, portal, url, versions)


def forget(conn: sqlite3.Connection, article: int, portal: str) -> int:
    """Delete every row of an article that is in `removals`, under the names in `_removed` and its own.

    Returns how many looks that were.
    """
    titles = conn.execute(
        "select title from revisions where article = ? union select title from articles "
        "where id = ?",
        (article, article),
    ).fetchall()
    remember_removed(conn, portal, article, _addresses_of(conn, portal, article))
    looks = drop_looks(conn, "article = ?", (article,))
    carried = carried_by(conn, article)
    for table in (*PARTS, "revisions", "_confirmed"):
        conn.execute(f"delete from {table} where article = ?", (article,))
    looks += forget_files(conn, portal, article, *carried)
    conn.execute("delete from articles where id = ?", (article,))
    conn.execute("delete from authors where id not in (select author from article_authors)")
    return looks + hide_removed(conn, portal, [title for (title,) in titles if title])


def _addresses_of(conn: sqlite3.Connection, portal: str, article: int) -> set[str]:
    """The addresses at which an article was seen, or may stand."""
    found = conn.execute(
        "select url from articles where id = :article "
        "union select url from addresses where article = :article "
        "union select url from captures where article = :article "
        "union select url from issues where article = :article "
        "union select url from _frontier where portal = :portal and name in (select name from "
        "_removed where portal = :portal and article = :article) "
        "union select url from _copies where portal = :portal and name in (select name from "
        "_removed where portal = :portal and article = :article)",
        {"article": article, "portal": portal},
    )
    return {url for (url,) in found if url}


def _copies_of(
    conn: sqlite3.Connection,
    portal: str,
    article: int,
    keys: set[str],
    leads_to: Callable[[str], str],
) -> set[str]:
    """Looks of their own at the same words: in another language or section, or the same bytes."""
    looked_at = conn.execute(
        "select distinct url from captures where portal = ? and article is null "
        "union select distinct url from issues where portal = ?",
        (portal, portal),
    )
    same = conn.execute(
        "select url from captures where portal = :portal and article is null and digest in ("
        "select digest from captures where article = :article and outcome = 'ok' except "
        "select digest from captures where article <> :article)",
        {"portal": portal, "article": article},
    )
    return {url for (url,) in looked_at if leads_to(url) in keys} | {url for (url,) in same}


def _pointing_at(
    conn: sqlite3.Connection,
    portal: str,
    addresses: set[str],
    keys: set[str],
    leads_to: Callable[[str], str],
) -> set[str]:
    """Addresses that redirect there, one after the other, and those they point at.

    A list that does stays a list; only where it points is no longer said.
    """
    pointing = conn.execute(
        "select distinct url, location, article is not null or exists (select 1 from _frontier f "
        "where f.portal = captures.portal and f.url = captures.url and f.kind in "
        f"({', '.join('?' * len(LISTS))})) from captures where portal = ? and location is not null",
        (*LISTS, portal),
    ).fetchall()
    found = set(addresses)
    while True:
        more: set[str] = set()
        for url, location, stays in pointing:
            there = join_url(url, location)
            if there in found or leads_to(there) in keys:
                more |= {there} if stays else {there, url}
        if more <= found:
            return found
        found |= more


def lost_at(conn: sqlite3.Connection, url: str, portal: str, key: str) -> tuple[str, ...] | None:
    """Portal, key, address and title of an article that only a list is known to have named."""
    return conn.execute(
        "select portal, key, url, title from lost_articles where url = ? "
        "union select portal, key, url, title from lost_articles where portal = ? and key = ? limit 1",
        (url, portal, key),
    ).fetchone()


def remove_lost(
    conn: sqlite3.Connection, lost: tuple[str, ...], *, reason: str, now: str
) -> Removed:
    """Take out what lists said of an article that nobody kept; no later rescue brings it back."""
    portal, key, url, title = lost
    article = stable_id(portal, key)
    conn.execute(
        "insert into removals(article, portal, reason, removed_at) values (?, ?, ?, ?)",
        (article, portal, reason, now),
    )
    remember_removed(conn, portal, article, {f"a:{key}", url})
    begin_removal(conn, portal)
    hide_removed(conn, portal, [title])
    return Removed(article, portal, url, 0)
