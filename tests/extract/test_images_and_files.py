"""Pictures and files: the article's own, with their own captions, and nothing of what is around it."""

from __future__ import annotations

import pytest

from crawler.extract.page import read_page
from crawler.items import Article, Fetched
from crawler.portals.model import Portal

PORTAL = Portal("x", "lang_son", "Sở Khoa học và Công nghệ tỉnh Lạng Sơn", ("khcn.example.vn",))
URL = "https://khcn.example.vn/tin/trong-hoi-12.html"
SEEN = "2024-07-18T03:00:00Z"
TITLE = (
    "<h1>Trồng thử nghiệm giống hồi ghép trên đất dốc</h1><div class=date>05/03/2024 08:15</div>"
)
ONE = "<p>Trung tâm Ứng dụng tiến bộ đã trồng thử nghiệm ba héc-ta hồi ghép trên đất dốc của xã vùng cao.</p>"
TWO = "<p>Sau hai năm cây sinh trưởng tốt, tỷ lệ sống đạt hơn chín mươi phần trăm, người dân yên tâm mở rộng.</p>"
THREE = "<p>Nhóm thực hiện sẽ bàn giao quy trình kỹ thuật cho hợp tác xã và theo dõi thêm trong ba vụ quả tới.</p>"
FOOT = "<div id=footer><p>Bản quyền thuộc về Sở Khoa học và Công nghệ tỉnh Lạng Sơn</p><img src=/chan.jpg></div>"


def read(inner: str, *, head: str = "", url: str = URL) -> Article:
    body = f"<html><head><meta charset=utf-8>{head}</head><body>{inner}</body></html>".encode()
    reading = read_page(Fetched(url, SEEN, 200, (("content-type", "text/html"),), body), PORTAL, expect="article")  # fmt: skip
    assert reading.article is not None, reading.refusal
    return reading.article


def within(picture: str) -> str:
    return f"<div class=khung>{TITLE}<div class=nd>{ONE}{picture}{TWO}{THREE}</div></div>{FOOT}"


HOST = "https://khcn.example.vn"
OWN = [
    ("plain", "<p><img src=/a.jpg></p>", "/a.jpg"),
    ("inline in a paragraph", "<p>Cây hai năm tuổi <img src=/a.jpg> trên sườn đồi phía tây.</p>", "/a.jpg"),
    ("relative", "<p><img src=anh/a.jpg></p>", "/tin/anh/a.jpg"),
    ("other host", "<p><img src=//cdn.example.vn/a.jpg></p>", "https://cdn.example.vn/a.jpg"),
    ("lazy", "<p><img src=/images/blank.gif data-src=/a.jpg></p>", "/a.jpg"),
    ("lazy, data uri", "<p><img src='data:image/gif;base64,R0lGOD' data-original=/a.jpg></p>", "/a.jpg"),
    ("lazy, other names", "<p><img src=/x/lazyload.png data-lazyload=/a.jpg></p>", "/a.jpg"),
    ("lazy and noscript", "<p><img data-lazy-src=/a.jpg><noscript><img src=/a.jpg></noscript></p>", "/a.jpg"),
    ("srcset alone", "<p><img srcset='/s.jpg 300w, /a.jpg 1200w, /m.jpg 600w'></p>", "/a.jpg"),
    ("srcset by density", "<p><img srcset='/s.jpg, /a.jpg 2x'></p>", "/a.jpg"),
    ("lazy srcset", "<p><img src=/img/placeholder.png data-srcset='/s.jpg 320w,/a.jpg 1024w'></p>", "/a.jpg"),
    ("comma in the address", "<p><img srcset='/w_300,h_200/a.jpg 2x'></p>", "/w_300,h_200/a.jpg"),
    ("picture with sources", "<picture><source srcset='/a.webp 2x'><img src=/a.jpg></picture>", "/a.jpg"),
    ("picture without img", "<picture><source srcset=/a.webp type=image/webp></picture>", "/a.webp"),
    ("picture, lazy img", "<picture><source srcset=/a.webp><img src='data:image/gif;base64,R0'></picture>", "/a.webp"),
    ("amp", "<p><amp-img src=/a.jpg width=4 height=3></amp-img></p>", "/a.jpg"),
    ("spaces", "<p><img src='/thư mục/ảnh 1.jpg'></p>", "/th%C6%B0%20m%E1%BB%A5c/%E1%BA%A3nh%201.jpg"),
    ("escaped already", "<p><img src='/anh%201.jpg'></p>", "/anh%201.jpg"),
    ("backslashes", "<p><img src='\\upload\\a.jpg'></p>", "/upload/a.jpg"),
    ("linked to itself", "<p><a href=/a.jpg><img src=/a.jpg></a></p>", "/a.jpg"),
    ("linked to its large form", "<p><a href=/lon/a.jpg><img src=/a-150x150.jpg></a></p>", "/a-150x150.jpg"),
    ("lightbox", "<p><a href='javascript:xem(1)'><img src=/a.jpg></a></p>", "/a.jpg"),
    ("its own page", "<p><a href='/?attachment_id=7'><img src=/a.jpg></a></p>", "/a.jpg"),
    ("lead picture", "<div class=detail__avatar><img class=avatar src=/a.jpg></div>", "/a.jpg"),
    ("in a table", "<table><tr><td><img src=/a.jpg></td></tr></table>", "/a.jpg"),
    ("wide", "<p><img src=/a.jpg width=600 height=400></p>", "/a.jpg"),
    ("styled", "<p><img src=/a.jpg style='width:600px;max-height:20px'></p>", "/a.jpg"),
    ("below buttons", "<div><a href=/in/12>In bài viết</a></div><p><img src=/a.jpg></p>", "/a.jpg"),
    ("in one part with the text below a link", "<ul><li><a href=/u>Cả nhà cùng xem</a></li></ul><div><img src=/a.jpg><p>Cây ghép cho quả sau bốn năm trồng trên đất dốc.</p></div>", "/a.jpg"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "picture", "address"), OWN)
