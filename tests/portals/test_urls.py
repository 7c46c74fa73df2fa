"""Which addresses are the same page, and what each leads to."""

from __future__ import annotations

from unicodedata import normalize
from urllib.parse import quote, urljoin

import pytest
from lxml import html

from crawler.extract.links import read_links
from crawler.portals.canonical import canonical
from crawler.portals.hosts import is_beside, may_hold_files
from crawler.portals.languages import is_translation
from crawler.portals.model import Portal
from crawler.portals.paging import paging
from crawler.portals.urls import classify_url

PLAIN = Portal(
    slug="x", province="yen_bai", department="Sở", hosts=("khcn.example.vn",),
    start_urls=("https://khcn.example.vn/",),
)  # fmt: skip
HOST = "https://khcn.example.vn"

SAME = [
    ("HTTPS://KHCN.Example.vn", "/"),
    ("https://khcn.example.vn:443/a", "/a"),
    ("http://khcn.example.vn:80/a", "/a"),
    ("http://www.khcn.example.vn/a", "/a"),
    ("https://khcn.example.vn./a", "/a"),
    ("https://khcn.example.vn/a#top", "/a"),
    ("https://khcn.example.vn//a", "/a"),
    ("https://khcn.example.vn/khoa-ho%f2c.html", "/khoa-ho%F2c.html"),  # cp1258
    ("https://khcn.example.vn/a?ten=B%e0i%20vi%D5t", "/a?ten=B%E0i%20vi%D5t"),
    ("  https://khcn.example.vn/a \n", "/a"),
    ("https://khcn.example.vn\\a\\b", "/a/b"),
    ("https://khcn.example.vn/a;jsessionid=ABC123?x=1", "/a?x=1"),
    ("https://khcn.example.vn/(S(abc123def))/a.aspx", "/a.aspx"),
    ("https://khcn.example.vn/a?PHPSESSID=1234&id=7", "/a?id=7"),
    ("https://khcn.example.vn/a?sid=0123456789abcdef0123", "/a"),
    ("https://khcn.example.vn/Default.aspx?sid=1241&id=5", "/Default.aspx?sid=1241&id=5"),
    ("https://khcn.example.vn/a?utm_source=zalo&fbclid=xyz&id=7", "/a?id=7"),
    ("https://khcn.example.vn/a?id=7&amp;l=Tin", "/a?id=7&l=Tin"),
    ("https://khcn.example.vn/a?ItemID=1&l=Tintrongtinh++++++", "/a?ItemID=1&l=Tintrongtinh"),
    ("https://khcn.example.vn/a?l=Tin%20%20", "/a?l=Tin"),
    ("https://khcn.example.vn/?tin-tuc/8-1.html", "/?tin-tuc/8-1.html"),
    ("https://khcn.example.vn/tin–tức", "/tin%E2%80%93t%E1%BB%A9c"),
    ("https://khcn.example.vn/tin%E2%80%93t%e1%bb%a9c", "/tin%E2%80%93t%E1%BB%A9c"),
    ("https://khcn.example.vn/tu%CC%9B%CC%81c", "/t%E1%BB%A9c"),
    ("https://khcn.example.vn/%25E1%25BB%25A9", "/%E1%BB%A9"),
    ("https://khcn.example.vn/a-(đot-1.aspx", "/a-(%C4%91ot-1.aspx"),
    ("https://khcn.example.vn/a%2Fb", "/a%2Fb"),
    ("https://khcn.example.vn/100%25-tang", "/100%25-tang"),
    (
        "https://khcn.example.vn/vi/x?p_p_id=101&p_p_state=normal&_101_cur=2",
        "/vi/x?p_p_id=101&p_p_state=normal&_101_cur=2",
    ),
]


@pytest.mark.parametrize(("url", "tail"), SAME)
def test_canonical(url, tail):
    written = canonical(url, PLAIN)
    assert written == HOST + tail
    assert canonical(written, PLAIN) == written


