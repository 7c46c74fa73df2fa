"""What portals print is text, whatever it says: nothing of it ever runs or becomes markup."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from crawler.archive.articles.save import save_article
from crawler.archive.database import Archive
from crawler.archive.runs import record_portals, record_provinces
from crawler.dump.snapshot import reading, write_snapshot
from crawler.items import Article, Attachment, Author, Capture, Image
from samples.archive import sample_portals
from tests.desk.browser import DESK, Visit
from tests.desk.browser import served as serve_command

PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(2)>", '"><svg onload=alert(3)>',
    "'-alert(4)-'", "javascript:alert(5)", "{{ 7*7 }}{% print(7) %}", "</title></textarea><b id=pwned>6</b>",
    "<iframe srcdoc='<script>parent.alert(7)</script>'></iframe>", "<a href=javascript:alert(8)>bấm</a>",
    "]]><!--<style>*{display:none}</style>", "\u202e<details open ontoggle=alert(10)>",
)  # fmt: skip


def hostile(number: int, payload: str, more: str) -> Article:
    return Article(
        url=f"javascript:alert({number})//{payload}"
        if number % 2
        else f"https://h.example/{payload}",
        key=f"{number}{payload}",
        title=f"Tin {payload}",
        section=f"Mục > {payload}",
        summary=f"Tóm tắt {payload}",
        text=f"Đoạn một {payload}\nA | {payload}\nB | {payload}\nẢnh {payload}\nKết {payload}{more}",
        byline=payload,
        published="2026-11-20T09:00:00+07:00",
        published_precision="minute",
        published_raw=payload,
        published_from="page",
        authors=[Author(payload, unit=payload, raw=payload)],
        images=[Image(f"javascript:alert('{number}')", f"Ảnh {payload}")],
        attachments=[
            Attachment(f"data:text/html,{payload}", payload),
            Attachment(payload, payload),
        ],
    )


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    archive = Archive.open(folder / "working.db")
    with archive.transaction() as conn:
        record_provinces(conn)
        record_portals(conn, sample_portals()[:2])
        conn.execute("update portals set department = ?, host = ?", (PAYLOADS[1], PAYLOADS[2]))
        slug = conn.execute("select slug from portals limit 1").fetchone()[0]
        for number, payload in enumerate(PAYLOADS):
            for night, more in (("2026-11-21", ""), ("2026-11-22", f" sửa {payload}")):
                seen = Capture(f"https://h.example/{number}", f"{night}T01:00:00Z", 200)
                save_article(
                    conn, slug, hostile(number, payload, more), seen, via="crawl", extractor="x"
                )
        idents = [row[0] for row in conn.execute("select id from articles")]
    archive.close()
    with reading(folder / "working.db") as conn:
        write_snapshot(conn, folder / "archive.db")
    with serve_command(folder / "archive.db", *DESK) as base:
        yield base, idents


def looked_at(window: Visit, path: str) -> None:
    page = window.go(path)
    assert page.locator("#pwned, main iframe, main svg[onload], [onerror], [ontoggle]").count() == 0
    assert page.locator('a[href^="javascript:" i], a[href^="data:" i]').count() == 0
    assert page.locator("main script").count() == 0
    assert "49" not in page.title()
    window.page.wait_for_timeout(30)


def test_nothing_of_a_page_is_markup(browser, hostile_desk):
    base, idents = hostile_desk
    window = Visit(browser, base)
    paths = ["/", "/?ban_do=63", "/tim", "/tong-quan", "/dong-tin", "/cau-hoi", "/archive/articles",
             "/archive/attachments", "/archive/authors", "/archive/portals", "/archive/da_sua",
             "/archive/tim?q=tin", "/archive?sql=select+title%2Curl+from+articles"]  # fmt: skip
    for ident in idents:
        paths += [f"/archive/articles/{ident}", f"/archive/articles/{ident}/ban"]
    for payload in PAYLOADS:
        asked = quote(payload)
        paths += [f"/tim?q={asked}", f"/tan-suat?q={asked},tin", f"/tim?chuyenmuc={asked}&q=tin",
                  f"/archive/tim?q={asked}", f"/archive/articles?_search={asked}"]  # fmt: skip
    for path in paths:
        looked_at(window, path)
    # Chromium reports what a page's own mistakes ask for; there are none, and no dialog opened.
    window.close()


def test_files_and_feeds_hold_it_as_text(hostile_desk, browser):
    base, _ = hostile_desk
    window = Visit(browser, base)
    for path in ("/dong-tin/moi.atom", "/dong-tin/sua-go.atom", "/tim.atom?q=tin"):
        body = window.context.request.get(base + path).text()
        assert "<script>" not in body and "&lt;script&gt;" in body
        assert 'href="javascript:' not in body
    window.close()
