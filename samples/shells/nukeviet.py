"""NukeViet 4: `/<section>/<slug>-<id>.html`, print copies, past the last page back to the first."""

from __future__ import annotations

from html import escape

from samples.articles import SampleArticle
from samples.shells.frame import Shell, files, linked, numbered
from samples.shells.furniture import WEEKDAYS, related
from samples.site import Site, render_parts

SECTIONS = {"tin-hoat-dong": "Tin hoạt động", "tin-trong-nuoc": "Tin trong nước"}
NOTICE = (
    '<div class="alert alert-info">Chú ý: Việc đăng lại bài viết trên ở website hoặc các phương tiện truyền thông '
    "khác mà không ghi rõ nguồn là vi phạm bản quyền</div>"
)


def _article(site: Site, article: SampleArticle) -> str:
    moment = article.published
    lead = (
        f'<div class="hometext m-bottom" itemprop="description">{escape(article.summary)}</div>'
        if article.summary
        else ""
    )
    author = (
        f'<p class="h5 text-right"><strong>Tác giả: </strong>{escape(article.byline)}</p>'
        if article.byline
        else ""
    )
    older = [a for a in site.articles if a.id < article.id and a.section == article.section][:5]
    address = site.addresses[article.id]
    return (
        f'<ul class="temp-breadcrumbs hidden" itemscope itemtype="https://schema.org/BreadcrumbList"><li><span itemprop="name">'
        f'{SECTIONS[article.section]}</span></li></ul><div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope>'
        f'<div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">{escape(article.title)}</h1>'
        f'<div class="row"><span class="h5">{WEEKDAYS[moment.weekday()]} - {moment.strftime("%d/%m/%Y %H:%M")}</span>'
        f'<ul class="list-inline"><li><a href="/print{address}">In ra</a></li><li><a href="/savefile{address}">Lưu bài viết này</a></li></ul></div>'
        f'{lead}<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{render_parts(article)}</div>{author}'
        f'<div class="news-download-file">{files(article, "/uploads")}</div>{NOTICE}</div></div>'
        f"{related(older, site.addresses, 'Những tin cũ hơn')}"
    )


SHELL = Shell(
    name="nukeviet",
    sections=SECTIONS,
    head='<meta name="generator" content="NukeViet v4.5"><script>var nv_base_siteurl="/";</script>',
    article_url=lambda a: f"/{a.section}/{a.slug}-{a.id}.html",
    list_url=lambda s, n: f"/{s}/" if n == 1 else f"/{s}/page-{n}/",
    article=_article,
    item=lambda site, a: linked(
        site, a, '<div class="panel-body"><h3>{link}</h3><div>{teaser}</div></div>'
    ),
    pager=lambda s, k, last: numbered(
        [(n, f"/{s}/" if n == 1 else f"/{s}/page-{n}/") for n in range(1, last + 1)],
        k,
        '<ul class="pagination">{}</ul>',
    ),
    traps=(("/users/login/", "Đăng nhập"), ("/seek/?q=", "Tìm kiếm"), ("/statistics/", "Thống kê")),
)
build = SHELL.build
