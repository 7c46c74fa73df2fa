"""The publication date among all dates of a page: small pages in the shapes of many systems."""

from __future__ import annotations

import pytest

from crawler.extract.dates import parse_date
from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal

SEEN = "2024-07-18T03:00:00Z"
PORTAL = Portal("x", "yen_bai", "Sở Khoa học và Công nghệ tỉnh Yên Bái", ("khcn.example.vn",))
TITLE = "Nghiệm thu đề tài trồng và chế biến chè Shan tuyết tại xã Mường Lai"
PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "Ngày 12/3/2021, hội đồng khoa học và công nghệ cấp tỉnh đã tổ chức đánh giá, nghiệm thu đề tài do Trung tâm chủ trì thực hiện.",
        "Nhóm nghiên cứu đã điều tra 120 hộ và xây dựng quy trình chăm sóc phù hợp với điều kiện đất đai, khí hậu của địa phương.",
        "Theo Quyết định số 12/QĐ-UBND ngày 05/01/2020, kinh phí thực hiện là 680 triệu đồng, giải ngân trong hai năm.",
    )
)
H1 = f"<h1>{TITLE}</h1>"
RELATED = "<h4>Tin liên quan</h4><ul><li><a href=/a>Bài khác của cổng tin này</a> (01/02/2023)</li><li><a href=/b>Bài nữa</a> 05/06/2023</li></ul>"


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


