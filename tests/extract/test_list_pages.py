"""A page is one article or a list of them, whole posts included."""

from __future__ import annotations

import pytest

from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal

HERE = "https://khcn.example.vn"
SITE = Portal("x", "", "", ("khcn.example.vn",), described=False)
NAMES = (
    "Hội nghị tổng kết hoạt động nghiên cứu năm qua",
    "Nghiệm thu đề tài nuôi cá lồng trên hồ thủy điện",
    "Tập huấn truy xuất nguồn gốc cho các hợp tác xã",
)
PROSE = "Đoàn công tác đã làm việc với các đơn vị về tiến độ và kết quả của từng nội dung đã đăng ký từ đầu năm. "


def post(
    at: int, *, level: str = "h3", href: str | None = None, dated: bool = True, long: int = 3
) -> str:
    name = NAMES[at % 3]
    title = f'<a href="{href or f"/bai/{at}"}">{name} {at}</a>'
    day = f"<div>{at + 10}/06/2025</div>" if dated else ""
    return f"<div class=post><{level}>{title}</{level}>{day}{f'<p>{PROSE}</p>' * long}</div>"


def article(inner: str, *, dated: bool = True) -> str:
    day = "<div>12/06/2025 08:30</div>" if dated else ""
    return f"<h1>{NAMES[0]}</h1>{day}{f'<p>{PROSE}</p>' * 3}{inner}"


def page(body: str, title: str = "Trang tin") -> bytes:
    menu = "".join(f"<li><a href=/muc/{n}>Mục số {n}</a></li>" for n in range(6))
    text = f"<html><head><title>{title}</title></head><body><ul>{menu}</ul>{body}</body></html>"
    return text.encode()


def read(
    body: str, *, url: str = "/2025/06/", expect: str | None = "headline", follow: bool = True
):
    fetched = Fetched(HERE + url, "2025-07-01T03:00:00Z", 200, (), page(body))
    return read_page(fetched, SITE, expect=expect, follow=follow)


LISTS = {
    "three whole posts": "".join(map(post, range(3))),
    "two whole posts": post(1) + post(2),
    "posts under headings of another level": "".join(post(n, level="h2") for n in range(4)),
    "posts whose titles stand in a div": "".join(post(n, level="div") for n in range(4)),
    "the month's name above them": "<h1>Lưu trữ tháng sáu</h1>" + post(1) + post(2),
    "a word of welcome above them": "<p>Chào mừng bạn đến với trang tin của đơn vị.</p>"
    + post(1)
    + post(2),
    "a single post": post(1, level="h1"),
    "the newest story, and headlines": "<h1>Hoạt động của ngành</h1>"
    + post(1, level="h2")
    + "".join(
        f"<div><a href=/bai/{n}>{NAMES[n % 3]} {n}</a> <i>{n}/5/2025</i></div>" for n in range(2, 8)
    ),
}
ARTICLES = {
    "nothing beside it": article(""),
    "others with teasers below it": article("".join(post(n, long=1) for n in range(1, 5))),
    "others with long teasers below it": article("".join(post(n, long=2) for n in range(1, 5))),
    "others between its paragraphs": article(
        "".join(
            f"<h3><a href=/bai/{n}>{NAMES[n]} {n}</a></h3><p>{PROSE}</p><p>{PROSE}</p>"
            for n in range(3)
        )
    ),
    "its title leads to itself": post(1, level="h1", href="/2025/06/"),
    "its title leads to the start page": post(1, level="h1", href="/"),
    "its title leads to its static copy": post(1, level="h1", href="/2025/06/index.html"),
    "others above it": f"<h1>{NAMES[0]}</h1><div>12/06/2025</div>"
    + "".join(
        f"<div><a href=/bai/{n}>{NAMES[n % 3]} {n}</a> <i>{n}/5/2025</i></div>" for n in range(1, 6)
    )
    + f"<div>{f'<p>{PROSE}</p>' * 4}</div>",
    "the newest above it, others and an office below it": "<ul><li><a href=/bai/1>Giới thiệu sáng kiến của các đơn vị</a></li></ul>"
    + f"<div class=t>{NAMES[0]}</div><div>12/06/2025</div>{f'<div>{PROSE}</div>' * 3}<b>Các tin khác:</b>"
    + f"<ul><li><a href=/bai/2>{NAMES[1]}</a> <i>1/5/2025</i></li></ul><div>{f'<p>{PROSE}</p>' * 2}</div>",
}


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS)
def test_a_list(body):
    reading = read(body)
    assert reading.article is None and reading.refusal.reason == "list_page"
    assert any("/bai/" in link.url for link in reading.links)


@pytest.mark.parametrize("body", ARTICLES.values(), ids=ARTICLES)
def test_an_article(body):
    reading = read(body)
    assert reading.refusal is None and reading.article.title.startswith(("Hội nghị", "Nghiệm thu"))


def test_a_post_alone_is_the_article_where_no_link_is_followed():
    assert read(post(1, level="h1"), follow=False).article is not None


def test_a_page_with_the_title_in_its_address_is_the_articles_own():
    slug = "/tin/nghiem-thu-de-tai-nuoi-ca-long-tren-ho-thuy-dien"
    assert read(post(1, href="/muc/1"), url=slug).article is not None


def test_links_of_an_article_are_read_where_they_are_followed():
    body = article('<a href="/bai/9">Một bài viết khác</a>')
    assert any(link.url.endswith("/bai/9") for link in read(body).links)
    assert not read(body, follow=False).links


STANDING = ["Chức năng, nhiệm vụ", "Giới thiệu chung", "Cơ cấu tổ chức bộ máy", "Về chúng tôi"]


@pytest.mark.parametrize("title", STANDING)
def test_what_an_office_is_and_does_is_no_news(title):
    body = f"<h1>{title}</h1>{f'<p>{PROSE}</p>' * 4}"
    assert read(body, url="/about/", expect=None).refusal.reason == "static_page"


def test_where_patterns_are_declared_an_article_beside_them_is_named():
    portal = Portal("x", "", "", ("khcn.example.vn",), article_urls=(r"^/tin/(?P<id>\d+)$",))
    fetched = Fetched(f"{HERE}/tap-huan/", "2025-07-01T03:00:00Z", 200, (), page(article("")))
    reading = read_page(fetched, portal, expect=None)
    assert reading.article is None and reading.refusal is None and reading.unmatched == NAMES[0]
    assert reading.links
