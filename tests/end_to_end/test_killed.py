"""Whatever is killed anywhere goes on where it was, and ends as one that never stopped."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from hashlib import sha256

import pytest

from crawler.captures import RecordPlace, read_capture
from samples.carried import furnish
from samples.portals import SITES
from samples.server import serve
from samples.warc import write_warc
from samples.web_archive import Snapshot, serve_archive
from tests.conftest import ROOT
from tests.end_to_end.file_portal import portal
from tests.scrapy_command import command, contents, public, rows, scrapy

SITE = "vinh_phuc"
LONG = pytest.mark.long


def run(arguments, archive):
    done = scrapy(*arguments, archive=archive)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def killed_after(seconds, arguments, archive):
    process = subprocess.Popen(
        command(*arguments, archive=archive),
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def copy_archive(source, target):
    for rest in target.parent.glob(f"{target.name}*"):
        rest.unlink()
    if source is None:
        return
    with sqlite3.connect(source) as conn:
        conn.execute("vacuum into ?", (str(target),))
    conn.close()


def survives(folder, arguments, kills, *, start=None, seed=0):
    """Kill a command at random until it has been killed so often; each time it comes to its end,
    and after the last kill, the archive is that of a run nobody touched.
    """
    whole, archive = folder / "whole" / "archive.db", folder / "killed" / "archive.db"
    for path in (whole, archive):
        path.parent.mkdir()
        copy_archive(start, path)
    began = time.monotonic()
    run(arguments, whole)
    seconds, expected = time.monotonic() - began, public(whole)
    chance, killed, seen = random.Random(seed), 0, set()
    for _ in range(kills * 4 + 10):
        if killed == kills:
            break
        began = time.monotonic()
        if killed_after(chance.uniform(0.3, 1.0) * seconds, arguments, archive):
            killed += 1
            # What was acknowledged once is there for good, and whole.
            now = (
                set(rows(archive, "select id, text_sha256 from articles"))
                if exists(archive)
                else set()
            )
            assert {ident for ident, _ in seen} <= {ident for ident, _ in now}
            assert not torn(archive)
            seen = now
        else:
            seconds = time.monotonic() - began  # the machine has less to do than it had
            assert public(archive) == expected
            copy_archive(start, archive)
            seen = set()
    run(arguments, archive)
    assert killed == kills
    assert public(archive) == expected
    assert rows(archive, "pragma integrity_check") == [("ok",)]
    assert rows(archive, "pragma foreign_key_check") == []
    with sqlite3.connect(archive) as conn:
        conn.execute("insert into articles_fts(articles_fts) values ('integrity-check')")
    conn.close()


def exists(archive):
    return archive.exists() and rows(
        archive, "select 1 from sqlite_master where name = 'articles'"
    ) == [(1,)]


def torn(archive):
    """Articles that are not whole: a text that is not its hash, or without its revision or look."""
    if not exists(archive):
        return []
    texts = rows(archive, "select id, text, text_sha256 from articles")
    return [
        ident for ident, text, digest in texts if sha256(text.encode()).hexdigest() != digest
    ] + rows(
        archive,
        "select id from articles where id not in (select article from revisions) "
        "or id not in (select article from captures where article is not null)",
    )


@pytest.fixture(scope="module", params=[60, pytest.param(320, marks=LONG)])
def sample(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("warc") / "samples.warc.gz"
    write_warc(path, [SITES[SITE](request.param)])
    return path


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=LONG)])
def test_a_crawl(sample, tmp_path, kills):
    survives(tmp_path, ("crawl", SITE, "-s", f"REPLAY_WARC={sample}"), kills, seed=1)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=LONG)])
def test_a_crawl_with_files(tmp_path, kills):
    """Its pages, then what they carry, each kept and read: all of it once, whatever was killed when."""
    site = furnish(SITES[SITE](24))
    write_warc(tmp_path / "samples.warc.gz", [site])
    arguments = ("crawl", SITE, "-s", f"REPLAY_WARC={tmp_path / 'samples.warc.gz'}")
    survives(tmp_path, arguments, kills, seed=6)
    archive = tmp_path / "killed" / "archive.db"
    assert rows(archive, "select count(*) > 5, count(*) filter (where text_from is null) from files") == [(1, 0)]  # fmt: skip
    assert not rows(archive, "select 1 from _frontier where state = 'wanted'")
    with sqlite3.connect(archive) as conn:
        conn.execute("insert into files_fts(files_fts, rank) values ('integrity-check', 1)")
    conn.close()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=LONG)])
def test_a_live_crawl_with_files(tmp_path, kills):
    """The same from a server: what was kept once is not asked for again, and can be read back."""
    with portal(tmp_path, delay=0.05) as made:
        furnish(made.site)
        host = made.served.url.partition("://")[2]
        arguments = (
            "crawl", "portal", "-a", f"url={made.served.url}/", "-s", f"PRIVATE_HOSTS_ALLOWED={host}",
            "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False",
        )  # fmt: skip
        chance, archive = random.Random(7), tmp_path / "archive.db"
        for _ in range(kills):
            killed_after(chance.uniform(2.5, 6), arguments, archive)
        run(arguments, archive)
        asked = made.files_asked()
    assert len(asked) <= len(set(asked)) + kills
    assert rows(archive, "select count(*) from attachments where file is null") == [(0,)]
    assert rows(archive, "select count(*) from files where text_from is null") == [(0,)]
    assert not unreadable(archive)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=LONG)])
def test_a_backfill(sample, tmp_path, kills):
    survives(tmp_path, ("backfill", SITE, "--warc", sample), kills, seed=2)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=LONG)])
def test_reading_anew(sample, tmp_path, kills):
    """From an archive as older rules would have left it."""
    old = tmp_path / "old.db"
    run(("backfill", SITE, "--warc", sample), old)
    with sqlite3.connect(old) as conn:
        conn.execute("drop trigger revisions_keep")
        for table in ("articles", "revisions"):
            conn.execute(
                f"update {table} set text = text || char(10) || 'Xem: 12', extractor = '0+old', "
                "text_sha256 = ''"
            )
    conn.close()
    for ident, text in rows(old, "select id, text from articles"):
        digest = sha256(text.encode()).hexdigest()
        with sqlite3.connect(old) as conn:
            conn.execute("update articles set text_sha256 = ? where id = ?", (digest, ident))
        conn.close()
    survives(tmp_path, ("reextract",), kills, start=old, seed=3)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=LONG)])
def test_a_backfill_from_a_web_archive(tmp_path, kills):
    site = SITES[SITE](30)
    snapshots = [
        Snapshot(f"{site.root}{path}", at, site.answer(path).body.encode(), f"{ident} {at[:6]}")
        for ident, path in site.addresses.items()
        for at in ("20230101000000", "20230102000000")
    ]
    with serve_archive(snapshots) as served:
        host = served.url.partition("://")[2]
        arguments = ("backfill", SITE, "--wayback", served.url,
                     "-s", f"PRIVATE_HOSTS_ALLOWED={host}")  # fmt: skip
        survives_but_for_places(tmp_path, arguments, kills)
        # What had come before a kill was not asked for again, but for the one in flight.
        asked = [hit for hit in served.hits if hit.startswith("/web/")]
        assert len(asked) <= len(snapshots) * (asked.count(asked[0]) + 1) + kills


def survives_but_for_places(folder, arguments, kills):
    """The same where WARC files are written: each run's has a name of its own."""
    whole, archive = folder / "whole" / "archive.db", folder / "killed" / "archive.db"
    for path in (whole, archive):
        path.parent.mkdir()
    began = time.monotonic()
    run(arguments, whole)
    seconds, expected = time.monotonic() - began, without_places(whole)
    chance, killed = random.Random(4), 0
    while killed < kills:
        if killed_after(chance.uniform(0.35, 1.0) * seconds, arguments, archive):
            killed += 1
        else:
            seconds *= 0.8  # the machine has less to do than it had
            shutil.rmtree(archive.parent)
            archive.parent.mkdir()
    run(arguments, archive)
    assert without_places(archive) == expected
    assert not unreadable(archive)


