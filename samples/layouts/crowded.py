"""Pages where others' headlines, comments, tools and footers stand in the article's own elements."""

from __future__ import annotations

from samples.layouts.articles import Printed
from samples.layouts.pages import LAYOUTS, layout
from samples.layouts.parts import (
    FOOTER,
    MENU,
    OTHERS,
    SIDEBAR,
    SITE,
    day,
    day_and_hour,
    hour,
    page,
    related,
    weekday,
)

__all__ = ["LAYOUTS"]


def by(a: Printed) -> str:
    return f'<p style="text-align:right"><b>{a.byline}</b></p>' if a.byline else ""


def fl(a: Printed) -> str:
    return "".join(f'<p><a href="{u}">{l}</a></p>' for u, l in a.files)


def sp(a: Printed, t: str = "p") -> str:
    return f"<{t}><b>{a.sapo}</b></{t}>" if a.sapo else ""


BOX = (
    '<div class="box-lq"><ul>'
    + "".join(f"<li><a href=/q{i}>{t}</a></li>" for i, (t, d) in enumerate(OTHERS[:3]))
    + "</ul></div>"
)


@layout()
def inline_related(a: Printed) -> str:
    h = list(a.html)
    k = max(1, len(h) // 2)
    if len(h) > 2 and a.name != "photos":
        h.insert(k, BOX)
    return page(
        f"<div>{MENU}</div><div class=ct><h1>{a.title}</h1><span class=date>{day_and_hour(a)}</span>{sp(a)}<div class=body>{''.join(h)}{by(a)}{fl(a)}</div></div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def xem_them(a: Printed) -> str:
    h = list(a.html)
    if len(h) > 2:
        h.insert(2, f"<p><b>Xem thêm:</b> <a href=/q>{OTHERS[0][0]}</a></p>")
    return page(
        f"<div>{MENU}</div><div class=ct><h1>{a.title}</h1><span class=date>{day_and_hour(a)}</span>{sp(a)}<div class=body>{''.join(h)}{by(a)}{fl(a)}</div></div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def each_its_div(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><div class=r1><h2>{a.title}</h2></div><div class=r2>{day_and_hour(a)}</div><div class=r3>{sp(a, 'div')}</div>{''.join(f'<div class=blk><div class=in>{x}</div></div>' for x in a.html)}<div class=r5>{by(a)}</div><div class=r6>{fl(a)}</div></div><div class=r7>{related('Tin cùng chuyên mục')}</div>{FOOTER}",
        a.title,
    )


@layout()
def banner_between(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><h2>{a.title}</h2><div>{day_and_hour(a)}</div>{sp(a)}<div class=t1>{''.join(a.html)}</div><div class=ad><a href=/qc><img src=/banner/qc.jpg></a></div><div class=t2>{by(a)}</div>{fl(a)}</div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def no_end_heading(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><h2>{a.title}</h2><div>{day_and_hour(a)}</div>{sp(a)}<div class=t1>{''.join(a.html)}{by(a)}{fl(a)}</div><div class=l>{''.join(f'<div><a href=/q>{t}</a> <i>{d}</i></div>' for t, d in OTHERS)}</div></div><div class=r><div>Đường dây nóng: 0216.3852.123</div><div>Thăm dò ý kiến</div><div>Bạn đánh giá thế nào về trang tin?</div><div>Rất tốt</div><div>Tốt</div><div>Bình thường</div></div><div>Sở KH&amp;CN tỉnh Yên Bái – Số 1 Lê Lợi – ĐT 0216.3852.123</div>",
        a.title,
    )


@layout()
def comments_plain(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><h2>{a.title}</h2><div>{day_and_hour(a)}</div>{sp(a)}<div class=t1>{''.join(a.html)}{by(a)}{fl(a)}</div></div><div class=comments><div>2 bình luận</div><div class=cm><b>Hoàng Nam</b><p>Bài viết rất bổ ích, mong Sở tiếp tục đăng tải thêm nhiều thông tin hữu ích cho bà con.</p></div><form><input name=name><textarea></textarea></form></div>{FOOTER}",
        a.title,
    )


@layout()
def self_link_title(a: Printed) -> str:
    return page(
        f'<div>{MENU}</div><div class=cat><h1>Tin hoạt động của ngành khoa học và công nghệ</h1></div><div class=ct><h3><a href="https://skhcn.example.gov.vn/tin-tuc/bai-viet-so-123.html">{a.title}</a></h3><div>{day_and_hour(a)}</div>{sp(a)}<div class=t1>{"".join(a.html)}{by(a)}{fl(a)}</div></div>{related()}{FOOTER}',
        SITE,
    )


@layout()
def form_center(a: Printed) -> str:
    return page(
        f"<form><center><table width=900><tr><td>{MENU}</td></tr><tr><td align=left><font size=4 color=blue><b>{a.title}</b></font><br><font size=1>{day_and_hour(a)}</font><br>{sp(a, 'div')}{''.join(a.html)}{by(a)}{fl(a)}</td></tr><tr><td>{related('Tin đã đưa', 'b')}</td></tr><tr><td>{FOOTER}</td></tr></table></center></form>",
        "Sở KHCN",
    )


@layout()
def carousel_before(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=slick>{''.join(f'<div onclick=x()><h3>{t}</h3><p>{t} với sự tham gia của đông đảo đại biểu các sở, ngành, địa phương trong tỉnh.</p></div>' for t, d in OTHERS[:3])}</div><div class=ct><h1>{a.title}</h1><div>{day_and_hour(a)}</div>{sp(a)}<div class=t1>{''.join(a.html)}{by(a)}{fl(a)}</div></div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def head_tools(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><div class=bar><a href=/p>In</a> | <a href=/m>Gửi email</a> | Cỡ chữ: <a href=#>A-</a> <a href=#>A+</a></div><h2>{a.title}</h2><div>Ngày đăng {day(a)} | Lượt xem: 1.204</div><audio></audio><div>Nghe nội dung bài viết</div>{sp(a)}<div class=t1>{''.join(a.html)}{by(a)}{fl(a)}</div><div>Lượt xem: 1.204</div><div>Chia sẻ: <a href=/f>Facebook</a> <a href=/z>Zalo</a></div><div>Đánh giá: <span>★★★★★</span> (5 / 5 - 1 đánh giá)</div></div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def main_article_tags(a: Printed) -> str:
    return page(
        f'<header>{MENU}</header><main><article><header><h1>{a.title}</h1><p class="post-meta">Bởi <a href=/u>admin</a> vào <time>{day_and_hour(a)}</time> trong <a href=/c>Tin tức</a></p></header>{sp(a)}{"".join(a.html)}{by(a)}{fl(a)}<footer><p>Thẻ: <a href=/t>khcn</a></p></footer></article><nav><a href=/a>Bài trước: {OTHERS[0][0]}</a> <a href=/b>Bài sau: {OTHERS[1][0]}</a></nav></main><aside>{SIDEBAR}</aside><footer>{FOOTER}</footer>',
        a.title,
    )


@layout()
def footer_odd(a: Printed) -> str:
    return page(
        f'<div>{MENU}</div><div class=ct><h2>{a.title}</h2><div>{day_and_hour(a)}</div>{sp(a)}<div class=t1>{"".join(a.html)}{by(a)}{fl(a)}</div></div><div class=bt><p>CƠ QUAN CHỦ QUẢN: ỦY BAN NHÂN DÂN TỈNH</p><p>Số 1 đường Lê Lợi, phường Minh Tân, thành phố Yên Bái, tỉnh Yên Bái</p><p>ĐT: 0216.3852.123 - Fax: 0216.3852.124 - Email: skhcn@example.gov.vn</p><p>Ghi rõ nguồn "Sở Khoa học và Công nghệ" khi phát hành lại thông tin từ trang này.</p></div>',
        a.title,
    )


@layout()
def accordion_side(a: Printed) -> str:
    return page(
        f'<div>{MENU}</div><div class=row><div class="col-lg-8"><div class=ct><h2>{a.title}</h2><small>{weekday(a)}, {day(a)} | {hour(a) or "00:00"}</small>{sp(a)}<div class=t1>{"".join(a.html)}{by(a)}{fl(a)}</div></div></div><div class="col-lg-4"><div class=w><h4>THÔNG BÁO</h4>{"".join(f"<p><a href=/q>{t}</a></p>" for t, d in OTHERS)}</div><div class=w><h4>VIDEO</h4><p>Phóng sự ngày hội khoa học</p></div><div class=w><h4>THỜI TIẾT</h4><p>Yên Bái</p><p>25°C</p></div></div></div>{FOOTER}',
        a.title,
    )


@layout()
def blank_nbsp(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><p>&nbsp;</p><h2>{a.title}</h2><p>&nbsp;</p><p>{day_and_hour(a)}</p><p>&nbsp;</p>{sp(a)}{'<p>&nbsp;</p>'.join(a.html)}<p>&nbsp;</p>{by(a)}{fl(a)}<p>&nbsp;</p></div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def span_soup(a: Printed) -> str:
    return page(
        f'<span>{MENU}</span><span class=ct><span><span style="font-weight:700;font-size:20px">{a.title}</span></span><br><span><i>({day(a)})</i></span><br>{sp(a, "span")}<br><span>{"".join(a.html)}</span>{by(a)}{fl(a)}</span><br>{related()}{FOOTER}',
        SITE,
    )


@layout()
def dl_meta(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><h2>{a.title}</h2><dl><dt>Ngày đăng</dt><dd>{day(a)}</dd><dt>Chuyên mục</dt><dd>Tin tức</dd><dt>Lượt xem</dt><dd>123</dd></dl>{sp(a)}<div class=t1>{''.join(a.html)}{by(a)}{fl(a)}</div></div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def head_byline(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><h2>{a.title}</h2><div>{day_and_hour(a)}</div>{f'<div class=tg>{a.byline}</div>' if ':' in (a.byline or '') else ''}{sp(a)}<div class=t1>{''.join(a.html)}{by(a) if ':' not in (a.byline or '') else ''}{fl(a)}</div></div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def table_wrapped_paras(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=ct><h2>{a.title}</h2><div>{day_and_hour(a)}</div>{sp(a)}<table border=0 width=100%><tbody><tr><td>{''.join(a.html)}</td></tr><tr><td align=right>{a.byline or ''}</td></tr></tbody></table>{fl(a)}</div>{related()}{FOOTER}",
        a.title,
    )


@layout()
def quote_body(a: Printed) -> str:
    return page(
        f'<div>{MENU}</div><div class=ct><h2>{a.title}</h2><div>{day_and_hour(a)}</div>{sp(a)}<blockquote>{"".join(a.html)}</blockquote><ul style="list-style:none"><li>{a.byline or ""}</li></ul>{fl(a)}</div>{related()}{FOOTER}',
        a.title,
    )


@layout()
def wrapper_named_after_its_column(a: Printed) -> str:
    return page(
        f'<div>{MENU}</div><div class="wrap right-sidebar"><div class="content-with-sidebar header-fixed"><h1>{a.title}</h1><p>{day_and_hour(a)}</p>{sp(a)}<div class=t1>{"".join(a.html)}{by(a)}{fl(a)}</div></div><div class=sidebar>{SIDEBAR}</div></div>{FOOTER}',
        a.title,
    )


@layout()
def box_with_a_heading(a: Printed) -> str:
    html = list(a.html)
    if a.name in ("news", "qa", "interview", "english", "source"):
        html.insert(2, f"<div class=box><h4>Tin liên quan</h4>{BOX}</div>")
    return page(
        f"<div>{MENU}</div><div class=ct><h1>{a.title}</h1><p>{day_and_hour(a)}</p>{sp(a)}<div class=t1>{''.join(html)}{by(a)}{fl(a)}</div></div>{related()}{FOOTER}",
        a.title,
    )
