"""Sites of no known system whose articles stand where crawlers seldom look, 60 articles and more each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from html import escape

from samples.articles import SampleArticle
from samples.shells.frame import Shell, files, numbered, signed
from samples.shells.furniture import page
from samples.shells.wordpress import SHELL as WORDPRESS
from samples.site import Answer, Site, paged, render_parts
from tests.end_to_end.strange_sites import PLAIN, SECTIONS

COUNT = 60
DIV, REACT_DIV = "<div>{}</div>", '<div class="css-p0">{}</div>'  # paragraphs


def _teaser(article: SampleArticle, length: int = 140) -> str:
    return escape(" ".join([article.summary or "", *article.lines])[:length].strip())


def link(site: Site, article: SampleArticle, words: str = "") -> str:
    return f'<a href="{escape(site.addresses[article.id])}">{words or escape(article.title)}</a>'


def day(article: SampleArticle) -> str:
    return article.published.strftime("%d/%m/%Y")


# Divs and spans without a name, and other articles above the body of each.


def _soup_article(site: Site, article: SampleArticle) -> str:
    others = [a for a in site.articles if a.id != article.id and a.section == article.section][:5]
    box = "".join(f"<div>{link(site, a)} <span>{day(a)}</span></div>" for a in others)
    lead = f"<div><b>{escape(article.summary)}</b></div>" if article.summary else ""
    return (
        f"<div><div><span><b>{escape(article.title)}</b></span></div>"
        f"<div><span>{article.published.strftime('%d/%m/%Y %H:%M')}</span></div>"
        f"<div><div><b>Tin cùng chuyên mục</b></div>{box}</div>"
        f"<div>{lead}{render_parts(article, paragraph=DIV)}{signed(article)}{files(article, '/tep')}</div></div>"
    )


def _soup_item(site: Site, article: SampleArticle) -> str:
    return f"<div><div>{link(site, article)}</div><div><span>{day(article)}</span></div><div>{_teaser(article)}</div></div>"


DIV_SOUP = replace(
    PLAIN,
    name="div_soup",
    article=_soup_article,
    item=_soup_item,
    article_url=lambda a: f"/{a.section}/{a.slug}.{a.id}.html",
)


def div_soup() -> Site:
    return DIV_SOUP.build(COUNT)


# What Next.js writes: hashed classes, a div a paragraph, the page's data once more in a script.


def _react_page(site: Site, inner: str, data: object, title: str) -> str:
    props = json.dumps(
        {"props": {"pageProps": data}, "page": "/[slug]", "buildId": "x7Yq"}, ensure_ascii=False
    ).replace("</", "<\\/")
    links = "".join(
        f'<a class="css-9k2{at}" href="{REACT.list_url(slug, 1)}"><span>{name}</span></a>'
        for at, (slug, name) in enumerate(SECTIONS.items())
    )
    body = (
        f'<div id="__next"><div class="css-1x0"><div class="css-1b3"><a href="/">Trang chủ</a>{links}</div>'
        f'<div class="css-77q">{inner}</div><div class="css-f00">Bản quyền thuộc về Sở Khoa học và Công nghệ (mẫu)</div></div></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{props}</script>'
        '<script src="/_next/static/chunks/main.js" defer></script>'
    )
    return page(title, body, head='<link rel="preload" href="/_next/static/css/a1.css" as="style">')


def _react_article(site: Site, article: SampleArticle) -> str:
    lead = f'<div class="css-s4p">{escape(article.summary)}</div>' if article.summary else ""
    share = "".join(f'<a class="css-b{n}" href="#">{n}</a>' for n in ("Facebook", "Zalo"))
    newer = [a for a in site.articles if a.id > article.id][-3:]
    others = "".join(f'<div class="css-o1">{link(site, a)}</div>' for a in newer)
    more = f'<div class="css-o0"><div>Có thể bạn quan tâm</div>{others}</div>' if others else ""
    inner = (
        f'<div class="css-h1t">{escape(article.title)}</div><div class="css-mt">'
        f"<span>{day(article)} {article.published.strftime('%H:%M')}</span></div>"
        f'<div class="css-sh">{share}</div>{lead}'
        f'<div class="css-bd">{render_parts(article, paragraph=REACT_DIV)}'
        f"{signed(article)}{files(article, '/tep')}</div>{more}"
    )
    data = {"id": article.id, "title": article.title, "content": article.lines}
    return _react_page(site, inner, data, f"{article.title} | Sở KH&CN (mẫu)")


def _react_item(site: Site, article: SampleArticle) -> str:
    return (
        f'<a class="css-it" href="{escape(site.addresses[article.id])}"><div class="css-ph"><img src="/a/{article.id}.webp" alt=""></div>'
        f'<div class="css-tt">{escape(article.title)}</div><div class="css-dt">{day(article)}</div>'
        f'<div class="css-ds">{_teaser(article)}</div></a>'
    )


REACT = replace(
    PLAIN,
    name="react",
    article_url=lambda a: f"/bai-viet/{a.slug}-{a.id}",
    list_url=lambda s, n: f"/chuyen-muc/{s}" if n == 1 else f"/chuyen-muc/{s}?page={n}",
    item=_react_item,
    article=_react_article,
)


def react() -> Site:
    site = REACT.build(COUNT)
    for article in site.articles:
        site.add(site.addresses[article.id], lambda a=article: _react_article(site, a))
    for slug, name in SECTIONS.items():
        pages = paged([a for a in site.articles if a.section == slug], 10)
        urls = [(n, REACT.list_url(slug, n)) for n in range(1, len(pages) + 1)]
        for number, some in enumerate(pages, 1):
            inner = (
                f'<div class="css-nm">{name}</div>{REACT.items(site, some)}{numbered(urls, number)}'
            )
            data = {"items": [{"id": a.id, "title": a.title} for a in some]}
            site.add(
                urls[number - 1][1],
                lambda i=inner, d=data, n=name: _react_page(site, i, d, f"{n} | Sở KH&CN (mẫu)"),
            )
    return site


# Lists that do not end, and addresses that say nothing.


def load_more() -> Site:
    """`?page=N` behind "Xem thêm" for ever: beyond the end the last page comes again and again."""
    shell = replace(
        PLAIN,
        name="load_more",
        list_url=lambda s, n: f"/{s}" + (f"?page={n}" if n > 1 else ""),
        pager=lambda s, k, n: f'<a class="x9" href="/{s}?page={k + 1}">Xem thêm</a>',
    )
    site = shell.build(COUNT)
    plain = site.answer

    def answer(path: str) -> Answer:
        section, _, number = path.strip("/").partition("?page=")
        last = len([p for p in site.lists if p.startswith(f"/{section}")])
        if number.isdigit() and int(number) > last > 0:
            some = [a for a in site.articles if a.section == section][(last - 1) * 10 :]
            return Answer(200, shell.list_page(site, section, some, int(number), last))
        return plain(path)

    site.answer = answer  # type: ignore[method-assign]
    return site


def only_numbers() -> Site:
    """Sections are `?id=1` and `?id=2`, articles `?id=5012`: one shape for both."""
    number = {slug: at for at, slug in enumerate(SECTIONS, 1)}
    shell = replace(
        PLAIN,
        name="only_numbers",
        article_url=lambda a: f"/?id={a.id}",
        list_url=lambda s, n: f"/?id={number[s]}" + (f"&p={n}" if n > 1 else ""),
        item=_soup_item,
    )
    return replace(
        shell,
        pager=lambda s, k, n: numbered([(i, shell.list_url(s, i)) for i in range(1, n + 1)], k),
    ).build(COUNT)


def short_slugs() -> Site:
    """WordPress where a third of the permalinks are one to four words, as sections' are."""
    words = ("tap-huan", "thong-bao-moi-thau", "hop-giao-ban", "tuyen-dung", "hoi-thao-de-tai")

    def url(article: SampleArticle) -> str:
        if article.id % 3:
            return f"/{article.section}/{article.slug}/"
        again = (article.id - 5001) // 15
        return f"/{words[article.id // 3 % 5]}{f'-{again + 1}' if again else ''}/"

    return replace(WORDPRESS, name="short_slugs", article_url=url).build(COUNT)


