"""Publishing: the same bytes twice, yesterday and the delta make today, a broken archive is refused."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
import zstandard

from samples.portals import SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.scrapy_command import rows, scrapy


def crawl(folder: Path, archive: Path, count: int) -> None:
    warc = folder / f"{count}.warc.gz"
    write_warc(warc, [SITES["ha_noi"](count)])
    done = scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", "-a", "deep=1", archive=archive)
    assert done.returncode == 0, done.stderr


def published(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}


@pytest.fixture(scope="module")
def dumps(tmp_path_factory):
    """An archive, and its dumps of two days."""
    folder = tmp_path_factory.mktemp("publish")
    archive, out = folder / "archive.db", folder / "dist"
    crawl(folder, archive, 24)
    assert scrapy("publish", "--out", out, archive=archive).returncode == 0
    first = json.loads((out / "latest.json").read_text())
    shutil.copytree(out, folder / "yesterday")
    with sqlite3.connect(archive) as conn:  # the next crawl is another day's
        conn.execute("update runs set started_at = '2025-01-01T00:00:00Z'")
    conn.close()
    crawl(folder, archive, 30)
    url = rows(archive, "select url from articles order by id limit 1")[0][0]
    assert scrapy("remove", url, "--reason", "x", archive=archive).returncode == 0
    done = scrapy("publish", "--out", out, archive=archive)
    assert done.returncode == 0, done.stderr
    return archive, out, folder / "yesterday", first


def test_files_and_sums(dumps):
    _, out, _, first = dumps
    latest = json.loads((out / "latest.json").read_text())
    assert latest["predecessor"]["sha256"] == first["sha256"][first["database"]]
    assert set(latest["files"]) <= set(published(out))
    for line in (out / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert published(out)[name] == digest == latest["sha256"][name]
    packed = (out / f"{latest['database']}.zst").read_bytes()
    whole = zstandard.ZstdDecompressor().decompress(packed)
    assert whole == (out / latest["database"]).read_bytes()
    package = json.loads((out / "datapackage.json").read_text())
    assert {"articles", "revisions", "captures"} <= {r["name"] for r in package["resources"]}
    assert all(f["description"] for r in package["resources"] for f in r["schema"]["fields"])
    changes = max(out.glob("CHANGES-*.md")).read_text(encoding="utf-8")
    assert re.search(r"Bài mới \(new\): \d+", changes)


def test_the_dump_is_public_and_searchable(dumps):
    archive, out, _, _ = dumps
    dump = out / json.loads((out / "latest.json").read_text())["database"]
    names = [name for (name,) in rows(dump, "select name from sqlite_master")]
    assert not [name for name in names if name.startswith("_")]
    assert rows(dump, "select count(*) from articles") == rows(
        archive, "select count(*) from articles"
    )
    for words in ("hội nghị", "hoi nghi"):
        assert (
            rows(dump, "select count(*) from articles_fts where articles_fts match ?", words)[0][0]
            > 0
        )
    assert rows(dump, "pragma integrity_check") == [("ok",)]


def test_publishing_twice_changes_nothing(dumps, tmp_path):
    archive, out, _, _ = dumps
    before = published(out)
    again = scrapy("publish", "--out", out, archive=archive)
    assert again.returncode == 0 and "nothing new" in again.stdout
    assert published(out) == before
    other = tmp_path / "dist"
    assert scrapy("publish", "--out", other, archive=archive).returncode == 0
    name = json.loads((other / "latest.json").read_text())["database"]
    assert (other / name).read_bytes() == (out / name).read_bytes()
    assert (other / f"{name}.zst").read_bytes() == (out / f"{name}.zst").read_bytes()


def test_yesterday_and_the_delta_make_today(dumps, tmp_path):
    _, out, yesterday, first = dumps
    today = out / json.loads((out / "latest.json").read_text())["database"]
    mine = tmp_path / "mine.db"
    shutil.copy(yesterday / first["database"], mine)
    packed = next(out.glob("delta-*.sql.zst")).read_bytes()
    with sqlite3.connect(mine, isolation_level=None) as conn:
        conn.executescript(zstandard.ZstdDecompressor().stream_reader(packed).read().decode())
    conn.close()
    tables = [
        n
        for (n,) in rows(
            today, "select name from sqlite_master where type = 'table' and name not like '%fts%'"
        )
    ]
    assert len(tables) >= 12
    for table in tables:
        wanted = sorted(map(repr, rows(today, f"select * from [{table}]")))
        assert sorted(map(repr, rows(mine, f"select * from [{table}]"))) == wanted, table
    assert rows(
        mine, "select count(*) from articles_fts where articles_fts match 'hoi nghi'"
    ) == rows(today, "select count(*) from articles_fts where articles_fts match 'hoi nghi'")


UNLOCK = "drop trigger revisions_keep; drop trigger revisions_stay;"
SABOTAGE = {
    "a text without its hash": UNLOCK + "update revisions set text = text || 'x' where rowid in (select min(rowid) from revisions)",
    "a hash without its text": UNLOCK + "update revisions set text_sha256 = 'x'",
    "no articles": "delete from article_authors; delete from images; delete from attachments; delete from addresses; update captures set article = null; update issues set article = null;" + UNLOCK + "delete from revisions; delete from articles",
    "half the articles": UNLOCK + "delete from articles where id % 2",
    "an author nobody is": "insert into article_authors values ((select min(id) from articles), 99, 12345, 'author', null, '')",
    "a portal nobody knows": "update articles set portal = 'nowhere'",
    "a province nobody knows": "insert into issues(url, seen_at, reason, portal) values ('x', 'x', 'x', 'nowhere')",
    "an empty search": "delete from articles_fts_docsize",
    "a revision of nothing": UNLOCK + "update revisions set article = 1 where rowid in (select min(rowid) from revisions)",
    "a picture of nothing": "insert into images(article, position, url) values (1, 1, 'x')",
    "newer than its revisions": "update articles set captured_at = '2099-01-01'",
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [*SABOTAGE, "cut short", "overwritten", "emptied", "no database", "another's"]
)
def test_a_sabotaged_archive_is_refused(dumps, tmp_path, name):
    archive, out, _, _ = dumps
    copy, dist = tmp_path / "archive.db", tmp_path / "dist"
    with sqlite3.connect(archive) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    shutil.copytree(out, dist)
    before = published(dist)
    content = copy.read_bytes()
    if name in SABOTAGE:
        with sqlite3.connect(copy, isolation_level=None) as conn:
            conn.execute("pragma foreign_keys = off")
            conn.executescript(SABOTAGE[name])
        conn.close()
    elif name == "cut short":
        copy.write_bytes(content[: len(content) // 2])
    elif name == "overwritten":
        copy.write_bytes(content[:8192] + b"\xff" * 8192 + content[16384:])
    elif name == "emptied":
        copy.write_bytes(b"")
    elif name == "no database":
        copy.unlink()
    else:
        copy.unlink()
        with sqlite3.connect(copy) as conn:
            conn.execute("create table recipes (name text)")
        conn.close()
    done = scrapy("publish", "--out", dist, archive=copy)
    assert done.returncode != 0 and "Traceback" not in done.stderr and done.stderr.strip()
    assert published(dist) == before


def test_the_queries_of_the_handbook_run(dumps):
    _, out, _, _ = dumps
    dump = out / json.loads((out / "latest.json").read_text())["database"]
    handbook = (ROOT / "docs" / "using-the-dump.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", handbook, re.DOTALL)
    assert len(queries) >= 10
    for query in queries:
        assert rows(dump, query) is not None
