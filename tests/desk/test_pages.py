"""Every page of the desk, in both languages, on a working archive and on a dump."""

import asyncio
import json
import re

import pytest

from publish.desk.render.i18n import WORDS
from tests.desk.conftest import served

PAGES = ["/", "/?ban_do=63", "/tim", "/tim?q=hoi+nghi", "/tong-quan", "/tu-dien", "/cau-hoi", "/dong-tin",
         "/vot-lai", "/tan-suat", "/tan-suat?q=nhan+hieu,%22sang+tao%22", "/archive", "/archive/articles",
         "/archive/provinces/lao_cai", "/archive?sql=select+1", "/archive/da_sua"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_in_both_languages(get, path, lang):
    answer = get(path, cookies={"lang": lang})
    assert answer.status_code == 200, answer.text[:500]
    assert f'<html lang="{lang}">' in answer.text
    assert "content-security-policy" in answer.headers
    asked = re.findall(
        r"<(?:link|script|img|iframe)[^>]+(?:href|src)=[\"']?((?:https?:|//)[^\"' >]*)", answer.text
    )
    assert [url for url in asked if not url.startswith("http://localhost")] == []


def test_the_language_is_one_click_and_stays(get):
    answer = get("/?lang=en")
    assert "Newest" in answer.text and answer.headers["set-cookie"].startswith("lang=en;")
    assert 'href="?lang=vi"' in answer.text
    stock = get("/archive/articles?lang=en&_size=5")
    assert stock.status_code == 302 and stock.headers["location"] == "/archive/articles?_size=5"
    assert get("//evil.example/x?lang=en").headers.get("location", "/").startswith("/evil")
    assert get("/?lang=fr").headers.get("set-cookie") is None


def test_every_word_has_two_languages():
    for key, (vietnamese, english) in WORDS.items():
        assert (vietnamese and english) or key == "class_", key
        assert re.findall(r"{\w+}", vietnamese) == re.findall(r"{\w+}", english), key


def one(rows, where: str) -> int:
    return rows(f"select id from articles where {where} order by id limit 1")[0][0]


def test_an_article_page(get, rows):
    ident = one(rows, "byline like '%-%' and text like '%|%'")
    title, url, raw, sha = rows(
        "select title, url, published_raw, text_sha256 from articles where id = ?", ident
    )[0]
    page = get(f"/archive/articles/{ident}").text
    for part in (
        title,
        url,
        raw,
        sha,
        "<table>",
        '<th scope="col">TT</th>',
        "Lần đầu thấy",
        "BibTeX",
        "SHA-256",
    ):
        assert part in page, part
    assert get(f"/archive/articles/{ident}.json?_shape=objects").json()["rows"][0]["id"] == ident


def test_versions_and_what_changed(get, rows):
    ident = one(rows, "status = 'edited'")
    page = get(f"/archive/articles/{ident}/ban").text
    assert "<ins>" in page and "(</ins>" not in page.split("</title>")[0]
    assert "đính" in page
    for query in ("tu=2&den=1", "tu=x&den=99", "tu=1&den=1", "tu=0&den=-3"):
        assert get(f"/archive/articles/{ident}/ban?{query}").status_code == 200


def test_the_same_release_elsewhere(get, rows):
    ident, other = rows(
        "select a.article, b.article from fingerprints a join fingerprints b using (print) "
        "where a.article < b.article group by 1, 2 having count(*) >= 9 limit 1"
    )[0]
    assert f'href="/archive/articles/{other}"' in get(f"/archive/articles/{ident}").text


def test_citations(get, rows):
    ident = one(rows, "title is not null")
    bib = get(f"/archive/articles/{ident}/cite.bib").text
    assert bib.startswith("@online{") and bib.count("{") - bib.count("\\{") == bib.count(
        "}"
    ) - bib.count("\\}")
    csl = json.loads(get(f"/archive/articles/{ident}/cite.json").text)[0]
    assert csl["URL"].startswith("https://") and csl["title"] and csl["author"]


@pytest.mark.parametrize(
    "path", ["/archive/articles/1", "/archive/articles/1/ban", "/archive/articles/1/cite.bib"]
)
def test_what_is_not_there(get, path):
    answer = get(path)
    assert answer.status_code == 404 and "Không có bài này" in answer.text


def test_the_dictionary_has_every_column(get, rows):
    page = get("/tu-dien").text
    for (name,) in rows("select name from pragma_table_info('articles')"):
        assert f"<code>{name}</code>" in page


def offered(datasette) -> tuple[str | None, int | None, bool]:
    """Where the home page says the dump is, what is there, and whether it says how to make one."""

    async def ask(path: str):
        await datasette.invoke_startup()
        return await datasette.client.get(path)

    page = asyncio.run(ask("/")).text
    link = re.search(r'href="([^"]+)" class="dump"', page)
    there = asyncio.run(ask(link[1])).status_code if link else None
    return link and link[1], there, "scrapy publish" in page


def test_a_dump_is_offered_where_there_is_one(working, dump, tmp_path, monkeypatch):
    how = (None, None, True)
    assert offered(served(working, immutable=False)) == how
    assert offered(served(working)) == how  # its queue and state are nobody's
    assert offered(served(dump, allow_download=False)) == how
    assert offered(served(dump)) == ("/archive.db", 200, False)
    monkeypatch.setenv("KHCN_DUMPS", str(tmp_path))
    assert offered(served(dump)) == how
    (tmp_path / "archive.db").symlink_to(dump)
    (tmp_path / "latest.json").write_text('{"sha256": {}}')
    assert offered(served(dump)) == ("/dump/archive.db", 200, False)
