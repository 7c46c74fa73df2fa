"""The archive's tables: one migration per change, never edited after release, only followed."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from crawler.archive.ids import APPLICATION_ID, MIGRATIONS, stable_id
from crawler.archive.views import VIEWS

migrations = Migrations(MIGRATIONS)

TABLES = """
create table provinces (
  slug text primary key, name text not null, region text, code text,
  valid_from text, valid_to text, successor text, latitude real, longitude real
);
create table portals (
  slug text primary key, province text references provinces(slug),
  department text not null, host text not null, platform text, start_url text,
  valid_from text, valid_to text, evidence text not null
);
create table articles (
  id integer primary key,
  portal text not null references portals(slug),
  key text not null, url text not null,
  title text, section text, summary text, text text not null, byline text,
  published text, published_precision text, published_raw text, published_from text,
  captured_at text not null, first_seen text not null, last_seen text not null,
  status text not null default 'live', revisions integer not null default 1,
  text_sha256 text not null, via text not null default 'crawl', extractor text not null,
  search_text text not null,
  year integer generated always as (cast(substr(published, 1, 4) as integer)) virtual,
  unique (portal, key)
);
create index articles_published on articles(published desc);
create index articles_portal_published on articles(portal, published desc);
create index articles_first_seen on articles(first_seen desc);
create index articles_gone on articles(last_seen desc) where status = 'gone';
create table addresses (
  url text primary key, article integer not null references articles(id), first_seen text not null
);
create index addresses_article on addresses(article);
create table authors (
  id integer primary key, name text not null, kind text not null, search_text text not null
);
create index authors_name on authors(name);
create table article_authors (
  article integer not null references articles(id), position integer not null,
  author integer not null references authors(id),
  role text not null, unit text, raw text, primary key (article, position)
);
create index article_authors_author on article_authors(author);
create table images (
  article integer not null references articles(id), position integer not null,
  url text not null, caption text, primary key (article, position)
);
create table attachments (
  article integer not null references articles(id), position integer not null,
  url text not null, label text, primary key (article, position)
);
create table removed_lines (
  article integer not null references articles(id), line text not null,
  primary key (article, line)
) without rowid;
create table fingerprints (
  print integer not null, article integer not null references articles(id),
  primary key (print, article)
) without rowid;
create index fingerprints_article on fingerprints(article);
create table revisions (
  article integer not null references articles(id), seen_at text not null,
  title text, summary text, text text not null, byline text, published text,
  text_sha256 text not null, change text not null, extractor text not null,
  primary key (article, seen_at, extractor)
);
create index revisions_edits on revisions(seen_at desc)
  where json_extract(change, '$.class') = 'edit';
create table captures (
  url text not null, fetched_at text not null, portal text not null references portals(slug),
  status integer, outcome text not null, article integer references articles(id),
  location text, warc text, offset integer, digest text, etag text, last_modified text,
  via text not null default 'crawl', primary key (url, fetched_at)
);
create index captures_portal on captures(portal, fetched_at);
create index captures_article on captures(article);
create index captures_time on captures(fetched_at, url) where outcome = 'ok';
create table runs (
  id text primary key, command text not null, started_at text not null, finished_at text,
  outcome text, exit_code integer
);
create table run_portals (
  run text not null references runs(id), portal text not null references portals(slug),
  started_at text not null, finished_at text, outcome text, failure text, evidence text,
  pages integer not null default 0, lists integer not null default 0,
  new integer not null default 0, edited integer not null default 0,
  unchanged integer not null default 0, refused integer not null default 0,
  missing integer not null default 0, redirected integer not null default 0,
  unreadable integer not null default 0, errors integer not null default 0,
  pending integer, primary key (run, portal)
);
create index run_portals_portal on run_portals(portal, started_at);
create table alarms (
  portal text not null references portals(slug), run text not null references runs(id),
  code text not null, detail text, since text not null, primary key (portal, run, code)
);
create table issues (
  url text not null, seen_at text not null, reason text not null,
  portal text not null references portals(slug), detail text,
  article integer references articles(id), primary key (url, seen_at, reason)
);
create index issues_portal on issues(portal, seen_at);
create table _frontier (
  id integer primary key, portal text not null, name text not null, kind text not null,
  url text not null, form text not null default '', state text not null default 'pending',
  rank integer not null default 0, page integer not null default 1,
  depth integer not null default 0, barren integer not null default 0,
  attempts integer not null default 0, hops integer not null default 0,
  sweep integer not null default 0, found_on integer, text text not null default '',
  article_links integer, declared integer, digest text, etag text, misses integer not null default 0, due text,
  fruit integer, recent text not null default '', pagers integer, mark text, unique (portal, name)
);
create index _frontier_next on _frontier(portal, attempts, rank, id) where state = 'pending';
create index _frontier_due on _frontier(portal, due) where due is not null;
create index _frontier_found_on on _frontier(found_on);
create table _sweeps (
  portal text primary key, number integer not null, deep integer not null,
  started_at text not null, last_deep text
);
create table _moved (
  portal text not null, key text not null, first_key text not null, primary key (portal, key)
);
create table _robots (
  host text primary key, fetched_at text not null, status integer, body text not null
);
create table removals (
  article integer primary key, portal text not null references portals(slug), key text not null,
  url text not null, text_sha256 text not null, reason text not null, removed_at text not null
);
create table _boilerplate (
  portal text not null, line text not null, learnt_at text not null, primary key (portal, line)
);
create table _accepted (portal text primary key, accepted_at text not null);
create table _warcs (name text primary key, path text not null);
create table _reread (stamp text primary key, fetched_at text not null, url text not null);
create table _wayback (
  portal text not null, url text not null, timestamp text not null, digest text not null,
  day text not null, page text not null, state text not null default 'listed',
  hops integer not null default 0, path text, offset integer,
  primary key (portal, url, timestamp)
) without rowid;
create index _wayback_next on _wayback(portal, day, page, timestamp, url) where state = 'listed';
create index _wayback_unsaved on _wayback(portal, day, page) where state = 'fetched';
create index _wayback_digest on _wayback(portal, digest);
create table _wayback_queries (
  portal text not null, query text not null, state text not null, resume text,
  primary key (portal, query)
)
"""

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
_COLUMNS = ", ".join(SEARCHED)
_NEW = ", ".join(f"new.{name}" for name in SEARCHED)
_OLD = ", ".join(f"old.{name}" for name in SEARCHED)


def _search_triggers(number: str) -> dict[str, str]:
    """What keeps the index as the articles are, `number` being a row's number in it."""
    drop = (
        f"insert into articles_fts(articles_fts, rowid, {_COLUMNS}) "
        f"values ('delete', old.{number}, {_OLD});"
    )
    add = f"insert into articles_fts(rowid, {_COLUMNS}) values (new.{number}, {_NEW});"
    return {
        "articles_search_add": f"after insert on articles begin {add} end",
        "articles_search_drop": f"after delete on articles begin {drop} end",
        "articles_search_change": (
            f"after update of {_COLUMNS} on articles begin {drop} {add} end"
        ),
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
    for name, sql in VIEWS.items():
        db.create_view(name, sql)
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
