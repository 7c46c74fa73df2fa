"""An article that has moved is read where it is now, however its old address says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import pytest

from samples.portals import SITES
from tests.hostile.pages import LINES, article
from tests.hostile.server import Asked, listen, reply, site_reply
from tests.hostile.world import FAST, SECTION, crawl
from tests.scrapy_command import rows, scrapy

ROOM = SECTION.encode() + b"/"


def sent(location: bytes, status: int = 302) -> bytes:
    head = b"HTTP/1.1 %d X\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    return head % (status, location)


def page(markup: bytes, **headers: str) -> bytes:
    return reply(b"<html>" + markup + b"</html>", **headers)


# What the old address answers, made from the host and the new one; and the new one where it is odd.
MOVES: dict[str, tuple[Callable[[bytes, bytes], bytes], bytes | str]] = {
    "301": (lambda host, to: sent(to, 301), ""),
    "303": (lambda host, to: sent(to, 303), ""),
    "307": (lambda host, to: sent(to, 307), ""),
    "308": (lambda host, to: sent(to, 308), ""),
    "ten": (lambda host, to: sent(to.rpartition(b"/")[2]), ""),
    "len-tren": (lambda host, to: sent(b".." + to), ""),
    "neo": (lambda host, to: sent(to + b"#top"), ""),
    "hai-gach": (lambda host, to: sent(b"//" + host + to), ""),
    "gach-nguoc": (lambda host, to: sent(to.replace(b"/", b"\\")), ""),
    "dau-cach": (lambda host, to: sent(b"   " + to.replace(b"%20", b" ") + b"  "), "bai%20viet-8001.html"),
    "utf8": (lambda host, to: sent(to), "hội-nghị-8002.html"),
    "nfd": (lambda host, to: sent(unicodedata.normalize("NFD", to.decode()).encode()), "hội-nghị-8003.html"),
    "latin1": (lambda host, to: sent(to), b"bai-vi\xeat-8004.html"),
    "tcvn3": (lambda host, to: sent(to), b"khoa-h\xe4c-8005.html"),
    "cp1258-ma": (lambda host, to: sent(to.replace(b"\xf2", b"%f2")), b"khoa-ho\xf2c-8006.html"),
    "refresh": (lambda host, to: page(b'<meta http-equiv="refresh" content="0;url=' + to + b'">'), ""),
    "refresh-hoa": (lambda host, to: page(b"<META HTTP-EQUIV=Refresh CONTENT=\"3; URL='" + to + b"'\">Trang da chuyen"), ""),
    "refresh-dau": (lambda host, to: page(b"<p>...</p>", Refresh="0; url=" + to.decode()), ""),
    "js-href": (lambda host, to: page(b"<script>window.location.href = '" + to + b"';</script>"), ""),
    "js-replace": (lambda host, to: page(b'<script>location.replace("http://' + host + to + b'")</script>'), ""),
}  # fmt: skip


def title(number: int) -> str:
    return f"Hội nghị số {number} đánh giá kết quả ứng dụng tiến bộ kỹ thuật"


@pytest.mark.parametrize("described", [True, False], ids=["described", "unknown"])
def test_it_is_read_where_it_is_now(described, tmp_path):
    site = SITES["nukeviet"](8)
    asked_for: dict[str, bytes] = {}
    answers: dict[bytes, bytes] = {}
    archive = tmp_path / "archive.db"

    def answer(asked: Asked) -> bytes:
        if asked.path in asked_for:
            return asked_for[asked.path]
        known = answers.get(unquote_to_bytes(asked.path))
        said = known or site_reply(site, asked, served.url)
        if asked.path == site.lists[0]:
            links = "".join(
                f'<h3><a href="{old}">Bài viết về một việc đã chuyển địa chỉ</a></h3>'
                for old in asked_for
            )
            body = said.partition(b"\r\n\r\n")[2]
            return reply(body.replace(b"</h1>", b"</h1>" + links.encode(), 1))
        return said  # fmt: skip

    with listen(answer, host="127.0.6.11") as served:
        for number, (name, (move, odd)) in enumerate(MOVES.items()):
            new = ROOM + (odd.encode() if isinstance(odd, str) else odd)
            new = new if odd else ROOM + f"noi-moi-cua-bai-{8100 + number}.html".encode()
            asked_for[f"{SECTION}/{name}-{9000 + number}.html"] = move(served.place.encode(), new)
            text = tuple(f"{line} Lần thứ {number} trong năm." for line in LINES)
            answers[unquote_to_bytes(new)] = reply(article(title(number), text))
        if described:
            told = {"mau": {"url": f"{served.url}/", "platform": "nukeviet"}}
            crawl(archive, told, [served.place])
        else:
            options = [
                word
                for one in (*FAST, f"PRIVATE_HOSTS_ALLOWED={served.place}")
                for word in ("-s", one)
            ]
            scrapy("crawl", "portal", "-a", f"url={served.url}/", *options, archive=archive)  # fmt: skip
    read = {one for (one,) in rows(archive, "select title from articles")}
    assert [name for at, name in enumerate(MOVES) if title(at) not in read] == []


@pytest.mark.parametrize(
    "page_that_stays",
    [
        b"<script>window.location.href = '/';</script>",
        b'<meta http-equiv="refresh" content="0;url=http://casino.example/">',
        b'<meta http-equiv="refresh" content="900;url=/tin-hoat-dong/">',
        b"<script>document.cookie='a=1'; location.reload()</script>",
    ],
)
def test_a_page_that_leads_to_no_article_is_refused(page_that_stays, tmp_path):
    site = SITES["nukeviet"](4)
    old = f"{SECTION}/bai-cu-da-lau-9001.html"

    def answer(asked: Asked) -> bytes:
        if asked.path == old:
            return page(page_that_stays)
        said = site_reply(site, asked, served.url)
        if asked.path == site.lists[0]:
            body = said.partition(b"\r\n\r\n")[2]
            link = f'<h3><a href="{old}">Bài viết về một việc đã lâu của sở</a></h3>'
            return reply(body.replace(b"</h1>", f"</h1>{link}".encode(), 1))
        return said

    with listen(answer, host="127.0.6.12") as served:
        told = {"mau": {"url": f"{served.url}/", "platform": "nukeviet"}}
        archive = tmp_path / "archive.db"
        crawl(archive, told, [served.place])
        assert served.paths().count(old) == 1
    reasons = {reason for (reason,) in rows(archive, "select reason from issues")}
    assert reasons & {"js_shell", "empty"}
    assert rows(archive, "select count(*) from articles") == [(4,)]


START = {
    "script": page(b"<script>window.location='/trang-chu.html'</script>"),
    "refresh": page(b"<meta http-equiv=refresh content='0;url=trang-chu.html'>"),
    "header": page(b"", Refresh="0;url=/trang-chu.html"),
}


@pytest.mark.parametrize("way", START)
def test_a_start_page_that_sends_on(way, tmp_path):
    """It leads to the lists, and nothing is wrong with the site."""
    site = SITES["nukeviet"](8)

    def answer(asked: Asked) -> bytes:
        if asked.path == "/":
            return START[way]
        path = "/" if asked.path == "/trang-chu.html" else asked.path
        return site_reply(site, Asked("GET", path, {}, 0.0), served.url)

    with listen(answer, host="127.0.6.13") as served:
        archive = tmp_path / "archive.db"
        told = {"mau": {"url": f"{served.url}/", "platform": "nukeviet"}}
        ended = crawl(archive, told, [served.place])
    assert rows(archive, "select count(*) from articles") == [(8,)]
    assert ended.exit_code == 0 and rows(archive, "select code from alarms") == []
