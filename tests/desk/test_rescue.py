"""What the desk says of rescued articles: who kept them and when, what was had, what is lost."""

from __future__ import annotations

import asyncio
import re

import pytest

from crawler.captures import read_capture, responses
from samples.common_crawl import digest_of
from samples.gone import LOOKS, SOLD, portal, write_kept
from samples.web_archive import Snapshot, serve_archive
from tests.desk.conftest import served
from tests.rescue.test_two_sources import rescue
from tests.scrapy_command import rows


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rescued")
    write_kept(folder / "kept.warc.gz")
    snapshots = []
    for place in responses(folder / "kept.warc.gz"):
        body = read_capture(place).body
        at = re.sub(r"\D", "", place.fetched_at)[:14]
        snapshots.append(Snapshot(place.url, at, body, digest_of(body)))
    with serve_archive(snapshots) as kept:
        kept.rows = 100
        done = rescue(folder / "archive.db", kept.url, portal="cao_bang_nukeviet")
    assert done.returncode == 0, done.stderr
    return folder / "archive.db"


def page(archive, path, **cookies):
    answer = asyncio.run(served(archive, immutable=False).client.get(path, cookies=cookies))
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def test_the_page_of_what_was_rescued(archive):
    text = page(archive, "/vot-lai", lang="en")
    for year in ("2016", "2019", "2023"):
        assert f"<td>{year}</td>" in text
    assert "parked" in text and SOLD[:10] in text and "khcncaobang.gov.vn" in text
    for (title,) in rows(archive, "select title from lost_articles"):
        assert title in text
    assert len(rows(archive, "select 1 from lost_articles")) == len(portal().articles) // 4
    assert "<script>" not in text.split("</head>")[1].replace("<script src", "")


def test_an_article_says_who_kept_it(archive):
    ident, url = rows(archive, "select id, url from articles order by id limit 1")[0]
    text = page(archive, f"/archive/articles/{ident}", lang="en")
    at = re.sub(r"\D", "", LOOKS[0])
    assert "kept by 127.0.0.1" in text and LOOKS[0][:10] in text
    assert re.search(rf'href="http://127\.0\.0\.1:\d+/web/{at}/{re.escape(url)}"', text)


def test_an_archive_of_an_earlier_version_still_shows(archive, tmp_path):
    import shutil
    import sqlite3

    old = tmp_path / "archive.db"
    shutil.copy(archive, old)
    conn = sqlite3.connect(old)
    conn.executescript(
        "drop view rescue_years; drop table lost_articles; drop table rescued; "
        "alter table captures drop column source"
    )
    ident = conn.execute("select id from articles limit 1").fetchone()[0]
    conn.close()
    assert "scrapy rescue" in page(old, "/vot-lai", lang="en")
    assert "kept by" not in page(old, f"/archive/articles/{ident}", lang="en")
