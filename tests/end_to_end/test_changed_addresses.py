"""A portal whose declared addresses no longer serve: nothing is lost, and it is said."""

from __future__ import annotations

import sqlite3

from samples.server import serve
from tests.conftest import ROOT
from tests.end_to_end.strange_sites import PLAIN
from tests.end_to_end.test_systems import FAST
from tests.scrapy_command import rows, scrapy

SPIDER = """
from crawler.portal import PortalSpider

class Changed(PortalSpider):
    name = "changed"
    province = "yen_bai"
    allowed_domains = ["{host}"]
    start_urls = ["http://{host}/"]
    article_urls = ({pattern!r},)
"""


def test_articles_are_found_all_the_same_and_keep_their_ids(tmp_path):
    site, archive = PLAIN.build(24), tmp_path / "archive.db"
    package = tmp_path / "mended"
    package.mkdir()
    (package / "__init__.py").write_text("")

    def night(pattern):
        (package / "changed.py").write_text(SPIDER.format(host=host, pattern=pattern))
        return scrapy(
            "crawl", "changed", *FAST, "-s", f"PRIVATE_HOSTS_ALLOWED={host}", "-s",
            "SPIDER_MODULES=mended", archive=archive, PYTHONPATH=f"{ROOT}:{tmp_path}",
        )  # fmt: skip

    with serve(site) as served:
        host = served.url.partition("://")[2]
        first = night(r"/chi-tiet\.aspx\?id=(?P<id>\d+)")
        assert first.returncode == 1 and "article_urls" in first.stderr
        assert rows(archive, "select outcome, failure from run_portals") == [
            ("partial", "site_changed")
        ]
        assert "Traceback" not in first.stderr
        ids = rows(archive, "select id, url from articles order by id")
        assert len(ids) == 24
        with sqlite3.connect(archive) as conn:
            conn.execute("update _frontier set due = '2000-01-01'")
        second = night(r"^/[\w-]+/(?P<id>[\w-]+)$")
        assert second.returncode == 0, second.stderr
    assert rows(archive, "select id, url from articles order by id") == ids
    assert rows(archive, "select distinct status, revisions from articles") == [("live", 1)]
