"""A portal nobody described, on each system: every article found, one row each, few requests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samples.portals import SITES
from samples.server import serve
from samples.shells import wordpress
from tests.scrapy_command import rows, scrapy

FAST = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False"]
SYSTEMS = [
    "nukeviet",
    "wordpress",
    "drupal",
    "joomla",
    "vnpt",
    "dotnetnuke",
    "sharepoint",
    "ha_noi",
]


def crawl(site, served, archive, *options):
    """A crawl of a site's pages: what its articles carry is asked for in test_files."""
    allowed = ["-s", f"PRIVATE_HOSTS_ALLOWED={served.url.partition('://')[2]}"]
    return scrapy(
        "crawl", "portal", "-a", f"url={served.url}{site.start}", *FAST, *allowed,
        "-s", "FILES=False", *options,
        archive=archive,
    )  # fmt: skip


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_article_is_found(name, tmp_path):
    site = SITES[name](66)
    archive = tmp_path / "archive.db"
    with serve(site) as served:
        done = crawl(site, served, archive)
        assert done.returncode == 0, done.stderr
        asked = [path for _, path in served.hits if path != "/robots.txt"]
        gold = {row["url"].replace(site.root, served.url): row for row in site.gold()}
        stored = rows(archive, "select url, title, published, text from articles")
        titles = [title for _, title, _, _ in stored]
        assert len(site.articles) >= 60 and len(site.lists) >= 4
        assert sorted(titles) == sorted(row["title"] for row in gold.values())
        for url, title, published, text in stored:
            expected = gold.get(url) or next(r for r in gold.values() if r["title"] == title)
            assert published == expected["date"]
            assert expected["text"] in text
        assert len(asked) <= 1.3 * (len(gold) + len(site.lists))
        served.hits.clear()
        again = crawl(site, served, archive)
        assert again.returncode == 0, again.stderr
        assert rows(archive, "select url, title, published, text from articles") == stored
        assert len(served.hits) <= 0.2 * len(asked)


def test_a_system_with_addresses_of_its_own(tmp_path):
    """The platform is recognised, its usual addresses are not used here."""
    shell = replace(
        wordpress.SHELL,
        name="odd",
        article_url=lambda a: f"/xem/{a.slug[:40].strip('-')}_{a.id}.php",
    )
    site, archive = shell.build(40), tmp_path / "archive.db"
    with serve(site) as served:
        done = crawl(site, served, archive)
        assert done.returncode == 0, done.stderr
    assert rows(archive, "select platform from portals") == [("wordpress",)]
    titles = [title for (title,) in rows(archive, "select title from articles")]
    assert sorted(titles) == sorted(article.title for article in site.articles)