def without_places(archive):
    found = public(archive)
    found["captures"] = rows(
        archive,
        "select url, fetched_at, status, outcome, article, digest from captures order by 1, 2",
    )
    return found


def unreadable(archive, captures=None) -> list[tuple]:
    """Looks whose record is not where the archive says, or is another."""
    folder = captures or archive.parent / "captures"
    places = rows(
        archive,
        "select path, offset, url, fetched_at, digest from captures "
        "join _warcs on _warcs.name = captures.warc",
    )
    assert places
    return [
        row for row in places
        if sha256(read_capture(RecordPlace(folder / row[0], *row[1:4])).body).hexdigest() != row[4]
    ]  # fmt: skip


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=LONG)])
def test_a_torn_capture_is_fetched_again(tmp_path, kills):
    """A live crawl is killed, its WARC files end in half a record: the crawl goes on, and the files
    can still be read anew and brought into another archive.
    """
    site = SITES[SITE](24)
    archive, other = tmp_path / "archive.db", tmp_path / "other" / "archive.db"
    other.parent.mkdir()
    with serve(site, delay=0.1) as served:
        host = served.url.partition("://")[2]
        arguments = (
            "crawl", "portal", "-a", f"url={served.url}{site.start}", "-s", f"PRIVATE_HOSTS_ALLOWED={host}",
            "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False",
        )  # fmt: skip
        chance, killed = random.Random(5), 0
        for _ in range(kills):
            killed += killed_after(chance.uniform(2, 4), arguments, archive)
            for warc in (tmp_path / "captures").glob("*.warc.gz"):
                content = warc.read_bytes()
                half = content[: min(len(content) // 2, 300)]
                if not content.endswith(half):
                    warc.write_bytes(content + half)
        run(arguments, archive)
    assert killed
    assert rows(archive, "select count(*) from articles") == [(24,)]
    assert not unreadable(archive)
    before = contents(archive)
    run(("reextract",), archive)
    assert contents(archive) == before
    assert rows(archive, "select count(*) from _reread") == [(0,)]
