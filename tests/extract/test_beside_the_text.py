"""What stands beside a text and inside it without being a part of it; and parts that look like that."""

from __future__ import annotations

import re

import pytest

from crawler.extract.page import read_page
from crawler.items import Article, Fetched
from crawler.registry.unknown_portal import portal_by_page

SEEN = "2024-07-18T03:00:00Z"
URL = "https://khcn.example.vn/tin/3107.html"
TITLE = "Hợp tác xã Mường Lò sấy măng bằng năng lượng mặt trời"
LEAD = "Sau một năm dùng nhà sấy kính, măng khô của hợp tác xã giữ được màu và bán cao hơn trước."
TEXT = [
    "Nhà sấy rộng sáu mươi mét vuông do trung tâm ứng dụng thiết kế và chuyển giao từ đầu năm ngoái.",
    "Mỗi mẻ sấy được bốn tạ măng tươi trong hai ngày, không phụ thuộc vào mưa nắng như phơi sân.",
    "Độ ẩm được đo bằng cảm biến, quạt gió tự chạy khi hơi nước trong nhà lên quá mức đã đặt.",
    "Sản phẩm đã có mã truy xuất và được ba siêu thị ở thành phố nhận bán quanh năm.",
    "Bà con mong được vay vốn để làm thêm hai nhà sấy nữa trước vụ măng tới.",
]
OFFICE = (
    "Văn phòng là đầu mối tổng hợp, tham mưu cho lãnh đạo về tổ chức, nhân sự và tài chính của cơ quan.",
    "Mọi góp ý về nội dung của trang xin gửi đến ban biên tập qua hộp thư điện tử hoặc đường bưu điện.",
)
OTHER = "Kiểm tra cân thông dụng tại chợ trung tâm huyện"
TEASER = (
    "Đoàn kiểm tra đã dán tem bốn mươi cân đồng hồ và nhắc nhở ba hộ dùng cân quá hạn kiểm định."
)
HEAD = f"<h1>{TITLE}</h1><span class=d>16/05/2023</span>"
MENU = "<ul><li><a href=/>Trang chủ</a></li><li><a href=/tin>Tin tức</a></li></ul>"
FOOT = "<div id=footer><p>Địa chỉ: số 9 đường Điện Biên, thị xã Nghĩa Lộ, tỉnh Yên Bái</p></div>"


