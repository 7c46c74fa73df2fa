"""Real software and real pages: pywb as an archive, nginx for a crawl's files, Hà Nội in twelve months."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import time
from urllib.request import urlopen

import pytest

from crawler.captures import RecordPlace, read_capture, responses
from samples.common_crawl import Month, digest_of, serve_crawl
from samples.portals import SITES
from samples.warc import write_warc
from samples.web_archive import Snapshot, serve_archive
from tests.desk.browser import free_port
from tests.end_to_end.test_backfill import by_key
from tests.end_to_end.test_wayback import pywb  # noqa: F401
from tests.rescue.test_two_sources import asked_for, rescue
from tests.scrapy_command import rows, scrapy

CONF = """
daemon off; master_process off; pid nginx.pid; error_log error.log;
events {{}}
http {{
    access_log access.log; client_body_temp_path body; proxy_temp_path p; fastcgi_temp_path f;
    uwsgi_temp_path u; scgi_temp_path s;
    server {{ listen 127.0.0.1:{port}; root files; }}
}}
"""


@pytest.fixture
def nginx(tmp_path):
    """Serve files with ranges; `start(months)` returns the address of their root."""
    program = shutil.which("nginx") or pytest.skip("nginx is not here")
    started = []

    def start(months):
        folder, port = tmp_path / "nginx", free_port()
        for month in months:
            path = folder / "files" / month.file
            path.parent.mkdir(parents=True)
            path.write_bytes(bytes(month.data))
        (folder / "nginx.conf").write_text(CONF.format(port=port))
        started.append(
            subprocess.Popen([program, "-p", folder, "-c", "nginx.conf", "-e", "error.log"],
                             stderr=subprocess.DEVNULL)
        )  # fmt: skip
        for _ in range(100):
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            except OSError as error:
                if getattr(error, "code", None):
                    break
                time.sleep(0.1)
        return f"http://127.0.0.1:{port}/", folder / "access.log"

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


def test_pywb_and_nginx(pywb, nginx, tmp_path):  # noqa: F811
    """One look at a whole site, half of it in each: what a crawl of it has, and both are named."""
    warc, crawled, archive = (tmp_path / name for name in ("s.warc.gz", "crawled.db", "archive.db"))
    site = SITES["ha_noi"](12)
    write_warc(warc, [site])
    assert scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=crawled).returncode == 0
    month = Month("CC-MAIN-2022-33")
    for number, address in enumerate(site.pages):
        if number % 2:
            month.add(site.root + address, "20220827054449", site.answer(address).body.encode())
    data, log = nginx([month])
    with serve_crawl([month]) as crawl:
        crawl.rows = 100
        more = ("-s", f"COMMON_CRAWL_DATA={data}")
        done = rescue(archive, crawl.collinfo, data, more=more)
        assert done.returncode == 1  # the files' root is no archive; the crawl is read all the same
        archive.unlink()
        held = pywb(warc)
        done = scrapy(
            "rescue", "ha_noi", "--source", crawl.collinfo, "--source", held, *more, "-s",
            "PRIVATE_HOSTS_ALLOWED=" + ",".join(u.split("/")[2] for u in (crawl.url, data, held)),
            archive=archive,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert by_key(archive) == by_key(crawled)
    assert " 206 " in log.read_text() and " 200 " not in log.read_text()
    assert set(rows(archive, "select distinct via from captures")) == {
        ("memento",),
        ("commoncrawl",),
    }


def test_our_copy_holds_the_original(tmp_path):
    """Status line and headers byte for byte, the address it was had from, and its own moment."""
    month = Month("CC-MAIN-2022-33")
    site = SITES["ha_noi"](2)
    url = site.root + site.addresses[site.articles[0].id]
    month.add(url, "20220827054449", site.answer(site.addresses[site.articles[0].id]).body.encode())
    archive = tmp_path / "archive.db"
    with serve_crawl([month]) as crawl:
        assert rescue(archive, crawl.collinfo).returncode == 0
    warc, offset, source, link = rows(
        archive, "select warc, offset, source, source_url from captures where article is not null"
    )[0]
    place = RecordPlace(tmp_path / "captures" / warc, offset, url, "2022-08-27T05:44:49Z")
    kept = read_capture(place)
    assert ("x-crawl-note", "kept") in kept.headers and kept.status == 200
    assert source == "Common Crawl, CC-MAIN-2022-33" and f"/{month.file}#offset=0&length=" in link
    import gzip

    with place.path.open("rb") as file:
        file.seek(offset)
        head = gzip.GzipFile(fileobj=file).read(600).decode()
    assert f"WARC-Source-URI: {link}" in head and "WARC-IP-Address: 203.0.113.9" in head


def rebuilt(body: bytes) -> bytes:
    """The same page in another frame: other names around it, another banner and footer."""
    body = re.sub(
        rb'id="(?:wrapper|content|banner|navigation|footer)"', rb'class="khung-moi"', body
    )
    banner = "<body><div class=dau-trang><b>Giao diện mới</b> <a href='/vi/trang-chu'>Trang chủ</a></div>"
    return re.sub(rb"<body[^>]*>", banner.encode(), body, count=1)


def test_ha_noi_in_twelve_months(captures, tmp_path):
    """Real pages over two sources, the frame rebuilt half-way, a fifth of the articles kept by nobody."""
    chance = random.Random(12)
    warc, whole = captures / "ha_noi_liferay.warc.gz", tmp_path / "whole.db"
    assert scrapy("backfill", "ha_noi", "--warc", warc, archive=whole).returncode == 0
    ids = [key for (key,) in rows(whole, "select key from articles order by key")]
    missing = set(chance.sample(ids, len(ids) // 5))
    months = [Month(f"CC-MAIN-2023-{4 * m + 2:02}") for m in range(12)]
    snapshots, digests, listed = [], set(), set()
    for place in responses(warc):
        page = read_capture(place)
        found = re.search(r"/-/view_content/(\d+)", place.url)
        if page.status != 200 or (found and (found[1] in missing or "pop_up" in place.url)):
            continue
        for m in sorted({chance.randrange(6), chance.randrange(6, 12), chance.randrange(12)}):
            body = page.body if m < 6 else rebuilt(page.body)
            at = f"2023{m + 1:02}{chance.randrange(1, 28):02}{chance.randrange(24):02}0101"
            digests.add(digest_of(body))
            if not found:
                listed.update(re.findall(rb"/-/view_content/(\d+)", body))
            which = chance.randrange(3)
            if which != 1:
                snapshots.append(Snapshot(place.url, at, body, digest_of(body)))
            if which != 0:
                months[m].add(place.url, at, body)
    archive = tmp_path / "archive.db"
    with serve_archive(snapshots) as wayback, serve_crawl(months) as crawl:
        wayback.rows, crawl.rows = 200, 200
        done = rescue(archive, wayback.url, crawl.collinfo)
        assert done.returncode == 0, done.stderr
        asked, index = asked_for(wayback.hits + crawl.hits)
    stored = {key for (key,) in rows(archive, "select key from articles")}
    lost = {key for (key,) in rows(archive, "select key from lost_articles")}
    print(
        f"{len(ids)} articles, {len(missing)} missing; {len(digests)} digests, {asked} + {index} requests"
    )
    assert stored == set(ids) - missing
    assert rows(archive, "select count(*) from edited_articles") == [(0,)]
    assert lost == {ident.decode() for ident in listed} - stored
    assert asked <= 1.05 * len(digests)