def test_a_picture_in_the_text_is_the_articles_own(case: str, picture: str, address: str) -> None:
    wanted = address if "//" in address else HOST + address
    assert [image.url for image in read(within(picture)).images] == [wanted]


ICONS = [
    "<p><img src=/images/icon-pdf.png></p>", "<p><img src=/img/pdf.png></p>", "<p><img src=/a.jpg width=16></p>",
    "<p><img src=/a.jpg height=1></p>", "<p><img src=/a.jpg style='width:20px'></p>", "<p><img src=/img/new.gif></p>",
    "<p><img class=emoji src=/e/1f600.png></p>", "<p><img src=/images/spacer.gif></p>", "<p><img src=/img/hot2.gif></p>",
    "<p><img src='data:image/png;base64,AAAA'></p>", "<p><img src='file:///C:/anh.jpg'></p>", "<p><img></p>",
    "<p><img src=/counter.php?id=3></p>", "<p><img src=/_layouts/15/images/fgimg.png></p>", "<p><img src=/i/so-do.svg></p>",
    "<p><a href=/trang-khac.html><img src=/a.jpg></a></p>", "<p><a href=https://bo.example.vn/><img src=/a.jpg></a></p>",
    "<p><img src=/images/pdf_button.png></p>", "<p style='display:none'><img src=/a.jpg></p>", "<noscript><img src=/a.jpg></noscript>", "<p><img src=/no-image.png></p>",
    "<div class=social><img src=/chia-se.jpg></div>", "<div class=related-box><img src=/a.jpg></div>",
]  # fmt: skip


@pytest.mark.parametrize("picture", ICONS)
def test_icons_links_and_placeholders_are_no_pictures(picture: str) -> None:
    assert read(within(picture)).images == []


