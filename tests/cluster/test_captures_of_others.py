"""Captures brought into shards, and shards read anew: as on one machine."""

from __future__ import annotations

import shutil
from hashlib import sha256

import pytest

from samples.portals import SITES
from samples.warc import write_warc
from tests.cluster.machines import differing
from tests.end_to_end.dump_fixtures import change
from tests.end_to_end.test_killed import unreadable
from tests.scrapy_command import rows, scrapy

pytestmark = pytest.mark.timeout(900)


def both(tmp_path, warc, portal):
    """The same WARC file brought in by one machine, and into a shard."""
    made = []
    for name, more in (("one", ()), ("many", ("--store", f"file://{tmp_path}/store"))):
        archive = tmp_path / name / "archive.db"
        given = archive.parent / "captures" / warc.name
        given.parent.mkdir(parents=True)
        shutil.copy(warc, given)
        done = scrapy("backfill", portal, *more, "--warc", given, archive=archive)
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
    alone = scrapy("reextract", archive=one)
    tried = scrapy("reextract", "--dry-run", *store, archive=many)
    assert tried.returncode == 0 and "Xem: 12" in alone.stdout + tried.stdout
    assert "0+old" in {name for (name,) in rows(many, "select extractor from articles")}
    dealt = scrapy("reextract", *store, archive=many)
    assert alone.returncode == dealt.returncode == 0, dealt.stderr + dealt.stdout
    assert not differing(many, one)
    assert "0+old" not in {name for (name,) in rows(many, "select extractor from articles")}
    for line in alone.stdout.splitlines():
        if "\t" in line:
            assert line in dealt.stdout


def test_a_sample(tmp_path):
    warc = tmp_path / "vinh_phuc.warc.gz"
    write_warc(warc, [SITES["vinh_phuc"](6)])
    read_anew(*both(tmp_path, warc, "vinh_phuc"))


@pytest.mark.long
def test_a_real_portal(captures, tmp_path):
    read_anew(*both(tmp_path, captures / "ha_noi_liferay.warc.gz", "ha_noi"))
