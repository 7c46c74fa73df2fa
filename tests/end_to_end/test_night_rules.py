"""What a night owes its portals, beside the scenarios: own faults, cookie walls, sitemaps, ports, validators."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256

import pytest

from samples.portals import SITES
from tests.hostile.server import Asked, listen, reply, site_reply
from tests.hostile.world import crawl
from tests.scrapy_command import rows

DUE = "update _frontier set due = '2000-01-01T00:00:00Z' where due is not null"


def portal(url: str) -> dict[str, dict[str, str]]:
    return {"mau": {"url": f"{url}/", "platform": "nukeviet"}}


def look_again(archive, served, **more: object):
    """Another night, on which every article is due."""
    with sqlite3.connect(archive) as conn:
        conn.execute(DUE)
    conn.close()
    return crawl(archive, portal(served.url), [served.place])


def test_a_wall_of_cookies_is_passed_and_forgotten(tmp_path):
    """Each page redirects to itself until the cookie comes back; another host never sees it."""
    site = SITES["nukeviet"](8)
    seen: list[bytes] = []

    def answer(asked: Asked) -> bytes:
        cookie = asked.headers.get("cookie", "")
        if asked.path == "/robots.txt":
            return reply("", status=404)
        if "wall=7" not in cookie:
            return reply("", status=302, Location=asked.path, Set_Cookie="wall=7; Path=/; HttpOnly")
        seen.append(cookie)
        return site_reply(site, asked, served.url)

    with listen(answer, host="127.0.6.1") as served:
        archive = tmp_path / "archive.db"
        crawl(archive, portal(served.url), [served.place])
        walls = [hit.path for hit in served.hits]
        first_night = len(seen)
        crawl(archive, portal(served.url), [served.place])
    titles = {title for (title,) in rows(archive, "select title from articles")}
    assert titles == {row["title"] for row in site.gold()}
    assert walls[:3].count(walls[1]) == 2, "only the first page meets the wall"
    assert first_night and len(seen) > first_night
    assert not [
        name for (name,) in rows(archive, "select name from sqlite_master") if "cookie" in name
    ]


WALLS = {
    "307": lambda path: reply("", status=307, Location=path, Set_Cookie="wall=7"),
    "query": lambda path: reply("", status=302, Location=f"{path}?lan=1", Set_Cookie="wall=7; Path=/"),
    "refresh": lambda path: reply("<meta http-equiv=refresh content=0>", Set_Cookie="wall=7; Path=/"),
    "header": lambda path: reply("", Refresh=f"0; url={path}", Set_Cookie="wall=7; Path=/"),
}  # fmt: skip


@pytest.mark.parametrize("way", WALLS)
@pytest.mark.parametrize("articles_only", [False, True])
def test_walls_of_other_shapes(way, articles_only, tmp_path):
    site = SITES["nukeviet"](8)

    def answer(asked: Asked) -> bytes:
        walled = not articles_only or asked.path in site.addresses.values()
        if (
            walled
            and "wall=7" not in asked.headers.get("cookie", "")
            and "robots" not in asked.path
        ):
            return WALLS[way](asked.path)
        return site_reply(site, asked, served.url)

    with listen(answer, host="127.0.6.8") as served:
        archive = tmp_path / "archive.db"
        crawl(archive, portal(served.url), [served.place])
    titles = {title for (title,) in rows(archive, "select title from articles")}
    assert titles == {row["title"] for row in site.gold()}


def test_not_modified_answers_nobody_who_did_not_ask(tmp_path):
    """A cache that says so at first sight has given nothing: on record, and asked again."""
    site = SITES["nukeviet"](8)
    path = list(site.addresses.values())[3]
    night = {"number": 1}

    def answer(asked: Asked) -> bytes:
        if asked.path == path and night["number"] == 1:
            return reply("", status=304)
        return site_reply(site, asked, served.url)

    with listen(answer, host="127.0.6.9") as served:
        archive = tmp_path / "archive.db"
        crawl(archive, portal(served.url), [served.place])
        assert rows(archive, "select count(*) from articles") == [(7,)]
        said = rows(archive, "select distinct reason from issues where url like ?", f"%{path}")
        assert said == [("http_304",)]
        night["number"] = 2
        look_again(archive, served)
    assert rows(archive, "select count(*) from articles") == [(8,)]


@pytest.mark.parametrize("sets", [{}, {"Set_Cookie": "a=b; Path=/"}])
def test_a_loop_is_a_loop_with_and_without_cookies(sets, tmp_path):
    def answer(asked: Asked) -> bytes:
        if asked.path == "/robots.txt":
            return reply("", status=404)
        return reply("", status=302, Location=asked.path, **sets)

    with listen(answer, host="127.0.6.2") as served:
        archive = tmp_path / "archive.db"
        crawl(archive, portal(served.url), [served.place])
        asked = [hit.path for hit in served.hits if hit.path == "/"]
    assert len(asked) <= 3
    outcomes = rows(archive, f"select outcome from captures where url = '{served.url}/'")
    assert ("redirect_loop",) in outcomes


def test_sitemaps_that_index_themselves_leave_the_night_to_the_lists(tmp_path):
    site = SITES["nukeviet"](8)

    def answer(asked: Asked) -> bytes:
        if asked.path == "/robots.txt":
            return reply("User-agent: *\nDisallow:\n", kind="text/plain")
        if "sitemap" in asked.path:
            maps = "".join(
                f"<sitemap><loc>{served.url}/sitemap-{number}.xml</loc></sitemap>"
                for number in (
                    sha256(f"{asked.path}{at}".encode()).hexdigest()[:8] for at in range(3)
                )
            )
            body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
            return reply(body, kind="application/xml")
        return site_reply(site, asked, served.url)

    with listen(answer, host="127.0.6.3") as served:
        archive = tmp_path / "archive.db"
        ended = crawl(archive, portal(served.url), [served.place])
        asked = [hit.path for hit in served.hits if "sitemap" in hit.path]
    assert len(asked) <= 30
    assert rows(archive, "select count(*) from articles") == [(8,)]
    assert rows(archive, "select code from alarms") == [("sitemap_endless",)], ended.stderr


def test_one_port_that_refuses_is_not_the_other(tmp_path):
    """Links to a shut port of the same host do not put the open one out of reach."""
    site = SITES["nukeviet"](8)
    shut = "127.0.6.4:9"

    def answer(asked: Asked) -> bytes:
        said = site_reply(site, asked, served.url)
        if asked.path == "/" and b"</body>" in said:
            links = "".join(
                f'<a href="http://{shut}/tin-hoat-dong/bai-{n}.html">Bài viết số {n} của sở</a>'
                for n in range(6)
            ).encode()
            body = said.partition(b"\r\n\r\n")[2]
            return reply(body.replace(b"</body>", links + b"</body>"))
        return said

    with listen(answer, host="127.0.6.4") as served:
        told = portal(served.url)
        told["mau"]["hosts"] = [served.place, shut]
        archive = tmp_path / "archive.db"
        crawl(archive, told, [served.place, shut])
    titles = {title for (title,) in rows(archive, "select title from articles")}
    assert titles == {row["title"] for row in site.gold()}


@pytest.mark.parametrize("honest", [True, False])
def test_articles_are_asked_conditionally_where_the_server_means_it(honest, tmp_path):
    """An edit is seen in either case: a server that keeps its ETag over an edit is not believed."""
    site = SITES["nukeviet"](8)
    night = {"number": 0}
    answered: list[int] = []

    def answer(asked: Asked) -> bytes:
        if asked.path == "/robots.txt":
            return reply("", status=404)
        said = site_reply(site, asked, served.url)
        head, _, body = said.partition(b"\r\n\r\n")
        if b" 200 " not in head[:20]:
            return said
        if asked.path == "/" or (night["number"] == 3 and asked.path == victim):
            body = body.replace(b"</p>", f" Đêm {night['number']}.</p>".encode(), 1)
        tag = f'"{sha256(body).hexdigest()[:12]}"' if honest else '"the-same"'
        if asked.headers.get("if-none-match") == tag:
            answered.append(night["number"])
            return reply("", status=304, ETag=tag)
        return reply(body, ETag=tag)

    victim = next(iter(site.addresses.values()))
    with listen(answer, host="127.0.6.5") as served:
        archive = tmp_path / "archive.db"
        crawl(archive, portal(served.url), [served.place])
        for number in (1, 2, 3):
            night["number"] = number
            served.hits.clear()
            look_again(archive, served)
    conditional = [
        hit for hit in served.hits if "if-none-match" in hit.headers and ".html" in hit.path
    ]
    assert bool(conditional) is honest
    assert len(answered) >= 8 if honest else True
    edited = rows(archive, "select url from articles where status = 'edited'")
    assert edited == [(served.url + victim,)]
    assert {s for (s,) in rows(archive, "select status from articles")} == {"live", "edited"}


def test_we_say_that_we_read_vietnamese(tmp_path):
    with listen(lambda asked: reply("<p>x</p>"), host="127.0.6.6") as served:
        crawl(tmp_path / "archive.db", portal(served.url), [served.place])
        page = next(hit for hit in served.hits if hit.path == "/")
    assert page.headers["accept-language"] == "vi"


STEPS = "ITEM_PIPELINES=" + json.dumps(
    {"tests.end_to_end.faulty.Faulty": 50, "pipelines.save_article.SaveArticle": 900}
)


@pytest.mark.parametrize(("mended", "nights_asked"), [(3, 3), (99, 5)])
def test_what_broke_our_own_code_is_asked_for_again(mended, nights_asked, tmp_path, monkeypatch):
    """Until it works, on five nights at most, each with an alarm."""
    site = SITES["nukeviet"](6)
    faults = tmp_path / "faults.txt"
    monkeypatch.setenv("FAULTY", str(faults))
    path = list(site.addresses.values())[2]
    nights, alarms = [], []
    with listen(lambda asked: site_reply(site, asked, served.url), host="127.0.6.7") as served:
        archive = tmp_path / "archive.db"
        for night in range(1, 8):
            faults.write_text(served.url + path if night < mended else "-", encoding="utf-8")
            served.hits.clear()
            crawl(archive, portal(served.url), [served.place], STEPS)
            nights.append(served.paths().count(path))
            alarms = rows(archive, "select count(*) from alarms where code = 'internal_error'")
            if night == nights_asked + 1:
                break
    assert [bool(asked) for asked in nights] == [True] * nights_asked + [False], nights
    assert max(nights) <= 2
    assert alarms == [(min(mended - 1, 5),)]
    read = rows(archive, "select count(*) from articles")
    assert read == [(6 if mended < 99 else 5,)]