PAGES = [
    # where it stands
    ("after the title", H1 + "<p>15/03/2021</p>" + PROSE, "2021-03-15"),
    ("before the title", "<p>15/03/2021 08:30</p>" + H1 + PROSE, "2021-03-15T08:30:00+07:00"),
    ("in brackets at the title's end", f"<h1>{TITLE} (15/03/2021)</h1>" + PROSE, "2021-03-15"),
    ("labelled", H1 + "<div>Ngày đăng: 15/03/2021</div>" + PROSE, "2021-03-15"),
    ("labelled, space before the colon", H1 + "<div>Ngày đăng : 15/03/2021</div>" + PROSE, "2021-03-15"),
    ("updated only", H1 + "<div>Cập nhật: Thứ Hai, ngày 15/03/2021</div>" + PROSE, "2021-03-15"),
    ("published and updated", H1 + "<div>Ngày đăng: 15/03/2021</div><div>Cập nhật: 20/03/2021</div>" + PROSE, "2021-03-15"),
    ("updated and published", H1 + "<div>Cập nhật: 20/03/2021</div><div>Ngày đăng: 15/03/2021</div>" + PROSE, "2021-03-15"),
    ("with a toolbar", H1 + "<div>15/03/2021 09:11:54 <span>Xem cỡ chữ</span> <a href=#>Google</a></div>" + PROSE, "2021-03-15T09:11:54+07:00"),
    ("with views", H1 + "<div>15/05/2021 09:48    261</div>" + PROSE, "2021-05-15T09:48:00+07:00"),
    ("with author and views", H1 + "<div>Quản trị viên 15/03/2021 Tin tức - sự kiện</div>" + PROSE, "2021-03-15"),
    ("label on a line of its own", H1 + "<div>Ngày đăng:</div><div>15/03/2021</div>" + PROSE, "2021-03-15"),
    ("time and date apart", H1 + "<span>08:30</span> <span>15/03/2021</span>" + PROSE, "2021-03-15T08:30:00+07:00"),
    ("after the text", H1 + PROSE + "<p>Ngày đăng: 15/03/2021</p>" + RELATED, "2021-03-15"),
    ("in a table", f"<table><tr><td>{TITLE}</td></tr><tr><td>15/03/2021</td></tr><tr><td>{PROSE}</td></tr></table>", "2021-03-15"),
    # systems
    ("NukeViet", H1 + '<div class="row"><span class="h5">Thứ hai - 15/03/2021 22:17</span></div>' + PROSE, "2021-03-15T22:17:00+07:00"),
    ("Drupal", H1 + '<div class="submitted">Đăng bài thanhsang T2, 15/03/2021 - 08:58</div>' + PROSE, "2021-03-15T08:58:00+07:00"),
    ("Drupal, English", H1 + '<span class="submitted">Submitted by admin on Mon, 15/03/2021 - 10:20</span>' + PROSE, "2021-03-15T10:20:00+07:00"),
    ("Joomla", H1 + '<dl><dd class="create">Được đăng ngày Thứ hai, 15 Tháng 3 2021 08:15</dd><dd>Viết bởi Super User</dd></dl>' + PROSE, "2021-03-15T08:15:00+07:00"),
    ("WordPress", H1 + '<span class="posted-on"><time class="entry-date" datetime="2021-03-15T08:15:00+07:00">15 Tháng Ba, 2021</time></span>' + PROSE, "2021-03-15"),
    ("WordPress, month first", H1 + "<div>Ngày viết: Thứ Hai, Tháng Ba 15, 2021 | 9:55</div>" + PROSE, "2021-03-15T09:55:00+07:00"),
    ("Liferay", H1 + '<div class="assetPublishDate">Ngày đăng 15/03/2021 | 3:10 PM | View count: 1107</div>' + PROSE, "2021-03-15T15:10:00+07:00"),
    ("VNPT", H1 + '<div class="PostDate">15/03/2021 07:49</div>' + PROSE, "2021-03-15T07:49:00+07:00"),
    ("CASTI", H1 + "<div>[15/03/2021 16:22]</div>" + PROSE, "2021-03-15T16:22:00+07:00"),
    ("Kiên Giang", H1 + "<div>(00:00 | 15/03/2021)</div>" + PROSE, "2021-03-15"),
    ("Bình Phước", H1 + "<span>16:07,15-03-2021</span>" + PROSE, "2021-03-15T16:07:00+07:00"),
    ("Nam Định", H1 + "<span>Thứ 2, Ngày 15 / 03 / 2021</span>" + PROSE, "2021-03-15"),
    ("Thái Nguyên", H1 + "<span>Ngày: 3/15/2021 12:00:00 AM / Số lượt xem: 642</span>" + PROSE, "2021-03-15"),
    # what is printed beside it
    ("3 years ago, with its moment", H1 + '<p class=meta><time datetime="2021-03-15T08:15:00+07:00">3 năm trước</time></p>' + PROSE, "2021-03-15T08:15:00+07:00"),
    ("3 years ago, with a title", H1 + '<p class=meta><span title="15/03/2021 08:15">3 năm trước</span></p>' + PROSE, "2021-03-15T08:15:00+07:00"),
    ("the hour under the date", H1 + "<div>15/03/2021</div><div>08:30</div>" + PROSE, "2021-03-15T08:30:00+07:00"),
    ("the leaf of a calendar", H1 + "<div class=day>15</div><div class=my>03/2021</div>" + PROSE, "2021-03-15"),
    ("the leaf of a calendar, in words", H1 + "<div class=day>15</div><div class=my>Tháng 3, 2021</div>" + PROSE, "2021-03-15"),
    ("writer, date, views", H1 + "<div>Nguyễn An | 15/03/2021 | 1.204 lượt xem</div>" + PROSE, "2021-03-15"),
    ("label and date in two cells", H1 + "<table><tr><td>Ngày đăng:</td><td>15/03/2021</td></tr><tr><td>Lượt xem:</td><td>12</td></tr></table>" + PROSE, "2021-03-15"),
    ("updated, below the text", H1 + PROSE + "<p>Cập nhật lần cuối: 15/03/2021</p>" + RELATED, "2021-03-15"),
    ("the day it was fetched, labelled", "<p>Ngày đăng: 18/07/2024 08:00</p>" + H1 + PROSE, "2024-07-18T08:00:00+07:00"),
    ("the day it was fetched, below the title", H1 + "<p>18/07/2024 08:00</p>" + PROSE, "2024-07-18T08:00:00+07:00"),
    ("an event and a publication", H1 + "<div>Ngày đăng: 15/03/2021</div><div>Thời gian: 8h00 ngày 20/03/2021</div><div>Địa điểm: Hội trường</div>" + PROSE, "2021-03-15"),
    # alone in an element without a class
    ("weekday and words", H1 + "<div>Thứ Ba, ngày 5 tháng 3 năm 2024</div>" + PROSE, "2024-03-05"),
    ("weekday and words, a paragraph", H1 + "<p><em>Thứ 3, ngày 5 tháng Ba năm 2024</em></p>" + PROSE, "2024-03-05"),
    ("Sunday and words", H1 + "<span>Chủ Nhật, ngày 10 tháng 3 năm 2024</span>" + PROSE, "2024-03-10"),
    ("short month", H1 + "<div>05-Th3-2024</div>" + PROSE, "2024-03-05"),
    ("last week", H1 + "<div>Thứ 5 tuần trước</div>" + PROSE, "2024-07-11"),
    ("months and days ago", H1 + "<div>3 tháng 2 ngày trước</div>" + PROSE, "2024-04-16"),
    # kinds of evidence before nearness
    ("an event in the title, a date below", "<h1>Lễ kỷ niệm ngày thương binh liệt sĩ (27/7/1947-27/7/2015)</h1><p>30/07/2015</p>" + PROSE, "2015-07-30"),
    ("an event in the title, labelled below the text", "<h1>Lễ kỷ niệm ngày giải phóng Thủ đô (10/10/1954)</h1>" + PROSE + "<p>Ngày đăng: 12/10/2021</p>", "2021-10-12"),
    ("an event's day in brackets, a date below", "<h1>Gặp mặt các nhà khoa học nữ của tỉnh (08/03/2021)</h1><p>15/03/2021 08:00</p>" + PROSE, "2021-03-15T08:00:00+07:00"),
    ("a time element far from the title", "<div><time>15/03/2021</time></div>" + "".join(f"<p>Mục {n}</p>" for n in range(9)) + H1 + PROSE, "2021-03-15"),
    ("a label in a side column", f"<table><tr><td><div>Thông tin bài</div><div>Ngày đăng: 15/03/2021</div>{'<div>Mục khác</div>' * 8}</td><td>{H1}{PROSE}</td></tr></table>", "2021-03-15"),
    ("a label beside, a day in the first sentence", f"<div>{H1}<div>Ngày 12/3/2021<br>Hội đồng khoa học và công nghệ tỉnh đã họp phiên thứ hai của năm tại hội trường Sở.</div>{PROSE}</div><div class=cot>Ngày đăng: 15/03/2021</div>", "2021-03-15"),
    ("a section's link above the date", "<table><tr><td><a href=/cm/quy-dinh>Các quy định về đo lường</a></td><td>(15.03.2021 16:32)</td></tr></table>" + H1 + PROSE, "2021-03-15T16:32:00+07:00"),
    ("a section's long link above the date", "<div class=category><a href=/cm/2>Tin tức hoạt động của các phòng ban, đơn vị trực thuộc Sở</a></div><div>15/03/2021</div>" + H1 + PROSE, "2021-03-15"),
    ("a section and a date above", "<table><tr><td class=FolderTitle>Kinh tế</td><td class=Time>(15.03.2021 15:23)</td></tr></table>" + H1 + PROSE, "2021-03-15T15:23:00+07:00"),
    # what is not it
    ("an event from day to day in the title", "<h1>Lễ kỷ niệm ngày thương binh liệt sĩ (27/7/1947-27/7/2015)</h1>" + PROSE, None),
    ("a day of history in the title", "<h1>Kỷ niệm ngày giải phóng Thủ đô (10/10/1954)</h1>" + PROSE, None),
    ("a memorial day in the title", "<h1>Mít tinh chào mừng Ngày Khoa học và Công nghệ (18/05/2021)</h1>" + PROSE, None),
    ("a first sentence broken by hand", H1 + "<div>Ngày 12/3/2021<br>Hội đồng khoa học và công nghệ tỉnh đã họp phiên thứ hai của năm tại hội trường Sở.</div>" + PROSE, None),
    ("a first sentence broken in paragraphs", H1 + "<p>Trong ngày 12/3/2021</p><p>tại hội trường Sở đã diễn ra phiên họp thứ hai của hội đồng tỉnh.</p>" + PROSE, None),
    ("from day to day", H1 + "<div>20 đến 22 tháng 11 năm 2021</div>" + PROSE, None),
    ("from day to day, in figures", H1 + "<div>20/11/2021 - 22/11/2021</div>" + PROSE, None),
    ("two labelled dates elsewhere", f"<div>Ngày đăng: 01/02/2021</div><div>Ngày đăng: 02/02/2021</div>{'<p>Mục</p>' * 9}" + H1 + PROSE, None),
    ("a clock right above the title", "<div class=clock>Thứ Năm, ngày 18 tháng 7 năm 2024</div>" + H1 + PROSE, None),
    ("a clock on a cached page", "<div>Thứ Tư, 17/07/2024</div><div>Trang chủ</div>" + H1 + PROSE, None),
    ("a headline's date above the title", "<div><a href=/a>Bài khác của cổng tin này có tiêu đề dài</a></div><div>01/02/2023</div>" + H1 + PROSE, None),
    ("headlines without a heading", H1 + PROSE + "<ul><li><a href=/a>Bài khác của cổng tin này có tiêu đề dài</a> 01/02/2023</li><li><a href=/b>Bài nữa cũng có tiêu đề dài</a> 05/06/2023</li></ul>", None),
    ("comments", H1 + PROSE + "<div class=comments><h4>Bình luận (1)</h4><p>Nguyễn An - 20/04/2021 10:00</p><p>Bài rất hay</p></div>", None),
    ("an event", H1 + "<div>Thời gian: 8h00 ngày 20/03/2021</div><div>Địa điểm: Hội trường</div>" + PROSE, None),
    ("a document's card", H1 + "<table><tr><td>Ngày ban hành</td><td>05/01/2020</td></tr><tr><td>Ngày hiệu lực</td><td>06/01/2020</td></tr></table>" + PROSE, None),
    ("a document's dateline", H1 + "<p>Yên Bái, ngày 12 tháng 3 năm 2021</p>" + PROSE, None),
    ("a signature's dateline", H1 + PROSE + "<p>Hà Nội, ngày 12 tháng 3 năm 2021</p><p>GIÁM ĐỐC</p>", None),
    ("the first words of the text", H1 + "<p>Sáng ngày 12/3/2021</p>" + PROSE, None),
    ("a caption", H1 + "<p>Ảnh chụp 12/3/2021</p>" + PROSE, None),
    ("a legal basis", H1 + "<p>Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;</p>" + PROSE, None),
    ("a deadline in a short sentence", H1 + "<p>Hồ sơ gửi về Văn phòng Sở trước ngày 30/10/2021.</p>" + PROSE, None),
    ("brackets with more than a date", "<h1>Kế hoạch năm 2020 (ban hành 01/02/2020)</h1>" + PROSE, None),
    ("a deadline in the title", f"<h1>{TITLE} (hạn cuối 15/03/2021)</h1>" + PROSE, None),
    ("a week in the title", "<h1>Lịch công tác tuần từ 15/03/2021 đến 19/03/2021</h1>" + PROSE, None),
    ("the day of printing", H1 + PROSE + "<p>Ngày in: 18/07/2024</p>", None),
    ("a hidden date", H1 + '<div style="display:none">15/03/2021</div>' + PROSE, None),
    ("the site's own date", H1 + PROSE + "<div id=footer><p>Bản quyền thuộc Sở</p><p>Cập nhật: 01/01/2024</p></div>", None),
    ("since when visits are counted", H1 + PROSE + "<div>Thống kê truy cập</div><div>Từ ngày 01/01/2015</div>", None),
    ("today in the header", "<div id=header>Thứ năm, 18/07/2024</div>" + H1 + "<p>15/03/2021</p>" + PROSE, "2021-03-15"),
    ("only today in the header", "<div id=header>Thứ năm, 18/07/2024</div><div>Tìm kiếm nâng cao</div>" + H1 + PROSE, None),
    ("Hôm nay", "<div>Hôm nay: 17/07/2024</div>" + H1 + PROSE, None),
    ("» Today", "<div>» Today: 05/04/2020</div>" + H1 + PROSE, None),
    ("the event's day", H1 + PROSE, None),
    ("dates of other articles", H1 + PROSE + RELATED, None),
    ("a document's day of issue", H1 + "<div>Ngày ban hành: 25/04/2019</div>" + PROSE, None),
    ("a document's day of effect", H1 + "<div>Ngày hiệu lực: 25/04/2019</div>" + PROSE, None),
    ("a deadline", H1 + "<div>Thời hạn: 25/04/2019</div>" + PROSE, None),
    ("a copyright year", H1 + PROSE + "<div>© 2019 Sở Khoa học và Công nghệ</div>", None),
    ("a licence", H1 + PROSE + "<div>Giấy phép số 12/GP-TTĐT cấp ngày 01/02/2018</div>", None),
    ("linked dates of a calendar", H1 + "<div><a href=/x>01/02/2021</a> <a href=/y>02/02/2021</a></div>" + PROSE, None),
    ("zero date", H1 + "<div>Khoa học và Công nghệ -0001-11-30 07:06:30</div>" + PROSE, None),
    ("impossible date", H1 + "<div>Ngày đăng: 30/02/2021</div>" + PROSE, None),
    ("future date", H1 + "<div>Ngày đăng: 30/12/2031</div>" + PROSE, None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES])
