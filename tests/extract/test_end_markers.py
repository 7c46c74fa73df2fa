"""A heading of related items or comments judges what is below it, never the text above or beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal

SEEN = "2024-07-18T03:00:00Z"
PORTAL = Portal("x", "yen_bai", "Sở Khoa học và Công nghệ tỉnh Yên Bái", ("khcn.example.vn",))
URL = "https://khcn.example.vn/tin/tap-huan-truy-xuat-nguon-goc-nong-san-12.html"
TITLE = "Tập huấn truy xuất nguồn gốc nông sản cho hợp tác xã"
SAPO = (
    "Sáng 14/5, Sở mở lớp tập huấn về truy xuất nguồn gốc cho các hợp tác xã trồng chè, trồng cam."
)
PARAGRAPHS = [
    "Lớp học có hơn sáu mươi học viên của ba mươi hợp tác xã, tổ hợp tác ở năm huyện vùng cao dự.",
    "Học viên được hướng dẫn cách lập nhật ký sản xuất, cách in và dán tem, cách tra cứu bằng điện thoại.",
    "Giảng viên dẫn các ví dụ ở địa phương, nơi tem truy xuất đã giúp giá bán tăng khoảng một phần mười.",
    "Kết thúc lớp học, ban tổ chức trao giấy chứng nhận và nhận phiếu góp ý của từng học viên.",
]
OTHERS = [
    "Nghiệm thu mô hình nuôi cá lồng trên hồ thủy điện Bản Sen",
    "Hai sản phẩm chè của huyện Nậm Lành được cấp nhãn hiệu tập thể",
    "Trao giải cuộc thi ý tưởng khởi nghiệp của thanh niên miền núi",
]
HEADINGS = [
    "Tin liên quan", "Các tin khác", "Bình luận", "Có thể bạn quan tâm", "Tin cùng chuyên mục",
    "Bài viết liên quan", "Tin mới hơn", "Các tin đã đưa", "Tin đã đưa", "Ý kiến bạn đọc", "Bình luận (0)",
    "Tin đọc nhiều", "Xem thêm", "Bài viết mới nhất", "Gửi bình luận", "Related posts", "Tin nổi bật",
    "TIN TỨC KHÁC", "Đọc thêm", "Tin bài liên quan",
]  # fmt: skip


def links(items: list[str] = OTHERS) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="/q/{n}">{t}</a></li>' for n, t in enumerate(items))
        + "</ul>"
    )


def box(heading: str) -> str:
    return f'<div class="b1"><div class="b2">{heading}</div>{links()}</div>'


def button(heading: str) -> str:
    return f'<div class="x7"><a href="#c">{heading}</a> <a href="#p">In bài</a> <a href="#m">Gửi email</a></div>'


def one_container(pieces: list[str]) -> str:
    return "<div>" + "".join(p if p.startswith("<") else f"<p>{p}</p>" for p in pieces) + "</div>"


def div_a_paragraph(pieces: list[str]) -> str:
    """As React components come out: every paragraph in wrappers of its own."""
    return "<div>" + "".join(
        p if p.startswith("<") else f'<div class="r1"><div class="r2"><span>{p}</span></div></div>'
        for p in pieces
    ) + "</div>"  # fmt: skip


def broken_lines(pieces: list[str]) -> str:
    return "<div>" + "".join(p if p.startswith("<") else f"{p}<br><br>" for p in pieces) + "</div>"


FORMS: dict[str, Callable[[list[str]], str]] = {
    "paragraphs": one_container, "wrapped": div_a_paragraph, "br": broken_lines,
}  # fmt: skip
HEAD = f"<h1>{TITLE}</h1><span>14/05/2024 08:30</span>"
MENU = links(["Giới thiệu", "Tin tức", "Văn bản", "Liên hệ"])
FOOT = "<div>Bản quyền thuộc Sở Khoa học và Công nghệ tỉnh Yên Bái</div><div>Địa chỉ: số 12 đường Lê Lai</div>"
Form = Callable[[list[str]], str]
PLACES: dict[str, Callable[[Form, str], str]] = {
    "column left of it": lambda form, h: f"<table><tr><td>{box(h)}</td><td>{HEAD}<p>{SAPO}</p>{form(PARAGRAPHS)}</td></tr></table>",
    "above the title": lambda form, h: f"<div>{box(h)}{HEAD}<p>{SAPO}</p>{form(PARAGRAPHS)}</div>",
    "under the title": lambda form, h: f"<div>{HEAD}{box(h)}<p>{SAPO}</p>{form(PARAGRAPHS)}</div>",
    "under the lead": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p>{box(h)}{form(PARAGRAPHS)}</div>",
    "toolbar under the lead": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p>{button(h)}{form(PARAGRAPHS)}</div>",
    "label under the lead": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p><div>{h}</div>{form(PARAGRAPHS)}</div>",
    "after the first paragraph": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p>{form([PARAGRAPHS[0], box(h), *PARAGRAPHS[1:]])}</div>",
    "in the middle": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p>{form([*PARAGRAPHS[:2], box(h), *PARAGRAPHS[2:]])}</div>",
    "before the last": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p>{form([*PARAGRAPHS[:3], box(h), PARAGRAPHS[3]])}</div>",
    "end of the container": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p>{form([*PARAGRAPHS, box(h)])}</div>",
    "below it": lambda form, h: f"<div>{HEAD}<p>{SAPO}</p>{form(PARAGRAPHS)}{box(h)}</div>",
    "tabs": lambda form, h: f"<div>{HEAD}<ul><li>Nội dung</li><li>{h}</li></ul><p>{SAPO}</p>{form(PARAGRAPHS)}{box(h)}</div>",
}  # fmt: skip


def page(inner: str) -> bytes:
    return (
        f"<html><head><title>{TITLE}</title></head><body>{MENU}{inner}{FOOT}</body></html>".encode()
    )


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def faults(content: bytes, wanted: list[str], unwanted: list[str]) -> list[str]:
    """What is missing and what is too much in the reading of a page."""
    reading = read_page(Fetched(URL, SEEN, 200, (), content), PORTAL, expect="headline")
    if reading.article is None:
        return [f"refused {reading.refusal}"]
    got = plain(f"{reading.article.summary or ''}\n{reading.article.text}")
    return [f"lacks {p[:40]}" for p in wanted if plain(p) not in got] + [
        f"has {p[:40]}" for p in unwanted if plain(p) in got
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", PLACES)
def test_all_of_the_text_and_none_of_the_others(place: str, form: str) -> None:
    found = {
        heading: wrong
        for heading in HEADINGS
        if (wrong := faults(page(PLACES[place](FORMS[form], heading)), [SAPO, *PARAGRAPHS], OTHERS))
    }
    assert found == {}
