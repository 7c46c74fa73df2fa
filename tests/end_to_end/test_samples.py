"""The demo, end to end: the real spiders on the bundled sample portals, against what is on them."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
import yaml
from datasette.app import Datasette

from samples.portals import DEMO, SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.scrapy_command import contents, rows, scrapy


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_warc(folder / "samples.warc.gz", [SITES[name]() for name in DEMO])
    for name in DEMO:
        done = scrapy(
            "crawl", name, "-s", f"REPLAY_WARC={folder / 'samples.warc.gz'}",
            archive=folder / "archive.db",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return folder / "archive.db"


@pytest.mark.parametrize("name", DEMO)
def test_every_article_is_read_as_it_stands(demo, name):
    site = SITES[name]()
    stored = {
        row[0].partition("&lv")[0]: row[1:]
        for row in rows(
            demo,
            "select url, title, published, summary, text, id from articles where portal = ?",
            name,
        )
    }
    if name == "ha_noi":  # the same article stands in two sections
        stored = {url.rpartition("view_content/")[2]: row for url, row in stored.items()}
    gold = list(site.gold())
    assert len(stored) == len(gold) >= 12
    for expected in gold:
        url = expected["url"].partition("&lv")[0]
        if name == "ha_noi":
            url = url.rpartition("view_content/")[2]
        title, published, summary, text, ident = stored[url]
        assert title == expected["title"]
        assert published == expected["date"]
        whole = "\n".join(filter(None, (summary, text)))
        assert whole == "\n".join(filter(None, (expected["sapo"], expected["text"])))
        signed = rows(
            demo,
            "select name, unit from article_authors join authors on authors.id = author "
            "where article = ? and role = 'author'", ident,
        )  # fmt: skip
        if expected["author"] is None:
            assert signed == []
        else:
            assert [name for name, _ in signed] == [expected["author"]]
            assert signed[0][1] == expected["unit"]
        files = rows(demo, "select label from attachments where article = ?", ident)
        assert [label for (label,) in files] == expected["attachments"]


def test_nothing_of_the_furniture_is_left(demo):
    text = "\n".join(row[0] for row in rows(demo, "select text from articles"))
    for furniture in (
        "Xem cỡ chữ", "Google", "31oC", "Áp suất không khí", "Các tin đã đưa", "Lượt xem", "View count",
        "Bản quyền", "Pho Ban bien tap", "Tin liên quan", "đánh giá bài viết", "Thống kê truy cập",
    ):  # fmt: skip
        assert furniture not in text, furniture
    # An article about the weather or about visits keeps its sentences.
    assert "nhiệt độ trung bình của vùng là 23°C" in text
    assert "lượt truy cập trang thông tin của Sở" in text


def test_a_second_crawl_finds_nothing_new(demo, tmp_path):
    before = contents(demo)
    done = scrapy(
        "crawl", "vinh_phuc", "-s", f"REPLAY_WARC={demo.parent / 'samples.warc.gz'}", archive=demo
    )
    assert done.returncode == 0
    assert contents(demo) == before
    pages = rows(demo, "select pages from run_portals where portal = 'vinh_phuc' order by run")
    assert pages[-1][0] <= 0.25 * pages[0][0]


def test_every_capture_points_at_its_record(demo):
    kept = rows(
        demo, "select count(*), count(offset), count(digest) from captures where warc is not null"
    )
    assert len(set(kept[0])) == 1 and kept[0][0] > 0
    # What is in no file was absent when it was asked for.
    assert {
        url.rpartition("/")[2]
        for (url,) in rows(demo, "select url from captures where warc is null")
    } == {"sitemap.xml"}


def test_the_data_dictionary_is_the_schema(demo):
    described = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    tables = described["databases"]["archive"]["tables"]
    names = rows(
        demo,
        "select name from sqlite_master where type in ('table', 'view') "
        "and name not like '\\_%' escape '\\' and name not like '%\\_fts%' escape '\\' "
        "and name not like 'sqlite%'",
    )
    for (name,) in names:
        columns = {row[1] for row in rows(demo, f"pragma table_xinfo([{name}])")}
        assert set(tables[name]["columns"]) == columns, name
    shown = {name for name, table in tables.items() if not table.get("hidden")}
    assert shown == {name for (name,) in names}


def test_the_desk(demo):
    """Home and article page: readable, nothing fetched from elsewhere, nothing of a page is markup."""
    described = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    ident, title = rows(demo, "select id, title from articles where byline is not null limit 1")[0]

    async def visit() -> None:
        desk = ROOT / "publish"
        datasette = Datasette(
            [str(demo)], metadata=described, template_dir=str(desk / "templates"),
            plugins_dir=str(desk / "plugins"), static_mounts=[("desk", str(desk / "static"))],
        )  # fmt: skip
        await datasette.invoke_startup()
        home = await datasette.client.get("/")
        article = await datasette.client.get(f"/archive/articles/{ident}")
        style = await datasette.client.get("/desk/desk.css")
        assert (home.status_code, article.status_code, style.status_code) == (200, 200, 200)
        assert "Kho lưu trữ" in home.text and title in article.text and "Bản gốc" in article.text
        for page in (home.text, article.text):
            asked = re.findall(
                r"<(?:link|script|img|iframe)[^>]+(?:href|src)=[\"']?((?:https?:|//)[^\"' >]*)",
                page,
            )
            assert [url for url in asked if not url.startswith("http://localhost/")] == []

    asyncio.run(visit())


def test_datasette_serves_every_page(demo):
    described = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    queries = described["databases"]["archive"]["queries"]
    assert len(queries) >= 3

    async def visit() -> None:
        datasette = Datasette([str(demo)], metadata=described)
        await datasette.invoke_startup()
        asked = {"q": "hội nghị", "author": "thu", "province": "yen_bai", "days": "30"}
        for name in queries:
            answer = await datasette.client.get(f"/archive/{name}.json", params=asked)
            assert answer.status_code == 200, (name, answer.text)
        exact = await datasette.client.get("/archive/tim.json", params={"q": "nhãn hiệu"})
        loose = await datasette.client.get("/archive/tim.json", params={"q": "nhan hieu"})
        assert 0 < len(exact.json()["rows"]) <= len(loose.json()["rows"])
        other = await datasette.client.get("/archive/tim.json", params={"q": "nhẫn hiệu"})
        assert other.json()["rows"] == []
        signed = await datasette.client.get(
            "/archive/bai_cua_tac_gia.json", params={"author": "le thanh binh"}
        )
        assert signed.json()["rows"]
        home = await datasette.client.get("/")
        assert home.status_code == 200 and "Kho lưu trữ" in home.text

    asyncio.run(visit())
