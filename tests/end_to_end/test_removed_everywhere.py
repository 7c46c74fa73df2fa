"""After a removal nothing public holds the article's words, its addresses, or a digest of either."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from hashlib import md5, sha1, sha256
from urllib.parse import urlsplit

import pytest

from crawler.archive.introspect import stored_tables
from crawler.archive.snapshots import snapshots_of, stamp_of
from crawler.clock import now
from crawler.dump.snapshot import reading, write_snapshot
from samples.portals import SITES
from samples.warc import write_warc
from tests.desk.conftest import served
from tests.desk.test_feeds import FEEDS
from tests.end_to_end.dump_fixtures import change, copy_of, latest_of, unpacked
from tests.end_to_end.test_publish_delta import same_rows
from tests.scrapy_command import rows, scrapy

ELSEWHERE = "https://sotttt.hanoi.gov.vn/lien-ket-cu/991"  # an address that leads to the article


class Place:
    """An archive with two dumps, one from before a removal; and what nobody may find any more."""

    def __init__(self, folder):
        self.archive, self.dist = folder / "archive.db", folder / "dist"
        self.warc, self.before = folder / "samples.warc.gz", folder / "before.db"
        write_warc(self.warc, [SITES["ha_noi"](12)])
        self.night()
        self.publish()
        sections = "select article from captures group by article having count(distinct url) > 1"
        found = rows(
            self.archive,
            "select id, url, title, text, text_sha256 from articles order by id in "
            f"({sections}) desc, id limit 1",
        )
        self.ident, self.url, title, text, digest = found[0]
        self.portal = "ha_noi"
        home = rows(self.archive, "select start_url from portals where slug = 'ha_noi'")[0][0]
        run = rows(self.archive, "select max(id) from runs")[0][0]
        self.change(
            # What a portal may do, and what alarms and issues say of it.
            ("insert into captures(url, fetched_at, portal, status, outcome, location, digest) "
             "values (?, '2025-01-01T00:00:00.000Z', 'ha_noi', 301, 'redirect', ?, 'aa')",
             ELSEWHERE, urlsplit(self.url).path),
            ("insert into captures(url, fetched_at, portal, status, outcome, location) "
             "values (?, '2025-01-01T00:00:00.000Z', 'ha_noi', 302, 'redirect', ?)", home, self.url),
            ("insert into alarms(portal, run, code, detail, since) values "
             "('ha_noi', ?, 'mass_missing', ?, '2025-01-01T00:00:00Z')", run, f"3 of 5: {self.url}"),
            ("insert into issues(url, seen_at, reason, portal, detail) values "
             "(?, '2025-01-01T00:00:00.000Z', 'odd', 'ha_noi', ?)", home, f"{title} (x)"),
            ("update run_portals set evidence = ?", f"at {urlsplit(self.url).path}"),
        )  # fmt: skip
        self.publish()
        shutil.copy(self.dist / "archive.db", self.before)
        addresses = {
            self.url, ELSEWHERE,
            *(u for (u,) in rows(self.archive, "select url from addresses where article = ?", self.ident)),
            *(u for (u,) in rows(self.archive, "select url from captures where article = ?", self.ident)),
        }  # fmt: skip
        seen = "select digest from captures where article = ? and digest is not null"
        self.needles = {title, max(text.split("\n"), key=len), digest}
        self.needles |= {one for (one,) in rows(self.archive, seen, self.ident)}
        for address in addresses:
            self.needles |= {address, urlsplit(address).path}
            self.needles |= {kind(address.encode()).hexdigest() for kind in (md5, sha1, sha256)}
        others = "\n".join(
            text for (text,) in rows(self.archive, "select text from articles where id <> ?", self.ident)
        )  # fmt: skip
        self.needles = {needle for needle in self.needles if needle not in others}

    def change(self, *statements):
        with closing(sqlite3.connect(self.archive)) as conn:
            for sql, *values in statements:
                conn.execute(sql, values)
            conn.commit()

    def scrapy(self, *words):
        done = scrapy(*words, archive=self.archive)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done

    def night(self):
        done = scrapy("nightly", "ha_noi", "-s", f"REPLAY_WARC={self.warc}", archive=self.archive)
        assert done.returncode in (0, 1), done.stderr

    def publish(self):
        self.scrapy("publish", "--out", self.dist)

    def found_in(self, content, where):
        content = content if isinstance(content, bytes) else str(content).encode()
        return [(where, needle) for needle in self.needles if needle.encode() in content]

    def found_in_tables(self, path):
        found = []
        with reading(path) as conn:
            for table in stored_tables():
                for row in conn.execute(f"select * from [{table}]"):
                    for value in row:
                        found += self.found_in(value if value is not None else "", (table, row))
        return found


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("removed"))
    assert place.found_in_tables(place.archive), "it is there before"
    place.scrapy("remove", place.url, "--reason", "Theo yêu cầu")
    return place


def test_no_public_table_names_it(place):
    assert place.found_in_tables(place.archive) == []
    number, portal, reason, _, looks = rows(place.archive, "select * from removals")[0]
    assert (number, portal, reason) == (place.ident, "ha_noi", "Theo yêu cầu") and looks >= 2
    for snapshot in snapshots_of(place.archive):
        assert place.found_in_tables(snapshot) == []
    assert len(snapshots_of(place.archive)) == 1


def test_no_file_of_the_next_dump_names_it(place):
    place.publish()
    dump = place.dist / latest_of(place.dist)["database"]
    assert place.found_in_tables(dump) == []
    with closing(sqlite3.connect(dump)) as conn:
        for needle in place.needles:
            assert needle not in "\n".join(conn.iterdump())
    version = dump.stem.removeprefix("archive-")
    files = [path for path in place.dist.iterdir() if path.stem.partition(".")[0].endswith(version)]
    assert {path.suffix for path in files} >= {".db", ".zst", ".csv", ".json", ".md"}
    assert [path for path in files if path.name.startswith("delta-")]
    for path in files:
        content = unpacked(path) if path.suffix == ".zst" else path.read_bytes()
        assert place.found_in(content, path.name) == []
    if (parquet := place.dist / f"articles-{version}.parquet").exists():
        from pyarrow.parquet import read_table

        assert place.found_in(read_table(parquet).to_pylist(), "parquet") == []
    delta = next(path for path in files if path.name.startswith("delta-"))
    change(place.before, unpacked(delta).decode())
    same_rows(place.before, copy_of(dump, place.before.with_name("today.db")))


def test_no_page_and_no_feed_names_it(place, tmp_path):
    dump = tmp_path / "archive.db"
    with reading(place.archive) as conn:
        write_snapshot(conn, dump)
    site = served(dump)

    async def ask(path):
        await site.invoke_startup()
        return await site.client.get(path)

    for path in (*FEEDS[:2], "/dong-tin/cong/ha_noi.atom", "/tong-quan", "/archive/removals.json",
                 "/archive/removals", "/archive/captures.csv?_size=max"):  # fmt: skip
        answer = asyncio.run(ask(path))
        assert answer.status_code == 200, path
        assert place.found_in(answer.content, path) == []
    gone = asyncio.run(ask(f"/archive/articles/{place.ident}"))
    assert gone.status_code == 410 and "Theo yêu cầu" in gone.text
    assert place.found_in(gone.content, "its own page") == []


@pytest.mark.parametrize("made_of", ["itself", "a dump", "a shard of before"])
def test_nothing_brings_it_back(place, tmp_path, made_of):
    """Also where its names are not known any more, only its number."""
    archive, dist = tmp_path / "archive.db", tmp_path / "dist"
    (tmp_path / "captures").mkdir()
    kept = tmp_path / "captures" / f"ha_noi-{stamp_of(now())}.warc.gz"
    shutil.copy(place.warc, kept)  # as last night's, which no row points at any more
    copy_of(place.archive, archive)
    there = Place.__new__(Place)
    vars(there).update(vars(place) | {"archive": archive, "dist": dist})
    there.publish()
    if made_of == "a dump":
        archive.unlink()
        there.scrapy("restore", "--dumps", dist)
        assert rows(archive, "select * from _removed") == []
    elif made_of == "a shard of before":
        old = tmp_path / "old.db"
        shard = Place.__new__(Place)
        vars(shard).update(vars(place) | {"archive": old})
        shard.night()
        assert there.found_in_tables(old)
        there.scrapy("merge", old)
    assert there.found_in_tables(archive) == []
    there.night()
    for words in (("backfill", "ha_noi", "--warc", kept), ("reextract",)):
        there.scrapy(*words)
        assert there.found_in_tables(archive) == [], words
    there.night()
    assert there.found_in_tables(archive) == []
    assert rows(archive, "select 1 from articles where id = ?", place.ident) == []
    there.publish()
