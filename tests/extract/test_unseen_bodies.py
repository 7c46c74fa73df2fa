"""Bodies in the shapes of sites that nobody has seen: all of the text is kept, nothing around it taken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape

import pytest

from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.registry.unknown_portal import portal_by_page

SEEN = "2024-07-18T03:00:00Z"
URL = "https://khcn.example.vn/tin-tuc/ra-mat-mang-luoi-co-van-khoi-nghiep-cua-tinh"
TITLE = "Ra mắt mạng lưới cố vấn khởi nghiệp của tỉnh"
SAPO = "Chiều 20/6, Sở Khoa học và Công nghệ phối hợp với Tỉnh đoàn ra mắt mạng lưới cố vấn khởi nghiệp."
TEXT = [
    "Mạng lưới ban đầu có hai mươi bốn thành viên là chủ doanh nghiệp, nhà khoa học, giảng viên và chuyên gia tài chính.",
    "Mỗi cố vấn nhận đồng hành cùng ít nhất hai nhóm khởi nghiệp trong một năm, gặp nhau mỗi tháng một lần.",
    "Các nhóm được giúp hoàn thiện mô hình kinh doanh, tiếp cận vốn và đăng ký bảo hộ nhãn hiệu.",
    "Tại buổi ra mắt, ba nhóm đã giới thiệu sản phẩm từ mật ong, măng khô và vải dệt thủ công.",
    "Ban điều hành sẽ đánh giá kết quả vào cuối năm và công bố danh sách nhóm được hỗ trợ tiếp.",
]
OTHERS = [
    "Kiểm tra an toàn bức xạ tại các bệnh viện trên địa bàn tỉnh",
    "Hội thảo chuyển giao kỹ thuật trồng nấm cho hội viên phụ nữ",
    "Thông báo tuyển chọn tổ chức chủ trì nhiệm vụ cấp tỉnh năm tới",
    "Bế mạc lớp bồi dưỡng quản lý nhà nước về đo lường, chất lượng",
]
TEASERS = [
    "Đoàn kiểm tra liên ngành đã làm việc với tám cơ sở có sử dụng thiết bị chụp chiếu trong tuần qua.",
    "Hơn một trăm hội viên được hướng dẫn cách làm phôi, treo giàn và thu hái nấm sò, nấm mộc nhĩ.",
]
COMMENTS = [
    "Bài viết rất hay, mong rằng các bạn trẻ ở quê tôi sẽ được tham gia chương trình này.",
    "Tôi có dự án nuôi dúi muốn được tư vấn thì liên hệ với ai, xin cho biết số điện thoại ạ?",
    "Chúc mừng các nhóm khởi nghiệp, hy vọng sản phẩm sớm có mặt ở các siêu thị lớn trong nước.",
]


def ps(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def links(items: list[str] = OTHERS) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="/b/{n}">{t}</a></li>' for n, t in enumerate(items))
        + "</ul>"
    )


MENU = links(["Trang chủ", "Giới thiệu", "Tin tức sự kiện", "Văn bản", "Hỏi đáp", "Liên hệ"])
FOOT = (
    "<footer><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh</p><p>Địa chỉ: số 5 đường Trần Phú, thành phố Yên Bái,"
    " tỉnh Yên Bái</p><p>Điện thoại: 0216 000 000 - Email: vp@example.vn</p></footer>"
)
HEAD = f"<h1>{TITLE}</h1><div class=t>20/06/2024 16:05</div>"
RELATED = f"<div class=q9><h3>Tin liên quan</h3>{links()}</div>"
AD = '<div class="zz"><a href="https://ad.example.com/x"><img src="/ad.gif"></a></div>'
SHAPES: dict[str, Callable[[], str | tuple[str, list[str], list[str]]]] = {}
Shape = Callable[[], str | tuple[str, list[str], list[str]]]


def shape(draw: Shape) -> Shape:
    SHAPES[draw.__name__] = draw
    return draw


def nested(inner: str, deep: int, cell: str = "<table><tr><td>{}</td></tr></table>") -> str:
    for _ in range(deep):
        inner = cell.format(inner)
    return inner


@shape
def divs_with_ads_between() -> str:
    body = AD.join(f"<div>{line}</div>" for line in TEXT)
    return f"<div><div>{MENU}</div><div>{HEAD}<div>{SAPO}</div>{body}</div>{RELATED}</div>{FOOT}"


@shape
def broken_lines_in_a_cell() -> str:
    return f"<table><tr><td>{MENU}</td><td>{HEAD}{SAPO}<br><br>{'<br><br>'.join(TEXT)}<br>{RELATED}</td></tr></table>{FOOT}"


@shape
def cell_eight_deep() -> str:
    return (
        nested(
            f"<table><tr><td>{MENU}</td></tr><tr><td>{HEAD}</td></tr><tr><td>{ps([SAPO, *TEXT])}</td></tr><tr><td>{RELATED}</td></tr></table>",
            8,
        )
        + FOOT
    )


@shape
def a_row_a_paragraph() -> str:
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in [SAPO, *TEXT])
    return nested(f"<table><tr><td>{HEAD}</td></tr>{rows}</table>{RELATED}", 5) + FOOT


@shape
def split_in_sibling_boxes() -> str:
    boxes = "".join(
        f"<section class=part><div class=in>{ps([line])}</div></section>" for line in TEXT
    )
    return f"<div>{MENU}</div><main>{HEAD}<div class=lead>{SAPO}</div>{boxes}</main>{RELATED}{FOOT}"


@shape
def split_in_two_with_a_box_between() -> str:
    return f"<div>{HEAD}<div>{ps([SAPO, *TEXT[:2]])}</div>{RELATED}<div>{ps(TEXT[2:])}</div></div><div>{links()}</div>{FOOT}"


@shape
def portlets() -> str:
    return (
        f"<div class=portlet-layout><div class=portlet-column><div class=portlet-boundary><section class=portlet><div class=portlet-content>{MENU}</div></section></div></div>"
        f"<div class=portlet-column><div class=portlet-boundary><section class=portlet><div class=portlet-content>{HEAD}<div class=abs>{SAPO}</div>{ps(TEXT)}</div></section></div>"
        f"<div class=portlet-boundary><section class=portlet><h2>Các tin khác</h2>{links()}</section></div></div></div>{FOOT}"
    )


@shape
def page_builder() -> str:
    def widget(inner: str) -> str:
        return f'<div class="elementor-element elementor-widget"><div class="elementor-widget-container">{inner}</div></div>'

    body = "".join(widget(f"<p>{line}</p>") for line in [SAPO, *TEXT])
    return f'{MENU}<div class="elementor"><section class="elementor-section"><div class="elementor-column">{widget(HEAD)}{body}</div></section><section class="elementor-section">{widget(RELATED)}</section></div>{FOOT}'


@shape
def blogger() -> str:
    return f'<div class="main section"><div class="widget Blog"><div class="blog-posts hfeed"><div class="post hentry"><h3 class="post-title entry-title">{TITLE}</h3><div class="post-body entry-content">{SAPO}<div><br></div>{"".join(f"<div>{t}</div><div><br></div>" for t in TEXT)}</div><div class="post-footer">Đăng bởi Admin vào lúc 16:05</div></div></div></div></div><div class="sidebar section"><h2>Bài đăng phổ biến</h2>{links()}</div>{FOOT}'


@shape
def react() -> str:
    def deep(inner: str) -> str:
        return f'<div class="css-1a"><div class="css-2b"><div class="css-3c"><span class="css-4d">{inner}</span></div></div></div>'

    return f'<div id="__next">{deep("Trang chủ")}<div class="css-7">{HEAD}{deep(SAPO)}{"".join(deep(t) for t in TEXT)}</div><div class="css-8">{RELATED}</div></div>{FOOT}'


@shape
def amp() -> str:
    return f'<amp-sidebar id=s>{MENU}</amp-sidebar><article>{HEAD}<div class="amp-sapo">{SAPO}</div><amp-img src="/a.jpg"></amp-img>{"".join(f"<p>{t}</p><amp-ad></amp-ad>" for t in TEXT)}</article><section>{RELATED}</section>{FOOT}'


@shape
def lists_only() -> str:
    return f"<div>{MENU}</div><div>{HEAD}<ul>{''.join(f'<li>{line}</li>' for line in [SAPO, *TEXT])}</ul></div>{RELATED}{FOOT}"


@shape
def definition_list() -> tuple[str, list[str], list[str]]:
    pairs = [("Đối tượng", TEXT[0]), ("Thời gian", TEXT[1]), ("Hỗ trợ", TEXT[2])]
    rows = "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in pairs)
    return (
        f"<div>{MENU}</div><div>{HEAD}<dl>{rows}</dl></div>{RELATED}{FOOT}",
        [p for pair in pairs for p in pair],
        OTHERS,
    )


@shape
def table_only() -> tuple[str, list[str], list[str]]:
    cells = [
        (str(n), f"Nhóm dự án số {n} của huyện vùng cao", f"{n * 15} triệu đồng")
        for n in range(1, 7)
    ]
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in cells)
    table = f"<table border=1><tr><th>STT</th><th>Tên nhóm</th><th>Kinh phí</th></tr>{rows}</table>"
    return (
        f"<div>{MENU}</div><div>{HEAD}<div>{table}</div></div>{RELATED}{FOOT}",
        [" ".join(row) for row in cells] + ["Kinh phí"],
        OTHERS,
    )


@shape
def one_sentence_and_a_file() -> tuple[str, list[str], list[str]]:
    return (
        f'<div>{MENU}</div><div>{HEAD}<div>{SAPO}</div><div>Tệp đính kèm: <a href="/f/kh-12.pdf">kh-12.pdf</a></div></div>{RELATED}{FOOT}',
        [SAPO],
        OTHERS,
    )


@shape
def captions_only() -> tuple[str, list[str], list[str]]:
    figures = "".join(
        f"<figure><img src=/a/{n}.jpg><figcaption>{line}</figcaption></figure>"
        for n, line in enumerate(TEXT)
    )
    return (
        f"<div>{MENU}</div><div>{HEAD}<div class=gallery>{figures}</div></div>{RELATED}{FOOT}",
        TEXT,
        OTHERS,
    )


@shape
def question_and_answer() -> tuple[str, list[str], list[str]]:
    asked = "Nhóm của tôi chưa thành lập công ty thì có được mạng lưới nhận hỗ trợ hay không?"
    return (
        f"<div>{MENU}</div><div>{HEAD}<div class=hoi><b>Câu hỏi:</b> {asked}</div><div class=dap><b>Trả lời:</b>{ps(TEXT[:3])}</div></div>{RELATED}{FOOT}",
        [asked, *TEXT[:3]],
        OTHERS,
    )


@shape
def column_longer_than_the_article() -> tuple[str, list[str], list[str]]:
    side = "".join(
        f'<div class=i><a href="/c/{n}">{t}</a><p>{TEASERS[n % 2]}</p></div>'
        for n, t in enumerate(OTHERS * 4)
    )
    return (
        f"<div class=row><div class=c8>{HEAD}{ps([SAPO, *TEXT[:2]])}</div><div class=c4>{side}</div></div>{FOOT}",
        [SAPO, *TEXT[:2]],
        [*OTHERS, *TEASERS],
    )


@shape
def comments_longer_than_the_article() -> tuple[str, list[str], list[str]]:
    told = "".join(
        f"<li><div class=by>Bạn đọc {n}</div><div class=when>21/06/2024</div><p>{COMMENTS[n % 3]}</p><a href=#r>Trả lời</a></li>"
        for n in range(9)
    )
    return (
        f'<div>{MENU}</div><div>{HEAD}{ps([SAPO, *TEXT[:3]])}</div><div class="binh-luan"><h3>Bình luận (9)</h3><ol>{told}</ol></div>{FOOT}',
        [SAPO, *TEXT[:3]],
        COMMENTS,
    )


@shape
def comments_without_a_name() -> tuple[str, list[str], list[str]]:
    told = "".join(
        f"<div><b>Bạn đọc {n}</b> <i>21/06/2024</i><div>{COMMENTS[n % 3]}</div><a href=#r>Trả lời</a></div>"
        for n in range(5)
    )
    return (
        f"<div>{MENU}</div><div>{HEAD}{ps([SAPO, *TEXT])}<h3>Ý kiến bạn đọc</h3>{told}</div>{FOOT}",
        [SAPO, *TEXT],
        COMMENTS,
    )


@shape
def cookie_banner() -> tuple[str, list[str], list[str]]:
    cookie = "Trang này dùng cookie để ghi nhớ lựa chọn của bạn và thống kê lượt truy cập. Bạn có thể từ chối bất cứ lúc nào."
    return (
        f'<div class="ck"><p>{cookie}</p><a href=#>Đồng ý</a></div><div>{MENU}</div><div>{HEAD}{ps([SAPO, *TEXT])}</div>{RELATED}{FOOT}',
        [SAPO, *TEXT],
        [cookie, *OTHERS],
    )


@shape
def next_articles_below() -> tuple[str, list[str], list[str]]:
    more = "".join(
        f'<article class=n><h2><a href="/d/{n}">{t}</a></h2>{ps(TEASERS)}</article>'
        for n, t in enumerate(OTHERS[:3])
    )
    return (
        f"<div>{MENU}</div><article class=n><h1>{TITLE}</h1><span>20/06/2024</span>{ps([SAPO, *TEXT])}</article>{more}{FOOT}",
        [SAPO, *TEXT],
        [*OTHERS[:3], *TEASERS],
    )


@shape
def related_above_the_body() -> str:
    return f"<div>{MENU}</div><div>{HEAD}<p class=sp>{SAPO}</p><div class=rl>{links(OTHERS[:3])}</div><div>{ps(TEXT)}</div></div>{FOOT}"


@shape
def whole_body_in_ms_hide() -> str:
    return f'<div>{MENU}</div><div>{HEAD}<div class="ms-hide">{ps([SAPO, *TEXT])}</div></div>{RELATED}{FOOT}'


@shape
def whole_body_not_displayed() -> str:
    return f'<div>{MENU}</div><div>{HEAD}<div style="display:none" id=ct>{ps([SAPO, *TEXT])}</div></div>{RELATED}{FOOT}'


@shape
def whole_page_transparent_until_loaded() -> str:
    return f'<div style="opacity:0" class=wrap><div>{MENU}</div><div>{HEAD}{ps([SAPO, *TEXT])}</div>{RELATED}</div>{FOOT}'


@shape
def hidden_tab() -> str:
    return f'<div>{MENU}</div><div>{HEAD}<ul><li>Nội dung</li><li>Ảnh</li></ul><div class="tab-pane hide">{ps([SAPO, *TEXT])}</div></div>{RELATED}{FOOT}'


@shape
def hidden_login_beside_an_article() -> tuple[str, list[str], list[str]]:
    login = (
        "Vui lòng nhập tên đăng nhập và mật khẩu được cấp để sử dụng các dịch vụ trực tuyến của Sở."
    )
    return (
        f'<div class="hide"><p>{login}</p></div><div>{MENU}</div><div>{HEAD}{ps([SAPO, *TEXT])}</div>{RELATED}{FOOT}',
        [SAPO, *TEXT],
        [login, *OTHERS],
    )


@shape
def web_parts_marked_noindex() -> str:
    return f'<div id="s4-workspace"><div class="ms-WPBody noindex">{MENU}</div><div class="ms-WPBody noindex"><div>{HEAD}</div><div>{ps([SAPO, *TEXT])}</div></div><div class="ms-WPBody noindex">{RELATED}</div></div>{FOOT}<script src="/_layouts/15/init.js"></script>'


@shape
def sapo_in_a_heading() -> str:
    return f"<div>{MENU}</div><div>{HEAD}<h2>{SAPO}</h2>{ps(TEXT)}</div>{RELATED}{FOOT}"


@shape
def body_in_headings() -> str:
    return f"<div>{MENU}</div><div>{HEAD}<h4>{SAPO}</h4>{''.join(f'<h4>{line}</h4>' for line in TEXT)}</div>{RELATED}{FOOT}"


@shape
def body_in_spans() -> str:
    return f"<div>{MENU}</div><div>{HEAD}<span>{SAPO}</span><br>{'<br>'.join(f'<span>{line}</span>' for line in TEXT)}</div>{RELATED}{FOOT}"


@shape
def body_in_an_address() -> str:
    return (
        f"<div>{MENU}</div><div>{HEAD}<address>{ps([SAPO, *TEXT])}</address></div>{RELATED}{FOOT}"
    )


@shape
def body_in_a_form() -> str:
    return f"<form id=aspnetForm><input type=hidden name=__VIEWSTATE value=x><div>{MENU}</div><div>{HEAD}{ps([SAPO, *TEXT])}</div>{RELATED}{FOOT}</form>"


@shape
def wrapper_called_sidebar() -> str:
    return f'<div class="has-sidebar main"><div>{MENU}</div><div class="no-sidebar">{HEAD}{ps([SAPO, *TEXT])}</div>{RELATED}</div>{FOOT}'


@shape
def wrapper_called_widget() -> str:
    return f'<div class="widget-area"><div class="widget widget-news-detail">{HEAD}<div class="widget-body">{ps([SAPO, *TEXT])}</div></div></div>{RELATED}{FOOT}'


@shape
def pictures_with_captions_between() -> str:
    body = "".join(
        f"<p>{line}</p><p><img src=/{n}.jpg></p><p><i>Ảnh {n}: quang cảnh buổi lễ</i></p>"
        for n, line in enumerate(TEXT)
    )
    return f"<div>{MENU}</div><div>{HEAD}<p>{SAPO}</p>{body}</div>{RELATED}{FOOT}"


@shape
def paragraphs_full_of_links() -> str:
    body = "".join(f'<p>{line[:30]}<a href="/k">{line[30:60]}</a>{line[60:]}</p>' for line in TEXT)
    return f"<div>{MENU}</div><div>{HEAD}<p>{SAPO}</p>{body}</div>{RELATED}{FOOT}"


@shape
def column_of_notices_first() -> str:
    notices = "".join(f"<p><a href=/n{n}>{t}</a></p>" for n, t in enumerate(OTHERS))
    return f"<table><tr><td><b>THÔNG BÁO</b>{notices}<b>Tin mới nhất</b>{links()}</td><td>{HEAD}{ps([SAPO, *TEXT])}</td></tr></table>{FOOT}"


@shape
def footer_in_the_articles_cell() -> str:
    return f"<table><tr><td>{HEAD}{ps([SAPO, *TEXT])}<hr>Bản quyền © 2024 Sở Khoa học và Công nghệ<br>Địa chỉ: số 5 đường Trần Phú</td></tr></table>"


@shape
def editors_box_quote() -> str:
    return f"<div>{MENU}</div><div>{HEAD}{ps([SAPO, TEXT[0]])}<table><tr><td>{ps([TEXT[1]])}</td></tr></table><blockquote>{TEXT[2]}</blockquote>{ps(TEXT[3:])}</div>{RELATED}{FOOT}"


def declared() -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": " ".join([SAPO, *TEXT])}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def drawn() -> Iterator[tuple[str, str, list[str], list[str]]]:
    for name, draw in SHAPES.items():
        told = draw()
        inner, wanted, unwanted = told if isinstance(told, tuple) else (told, [SAPO, *TEXT], OTHERS)
        yield name, inner, wanted, unwanted


PAGES = list(drawn())


def page(inner: str, head: str = "") -> bytes:
    title = f"<title>{escape(TITLE)} - Cổng thông tin</title>"
    return f"<!DOCTYPE html><html><head>{title}{head}</head><body>{inner}</body></html>".encode()


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize(
    ("inner", "wanted", "unwanted"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES]
)
@pytest.mark.parametrize("head", ["", declared()], ids=["bare", "declared"])
def test_all_of_the_body_and_nothing_else(
    inner: str, wanted: list[str], unwanted: list[str], head: str
) -> None:
    content = page(inner, head)
    fetched = Fetched(URL, SEEN, 200, (), content)
    reading = read_page(fetched, portal_by_page(fetched), expect="headline")
    assert reading.article is not None, reading.refusal
    got = plain(f"{reading.article.summary or ''}\n{reading.article.text}")
    assert [line for line in wanted if plain(line) not in got] == []
    assert [line for line in unwanted if plain(line) in got] == []


IMPRINTS = (
    "<p>CỔNG THÔNG TIN ĐIỆN TỬ SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH MẪU</p><p>Địa chỉ: Số 12 đường Mẫu, phường "
    "Mẫu Sơn, tỉnh Mẫu - Điện thoại: (0200) 3123456; Fax: (0200) 3123457;</p><p>Bộ phận tiếp nhận và trả kết "
    "quả (Một cửa): (0200) 3123458; Email: tiepnhan@mau.example.vn</p>",
    "<div>Cơ quan chủ quản: Ủy ban nhân dân tỉnh Mẫu, số 1 đường Mẫu, phường Mẫu Sơn, tỉnh Mẫu</div>"
    "<div>Chịu trách nhiệm nội dung: Ban biên tập cổng thông tin, phòng Hành chính tổng hợp của Sở</div>"
    "<div>Điện thoại: 0200.3123456 - E-mail: toasoan@mau.example.vn - Fax: 0200.3123457, máy lẻ 12</div>",
)


@pytest.mark.parametrize("imprint", IMPRINTS)
def test_whose_site_it_is_is_no_article(imprint: str) -> None:
    """A page that a script fills shows nothing else."""
    content = page(
        f'<h1>Hiển thị Media</h1><div id="player"></div><div class="b">{imprint}</div>', ""
    )
    fetched = Fetched(URL, SEEN, 200, (), content)
    reading = read_page(fetched, portal_by_page(fetched), expect="headline")
    assert reading.article is None, reading.article
