"""Archives on bad days: each failure has a name, is tried again later, and invents nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time

import pytest

from samples.common_crawl import digest_of, serve_crawl
from samples.portals import SITES
from samples.web_archive import Snapshot, serve_archive
from samples.years import build
from tests.conftest import ROOT
from tests.rescue.test_two_sources import asked_for, is_lost, is_whole, rescue
from tests.scrapy_command import command, contents, rows


@pytest.fixture
def years():
    return build(12)


def reasons(archive):
    return {
        reason
        for (reason,) in rows(
            archive, "select distinct reason from _rescue where state in ('missed', 'refused')"
        )
    }


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("whole", "range_ignored"),
        ("shifted", "range_wrong"),
        ("truncated", "range_truncated"),
        ("spoilt", "no_record"),
        ("lying", "other_record"),  # or none at all
    ],
)
def test_ranges_that_are_not_what_was_asked_for(fault, reason, years, tmp_path):
    """The look is named and missed, another source's bytes stand in for it, the next run has it."""
    archive = tmp_path / "archive.db"
    with serve_crawl(years.months) as crawl:
        crawl.faults = ["", "", fault, "", fault]
        done = rescue(archive, crawl.collinfo)
        assert done.returncode == 1, done.stderr
        named = reasons(archive)
        assert reason in named or (fault == "lying" and "no_record" in named)
        assert not rows(archive, "select 1 from _rescue where state = 'fetched'")
        assert rescue(archive, crawl.collinfo).returncode == 0
        assert not reasons(archive)
        whole = tmp_path / "whole.db"
        assert rescue(whole, crawl.collinfo).returncode == 0
    assert contents(archive) == contents(whole)


def test_a_digest_that_does_not_fit(years, tmp_path):
    """Neither an index nor a record is believed alone: three runs, then it is refused for good."""
    archive = tmp_path / "archive.db"
    spoilt = [m.rows[0] for m in years.months if m.rows][:1]
    url = spoilt[0]["url"]
    spoilt[0]["digest"] = "A" * 32
    years.snapshots[0].digest = "B" * 32
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows = 50
        for code in (1, 1, 1, 0):
            assert rescue(archive, wayback.url, crawl.collinfo).returncode == code
        assert reasons(archive) == {"digest_mismatch"}
    looks = rows(
        archive, "select url from captures where source_digest in (?, ?)", "A" * 32, "B" * 32
    )
    assert url and not looks


def test_too_many_requests(years, tmp_path):
    """Retry-After is obeyed, storms are sat out, and a broken page of an index is asked for again."""
    archive = tmp_path / "archive.db"
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows, crawl.broken_pages = 50, 2
        wayback.refusals = [(429, "1"), (503, None), (429, "0")]
        crawl.refusals = [(503, "0"), (429, "1"), (503, "0")]
        started = time.monotonic()
        done = rescue(archive, wayback.url, crawl.collinfo)
        assert done.returncode == 0, done.stderr
        assert time.monotonic() - started > 1
        is_whole(archive, years)
        is_lost(archive, years)


def test_a_source_that_is_down(years, tmp_path):
    """The others go on; when it is back, what it alone has is put in between, and no edit is invented."""
    archive, whole = tmp_path / "archive.db", tmp_path / "whole.db"
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows = 50
        crawl.down = True
        done = rescue(archive, wayback.url, crawl.collinfo)
        assert done.returncode == 1 and "http_503" in done.stderr
        assert "Traceback" not in done.stderr
        assert rows(archive, "select count(*) from articles")[0][0] > 0
        crawl.down = False
        assert rescue(archive, wayback.url, crawl.collinfo).returncode == 0
        is_whole(archive, years)
        is_lost(archive, years)
        assert rescue(whole, wayback.url, crawl.collinfo).returncode == 0
    # A date is quoted as the look printed it that showed the version first to us.
    same = "select id, url, title, summary, text, byline, published, status, revisions from articles order by id"
    assert rows(archive, same) == rows(whole, same)
    edits = "select article, seen_at, text_before, text from edited_articles order by 1, 2"
    assert rows(archive, edits) == rows(whole, edits)


