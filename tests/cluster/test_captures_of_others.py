"""Captures brought into shards, and shards read anew: as on one machine."""

from __future__ import annotations

import shutil
from hashlib import sha256

import pytest

from crawler.captures import Scan, read_capture
from crawler.cluster.lease import look
from crawler.cluster.store import Store
from samples.carried import furnish
from samples.portals import SITES
from samples.warc import write_warc
from tests.cluster.machines import differing
from tests.end_to_end.dump_fixtures import change
from tests.end_to_end.test_killed import unreadable
from tests.scrapy_command import rows, scrapy

pytestmark = pytest.mark.timeout(900)
ALONE = ("-s", "WORKERS=1")  # a process that reads, for each command


def both(tmp_path, warc, portal):
    """The same WARC file brought in by one machine, and into a shard."""
    made = []
    for name, more in (("one", ()), ("many", ("--store", f"file://{tmp_path}/store"))):
        archive = tmp_path / name / "archive.db"
        given = archive.parent / "captures" / warc.name
        given.parent.mkdir(parents=True)
        shutil.copy(warc, given)
        done = scrapy("backfill", portal, *more, *ALONE, "--warc", given, archive=archive)
        made.append((archive, more, done))
    (one, _, alone), (many, store, dealt) = made
    assert alone.returncode == dealt.returncode, dealt.stderr + dealt.stdout
    assert "without their original" in dealt.stdout, "what one machine says is handed on"
    assert not differing(many, one)
    assert not unreadable(many)
    return one, many, store


def aged(archive):
    """As older rules would have read it, and left it."""
    for name in ("articles", "revisions"):
        if name == "revisions":
            change(archive, "drop trigger if exists revisions_keep")
        change(archive, f"update {name} set text = text || char(10) || 'Xem: 12', extractor = '0+old'")  # fmt: skip
    change(
        archive,
        "create trigger revisions_keep before update on revisions "
        "begin select raise(abort, 'revisions are append-only'); end",
    )
    for ident, text in rows(archive, "select id, text from articles"):
        digest = sha256(text.encode()).hexdigest()
        change(archive, f"update articles set text_sha256 = '{digest}' where id = {ident}")


def read_anew(one, many, store):
    for archive in (one, many):
        aged(archive)
    alone = scrapy("reextract", *ALONE, archive=one)
    tried = scrapy("reextract", "--dry-run", *store, *ALONE, archive=many)
    assert tried.returncode == 0 and "Xem: 12" in alone.stdout + tried.stdout
    assert "0+old" in {name for (name,) in rows(many, "select extractor from articles")}
    dealt = scrapy("reextract", *store, *ALONE, archive=many)
    assert alone.returncode == dealt.returncode == 0, dealt.stderr + dealt.stdout
    assert not differing(many, one)
    assert "0+old" not in {name for (name,) in rows(many, "select extractor from articles")}
    for line in alone.stdout.splitlines():
        if "\t" in line:
            assert line in dealt.stdout


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A sample portal brought in by one machine and into a shard, and read anew by both."""
    folder = tmp_path_factory.mktemp("sample")
    warc = folder / "vinh_phuc.warc.gz"
    write_warc(warc, [SITES["vinh_phuc"](6)])
    one, many, store = both(folder, warc, "vinh_phuc")
    read_anew(one, many, store)
    return folder, many, store


def test_a_removal_reaches_the_files_in_the_store(sample, tmp_path):
    """After a reading anew that was as one machine's (`sample`)."""
    folder, many, store = sample
    ((url, digest),) = rows(
        many, "select url, digest from captures where article is not null order by url limit 1"
    )
    assert digest in bodies(folder / "store")
    assert scrapy("remove", url, "--reason", "x", archive=many).returncode == 0
    done = scrapy("reextract", *store, *ALONE, archive=many)
    assert done.returncode == 0, done.stderr + done.stdout
    kept = bodies(folder / "store")
    assert digest not in kept and len(kept) > 1
    again = tmp_path / "again" / "archive.db"
    again.parent.mkdir()
    done = scrapy("reextract", *store, *ALONE, archive=again)
    assert done.returncode == 0, done.stderr + done.stdout
    assert not unreadable(again)
    # One run more, and what came is still to be looked through.
    assert set(differing(again, many)) <= {"runs", "_redactions"}


def bodies(folder):
    """The hashes of all that the captures of the store's states hold."""
    store, found = Store(f"file://{folder}"), set()
    for group in store.names("shards"):
        state = look(store, f"shards/{group}").state
        for kept in state["captures"].values():
            records = [record for record in Scan(folder / kept["key"]) if not record.revisit]
            found |= {sha256(read_capture(record.place).body).hexdigest() for record in records}
    return found


@pytest.mark.long
def test_a_real_portal(captures, tmp_path):
    read_anew(*both(tmp_path, captures / "ha_noi_liferay.warc.gz", "ha_noi"))


def test_a_rescue_and_its_files(tmp_path):
    """Two portals out of one file of captures; then the documents of a crawl, read once more."""
    sites = [furnish(SITES["vinh_phuc"](4)), SITES["yen_bai"](4)]
    warc = tmp_path / "kept.warc.gz"
    write_warc(warc, sites)
    store = ("--store", f"file://{tmp_path}/store")
    one, many = tmp_path / "one" / "archive.db", tmp_path / "many" / "archive.db"
    said = []
    for archive, more in ((one, ()), (many, store)):
        archive.parent.mkdir()
        rescued = scrapy(
            "rescue", "yen_bai", "vinh_phuc", *more, *ALONE, "--source", warc, archive=archive
        )
        replay = ("-s", f"REPLAY_WARC={warc}", *ALONE)
        crawled = scrapy("nightly", "vinh_phuc", *more, *replay, archive=archive)
        # As if nobody had read them yet.
        change(archive, "update files set text = null, text_from = null, located = 0")
        change(archive, "delete from documents")
        read = scrapy("read-files", *more, *ALONE, archive=archive)
        said.append([done.returncode for done in (rescued, crawled, read)])
        assert "Traceback" not in rescued.stderr + crawled.stderr + read.stderr
        assert "vinh_phuc" in rescued.stdout and "files read" in read.stdout, read.stdout
    assert said[0] == said[1]
    assert not differing(many, one)
    found = rows(many, "select count(*), count(text_from) from files")[0]
    assert found[0] >= 2 and found[0] == found[1]
    assert rows(many, "select count(*) > 0 from documents") == [(1,)]
