"""Promises kept to servers, measured at the servers; and what a portal that was broken into leaves behind."""

from __future__ import annotations

from itertools import pairwise
from time import sleep

import pytest

from samples.portals import SITES
from tests.hostile.pages import TITLE, article
from tests.hostile.server import Asked, listen, redirect, reply, site_reply
from tests.hostile.world import Served, crawl
from tests.scrapy_command import rows

DELAY = 0.4


def test_two_portals_on_one_host_take_turns(tmp_path):
    """Two portals of one run, each with a part of a host, one of them on another port."""
    site = SITES["nukeviet"](12)
    known: list[Served] = []

    def answer(asked: Asked) -> bytes:
        return site_reply(site, asked, known[0].url)

    with listen(answer, host="127.0.5.1") as first, listen(answer, host="127.0.5.1") as second:
        known += [first, second]
        ended = crawl(
            tmp_path / "archive.db",
            {
                "one": {"url": f"{first.url}/tin-hoat-dong/", "platform": "nukeviet", "within": ["/tin-hoat-dong"]},
                "two": {"url": f"{first.url}/tin-trong-nuoc/", "platform": "nukeviet", "within": ["/tin-trong-nuoc"]},
                "three": {"url": f"{second.url}/", "platform": "nukeviet"},
            },
            [first.place, second.place], f"DOWNLOAD_DELAY={DELAY}", arguments=("max_pages=5",),
        )  # fmt: skip
        moments = sorted(hit.at for served in known for hit in served.hits)
    assert len(moments) >= 15
    gaps = [later - moment for moment, later in pairwise(moments)]
    assert min(gaps) >= DELAY, sorted(gaps)[:5]
    assert "Traceback" not in ended.stderr


def test_three_portals_that_begin_together_ask_for_robots_txt_once(tmp_path):
    site = SITES["nukeviet"](6)
    known: list[Served] = []

    def answer(asked: Asked) -> bytes:
        if asked.path == "/robots.txt":
            sleep(0.3)  # long enough for all three to want it
            return reply("User-agent: *\nDisallow:\n", kind="text/plain")
        return site_reply(site, asked, known[0].url)

    with listen(answer, host="127.0.5.4") as served:
        known.append(served)
        told = {"url": f"{served.url}/", "platform": "nukeviet"}
        crawl(
            tmp_path / "archive.db", {"one": told, "two": told, "three": told}, [served.place],
            "FILES=False", arguments=("max_pages=3",),
        )  # fmt: skip
        asked = [hit.path for hit in served.hits]
    assert asked.count("/robots.txt") == 1
    assert len(asked) == 10


def test_private_hosts_allowed_opens_one_door(tmp_path):
    """The port beside the allowed one, and the same port under another name, stay shut."""
    site = SITES["nukeviet"](4)
    known: list[Served] = []
    with (
        listen(lambda asked: site_reply(site, asked, known[0].url), host="127.0.5.2") as open_one,
        listen(lambda asked: reply(article()), host="127.0.5.2") as shut,
        listen(lambda asked: reply(article())) as local,
    ):
        known.append(open_one)
        ended = crawl(
            tmp_path / "archive.db",
            {
                "open": {"url": f"{open_one.url}/", "platform": "nukeviet"},
                "shut": {"url": f"{shut.url}/", "platform": "nukeviet"},
                "named": {"url": f"http://localhost:{local.port}/", "platform": "nukeviet"},
            },
            [open_one.place, f"127.0.0.1:{local.port}"],
        )  # fmt: skip
        assert shut.connections == 0 and local.connections == 0
    assert {name: got[1] for name, got in ended.portals().items()} == {
        "open": None, "shut": "private_address", "named": "private_address",
    }  # fmt: skip


def test_nothing_of_ours_is_told(tmp_path, monkeypatch):
    """No cookie, no referer, no password, no proxy of the environment."""
    site = SITES["nukeviet"](6)
    known: list[Served] = []

    def answer(asked: Asked) -> bytes:
        said = site_reply(site, asked, known[0].url)
        return said.replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b; Path=/\r\n\r\n", 1)

    home = tmp_path / "home"
    home.mkdir()
    (home / ".netrc").write_text("machine 127.0.5.3 login me password secret\n")
    (home / ".netrc").chmod(0o600)
    with (
        listen(answer, host="127.0.5.3") as served,
        listen(lambda asked: reply("proxied")) as proxy,
    ):
        known.append(served)
        monkeypatch.setenv("HOME", str(home))
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        ended = crawl(
            tmp_path / "archive.db", {"quiet": {"url": f"{served.url}/", "platform": "nukeviet"}},
            [served.place, proxy.place],
        )  # fmt: skip
        assert proxy.connections == 0 and len(ended.articles()) == 6
        told = {name for hit in served.hits for name in hit.headers}
    assert not told & {"cookie", "referer", "authorization", "proxy-authorization", "origin"}


@pytest.mark.parametrize("hops", [5, 6])
def test_five_redirects_and_no_more(tmp_path, hops):
    """Every hop under another address: five are followed."""
    site = SITES["nukeviet"](4)
    known: list[Served] = []
    start = "/tin-hoat-dong/chuyen-huong-90{}.html"

    def answer(asked: Asked) -> bytes:
        for hop in range(hops):
            if asked.path == start.format(hop):
                return redirect(start.format(hop + 1))
        if asked.path == start.format(hops):
            return reply(article())
        said = site_reply(site, asked, known[0].url)
        if asked.path == site.lists[0]:
            body = said.partition(b"\r\n\r\n")[2]
            link = f'<a href="{start.format(0)}">Một bài viết đã chuyển đi nhiều lần</a>'
            return reply(body.replace(b"</h1>", f"</h1>{link}".encode(), 1))
        return said

    with listen(answer, host="127.0.5.4") as served:
        known.append(served)
        ended = crawl(
            tmp_path / "archive.db", {"hops": {"url": f"{served.url}/", "platform": "nukeviet"}},
            [served.place],
        )  # fmt: skip
    assert (TITLE in {title for title, _ in ended.articles().values()}) == (hops <= 5)


def test_a_defaced_page_is_a_version(tmp_path):
    """The first text stays in the history; what the vandals wrote is another version."""
    site = SITES["nukeviet"](6)
    known: list[Served] = []
    path = site.addresses[site.articles[0].id]
    vandals = [False]
    text = (
        "Hacked by Nobody. " * 3 + "Your security is low.",
        *("Greetz to all our friends. " * 4,) * 3,
    )

    def answer(asked: Asked) -> bytes:
        if vandals[0] and asked.path == path:
            return reply(article("HACKED BY NOBODY TEAM", text))
        return site_reply(site, asked, known[0].url)

    archive = tmp_path / "archive.db"
    with listen(answer, host="127.0.5.5") as served:
        known.append(served)
        portals = {"shop": {"url": f"{served.url}/", "platform": "nukeviet"}}
        crawl(archive, portals, [served.place])
        (before,) = rows(
            archive, "select id, title, text from articles where url like ?", f"%{path}"
        )
        rows(archive, "update _frontier set due = '2000-01-01T00:00:00Z' where kind = 'article'")
        vandals[0] = True
        crawl(archive, portals, [served.place])
    versions = rows(
        archive, "select title, text from revisions where article = ? order by seen_at", before[0]
    )
    assert versions[0] == before[1:] and len(versions) == 2
    assert versions[1][0] == "HACKED BY NOBODY TEAM"
    assert rows(archive, "select status from articles where id = ?", before[0]) == [("edited",)]