@pytest.mark.parametrize(
    "url",
    [
        "ftp://khcn.example.vn/a", "mailto:a@b.vn", "javascript:void(0)", "tel:0219",
        "https://user:pass@khcn.example.vn/", "https://[::1", "https://khcn.example.vn:99999/",
        "https:///a", "", "data:text/html,x", "//",
    ],
)  # fmt: skip
def test_no_address_to_ask_for(url):
    assert canonical(url, PLAIN) is None
    assert classify_url(url, PLAIN).kind == "outside"


def test_scheme_and_port_are_those_of_the_start_page():
    portal = Portal("x", "yen_bai", "Sở", ("127.0.0.1:8080",), ("http://127.0.0.1:8080/",))
    assert canonical("https://127.0.0.1:8080/a", portal) == "http://127.0.0.1:8080/a"
    assert classify_url("http://127.0.0.1:8081/a", portal).kind == "outside"
    assert classify_url("http://127.0.0.1/a", portal).kind == "outside"


KINDS = [
    ("/tin-tuc/hoi-nghi", "unknown"),
    ("/vi/en/vi/tin", "skip"),
    ("/tin/a-1.html/en/vi", "skip"),
    ("/tin/a-1.html/en", "skip"),
    ("/vi/tin", "unknown"),
    ("/a/b/a/b/a/b", "skip"),
    ("/" + "x/" * 25, "skip"),
    ("/uploads/ke-hoach.pdf", "skip"),
    ("/anh.JPG?w=100", "skip"),
    ("/print/tin/a-1.html", "skip"),
    ("/savefile/tin/a-1.html", "skip"),
    ("/sendmail/tin/a-1.html", "skip"),
    ("/a?tmpl=component&print=1", "skip"),
    ("/vi/x/-/view_content/pop_up/1-a.html", "skip"),
    ("/wp-admin/", "skip"),
    ("/dang-nhap", "skip"),
    ("/tim-kiem?tukhoa=x", "skip"),
    ("/lich/2024/05/12/", "skip"),
    ("/Pages/XemTheoNgay/1/1/12-05-2024/", "skip"),
    ("/?s=abc", "skip"),
    ("/?q=tin-tuc/21/3117", "unknown"),
    ("/?q=gao", "skip"),
    ("/x?p_p_state=pop_up", "skip"),
    ("/${link}", "skip"),
    ("/DesktopModule/tangLuotTruyCap.aspx", "skip"),
    ("/printing-technology-news", "unknown"),
]


@pytest.mark.parametrize(("tail", "kind"), KINDS)
def test_kinds_without_any_pattern(tail, kind):
    assert classify_url(HOST + tail, PLAIN).kind == kind


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("../b", "unknown"), ("?page=2", "unknown"), ("//other.vn/a", "outside"),
        ("//khcn.example.vn/a", "unknown"), ("http://khcn.example.vn.evil.com/", "outside"),
        ("https://evil.com/?khcn.example.vn", "outside"), ("http://127.0.0.1/", "outside"),
        ("http://0x7f000001/", "outside"), ("x" * 3000, "outside"),
    ],
)  # fmt: skip
def test_links_from_a_page(link, kind):
    assert classify_url(link, PLAIN, base=f"{HOST}/tin/a").kind == kind


