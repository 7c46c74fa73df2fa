"""What a connection carries: one answer for one request, in the bytes it came in."""

from __future__ import annotations

import socket
import threading
from hashlib import sha256
from itertools import pairwise
from statistics import median

import pytest
from warcio.archiveiterator import ArchiveIterator

from samples.portals import SITES
from tests.hostile.content_cases import CASES as CONTENT
from tests.hostile.frame_cases import FRAMES
from tests.hostile.pages import TITLE, article
from tests.hostile.server import Asked, Served, listen, reply, site_reply, together
from tests.hostile.world import World, crawl
from tests.scrapy_command import rows

STRAY = reply(article("Bài của người khác", ("Không ai hỏi đến câu trả lời này. " * 9,) * 3))


def _kept_alive(said: bytes) -> bytes:
    return said.replace(b"Connection: close\r\n", b"")


@pytest.mark.parametrize("pause", [0.0, 0.05], ids=["at once", "a little later"])
def test_a_second_answer_answers_nothing(tmp_path, pause):
    """On a connection that the server keeps open it would be taken for the next page's."""
    site = SITES["nukeviet"](8)
    known: list[Served] = []

    def answer(asked: Asked):
        said = _kept_alive(site_reply(site, asked, known[0].url))

        def talk(connection: socket.socket, stop: threading.Event) -> None:
            """Two answers to each request, as long as there are any."""
            now = said
            while True:
                connection.sendall(now if pause else now + _kept_alive(STRAY))
                if pause:
                    stop.wait(pause)
                    connection.sendall(_kept_alive(STRAY))
                data = b""
                while b"\r\n\r\n" not in data:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    data += piece
                path = data.split(b" ", 2)[1].decode()
                known[0].hits.append(Asked("GET", path, {}, 0.0))
                now = _kept_alive(site_reply(site, known[0].hits[-1], known[0].url))

        return talk

    with listen(answer, host="127.0.5.21") as served:
        known.append(served)
        ended = crawl(
            tmp_path / "archive.db", {"stray": {"url": f"{served.url}/", "platform": "nukeviet"}},
            [served.place],
        )  # fmt: skip
    titles = {
        path: one.title for one, path in zip(site.articles, site.addresses.values(), strict=True)
    }
    found = {url.removeprefix(served.url): title for url, (title, _) in ended.articles().items()}
    assert found == titles


def test_the_wire_in_the_warc_and_addresses_in_raw_utf8(tmp_path):
    """`Location: /…/hội-nghị-9001.html` as bytes is asked for as browsers would, and kept as it came."""
    site = SITES["nukeviet"](4)
    known: list[Served] = []
    moved, now = "/tin-hoat-dong/chuyen-di-9001.html", "/tin-hoat-dong/hội-nghị-đã-dời-9002.html"
    head = (
        "HTTP/1.1 302 Đã dời đi\r\nseRVer: Máy chủ\r\nX-B: 2\r\nX-A: 1\r\nX-B: 3\r\n"
        f"Location: {now}\r\nContent-LENGTH: 0\r\nConnection: close\r\n\r\n"
    ).encode()
    chunked = b"HTTP/1.1 200 Xong\r\ncontent-type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"

    def answer(asked: Asked) -> bytes:
        if asked.path == moved:
            return head
        if asked.path.startswith("/tin-hoat-dong/h%E1%BB%99i-ngh%E1%BB%8B-"):
            body = article().encode()
            return chunked + b"".join(
                b"%x\r\n%s\r\n" % (len(body[at : at + 999]), body[at : at + 999])
                for at in range(0, len(body), 999)
            ) + b"0\r\n\r\n"  # fmt: skip
        said = site_reply(site, asked, known[0].url)
        if asked.path == site.lists[0]:
            body = said.partition(b"\r\n\r\n")[2]
            link = f'<a href="{moved}">Một bài viết đã chuyển đi nơi khác</a>'
            return reply(body.replace(b"</h1>", f"</h1>{link}".encode(), 1))
        return said

    with listen(answer, host="127.0.5.22") as served:
        known.append(served)
        ended = crawl(
            tmp_path / "archive.db", {"moved": {"url": f"{served.url}/", "platform": "nukeviet"}},
            [served.place],
        )  # fmt: skip
    assert TITLE in {title for title, _ in ended.articles().values()}
    assert rows(ended.archive, "select location from captures where outcome = 'redirect'") == [
        (now,)
    ]
    blocks: dict[tuple[str, str], bytes] = {}
    for path in (tmp_path / "captures").rglob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, no_record_parse=True):
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                blocks[record.rec_type, url.removeprefix(served.url)] = record.raw_stream.read()
    assert blocks["response", moved] == head
    request = blocks["request", moved]
    assert request.startswith(f"GET {moved} HTTP/1.1\r\n".encode())
    assert f"\r\nHost: {served.place}\r\n".encode() in request and request.endswith(b"\r\n\r\n")
    (kept,) = [block for (kind, _), block in blocks.items() if block.startswith(chunked[:17])]
    assert kept.startswith(chunked) and kept.endswith(b"\r\n0\r\n\r\n"), "chunks and all"


def sitemap_of_sitemaps(path: str, url: str) -> str:
    """An index of three more, none of which was ever seen."""
    names = (sha256(f"{path}{at}".encode()).hexdigest()[:8] for at in range(3))
    maps = "".join(f"<sitemap><loc>{url}/sitemap-{name}.xml</loc></sitemap>" for name in names)
    return (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
    )


def test_one_portal_does_not_starve_another(tmp_path):
    """Beside a portal of bodies in too many pieces, piled marks and endless sitemaps, another keeps its pace."""
    site = SITES["nukeviet"](40)
    bad = [case for case in FRAMES if case.outcome == "too_large"]
    bad += [case for case in CONTENT if case.name.startswith("dau-chong")]
    assert {"gzip-rong", "zstd-rong", "dau-chong"} <= {case.name for case in bad}
    world = World("", "")
    paces = {}
    for name in ("alone", "beside"):
        known: list[Served] = []

        def healthy(asked: Asked, known: list[Served] = known) -> bytes:
            return site_reply(site, asked, known[0].url)

        def hostile(asked: Asked, known: list[Served] = known) -> bytes:
            found = site.addresses.values()
            if "sitemap" in asked.path:
                return reply(sitemap_of_sitemaps(asked.path, known[1].url), kind="application/xml")
            if asked.path in found:
                return bad[sorted(found).index(asked.path) % len(bad)].reply(world)
            return site_reply(site, asked, known[1].url)

        servers = listen(healthy, host="127.0.5.23"), listen(hostile, host="127.0.5.24")
        with together(*servers) as served:
            known += served
            portals = {"good": {"url": f"{served[0].url}/", "platform": "nukeviet"}}
            if name == "beside":
                portals["bad"] = {"url": f"{served[1].url}/", "platform": "nukeviet"}
            ended = crawl(
                tmp_path / f"{name}.db",
                portals,
                [one.place for one in served],
                "DOWNLOAD_DELAY=0.2",
            )
        moments = [hit.at for hit in served[0].hits]
        paces[name] = median(later - moment for moment, later in pairwise(moments))
        good = [url for url in ended.articles() if url.startswith(served[0].url)]
        assert len(good) == 40
    asked = {hit.path for hit in served[1].hits}
    assert asked >= set(site.addresses.values()), "the other one was asked as well"
    assert 3 <= sum("sitemap" in path for path in asked) <= 30
    whole = paces["alone"] / paces["beside"]
    assert whole > 0.8, paces
