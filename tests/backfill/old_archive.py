"""An archive as older rules left it: several looks at most articles, refused and rescued ones, damage."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from crawler.captures import CaptureWriter
from crawler.text.boilerplate import fingerprint
from samples import gone
from samples.portals import SITES
from samples.shells import nukeviet
from samples.warc import write_warc
from tests.scrapy_command import rows, scrapy

DAYS = ("2025-06-20", "2025-07-01", "2025-07-20")
EDIT = "<p>Bổ sung: hội đồng đã thống nhất lùi thời gian nghiệm thu sang quý IV do thiên tai.</p>"
COUNT = "<p>Lượt xem: {}</p>"
MAINTENANCE = "<html><title>Bảo trì</title><body><h1>Website đang bảo trì</h1></body></html>"
PARTS = (
    "addresses", "article_authors", "images", "attachments", "removed_lines", "fingerprints",
    "revisions", "article_files", "_confirmed",
)  # fmt: skip


def build(folder: Path, *, seed: int = 1) -> Path:
    """The archive, its files of captures beside it."""
    archive, chance = folder / "archive.db", random.Random(seed)
    for portal in ("ha_noi", "vinh_phuc"):
        paths = [_day(folder, portal, day, chance) for day in DAYS]
        done = scrapy("backfill", portal, "--warc", *paths, archive=archive)
        assert done.returncode == 0, done.stderr
    _stranger(folder, archive)
    kept = folder / "kept.warc.gz"
    gone.write_kept(kept)
    done = scrapy("rescue", "cao_bang_nukeviet", "--source", kept, archive=archive)
    assert done.returncode in (0, 1), done.stderr
    url = rows(archive, "select url from articles where portal = 'vinh_phuc' order by id limit 1")
    done = scrapy("remove", url[0][0], "--reason", "theo yêu cầu", archive=archive)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(archive)) as conn, conn:
        conn.execute("pragma foreign_keys = off")
        for trigger in ("revisions_keep", "revisions_stay"):
            conn.execute(f"drop trigger {trigger}")
        age(conn, chance)
        _damage(conn, folder, chance)
    return archive


def _day(folder: Path, portal: str, day: str, chance: random.Random) -> Path:
    """All of a portal on a day: some articles edited, some with a counter, some refused."""
    site = SITES[portal](14)
    path = folder / f"{portal}-{day}.warc.gz"
    writer = CaptureWriter(path, software="samples", portal=portal)
    for number, address in enumerate(site.addresses.values()):
        body = str(site.answer(address).body)
        if day != DAYS[0]:
            more = COUNT.format(chance.randrange(9_999)) if number % 3 else EDIT
            body = body.replace("</p>", f"</p>{more if number % 2 else ''}", 1)
            body = MAINTENANCE if number % 7 == 6 else body
        seconds = number // 2  # two looks in one second
        at = f"{day}T13:{seconds // 60:02}:{seconds % 60:02}Z"
        writer.keep(
            site.root + address, fetched_at=at, status=200,
            headers=[("Content-Type", "text/html; charset=utf-8")], body=body.encode(),
        )  # fmt: skip
    writer.close()
    return path


def _stranger(folder: Path, archive: Path) -> None:
    """A portal that nobody described, crawled as a recording answers."""
    site, warc = nukeviet.build(9), folder / "stranger.warc.gz"
    site.host = "khcn.la.example"
    write_warc(warc, [site])
    done = scrapy(
        "crawl", "portal", "-a", f"url={site.root}{site.start}", "-s", f"REPLAY_WARC={warc}",
        archive=archive,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert rows(archive, "select count(*) > 3 from articles where portal like 'khcn%'") == [(1,)]


def age(conn: sqlite3.Connection, chance: random.Random) -> None:
    """Let older rules have read it: other words, other parts, pages refused, nothing learnt."""
    for ident, _portal in conn.execute("select id, portal from articles order by id").fetchall():
        told = chance.random()
        if told < 0.2:
            words = chance.choice(("text = text || char(10) || 'Xem: 12'", "title = title || '!'"))
            conn.execute(f"update articles set {words} where id = ?", (ident,))
            conn.execute(f"update revisions set {words} where article = ?", (ident,))
        elif told < 0.3:
            conn.execute(
                "update revisions set text = text || 'x' where article = ? and seen_at = "
                "(select min(seen_at) from revisions where article = ?)", (ident, ident),
            )  # fmt: skip
        elif told < 0.4:
            table = chance.choice(("images", "attachments", "article_authors", "fingerprints"))
            conn.execute(f"delete from {table} where article = ?", (ident,))
        elif told < 0.5:
            conn.execute("update articles set section = 'Khác' where id = ?", (ident,))
        elif told < 0.6:
            _refuse_all(conn, ident)
        elif told < 0.7:
            _refuse_one(conn, ident)
        elif told < 0.75:
            conn.execute("update articles set status = 'gone' where id = ?", (ident,))
        if chance.random() < 0.7:
            conn.execute("update articles set extractor = '0+old' where id = ?", (ident,))
            conn.execute("update revisions set extractor = '0+old' where article = ?", (ident,))
    text = conn.execute("select text from articles where portal = 'ha_noi' limit 1").fetchone()[0]
    conn.execute(
        "insert into _boilerplate values ('ha_noi', ?, '2025-01-01')",
        (fingerprint(text.split("\n")[1]),),
    )
    conn.execute("update revisions set change = json_set(change, '$.class', 'edit') "
                 "where json_extract(change, '$.class') = 'noise' and article % 2")  # fmt: skip


def _refuse_all(conn: sqlite3.Connection, ident: int) -> None:
    looks = "select url, fetched_at, 'empty', portal, '' from captures where article = ?"
    conn.execute(
        f"insert or ignore into issues(url, seen_at, reason, portal, detail) {looks}", (ident,)
    )
    for table in PARTS:
        conn.execute(f"delete from {table} where article = ?", (ident,))
    for table in ("captures", "issues"):
        conn.execute(f"update {table} set article = null where article = ?", (ident,))
    conn.execute("delete from articles where id = ?", (ident,))


def _refuse_one(conn: sqlite3.Connection, ident: int) -> None:
    row = conn.execute(
        "select url, fetched_at, portal from captures where article = ? and outcome = 'ok' "
        "order by fetched_at desc limit 1", (ident,),
    ).fetchone()  # fmt: skip
    conn.execute("update captures set article = null where url = ? and fetched_at = ?", row[:2])
    conn.execute("insert or ignore into issues values (?, ?, 'empty', ?, '', null)", row)


def _damage(conn: sqlite3.Connection, folder: Path, chance: random.Random) -> None:
    """Some records are broken, one holds another answer, and the file of one day is gone."""
    conn.execute("delete from _warcs where name = ?", (f"vinh_phuc-{DAYS[1]}.warc.gz",))
    name = f"ha_noi-{DAYS[1]}.warc.gz"
    offsets = [
        offset for (offset,) in
        conn.execute("select offset from captures where warc = ? order by offset", (name,))
    ]  # fmt: skip
    data = bytearray((folder / name).read_bytes())
    for offset in chance.sample(offsets, 2):
        data[offset : offset + 3] = b"xxx"
    (folder / name).write_bytes(data)
    conn.execute(
        "update captures set digest = 'another' where rowid in (select rowid from captures "
        "where warc = ? order by offset limit 2)",
        (f"ha_noi-{DAYS[0]}.warc.gz",),
    )


def whole(archive: Path) -> dict[str, list[tuple]]:
    """Every row of every table but those that tell of runs."""
    tables = rows(
        archive,
        "select name from sqlite_master where type = 'table' and name not like '%_fts%' "
        "and name not in ('runs', 'run_portals') and name not like 'sqlite_%' order by name",
    )
    found = {name: sorted(rows(archive, f"select * from [{name}]"), key=repr) for (name,) in tables}
    with closing(
        sqlite3.connect(archive)
    ) as conn:  # raises when the search index is not as the rows
        conn.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")
    return found
