"""Sites of no known system: all articles, nothing else, and not many more requests than needed."""

from __future__ import annotations

import pytest

from samples.portals import SITES
from samples.server import serve
from tests.end_to_end.crawler_traps import with_traps
from tests.end_to_end.strange_sites import PLAIN, STRANGE
from tests.end_to_end.test_systems import crawl
from tests.scrapy_command import rows


@pytest.mark.parametrize("name", STRANGE)
def test_every_article_and_nothing_else(name, tmp_path):
    site, archive = STRANGE[name](), tmp_path / "archive.db"
    with serve(site) as served:
        done = crawl(site, served, archive)
        assert "Traceback" not in done.stderr
        asked = [path for _, path in served.hits]
    titles = sorted(title for (title,) in rows(archive, "select title from articles"))
    assert titles == sorted(article.title for article in site.articles)
    assert done.returncode == 0, done.stderr
    dead = 25 if name == "stale_sitemap" else 0
    assert len(asked) <= 1.3 * (len(site.articles) + len(site.lists)) + 3 + dead


@pytest.mark.parametrize("name", ["nukeviet", "drupal", "dotnetnuke", "plain"])
def test_traps_cost_few_requests_and_no_article(name, tmp_path):
    site = with_traps(PLAIN.build(66) if name == "plain" else SITES[name](66))
    archive = tmp_path / "archive.db"
    with serve(site) as served:
        done = crawl(site, served, archive)
        assert done.returncode == 0, done.stderr
        asked = [path for _, path in served.hits]
    titles = sorted(title for (title,) in rows(archive, "select title from articles"))
    assert titles == sorted(article.title for article in site.articles)
    assert len(asked) <= 1.3 * (len(site.articles) + len(site.lists)) + 2, asked