# Spellings of one article: portal, and addresses that all have one key.
TWINS = [
    ("yen_bai", "386", [
        "https://sokhoahocvacongnghe.yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=386&l=Tinhoatdong&lv=30",
        "http://sokhoahocvacongnghe.yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l=Tinhoatdong&ItemID=386",
        "https://sokhoahocvacongnghe.yenbai.gov.vn/noidung/tintuc/pages/Chi-Tiet-Tin-Tuc.aspx?itemid=386&L=Tinhoatdong++",
    ]),
    ("ha_noi", "737381", [
        "https://sotttt.hanoi.gov.vn/vi/tin/-/view_content/737381-x-y.html",
        "https://sotttt.hanoi.gov.vn/khac/-/view_content/737381-x-y.html",
        "https://sotttt.hanoi.gov.vn/en/tin/-/view_content/737381-x-y.html",
    ]),
    ("can_tho", "24826", [
        "http://sokhcn.cantho.gov.vn/default.aspx?pid=57&nid=24826",
        "http://www.sokhcn.cantho.gov.vn/default.aspx?nid=24826&pid=57",
    ]),
    ("lang_son", "13372", [
        "https://sokhcn.langson.gov.vn/index.php/en/node/13372",
        "http://sokhcn.langson.gov.vn/node/13372",
        "https://sokhcn.langson.gov.vn/bm/print/13372",
    ]),
    ("ba_ria_vung_tau", "34", [
        "http://sokhcn.baria-vungtau.gov.vn/ManagementNews/DetailNew/34?page=41",
        "http://dost.baria-vungtau.gov.vn/ManagementNews/DetailNew/34",
    ]),
    ("ben_tre", "2690", [
        "http://dost-bentre.gov.vn/tin-tuc/2690/hoi-thao-%EF%BF%BDkhai",
        "http://dost-bentre.gov.vn/tin-tuc/2690/hoi-thao-%25EF%25BF%25BDkhai",
    ]),
    ("dong_nai", "25", [
        "https://skhcn.dongnai.gov.vn/en/news/savefile/sci-tech-news/guidelines-25.html",
        "https://skhcn.dongnai.gov.vn/en/news/sci-tech-news/guidelines-25.html",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "number", "urls"), TWINS)
def test_one_article_one_key(portals, slug, number, urls):
    found = [classify_url(url, portals[slug]) for url in urls]
    assert {address.kind for address in found} == {"article"}
    assert len({address.key for address in found}) == 1
    assert number in found[0].key


def test_numbers_repeat_from_list_to_list(portals):
    first, second = (
        classify_url(f"http://sokhcn.vinhphuc.gov.vn/noidung/x/Lists/{name}/View_Detail.aspx?ItemID=7",
                   portals["vinh_phuc"])
        for name in ("TinTuc", "ThongBao")
    )  # fmt: skip
    assert first.key != second.key


PAGES = [
    ("/tin?page=3", ("/tin", 3)),
    ("/tin?Page=3&CateID=4", ("/tin?CateID=4", 3)),
    ("/tin?CateID=4&page=3", ("/tin?CateID=4", 3)),
    ("/tin/page-2/", ("/tin/", 2)),
    ("/category/tin/page/12/", ("/category/tin/", 12)),
    ("/vi/x?p_p_id=101&_101_cur=5&y=1", ("/vi/x?p_p_id=101&y=1", 5)),
    ("/x?_101_INSTANCE_abc_cur=5", ("/x", 5)),
    ("/tin/currentpage/4", ("/tin/", 4)),
    ("/tin.htm?p=4", ("/tin.htm", 4)),
    ("/?p=4", None),
    ("/tin?start=20", ("/tin", 21)),
    ("/tin/trang-3.html", ("/tin.html", 3)),
    ("/tin?pageindex=2", ("/tin", 2)),
    ("/tin", None),
    ("/tin?lpage=3", None),
    ("/homepage-2-abc", None),
]


@pytest.mark.parametrize("path", ["/tin/hội-nghị-tổng-kết.html", "/tin?ten=Đổi mới sáng tạo ở Huế"])
def test_composed_and_taken_apart_are_one_address(path):
    """Letters and their marks in any spelling, plain or escaped."""
    written = {
        HOST + spelled
        for form in ("NFC", "NFD")
        for spelled in (normalize(form, path), quote(normalize(form, path), safe="/?="))
    }
    found = {classify_url(url, PLAIN) for url in written}
    assert len(written) == 4 and len(found) == 1 and found.pop().url.isascii()


@pytest.mark.parametrize(("tail", "expected"), PAGES)
def test_paging(tail, expected):
    assert paging(HOST + tail) == (expected and (HOST + expected[0], expected[1]))


@pytest.mark.parametrize(
    "base",
    [
        "http://h.vn", "http://h.vn/", "http://h.vn/a", "http://h.vn/a/b/c.aspx?x=/1/2#f/g",
        "https://h.vn:8080/a/b/?p=/z", "HTTP://H.vn/x/y", "http://h.vn?x=1/2", "http://h.vn#a/b",
        "ftp://x/y", "http://u:p@h.vn/a;b/c;d",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "target",
    [
        "a", "a/b", "/a", "//c.vn/x", "../x", "./", "..", ".", "?p=2", ";x", "http://q.vn/a?b#c",
        "/a/../b", "a#f", "javascript:x", "a b", "/", "a?c=/d", "x:y", "http:foo", "http:///x",
        "http://[x/", "a" * 600,
    ],
)  # fmt: skip
def test_links_are_resolved_as_the_rfc_says(base, target):
    """RFC 3986, section 5, as the standard library reads it."""
    page = html.fromstring("<html><body><a>x</a></body></html>")
    page.find(".//a").set("href", target)
    try:
        expected = urljoin(base, target)
    except ValueError:
        expected = None
    found = [link.url for link in read_links(page, base, html="x" * 5_000)]
    assert found == ([expected] if (expected or "").startswith(("http://", "https://")) else [])


@pytest.mark.parametrize(
    ("tail", "translated"),
    [
        ("/en", True), ("/en/", True), ("/EN/news/1.html", True), ("/web/guest/en/news", True),
        ("/en-us/news.aspx", True), ("/tin?lang=en", True), ("/tin?p=2&language=en-US", True),
        ("/vi/tin-tuc/1.html", False), ("/vi-vn/tin", False), ("/tin?lang=vi", False), ("", False),
        ("/tin-tuc/en", False), ("/tin-tuc/zh-1.html", False), ("/english/1.html", False),
        ("/tin?q=/en/", False), ("/tin?title=en", False),
    ],
)  # fmt: skip
def test_is_translation(tail, translated):
    """One answer for links that wait and for copies of an article."""
    assert is_translation(HOST + tail) is translated


BESIDE = Portal("x", "yen_bai", "Sở", hosts=("sokhcn.yenbai.gov.vn", "khcn.vn:8080", "203.0.113.9"))
# An address, whether it lies on a host of the portal's site, and whether a file may be asked for there.
FILES = [
    ("https://sokhcn.yenbai.gov.vn/a.pdf", True, True),
    ("http://anh.yenbai.gov.vn/a.jpg", True, True),
    ("https://yenbai.gov.vn/a.jpg", True, True),
    ("https://sokhcn.laocai.gov.vn/a.pdf", False, True),
    ("https://yenbai.gov.vn.evil.example/a.pdf", False, True),
    ("https://xyenbai.gov.vn/a.pdf", False, True),
    ("https://gov.vn/a.pdf", False, True),
    ("http://khcn.vn:8080/a.pdf", True, True),
    ("http://cdn.khcn.vn/a.pdf", True, True),
    ("http://203.0.113.9/a.pdf", True, True),
    ("http://203.0.113.7/a.pdf", False, True),
    ("http://other.example:8081/a.pdf", False, False),
    ("https://user@sokhcn.yenbai.gov.vn/a.pdf", False, False),
    ("ftp://sokhcn.yenbai.gov.vn/a.pdf", False, False),
    ("file:///etc/passwd", False, False),
    ("data:image/png;base64,AA", False, False),
    ("https:///a.pdf", False, False),
    ("http://[::1", False, False),
]


@pytest.mark.parametrize(("url", "beside", "may"), FILES)
def test_where_files_may_lie(url, beside, may):
    assert may_hold_files(url, BESIDE) == may
    assert not may or is_beside(url, BESIDE) == beside
