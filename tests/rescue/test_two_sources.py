"""Twelve months of a portal in two archives that overlap: complete, in order, and nothing twice."""

from __future__ import annotations

from samples.common_crawl import serve_crawl
from samples.web_archive import serve_archive
from samples.years import ADDED, build
from tests.scrapy_command import contents, rows, scrapy


def rescue(archive, *sources, more=(), portal="ha_noi", **environment):
    places = ",".join(url.partition("://")[2].partition("/")[0] for url in sources if "://" in url)
    named = [word for source in sources for word in ("--source", source)]
    return scrapy(
        "rescue", portal, *named, "-s", f"PRIVATE_HOSTS_ALLOWED={places}", *more, archive=archive,
        **environment,
    )  # fmt: skip


def is_whole(archive, years):
    """Every article that was kept is there once, its versions in order, and no edit is invented."""
    site = years.site
    stored = rows(archive, "select url, title, revisions, status from articles order by url")
    assert [(url, title) for url, title, _, _ in stored] == sorted(
        (site.root + site.addresses[a.id], a.title) for a in years.kept
    )
    edits = rows(
        archive, "select url, text like ? from edited_articles order by url, seen_at", f"%{ADDED}%"
    )
    expected = []
    for url, title, revisions, status in stored:
        texts = {s.body for s in years.snapshots if s.url == url} | {
            years.body_of(row) for m in years.months for row in m.rows if row["url"] == url
        }
        both = len({ADDED.encode() in text for text in texts}) == 2
        assert (revisions, status) == ((2, "edited") if both else (1, "live")), title
        if both:
            expected.append((url, 1))
    assert edits == expected


def is_lost(archive, years):
    lost = rows(archive, "select url, title, published from lost_articles order by url")
    site = years.site
    assert lost == sorted(
        (site.root + site.addresses[a.id], a.title, a.published.strftime("%Y-%m-%d"))
        for a in years.missing
    )


def asked_for(hits):
    """How many requests were for captures, and how many for indexes."""
    index = [hit for hit in hits if "/cdx/" in hit or "-index" in hit or "collinfo" in hit]
    return len(hits) - len(index), len(index)


def test_twelve_months_in_two_sources(tmp_path):
    years, archive = build(), tmp_path / "archive.db"
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows = 50
        done = rescue(archive, wayback.url, crawl.collinfo)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        is_whole(archive, years)
        is_lost(archive, years)
        hits = wayback.hits + crawl.hits
        captures, index = asked_for(hits)
        assert captures <= 1.05 * len(years.digests)
        assert len(set(hits)) == len(hits)  # nothing was asked for twice
        assert index
        before = contents(archive)
        wayback.hits.clear(), crawl.hits.clear()
        assert rescue(archive, wayback.url, crawl.collinfo).returncode == 0
        assert asked_for(wayback.hits + crawl.hits)[0] == 0
        assert contents(archive) == before
    assert {via for (via,) in rows(archive, "select distinct via from captures")} == {
        "memento", "commoncrawl",
    }  # fmt: skip
