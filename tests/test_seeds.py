"""The two texts the project began with, on pages in the shape of their portals."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

from crawler.items import Fetched
from tests.conftest import SHARED
from tests.golden import article_of

SEEDS = {
    "yen_bai": (
        "000_*.txt",
        "https://sokhoahocvacongnghe.yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=400&l=Tinhoatdong&lv=30",
    ),
    "vinh_phuc": (
        "003_*.txt",
        "http://sokhcn.vinhphuc.gov.vn/noidung/tintuc/Lists/KhoaHocCongNghe/View_Detail.aspx?ItemID=3800",
    ),
}


LOOK_ALIKES = {
    "yen_bai": """Tin Hoạt động >> Chung
Hội nghị sơ kết công tác quý II và bàn nhiệm vụ trọng tâm những tháng cuối năm
07/07/2021 09:11:54 Xem cỡ chữ Google
Ngày 05/7/2021, sở Khoa học và Công nghệ (mẫu) họp đánh giá kết quả công tác. Đ/c Lương Bá Khải chủ trì hội nghị.
Đ/c Lương Bá Khải, Giám đốc Sở phát biểu kết luận hội nghị
Báo cáo nêu các nhiệm vụ đã hoàn thành, những khó khăn và giải pháp cho thời gian tới./.
                                   Nguyễn Thanh Sơn - Sở  Khoa học và Công nghệ
15oC
Thấp nhất 13°C, cao nhất 17°C. Trời nhiều mây, . Áp suất không khí hPa.
Độ ẩm trung bình %. Tốc độ gió km/h""",
    "vinh_phuc": """Hội nghị viên chức, người lao động của đơn vị mẫu năm 2020
02/02/2021
Chiều ngày 01/02/2021, đơn vị mẫu tổ chức hội nghị viên chức, người lao động. Dự hội nghị có lãnh đạo các phòng.
Hội nghị đã thông qua báo cáo kết quả công tác và phương hướng nhiệm vụ năm sau.
Một số hình ảnh:
Thu Huyên
Các tin đã đưa ngày:""",
}


def as_page(text: str) -> bytes:
    """A SharePoint page whose lines are the seed's, with what stands around them."""
    lines = [line for line in text.split("\n") if line.strip()]
    inner = "".join(f"<div>{escape(line)}</div>\n" for line in lines)
    return (
        "<html><head><meta name=GENERATOR content='Microsoft SharePoint'><title>Chi tiết tin</title></head><body>"
        "<div class=menu><a href=/>Trang chủ</a> <a href=/gioi-thieu>Giới thiệu</a> <a href=/lien-he>Liên hệ</a></div>"
        f"<div class=ms-webpart>{inner}</div><ul><li><a href='?ItemID=1'>Một bài khác của cổng</a> (01/01/2020)</li></ul>"
        "<div id=footer>Bản quyền thuộc: Sở Khoa học và Công nghệ</div></body></html>"
    ).encode()


@pytest.fixture(params=sorted(SEEDS))
def seed(request, portals):
    pattern, url = SEEDS[request.param]
    files = sorted(Path(SHARED, "seeds").glob(pattern))
    portal = portals[request.param]
    # Where the first texts are not at hand, made-up ones of the same form stand in for them.
    text = files[0].read_text(encoding="utf-8") if files else LOOK_ALIKES[request.param]
    fetched = Fetched(
        url, "2025-05-01T00:00:00Z", 200, (("content-type", "text/html"),), as_page(text)
    )
    return request.param, text, article_of(fetched, portal)


def test_seed(seed):
    name, text, article = seed
    authors = [(author.name, author.kind, author.unit) for author in article.authors]
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if name == "yen_bai":
        assert article.title == lines[1]
        assert article.section == "Tin Hoạt động > Chung"
        assert (article.published, article.published_precision) == (
            "2021-07-07T09:11:54+07:00",
            "second",
        )
        assert authors == [("Nguyễn Thanh Sơn", "person", "Sở Khoa học và Công nghệ")]
        body = lines[3:-4]
    else:
        assert article.title == lines[0]
        assert (article.published, article.published_precision) == ("2021-02-02", "day")
        assert authors == [("Thu Huyên", "person", None)]
        body = lines[2:-2]
    assert article.text.split("\n") == body
    assert not re.search(r"Áp suất|15oC|Xem cỡ chữ|Các tin đã đưa", article.text)
