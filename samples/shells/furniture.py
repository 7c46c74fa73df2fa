"""Furniture that all shells share: what the survey of real portals found around articles."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from samples.articles import SampleArticle

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
TODAY = "Thứ sáu, 20/06/2025"
WEATHER = (
    '<div class="weather"><div>31oC</div><div>Thấp nhất 26°C, cao nhất 34°C. Trời nhiều mây, . '
    "Áp suất không khí hPa.<br>Độ ẩm trung bình %. Tốc độ gió km/h</div></div>"
)
SITE_COUNTER = (
    '<div class="thong-ke"><h4>Thống kê truy cập</h4><p>Đang online: 37</p><p>Hôm nay: 1.204</p>'
    "<p>Tổng lượt truy cập: 2.616.333</p></div>"
)
FOOTER = (
    '<div id="footer" class="footer"><p>Bản quyền thuộc: Sở Khoa học và Công nghệ</p>'
    "<p>Chịu trách nhiệm chính: Giám đốc Sở</p><p>Địa chỉ: số 1 đường Mẫu; Điện thoại: 0200.3.000.000; "
    "Email: mau@example.vn</p></div>"
)
TOOLBAR = '<div class="toolbar"><a href="#">A-</a> <a href="#">A</a> <a href="#">A+</a> | <a href="#">Tăng tương phản</a> <a href="#">Giảm tương phản</a></div>'
SHARE = '<div class="share"><span>Chia sẻ bài viết lên facebook</span> <a href="#">Facebook</a> <a href="#">Zalo</a> <a href="#">In trang</a></div>'


def menu(links: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for url, name in links)
    return f'<div id="menu" class="menu"><ul>{items}</ul></div>'


def related(articles: Iterable[SampleArticle], address: dict[int, str], heading: str) -> str:
    """Other articles with their dates, as they stand under an article."""
    items = "".join(
        f'<li><a href="{escape(address[a.id])}">{escape(a.title)}</a> '
        f"({a.published.strftime('%d/%m/%Y')})</li>"
        for a in articles
    )
    return f'<div class="tin-khac"><h4>{heading}</h4><ul>{items}</ul></div>'


def page(title: str, body: str, *, head: str = "", description: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{head}</head><body>{body}</body></html>"
    )
