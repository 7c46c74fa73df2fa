"""What a text says is kept as it is printed: exponents, tables, lists of links, counters left out."""

from __future__ import annotations

import pytest

from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Markup, Portal

SEEN = "2024-07-18T03:00:00Z"
URL = "https://khcn.example.vn/tin/do-kiem-chat-luong-nuoc-ho-7.html"
TITLE = "Đo kiểm chất lượng nước hồ chứa trên địa bàn tỉnh"
FIRST = "Trung tâm Kỹ thuật tiêu chuẩn đo lường vừa lấy mẫu nước tại mười hai hồ chứa trong tỉnh."
LAST = "Kết quả được gửi các huyện để khuyến cáo người dân trong mùa khô sắp tới."
MENU = "<ul>" + "".join(f"<li><a href=/{n}>Mục {n}</a></li>" for n in range(6)) + "</ul>"


def read(inner: str, prune: tuple[str, ...] = (), body: tuple[str, ...] = ()):
    portal = Portal(
        "x", "yen_bai", "Sở Khoa học và Công nghệ", ("khcn.example.vn",),
        markup=Markup(prune=prune, body=body),
    )  # fmt: skip
    page = (
        f"<html><head><title>{TITLE}</title></head><body>{MENU}<div><h1>{TITLE}</h1><span>18/07/2024"
        f"</span><div class=nd><p>{FIRST}</p>{inner}<p>{LAST}</p></div></div></body></html>"
    )
    return read_page(Fetched(URL, SEEN, 200, (), page.encode()), portal, expect="article").article


def between(inner: str) -> list[str]:
    article = read(inner)
    assert article is not None
    lines = article.text.split("\n")
    assert (lines[0], lines[-1]) == (FIRST, LAST)
    return lines[1:-1]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("10<sup>6</sup> CFU", "10⁶ CFU"),
        ("10<sup>-3</sup> mg", "10⁻³ mg"),
        ("10<sup>−3</sup> mg", "10⁻³ mg"),
        ("10<sup><b>12</b></sup> hạt", "10¹² hạt"),
        ("10<sup> 4 </sup>tế bào", "10⁴tế bào"),
        ("120<sup>1</sup> tấn", "120¹ tấn"),
        ("120<sup><a href='#f1'>1</a></sup> tấn", "120¹ tấn"),
        ("(a + b)<sup>2</sup>", "(a + b)²"),
        ("theo báo cáo<sup>3</sup> của Sở", "theo báo cáo³ của Sở"),
        ("theo báo cáo<sup>[3]</sup> của Sở", "theo báo cáo[3] của Sở"),
        ("x<sup>2</sup> + y<sup>2</sup>", "x² + y²"),
        ("5m<sup>2</sup>", "5m2"),
        ("5 m<sup>3</sup>/giây", "5 m3/giây"),
        ("12 km<sup>2</sup>", "12 km2"),
        ("CO<sub>2</sub>", "CO2"),
        ("H<sub>2</sub>O", "H2O"),
        ("25<sup>o</sup>C", "25oC"),
        ("8<sup>h</sup>30<sup>'</sup>", "8h30'"),
        ("log<sub>2</sub>8", "log28"),
        ("số 101<sub>2</sub> trong máy", "số 101₂ trong máy"),
        ("PM<sub>2.5</sub>", "PM2.5"),
        ("ngày 1<sup>st</sup>", "ngày 1st"),
    ],
)
def test_what_stands_raised(html: str, line: str) -> None:
    assert between(f"<p>Mẫu nước có {html} là đạt.</p>") == [f"Mẫu nước có {line} là đạt."]


ROWS = [("Hồ", "Độ đục"), ("Bản Sen", "1,2"), ("Nà Lăng", "0,9"), ("Khe Vải", "2,4")]
PRINTED = [" | ".join(row) for row in ROWS]


def rows(cell: str = "{}", first: str = "td") -> str:
    return "".join(
        "<tr>" + "".join(f"<{first if n == 0 else 'td'}>{cell.format(c)}</{first if n == 0 else 'td'}>" for c in row) + "</tr>"
        for n, row in enumerate(ROWS)
    )  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{rows()}</table>",
        f"<table border=1>{rows(first='th')}</table>",
        f"<table><thead>{rows(first='th')}</thead></table>",
        f"<table>{rows('<p>{}</p>')}</table>",
        f"<table>{rows('<div><span>{}</span></div>')}</table>",
        f"<table>{rows('<table><tr><td>{}</td></tr></table>')}</table>",
        f"<table><tr><td><table>{rows()}</table></td></tr></table>",
        f"<table><tr><td><table><tr><td><table>{rows(first='th')}</table></td></tr></table></td></tr></table>",
        f"<table><tr><td>&nbsp;</td><td><table>{rows()}</table></td></tr></table>",
        f"<div class='table-responsive'><table>{rows()}</table></div>",
        f"<figure><table>{rows()}</table></figure>",
        f"<center><table><caption></caption>{rows()}</table></center>",
    ],
)
def test_a_tables_rows_are_lines(table: str) -> None:
    assert between(table) == PRINTED


