"""An archive that is not whole is refused with its reason, and yesterday's files stay."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from crawler.archive.introspect import expected
from crawler.clock import now
from crawler.dump.publish import publish
from tests.end_to_end.dump_fixtures import WISH, change, copy_of, dump_of, publish_here, published
from tests.scrapy_command import scrapy

UNLOCK = "drop trigger revisions_keep; drop trigger revisions_stay;"
LOCK = "; create trigger revisions_keep before update on revisions begin select raise(abort, 'revisions are append-only'); end; create trigger revisions_stay before delete on revisions when old.article not in (select article from removals) begin select raise(abort, 'revisions are append-only'); end;"  # fmt: skip
ONE = "(select min(id) from articles)"
SEARCH_CHANGE = next(part.sql for part in expected() if part.name == "articles_search_change")
# Every table whose rows belong to an article.
OWNED = [p.table for p in expected() if p.kind == "table" and "references articles" in p.sql]
PARTS = (
    "".join(f"delete from {table} where article {{0}};" for table in OWNED if table != "captures")
    + "update captures set article = null where article {0}; delete from articles where id {0}"
)
RENUMBERED = (
    "".join(f"update {table} set article = 7 where article = {ONE};" for table in OWNED)
    + f"update articles set id = 7 where id = {ONE}"
)
# What was done to the archive → a word of the reason it is refused for.
SABOTAGE = {
    "a text changed in the history": (UNLOCK + "update revisions set text = text || 'x' where rowid in (select min(rowid) from revisions)" + LOCK, "hash"),
    "a hash changed in the history": (UNLOCK + "update revisions set text_sha256 = 'x'" + LOCK, "hash"),
    "an article's text changed": (f"update articles set text = text || 'x' where id = {ONE}", "hash"),
    "a title changed behind the search": (UNLOCK + f"drop trigger articles_search_change; update revisions set title = 'khác hẳn đi' where article = {ONE}; update articles set title = 'khác hẳn đi' where id = {ONE}; " + SEARCH_CHANGE + LOCK, "search index"),
    "no articles": (UNLOCK + PARTS.format("is not null") + LOCK, "articles"),
    "half the articles": (UNLOCK + PARTS.format("% 2 = 0") + LOCK, "rows of articles"),
    "one article lost": (UNLOCK + PARTS.format(f"= {ONE}") + LOCK, "rows of articles"),
    "a version lost": (UNLOCK + f"delete from revisions where article = {ONE}" + LOCK, "revision"),
    "looks lost": ("delete from captures where rowid % 2", "rows of captures"),
    "runs lost": ("delete from run_portals; delete from runs", "rows of runs"),
    "an author nobody is": (f"insert into article_authors values ({ONE}, 99, 12345, 'author', null, '')", "missing rows of authors"),
    "a portal nobody knows": ("update articles set portal = 'nowhere'", "missing rows of portals"),
    "an issue of nowhere": ("insert into issues(url, seen_at, reason, portal) values ('x', 'x', 'x', 'nowhere')", "missing rows of portals"),
    "a revision of nothing": (UNLOCK + "update revisions set article = 1 where rowid in (select min(rowid) from revisions)" + LOCK, "missing rows of articles"),
    "a picture of nothing": ("insert into images(article, position, url) values (1, 1, 'x')", "missing rows of articles"),
    "an emptied search": ("delete from articles_fts_docsize", "search index"),
    "a search of nothing": ("insert into articles_fts(articles_fts) values ('delete-all')", "search index"),
    "a search that lost its pages": ("delete from articles_fts_data where id > 10", ""),
    "newer than its revisions": ("update articles set captured_at = '2026-01-01T00:00:00Z', last_seen = '2026-01-01T00:00:00Z'", "newest revision"),
    "seen in the future": ("update articles set last_seen = '2099-01-01T00:00:00Z'", "moments"),
    "published long after it was seen": ("update articles set published = '2099-01-01'", "moments"),
    "a moment that is none": ("update captures set fetched_at = 'yesterday' || rowid", "moments"),
    "a day that is none": (f"update articles set published = '2026-13-45' where id = {ONE}", "values that have not its form"),
    "a day that no month has": (f"update articles set published = '2025-02-31' where id = {ONE}", "values that have not its form"),
    "an address that is none": ("update images set url = 'javascript:alert(1)' where rowid = (select max(rowid) from images)", "images.url"),
    "a title unlike its revision": (f"update articles set title = 'Khác hẳn' where id = {ONE}", "differ from the revision"),
    "a picture lost": ("delete from images where rowid = (select max(rowid) from images)", "rows of images"),
    "an author's row lost": ("delete from article_authors where rowid = (select max(rowid) from article_authors)", "rows of article_authors"),
    "an address lost": ("delete from addresses where rowid = (select max(rowid) from addresses)", "rows of addresses"),
    "a state nobody knows": (f"update articles set status = 'maybe' where id = {ONE}", "articles.status"),
    "a number that is not the article's": (UNLOCK + RENUMBERED + LOCK, "number"),
    "a table missing": ("drop table attachments", "- table attachments"),
    "a view missing": ("drop view coverage", "- view coverage"),
    "a table more": ("create table notes (line text)", "+ table notes"),
    "a trigger dropped": ("drop trigger revisions_stay", "- trigger revisions_stay"),
    "a trigger more": ("create trigger t after insert on articles begin delete from articles; end", "+ trigger t"),
    "a column more": ("alter table articles add column mood text", "≠ table articles"),
    "an index dropped": ("drop index captures_portal", "- index captures_portal"),
    "an older schema": ("delete from _sqlite_migrations", "older version"),
    "a newer schema": ("insert into _sqlite_migrations(migration_set, name, applied_at) values ('archive', 'of_tomorrow', 'x')", "newer version"),
    "another's number": ("pragma application_id = 7", "not an archive"),
    "what was removed is back": (f"insert into removals select id, portal, 'x', '2025-01-01', 0 from articles where id = {ONE}", "removed on request"),
    "a look at what was removed is back": (f"insert into _removed select portal, url, 7 from articles where id = {ONE}", "removed on request"),
}  # fmt: skip


def duplicated(path):
    """Two rows of one primary key, as only a damaged index lets in."""
    change(path, "pragma writable_schema = on; update sqlite_master set sql = replace(sql, 'primary key (article, position)', 'check (position)') where name = 'images'; delete from sqlite_master where name = 'sqlite_autoindex_images_1'")  # fmt: skip
    change(path, "insert into images select * from images")


def without_its_log(path):
    """Half a checkpoint: some pages are new, the log with the others was thrown away."""
    old = path.read_bytes()
    change(path, "create table t (x); insert into t select hex(randomblob(3000)) from captures; delete from captures where rowid % 2; reindex; drop table t; vacuum")  # fmt: skip
    new = path.read_bytes()
    half = len(new) // 4096 // 2 * 4096
    path.write_bytes(new[:half] + old[half:])


def garbled_log(path):
    """A log whose frames are whole but whose pages are not what they say."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("pragma journal_mode = wal")
    conn.execute("pragma wal_autocheckpoint = 0")
    conn.execute("update articles set text_sha256 = 'half-written'")
    for name in ("", "-wal"):
        shutil.copy(f"{path}{name}", f"{path}.copy{name}")
    conn.close()
    for name in ("", "-wal"):
        shutil.move(f"{path}.copy{name}", f"{path}{name}")


