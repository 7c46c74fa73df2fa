"""Drupal: aliases made of the title, `/node/N` beside them, `?page=N` from 0."""

from __future__ import annotations

from html import escape

from samples.articles import SampleArticle
from samples.shells.frame import Shell, files, linked, numbered, signed
from samples.site import Site, render_parts

SECTIONS = {
    "tin-tuc-su-kien/tin-hoat-dong": "Tin hoạt động",
    "tin-tuc-su-kien/thong-bao": "Thông báo",
}
DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def _list_url(section: str, number: int) -> str:
    return f"/{section}" if number == 1 else f"/{section}?page={number - 1}"


def _url(article: SampleArticle) -> str:
    return f"/content/{article.slug}-nam-{article.published.year}-so-{article.id}"


def _article(site: Site, article: SampleArticle) -> str:
    moment = article.published
    lead = f"<p><b>{escape(article.summary)}</b></p>" if article.summary else ""
    return (
        f'<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/{article.section}">{SECTIONS[article.section]}</a></div>'
        f'<h1 class="title" id="page-title">{escape(article.title)}</h1><div class="node node-article">'
        f'<div class="submitted">Đăng bài thanhsang {DAYS[moment.weekday()]}, {moment.strftime("%d/%m/%Y - %H:%M")}</div>'
        f'<div class="field-name-body">{lead}{render_parts(article)}{signed(article)}{files(article, "/sites/default/files")}</div>'
        f'<ul class="links"><li><a href="/node/{article.id}">Đọc tiếp</a></li><li><a href="/print/{article.id}">Bản in</a></li></ul></div>'
    )


SHELL = Shell(
    name="drupal",
    sections=SECTIONS,
    head='<meta name="Generator" content="Drupal 7 (http://drupal.org)"><script>jQuery.extend(Drupal.settings,{});</script>',
    article_url=_url,
    list_url=_list_url,
    article=_article,
    item=lambda site, a: linked(
        site,
        a,
        '<div class="views-row"><span class="field-content">{link}</span><p>{teaser}</p></div>',
    ),
    pager=lambda s, k, last: numbered(
        [(n, _list_url(s, n)) for n in range(1, last + 1)], k, '<ul class="pager">{}</ul>'
    ),
    traps=(
        ("/user/login", "Đăng nhập"),
        ("/search/node", "Tìm kiếm"),
        ("/lich/2025/06/20/", "Lịch"),
    ),
)
build = SHELL.build
