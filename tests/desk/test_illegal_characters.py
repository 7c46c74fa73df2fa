"""One character that XML forbids costs nobody a file: not where it enters, not where it goes out."""

from __future__ import annotations

import asyncio
import sqlite3
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from crawler.items import Article, Attachment, Image
from pipelines.normalise_text import normalise_text
from samples.archive import fill
from tests.desk.conftest import NEWEST, _get, served

FORBIDDEN = "\uffff\ufffe\x0b\x1f\x00\ud800"


def test_text_is_clean_where_it_enters():
    dirty = f"Hội{FORBIDDEN} nghị"
    article = Article(
        "http://a.example/", "1", title=dirty, section=dirty, summary=dirty, text=dirty, byline=dirty,
        published_raw=dirty, images=[Image("http://a.example/x.png", dirty)],
        attachments=[Attachment("http://a.example/x.pdf", dirty)],
    )  # fmt: skip
    normalise_text(article)
    strings = [
        article.title, article.section, article.summary, article.text, article.byline,
        article.published_raw, article.images[0].caption, article.attachments[0].label,
    ]  # fmt: skip
    assert set(strings) == {"Hội\ufffd nghị"}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """An archive from before that: one title, section and note of all hold such a character."""
    path = tmp_path_factory.mktemp("spoilt") / "archive.db"
    fill(path, 30, newest=NEWEST)
    with sqlite3.connect(path) as conn:
        first = conn.execute("select min(id) from articles").fetchone()[0]
        sign = "\uffff\ufffe\x0b"
        conn.execute(
            "update articles set title = 'Hội nghị ' || ? , section = ? where id = ?",
            (sign, sign, first),
        )
        conn.execute("update portals set department = department || ?", (sign,))
    conn.close()
    return path


@pytest.mark.parametrize(
    "path", ["/tim.xlsx?q=", "/archive/articles.xlsx", "/archive/portals.xlsx"]
)
def test_workbooks_are_made_all_the_same(spoilt, path):
    got = asyncio.run(_get(served(spoilt, immutable=False), path, {}))
    assert got.status_code == 200, got.text[:300]
    book = load_workbook(BytesIO(got.content), read_only=True)
    assert sum(1 for _ in book.worksheets[0].rows) > 2


@pytest.mark.parametrize("path", ["/dong-tin/moi.atom", "/tim.atom?q=hoi+nghi"])
def test_feeds_are_xml_all_the_same(spoilt, path):
    got = asyncio.run(_get(served(spoilt, immutable=False), path, {}))
    assert got.status_code == 200
    ElementTree.fromstring(got.content)