THUMB = "".join(
    f"<li><a href=/bai-{n}.html><img src=/t/{n}-150x150.jpg>Chuyển giao kỹ thuật ghép hồi đợt {n}</a></li>"
    for n in range(4)
)
AROUND = [
    ("header", f"<div class=dau><img src=/so-khcn.jpg></div>{within('<img src=/a.jpg>')}"),
    ("left column", f"<table><tr><td><a href=/gop-y><img src=/gopy.jpg></a><img src=/lich.jpg><p>Lịch công tác</p></td><td>{within('<img src=/a.jpg>')}</td></tr></table>"),
    ("right column", f"<table><tr><td>{within('<img src=/a.jpg>')}</td><td><p>Liên kết</p><img src=/lk.jpg></td></tr></table>"),
    ("related list", within("<img src=/a.jpg>").replace(FOOT, f"<h3>Tin liên quan</h3><ul>{THUMB}</ul>{FOOT}")),
    ("related list in the text", within("<img src=/a.jpg>").replace(THREE, f"{THREE}<h3>BÀI VIẾT LIÊN QUAN</h3><ul>{THUMB}</ul>")),
    ("related list, no heading", within("<img src=/a.jpg>").replace(FOOT, f"<ul>{THUMB}</ul>{FOOT}")),
    ("related cards, pictures first", within("<img src=/a.jpg>").replace(FOOT, "".join(
        f"<div class=the><img src=/t/{n}.jpg><h4><a href=/b{n}.html>Bàn giao vườn ươm hồi ghép cho thôn {n}</a></h4></div>" for n in range(3)) + FOOT)),
    ("slides below", within("<img src=/a.jpg>").replace(FOOT, f"<p>TIN ẢNH</p><a href=/anh><img src=/s1.jpg></a><a href=/anh><img src=/s2.jpg></a>{FOOT}")),
    ("share row", within("<img src=/a.jpg>").replace(ONE, f"<div class=share><img src=/fb-lon.jpg></div>{ONE}")),
]  # fmt: skip


@pytest.mark.parametrize(("case", "page"), AROUND)
def test_pictures_around_the_article_are_not_its_own(case: str, page: str) -> None:
    assert [image.url for image in read(page).images] == [f"{HOST}/a.jpg"]


ABOVE = [
    ("in the article's own unit", "<div class=post-thumbnail><img src=/a.jpg></div>", ["/a.jpg"]),
    ("slides", "<div class=owl-carousel><img src=/a.jpg></div>", []),
    ("a link", "<div><a href=https://bo.example.vn/><img src=/a.jpg></a></div>", []),
]


@pytest.mark.parametrize(("case", "picture", "addresses"), ABOVE)
def test_a_picture_above_the_title(case: str, picture: str, addresses: list[str]) -> None:
    menu = "<ul><li><a href=/tin>Tin tức</a></li></ul>"
    page = f"{menu}<article>{picture}<header>{TITLE}</header><div>{ONE}{TWO}{THREE}</div></article>"
    assert [image.url for image in read(page + FOOT).images] == [HOST + a for a in addresses]


def test_a_notice_that_is_a_picture_keeps_it() -> None:
    article = read(f"<div class=khung>{TITLE}<div><img src=/thong-bao.jpg></div></div>{FOOT}")
    assert [image.url for image in article.images] == [f"{HOST}/thong-bao.jpg"]


CAPTIONS = [
    ("figcaption", "<figure><img src=/a.jpg><figcaption>Vườn hồi hai năm tuổi</figcaption></figure>", ["Vườn hồi hai năm tuổi"]),
    ("only its own", "<p><img src=/a.jpg></p><p><img src=/b.jpg></p><figure><img src=/c.jpg><figcaption>Vườn hồi</figcaption></figure>",
     [None, None, "Vườn hồi"]),
    ("of a film", "<p><img src=/a.jpg></p><figure><iframe src=/v></iframe><figcaption>Đoạn phim về vườn hồi</figcaption></figure>", [None]),
    ("of a drawing", "<p><img src=/a.jpg></p><figure><svg></svg><figcaption>Biểu đồ sản lượng</figcaption></figure>", [None]),
    ("gallery", "<div><figure><img src=/a.jpg><figcaption>Trước khi ghép</figcaption></figure>"
     "<figure><img src=/b.jpg><figcaption>Sau khi ghép</figcaption></figure></div>", ["Trước khi ghép", "Sau khi ghép"]),
    ("wordpress", "<div class=wp-caption><img src=/a.jpg><p class=wp-caption-text>Bà con xem cây ghép</p></div>", ["Bà con xem cây ghép"]),
    ("centred below", "<p><img src=/a.jpg></p><p style='text-align:center'>Bà con thôn Nà Lình xem cây ghép</p>", ["Bà con thôn Nà Lình xem cây ghép"]),
    ("slanted below", "<p><img src=/a.jpg></p><p><em>Bà con thôn Nà Lình xem cây ghép</em></p>", ["Bà con thôn Nà Lình xem cây ghép"]),
    ("in a table", "<table><tr><td><img src=/a.jpg></td></tr><tr><td><em>Ảnh: cây ghép hai năm</em></td></tr></table>", ["Ảnh: cây ghép hai năm"]),
    ("nearest of two", "<p><img src=/a.jpg></p><p><img src=/b.jpg></p><p><i>Cây ghép ra quả vụ đầu</i></p>", [None, "Cây ghép ra quả vụ đầu"]),
    ("a lead is none", "<p><img src=/a.jpg></p><p><em>Tỉnh vừa ban hành chương trình trồng mới năm nghìn héc-ta hồi ghép trên đất dốc, hỗ trợ giống cho các hộ nghèo vùng cao.</em></p>", [None]),
    ("prose is none", "<p><img src=/a.jpg></p>", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "pictures", "captions"), CAPTIONS)
