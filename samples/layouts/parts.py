"""What stands on every page: menus, columns, related lists, footers; dates in their printed forms."""

from __future__ import annotations

from datetime import datetime
from html import escape

from samples.layouts.articles import Printed

WEEKDAYS = ["Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"]


def moment(a: Printed) -> tuple[datetime, bool]:
    s = a.date
    return datetime.fromisoformat(s), "T" in s


def day(a: Printed, sep: str = "/") -> str:
    d, _ = moment(a)
    return d.strftime(f"%d{sep}%m{sep}%Y")


def hour(a: Printed) -> str:
    d, t = moment(a)
    return d.strftime("%H:%M") if t else ""


def day_and_hour(a: Printed) -> str:
    return (day(a) + " " + hour(a)).strip()


def weekday(a: Printed) -> str:
    d, _ = moment(a)
    return WEEKDAYS[d.weekday()]


MENU = (
    "<ul>"
    + "".join(
        f'<li><a href="/{s}">{n}</a></li>'
        for s, n in [
            ("gioi-thieu", "Giới thiệu"),
            ("tin-tuc", "Tin tức - Sự kiện"),
            ("van-ban", "Văn bản chỉ đạo điều hành"),
            ("tthc", "Thủ tục hành chính"),
            ("de-tai", "Kết quả đề tài, dự án"),
            ("lien-he", "Liên hệ"),
            ("hoi-dap", "Hỏi đáp"),
        ]
    )
    + "</ul>"
)
OTHERS = [
    ("Sở Khoa học và Công nghệ tổ chức hội nghị tổng kết công tác năm", "02/01/2021"),
    ("Tập huấn nghiệp vụ quản lý nhiệm vụ khoa học cấp cơ sở cho cán bộ huyện", "28/12/2020"),
    ("Kết nối cung cầu công nghệ và đổi mới sáng tạo khu vực miền núi phía Bắc", "25/12/2020"),
    ("Đoàn công tác của Bộ Khoa học và Công nghệ làm việc tại tỉnh", "20/12/2020"),
    ("Triển khai chương trình hỗ trợ tài sản trí tuệ giai đoạn mới", "15/12/2020"),
]


def related(h: str = "Tin liên quan", tag: str = "h3", date: bool = True) -> str:
    return (
        f"<{tag}>{h}</{tag}><ul>"
        + "".join(
            f'<li><a href="/tin/{i}.html">{t}</a>'
            + (f" <span>({d})</span>" if date else "")
            + "</li>"
            for i, (t, d) in enumerate(OTHERS)
        )
        + "</ul>"
    )


SIDEBAR = (
    "<div><h3>Tin mới nhất</h3><ul>"
    + "".join(
        f"<li><a href=/x{i}>{t}</a><p>{t}, góp phần thúc đẩy phát triển kinh tế - xã hội của địa phương trong giai đoạn mới.</p><span>{d}</span></li>"
        for i, (t, d) in enumerate(OTHERS)
    )
    + "</ul></div><div><h3>Thống kê truy cập</h3><p>Đang truy cập: 12</p><p>Hôm nay: 345</p><p>Tổng lượt truy cập: 1.234.567</p></div><div><h3>Liên kết website</h3><select><option>Chính phủ</option></select></div>"
)
FOOTER = "<div><p><b>TRANG THÔNG TIN ĐIỆN TỬ SỞ KHOA HỌC VÀ CÔNG NGHỆ</b></p><p>Giấy phép số 12/GP-TTĐT do Sở Thông tin và Truyền thông cấp ngày 12/6/2017</p><p>Chịu trách nhiệm chính: Ông Nguyễn Văn Bình, Giám đốc Sở Khoa học và Công nghệ</p><p>Địa chỉ: Số 1 đường Lê Lợi, phường Minh Tân. Điện thoại: 0216.3852.123. Email: sokhcn@example.gov.vn</p><p>© 2020 Bản quyền thuộc Sở Khoa học và Công nghệ. Ghi rõ nguồn khi trích dẫn lại thông tin từ website này.</p></div>"
CLOCK = "Thứ năm, 18/07/2024"


def body(a: Printed, *, author: bool = True, files: bool = True) -> str:
    s = "".join(a.html)
    if author and a.byline:
        s += f'<p style="text-align:right"><strong>{a.byline}</strong></p>'
    if files:
        s += "".join(f'<p><a href="{u}">{l}</a></p>' for u, l in a.files)
    return s


def files(a: Printed, head: str = "Tập tin đính kèm:") -> str:
    return (
        f"<div>{head}</div>"
        + "".join(f'<div><a href="{u}">{l}</a> <span>(120 KB)</span></div>' for u, l in a.files)
        if a.files
        else ""
    )


def page(inner: str, title: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body>{inner}</body></html>'


SITE = "Sở Khoa học và Công nghệ tỉnh Yên Bái"