def flipped(path, needle, by=b"\xff"):
    content = path.read_bytes()
    at = content.index(needle)
    path.write_bytes(content[:at] + by + content[at + len(by) :])


FILES = {
    "cut short": (lambda p: p.write_bytes(p.read_bytes()[: p.stat().st_size // 2]), ""),
    "one page short": (lambda p: p.write_bytes(p.read_bytes()[:-4096]), ""),
    "a page overwritten": (lambda p: p.write_bytes(p.read_bytes()[:8192] + b"\xff" * 8192 + p.read_bytes()[16384:]), ""),
    "a page of zeros": (lambda p: p.write_bytes(p.read_bytes()[:40960] + b"\0" * 4096 + p.read_bytes()[45056:]), ""),
    "a flipped byte in a text": (lambda p: flipped(p, "Hội nghị".encode(), b"X"), ""),
    "a byte that is no letter": (lambda p: flipped(p, "Hội nghị".encode()), ""),
    "a flipped byte in the header": (lambda p: flipped(p, b"SQLite format 3"), ""),
    "emptied": (lambda p: p.write_bytes(b""), ""),
    "no database": (lambda p: p.unlink(), ""),
    "a folder": (lambda p: (p.unlink(), p.mkdir()), ""),
    "text": (lambda p: p.write_text("hello\n" * 1000), ""),
    "rows twice": (duplicated, ""),
    "without its log": (without_its_log, ""),
    "a half-written log": (garbled_log, "hash"),
    "another's": (lambda p: (p.unlink(), change(p, "create table recipes (name text)")), "not an archive"),
}  # fmt: skip


@pytest.mark.parametrize("name", [*SABOTAGE, *FILES])
def test_a_sabotaged_archive_is_refused(dumps, tmp_path, name, monkeypatch, capsys):
    archive, out, _ = dumps
    copy = copy_of(archive, tmp_path / "archive.db")
    dist = tmp_path / "dist"
    shutil.copytree(out, dist, symlinks=True)
    before = published(dist)
    if name in SABOTAGE:
        sql, reason = SABOTAGE[name]
        change(copy, sql)
    else:
        sabotage, reason = FILES[name]
        sabotage(copy)
    code, said = publish_here(copy, dist, capsys)
    assert code in (1, 74) and reason in said and "Traceback" not in said and said.strip()
    assert published(dist) == before


def test_the_sabotage_is_what_is_refused(dumps, tmp_path, capsys):
    """The same copy, untouched, is published: so each refusal is for what was done to it."""
    archive, out, _ = dumps
    copy = copy_of(archive, tmp_path / "archive.db")
    change(copy, UNLOCK + LOCK)
    shutil.copytree(out, tmp_path / "dist", symlinks=True)
    change(copy, "update runs set finished_at = '2026-01-01T00:00:00Z'")
    assert publish_here(copy, tmp_path / "dist", capsys) == (0, "")
    assert published(tmp_path / "dist") != published(out)


def test_a_refusal_through_the_real_command(dumps, tmp_path):
    archive, _, _ = dumps
    copy = copy_of(archive, tmp_path / "archive.db")
    change(copy, "delete from articles_fts_docsize; drop view coverage")
    done = scrapy("publish", "--out", tmp_path / "dist", archive=copy)
    assert done.returncode == 1 and "coverage" in done.stderr
    assert not (tmp_path / "dist" / "latest.json").exists()
    few = scrapy("publish", "--out", tmp_path / "dist", "--min-articles", "5000", archive=archive)
    assert few.returncode == 1 and "at least 5000" in few.stderr


@pytest.mark.parametrize("content", ["", "{", "[]", '{"database": "../x.db"}', '{"database": "archive-20250101.db", "sha256": {}}'])  # fmt: skip
def test_a_spoilt_manifest_is_answered_with_a_sentence(dumps, tmp_path, capsys, content):
    archive, _, _ = dumps
    (tmp_path / "latest.json").write_text(content)
    code, said = publish_here(archive, tmp_path, capsys)
    assert code == 1 and "latest.json" in said
    assert published(tmp_path).keys() == {"latest.json"}


def test_a_last_dump_that_is_damaged_is_no_base_for_a_delta(dumps, tmp_path):
    archive, _, yesterday = dumps
    shutil.copytree(yesterday, tmp_path / "dist", symlinks=True)
    old = dump_of(tmp_path / "dist")
    old.write_bytes(old.read_bytes()[:-4096])
    done = publish(archive, tmp_path / "dist", WISH, now=now())
    assert done.files and "delta" in done.remarks[0]
    assert not list((tmp_path / "dist").glob("delta-*"))
