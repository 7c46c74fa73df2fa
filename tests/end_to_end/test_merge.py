"""Shards of several machines become one archive: as if one machine had seen it all, in any order."""

from __future__ import annotations

import shutil
import sqlite3
from argparse import Namespace
from itertools import permutations
from random import Random

import pytest
from scrapy.settings import Settings

from crawler.archive.articles.removal import remove
from crawler.archive.database import Archive
from crawler.archive.files.keep import carry, put_file
from crawler.archive.files.readings import save_reading
from crawler.archive.ids import stable_id, text_sha256
from crawler.archive.introspect import expected, stored_tables
from crawler.archive.merge import merge as merging
from crawler.archive.merge.articles import set_status
from crawler.archive.merge.conflicts import RULES
from crawler.archive.merge.merge import APART, attached, merge, writing
from crawler.commands.merge import Command
from crawler.documents.model import DocumentFacts, DocumentReading
from crawler.dump.snapshot import reading, write_snapshot
from crawler.items import Capture
from samples.portals import SITES
from samples.warc import write_warc
from tests.end_to_end.dump_fixtures import change, copy_of
from tests.scrapy_command import rows, scrapy

PORTALS = ("yen_bai", "vinh_phuc", "ha_noi")
FRONTIER = (
    "select portal, name, kind, url, form, state, rank, page, depth, barren, attempts, hops, sweep, text, "
    "article_links, declared, digest, etag, misses, due, fruit, "
    "(select name from _frontier l where l.id = f.found_on) from _frontier f"
)
LAST = (
    "select article, seen_at, extractor from revisions r where rowid = (select max(rowid) from revisions "
    "where article = r.article and seen_at = r.seen_at)"
)


def everything(archive):
    """All that an archive says, public and private, whatever the numbers of its rows."""
    said = {
        table: sorted(map(repr, rows(archive, f"select * from [{table}]")))
        for private in (False, True)
        for table in stored_tables(private=private)
        if table != "_frontier"
    }
    said["_frontier"] = sorted(map(repr, rows(archive, FRONTIER)))
    said["readings that count"] = sorted(map(repr, rows(archive, LAST)))
    for name in ("edited_articles", "gone_articles"):
        said[name] = sorted(map(repr, rows(archive, f"select * from {name}")))
    return said


