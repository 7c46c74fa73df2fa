"""`scrapy newportal` on sites of no known system: a declaration that serves, or what could not be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape

import pytest

from crawler.portals.urls import classify_url
from samples.server import serve
from tests.end_to_end.blog_sites import BLOGS
from tests.end_to_end.hidden_sites import HIDDEN
from tests.end_to_end.strange_sites import PLAIN
from tests.end_to_end.test_newportal import load
from tests.end_to_end.test_systems import FAST
from tests.end_to_end.unknown_sites import UNKNOWN
from tests.scrapy_command import scrapy

SITES = {**UNKNOWN, **HIDDEN, **BLOGS}


def newportal(site, served, into):
    return scrapy(
        "newportal", f"{served.url}{site.start}", "--province", "lao_cai", "--name", "lao_cai_mau",
        "--into", into, *FAST, "-s", f"PRIVATE_HOSTS_ALLOWED={served.url.partition('://')[2]}",
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["blogger", "react", "only_numbers", "short_slugs", "known_system"]
)
def test_the_declaration(name, tmp_path):
    site = SITES[name]()
    with serve(site) as served:
        done = newportal(site, served, tmp_path)
        assert done.returncode == 0, done.stderr
        assert "sitemap.xml" not in done.stdout  # it answers 404
        portal = load(tmp_path / "spiders/lao_cai_mau.py").facts()
        kinds = Counter(
            classify_url(row["url"].replace(site.root, served.url), portal).kind
            for row in site.gold()
        )
        told = "article_urls" in done.stdout.rpartition("could not tell")[2]
        assert kinds["article"] == len(site.articles) or told
        for path in (*site.lists, "/gioi-thieu", "/lien-he"):
            assert classify_url(served.url + path, portal).kind != "article", path


def test_articles_without_text_are_no_sample_pages(tmp_path):
    def pictures(site, article):
        return (
            f"<h1>{escape(article.title)}</h1><div>{article.published.strftime('%d/%m/%Y')}</div>"
            f'<div><img src="/anh/{article.id}.jpg" width="900"></div>'
        )

    site = replace(PLAIN, article=pictures).build(24)
    with serve(site) as served:
        done = newportal(site, served, tmp_path)
    assert done.returncode == 1 and "text" in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.py"))
