"""Titles as they are printed: never a sub-heading, a caption, a section, the site or the footer."""

from __future__ import annotations

import pytest

from crawler.extract.page import read_page
from crawler.items import Article, Fetched
from crawler.portals.model import Portal

PORTAL = Portal("x", "son_la", "Sở Khoa học và Công nghệ tỉnh Sơn La", ("khcn.example.vn",))
HOST = "https://khcn.example.vn"
SEEN = "2024-07-18T03:00:00Z"
TITLE = "Nhân rộng mô hình trồng cà phê chè trên đất dốc"
SLUG = "/nhan-rong-mo-hinh-trong-ca-phe-che-tren-dat-doc"
NEAR = "Nhân rộng các mô hình trồng cà phê chè trên đất dốc"
ONE = "Trung tâm Ứng dụng tiến bộ đã chuyển giao quy trình thâm canh cho hai hợp tác xã của huyện vùng cao."
TWO = "Sau ba vụ năng suất tăng một phần năm, chất lượng hạt được các doanh nghiệp thu mua đánh giá cao."
THREE = "Trong thời gian tới mô hình sẽ được mở rộng ra bốn xã có điều kiện đất đai và khí hậu tương tự."
MENU = "<ul class=menu><li><a href=/>Trang chủ</a></li><li><a href=/gt>Giới thiệu</a></li><li><a href=/tt>Tin tức</a></li></ul>"
FOOT = "<div class=ft><p>Cơ quan quản lý: Sở Khoa học và Công nghệ tỉnh Sơn La</p><p>Giấy phép số 08/GP-TTĐT ngày 28/11/2014</p></div>"
SITE = "Cổng thông tin - Sở Khoa học và Công nghệ tỉnh Sơn La"


def read(inner: str, *, slug: str = "/tin/123", window: str = SITE) -> Article:
    page = f"<html><head><meta charset=utf-8><title>{window}</title></head><body>{MENU}{inner}{FOOT}</body></html>"
    reading = read_page(Fetched(HOST + slug, SEEN, 200, (("content-type", "text/html"),), page.encode()), PORTAL, expect="article")  # fmt: skip
    assert reading.article is not None, reading.refusal
    return reading.article


def body(*extra: str, title: str = "", date: str = "") -> str:
    first = f"<p>{ONE}</p>{''.join(extra)}<p>{TWO}</p><p>{THREE}</p>"
    return f"<div class=khung>{title}{date}<div class=nd>{first}</div></div>"


def plain(title: str = TITLE) -> str:
    return f"<p class=tieude>{title}</p>"


