"""A page that costs the process that reads it, among others of its piece: it alone is refused."""

from __future__ import annotations

import shutil

import pytest

import tests.scrapy_command
from crawler.captures import CaptureWriter
from samples.portals import SITES
from tests.backfill.old_archive import whole
from tests.conftest import ROOT
from tests.scrapy_command import rows, scrapy

MARK = "<!-- bomb -->"
BOMBS = (3, 4, 11)  # of the pages
RULE = (
    "def read_page(",
    "def read_page(fetched, *known, **named):\n"
    f"    if b'{MARK}' in fetched.body:\n        WHAT\n"
    "    return _read_page(fetched, *known, **named)\n\n\ndef _read_page(",
)
# Our own readers are careful: only a fault of theirs makes a page a bomb.
WHAT = {
    "endless": "while True: pass",
    "a crash": "import os; os._exit(9)",
    "too large": "bytearray(2**32)",
    "an error": "raise KeyError('x')",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bombs")
    site, warc = SITES["ha_noi"](14), folder / "pages.warc.gz"
    writer = CaptureWriter(warc, software="samples", portal="ha_noi")
    for number, address in enumerate(site.addresses.values()):
        body = str(site.answer(address).body) + (MARK if number in BOMBS else "")
        writer.keep(
            site.root + address, fetched_at=f"2025-06-20T13:00:{number:02}Z", status=200,
            headers=[("Content-Type", "text/html; charset=utf-8")], body=body.encode(),
        )  # fmt: skip
    writer.close()
    assert scrapy("backfill", "ha_noi", "--warc", warc, archive=folder / "a.db").returncode == 0
    assert rows(folder / "a.db", "select count(*) from articles") == [(14,)]
    return folder / "a.db"


@pytest.fixture
def deploy(tmp_path, monkeypatch):
    """Let commands run from a checkout whose reader has a fault."""

    def with_fault(what: str) -> None:
        checkout = tmp_path / "checkout"
        for package in ("crawler", "pipelines", "spiders"):
            leave = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / package, checkout / package, ignore=leave)
        shutil.copy(ROOT / "scrapy.cfg", checkout)
        page, pool = "crawler/extract/page.py", "crawler/extraction_pool.py"
        edits = (
            (page, RULE[0], RULE[1].replace("WHAT", what)),
            (pool, "TIMEOUT = 20.0", "TIMEOUT = 6.0"),
        )
        for file, old, new in edits:
            text = (ROOT / file).read_text(encoding="utf-8")
            assert text.count(old) == 1
            (checkout / file).write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setattr(tests.scrapy_command, "ROOT", checkout)

    return with_fault


@pytest.mark.parametrize("what", WHAT)
def test_a_bomb_costs_a_worker_and_never_the_reading(archive, deploy, tmp_path, what):
    copy = tmp_path / "a.db"
    shutil.copy(archive, copy)
    deploy(WHAT[what])
    before = whole(copy)["articles"]
    done = scrapy("reextract", "-s", "WORKERS=2", archive=copy)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert f"ha_noi\trefused\t{len(BOMBS)}" in done.stdout
    assert ("one by one" in done.stdout) == (what in ("endless", "a crash"))
    # What was read once stays, and the others were read by the new rules.
    after = whole(copy)["articles"]
    assert len(before) == len(after)
    assert len(set(after) - set(before)) == len(before) - len(BOMBS)