def killed(archive, sources, times, chance):
    """Start a rescue again and again and kill it at any moment; then let it end."""
    places = ",".join(url.partition("://")[2].partition("/")[0] for url in sources)
    words = command(
        "rescue", "ha_noi", *(word for s in sources for word in ("--source", s)),
        "-s", f"PRIVATE_HOSTS_ALLOWED={places}", archive=archive,
    )  # fmt: skip
    for _ in range(times):
        process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(chance.uniform(1.0, 6.0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.parametrize("times", [3, pytest.param(50, marks=pytest.mark.long)])
def test_killed_at_any_moment(times, years, tmp_path):
    """A rescue that was killed and goes on is the one that never stopped; nothing is asked for twice
    but what was under way.
    """
    archive, whole = tmp_path / "a" / "archive.db", tmp_path / "b" / "archive.db"
    archive.parent.mkdir(), whole.parent.mkdir()
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows = 50
        sources = (wayback.url, crawl.collinfo)
        assert rescue(whole, *sources).returncode == 0
        straight = asked_for(wayback.hits + crawl.hits)[0]
        wayback.hits.clear(), crawl.hits.clear()
        killed(archive, sources, times, random.Random(times))
        assert rescue(archive, *sources).returncode == 0
        assert asked_for(wayback.hits + crawl.hits)[0] <= straight + 2 * times
    assert contents(archive) == contents(whole)
    looks = "select url, fetched_at, status, outcome, article, digest, source_digest from captures order by 1, 2"
    assert rows(archive, looks) == rows(whole, looks)
    lost = "select portal, key, url, title, published, listed_at, last_listed from lost_articles order by 2"
    assert rows(archive, lost) == rows(whole, lost)
    is_whole(archive, years)


@pytest.mark.parametrize("packed", [True, False])
def test_packed_by_record_and_not_at_all(packed, tmp_path):
    years, archive = build(8, packed=packed), tmp_path / "archive.db"
    with serve_crawl(years.months) as crawl:
        assert rescue(archive, crawl.collinfo).returncode == 0
    kept = {row["url"] for month in years.months for row in month.rows}
    stored = rows(archive, "select count(*) from articles")[0][0]
    assert stored == len([url for url in kept if "view_content" in url])


def test_a_shelf_that_is_broken_by_itself(years, tmp_path):
    """One crawl's index that comes in halves costs that crawl, and only until the next run."""
    archive = tmp_path / "archive.db"
    with serve_crawl(years.months) as crawl:
        crawl.broken_pages = 3
        done = rescue(archive, crawl.collinfo)
        first = next(month for month in years.months if month.rows)
        assert done.returncode == 1 and first.name in done.stderr
        read = rows(archive, "select count(*) from captures")[0][0]
        assert read > 0
        assert rescue(archive, crawl.collinfo).returncode == 0
        assert rows(archive, "select count(*) from captures")[0][0] > read
        whole = tmp_path / "whole.db"
        assert rescue(whole, crawl.collinfo).returncode == 0
    # What was the first or the last look without that crawl is one more look with it.
    looks = "select url, fetched_at, article from captures"
    assert set(rows(archive, looks)) >= set(rows(whole, looks))
    found = "select url, title, text, status, revisions from articles order by 1"
    assert rows(archive, found) == rows(whole, found)


def test_an_address_that_moved_is_not_lost(tmp_path):
    """Lists name an address that was captured as a redirect only: it leads to an article that is there."""
    site, archive = SITES["ha_noi"](4), tmp_path / "archive.db"
    article = site.articles[0]
    old = f"{site.root}/vi/thong-tin-dt/-/view_content/77-ten-cu-cua-bai.html"
    new = site.root + site.addresses[article.id]
    gone = f"{site.root}/vi/thong-tin-dt/-/view_content/78-bai-khong-con.html"
    body = site.answer(site.addresses[article.id]).body.encode()
    listed = (
        f"<html><body><h2>Tin</h2><ul><li><a href='{old}'>{article.title}</a> (05/06/2021)</li>"
        f"<li><a href='{gone}'>Một bài đã chuyển về trang chủ của cổng</a> (04/06/2021)</li></ul></body></html>"
    ).encode()
    empty = digest_of(b"")
    snapshots = [
        Snapshot(f"{site.root}/vi/thong-tin-dt", "20210610000000", listed, digest_of(listed)),
        Snapshot(new, "20220610000000", body, digest_of(body)),
        Snapshot(old, "20220611000000", b"", empty, status="301", location=new),
        Snapshot(
            gone, "20220611000000", b"", empty, status="302", location=f"{site.root}/vi/trang-chu"
        ),
    ]
    with serve_archive(snapshots) as wayback:
        assert rescue(archive, wayback.url).returncode == 0
        assert rescue(archive, wayback.url).returncode == 0
    assert rows(archive, "select key from lost_articles") == [("78",)]
    assert rows(archive, "select count(*) from articles") == [(1,)]
    found = rows(
        archive,
        "select count(*) from addresses join articles on article = id where addresses.url = ?",
        old,
    )
    assert found == [(1,)]


def test_an_archive_that_wants_to_be_left_alone(years, tmp_path):
    """A Retry-After that is longer than a run waits: not one request more, and the other goes on."""
    archive = tmp_path / "archive.db"
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows = 50
        wayback.refusals = [(429, "3600")]
        done = rescue(archive, wayback.url, crawl.collinfo)
        assert done.returncode == 1 and "3600" in done.stderr
        assert len(wayback.hits) == 1
        assert rows(archive, "select count(*) > 0 from articles") == [(1,)]
        assert rescue(archive, wayback.url, crawl.collinfo).returncode == 0
        is_whole(archive, years)