DATE = "<p>12/08/2021</p>"
BOLD = f"<p><strong>{NEAR}</strong></p>"
PAGES = [
    # an exact match with the address beats a bold near-match in the text
    ("bold near-match", body(BOLD, title=f'<p class="Title allowMenuPost">{TITLE}</p>'), SLUG, TITLE),
    ("bold near-match, plain title", body(BOLD, title=f"<div>{TITLE}</div>"), SLUG, TITLE),
    ("near-match in a heading", body(f"<h3>{NEAR}</h3>", title=f"<div>{TITLE}</div>"), SLUG, TITLE),
    ("near-match in a second heading", body(f"<h2>{NEAR}</h2>", title=f"<div>{TITLE}</div>"), SLUG + ".html", TITLE),
    ("address with a number", body(BOLD, title=f"<div>{TITLE}</div>"), SLUG + "-4711.html", TITLE),
    ("address with a year", body(title="<div>Kế hoạch hoạt động khoa học năm 2021</div>"), "/ke-hoach-hoat-dong-khoa-hoc-nam-2021", "Kế hoạch hoạt động khoa học năm 2021"),
    # bold lines and headings between paragraphs
    ("a bold sub-heading", body("<p><b>Hiệu quả kinh tế của mô hình mới</b></p>", title=plain(), date=DATE), "/tin/1", TITLE),
    ("a bold sub-heading and a date", body("<p><b>Hiệu quả kinh tế của mô hình mới</b></p><p>Ngày 10/8/2021</p>", title=f"<h1>{TITLE}</h1>"), "/tin/1", TITLE),
    ("a sub-heading in h2", body("<h2>Hiệu quả kinh tế của mô hình mới</h2>", title=f"<h2>{TITLE}</h2>", date=DATE), "/tin/1", TITLE),
    ("a sub-heading in h3", body("<h3>Hiệu quả kinh tế của mô hình mới</h3>", title=plain(), date=DATE), "/tin/1", TITLE),
    ("a title that differs from a bold line", body("<p><strong>Cà phê chè lên núi, bà con thêm thu nhập</strong></p>", title=f"<h1>{TITLE}</h1>"), SLUG, TITLE),
    ("a bold lead", body(title=f"<h1>{TITLE}</h1>").replace(f"<p>{ONE}</p>", f"<p><b>{ONE}</b></p>"), "/tin/1", TITLE),
    ("a caption", body("<figure><img src=/a.jpg><figcaption>Vườn cà phê chè trên đất dốc của hợp tác xã</figcaption></figure>", title=plain(), date=DATE), "/tin/1", TITLE),
    ("a caption with the address's words", body("<div class=wp-caption><img src=/a.jpg><p class=wp-caption-text>Mô hình trồng cà phê chè trên đất dốc</p></div>", title=f"<div>{TITLE}</div>"), SLUG, TITLE),
    ("a section above", "<div class=FolderTitle>Kinh tế nông nghiệp</div>" + body(title=f"<p class=Title>{TITLE}</p>", date=DATE), "/tin/1", TITLE),
    ("a section with a date above", "<table><tr><td class=FolderTitle>Kinh tế</td><td class=Time>(12.08.2021 15:23)</td></tr></table>" + body(BOLD, title=f'<p class="Title allowMenuPost">{TITLE}</p>'), SLUG, TITLE),
    ("a section's heading above", "<h2 class=category-title>Tin hoạt động của ngành khoa học</h2>" + body(title=f"<h1>{TITLE}</h1>", date=DATE), "/tin/1", TITLE),
    ("a box above", "<div class=box-title>Thông báo mới của Sở và đơn vị</div>" + body(title=f"<h2>{TITLE}</h2>", date=DATE), "/tin/1", TITLE),
    ("the site's heading above", "<h1>Sở Khoa học và Công nghệ tỉnh Sơn La</h1>" + body(title=f"<h2>{TITLE}</h2>", date=DATE), "/tin/1", TITLE),
    ("the footer's heading", body(title=plain(), date=DATE) + "<div class=footer><h3>Trang thông tin điện tử của ngành</h3></div>", "/tin/1", TITLE),
    # as printed
    ("one word", body(title="<h1>Lễ hội</h1>", date=DATE), "/tin/1", "Lễ hội"),
    ("two words", body(title="<h1>Tin buồn</h1>", date=DATE), "/tin/1", "Tin buồn"),
    ("three words, by the address", body(title="<div>Sử dụng vốn</div>", date=DATE), "/su-dung-von/", "Sử dụng vốn"),
    ("four small words, by the address", body(title="<div>răn trở sử thi</div>"), "/ran-tro-su-thi/", "răn trở sử thi"),
    ("a full stop", body(title=f"<h1>{TITLE}.</h1>", date=DATE), "/tin/1", TITLE + "."),
    ("a full stop, by the address", body(title=f"<div>{TITLE}.</div>"), SLUG, TITLE + "."),
    ("a button's word, by the address", "<h1 id=logo><a href=/>Ngày hội phần mềm mở</a></h1>" + body(title="<h1>Đăng ký</h1>"), "/vi/dang-ky/", "Đăng ký"),
    ("a question", body(title="<h1>Vì sao cà phê chè được giá?</h1>", date=DATE), "/tin/1", "Vì sao cà phê chè được giá?"),
    ("a colon within", body(title="<h1>Cà phê chè: cây làm giàu</h1>", date=DATE), "/tin/1", "Cà phê chè: cây làm giàu"),
    ("capitals", body(title=f"<h1>{TITLE.upper()}</h1>", date=DATE), SLUG, TITLE.upper()),
    ("a date of the title's own", body(title="<h1>Kỷ niệm ngày truyền thống của ngành (18/05/1959)</h1>", date=DATE), "/tin/1", "Kỷ niệm ngày truyền thống của ngành (18/05/1959)"),
    ("linked to itself", body(title=f"<h2><a href='{SLUG}'>{TITLE}</a></h2>", date=DATE), SLUG, TITLE),
    ("a linked heading under the site's", f"<h1><a href=/>{TITLE}</a></h1><div>Tìm kiếm</div>" + body(title=f"<h1><a href=/tin/1>{TITLE}</a></h1>", date=DATE), "/tin/1", TITLE),
    ("allowMenuPost", body(title=f'<p class="Title allowMenuPost">{TITLE}</p>', date=DATE), "/tin/1", TITLE),
    ("listed in a long class", body(title=f'<p class="newsTitle blacklisted">{TITLE}</p>', date=DATE), "/tin/1", TITLE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "slug", "expected"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES]
)
def test_the_title_is_as_printed(page: str, slug: str, expected: str) -> None:
    article = read(page, slug=slug)
    assert article.title == expected
    assert ONE in f"{article.summary or ''} {article.text}"


def test_a_sub_heading_takes_neither_the_text_above_nor_the_date() -> None:
    section = "<table><tr><td class=FolderTitle>Kinh tế</td><td class=Time>(12.08.2021 15:23)</td></tr></table>"
    article = read(section + body(BOLD, title=f"<p class=Title>{TITLE}</p>"), slug=SLUG)
    assert article.published_raw == "(12.08.2021 15:23)"
    assert article.text.startswith(ONE)
