"""Backfill from web archives: one that answers as the Internet Archive does, and a real pywb."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from hashlib import sha1
from pathlib import Path
from urllib.request import urlopen

import pytest

from crawler.captures import responses
from samples.portals import SITES
from samples.warc import write_warc
from samples.web_archive import Snapshot, serve_archive
from tests.conftest import ROOT
from tests.end_to_end.test_backfill import by_key
from tests.scrapy_command import contents, rows, scrapy

SITE = SITES["vinh_phuc"]
PYWB = Path(os.environ.get("PYWB_VENV", ROOT / ".pywb-venv")) / "bin"


def backfill(archive, url, *more, portal="vinh_phuc"):
    allowed = f"PRIVATE_HOSTS_ALLOWED={url.partition('://')[2].partition('/')[0]}"
    return scrapy("backfill", portal, "--wayback", url, "-s", allowed, *more, archive=archive)


def page(site, ident, *, words="", at="20230101000000", **changes):
    """A capture of an article of the sample site, with some words more than it had."""
    answer = site.answer(site.addresses[ident])
    body = answer.body
    if words:
        line = next(a for a in site.articles if a.id == ident).lines[0]
        body = body.replace(line, f"{line} {words}", 1)
    encoded = body.encode()
    digest = sha1(encoded).hexdigest()
    url = site.root + site.addresses[ident]
    return Snapshot(url, at, encoded, digest, **changes)


@pytest.fixture
def site():
    return SITE()


def test_a_portal_comes_back(site, tmp_path):
    """All its addresses, over several answers of the index, each look under its own date."""
    archive, reference = tmp_path / "archive.db", tmp_path / "reference.db"
    first, second, third = [article.id for article in site.articles][:3]
    snapshots = [page(site, article.id) for article in site.articles]
    edited = page(site, first, words="Tin đã sửa.", at="20230301000000")
    snapshots += [
        edited,
        # The first text again: its bytes have come already.
        page(site, first, at="20230501000000"),
        # As others spelt the address, and what is no article.
        Snapshot(f"{site.root.replace('https://', 'http://www.')}:80{site.addresses[second]}",
                 "20230201000000", page(site, second).body, "X"),
        Snapshot(f"{site.root}/images/a.png", "20230101000000", b"", "P", mime="image/png"),
        page(site, third, at="20230401000000", status="404"),
        Snapshot("https://elsewhere.vn/1", "20230101000000", b"", "E"),
        # The archive has something nearby instead, or nothing at all.
        page(site, second, at="20230601000000", redirects_to="20230603000000", words="Nữa."),
        page(site, second, at="20230603000000", words="Nữa."),
    ]  # fmt: skip
    with serve_archive(snapshots) as served:
        served.refusals = [(503, None), (429, "0")]
        done = backfill(archive, served.url)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        asked = [hit for hit in served.hits if hit.startswith("/web/")]
        assert len(asked) == len(set(asked)) == len(site.articles) + 4
        before, served.hits[:] = contents(archive), []
        assert backfill(archive, served.url).returncode == 0
        assert not [hit for hit in served.hits if hit.startswith("/web/")]
        assert contents(archive) == before
    assert rows(archive, "select distinct via from captures") == [("wayback",)]
    history = rows(
        archive,
        "select seen_at, revisions.text like '%Tin đã sửa.%', json_extract(change, '$.class') from revisions "
        "join articles on article = id where articles.url like ? order by seen_at",
        f"%{site.addresses[first]}",
    )
    assert history == [
        ("2023-01-01T00:00:00Z", 0, "first"),
        ("2023-03-01T00:00:00Z", 1, "edit"),
        ("2023-05-01T00:00:00Z", 0, "edit"),
    ]
    assert rows(archive, "select count(*) from articles") == [(len(site.articles),)]
    # What was written is WARC: the archive can be built anew from it alone.
    kept = sorted((tmp_path / "captures").glob("*.warc.gz"))
    assert {place.url for path in kept for place in responses(path)} <= {s.url for s in snapshots}
    done = scrapy("backfill", "vinh_phuc", "--warc", *kept, archive=reference)
    assert done.returncode == 0, done.stderr
    assert contents(reference) == contents(archive)


def test_a_budget_a_period_and_an_archive_that_ails(site, tmp_path):
    archive, whole = tmp_path / "archive.db", tmp_path / "whole.db"
    snapshots = [
        page(site, article.id, at=f"20{20 + n % 3}0101000000")
        for n, article in enumerate(site.articles)
    ]
    with serve_archive(snapshots) as served:
        assert backfill(whole, served.url).returncode == 0
        done = backfill(archive, served.url, "-a", "max_pages=6")
        assert done.returncode == 0, done.stderr
        assert 0 < rows(archive, "select count(*) from articles")[0][0] <= 6
        # Then it refuses again and again: what has come stays, and the run says why it ended.
        served.refusals = [(503, "0")] * 20
        done = backfill(archive, served.url)
        assert done.returncode == 1 and "http_503" in done.stderr
        served.refusals = []
        done = backfill(archive, served.url)
        assert done.returncode == 0, done.stderr
        assert contents(archive) == contents(whole)
        period = tmp_path / "period.db"
        assert backfill(period, served.url, "--from", "2021", "--to", "2021-06").returncode == 0
        assert {at[:4] for (at,) in rows(period, "select captured_at from articles")} == {"2021"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--wayback", "http://127.0.0.1:9/khcn"), 1, "PRIVATE_HOSTS_ALLOWED=127.0.0.1:9"),
        (("--wayback", "ftp://x/y"), 2, "https://host/"),
        (("--wayback", "--from", "June"), 2, "2015-06"),
        (("--wayback", "--warc", "x.warc"), 2, "--wayback"),
        (("--wayback", "-a", "pages=3"), 2, "max_pages"),
    ],
)
def test_wrong_use(arguments, code, said, tmp_path):
    done = scrapy("backfill", "vinh_phuc", *arguments, archive=tmp_path / "archive.db")
    assert done.returncode == code and said in done.stderr
    assert "Traceback" not in done.stderr


# A real web archive.


@pytest.fixture
def pywb(tmp_path):
    """Start pywb with a WARC file in its collection; returns the collection's address."""
    if not (PYWB / "wayback").exists():
        pytest.skip(f"pywb is not here: {PYWB} (make pywb)")
    started = []

    def start(warc):
        folder = tmp_path / "pywb"
        folder.mkdir()
        for arguments in (("init", "khcn"), ("add", "khcn", str(warc))):
            subprocess.run([PYWB / "wb-manager", *arguments], cwd=folder, check=True,
                           capture_output=True, timeout=120)  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [PYWB / "wayback", "-p", str(port), "-b", "127.0.0.1"],
                cwd=folder, stdout=log, stderr=log,
            )  # fmt: skip
        started.append(process)
        url = f"http://127.0.0.1:{port}/khcn"
        for _ in range(200):
            try:
                urlopen(f"{url}/cdx?url=x.vn", timeout=10).close()
                break
            except OSError:
                time.sleep(0.1)
        return url

    yield start
    for process in started:
        process.terminate()
        process.wait(20)
    shutil.rmtree(tmp_path / "pywb", ignore_errors=True)


def is_the_crawl(name, warc, url, folder):
    """A backfill from pywb, twice, has what the replayed crawl of the same captures has."""
    crawled, filled = folder / "crawled.db", folder / "filled.db"
    replayed = scrapy("crawl", name, "-s", f"REPLAY_WARC={warc}", archive=crawled)
    assert replayed.returncode == 0, replayed.stderr
    for _ in range(2):
        done = backfill(filled, url, portal=name)
        assert done.returncode == 0, done.stderr
        assert by_key(filled) == by_key(crawled)
    before = contents(filled)
    # The same captures as a file: nothing that is not known.
    assert scrapy("backfill", name, "--warc", warc, archive=filled).returncode == 0
    assert contents(filled) == before


def test_pywb_of_a_sample(pywb, tmp_path):
    warc = tmp_path / "samples.warc.gz"
    write_warc(warc, [SITES["ha_noi"](12)])
    is_the_crawl("ha_noi", warc, pywb(warc), tmp_path)


def test_pywb_of_real_captures(captures, pywb, tmp_path):
    warc = captures / "ha_noi_liferay.warc.gz"
    is_the_crawl("ha_noi", warc, pywb(warc), tmp_path)