def test_pages(body, expected):
    fetched = Fetched("https://khcn.example.vn/tin/bai-viet", SEEN, 200, (), page(body))
    article = read_page(fetched, PORTAL, expect="article").article
    assert article is not None
    found = article.published_raw and parse_date(article.published_raw, captured_at=SEEN)
    assert (found.value if found else None) == expected


TITLES = [
    ("Lễ kỷ niệm ngày giải phóng Thủ đô (10/10/1954)", "<p>12/10/2021</p>", "Lễ kỷ niệm ngày giải phóng Thủ đô (10/10/1954)"),
    ("Lễ kỷ niệm ngày giải phóng Thủ đô (10/10/1954)", "", "Lễ kỷ niệm ngày giải phóng Thủ đô (10/10/1954)"),
    ("Ngày thương binh liệt sĩ (27/7/1947-27/7/2015)", "", "Ngày thương binh liệt sĩ (27/7/1947-27/7/2015)"),
    ("Gặp mặt các nhà khoa học nữ của tỉnh (08/03/2021)", "<p>15/03/2021</p>", "Gặp mặt các nhà khoa học nữ của tỉnh (08/03/2021)"),
    ("Gặp mặt các nhà khoa học nữ của tỉnh (08/03/2021)", "", "Gặp mặt các nhà khoa học nữ của tỉnh"),
    ("Gặp mặt các nhà khoa học nữ của tỉnh (lần 2)", "<p>15/03/2021</p>", "Gặp mặt các nhà khoa học nữ của tỉnh (lần 2)"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "date", "expected"), TITLES)
