"""Articles of every kind in the markup of many systems, read without a rule for any of them."""

from __future__ import annotations

import re

import pytest

from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal
from pipelines.normalise_authors import normalise_authors
from pipelines.normalise_dates import normalise_dates
from pipelines.normalise_text import normalise_text
from samples.layouts.articles import ARTICLES
from samples.layouts.crowded import LAYOUTS

SEEN = "2024-07-18T03:00:00Z"
PORTAL = Portal("x", "yen_bai", "Sở Khoa học và Công nghệ tỉnh Yên Bái", ("example.gov.vn",))


def words(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_kind_of_article(layout):
    draw, url = LAYOUTS[layout]
    for printed in ARTICLES:
        fetched = Fetched(url, SEEN, 200, (), draw(printed).encode())
        article = read_page(fetched, PORTAL, expect="article").article
        assert article is not None, printed.name
        normalise_text(article)
        normalise_dates(article, captured_at=SEEN, portal=PORTAL)
        normalise_authors(article, portal=PORTAL)
        found = {
            "title": words(article.title or ""),
            "date": (article.published or "")[:10],
            "authors": [a.name for a in article.authors if a.role == "author"],
            "lines": [
                w for w in map(words, [article.summary or "", *article.text.split("\n")]) if w
            ],
            "files": [file.url.rpartition("/")[2] for file in article.attachments],
        }
        assert found == {
            "title": words(printed.title),
            "date": printed.date[:10],
            "authors": printed.authors,
            "lines": [w for w in map(words, [printed.sapo or "", *printed.lines]) if w],
            "files": [address.rpartition("/")[2] for address, _ in printed.files],
        }, printed.name
