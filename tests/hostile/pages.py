"""Pages of a made-up portal: an article as it should be, and frames to put something worse in."""

from __future__ import annotations

from html import escape

TITLE = "Hội nghị đánh giá kết quả ứng dụng tiến bộ kỹ thuật vào sản xuất"
LINES = (
    "Sáng nay, Sở Khoa học và Công nghệ tổ chức hội nghị đánh giá kết quả ứng dụng tiến bộ kỹ thuật "
    "vào sản xuất trên địa bàn tỉnh; đồng chí Giám đốc Sở chủ trì hội nghị.",
    "Theo báo cáo, các đơn vị được giao nhiệm vụ trong năm đã thực hiện đúng kế hoạch, chất lượng "
    "sản phẩm được nâng lên và nhiều mô hình được người dân áp dụng.",
    "Kết luận hội nghị, đồng chí Giám đốc Sở đề nghị các phòng chuyên môn tiếp tục phối hợp với các "
    "huyện, thành phố để nhân rộng những mô hình có hiệu quả trong thời gian tới.",
)
DATE = "Thứ ba - 05/03/2024 08:15"


def article(
    title: str = TITLE,
    lines: tuple[str, ...] = LINES,
    *,
    date: str = DATE,
    head: str = '<meta charset="utf-8">',
    before: str = "",
    inside: str = "",
    after: str = "",
    raw: bool = False,
) -> str:
    """An article in the shape of the portal's system; `raw`: the strings are markup already."""
    put = (lambda text: text) if raw else escape
    body = "".join(f"<p>{put(line)}</p>" for line in lines)
    return (
        f'<!DOCTYPE html><html lang="vi"><head>{head}<title>{put(title)}</title>'
        f'<meta name="generator" content="NukeViet v4.5"></head><body>{before}'
        f'<div class="news_column"><h1 class="title" itemprop="headline">{put(title)}</h1>'
        f'<span class="h5">{put(date)}</span>'
        f'<div id="news-bodyhtml" class="bodytext">{body}{inside}</div></div>{after}</body></html>'
    )


def framed(inner: str, title: str = "Sở Khoa học và Công nghệ") -> str:
    """Something in the portal's own frame: menu, footer, and no article of its own."""
    menu = "".join(
        f'<li><a href="/{slug}/">{name}</a></li>'
        for slug, name in (
            ("gioi-thieu", "Giới thiệu"), ("tin-hoat-dong", "Tin hoạt động"),
            ("tin-trong-nuoc", "Tin trong nước"), ("van-ban", "Văn bản"), ("lien-he", "Liên hệ"),
        )
    )  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="generator" content="NukeViet v4.5"></head><body>'
        f'<div id="header"><h2>SỞ KHOA HỌC VÀ CÔNG NGHỆ</h2><ul class="menu">{menu}</ul></div>'
        f'<div id="content">{inner}</div><div id="footer"><p>Bản quyền thuộc về Sở Khoa học và '
        "Công nghệ. Giấy phép số 12/GP-STTTT. Chịu trách nhiệm chính: Ông Giám đốc Sở.</p>"
        "<p>Địa chỉ: số 1, đường Điện Biên, phường Đồng Tâm. Điện thoại: 0216 3852 000</p></div>"
        "</body></html>"
    )


def bare(text: str, title: str = "") -> str:
    """A page that is a message and nothing else."""
    return f"<html><head><title>{title or text}</title></head><body><h1>{text}</h1></body></html>"
