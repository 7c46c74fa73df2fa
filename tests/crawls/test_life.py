"""A portal's life between visits: what the tables say about each thing that can happen to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samples.articles import MADE_UP, Part
from samples.portals import SITES
from samples.server import serve
from samples.site import Answer
from tests.crawls.test_systems import FAST
from tests.scrapy_command import scrapy


class Life:
    """A served sample site and the archive of it, night by night."""

    def __init__(self, site, served, archive):
        self.site, self.served, self.archive = site, served, archive

    def night(self, *options: str, code: int = 0):
        """One visit at which every article is looked at again."""
        if self.archive.exists():
            self.sql("update _frontier set due = '2000-01-01' where kind = 'article'")
            # A day has passed since the last visit, as far as the archive knows.
            for table, column in (("captures", "fetched_at"), ("articles", "last_seen")):
                self.sql(
                    f"update {table} set {column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, '-1 day')"
                )
            for column in ("first_seen", "captured_at"):
                self.sql(
                    f"update articles set {column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, '-1 day')"
                )
            self.sql("drop trigger if exists revisions_keep")
            self.sql(
                "update revisions set seen_at = strftime('%Y-%m-%dT%H:%M:%fZ', seen_at, '-1 day')"
            )
        self.served.hits.clear()
        done = scrapy(
            "crawl", "portal", "-a", f"url={self.served.url}/", *FAST, *options, "-s", "REVISITS=500",
            "-s", f"PRIVATE_HOSTS_ALLOWED={self.served.url.partition('://')[2]}", archive=self.archive,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stderr
        return done

    def sql(self, query: str, *values):
        import sqlite3

        with sqlite3.connect(self.archive) as conn:
            found = conn.execute(query, values).fetchall()
        conn.close()
        return found

    def address(self, number: int) -> str:
        return self.site.addresses[self.site.articles[number].id]

    def url(self, number: int) -> str:
        return self.served.url + self.address(number)

    def change(self, number: int, **fields) -> None:
        """The portal edits an article."""
        from samples.shells.nukeviet import SHELL

        article = replace(self.site.articles[number], **fields)
        self.site.articles[number] = article
        self.site.add(
            self.address(number),
            lambda: SHELL._page(self.site, article.title, SHELL.article(self.site, article)),
        )

    def status(self, number: int) -> tuple[str, int]:
        return self.sql("select status, revisions from articles where url = ?", self.url(number))[0]

    def edits(self) -> list[tuple]:
        return self.sql("select url, fields from edited_articles order by seen_at")


@pytest.fixture
def life(tmp_path):
    site = SITES["nukeviet"](14)
    with serve(site) as served:
        life = Life(site, served, tmp_path / "archive.db")
        life.night()
        assert life.sql("select count(*) from articles") == [(14,)]
        yield life


def test_quiet_nights(life):
    for _ in range(2):
        life.night()
        assert life.edits() == []
        assert life.sql("select count(*), sum(revisions) from articles") == [(14, 14)]


def test_an_edit_is_a_version_with_what_changed(life):
    parts = life.site.articles[2].parts
    life.change(2, parts=(*parts, Part("p", "Bổ sung: kết quả đã được Ủy ban nhân dân phê duyệt.")))
    life.change(3, title="Tiêu đề đã được cơ quan sửa lại sau khi đăng")
    life.night()
    assert {(url, fields) for url, fields in life.edits()} == {
        (life.url(2), '["text"]'), (life.url(3), '["title"]'),
    }  # fmt: skip
    assert life.status(2) == ("edited", 2)
    before, after = life.sql(
        "select text_before, text from edited_articles where url = ?", life.url(2)
    )[0]
    assert after.startswith(before) and "phê duyệt" in after


def test_noise_is_no_edit(life):
    life.change(4, views=life.site.articles[4].views + 500)
    life.night()
    assert life.edits() == [] and life.status(4) == ("live", 1)


def test_new_articles_are_found(life):
    grown = SITES["nukeviet"](16)
    life.site.pages = grown.pages
    life.site.addresses, life.site.articles = grown.addresses, grown.articles
    life.night(code=1)  # all others are gone
    assert life.sql("select count(*) from articles where status = 'live'")[0][0] >= 16


def test_gone_after_two_looks_over_three_days_and_back_again(life):
    page = life.site.pages.pop(life.address(5))
    life.night()
    assert life.status(5)[0] == "live", "one look is not enough"
    for _ in range(4):
        life.night()
    assert life.status(5)[0] == "gone"
    assert [url for (url,) in life.sql("select url from gone_articles")] == [life.url(5)]
    life.site.pages[life.address(5)] = page
    life.night()
    assert life.status(5) == ("live", 1)
    assert life.sql("select count(*) from gone_articles") == [(0,)]


def test_a_redirect_home_is_gone_too(life):
    life.site.pages[life.address(6)] = lambda: Answer(302, "", location=life.site.root + "/")
    for _ in range(5):
        life.night()
    assert life.status(6)[0] == "gone"


def test_a_soft_404_is_gone_too_and_never_an_edit(life):
    life.site.pages[life.address(7)] = lambda: Answer(
        200, MADE_UP + "<title>404</title><h1>Không tìm thấy trang</h1>"
    )
    for _ in range(5):
        life.night()
    assert life.status(7)[0] == "gone" and life.edits() == []
    assert life.sql("select count(*) from issues where reason = 'soft_404'")[0][0] >= 2


def test_a_portal_that_is_down_is_no_deletion(life):
    life.served.down = True
    for _ in range(3):
        done = life.night(code=1)
        assert "http_5xx" in done.stderr
    assert life.sql("select distinct status from articles") == [("live",)]
    life.served.down = False
    life.night()
    assert life.sql("select count(*) from articles where status = 'live'") == [(14,)]
    assert life.edits() == []


def test_a_block_page_answered_200_is_named(life):
    blocked = Answer(200, "<title>Request Rejected</title><p>Your support ID is: 42</p>")
    for path in list(life.site.pages):
        if path != "/robots.txt":
            life.site.pages[path] = lambda: blocked
    life.night(code=1)
    assert life.sql("select distinct status from articles") == [("live",)] and life.edits() == []
    assert life.sql("select count(*) from issues where reason = 'block_page'")[0][0] > 0
    outcome, failure = life.sql(
        "select outcome, failure from run_portals order by run desc limit 1"
    )[0]
    assert (outcome, failure) == ("failed", "blocked")


def test_an_article_that_moves_keeps_its_history(life):
    old, new = life.address(8), f"/chuyen-muc-moi{life.address(8)[life.address(8).rindex('/') :]}"
    page = life.site.pages[old]
    life.site.pages[new] = page
    life.site.pages[old] = lambda: Answer(301, "", location=life.site.root + new)
    life.night()
    assert life.sql("select count(*) from articles") == [(14,)]
    known = {
        url
        for (url,) in life.sql(
            "select addresses.url from addresses join articles on id = article where articles.key = ?",
            str(life.site.articles[8].id),
        )
    }
    assert {life.served.url + old, life.served.url + new} <= known


def test_robots_are_obeyed(tmp_path):
    site = SITES["nukeviet"](14)
    site.pages["/robots.txt"] = lambda: Answer(
        200, "User-agent: *\nDisallow: /tin-trong-nuoc/\n", "text/plain"
    )
    with serve(site) as served:
        life = Life(site, served, tmp_path / "archive.db")
        life.night()
        assert not [path for _, path in served.hits if path.startswith("/tin-trong-nuoc/")]
        assert served.hits[0] == ("GET", "/robots.txt")
        assert life.sql("select count(*) from articles") == [(7,)]
        assert life.sql("select count(*) from issues where reason = 'robots'")[0][0] > 0


def test_a_closed_robots_file_closes_the_portal(tmp_path):
    site = SITES["nukeviet"](14)
    site.pages["/robots.txt"] = lambda: Answer(200, "User-agent: *\nDisallow: /\n", "text/plain")
    with serve(site) as served:
        life = Life(site, served, tmp_path / "archive.db")
        life.night(code=1)
        assert [path for _, path in served.hits] == ["/robots.txt"]
        assert life.sql("select outcome, failure from run_portals") == [("failed", "robots")]
