"""DotNetNuke: `/tin-chi-tiet/id/N/Slug`, numbered lists by post-back."""

from __future__ import annotations

from html import escape
from typing import Any

from samples.articles import SampleArticle
from samples.shells.frame import Shell, files, linked, signed
from samples.shells.postback import answer_forms, pager
from samples.site import Site, render_parts

SECTIONS = {"vi-vn/tin-hoat-dong": "Tin hoạt động", "vi-vn/thong-bao": "Thông báo"}
TARGET = "dnn$ctr412$ViewNews$ctlPaging"


def _article(site: Site, article: SampleArticle) -> str:
    lead = f'<p class="lead">{escape(article.summary)}</p>' if article.summary else ""
    return (
        f'<div id="dnn_ContentPane"><div id="dnn_ctr413_ModuleContent"><div class="news-title"><span class="Head">{escape(article.title)}</span></div>'
        f'<div class="news-info"><span class="Normal">{article.published.strftime("%d/%m/%Y %H:%M")}</span> <span>Đã xem: {article.views}</span></div>'
        f'{lead}<div class="Normal">{render_parts(article)}{signed(article)}{files(article, "/Portals/0")}</div>'
        f'<div><a href="#">Về trang trước</a> <a href="#">Về đầu trang</a></div></div></div>'
    )


SHELL = Shell(
    name="dotnetnuke",
    sections=SECTIONS,
    head='<link rel="stylesheet" href="/Portals/_default/default.css"><script src="/DesktopModules/News/view.js"></script>',
    article_url=lambda a: f"/vi-vn/tin-chi-tiet/id/{a.id}/{a.slug[:60]}",
    list_url=lambda s, n: f"/{s}" if n == 1 else f"/{s}#trang-{n}",
    article=_article,
    item=lambda site, a: linked(site, a, '<div class="news-item">{link}<p>{teaser}</p></div>'),
    pager=lambda s, k, last: pager(s, k, last, TARGET),
    traps=(("/vi-vn/Home/ctl/Login", "Đăng nhập"), ("/vi-vn/Home/ctl/Register", "Đăng ký")),
)


def build(count: int = 66, **options: Any) -> Site:
    site = SHELL.build(count, **options)
    answer_forms(site, SHELL, TARGET)
    return site
