"""An article's versions: each reading that differs from the one before it, never changed again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from itertools import pairwise

from crawler.archive.articles.changes import FIRST, Change, compare
from crawler.archive.articles.volatile import is_only_volatile
from crawler.archive.boilerplate import known_boilerplate
from crawler.archive.ids import text_sha256
from crawler.extractor_version import same_rules
from crawler.items import Article
from crawler.text.boilerplate import fingerprint

READ_FIELDS = ("title", "summary", "text", "byline", "published")


def fields_of(article: Article) -> dict[str, str | None]:
    return {
        "title": article.title,
        "summary": article.summary,
        "text": article.text,
        "byline": article.byline,
        "published": article.published,
    }


def change_of(
    conn: sqlite3.Connection, ident: int, article: Article, seen: str, extractor: str
) -> Change | None:
    """How this look differs from the last one before it in time."""
    last = _version(conn, ident, "<=", seen)
    if last is None:
        return FIRST  # an earlier look than any known
    after = fields_of(article)
    change = compare(last.fields, after)
    if change and change.kind == "edit" and is_only_volatile(conn, ident, last.fields, after):
        change = Change(change.fields, "noise")
    if change is None or (last.extractor == extractor and last.seen_at != seen):
        return change
    if last.seen_at != seen and same_rules(last.extractor, extractor):
        # Only lines were learnt since: without them the two readings are of the same rules.
        learnt = known_boilerplate(conn, _portal_of(conn, ident))
        real = compare(_without(last.fields, learnt), _without(after, learnt))
        if real is not None:
            return real
    # Read with other rules, or the very same look: the difference may be ours. Reading the
    # captures anew tells.
    return Change(change.fields, "extractor")


def _without(fields: dict[str, str | None], learnt: frozenset[str]) -> dict[str, str | None]:
    lines = (fields["text"] or "").split("\n")
    return {**fields, "text": "\n".join(line for line in lines if fingerprint(line) not in learnt)}


def _portal_of(conn: sqlite3.Connection, ident: int) -> str:
    return conn.execute("select portal from articles where id = ?", (ident,)).fetchone()[0]


def add_revision(
    conn: sqlite3.Connection,
    ident: int,
    fields: dict[str, str | None],
    seen: str,
    change: Change,
    extractor: str,
) -> None:
    """Put a reading beside those of the same look; when the newest of them says the same, note that.

    Rules that come back after others did read the look in between are told apart by a suffix.
    """
    newest = version_at(conn, ident, seen)
    if newest and (newest.fields, newest.kind) == (fields, change.kind):
        confirm_version(conn, ident, seen, extractor)
        return
    conn.execute("delete from _confirmed where article = ? and seen_at = ?", (ident, seen))
    stamp, count = extractor, 1
    while conn.execute(
        "select 1 from revisions where article = ? and seen_at = ? and extractor = ?",
        (ident, seen, stamp),
    ).fetchone():
        count += 1
        stamp = f"{extractor}.r{count}"
    text = fields["text"] or ""
    conn.execute(
        "insert into revisions(article, seen_at, title, summary, text, byline, published, "
        "text_sha256, change, extractor) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ident, seen, fields["title"], fields["summary"], text, fields["byline"],
            fields["published"], text_sha256(text), change.stored(), stamp,
        ),
    )  # fmt: skip


def confirm_version(conn: sqlite3.Connection, ident: int, seen: str, extractor: str) -> None:
    """Note that these rules, too, read what the newest reading of a look says."""
    conn.execute(
        "insert into _confirmed(article, seen_at, extractor) values (?, ?, ?) "
        "on conflict do update set extractor = excluded.extractor",
        (ident, seen, extractor),
    )


def note_exchange(conn: sqlite3.Connection, ident: int, seen: str, change: Change) -> None:
    """Put down that a file was exchanged: a version with the words of the one before it."""
    last = _version(conn, ident, "<=", seen) or _version(conn, ident, ">", seen)
    if last is not None:
        add_revision(conn, ident, last.fields, seen, change, last.extractor)
        refresh_status(conn, ident)


def mend_after(conn: sqlite3.Connection, ident: int, seen: str) -> None:
    """Make what follows a version that has been put in between true again.

    A look after it that found what had been there before it is now a return to that, and the next
    version is classed by what it really follows.
    """
    here, before = _version(conn, ident, "<=", seen), _version(conn, ident, "<", seen)
    after = _version(conn, ident, ">", seen)
    again = conn.execute(
        "select min(fetched_at) from captures where article = ? and outcome = 'ok' "
        "and fetched_at > ?",
        (ident, seen),
    ).fetchone()[0]
    if here is None:
        return
    if before and again and (after is None or again < after.seen_at):
        _put_after(conn, ident, here, replace(before, seen_at=again))
    elif after:
        _put_after(conn, ident, here, after)


def _put_after(conn: sqlite3.Connection, ident: int, here: Version, after: Version) -> None:
    change = compare(here.fields, after.fields)
    if change is None:
        change = Change((), "noise")  # what it brought was there already
    elif not same_rules(here.extractor, after.extractor):
        change = Change(change.fields, "extractor")
    add_revision(conn, ident, after.fields, after.seen_at, change, after.extractor)


@dataclass(frozen=True, slots=True)
class Version:
    """The last reading of a look that differed from the one before it."""

    seen_at: str
    extractor: str
    kind: str
    fields: dict[str, str | None]


def read_by_other_rules(
    conn: sqlite3.Connection, ident: int, seen: str, extractor: str
) -> list[str]:
    """When the versions beside a look were seen, as far as other rules than these read them."""
    beside = (_version(conn, ident, when, seen) for when in ("<=", ">"))
    return [
        version.seen_at
        for version in beside
        if version and not same_rules(version.extractor, extractor)
    ]


def version_at(conn: sqlite3.Connection, ident: int, seen: str) -> Version | None:
    return _version(conn, ident, "=", seen)


def version_before(conn: sqlite3.Connection, ident: int, seen: str) -> Version | None:
    return _version(conn, ident, "<", seen)


def version_after(conn: sqlite3.Connection, ident: int, seen: str) -> Version | None:
    return _version(conn, ident, ">", seen)


def _version(conn: sqlite3.Connection, ident: int, when: str, seen: str) -> Version | None:
    order = "seen_at" if when == ">" else "seen_at desc"
    row = conn.execute(
        "select seen_at, coalesce((select extractor from _confirmed where article = revisions.article "
        "and seen_at = revisions.seen_at), extractor), json_extract(change, '$.class'), "
        f"{', '.join(READ_FIELDS)} "
        f"from revisions where article = ? and seen_at {when} ? "
        # Where only a file was exchanged, nobody read the page.
        f"and json_extract(change, '$.files') is null order by {order}, rowid desc limit 1",
        (ident, seen),
    ).fetchone()
    if row is None:
        return None
    seen_at, extractor, kind, *values = row
    return Version(seen_at, extractor, kind, dict(zip(READ_FIELDS, values, strict=True)))


def refresh_status(conn: sqlite3.Connection, ident: int, *, seen: bool = True) -> None:
    """Count an article's versions and say whether a reader would call it edited or moved.

    Nobody has `seen` it when only its captures were read: one that is gone stays so.
    """
    status, versions = status_of(conn, ident)
    conn.execute(
        "update articles set status = iif(status = 'gone' and not :seen, status, :status), "
        "revisions = :versions where id = :ident and (status <> :status or revisions <> :versions)",
        {"status": status, "versions": versions, "ident": ident, "seen": seen},
    )


def status_of(conn: sqlite3.Connection, ident: int) -> tuple[str, int]:
    """What a reader would call an article by its versions, and how many there are."""
    readings = conn.execute(
        "select seen_at, text_sha256, title, json_extract(change, '$.class') from revisions "
        "where article = ? order by seen_at, rowid",
        (ident,),
    ).fetchall()
    latest = list({reading[0]: reading for reading in readings}.values())
    edited = any(
        now[3] == "edit" or (now[3] == "first" and now[1:3] != before[1:3])
        for before, now in pairwise(latest)
    )
    moved = conn.execute(
        "select 1 from _moved join articles on articles.portal = _moved.portal "
        "and articles.key = first_key where articles.id = ? "
        "and (select count(*) from addresses where article = articles.id) > 1",
        (ident,),
    ).fetchone()
    status = "moved" if moved else "edited" if edited else "live"
    return status, sum(now[3] != "noise" for now in latest)
