"""Which links are worth a visit, and as what, by their address and their words."""

from __future__ import annotations

import pytest

from crawler.crawl.address_shapes import looks_like_article
from crawler.crawl.link_selection import page_number, select_links
from crawler.items import Link
from crawler.portals.model import Portal
from crawler.portals.url_patterns import Shapes

PAGES = [
    (2, "/tin-tuc-2.html", "2", "/tin-tuc.html"),
    (3, "/tin-tuc-3.html", "3", "/tin-tuc-2.html"),
    (2, "/tin-tuc/p2", "2", "/tin-tuc"),
    (3, "/tin-tuc/3/", "[3]", "/tin-tuc/2/"),
    (2, "/tin?cp=2", "2", "/tin"),
    (2, "/tin?id=5&trangso=2", "2", "/tin?id=5"),
    (4, "/tin?id=5&trangso=4", "Trang sau »", "/tin?id=5&trangso=3"),
    (3, "/tin,3.html", "›", "/tin,2.html"),
    (0, "/tin?date=2025-06-12", "12", "/tin"),
    (0, "/lich/ngay-12", "12", "/lich"),
    (0, "/lich?ngay=12", "12", "/lich"),
    (0, "/bai-12", "12", "/tin"),
    (0, "/", "2", "/tin"),
    (0, "/tin/12-mot-bai-viet", "12", "/tin"),
    (0, "/tin-tuc-1.html", "1", "/tin-tuc-2.html"),
    (0, "/tin?id=12", "Đọc tiếp", "/tin"),
]


@pytest.mark.parametrize(("number", "url", "text", "base"), PAGES)
def test_page_number(number, url, text, base):
    assert page_number(f"https://k.vn{url}", text, f"https://k.vn{base}") == number


HEADLINES = [
    (True, "/tin/hoi-nghi-tong-ket-nam", "Hội nghị tổng kết năm của ngành khoa học"),
    (True, "/index.php?id=51", "Hội nghị tổng kết năm của ngành khoa học"),
    (True, "/tin/hoi-nghi-tong-ket-nam", "Xem chi tiết"),
    (True, "/index.php?id=51", "Xem chi tiết"),
    (False, "/chuyen-muc", "Xem chi tiết"),
    (False, "/tin-tuc", "Tin tức"),
    (False, "/gioi-thieu", "Giới thiệu chung về cơ quan"),
]


@pytest.mark.parametrize(("is_article", "url", "text"), HEADLINES)
def test_headlines(is_article, url, text):
    assert looks_like_article(f"https://k.vn{url}", text) == is_article


def test_what_a_sitemap_lists_needs_no_words():
    assert looks_like_article("https://k.vn/tin/hoi-nghi-tong-ket-nam", "", listed=True)
    assert not looks_like_article("https://k.vn/tin-tuc", "", listed=True)


def test_an_address_like_those_of_articles_is_one():
    shapes = Shapes((f"https://k.vn/bai/{n}", True) for n in (11, 12, 13))
    links = [Link("https://k.vn/bai/14", "list", "Họp"), Link("https://k.vn/muc/3", "list", "Mục")]
    portal = Portal("k", "", "", ("k.vn",))
    found = select_links(
        links, found_on="list", depth=0, base="https://k.vn/", portal=portal, alike=shapes.promise
    )
    assert [link.kind for link in found] == ["article", "unknown"]


def test_a_shape_of_many_kinds_promises_nothing():
    shapes = Shapes((f"https://k.vn/{n}-mot-bai", n % 2 == 0) for n in range(20))
    assert not shapes.promise("https://k.vn/99-mot-bai")


ON_AN_ARTICLE = [
    # whether it is followed, its address, its words
    (True, "/tin/khai-truong-san-giao-dich-cong-nghe", "Khai trương sàn giao dịch công nghệ"),
    (True, "/tin/bai-truoc-day-cua-trang-tin", "Bài trước"),
    (True, "/muc-khac", "Mục khác"),
    (True, "/tin/nghiem-thu-de-tai-chon-giong-lua?page=2", "2"),  # it may have been a list
    (False, "/in/nghiem-thu-de-tai-chon-giong-lua", "Nghiệm thu đề tài chọn giống lúa"),
    (False, "/tin/mot-bai-viet-khac-cua-trang", "Đọc tiếp"),
    (False, "/tin/mot-bai-viet-khac-cua-trang", "Bản in"),
    (False, "/binh-luan?page=2", "2"),
]


@pytest.mark.parametrize(("followed", "url", "text"), ON_AN_ARTICLE)
def test_where_an_article_leads(followed, url, text):
    portal = Portal("k", "", "", ("k.vn",), described=False)
    here = "https://k.vn/tin/nghiem-thu-de-tai-chon-giong-lua"

    def links(portal):
        return select_links(
            [Link(f"https://k.vn{url}", "list", text)],
            found_on="article", depth=1, base=here, portal=portal,
            alike=lambda url: "/tin/" in url and "?" not in url,
        )  # fmt: skip

    assert bool(links(portal)) == followed
    assert not links(Portal("k", "", "", ("k.vn",)))  # a portal that somebody described
