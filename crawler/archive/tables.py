"""What the migrations create, as SQL: never edited after release."""

from __future__ import annotations

# The first release; later migrations add to it.
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

# What `scrapy rescue` found, what is lost, and its queues.
RESCUE = """
create table lost_articles (
  portal text not null references portals(slug), key text not null, url text not null,
  title text not null, published text, published_raw text, listed_at text not null,
  last_listed text not null, listed_on text not null, via text not null, source text,
  source_url text, primary key (portal, key)
);
create index lost_articles_listed on lost_articles(listed_at desc);
create table rescued (
  portal text not null references portals(slug), year integer not null, source text not null,
  known integer not null, captured integer not null, read integer not null,
  refused integer not null, waiting integer not null, reasons text not null,
  primary key (portal, year, source)
);
create table _rescue (
  portal text not null, source text not null, url text not null, timestamp text not null,
  digest text not null, mime text not null, status text not null, length integer not null,
  place text not null, address text not null, page text not null, kind text not null,
  state text not null, reason text, attempts integer not null default 0,
  path text, offset integer, leads_to text, primary key (portal, source, url, timestamp)
) without rowid;
create index _rescue_next on _rescue(portal, source, kind, page, timestamp, url)
  where state = 'wanted';
create index _rescue_page on _rescue(portal, page);
create index _rescue_unsaved on _rescue(portal, page) where state = 'fetched';
create index _rescue_digest on _rescue(portal, digest);
create table _rescue_queries (
  portal text not null, source text not null, query text not null, state text not null,
  resume text, asked_at text not null, primary key (portal, source, query)
);
create table _rescue_entries (
  portal text not null, key text not null, url text not null, title text not null,
  printed text, listed_at text not null, last_listed text not null, listed_on text not null,
  via text not null, source text, source_url text, primary key (portal, key)
);
create table _rescue_sold (
  portal text not null, host text not null, since text not null, url text not null,
  detail text not null, primary key (portal, host)
)
"""

# What articles carry, kept by content, and what their documents say of themselves.
FILES = """
create table files (
  sha256 text primary key, number integer not null unique, name text, url text not null,
  type text not null, bytes integer not null, pages integer, language text, title text,
  author text, created text, text text, text_from text, page_starts text, ocr_pages text,
  confidence real, problem text, located integer not null default 0,
  warc text, offset integer, first_seen text not null, last_seen text not null, search_text text
);
create table documents (
  file text primary key references files(sha256), number text, symbol text, kind text, body text,
  issued text, signer text, subject text, raws text not null
);
create index documents_issued on documents(issued desc);
create table article_files (
  article integer not null references articles(id), url text not null,
  file text not null references files(sha256), first_seen text not null, last_seen text not null,
  primary key (article, url, file)
);
create index article_files_file on article_files(file);
create index _article_files_url on article_files(url, last_seen);
alter table images add column file text references files(sha256);
alter table attachments add column file text references files(sha256);
create index _images_url on images(url);
create index _attachments_url on attachments(url);
create index images_file on images(file) where file is not null;
create index attachments_file on attachments(file) where file is not null;
create index _captures_digest on captures(digest) where article is null and digest is not null;
create index _frontier_files on _frontier(portal, attempts, rank, id) where state = 'wanted';
create index _files_unread on files(number) where text_from is null;
create view article_documents as
select attachments.article, articles.portal, articles.title as article_title, attachments.label,
  files.sha256 as file, files.type, files.pages, documents.number, documents.symbol,
  documents.kind, documents.body, documents.issued, documents.signer, documents.subject
from attachments join articles on articles.id = attachments.article
join files on files.sha256 = attachments.file left join documents on documents.file = files.sha256;
create virtual table files_fts using fts5(
  search_text, text, title, name, content='files', content_rowid='number',
  tokenize='unicode61 remove_diacritics 0')
"""
