"""Lists as portals print them: headline, address, and the date that stands beside it."""

from __future__ import annotations

import pytest

from crawler.extract.blocks import parse
from crawler.extract.list_entries import read_entries

URL = "https://sokhcn.example.vn/tin-tuc"
ONE = "Hội nghị tổng kết công tác khoa học năm 2014"
TWO = "Nghiệm thu đề tài giống lúa chịu hạn tại huyện Lục Yên"


def entries(html):
    tree = parse(f"<html><body>{html}</body></html>")
    return [(e.url.rpartition("/")[2], e.title, e.printed) for e in read_entries(tree, URL)]


@pytest.mark.parametrize(
    ("html", "dates"),
    [
        # Behind the headline, in brackets; before it; on a line of its own below it.
        (f"<li><a href=/t/1>{ONE}</a> (12/03/2014)</li><li><a href=/t/2>{TWO}</a> (10/03/2014)</li>",
         ["12/03/2014", "10/03/2014"]),
        (f"<tr><td>12-03-2014</td><td><a href=/t/1>{ONE}</a></td></tr>", ["12-03-2014"]),
        (f"<div><h3><a href=/t/1>{ONE}</a></h3><p class=d>Cập nhật: 08:30 12/03/2014</p><p>Sapo.</p></div>"
         f"<div><h3><a href=/t/2>{TWO}</a></h3><p class=d>Cập nhật: 09:00 13/03/2014</p></div>",
         ["08:30 12/03/2014", "09:00 13/03/2014"]),
        # Entries without elements of their own.
        (f"<div><p><a href=/t/1>{ONE}</a></p><p>12/03/2014</p><p><a href=/t/2>{TWO}</a></p><p>13/03/2014</p></div>",
         ["12/03/2014", "13/03/2014"]),
        # The headline's own date, a teaser's, the page's clock: none of them is the entry's.
        ("<li><a href=/t/1>Kế hoạch ngày 12/03/2014 của Sở</a></li>", [None]),
        (f"<li><a href=/t/1>{ONE}</a><p>Ngày 12/3/2014, Sở Khoa học và Công nghệ đã tổ chức hội nghị.</p></li>", [None]),
        (f"<div>Thứ năm, 18/07/2024</div><ul><li><a href=/t/1>{ONE}</a></li><li><a href=/t/2>{TWO}</a></li></ul>",
         [None, None]),
    ],
)  # fmt: skip
def test_dates_beside_headlines(html, dates):
    assert [printed for _, _, printed in entries(html)] == dates


def test_the_whole_headline():
    """The longest of several links; what an attribute says of one that was cut off or is a picture."""
    html = (
        f'<li><a href=/t/1><img alt="{ONE}"></a><a href=/t/1>{ONE}</a><a href=/t/1>Xem tiếp</a></li>'
        f'<li><a href=/t/2 title="{TWO}">{TWO[:30]}...</a></li>'
        '<li><a href="javascript:x">Đóng cửa sổ này lại ngay</a><a href="#a">Lên đầu trang này nhé</a></li>'
    )
    assert [(name, title) for name, title, _ in entries(html)] == [("1", ONE), ("2", TWO)]
