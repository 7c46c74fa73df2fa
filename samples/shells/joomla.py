"""Joomla: `/<section>/<id>-<slug>`, lists that count articles (`?start=10`)."""

from __future__ import annotations

from html import escape

from samples.articles import SampleArticle
from samples.shells.frame import SIZE, Shell, files, linked, numbered, signed
from samples.site import Site, render_parts

SECTIONS = {
    "tin-tuc-su-kien/hoat-dong-khcn": "Hoạt động KH&amp;CN",
    "tin-tuc-su-kien/tin-trong-tinh": "Tin trong tỉnh",
}
DAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")


def _list_url(section: str, number: int) -> str:
    return f"/{section}" if number == 1 else f"/{section}?start={(number - 1) * SIZE}"


def _article(site: Site, article: SampleArticle) -> str:
    moment = article.published
    day = "Chủ nhật" if moment.weekday() == 6 else f"Thứ {DAYS[moment.weekday()]}"
    lead = f"<p><em>{escape(article.summary)}</em></p>" if article.summary else ""
    address = site.addresses[article.id]
    return (
        f'<div class="item-page"><div class="page-header"><h2 itemprop="headline">{escape(article.title)}</h2></div>'
        f'<dl class="article-info"><dd class="createdby">Viết bởi Super User</dd><dd class="create">Được đăng ngày {day}, {moment.day:02} Tháng {moment.month} {moment.year} {moment.strftime("%H:%M")}</dd>'
        f'<dd class="hits">Lượt xem: {article.views}</dd></dl><div class="icons"><a href="{address}?tmpl=component&print=1">In</a> <a href="/component/mailto/?link=1">Email</a></div>'
        f'<div itemprop="articleBody">{lead}{render_parts(article)}{signed(article)}{files(article, "/images")}</div>'
        f'<ul class="pager pagenav"><li><a href="/{article.section}">Trước</a></li><li><a href="/{article.section}">Sau</a></li></ul></div>'
    )


SHELL = Shell(
    name="joomla",
    sections=SECTIONS,
    head='<meta name="generator" content="Joomla! - Open Source Content Management"><script src="/media/system/js/core.js"></script>',
    article_url=lambda a: f"/{a.section}/{a.id}-{a.slug}",
    list_url=_list_url,
    article=_article,
    item=lambda site, a: linked(
        site, a, '<div class="blog-item"><h2>{link}</h2><p>{teaser}</p></div>'
    ),
    pager=lambda s, k, last: numbered(
        [(n, _list_url(s, n)) for n in range(1, last + 1)], k, '<div class="pagination">{}</div>'
    ),
    traps=(("/component/users/?view=login", "Đăng nhập"), ("/component/search/", "Tìm kiếm")),
)
build = SHELL.build