LINKS = [
    "Kế hoạch quan trắc chất lượng nước các hồ chứa năm 2024",
    "Quyết định ban hành quy trình lấy mẫu nước mặt",
    "Bản đồ vị trí các điểm lấy mẫu nước trong tỉnh",
]


@pytest.mark.parametrize(
    "listed",
    [
        "<ul>"
        + "".join(f"<li><a href=/vb/{n}>{t}</a></li>" for n, t in enumerate(LINKS))
        + "</ul>",
        "<ol>"
        + "".join(f"<li><a href=/vb/{n}>{t}</a></li>" for n, t in enumerate(LINKS))
        + "</ol>",
        "".join(f"<p><a href=/vb/{n}>{t}</a></p>" for n, t in enumerate(LINKS)),
        "".join(f"<div><a href=/vb/{n}>{t}</a></div>" for n, t in enumerate(LINKS)),
    ],
)
@pytest.mark.parametrize(
    "said", ["Các văn bản liên quan đến đợt này gồm:", "Người dân có thể xem tại các tài liệu sau:"]
)
def test_links_that_a_sentence_announces_stay(listed: str, said: str) -> None:
    more = f"<p>{FIRST[:60]} đợt hai.</p>" * 3
    assert between(f"{more}<p>{said}</p>{listed}")[3:] == [said, *LINKS]


@pytest.mark.parametrize(
    "line",
    [
        "Số lượt người xem: 12", "Số lượt người xem : Bản in", "Thích 0", "Thích 27+", "Chia sẻ 3", "Like 1.2k",
        "Bình luận (0)", "Xem chi tiết tại đây", "Xem chi tiết Tại đây", "Xem chi tiết", "Xem nội dung chi tiết tại file đính kèm",
        "Comments are closed.", "Bình luận đã bị đóng", "Nhận xét đã đóng.", "Lượt truy cập: 1.024", "Tổng số lượt xem: 88",
    ],
)  # fmt: skip
def test_counters_and_buttons_go(line: str) -> None:
    assert between(f"<div>{line}</div>") == []


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem của trang tăng gấp đôi.", "Người dân thích mẫu nước trong.", "Xem chi tiết bảng giá ở trang sau.",
        "Chia sẻ kinh nghiệm bảo vệ hồ.", "Bình luận về kết quả, ông An nói:", "Số lượt người dân đến lấy nước tăng.",
    ],
)  # fmt: skip
def test_sentences_that_begin_like_buttons_stay(line: str) -> None:
    assert between(f"<p>{line}</p>") == [line]


LONG = f"<p>{FIRST} {LAST}</p>" * 3


@pytest.mark.parametrize(
    ("prune", "inner", "refused"),
    [
        ((".noindex",), f"<div class=noindex>{LONG}</div>", True),
        ((".tool",), f"<div class=tool><div>{LONG}</div></div>", True),
        ((".tool",), "<div class=tool><a href=#>In</a> <a href=#>Gửi</a></div>", False),
        ((".tool",), "<div class=tool><p>Thông báo ngắn của ban biên tập về việc nâng cấp trang tin điện tử.</p></div>", False),
        (("#comments",), f"<div id=comments>{LONG}</div>", False),
        ((".comment-wrapper",), f"<div class=comment-wrapper>{LONG * 4}</div>", False),
    ],
)  # fmt: skip
def test_a_prune_that_takes_the_text_is_refused(
    prune: tuple[str, ...], inner: str, refused: bool
) -> None:
    article = read(inner, prune=prune, body=(".nd",))
    assert article is not None
    assert any(note.startswith(f"prune_refused: {prune[0]}") for note in article.notes) == refused
    assert (f"{FIRST} {LAST}" in article.text) == refused
    assert article.text.startswith(FIRST) and article.text.endswith(LAST)


def test_noscript_is_text_of_nobody() -> None:
    assert (
        between("<noscript><p>Vui lòng bật JavaScript để xem bản đồ.</p><h1>X</h1></noscript>")
        == []
    )
