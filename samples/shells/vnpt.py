"""VNPT portal: `/<section>/<slug>-<id>`; further pages of a list are POSTs that return a fragment."""

from __future__ import annotations

from html import escape
from typing import Any

from samples.articles import SampleArticle
from samples.shells.frame import SIZE, Shell, files, linked, signed
from samples.site import Answer, Site, paged, render_parts

SECTIONS = {"tin-tuc": "Tin tức", "khoa-hoc-cong-nghe": "Khoa học công nghệ"}
LOAD = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"


def _pager(section: str, number: int, last: int) -> str:
    category = list(SECTIONS).index(section) + 901
    return (
        "<div class='UIArticleInMenu_paging'></div><script>var option = {"
        f"article_category_id: {category}, site_id: 1241, page_size: {SIZE}, keyword: '', date_begin: '', date_end: '', "
        "is_default: 'True', articlelang: 'vi-VN', is_authenticated: 'False'};"
        f"var maxPage = parseInt({last}); function go(p) {{ $.post('{LOAD}', option); }} // LoadArticle\n</script>"
    )


def _article(site: Site, article: SampleArticle) -> str:
    lead = f'<div class="ArticleSummary">{escape(article.summary)}</div>' if article.summary else ""
    others = "".join(
        f'<li><a href="{site.addresses[a.id]}">{escape(a.title)}</a> <span>({a.published.strftime("%d/%m/%Y")})</span></li>'
        for a in site.articles
        if a.id < article.id
    )
    return (
        f'<div class="ArticleDetailControl"><div class="tool"><a href="#">A-</a><a href="#">A+</a></div><h1 class="ArticleHeader">{escape(article.title)}</h1>'
        f'<div class="PostDate">{article.published.strftime("%d/%m/%Y %H:%M")}</div><div>Lượt xem: {article.views}</div>{lead}'
        f'<div class="ArticleContent">{render_parts(article)}{signed(article)}{files(article, "/upload")}</div>'
        f'<div class="UISocialShare"><a href="#">Chia sẻ</a></div><div class="OtherArticle"><h4>Tin cùng chuyên mục</h4><ul>{others}</ul></div></div>'
    )


SHELL = Shell(
    name="vnpt",
    sections=SECTIONS,
    head='<script src="/DesktopModule/UIArticleInMenu/script.js"></script>',
    article_url=lambda a: f"/{a.section}/{a.slug}-{600000 + a.id}",
    list_url=lambda s, n: f"/{s}" if n == 1 else f"{LOAD}#{s}-{n}",
    article=_article,
    item=lambda site, a: linked(
        site, a, '<li class="row"><h2 class="Title">{link}</h2><div>{teaser}</div></li>'
    ),
    pager=_pager,
    traps=(("/login.aspx", "Đăng nhập"),),
)


def build(count: int = 66, **options: Any) -> Site:
    site = SHELL.build(count, **options)
    pages = {
        str(at + 901): paged([a for a in site.articles if a.section == section], SIZE)
        for at, section in enumerate(SECTIONS)
    }

    def load(path: str, fields: dict[str, str]) -> Answer | None:
        some = pages.get(fields.get("article_category_id", ""), [])
        number = int(fields.get("page") or 0)
        if path != LOAD or not 1 <= number <= len(some):
            return None
        return Answer(200, f"<ul>{SHELL.items(site, some[number - 1])}</ul>")

    site.forms = load
    return site