def _about(site: Site, shell: Shell) -> Site:
    """Pages that every site has and that are no news: no date, much prose, in every menu."""
    prose = (
        "<p>Sở là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, tham mưu và giúp Ủy ban nhân dân tỉnh quản lý nhà nước "
        "về hoạt động nghiên cứu, phát triển công nghệ, tiêu chuẩn, đo lường, chất lượng và sở hữu trí tuệ.</p>"
    ) * 4
    for path, name in STATIC.items():
        site.add(path, lambda n=name: shell._page(site, n, f"<h1>{n}</h1>{prose}"))
    return site


STATIC = {
    "/chuc-nang-nhiem-vu-cua-so": "Chức năng, nhiệm vụ và quyền hạn của Sở Khoa học và Công nghệ",
    "/about": "Về chúng tôi",
    "/co-cau-to-chuc-bo-may": "Cơ cấu tổ chức bộ máy của các đơn vị trực thuộc",
    "/quy-che-lam-viec-cua-co-quan": "Quy chế làm việc của cơ quan và các phòng chuyên môn",
}


def static_pages() -> Site:
    shell = replace(PLAIN, name="static_pages", traps=tuple(STATIC.items()))
    return _about(shell.build(COUNT), shell)


def one_title() -> Site:
    """Every page has the same window title, and the site's name in the page's only heading."""
    name = "Trang tin hoạt động ngành khoa học và công nghệ tỉnh mẫu đổi mới"

    def article(site: Site, a: SampleArticle) -> str:
        lead = f"<p>{escape(a.summary)}</p>" if a.summary else ""
        return (
            f"<p><b>{escape(a.title)}</b></p><p><i>{a.published.strftime('%d/%m/%Y %H:%M')}</i></p>"
            f"<div>{lead}{render_parts(a)}{signed(a)}{files(a, '/tep')}</div>"
        )

    shell = replace(PLAIN, name="one_title", article=article, article_url=lambda a: f"/xem/{a.id}")
    site = shell.build(COUNT)
    plain = site.answer

    def answer(path: str) -> Answer:
        found = plain(path)
        if found.status != 200 or "html" not in found.content_type:
            return found
        head, _, rest = found.body.partition("<title>")
        body = rest.partition("</title>")[2]
        body = body.replace('<div id="main">', f'<h1>{name}</h1><div id="main">').replace(
            "<h1>Tin", "<h2>Tin"
        )
        return replace(found, body=f"{head}<title>{name}</title>{body}")

    site.answer = answer  # type: ignore[method-assign]
    return site


UNKNOWN: dict[str, Callable[[], Site]] = {
    build.__name__: build
    for build in (
        div_soup, react, load_more,
        only_numbers, short_slugs, static_pages, one_title,
    )
}  # fmt: skip
