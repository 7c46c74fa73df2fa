"""What is shown while a run goes on: one line for the whole run, a table on a terminal, nothing with -q."""

from __future__ import annotations

import os
import pty
import time

import pytest

from crawler.archive.runs import Tally
from crawler.monitoring.verdict import Verdict
from crawler.portals.model import Portal
from crawler.run import progress as module
from crawler.run.portal_run import PortalRun
from crawler.run.progress import Progress
from samples.portals import SITES
from samples.warc import write_warc
from tests.scrapy_command import scrapy


def going(slug: str, pages: int) -> PortalRun:
    portal = Portal(slug, "", "", ("k.vn",))
    tally = Tally(pages=pages, new=pages - 2)
    return PortalRun(portal, time.monotonic() - 10, False, "x", frozenset(), tally=tally)


def test_one_line_for_the_whole_run_and_interval(capsys, monkeypatch):
    monkeypatch.setattr(module, "EVERY", 0.2)
    progress = Progress(quiet=False)
    for _ in range(300):  # pages of three portals
        for slug in ("a", "b", "c"):
            progress.show(going(slug, 12))
    said = capsys.readouterr().err.splitlines()
    assert len(said) <= 2
    time.sleep(0.25)
    progress.show(going("a", 12))
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and "36 pages, 30 articles (30 new)" in line


def test_quiet_is_quiet(capsys, monkeypatch):
    monkeypatch.setattr(module, "EVERY", 0.0)
    progress = Progress(quiet=True)
    run = going("a", 12)
    progress.show(run)
    run.verdict = Verdict("ok")
    progress.finish(run, 3)
    progress.say("…")
    assert capsys.readouterr() == ("", "")


def test_rows_say_how_long_it_may_take():
    progress = Progress(quiet=False, left=lambda portal: 120)
    progress._live, progress._left["a"] = None, (time.monotonic(), 120)
    progress.show(going("a", 20))  # two pages a second
    ((slug, pages, articles, errors, rate, left, minutes),) = progress.rows()
    assert (slug, pages, articles, errors, left) == ("a", "20", "18 (18)", "0", "120")
    assert rate == "2.0" and minutes == "1"


def test_a_terminal_has_a_live_table(monkeypatch):
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        progress = Progress(quiet=False, left=lambda portal: 7)
        progress.show(going("yen_bai", 12))
        time.sleep(0.6)
        progress.close()
        shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert "yen_bai" in shown and "portal" in shown


@pytest.mark.parametrize("command", ["nightly", "crawl"])
def test_nobody_asks_without_a_name(tmp_path, command):
    done = scrapy(command, "yen_bai", archive=tmp_path / "archive.db", KHCN_CONTACT="")
    assert done.returncode == 2 and "KHCN_CONTACT" in done.stderr
    assert not (tmp_path / "archive.db").exists(), "nothing was begun"
    warc = tmp_path / "samples.warc.gz"
    write_warc(warc, [SITES["yen_bai"]()])
    replayed = scrapy(command, "yen_bai", "-q", "-s", f"REPLAY_WARC={warc}",
                      archive=tmp_path / "archive.db", KHCN_CONTACT="")  # fmt: skip
    assert replayed.returncode == 0 and replayed.stderr == replayed.stdout == ""
    dist = tmp_path / "dist"
    done = scrapy("publish", "-q", "--out", dist, archive=tmp_path / "archive.db", KHCN_CONTACT="")
    assert done.returncode == 0 and done.stdout == ""
    assert not any("contact-not-set" in file.read_text() for file in dist.glob("README*"))
