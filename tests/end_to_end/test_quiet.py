"""`--quiet`, as cron wants it: not a word when all is well, what is wrong when something is."""

from __future__ import annotations

import shutil

import pytest

from samples.portals import SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.end_to_end.dump_fixtures import change
from tests.scrapy_command import rows, scrapy

PORTAL = "vinh_phuc"
WELL = (
    "nightly {portal} -s REPLAY_WARC={warc}",
    "nightly {portal} --estimate",
    "crawl {portal} -s REPLAY_WARC={warc}",
    "health",
    "health --verify",
    "health --accept {portal}",
    "publish --out {folder}/dist",
    "publish --out {folder}/published",  # nothing is new
    "reextract",
    "reextract --dry-run",
    "backfill {portal} --warc {warc}",
    "remove {url} --reason asked",
    "merge {folder}/shard.db",
    "restore {folder}/copy.db",
    "extract --warc {warc} -o {folder}/out.jsonl",
    "read-files",
    "record {url} -o {folder}/page.html",
    "rescue {portal} --source {warc}",
)
ILL = (  # what is wrong, and a word of what is said
    ("nightly {portal} -s REPLAY_WARC={folder}/none.warc.gz", 2, "none.warc.gz"),
    ("nightly {portal} -s REPLAY_WARC={empty}", 1, "http_4xx"),
    ("crawl {portal} -s REPLAY_WARC={empty}", 1, "http_4xx"),
    ("nightly {portal} -s LEAST_FREE_BYTES=9999999999999999 -s REPLAY_WARC={warc}", 74, "MB"),
    ("nightly nowhere", 2, "nowhere"),
    ("health nowhere", 2, "nowhere"),
    ("publish --out {folder}/dist --min-articles 5000", 1, "5000"),
    ("remove https://nowhere.vn/ --reason x", 1, "nowhere.vn"),
    ("restore {folder}/none.db", 74, "archive.db"),
    ("merge {folder}/none.db", 74, "none.db"),
    ("backfill {portal} --warc {folder}/none.warc.gz", 1, "none.warc.gz"),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quiet")
    warc = folder / "samples.warc.gz"
    write_warc(warc, [SITES[PORTAL]()])
    write_warc(folder / "empty.warc.gz", [SITES["yen_bai"](1)])
    archive = folder / "archive.db"
    done = scrapy("nightly", PORTAL, "-s", f"REPLAY_WARC={warc}", archive=archive)
    assert done.returncode == 0, done.stderr
    assert scrapy("publish", "--out", folder / "published", archive=archive).returncode == 0
    return folder


@pytest.fixture
def run(place, tmp_path):
    """A command in a folder of its own, with `--quiet`."""
    for name in ("archive.db", "shard.db", "copy.db"):
        shutil.copy(place / "archive.db", tmp_path / name)
    shutil.copytree(place / "published", tmp_path / "published", symlinks=True)
    archive = tmp_path / "archive.db"
    url = rows(archive, "select url from articles order by id limit 1")[0][0]

    def run(line: str):
        words = line.format(
            portal=PORTAL, warc=place / "samples.warc.gz", empty=place / "empty.warc.gz",
            folder=tmp_path, url=url,
        ).split()  # fmt: skip
        return scrapy(words[0], "--quiet", *words[1:], archive=archive)

    run.archive = archive
    return run


def test_every_command_is_here():
    ours = {path.stem for path in (ROOT / "crawler" / "commands").glob("[a-z]*.py")}
    tried = {line.split()[0] for line in WELL}
    # Both ask the network: `newportal` a live site, `bench` one of its own.
    assert tried == ours - {"newportal", "bench"}


@pytest.mark.parametrize("line", WELL)
def test_not_a_word_when_all_is_well(run, line):
    done = run(line)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(("line", "code", "word"), ILL)
def test_what_is_wrong_is_said(run, line, code, word):
    done = run(line)
    said = done.stdout + done.stderr
    assert done.returncode == code and word in said, (done.returncode, said)
    assert "Traceback" not in said and len(said.splitlines()) <= 6


def test_a_night_that_was_killed_is_said_by_the_next(run):
    change(run.archive, "update runs set finished_at = null, outcome = null, exit_code = null")
    done = run(WELL[0])
    assert done.stdout == "" and done.stderr.count("\n") == 1
    assert "was killed before its end" in done.stderr


def test_a_snapshot_that_cannot_be_made_is_said(run):
    (run.archive.parent / "snapshots").write_text("no folder")
    done = run(WELL[0])
    assert "snapshot" in done.stderr and done.stderr.count("\n") == 1
