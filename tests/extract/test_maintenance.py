"""A site that is being worked on, in whatever words it says so; and what only looks like it."""

from __future__ import annotations

import pytest

from crawler.extract.classify import says_maintenance
from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal

PORTAL = Portal(slug="mau", province="", department="", hosts=("khcn.mau.vn",))
MENU = "".join(f'<a href="/muc-{n}">Chuyên mục {n}</a>' for n in range(8))
NOTICES = (
    "<title>Sở KH&amp;CN</title><h1>Trang thông tin đang được cập nhật</h1><p>Kính mong quý vị trở lại sau ít phút.</p>",
    "<title>Thông báo</title><p>Cổng thông tin tạm ngưng phục vụ từ 22h ngày 03/5 để di chuyển máy chủ.</p>",
    "<title>Cổng thông tin</title><img src='/banner.png'><p>Chúng tôi sẽ sớm trở lại.</p>",
    "<title>khcn</title><p>Giao diện mới ra mắt ngày 01/7/2025.</p>",
    "<title>Site offline</title><p>This site is currently offline. Please check back soon.</p>",
    '<title>Sở KHCN</title><meta name="robots" content="noindex, nofollow"><p>Giao diện mới sắp ra mắt.</p><a href="/admin">Quản trị</a>',
    "<title>Sở KHCN</title><p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>",
)  # fmt: skip
OTHERS = (
    f"<title>Tin tức</title><body>{MENU}<p>Không có bài viết nào.</p>",  # an empty list in its frame
    "<div>Không có dữ liệu</div>",  # a fragment that a script asked for
    "<title>Tin tức</title><p>Chưa có bài viết trong chuyên mục.</p>",
    "<title>Sở KHCN</title><p>Đang tải…</p><script src='/app.js'></script>",
    f"<title>Tin tức</title><body>{MENU}<a href='/tin/1'>Sở KH&amp;CN tạm dừng hoạt động một cửa để nâng cấp trụ sở</a>",
)


def reason(html: str) -> str | None:
    headers = (("content-type", "text/html; charset=utf-8"),)
    fetched = Fetched("https://khcn.mau.vn/", "2025-06-20T15:10:00Z", 200, headers, html.encode())
    refusal = read_page(fetched, PORTAL, expect="list").refusal
    return refusal.reason if refusal else None


@pytest.mark.parametrize("html", NOTICES)
def test_a_notice_where_a_list_should_be(html):
    assert reason(html) == "maintenance"


@pytest.mark.parametrize("html", OTHERS)
def test_a_list_that_is_empty_is_none(html):
    assert reason(html) != "maintenance"


@pytest.mark.parametrize(
    "text, found",
    [
        ("<h1>503</h1><p>Hệ thống đang được bảo trì, mời quay lại sau 6h sáng.</p>", True),
        ("<title>Website tạm ngừng hoạt động</title>", True),
        ("<h1>503 Service Unavailable</h1><p>No server is available to handle this request.</p>", False),
        ("<h1>Service Temporarily Unavailable</h1>", False),
        ("<style>.under-maintenance {}</style><h1>Error 503</h1>", False),
        ("<p>" + "Đăng tin dài về bảo trì. " * 100 + "</p>", False),
        ("", False),
    ],
)  # fmt: skip
def test_what_an_error_page_says(text, found):
    assert says_maintenance(text) == found
