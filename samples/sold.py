"""Pages of whoever bought a portal's domain."""

from __future__ import annotations

from html import escape

WORDS = (
    "Nhà cái trực tuyến hàng đầu với kho game bài đổi thưởng, nổ hũ và tài xỉu xanh chín mỗi ngày.",
    "Người chơi nạp rút nhanh trong ba phút, nhận khuyến mãi nạp đầu và soi kèo bóng đá miễn phí.",
    "Sảnh casino có baccarat, roulette và các trò cá cược thể thao với tỷ lệ kèo nhà cái cao nhất.",
)


def bets(title: str = "Đăng ký nhà cái uy tín số một") -> str:
    """A page that reads like an article: title, date, paragraphs."""
    text = "".join(
        f"<p>{escape(words)} Chương trình diễn ra hằng tuần cho mọi hội viên.</p>"
        for words in WORDS
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title></head><body>'
        f'<nav><a href="/">Trang chủ</a> <a href="/casino">Casino</a></nav><article><h1>{escape(title)}</h1>'
        f'<p class="date">12/08/2023 09:30</p>{text}</article></body></html>'
    )


def quiet() -> str:
    """A page of the same owner that says nothing of the trade."""
    text = "".join(
        "<p>Chúng tôi chia sẻ kinh nghiệm chọn nội thất cho căn hộ nhỏ, cách phối màu và bố trí ánh sáng "
        "để không gian thoáng hơn, phù hợp với gia đình trẻ ở thành phố.</p>"
        for _ in range(4)
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Mẹo bố trí căn hộ nhỏ</title></head><body>'
        f'<article><h1>Mẹo bố trí căn hộ nhỏ</h1><p class="date">02/10/2023 08:00</p>{text}</article></body></html>'
    )
