"""Whose a page is: an office's, or of whoever bought its domain."""

from __future__ import annotations

import pytest

from crawler.extract.rescued import look_again
from crawler.items import Article, Fetched, Reading
from samples.sold import bets, quiet

OFFICE = "<footer>Cơ quan chủ quản: Ủy ban nhân dân tỉnh. Sở Khoa học và Công nghệ</footer>"
FIGHT = (
    "<p>Sở Khoa học và Công nghệ phối hợp với Công an tỉnh tuyên truyền phòng chống cá cược và casino trực tuyến; "
    "nhiều nhà cái, game bài đổi thưởng núp bóng trang tin đã bị chặn.</p>"
)
LINKS = (
    "<div>"
    + "".join(f'<a href="http://x{n}.vn">nhà cái casino nổ hũ {n}</a> ' for n in range(40))
    + "</div>"
)
NEWS = "<p>Sáng nay, Sở tổ chức hội nghị giao ban; các phòng báo cáo kết quả quý và bàn việc quý tới.</p>"


def page(inner, title="Tin tức"):
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{inner}</body></html>"
    )


def read(html, *, sold_by_then=False):
    reading = Reading(article=Article("https://a.vn/1", "1", title="x", text="y"))
    fetched = Fetched("https://a.vn/1", "2023-01-01T00:00:00Z", 200, (), html.encode())
    look_again(reading, fetched, sold_by_then=sold_by_then)
    return reading.refusal.reason if reading.refusal else None


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        (bets(), "parked"),
        (
            page("<p>Judi slot gacor maxwin, bandar togel.</p>" * 3, "Situs slot terpercaya"),
            "parked",
        ),
        (page("<p>最新彩票 娱乐城 百家乐 博彩 网站</p>" * 3, "博彩"), "parked"),
        (page("<p>Welcome</p>", "sokhcn.vn - Domain for sale"), "parked"),
        (page("<p>Xin liên hệ</p>", "Tên miền này đang được rao bán"), "parked"),
        (quiet(), None),
        (page(NEWS + OFFICE), None),
        (page(FIGHT * 2 + OFFICE), None),
        (page(NEWS + LINKS + OFFICE), None),  # links that somebody smuggled in
    ],
)
def test_whose_page(html, refused):
    assert read(html) == refused


@pytest.mark.parametrize(
    ("html", "refused"), [(quiet(), "parked"), (page(NEWS + OFFICE), None), (bets(), "parked")]
)
def test_where_the_domain_is_known_to_be_sold(html, refused):
    assert read(html, sold_by_then=True) == refused
