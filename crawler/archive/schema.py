"""The archive's tables: one migration per change, never edited after release, only followed."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from crawler.archive.files.carried import QUEUE_ALL
from crawler.archive.ids import APPLICATION_ID, MIGRATIONS, stable_id
from crawler.archive.tables import FILES, RESCUE, TABLES
from crawler.archive.views import VIEWS

migrations = Migrations(MIGRATIONS)


# Revisions are history: nothing may change or drop one, whatever a later program tries.
TRIGGERS = (
    "create trigger revisions_keep before update on revisions "
    "begin select raise(abort, 'revisions are append-only'); end",
    "create trigger revisions_stay before delete on revisions "
    "when old.article not in (select article from removals) "
    "begin select raise(abort, 'revisions are append-only'); end",
)

# Accents are kept, so that an accented query is exact; `search_text` holds the text without them.
# đ has no decomposition and unicode61 never folds it, hence a column of our own.
# The two longest come first: each later column costs two bytes a word and article.
SEARCHED = ("search_text", "text", "title", "summary", "byline")
FILES_SEARCHED = ("search_text", "text", "title", "name")


def _search_triggers(
    number: str, table: str = "articles", searched: tuple[str, ...] = SEARCHED
) -> dict[str, str]:
    """What keeps a table's index as its rows are, `number` being a row's number in it."""
    columns = ", ".join(searched)
    new, old = (", ".join(f"{side}.{name}" for name in searched) for side in ("new", "old"))
    drop = (
        f"insert into {table}_fts({table}_fts, rowid, {columns}) "
        f"values ('delete', old.{number}, {old});"
    )
    add = f"insert into {table}_fts(rowid, {columns}) values (new.{number}, {new});"
    return {
        f"{table}_search_add": f"after insert on {table} begin {add} end",
        f"{table}_search_drop": f"after delete on {table} begin {drop} end",
        f"{table}_search_change": f"after update of {columns} on {table} begin {drop} {add} end",
    }


@migrations()
def first_tables(db: Database) -> None:
    for statement in TABLES.split(";\n"):
        db.execute(statement)
    db.table("articles").enable_fts(
        list(SEARCHED), tokenize="unicode61 remove_diacritics 0", create_triggers=False
    )
    for statement in TRIGGERS:
        db.execute(statement)
    for name, sql in _search_triggers("id").items():
        db.execute(f"create trigger {name} {sql}")
    for name in ("portal_health", "edited_articles", "gone_articles", "coverage"):
        db.create_view(name, VIEWS[name])
    db.execute(f"pragma application_id = {APPLICATION_ID}")


@migrations()
def search_by_row(db: Database) -> None:
    """In a dump an article's row number is not its id: see crawler/dump/snapshot.py."""
    for name, sql in _search_triggers("rowid").items():
        db.execute(f"drop trigger {name}")
        db.execute(f"create trigger {name} {sql}")


@migrations()
def nights_by_index(db: Database) -> None:
    """What a night asks of a portal's history and queue, whatever their length.

    `articles` keeps its long columns first: without an index of its own a question about
    `first_seen` reads every text. Its name keeps it out of dumps, where nobody asks.
    """
    db.execute("create index _articles_arrived on articles(portal, first_seen)")
    for state in ("parked", "older"):
        db.execute(f"create index _frontier_{state} on _frontier(portal) where state = '{state}'")
    db.execute(
        "create index _frontier_lists on _frontier(portal) "
        "where kind = 'list' and page = 1 and form = ''"
    )


@migrations()
def confirmed_readings(db: Database) -> None:
    """By which rules a version was last read to the same words: revisions themselves never change."""
    db.execute(
        "create table _confirmed (article integer not null, seen_at text not null, "
        "extractor text not null, primary key (article, seen_at)) without rowid"
    )


@migrations()
def faults_that_last(db: Database) -> None:
    """What is wrong with a list stays with it until it is right; health and its view are one."""
    db.execute("alter table _frontier add column amiss text")
    db.execute("create index _frontier_amiss on _frontier(portal) where amiss is not null")
    db.execute("drop view portal_health")
    db.create_view("portal_health", VIEWS["portal_health"])


