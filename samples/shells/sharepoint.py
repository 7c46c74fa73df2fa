"""SharePoint whose lists are paged by post-back: `/Pages/chi-tiet-tin.aspx?ItemID=N`."""

from __future__ import annotations

from html import escape
from typing import Any

from samples.articles import SampleArticle
from samples.shells.frame import Shell, files, linked, signed
from samples.shells.furniture import WEATHER
from samples.shells.postback import answer_forms, pager
from samples.site import Site, render_parts

SECTIONS = {"Pages/tin-tuc.aspx": "Tin tức", "Pages/thong-bao.aspx": "Thông báo"}
TARGET = "ctl00$ctl50$g_5e1c$pager"


def _article(site: Site, article: SampleArticle) -> str:
    lead = (
        f'<div id="divArticleDescription">{escape(article.summary)}</div>'
        if article.summary
        else ""
    )
    return (
        f'<div class="noindex">Skip Ribbon Commands</div><div>Tin tức &gt;&gt; {SECTIONS[article.section]}</div><div id="news_content"><h1>{escape(article.title)}</h1></div>'
        f'<div class="date-detail"><span>{article.published.strftime("%d/%m/%Y %H:%M")}</span> <span>Xem cỡ chữ</span></div>{lead}'
        f'<div id="divArticleContent">{render_parts(article)}{signed(article)}{files(article, "/Documents")}</div>{WEATHER}'
    )


SHELL = Shell(
    name="sharepoint",
    sections=SECTIONS,
    head='<meta name="GENERATOR" content="Microsoft SharePoint"><script src="/_layouts/15/init.js"></script>',
    article_url=lambda a: (
        f"/Pages/chi-tiet-tin.aspx?ItemID={a.id}&l={'TinTuc' if 'tin-tuc' in a.section else 'ThongBao'}"
    ),
    list_url=lambda s, n: f"/{s}" if n == 1 else f"/{s}#trang-{n}",
    article=_article,
    item=lambda site, a: linked(site, a, '<div class="tin">{link}<p>{teaser}</p></div>'),
    pager=lambda s, k, last: pager(s, k, last, TARGET),
    traps=(
        ("/_layouts/15/Authenticate.aspx", "Đăng nhập"),
        ("/Lists/LienHe/NewForm.aspx", "Liên hệ"),
    ),
)


def build(count: int = 66, **options: Any) -> Site:
    site = SHELL.build(count, **options)
    answer_forms(site, SHELL, TARGET)
    return site
