"""A site nobody described, visited again: what moved goes on, what was withdrawn is missed, the rest is quiet."""

from __future__ import annotations

import sqlite3

import pytest

from samples.server import serve
from samples.site import Answer
from tests.end_to_end.strange_sites import PLAIN
from tests.end_to_end.test_systems import crawl
from tests.scrapy_command import rows

MOVED, WITHDRAWN = 3, 6  # articles


@pytest.fixture(scope="module")
def visits(tmp_path_factory):
    """The archive after two visits, between which articles moved and others were withdrawn."""
    site, archive = PLAIN.build(36), tmp_path_factory.mktemp("visits") / "archive.db"
    with serve(site) as served:
        assert crawl(site, served, archive).returncode == 0
        before = rows(archive, "select id, key, title, text from articles order by id")
        served.hits.clear()
        assert crawl(site, served, archive).returncode == 0
        quiet = [path for _, path in served.hits]
        for article in site.articles[:MOVED]:
            old = site.addresses[article.id]
            new = f"/bai-viet/{article.slug}.html"
            site.pages[new], site.pages[old] = (
                site.pages[old],
                lambda w=new: Answer(301, "", location=w),
            )
        said = (
            "Bài viết này đã được gỡ khỏi trang thông tin điện tử của Sở, mời bạn xem các tin khác. "
            * 6
        )
        site.add(
            "/da-go", lambda: PLAIN._page(site, "Đã gỡ", f"<h1>Bài viết đã gỡ</h1><p>{said}</p>")
        )
        for article in site.articles[MOVED : MOVED + WITHDRAWN]:
            site.pages[site.addresses[article.id]] = lambda: Answer(302, "", location="/da-go")
        with sqlite3.connect(archive) as conn:
            conn.execute("update _frontier set due = '2000-01-01' where kind = 'article'")
        conn.close()
        done = crawl(site, served, archive, "-s", "REVISITS=500")
        assert "Traceback" not in done.stderr
    return site, archive, before, quiet


def test_what_moved_keeps_its_key_and_its_text(visits):
    site, archive, before, _ = visits
    stored = rows(archive, "select id, key, title, text from articles order by id")
    assert [row for row in stored if row[2] != "Bài viết đã gỡ"] == before
    for article in site.articles[:MOVED]:
        known = rows(
            archive,
            "select title from addresses join articles on articles.id = article where addresses.url like ?",
            f"%/bai-viet/{article.slug}.html",
        )
        assert known == [(article.title,)]


def test_what_was_withdrawn_is_missed_and_not_overwritten(visits):
    site, archive, _, _ = visits
    missed = rows(
        archive,
        "select distinct title from captures join articles on articles.id = article "
        "where outcome = 'redirect_home'",
    )
    assert {title for (title,) in missed} == {
        a.title for a in site.articles[MOVED : MOVED + WITHDRAWN]
    }


def test_a_second_visit_asks_for_the_lists_alone(visits):
    site, _, _, quiet = visits
    assert not set(quiet) & set(site.addresses.values())
    assert len(quiet) <= 1 + 3 * len(PLAIN.sections)
