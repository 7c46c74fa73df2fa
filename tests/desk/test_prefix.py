"""The desk below a path of a larger site, `--setting base_url /khcn/`: no link leaves it."""

from __future__ import annotations

import asyncio
import html
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest

from tests.desk.conftest import served

HERE = "http://localhost/khcn/"
LINK = re.compile(r"""(?:href|src|action)=(?:"([^"]*)"|'([^']*)')""")
STARTS = (
    "", "?ban_do=63", "tim?q=hoi+nghi", "archive/articles/{0}", "archive/articles/{0}/ban", "tong-quan",
    "cau-hoi", "tu-dien", "dong-tin", "dong-tin/moi.atom", "tan-suat?q=nhan+hieu",
    "archive", "archive/articles?_size=5", "archive/tim?q=hoi+nghi",
    "archive/portals/ha_noi", "khong-co-trang-nay",
)  # fmt: skip
ASKED = 3  # addresses that differ in their query only


@pytest.mark.parametrize("on_the_web", [False, True])
def test_every_link_keeps_the_prefix_and_leads_somewhere(
    dump, rows, tmp_path, monkeypatch, on_the_web
):
    if on_the_web:
        monkeypatch.setenv("KHCN_DUMPS", str(tmp_path))
        (tmp_path / "archive.db").symlink_to(dump)
        (tmp_path / "latest.json").write_text('{"sha256": {}}')
    ident = rows("select id from articles where status = 'edited' limit 1")[0][0]
    datasette = served(dump, base_url="/khcn/")
    asked: Counter[str] = Counter()
    wrong: list[str] = []

    async def links_of(address: str) -> list[str]:
        # The client puts the prefix before the path, as a proxy that takes nothing off.
        answer = await datasette.client.get("/" + address.removeprefix(HERE))
        known = answer.status_code < 400 or address.endswith("khong-co-trang-nay")
        if not known:
            wrong.append(f"{answer.status_code} {address}")
        target = urljoin(address, answer.headers.get("location", address))
        if not target.startswith(HERE):
            wrong.append(f"{address} → {target}")
        kind = answer.headers.get("content-type", "")
        if "html" not in kind and "xml" not in kind:
            return []
        return [urljoin(address, html.unescape(a or b)) for a, b in LINK.findall(answer.text)]

    async def crawl() -> None:
        await datasette.invoke_startup()
        for start in STARTS:
            for link in await links_of(HERE + start.format(ident)):
                address = link.split("#")[0]
                where = urlsplit(address)
                if where.netloc != "localhost":
                    continue  # the portals' own pages, and data: addresses
                if not address.startswith(HERE):
                    wrong.append(f"{start} → {link}")
                elif asked[address] == 0 and asked[where.path] < ASKED:
                    asked[where.path] += 1
                    asked[address] += address != where.path
                    await links_of(address)

    asyncio.run(crawl())
    assert sorted(set(wrong)) == []
    for name in ("desk/desk.css", "desk/desk.js", "desk/icon.svg", "tim.csv", "dong-tin/moi.atom"):
        assert asked[f"/khcn/{name}"], name
    assert asked["/khcn/dump/archive.db" if on_the_web else "/khcn/archive.db"]


def test_the_language_stays_below_the_prefix(dump):
    datasette = served(dump, base_url="/khcn/")

    async def ask(path: str):
        await datasette.invoke_startup()
        return await datasette.client.get(path, follow_redirects=False)

    stock = asyncio.run(ask("/archive/articles?lang=en&_size=5"))
    assert stock.headers["location"] == "/khcn/archive/articles?_size=5"
    assert 'aria-current="page"' in asyncio.run(ask("/tong-quan")).text
