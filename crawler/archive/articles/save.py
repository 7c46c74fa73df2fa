"""Saving a page: the look, the article, its revision and the frontier, in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from crawler.archive.articles.changes import FIRST
from crawler.archive.articles.identity import known_article, renamed
from crawler.archive.articles.keys import first_key
from crawler.archive.articles.looks import save_capture, save_issues
from crawler.archive.articles.relative_days import keep_day
from crawler.archive.articles.removed import (
    is_removed,
    leads_to_removed,
    remember_removed,
    was_removed,
)
from crawler.archive.articles.revisions import (
    add_revision,
    change_of,
    fields_of,
    mend_after,
    refresh_status,
)
from crawler.archive.articles.revisits import schedule, schedule_unread
from crawler.archive.articles.rows import (
    ARTICLE_COLUMNS,
    article_values,
    put_parts,
    remember_address,
    update_article,
)
from crawler.archive.articles.shrinking import shrunk
from crawler.archive.frontier.copies import turn_to_another
from crawler.archive.frontier.queue import Visit
from crawler.archive.frontier.results import may_pass, settle
from crawler.archive.ids import stable_id
from crawler.archive.validators import learn_validators
from crawler.items import Article, Capture, Page, Reading, Refusal

Outcome = Literal["new", "edited", "unchanged", "refused", "list", "absent", "error"]

ABSENT = ("http_4", "redirect_", "robots")  # how a site answers for a sitemap it does not have


@dataclass(frozen=True, slots=True)
class Saved:
    """What a page came to."""

    outcome: Outcome
    found: int = 0  # new article addresses
    article: int | None = None  # the article looked at


def save_page(
    conn: sqlite3.Connection, page: Page, *, visit: Visit | None, extractor: str, now: str
) -> Saved:
    """Write everything a page yielded; the caller holds the transaction.

    `now` is the clock's time; a replayed capture's own time lies in the past.
    """
    article_id = None
    outcome: Outcome = "list"
    if _shows_removed(conn, page, visit):
        return _pass_over(conn, page, visit)
    if page.reading.article:
        _refuse_shrunk(conn, page)
    if page.reading.article:
        article_id, outcome = save_article(
            conn, page.portal, page.reading.article, page.capture, via=page.via, extractor=extractor
        )
        if article_id is None:
            return _pass_over(conn, page, visit)
    elif page.reading.refusal:
        outcome = "refused"
    elif visit and visit.kind == "article" and page.capture.outcome == "not_modified":
        outcome = "unchanged"
    elif visit and visit.kind == "sitemap" and page.capture.outcome.startswith(ABSENT):
        return Saved(_absent(conn, page, visit))
    elif page.capture.outcome not in ("ok", "redirect", "not_modified"):
        outcome = "error"
    if article_id is None and visit and visit.kind == "article":
        article_id = known_article(conn, page.portal, visit)
    if outcome == "unchanged" and article_id is not None and not page.reading.article:
        _still_there(conn, article_id, page.capture.fetched_at)
    if visit:
        learn_validators(conn, page.capture)
    if visit and not may_pass(visit, page):
        page.elsewhere = turn_to_another(conn, visit, page)
    save_capture(conn, page, article_id)
    if page.elsewhere:  # a copy that is not there says nothing about the article
        return Saved("absent", 0, article_id)
    save_issues(conn, page, article_id)
    found = settle(conn, visit, page) if visit else 0
    if visit and article_id is not None:
        schedule(conn, visit, page, article_id, now)
    elif visit and visit.kind == "article" and not page.proved:
        schedule_unread(conn, visit, page, now)
    return Saved(outcome, found, article_id)


def _shows_removed(conn: sqlite3.Connection, page: Page, visit: Visit | None) -> bool:
    """Whether an address is known for that of a removed article, or leads there."""
    url, location = page.capture.url, page.capture.location
    asked = visit.name.removeprefix("a:") if visit and visit.kind == "article" else ""
    if was_removed(conn, page.portal, key=asked, url=url):
        page.links = [] if location else page.links  # where it stands now is its address, too
        return True
    if not location:
        return False
    there = page.links[0] if page.links else None
    key = there.name.removeprefix("a:") if there and there.kind == "article" else ""
    leads = was_removed(conn, page.portal, key=key, url=there.url if there else url)
    if leads or leads_to_removed(conn, page.portal, url, location):
        page.capture.location = None
        return visit is None or visit.kind in ("article", "unknown")
    return False


def _pass_over(conn: sqlite3.Connection, page: Page, visit: Visit | None) -> Saved:
    """What was removed on request was seen, and that is all; nothing is kept but its names."""
    names = {page.capture.url}
    key = visit.name.removeprefix("a:") if visit and visit.kind == "article" else ""
    if article := page.reading.article:
        names.add(article.url)
        key = article.key
    names |= {f"a:{key}"} if key else set()
    names |= {visit.name, visit.url} if visit else set()
    ident = stable_id(page.portal, first_key(conn, page.portal, key)) if key else None
    page.reading = Reading()
    found = settle(conn, visit, page) if visit else 0
    remember_removed(conn, page.portal, ident, names)
    if visit:
        conn.execute(
            "update _frontier set state = 'removed', url = '', text = '', due = null where id = ?",
            (visit.id,),
        )
    return Saved("refused", found)


def _refuse_shrunk(conn: sqlite3.Connection, page: Page) -> None:
    """An empty frame, an error or a widget that answers for a known article is no version of it."""
    article = page.reading.article
    if article is not None:
        ident = stable_id(page.portal, first_key(conn, page.portal, article.key))
        if lost := shrunk(conn, ident, article, page.capture.fetched_at):
            page.reading = Reading(refusal=Refusal("shrunk", lost))


def _absent(conn: sqlite3.Connection, page: Page, visit: Visit) -> Outcome:
    """Most sites have no sitemap: the look is kept, and is no failure."""
    save_capture(conn, page, None)
    settle(conn, visit, page)
    return "absent"


def _still_there(conn: sqlite3.Connection, article: int, seen: str) -> None:
    """The server says that an article is the one it was."""
    conn.execute("update articles set last_seen = max(last_seen, ?) where id = ?", (seen, article))
    refresh_status(conn, article)


def save_article(
    conn: sqlite3.Connection,
    portal: str,
    article: Article,
    capture: Capture,
    *,
    via: str,
    extractor: str,
) -> tuple[int | None, Outcome]:
    """Insert or update an article; a revision only when what a reader sees changed.

    One that was removed on request does not come back.

    A capture older than the newest known one adds its revision and moves `first_seen`, but
    never overwrites a newer text.
    """
    key = first_key(conn, portal, article.key)
    if key == article.key:
        key = renamed(conn, portal, article)
    ident = stable_id(portal, key)
    if is_removed(conn, ident):
        return None, "refused"
    stored = conn.execute(
        "select captured_at, last_seen, extractor, status from articles where id = ?",
        (ident,),
    ).fetchone()
    seen = capture.fetched_at
    if stored is None:
        conn.execute(
            "delete from lost_articles where portal = ? and key in (?, ?)",
            (portal, key, article.key),
        )
        conn.execute(
            "insert into articles(id, portal, key, first_seen, last_seen, "
            f"{', '.join(ARTICLE_COLUMNS)}) values (?, ?, ?, ?, ?, "
            f"{', '.join('?' * len(ARTICLE_COLUMNS))})",
            (ident, portal, key, seen, seen, *article_values(article, seen, via, extractor)),
        )
        add_revision(conn, ident, fields_of(article), seen, FIRST, extractor)
        put_parts(conn, ident, article)
        remember_address(conn, ident, article.url, seen)
        return ident, "new"
    remember_address(conn, ident, article.url, seen)
    captured_at, last_seen, read_by, status = stored
    newest = seen >= last_seen
    keep_day(conn, ident, seen, article)
    change = change_of(conn, ident, article, seen, extractor)
    if change:
        add_revision(conn, ident, fields_of(article), seen, change, extractor)
        if not newest:
            mend_after(conn, ident, seen)
    if newest and (change or read_by != extractor):
        # Read by other rules to the same words: it is still the version of that day.
        update_article(conn, ident, article, seen if change else captured_at, via, extractor)
        put_parts(conn, ident, article)
    conn.execute(
        "update articles set first_seen = min(first_seen, :seen), "
        "last_seen = max(last_seen, :seen) where id = :id",
        {"id": ident, "seen": seen},
    )
    if newest or status != "gone":
        refresh_status(conn, ident)
    return ident, "edited" if change and change.kind == "edit" else "unchanged"
