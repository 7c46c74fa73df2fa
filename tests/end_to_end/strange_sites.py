"""Sites of no known system, each with a habit that has hidden articles from crawlers before."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from samples.articles import SampleArticle
from samples.shells.frame import SIZE, Shell, files, numbered, signed
from samples.site import Answer, Site, render_parts

SECTIONS = {
    "tin-hoat-dong-khoa-hoc-va-cong-nghe-trong-tinh": "Tin hoạt động khoa học và công nghệ trong tỉnh",
    "thong-tin-ung-dung-tien-bo-khoa-hoc-ky-thuat": "Thông tin ứng dụng tiến bộ khoa học kỹ thuật",
}


def _article(site: Site, article: SampleArticle) -> str:
    moment = article.published
    lead = f"<p><b>{escape(article.summary)}</b></p>" if article.summary else ""
    return (
        f'<div class="x1"><div class="x2">{escape(article.title)}</div>'
        f'<div class="x3">{moment.strftime("%d/%m/%Y %H:%M")}</div>'
        f'<div class="x4">{lead}{render_parts(article)}{signed(article)}{files(article, "/tep")}</div></div>'
    )


def _entry(site: Site, article: SampleArticle) -> str:
    """A headline with a teaser as long as a paragraph."""
    teaser = escape(" ".join([article.summary or "", *article.lines])[:420])
    return (
        f'<div class="x5"><a href="{escape(site.addresses[article.id])}">{escape(article.title)}</a>'
        f"<span>{article.published.strftime('%d/%m/%Y')}</span><p>{teaser}</p></div>"
    )


def _read_more(site: Site, article: SampleArticle) -> str:
    """The headline is no link; the words under the teaser are."""
    teaser = escape((article.summary or article.lines[0])[:140])
    address = escape(site.addresses[article.id])
    return (
        f'<div class="x5"><h3>{escape(article.title)}</h3><p>{teaser}</p>'
        f'<a href="{address}"><img src="/anh/{article.id}.jpg"></a><a href="{address}">Xem chi tiết</a></div>'
    )


def _row(site: Site, article: SampleArticle) -> str:
    return (
        f"<table><tr><td>{article.id}</td><td><a href='{escape(site.addresses[article.id])}'>"
        f"{escape(article.title)}</a></td><td>{article.published.strftime('%d/%m/%Y')}</td></tr></table>"
    )


def _pager(section: str, number: int, last: int) -> str:
    urls = [(n, PLAIN.list_url(section, n)) for n in range(1, last + 1)]
    return numbered(urls, number)


def _next_only(section: str, number: int, last: int) -> str:
    following = number + 1 if number < last else number
    return f'<a href="{PLAIN.list_url(section, following)}">Trang sau</a>'


PLAIN = Shell(
    name="plain",
    sections=SECTIONS,
    head="",
    article_url=lambda a: f"/{a.section}/{a.slug}",
    list_url=lambda s, n: f"/{s}" if n == 1 else f"/{s}?trang={n}",
    article=_article,
    item=_entry,
    pager=_pager,
)


def short_titles() -> Site:
    """A third of the headlines have three words, and nothing in their address says more."""
    shell = replace(PLAIN, name="short_titles", article_url=lambda a: f"/bai-viet/{a.id}")
    site = shell.build(48)
    for at, article in enumerate(site.articles[::3]):
        short = replace(article, title=f"Thông báo {at + 11}")
        site.articles[at * 3] = short
        path = site.addresses[article.id]
        site.add(path, lambda a=short: shell._page(site, a.title, shell.article(site, a)))
    return _relisted(shell, site)


def read_more() -> Site:
    return replace(PLAIN, name="read_more", item=_read_more).build(48)


def query_numbers() -> Site:
    """Everything is one script: `?menu=3&id=512`, lists `?menu=3&page=2`."""
    number = {slug: at for at, slug in enumerate(SECTIONS, 3)}
    shell = replace(
        PLAIN,
        name="query_numbers",
        article_url=lambda a: f"/index.php?menu={number[a.section]}&id={a.id}",
        list_url=lambda s, n: f"/index.php?menu={number[s]}" + (f"&page={n}" if n > 1 else ""),
        item=_row,
    )
    return replace(
        shell,
        pager=lambda s, k, last: numbered(
            [(n, shell.list_url(s, n)) for n in range(1, last + 1)], k
        ),
    ).build(48)


def next_only() -> Site:
    """A pager of one link, which on the last page leads to itself."""
    return replace(PLAIN, name="next_only", pager=_next_only).build(48)


def sitemap_only() -> Site:
    """The lists are filled by a script; robots.txt names the sitemap."""
    site = replace(PLAIN, name="sitemap_only", item=lambda site, a: "").build(48)
    urls = "".join(
        f"<url><loc>{site.root}{escape(path)}</loc></url>" for path in site.addresses.values()
    )
    site.pages["/so-do-trang.xml"] = lambda: Answer(
        200, f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        "application/xml",
    )  # fmt: skip
    site.pages["/robots.txt"] = lambda: Answer(
        200, f"User-agent: *\nAllow: /\nSitemap: {site.root}/so-do-trang.xml\n", "text/plain"
    )
    return site


def deep_sections() -> Site:
    """The home page leads to a page of fields, that to sections, those to articles."""
    site = replace(PLAIN, name="deep_sections").build(48)
    shell = PLAIN
    links = "".join(f'<li><a href="/linh-vuc/{s}">{name}</a></li>' for s, name in SECTIONS.items())
    inner = {
        s: f'<ul><li><a href="{shell.list_url(s, 1)}">Xem tất cả tin</a></li></ul>'
        for s in SECTIONS
    }
    bare = replace(PLAIN, sections={})
    site.add("/", lambda: bare._page(site, "Trang chủ", '<a href="/linh-vuc">Các lĩnh vực</a>'))
    site.add("/linh-vuc", lambda: bare._page(site, "Các lĩnh vực", f"<ul>{links}</ul>"))
    for slug, html in inner.items():
        site.add(f"/linh-vuc/{slug}", lambda h=html: bare._page(site, "Lĩnh vực", h))
    return site


def _relisted(shell: Shell, site: Site) -> Site:
    """The list pages again, after articles were given other titles."""
    for section in shell.sections:
        some = [a for a in site.articles if a.section == section]
        pages = [some[at : at + SIZE] for at in range(0, len(some), SIZE)]
        last = len(pages)
        for number, entries in enumerate(pages, 1):
            site.add(
                shell.list_url(section, number),
                lambda s=section, a=entries, k=number, n=last: shell.list_page(site, s, a, k, n),
            )
    return site


def stale_sitemap() -> Site:
    """The sitemap was written years ago: what it lists is not there any more."""
    site = replace(PLAIN, name="stale_sitemap").build(48)
    urls = "".join(
        f"<url><loc>{site.root}/tin-cu/bai-viet-cu-khong-con-{n}</loc></url>" for n in range(400)
    )
    site.pages["/sitemap.xml"] = lambda: Answer(
        200, f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        "application/xml",
    )  # fmt: skip
    return site


STRANGE = {
    build.__name__: build
    for build in (
        short_titles, read_more, query_numbers, next_only, sitemap_only, deep_sections,
        stale_sitemap,
    )
}  # fmt: skip
