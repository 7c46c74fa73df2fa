"""Whole pages: what is an article and what is not, hostile ones, and the same result every time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from dataclasses import asdict

import pytest

from crawler.captures import read_capture, responses
from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal
from tests.conftest import ROOT

SEEN = "2024-07-18T03:00:00Z"
PORTAL = Portal("x", "yen_bai", "Sở Khoa học và Công nghệ tỉnh Yên Bái", ("khcn.example.vn",))
URL = "https://khcn.example.vn/tin/bai-viet-12.html"
TITLE = "Nghiệm thu đề tài trồng và chế biến chè Shan tuyết"
PROSE = (
    "<p>Hội đồng khoa học và công nghệ cấp tỉnh đã tổ chức đánh giá, nghiệm thu đề tài do Trung tâm chủ trì.</p>"
    "<p>Nhóm nghiên cứu đã điều tra 120 hộ và xây dựng quy trình chăm sóc phù hợp với đất đai, khí hậu.</p>"
)
MENU = (
    "<ul class=menu>"
    + "".join(f"<li><a href=/m{n}>Chuyên mục số {n}</a></li>" for n in range(45))
    + "</ul>"
)


def read(
    body: str | bytes, *, url: str = URL, expect: str | None = "article", kind: str = "text/html"
):
    content = body.encode() if isinstance(body, str) else body
    return read_page(
        Fetched(url, SEEN, 200, (("content-type", kind),), content), PORTAL, expect=expect
    )


def html(inner: str, title: str = "Tin tức") -> str:
    return f"<html><head><title>{title}</title></head><body>{inner}</body></html>"


REFUSED = [
    ("soft_404", html(MENU + "<h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại.</p>")),
    ("soft_404", html("<h1>404</h1><p>Page not found</p>", "404 Not Found")),
    ("soft_404", html(MENU + "<div>Bài viết không tồn tại hoặc đã bị xóa</div>")),
    ("maintenance", html("<h1>Website đang bảo trì</h1><p>Vui lòng quay lại sau.</p>")),
    ("maintenance", html("<p>Hệ thống đang được nâng cấp, mời bạn trở lại sau</p>", "Thông báo")),
    ("block_page", html("<p>The requested URL was rejected. Your support ID is: 123</p>", "Request Rejected")),
    ("block_page", html("<p>Checking your browser before accessing</p>", "Just a moment...")),
    ("block_page", html("<p>Nhập mã xác nhận để tiếp tục</p><img src=/captcha.png>")),
    ("server_error", html("<h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2>")),
    ("server_error", html("<p>You have an error in your SQL syntax; check the manual</p>")),
    ("server_error", html("<p><b>Fatal error</b>: Uncaught Error in /var/www/index.php</p>")),
    ("login_page", html("<form><p>Tên đăng nhập</p><input name=u><input type=password name=p></form>")),
    ("directory_index", html("<h1>Index of /upload</h1><a href=a>a</a>", "Index of /upload")),
    ("parked", html("<p>This domain is for sale</p>", "khcn.example.vn")),
    ("default_page", html("<h1>Welcome to nginx!</h1>", "Welcome to nginx!")),
    ("js_shell", '<html><head><title>App</title></head><body><div id="root"></div><script src=a.js></script></body></html>'),
    ("list_page", html("<h1>Tin tức</h1>" + "".join(f"<li><a href=/tin-{n}.html>Sở tổ chức hội nghị đánh giá kết quả lần thứ {n}</a></li>" for n in range(30)))),
    ("empty", html("")),
    ("empty", " \n "),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "body"), REFUSED, ids=[f"{r[0]}-{n}" for n, r in enumerate(REFUSED)]
)
def test_refused_with_a_reason(reason, body):
    reading = read(body)
    assert reading.article is None
    assert reading.refusal is not None and reading.refusal.reason in (
        reason,
        "js_shell" if reason == "empty" else reason,
    )


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("application/pdf", b"%PDF-1.4 ...", "not_html"),
        ("text/html", b"PK\x03\x04....", "not_html"),
        ("image/png", b"\x89PNG....", "not_html"),
        ("text/html", b"<p>" + b"x" * (8 * 2**20), "too_large"),
    ],
)
def test_what_is_no_page(kind, body, reason):
    reading = read(body, kind=kind)
    assert reading.refusal is not None and reading.refusal.reason == reason


ARTICLES = [
    ("about maintenance", "<h1>Thông báo bảo trì hệ thống dịch vụ công trực tuyến</h1><p>10/07/2024</p>" + PROSE + "<p>Hệ thống sẽ tạm dừng hoạt động để bảo trì từ 22 giờ ngày 12/7.</p>" * 6),
    ("about captcha", "<h1>Hướng dẫn nhập mã xác nhận khi nộp hồ sơ</h1><p>10/07/2024</p>" + PROSE * 5),
    ("only a file", f"<h1>{TITLE}</h1><p>10/07/2024</p><div class=file><a href=/upload/ke-hoach.pdf>Kế hoạch số 12</a></div>"),
    ("only a picture", f"<h1>{TITLE}</h1><p>10/07/2024</p><div><img src=/anh/thong-bao.jpg width=800></div>"),
    ("short", f"<h1>{TITLE}</h1><p>10/07/2024</p><p>Mời các đơn vị đăng ký tham gia trước ngày 15/8.</p>"),
    ("in a table layout", f"<table><tr><td>{MENU}</td><td><h1>{TITLE}</h1><p>10/07/2024</p>{PROSE}</td></tr></table>"),
    ("without any markup", f"{MENU}<div>{TITLE}</div><div>10/07/2024</div>{PROSE}"),
]  # fmt: skip


@pytest.mark.parametrize("body", [a[1] for a in ARTICLES], ids=[a[0] for a in ARTICLES])
def test_articles(body):
    article = read(html(MENU + body)).article
    assert article is not None and article.title and article.published_raw == "10/07/2024"
    assert article.text or article.attachments or article.images
    assert "Chuyên mục số" not in article.text


def test_parts_of_an_article():
    body = (
        f"<h1>{TITLE}</h1><p>10/07/2024</p><p class=sapo>Đề tài đã hoàn thiện quy trình kỹ thuật và hình thành nhóm hộ liên kết.</p>{PROSE}"
        "<figure><img src='/anh/1.jpg'><figcaption>Quang cảnh hội nghị nghiệm thu</figcaption></figure>"
        "<table><tr><th>TT</th><th>Nội dung</th></tr><tr><td>1</td><td>Hồ sơ</td></tr></table><ul><li>Mục thứ nhất;</li><li>Mục thứ hai.</li></ul>"
        "<p>Kết luận&nbsp;của hội đồng./.</p><p align=right><b>Thu Huyền</b></p><p><a href='../f/a.docx'>Phụ lục</a></p>"
        "<div>Lượt xem: 12</div><h4>Tin liên quan</h4><ul><li><a href=/x>Bài khác</a> (01/01/2023)</li></ul>"
        "<div style='display:none'>Mua bán nhà đất giá rẻ</div>"
    )
    article = read(html(MENU + body)).article
    assert article is not None
    assert article.title == TITLE and article.byline == "Thu Huyền"
    assert (
        article.summary == "Đề tài đã hoàn thiện quy trình kỹ thuật và hình thành nhóm hộ liên kết."
    )
    lines = article.text.split("\n")
    assert lines[2:] == [
        "Quang cảnh hội nghị nghiệm thu",
        "TT | Nội dung",
        "1 | Hồ sơ",
        "Mục thứ nhất;",
        "Mục thứ hai.",
        "Kết luận của hội đồng./.",
    ]
    assert [(i.url, i.caption) for i in article.images] == [
        ("https://khcn.example.vn/anh/1.jpg", "Quang cảnh hội nghị nghiệm thu")
    ]
    assert [(a.url, a.label) for a in article.attachments] == [
        ("https://khcn.example.vn/f/a.docx", "Phụ lục")
    ]
    assert {"Lượt xem: 12", "Thu Huyền"} <= set(article.removed)


def test_a_body_that_was_escaped_twice():
    escaped = "&lt;p style=&quot;text-align:justify&quot;&gt;Hội đồng đã nghiệm thu đề tài.&lt;/p&gt;&lt;p&gt;Kết quả đạt loại khá./.&lt;/p&gt;"
    article = read(html(f"{MENU}<h1>{TITLE}</h1><p>10/07/2024</p><div>{escaped}</div>")).article
    assert article is not None
    assert article.text == "Hội đồng đã nghiệm thu đề tài.\nKết quả đạt loại khá./."


HOSTILE = [
    ("deep", "<div>" * 100_000 + "x"),
    ("deep tables", "<table><tr><td>" * 20_000 + PROSE),
    ("attributes", "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + PROSE),
    ("many links", "".join(f"<a href=/{n}>Liên kết {n}</a> " for n in range(50_000))),
    ("one long line", "<p>" + "Sở Khoa học và Công nghệ " * 100_000),
    ("many lines", "<p>Hội nghị</p>" * 100_000),
    ("long title", f"<title>{'Tin ' * 100_000}</title><h1>{'Tin ' * 100_000}</h1>" + PROSE),
    ("date bomb", "<h1>" + TITLE + "</h1><p>" + "1/" * 200_000 + "</p>" + PROSE),
    ("byline bomb", "<h1>" + TITLE + "</h1>" + PROSE + "<p>" + "Nguyễn - " * 50_000 + "</p>"),
    ("class bomb", "<div class='" + "title-" * 100_000 + "'>" + PROSE),
    ("unclosed", "<h1>" + TITLE + "<p><b><i><table><td>" + PROSE),
    ("entities", "&" * 500_000 + PROSE),
    ("nulls", "\x00" * 100_000 + PROSE),
    ("script", "<script>" + "var a='</div>';" * 50_000 + "</script>" + PROSE),
    ("comment", "<!--" + "-" * 500_000 + PROSE),
    ("breaks", "<p>" + "<br>" * 100_000 + PROSE),
]  # fmt: skip


@pytest.mark.parametrize("body", [h[1] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_hostile_pages_cost_little(body):
    began = time.process_time()
    reading = read(html(body))
    assert time.process_time() - began < 10
    assert reading.article or reading.refusal
    assert len(reading.links) <= 2_500


def digest_of(fetched: Fetched, portal: Portal) -> str:
    reading = read_page(fetched, portal, expect="article")
    return hashlib.sha256(json.dumps(asdict(reading), sort_keys=True).encode()).hexdigest()


def test_the_same_in_any_order_and_any_process(captures, portals):
    pages = [
        read_capture(place)
        for name in ("ha_noi_liferay", "nukeviet")
        for place in responses(captures / f"{name}.warc.gz")
    ]
    portal = portals["ha_noi"]
    forwards = [digest_of(page, portal) for page in pages]
    backwards = [digest_of(page, portal) for page in reversed(pages)]
    assert len(pages) >= 113 and forwards == backwards[::-1]
    script = (
        "import sys, pathlib; from tests.extract.test_page import *\n"
        "from tests.test_portals import PORTALS\n"
        "for name in ('ha_noi_liferay', 'nukeviet'):\n"
        "    for place in responses(pathlib.Path(sys.argv[1]) / f'{name}.warc.gz'):\n"
        "        print(digest_of(read_capture(place), PORTALS['ha_noi']))\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, str(captures)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.split() == forwards