def ps(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


TALE = ps(LEAD, *TEXT)
BOX = f"<h3>Giới thiệu</h3>{ps(*OFFICE)}"


def read(inner: str) -> Article:
    html = f"<html><head><title>{TITLE} - Sở</title></head><body>{MENU}{inner}{FOOT}</body></html>"
    fetched = Fetched(
        URL, SEEN, 200, (("content-type", "text/html; charset=utf-8"),), html.encode()
    )
    reading = read_page(fetched, portal_by_page(fetched), expect="headline")
    assert reading.article is not None, reading.refusal
    return reading.article


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def columns(own: str, other: str) -> str:
    return f"<div><div class='{own}'>{HEAD}{TALE}</div><div class='{other}'>{BOX}</div></div>"


BESIDE = {
    "a bootstrap column": columns("col-md-9", "col-md-3"),
    "columns of a page builder": columns("elementor-column elementor-col-66", "elementor-column elementor-col-33"),
    "spans": columns("span8", "span4"),
    "a column named right": columns("main", "col-right"),
    "a cell of the same row": f"<table><tr><td>{HEAD}{TALE}</td><td>{BOX}</td></tr></table>",
    "a box headed like a standing page": f"<div class=w2>{HEAD}{TALE}</div><div class=w3>{BOX}</div>",
    "a box of new documents": f"<div class=w2>{HEAD}{TALE}</div><div class=w3><h3>Văn bản mới</h3>{ps(*OFFICE)}</div>",
    "a box of the section of notices": f"<div class=w2>{HEAD}{TALE}</div><div class=w3><h3>Thông báo</h3><p><a href=/b>{OTHER}</a></p>{ps(OFFICE[0])}</div>",
    "a box without prose": f"<div class=w2>{HEAD}{TALE}</div><div class=w3><h3>Đối tác</h3><img src=/doi-tac.jpg></div>",
    "one sentence beside a long column": f"<div class=col-md-9>{HEAD}{ps(LEAD)}</div><div class=col-md-3>{BOX}</div>",
    "a poll": f"<div class=w2>{HEAD}{TALE}</div><div class=p><b>Thăm dò ý kiến</b>{ps(OFFICE[1])}</div>",
    "a question about the page": f"<div>{HEAD}{TALE}<div><p>Bài viết này có hữu ích với bạn không?</p>{ps(OFFICE[1])}</div></div>",
    "a notice on cookies": f"<div>{HEAD}{TALE}</div><div id=cookie-bar>{ps(OFFICE[1])}</div>",
    "comments with their count": f"<div>{HEAD}<div>{TALE}</div><div class=lb><div>Ý kiến bạn đọc (2)</div><div>An{ps(OFFICE[0])}</div><div>Bình{ps(OFFICE[1])}</div></div></div>",
    "a teaser in a box in mid-text": f"<div>{HEAD}<div>{ps(LEAD, *TEXT[:2])}<div class=r><div>Tin liên quan</div><article><h3><a href=/b>{OTHER}</a></h3><p>{TEASER}</p></article></div>{ps(*TEXT[2:])}</div></div>",
    "another's headline behind a label": f"<div>{HEAD}<div>{ps(LEAD, *TEXT[:2])}<div><b>Tin liên quan</b> <a href=/b>{OTHER}</a></div>{ps(*TEXT[2:])}</div></div>",
    "a box about the writer": f"<article>{HEAD}{TALE}<div class=author-box><h4>Lò Thị Hoa</h4>{ps(OFFICE[0])}</div></article>",
    "a call to follow": f"<div>{HEAD}<div>{TALE}<p>Mời bạn đọc theo dõi <a href=https://zalo.me/1>Zalo</a> và Fanpage của Sở.</p></div><p>Thích 25 Chia sẻ 3</p><p>Số lần đọc: 421</p></div>",
    "buttons glued together": f"<div>{HEAD}<p>{LEAD}</p><div><a href=#c>Bình luận</a><a href=#>Nghe đọc bài</a><a href=#>In bài</a></div>{ps(*TEXT)}</div>",
}  # fmt: skip
FOREIGN = (
    *OFFICE,
    OTHER,
    TEASER,
    "Nghe đọc bài",
    "Thích 25",
    "Số lần đọc",
    "Mời bạn đọc",
    "hữu ích với bạn",
)


@pytest.mark.parametrize("inner", BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_the_text_is_none_of_it(inner: str) -> None:
    article = read(inner)
    got = plain(f"{article.summary or ''} {article.text}")
    assert [line for line in FOREIGN if plain(line) in got] == []
    assert [line for line in (LEAD, *TEXT) if plain(line) in plain(inner) and plain(line) not in got] == []  # fmt: skip


PARTS = {
    "two columns of one width": f"<div class=row><div class=col-md-12>{HEAD}{ps(LEAD)}</div></div><div class=row><div class=col-md-6>{ps(*TEXT[:2])}</div><div class=col-md-6>{ps(*TEXT[2:])}</div></div>",
    "the lead in a cell, the text in the next": f"<table><tr><td>{HEAD}{ps(LEAD)}</td><td>{ps(*TEXT)}</td></tr></table>",
    "parts with headings": f"<main><div class=hero>{HEAD}{ps(LEAD)}</div><div class=a><h2>Cách làm</h2>{ps(*TEXT[:3])}</div><div class=b><h2>Kết quả</h2>{ps(*TEXT[3:])}</div></main>",
    "a last part with a heading": f"<main><div class=a>{HEAD}{ps(LEAD, *TEXT[:4])}</div><div class=b><h2>Mong muốn</h2>{ps(TEXT[4])}</div></main>",
    "a last part headed like a section": f"<div>{HEAD}{ps(LEAD, *TEXT[:3])}<div><h2>Hình ảnh hoạt động</h2>{ps(*TEXT[3:])}</div></div>",
    "a quotation set to the right": f"<div>{HEAD}{ps(LEAD, *TEXT[:4])}<div class='quote pull-right'>{ps(TEXT[4])}</div></div>",
    "sections of a page builder": f"<div><section class='elementor-section e-1'><div class='elementor-widget'>{HEAD}</div><div class='elementor-widget'>{ps(LEAD, *TEXT[:3])}</div></section><section class='elementor-section e-2'><div class='elementor-widget'>{ps(*TEXT[3:])}</div></section></div>",
    "behind a tab": f"<div>{HEAD}<div class=tab-pane>{ps(LEAD, *TEXT[:3])}</div><div class=tab-pane style='display:none'>{ps(*TEXT[3:])}</div></div>",
    "below a box of links": f"<div>{HEAD}<div>{ps(LEAD, *TEXT[:2])}</div><div><p>Các tin khác</p><ul><li><a href=/b>{OTHER}</a></li><li><a href=/c>{OTHER}, đợt hai</a></li></ul>{ps(*TEXT[2:])}</div></div>",
}  # fmt: skip


@pytest.mark.parametrize("inner", PARTS.values(), ids=PARTS)
def test_parts_of_a_text_stay(inner: str) -> None:
    article = read(inner)
    got = plain(f"{article.summary or ''} {article.text}")
    assert [line for line in (LEAD, *TEXT) if plain(line) not in got] == []


@pytest.mark.parametrize("other", ["mobile", "print"])
def test_an_article_that_is_printed_twice_is_told_once(other: str) -> None:
    copy = f"{HEAD}<div>{TALE}</div>"
    article = read(f"<div class=desktop>{copy}</div><div class={other}>{copy}</div>")
    assert f"{article.summary or ''}\n{article.text}".strip().split("\n") == [LEAD, *TEXT]


@pytest.mark.parametrize("name", ["sapo", "brief mb-10", "news-summary"])
def test_a_lead_that_is_printed_again_is_told_once(name: str) -> None:
    article = read(f'<div>{HEAD}<div class="{name}">{LEAD}</div><div>{TALE}</div></div>')
    assert article.summary == LEAD
    assert f"{article.summary}\n{article.text}".count(LEAD) == 1


SIGNED = {
    "set to the right below verses": ("<p>16/05/2023</p><p>Măng về đầy sân nắng<br>Khói bếp thơm bản làng</p><p align=right><b>Lò Thị Hoa</b></p>", "Lò Thị Hoa"),
    "behind the date": (f"<div>16/05/2023 07:15 | Nguồn: Báo Yên Bái</div>{TALE}", "Nguồn: Báo Yên Bái"),
    "in its own part of the date's line": (f"<div><span class=Author__x1>Hoàng Lan Hương</span><span>16/05/2023 - 06:30</span></div>{TALE}", "Hoàng Lan Hương"),
    "the page's own address": (f"{TALE}<p>Nguồn: {URL}</p>", None),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "byline"), SIGNED.values(), ids=SIGNED)
def test_who_signs(inner: str, byline: str | None) -> None:
    article = read(f"<div><h1>{TITLE}</h1>{inner}</div>")
    assert article.byline == byline
    assert "https://" not in article.text