@migrations()
def edits_by_index(db: Database) -> None:
    """The view read every version of every article: ten seconds over 100,000."""
    db.execute("drop view edited_articles")
    db.create_view("edited_articles", VIEWS["edited_articles"])


@migrations()
def second_addresses(db: Database) -> None:
    """Where else an article stands, what a server's validators are worth, and our own faults."""
    db.execute(
        "create table _copies (portal text not null, name text not null, url text not null, "
        "tried integer not null default 0, answered integer not null default 0, "
        "second integer not null default 0, "
        "primary key (portal, name, url))"
    )
    db.execute("create index _copies_tried on _copies(portal, tried) where tried > 0")
    db.execute(
        "create table _validators (host text primary key, kept integer not null default 0, "
        "changed integer not null default 0, lied integer not null default 0)"
    )
    db.execute("alter table _frontier add column faults integer not null default 0")


@migrations()
def removals_without_addresses(db: Database) -> None:
    """What was removed is public by its number alone; its names are for the machinery."""
    db.execute(
        "create table _removed (portal text not null, name text not null, article integer, "
        "primary key (portal, name)) without rowid"
    )
    db.execute(
        "insert or ignore into _removed(portal, name, article) select portal, 'a:' || key, article from removals "
        "union select portal, url, article from removals "
        "union select m.portal, 'a:' || m.key, article from _moved m join removals r "
        "on r.portal = m.portal and r.key = m.first_key "
        # Of a removed article's other addresses this is all that was left: looks without a record.
        "union select distinct c.portal, c.url, null from captures c where outcome = 'ok' "
        "and warc is null and article is null and url not in (select url from removals) "
        "and portal in (select portal from removals)"
    )
    db.execute(
        "delete from captures where article is null and exists (select 1 from _removed r "
        "where r.portal = captures.portal and r.name = captures.url)"
    )
    db.execute(
        "delete from issues where exists (select 1 from _removed r "
        "where r.portal = issues.portal and r.name = issues.url)"
    )
    later = db.execute(
        "select r.portal, m.key, r.reason, r.removed_at from _moved m join removals r "
        "on r.portal = m.portal and r.key = m.first_key"
    ).fetchall()
    for column in ("key", "url", "text_sha256"):
        db.execute(f"alter table removals drop column {column}")
    db.execute("alter table removals add column looks integer not null default 0")
    for portal, key, reason, removed_at in later:
        db.execute(
            "insert into removals(article, portal, reason, removed_at) values (?, ?, ?, ?) "
            "on conflict do nothing",
            (stable_id(portal, key), portal, reason, removed_at),
        )


@migrations()
def rescued_from_web_archives(db: Database) -> None:
    """Where a look was kept by others, what is lost, and the queues of `scrapy rescue`."""
    for name in ("source", "source_url", "source_digest"):
        db.execute(f"alter table captures add column {name} text")
    for statement in RESCUE.split(";\n"):
        db.execute(statement)
    db.create_view("rescue_years", VIEWS["rescue_years"])


@migrations()
def kept_files(db: Database) -> None:
    """What articles carry, kept by content: their documents and pictures."""
    for statement in FILES.split(";\n"):
        db.execute(statement)
    for name, sql in _search_triggers("number", "files", FILES_SEARCHED).items():
        db.execute(f"create trigger {name} {sql}")
    db.execute(QUEUE_ALL)


@migrations()
def records_to_redact(db: Database) -> None:
    """What files of captures still hold of removed articles, those of earlier removals too."""
    db.execute(
        "create table _redactions (portal text not null, warc text not null, offset integer not null, "
        "primary key (portal, warc, offset)) without rowid"
    )
    db.execute("insert into _redactions select distinct portal, '', 0 from removals")
    # What a server says of a file's last change, where it gives no ETag.
    db.execute("alter table _frontier add column modified text")


@migrations()
def merged_shards(db: Database) -> None:
    """Which states of shards in a store are in this archive, and how their portals' part was then."""
    db.execute(
        "create table _merged (store text not null, shard text not null, token integer not null, "
        "mark text not null, primary key (store, shard))"
    )