def test_a_caption_goes_to_its_picture_alone(
    case: str, pictures: str, captions: list[str | None]
) -> None:
    assert [image.caption for image in read(within(pictures)).images] == captions


BASES = [
    ("", f"{HOST}/tin/a.jpg"),
    ("<base href='/'>", f"{HOST}/a.jpg"),
    ("<base href='https://anh.example.vn/kho/'>", "https://anh.example.vn/kho/a.jpg"),
    ("<base target=_blank>", f"{HOST}/tin/a.jpg"),
    ("<base href='http://['>", f"{HOST}/tin/a.jpg"),
]


@pytest.mark.parametrize(("base", "address"), BASES)
def test_addresses_start_from_the_base_of_the_page(base: str, address: str) -> None:
    article = read(within("<p><img src=a.jpg></p><p><a href=a.pdf>Quy trình</a></p>"), head=base)
    assert [image.url for image in article.images] == [address]
    assert [file.url for file in article.attachments] == [address.replace(".jpg", ".pdf")]


FILES = [
    ("in the text", within("<p><a href=/kh.pdf>Kế hoạch</a></p>"), ["/kh.pdf"]),
    ("below the text", within("").replace(FOOT, f"<div><p>Tệp đính kèm: <a href=/kh.docx>kh.docx</a></p></div>{FOOT}"), ["/kh.docx"]),
    ("without a label", within("<p><a href=/kh.pdf><img src=/img/pdf.png></a></p>"), ["/kh.pdf"]),
    ("of the menu", f"<div><a href=/vb/342.pdf><img src=/lv/pdf.png></a></div>{within('')}", []),
    ("of the left column", f"<table><tr><td><p><a href=/cu.pdf>Văn bản mới của tỉnh</a></p></td><td>{within('')}</td></tr></table>", []),
    ("of the related list", within("").replace(FOOT, f"<h3>Tin liên quan</h3><ul>{THUMB}<li><a href=/cu.pdf>Báo cáo cũ</a></li></ul>{FOOT}"), []),
    ("in a frame", within("<iframe src=/kh.pdf></iframe>"), ["/kh.pdf"]),
    ("in an object alone", f"<div class=khung>{TITLE}<div><object data=/lich.pdf></object></div></div>{FOOT}", ["/lich.pdf"]),
    ("in a viewer", within("<iframe src='https://docs.google.com/gview?url=https%3A%2F%2Fkhcn.example.vn%2Fkh.pdf&embedded=true'></iframe>"), ["/kh.pdf"]),
    ("a film in a frame", within("<iframe src=https://www.youtube.com/embed/x></iframe>"), []),
    ("escaped", within("<p><a href='/tài liệu/kh 1.pdf'>Kế hoạch</a></p>"), ["/t%C3%A0i%20li%E1%BB%87u/kh%201.pdf"]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "page", "addresses"), FILES)
def test_files_are_the_articles_own(case: str, page: str, addresses: list[str]) -> None:
    assert [file.url for file in read(page).attachments] == [HOST + a for a in addresses]
