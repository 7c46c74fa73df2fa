"""Where a redirect leads: what it is there, and whether that is the same page."""

from __future__ import annotations

import pytest

from crawler.crawl.address_shapes import leads_on, same_page
from crawler.crawl.link_selection import target
from crawler.items import Link
from crawler.portals.model import Portal

ROOT = "https://k.vn"
UNDESCRIBED = Portal("k", "", "", ("k.vn",), start_urls=(f"{ROOT}/",), described=False)
DECLARED = Portal(
    "k", "", "", ("k.vn",), start_urls=(f"{ROOT}/",), article_urls=(r"^/bai/(?P<id>\d+)",)
)
WORDS = "Hội nghị tổng kết hoạt động năm"

TARGETS = [
    # portal, what was asked, as what, where it leads, as what, under which name
    (UNDESCRIBED, "/tin/bai-1", "article", "/tin/bai-1/", "article", "the same"),
    (UNDESCRIBED, "/tin", "list", "/tin/", "list", "the same"),
    (UNDESCRIBED, "/tin?trang=2", "list", "/tin/?trang=2", "list", "the same"),
    (UNDESCRIBED, "/tin", "unknown", "/tin/", "unknown", "the same"),
    (
        UNDESCRIBED,
        "/tin/bai-1",
        "article",
        "/bai-viet/1/ten-moi#noi-dung",
        "article",
        "a:/bai-viet/1/ten-moi",
    ),
    (UNDESCRIBED, "/tin/bai-1", "article", "../hội-nghị", "article", "a:/h%E1%BB%99i-ngh%E1%BB%8B"),
    (UNDESCRIBED, "/tin", "list", "/chuyen-muc/tin", "list", f"l:{ROOT}/chuyen-muc/tin"),
    (UNDESCRIBED, "/cu", "unknown", "/moi", "unknown", "a:/moi"),
    (DECLARED, "/bai/12", "article", "/bai/12-ten-moi", "article", "a:12"),
    (DECLARED, "/bai/12", "article", "/chuyen-muc", "unknown", f"l:{ROOT}/chuyen-muc"),
    (DECLARED, "/tin", "list", "/tin/", "list", "the same"),
]


@pytest.mark.parametrize(("portal", "old", "kind", "new", "found", "name"), TARGETS)
def test_target(portal, old, kind, new, found, name):
    asked = Link(ROOT + old, kind, WORDS, name="the same")
    link = target(new, portal, asked)
    assert (link.kind, link.name) == (found, name)


@pytest.mark.parametrize("where", ["https://other.vn/tin/", "/wp-login.php", "/anh.jpg"])
def test_nothing_of_ours(where):
    assert target(where, UNDESCRIBED, Link(f"{ROOT}/tin", "article", name="a:/tin")) is None


@pytest.mark.parametrize(
    ("same", "one", "other"),
    [
        (True, "/tin", "/tin/"),
        (True, "/tin/?trang=2", "/tin?trang=2"),
        (False, "/tin", "/tin?trang=2"),
        (False, "/tin", "/tin-tuc"),
    ],
)
def test_same_page(same, one, other):
    assert same_page(ROOT + one, ROOT + other) == same


@pytest.mark.parametrize(
    ("on", "old", "new"),
    [
        (True, "/tin/hoi-nghi-tong-ket-nam-qua", "/bai-viet/hoi-nghi-tong-ket-nam-qua.html"),
        (True, "/xem.aspx?id=5123", "/bai-viet/5123/ten-khac"),
        (True, "/xem.aspx?id=5", "/bai-viet/hoi-nghi-tong-ket-hoat-dong-nam"),
        (False, "/tin/hoi-nghi-tong-ket-nam-qua", "/thong-bao-trang-web-dang-nang-cap"),
        (False, "/xem.aspx?id=5123", "/xem.aspx?id=77"),
    ],
)
def test_whether_a_new_address_is_the_same_articles(on, old, new):
    assert leads_on(ROOT + old, ROOT + new, WORDS) == on
