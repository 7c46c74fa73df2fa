"""What a start page calls itself is never an article's title."""

from __future__ import annotations

import pytest

from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal
from crawler.text.boilerplate import title_mark

HERE = "https://khcn.example.vn/"
SITE = Portal("x", "", "", ("khcn.example.vn",), described=False)
NAME = "Bản tin khoa học và đời sống miền núi phía Bắc"
TITLE = "Nghiệm thu đề tài nuôi cá lồng trên hồ thủy điện"
PROSE = (
    "<p>Đoàn công tác đã làm việc với các đơn vị về tiến độ và kết quả của từng nội dung đã đăng ký.</p>"
    * 4
)


def read(
    html: str, *, url: str = "", expect: str = "headline", known: frozenset[str] = frozenset()
):
    fetched = Fetched(HERE + url, "2025-07-01T03:00:00Z", 200, (), html.encode())
    return read_page(fetched, SITE, expect=expect, boilerplate=known)


def page(body: str, window: str = NAME) -> str:
    return f"<html><head><title>{window}</title></head><body>{body}</body></html>"


START = page(f'<h1><a href="/">{NAME}</a></h1><a href="/bai/1">{TITLE}</a>', f"{NAME} | Trang chủ")


def test_the_names_on_a_start_page():
    names = read(START, expect="list").site_names
    assert {title_mark(NAME), title_mark("Trang chủ")} <= set(names)
    assert title_mark(TITLE) not in names


PAGES = {
    "the window's title is the same on all pages": page(
        f"<h1>{NAME}</h1><p><b>{TITLE}</b></p><p>12/06/2025</p>{PROSE}"
    ),
    "the site's name before the colon": page(
        f'<h1><a href="/">{NAME}</a></h1><h3><a href="/bai/1">{TITLE}</a></h3><p>12/06/2025</p>{PROSE}',
        f"{NAME}: {TITLE}",
    ),
}


@pytest.mark.parametrize("html", PAGES.values(), ids=PAGES)
def test_the_articles_own_title_is_found(html):
    known = frozenset(read(START, expect="list").site_names)
    assert read(html, url="bai/1", known=known).article.title == TITLE


def test_an_address_made_of_the_words_keeps_them_as_title():
    url = "ban-tin-khoa-hoc-va-doi-song-mien-nui-phia-bac.html"
    html = page(f"<h1>{NAME}</h1><p>12/06/2025</p>{PROSE}")
    assert read(html, url=url, known=frozenset({title_mark(NAME)})).article.title == NAME


def test_the_same_words_in_a_text_stay():
    html = page(f"<h1>{TITLE}</h1><p>12/06/2025</p>{PROSE}<p>{NAME}</p>{PROSE}", TITLE)
    assert NAME in read(html, url="bai/1", known=frozenset({title_mark(NAME)})).article.text
