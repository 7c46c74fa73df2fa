"""Twenty years of one host: an earlier system nobody declared, the present one, and a new owner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.portals.model import Earlier, Portal
from crawler.registry.eras import Eras
from samples.common_crawl import digest_of
from samples.portals import SITES
from samples.shells import nukeviet
from samples.sold import bets, quiet
from samples.web_archive import Snapshot, serve_archive
from tests.rescue.test_two_sources import rescue
from tests.scrapy_command import rows, scrapy

PRESENT = Portal(
    "p", "vinh_phuc", "Sở", ("moi.gov.vn",), platform="sharepoint",
    article_urls=(r"/Lists/(?P<list>\w+)/View_Detail\.aspx\?(?:.*&)?ItemID=(?P<id>\d+)",),
    earlier=(
        Earlier("2012-12-31", hosts=("cu.org.vn",), platform="nukeviet"),
        Earlier("2016-06-30", platform="joomla"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("url", "day", "kind", "key"),
    [
        (
            "https://moi.gov.vn/Lists/Tin/View_Detail.aspx?ItemID=7",
            "2020-01-01",
            "article",
            "tin/7",
        ),
        # Left standing or linked early: the day alone decides nothing.
        (
            "https://moi.gov.vn/Lists/Tin/View_Detail.aspx?ItemID=7",
            "2014-01-01",
            "article",
            "tin/7",
        ),
        ("http://www.cu.org.vn/tin-tuc/bai-moi-7.html", "2011-01-01", "article", "nukeviet:7"),
        ("http://cu.org.vn/tin-tuc/bai-moi-7.html", "2019-01-01", "article", "nukeviet:7"),
        ("https://moi.gov.vn/gioi-thieu", "2020-01-01", "unknown", None),
        ("https://noi-khac.vn/7.html", "2011-01-01", "outside", None),
        ("https://moi.gov.vn/a.jpg", "2011-01-01", "skip", None),
    ],
)
def test_what_an_address_was(url, day, kind, key):
    place = Eras(PRESENT).at(url, day)
    assert place.kind == kind
    if key:
        assert place.key == key


def test_all_hosts_are_asked_about():
    systems = Eras(PRESENT).systems
    assert {host for system in systems for host in system.hosts} == {"moi.gov.vn", "cu.org.vn"}
    assert systems[0].platform == "sharepoint"


def test_what_another_portal_declared_is_left_to_it():
    """Two systems of one host may be two portals."""
    other = Portal("q", "x", "Sở", ("moi.gov.vn",), article_urls=(r"/tin/(?P<id>\d+)$",))
    assert Eras(PRESENT).at("https://moi.gov.vn/tin/7", "2015-01-01").kind == "unknown"
    assert (
        Eras(PRESENT, [PRESENT, other]).at("https://moi.gov.vn/tin/7", "2015-01-01").kind
        == "outside"
    )


def kept(url, at, body):
    data = body.encode()
    return Snapshot(url, at, data, digest_of(data))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Vĩnh Phúc's host: NukeViet in 2012, SharePoint in 2020, bets since 2023."""
    site, old = SITES["vinh_phuc"](8), nukeviet.build(8)
    snapshots = []
    for article in old.articles:
        path = old.addresses[article.id]
        snapshots.append(kept(site.root + path, "20120305100000", old.answer(path).body))
    home = old.answer(old.start).body
    snapshots.append(kept(f"{site.root}/", "20120305090000", home))
    for number, article in enumerate(site.articles):
        path = site.addresses[article.id]
        snapshots.append(kept(site.root + path, "20200601100000", site.answer(path).body))
        page = quiet() if number % 2 else bets(f"Nhà cái số {number}")
        snapshots.append(kept(site.root + path, f"202311{number + 1:02}100000", page))
    snapshots.append(kept(site.root + site.start, "20200601090000", site.answer(site.start).body))
    snapshots.append(kept(site.root + site.start, "20230801090000", bets()))
    path = tmp_path_factory.mktemp("eras") / "archive.db"
    with serve_archive(snapshots) as served:
        served.rows = 50
        done = rescue(path, served.url, portal="vinh_phuc")
    return path, done, site, old


def test_each_system_is_read_as_what_it_was(archive):
    path, _, site, old = archive
    found = rows(path, "select key, title, captured_at from articles order by title")
    assert sorted(title for _, title, _ in found) == sorted(
        a.title for a in (*site.articles, *old.articles)
    )
    assert sum(key.startswith("nukeviet:") for key, _, _ in found) == len(old.articles)
    text = dict(rows(path, "select title, coalesce(summary, '') || text from articles"))
    for article in old.articles:
        assert article.lines[0] in text[article.title]
    assert rows(path, "select count(*) from edited_articles") == [(0,)]


def test_a_domain_that_was_sold(archive):
    path, done, site, _ = archive
    assert done.returncode == 0 and "2023-08-01" in done.stdout and "parked" in done.stdout
    assert rows(path, "select max(captured_at) < '2023' from articles") == [(1,)]
    assert rows(
        path, "select code, since, detail like 'sokhcn.vinhphuc.gov.vn: 2023-08-01%' from alarms"
    ) == [("parked", "2023-08-01T09:00:00Z", 1)]
    refused = rows(
        path, "select count(*) from issues where reason = 'parked' and seen_at > '2023-11'"
    )
    assert refused == [(len(site.articles),)]
    assert rows(path, "select refused from rescue_years where year = 2023") == [
        (len(site.articles),)
    ]


def test_read_anew_it_stays_what_it_was(archive):
    path, *_ = archive
    before = rows(path, "select id, key, title, text, byline, published from articles order by id")
    assert scrapy("reextract", archive=path).returncode == 0
    assert (
        rows(path, "select id, key, title, text, byline, published from articles order by id")
        == before
    )


def test_a_language_of_its_own_is_no_other_article():
    portal = replace(PRESENT, earlier=())
    assert [system.hosts for system in Eras(portal).systems] == [("moi.gov.vn",)]
