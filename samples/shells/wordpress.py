"""WordPress: `/<slug>/`, category and author pages that overlap, `/page/N/`."""

from __future__ import annotations

from html import escape

from samples.articles import SampleArticle
from samples.shells.frame import Shell, files, linked, signed
from samples.shells.furniture import related
from samples.site import Site, render_parts

SECTIONS = {"tin-tuc": "Tin tức", "thong-bao": "Thông báo"}


def _url(article: SampleArticle) -> str:
    return f"/{article.slug}-{article.id}/"


def _pager(section: str, number: int, last: int) -> str:
    after = (
        f'<a class="next page-numbers" href="/category/{section}/page/{number + 1}/">Trang sau</a>'
        if number < last
        else ""
    )
    return f'<nav class="navigation pagination"><span class="page-numbers current">{number}</span>{after}</nav>'


def _article(site: Site, article: SampleArticle) -> str:
    moment = article.published
    lead = f"<p><strong>{escape(article.summary)}</strong></p>" if article.summary else ""
    newer = [a for a in site.articles if a.id > article.id][-3:]
    return (
        f'<article class="post"><header class="entry-header"><h1 class="entry-title">{escape(article.title)}</h1>'
        f'<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{moment.isoformat()}+07:00">'
        f'{moment.strftime("%d/%m/%Y %H:%M")}</time></span><span class="byline"> bởi <a rel="author" href="/author/admin/">admin</a></span></div></header>'
        f'<div class="entry-content">{lead}{render_parts(article)}{signed(article)}{files(article, "/wp-content/uploads")}'
        f'<div class="sharedaddy"><h3>Chia sẻ:</h3><a href="#">Facebook</a></div></div></article>'
        f"{related(newer, site.addresses, 'Bài viết liên quan')}<h3>Bình luận</h3><form><p>Email của bạn sẽ không được hiển thị công khai.</p></form>"
    )


SHELL = Shell(
    name="wordpress",
    sections=SECTIONS,
    head='<meta name="generator" content="WordPress 6.8"><link rel="stylesheet" href="/wp-includes/css/style.css">',
    article_url=_url,
    list_url=lambda s, n: f"/category/{s}/" if n == 1 else f"/category/{s}/page/{n}/",
    article=_article,
    item=lambda site, a: linked(
        site, a, '<article><h2 class="entry-title">{link}</h2><p>{teaser}</p></article>'
    ),
    pager=_pager,
    traps=(
        ("/author/admin/", "admin"),
        ("/wp-login.php", "Đăng nhập"),
        ("/?s=a", "Tìm"),
        ("/tag/de-tai/", "đề tài"),
    ),
)
build = SHELL.build