def merged(target, *shards):
    Archive.open(target).close()
    with writing(target) as conn:
        for shard in shards:
            with attached(conn, shard):
                merge(conn)
    assert rows(target, "pragma foreign_key_check") == []
    for index in ("articles_fts", "files_fts"):
        change(target, f"insert into {index}({index}, rank) values ('integrity-check', 1)")
    return target


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    """Three machines' archives, the WARC they were crawled from, and one machine's of all."""
    folder = tmp_path_factory.mktemp("merge")
    warc = folder / "all.warc.gz"
    write_warc(warc, [SITES[name](12) for name in PORTALS])
    for name, portals in (*((name, [name]) for name in PORTALS), ("one", PORTALS)):
        done = scrapy(
            "nightly", "--db", folder / f"{name}.db", "-s", f"REPLAY_WARC={warc}",
            "-s", f"CAPTURES_DIR={folder / 'captures'}", *portals,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return folder


def test_every_table_has_a_rule():
    tables = {*stored_tables(), *stored_tables(private=True)}
    assert tables == {*RULES, *APART}
    assert len(expected()) > len(tables)


def test_three_machines_are_as_one(shards, tmp_path):
    into = tmp_path / "archive.db"
    done = scrapy("merge", *(shards / f"{name}.db" for name in PORTALS), "--db", into)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("new articles") == 3
    ours, wanted = everything(into), everything(shards / "one.db")
    # A run is another run, and the moments of looking are each machine's; what was seen is the same.
    for table in ("articles", "addresses", "authors", "article_authors", "images", "attachments", "revisions", "portals", "provinces", "removed_lines", "fingerprints", "_boilerplate", "_moved"):  # fmt: skip
        if table == "_boilerplate":
            query = "select portal, line from _boilerplate order by 1, 2"
            assert rows(into, query) == rows(shards / "one.db", query)
        else:
            assert ours[table] == wanted[table], table
    queue = "select portal, name, kind, state, page from _frontier order by 1, 2"
    assert rows(into, queue) == rows(shards / "one.db", queue)
    looks = "select url, status, outcome, article from captures order by 1"
    assert rows(into, looks) == rows(shards / "one.db", looks)


def test_the_next_night_goes_on_as_if_it_had_been_one(shards, tmp_path):
    into = merged(tmp_path / "archive.db", *(shards / f"{name}.db" for name in PORTALS))
    one = copy_of(shards / "one.db", tmp_path / "one.db")
    for archive in (into, one):
        before = rows(archive, "select count(*) from captures")[0][0]
        done = scrapy("nightly", *PORTALS, "-s", f"REPLAY_WARC={shards / 'all.warc.gz'}", archive=archive)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert rows(archive, "select sum(pages) from run_portals where run = (select max(id) from runs)")[0][0] < before  # fmt: skip
    night = "select portal, pages, lists, new, edited, unchanged, errors from run_portals where run = (select max(id) from runs) order by 1"  # fmt: skip
    assert rows(into, night) == rows(one, night)
    queue = "select portal, name, kind, state, page, sweep from _frontier order by 1, 2"
    assert rows(into, queue) == rows(one, queue)


def test_merging_again_changes_nothing_and_the_order_does_not_matter(shards, tmp_path):
    files = [shards / f"{name}.db" for name in PORTALS]
    wanted = everything(merged(tmp_path / "first.db", *files))
    for at, order in enumerate(permutations([*files, files[0]])):
        if at % 5 == 0:
            assert everything(merged(tmp_path / f"{at}.db", *order)) == wanted
    # Half of it merged before, or into one of the shards itself.
    half = merged(tmp_path / "half.db", *files[:2])
    assert everything(merged(tmp_path / "whole.db", files[2], half)) == wanted
    own = copy_of(files[1], tmp_path / "own.db")
    assert everything(merged(own, files[0], files[2])) == wanted


# One portal on several machines, at different times

DAYS = range(1, 29)


class Machine:
    """A machine that looked at some articles on some days."""

    def __init__(self, path, random, number):
        self.random, self.number = random, number
        self.archive = Archive.open(path)
        self.conn = self.archive.conn
        self.conn.execute("insert or ignore into portals(slug, department, host, evidence, platform) values ('p', 'd', 'h', 'e', ?)", (random.choice("abc"),))  # fmt: skip

    def look(self, number, day, text, *, rules="1", outcome="ok"):
        key, ident = f"k{number}", stable_id("p", f"k{number}")
        conn, url = self.conn, f"https://p/{number}"
        known = conn.execute("select text, captured_at, last_seen from articles where id = ?", (ident,)).fetchone()  # fmt: skip
        conn.execute("insert or ignore into captures(url, fetched_at, portal, outcome, article, warc, offset) values (?, ?, 'p', ?, ?, 'w', 7)", (url, day, outcome, ident if known else None))  # fmt: skip
        if outcome != "ok" or conn.execute("select 1 from removals where article = ?", (ident,)).fetchone():  # fmt: skip
            return
        sha, title = text_sha256(text), f"Tin {text}"
        if known is None:
            conn.execute("insert into articles(id, portal, key, url, title, text, captured_at, first_seen, last_seen, text_sha256, extractor, search_text) values (?, 'p', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (ident, key, url, title, text, day, day, day, sha, rules, text))  # fmt: skip
            conn.execute(
                "update captures set article = ? where url = ? and fetched_at = ?",
                (ident, url, day),
            )
        if known is None or known[0] != text:
            conn.execute("insert or ignore into revisions(article, seen_at, title, text, text_sha256, change, extractor) values (?, ?, ?, ?, ?, ?, ?)", (ident, day, title, text, sha, '{"fields": ["text"], "class": "%s"}' % ("edit" if known else "first"), rules))  # fmt: skip
            if known:
                conn.execute("update articles set text = ?, title = ?, search_text = ?, text_sha256 = ?, captured_at = ?, extractor = ?, status = 'edited' where id = ?", (text, title, text, sha, day, rules, ident))  # fmt: skip
            for table in ("article_authors", "images", "removed_lines"):
                conn.execute(f"delete from {table} where article = ?", (ident,))
            conn.execute("insert or ignore into authors values (?, ?, 'person', ?)", (stable_id(text), f"Tác giả {text}", text))  # fmt: skip
            conn.execute("insert into article_authors values (?, 1, ?, 'author', null, ?)", (ident, stable_id(text), text))  # fmt: skip
            conn.execute("insert into images values (?, 1, ?, null, null)", (ident, f"https://p/{text}.jpg"))  # fmt: skip
            self.keep(f"https://p/{text}.jpg", day)
            conn.execute("insert into removed_lines values (?, ?)", (ident, text))
        conn.execute("update articles set last_seen = max(last_seen, ?) where id = ?", (day, ident))
        conn.execute("insert into addresses values (?, ?, ?) on conflict(url) do nothing", (url, ident, day))  # fmt: skip

    def keep(self, address, day):
        """A file that stands at an address; the words of some were read."""
        name = self.random.choice("abc")
        look = Capture(
            address, f"{day}-f", 200, warc=f"{day}.warc", offset=9, digest=text_sha256(name)
        )
        self.conn.execute("insert or ignore into captures(url, fetched_at, portal, outcome, digest, warc, offset) values (?, ?, 'p', 'ok', ?, ?, 9)", (address, look.fetched_at, look.digest, look.warc))  # fmt: skip
        put_file(self.conn, look, name=name, kind="application/pdf", size=7)
        carry(self.conn, address, look.digest, look.fetched_at)
        if self.random.random() < 0.5:
            facts = DocumentFacts(number=name, raws={"number": f"Số: {name}"})
            reading = DocumentReading("application/pdf", text=name, text_from="text", facts=facts)
            save_reading(self.conn, look.digest, reading, located=False)

    def remove(self, number, day):
        ident = stable_id("p", f"k{number}")
        if self.conn.execute("select 1 from articles where id = ?", (ident,)).fetchone():
            remove(self.conn, ident, reason="asked", now=day, leads_to=str)

    def live(self, days, *, removing=False):
        random, conn = self.random, self.conn
        for number_of_day in days:
            run = f"2025-03-{number_of_day:02}T22:00:00.000Z"  # all begin in one moment
            day = f"2025-03-{number_of_day:02}T22:00:01.{self.number:03}Z"
            ended = random.choice([(None, None, None), (run, "ok", 0), (run, "partly failed", 1)])
            conn.execute("insert or ignore into runs values (?, 'nightly', ?, ?, ?, ?)", (run, run, *ended))  # fmt: skip
            conn.execute("insert or ignore into run_portals(run, portal, started_at, pages) values (?, 'p', ?, ?)", (run, day, random.randint(0, 9)))  # fmt: skip
            conn.execute("insert into _sweeps values ('p', 1, 1, ?, ?) on conflict do update set number = number + 1, started_at = excluded.started_at, deep = ?", (day, day, random.randint(0, 1)))  # fmt: skip
            for number in random.sample(range(8), random.randint(1, 5)):
                self.look(number, day, f"{number}-{random.choice('xyz')}", rules=random.choice("12"), outcome=random.choice(["ok", "ok", "ok", "http_404", "timeout"]))  # fmt: skip
                conn.execute("insert into _frontier(portal, name, kind, url, found_on) values ('p', ?, 'article', 'u', (select max(id) from _frontier)) on conflict do nothing", (f"a:k{number}",))  # fmt: skip
                settled = "state = 'done', sweep = (select number from _sweeps), misses = abs(random() % 3)"  # fmt: skip
                conn.execute(f"update _frontier set {random.choice([settled, settled, REQUEUED])} where name = ?", (f"a:k{number}",))  # fmt: skip
                conn.execute("insert or ignore into issues select url, ?, 'odd', 'p', ?, id from articles where key = ?", (day, random.choice("ab"), f"k{number}"))  # fmt: skip
            reread = "select article, seen_at, title || '!', summary, text, byline, published, text_sha256, change, ? from revisions order by random() limit 1"  # fmt: skip
            conn.execute(f"insert or ignore into revisions(article, seen_at, title, summary, text, byline, published, text_sha256, change, extractor) {reread}", (random.choice("345"),))  # fmt: skip
            conn.execute("insert or ignore into _moved values ('p', ?, ?)", (f"m{random.randint(0, 3)}", f"k{random.randint(0, 3)}"))  # fmt: skip
            conn.execute("insert or ignore into _boilerplate values ('p', ?, ?)", (f"l{random.randint(0, 3)}", day))  # fmt: skip
            conn.execute("insert or replace into _robots values ('h', ?, 200, ?)", (day, random.choice("abc")))  # fmt: skip
            conn.execute("insert or ignore into _warcs values (?, ?)", (f"{day}.warc", f"/of/{self.number}"))  # fmt: skip
        if removing:
            for number in random.sample(range(8), 2):
                self.remove(number, f"2025-04-{random.randint(1, 9):02}T00:00:00.000Z")
        for (ident,) in conn.execute("select id from articles").fetchall():
            set_status(conn, ident)
        self.archive.close()


REQUEUED = "state = 'pending', attempts = 0"


@pytest.mark.parametrize("seed", range(8))
def test_any_order_any_grouping_and_again(tmp_path, seed):
    random = Random(seed)
    a, b, c = files = [tmp_path / f"shard{at}.db" for at in range(3)]
    for at, path in enumerate(files):
        days = sorted(random.sample(DAYS, random.randint(3, 14)))
        if at == 2 and seed % 2:  # the first shard once more, some nights later
            shutil.copy(a, c)
            Machine(c, random, 0).live(range(29, 32), removing=seed % 3 == 0)
        else:
            Machine(path, random, at).live(days, removing=seed % 3 == at)
    wanted = everything(merged(tmp_path / "abc.db", a, b, c))
    for order in ((c, b, a), (b, a, c), (a, c, b), (a, b, c, a, b), *([(b, c)] if seed % 2 else [])):  # fmt: skip
        target = tmp_path / "other.db"
        assert everything(merged(target, *order)) == wanted, order
        target.unlink()
    grouped = merged(tmp_path / "bc.db", b, c)
    assert everything(merged(tmp_path / "a-bc.db", a, grouped)) == wanted
    assert everything(merged(grouped, a)) == wanted
    assert wanted["revisions"] and wanted["_frontier"] and wanted["files"] and wanted["documents"]


def test_a_removal_in_one_shard_wins(shards, tmp_path):
    url, ident, text = rows(
        shards / "ha_noi.db", "select url, id, text from articles order by id limit 1"
    )[0]
    removed = copy_of(shards / "ha_noi.db", tmp_path / "removed.db")
    assert scrapy("remove", url, "--reason", "asked", archive=removed).returncode == 0
    needle = text.split("\n")[0].encode()
    assert needle in (shards / "ha_noi.db").read_bytes()
    said = []
    for order in ((removed, shards / "ha_noi.db"), (shards / "ha_noi.db", removed)):
        into = tmp_path / f"{len(said)}.db"
        done = scrapy("merge", *order, archive=into)
        assert done.returncode == 0, done.stderr
        said.append(everything(into))
        assert rows(into, "select reason from removals where article = ?", ident) == [("asked",)]
        for table in ("articles", "revisions", "addresses", "images", "article_authors", "fingerprints"):  # fmt: skip
            column = "id" if table == "articles" else "article"
            assert rows(into, f"select count(*) from {table} where {column} = ?", ident) == [(0,)]
        assert rows(into, "select * from captures where url = ?", url) == []
        assert rows(into, "select state from _frontier where name like 'a:%' and state = 'removed'")
        assert needle not in into.read_bytes()
    assert said[0] == said[1]


# What cannot be merged


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("torn", 74, ""), ("flipped", 1, "hash"), ("foreign", 74, "not an archive"), ("older", 1, "older version"),
        ("newer", (1, 74), "newer version"), ("missing", 74, "no archive"), ("a dump", 1, "older version"),
        ("empty", 74, ""), ("text", 74, ""), ("itself", 2, "--db"), ("none", 2, "shard1.db"),
    ],
)  # fmt: skip
def test_a_shard_that_is_none_is_refused(shards, tmp_path, capsys, name, code, reason):
    target = copy_of(shards / "yen_bai.db", tmp_path / "archive.db")
    bad = copy_of(shards / "ha_noi.db", tmp_path / "shard.db")
    before = everything(target)
    if name == "torn":
        bad.write_bytes(bad.read_bytes()[: bad.stat().st_size // 3])
        code = (1, 74)
    elif name == "flipped":
        change(bad, "drop trigger revisions_keep; update revisions set text = 'x'; create trigger revisions_keep before update on revisions begin select raise(abort, 'revisions are append-only'); end")  # fmt: skip
    elif name == "foreign":
        bad.unlink()
        change(bad, "create table recipes (name text)")
    elif name == "older":
        change(bad, "delete from _sqlite_migrations")
    elif name == "newer":
        change(bad, "insert into _sqlite_migrations(migration_set, name, applied_at) values ('archive', 'of_tomorrow', 'x')")  # fmt: skip
    elif name == "missing":
        bad.unlink()
    elif name == "a dump":
        with reading(shards / "ha_noi.db") as conn:
            write_snapshot(conn, bad)
    elif name == "empty":
        bad.write_bytes(b"")
    elif name == "text":
        bad.write_text("hello\n" * 1000)
    good = shards / "vinh_phuc.db"
    arguments = {"itself": [str(target)], "none": []}.get(name, [str(good), str(bad)])
    command = Command()
    command.settings = Settings({"ARCHIVE_DB": str(target)})
    command.run(arguments, Namespace(db=None))
    said = capsys.readouterr().err
    codes = code if isinstance(code, tuple) else (code,)
    assert command.exitcode in codes and reason in said and said.strip() and "Traceback" not in said
    assert everything(target) == before  # not even the good one beside it


def test_a_target_in_use_is_left_alone(shards, tmp_path):
    target = copy_of(shards / "yen_bai.db", tmp_path / "archive.db")
    busy = Archive.open(target)
    try:
        done = scrapy("merge", shards / "ha_noi.db", archive=target)
    finally:
        busy.close()
    assert done.returncode == 75 and "Another process" in done.stderr


def test_a_merge_that_breaks_leaves_the_archive_as_it_was(shards, tmp_path, monkeypatch):
    target = copy_of(shards / "yen_bai.db", tmp_path / "archive.db")
    before = everything(target)

    def breaking(conn, *, newer):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(merging, "merge_frontier", breaking)
    with (
        writing(target) as conn,
        attached(conn, shards / "ha_noi.db"),
        pytest.raises(sqlite3.OperationalError),
    ):
        merge(conn)
    assert everything(target) == before