def test_a_date_in_brackets_is_the_titles_unless_it_is_the_day_of_publication(
    title, date, expected
):
    body = page(f"<h1>{title}</h1>{date}{PROSE}")
    fetched = Fetched("https://khcn.example.vn/tin/bai-viet", SEEN, 200, (), body)
    article = read_page(fetched, PORTAL, expect="article").article
    assert article is not None and article.title == expected


def test_a_first_sentence_broken_by_hand_stays_in_the_text():
    first = "Ngày 12/3/2021<br>Hội đồng khoa học và công nghệ tỉnh đã họp phiên thứ hai tại hội trường Sở."
    body = page(f"{H1}<div>{first}</div>{PROSE}")
    fetched = Fetched("https://khcn.example.vn/tin/bai-viet", SEEN, 200, (), body)
    article = read_page(fetched, PORTAL, expect="article").article
    assert article is not None and "Ngày 12/3/2021" in article.text


HEADS = [
    ("meta", '<meta property="article:published_time" content="2021-03-15T08:15:00+07:00">', "https://khcn.example.vn/x", "2021-03-15T08:15:00+07:00", "meta"),
    ("malformed meta", '<meta property="article:published_time" content="2021-03-15+0700:00:00">', "https://khcn.example.vn/x", "2021-03-15", "meta"),
    ("JSON-LD", '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-15T08:15:00+07:00"}</script>', "https://khcn.example.vn/x", "2021-03-15T08:15:00+07:00", "meta"),
    ("address", "", "https://khcn.example.vn/portal/pages/2021-3-15/abc.aspx", "2021-03-15", "url"),
    ("address, day first", "", "https://khcn.example.vn/tang-cuong/15/03/2021/", "2021-03-15", "url"),
    ("address, month only", "", "https://khcn.example.vn/News/tin/2021/03/223.aspx", "2021-03", "url"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "url", "expected", "origin"), [h[1:] for h in HEADS], ids=[h[0] for h in HEADS]
)
def test_when_none_is_printed(head, url, expected, origin):
    fetched = Fetched(url, SEEN, 200, (), page(H1 + PROSE, head))
    article = read_page(fetched, PORTAL, expect="article").article
    assert article is not None and article.published_from == origin
    found = parse_date(article.published_raw, captured_at=SEEN)
    assert found is not None and found.value == expected


def test_what_is_printed_goes_before_what_is_declared():
    head = HEADS[0][1]
    fetched = Fetched(
        "https://khcn.example.vn/2019/01/01/x",
        SEEN,
        200,
        (),
        page(H1 + "<p>16/03/2021</p>" + PROSE, head),
    )
    article = read_page(fetched, PORTAL, expect="article").article
    assert article is not None and (article.published_raw, article.published_from) == (
        "16/03/2021",
        "page",
    )
