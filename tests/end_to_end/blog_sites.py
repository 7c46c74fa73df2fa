"""Sites whose lists are full posts, one below the other: months, labels, writers, home pages."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import groupby

from samples.articles import SampleArticle
from samples.shells.frame import Shell, files, signed
from samples.shells.furniture import page
from samples.shells.wordpress import SHELL as WORDPRESS
from samples.site import Site, paged, render_parts
from tests.end_to_end.strange_sites import PLAIN

COUNT = 60
LABELS = {"hoat-dong": "Hoạt động", "de-tai-du-an": "Đề tài, dự án"}
FULL = 4  # posts on a page


def _post(site: Site, article: SampleArticle) -> str:
    """One whole post, as it stands on its own page and on every page that shows it."""
    address = escape(site.addresses[article.id])
    moment = article.published
    lead = f"<b>{escape(article.summary)}</b><br>" if article.summary else ""
    labels = f'<a href="/search/label/{article.section}">{LABELS[article.section]}</a>'
    return (
        f'<div class="date-outer"><h2 class="date-header"><span>{moment.strftime("%d/%m/%Y")}</span></h2>'
        f'<div class="post hentry"><a name="{article.id}"></a><h3 class="post-title entry-title"><a href="{address}">{escape(article.title)}</a></h3>'
        f'<div class="post-body entry-content">{lead}{render_parts(article)}{signed(article)}{files(article, "/tep")}</div>'
        f'<div class="post-footer"><span class="post-timestamp">vào lúc <a class="timestamp-link" href="{address}">'
        f'<abbr class="published" title="{moment.isoformat()}+07:00">{moment.strftime("%H:%M")}</abbr></a></span> '
        f'<span class="post-comment-link"><a href="{address}#comment-form">Không có nhận xét nào:</a></span> '
        f'<span class="post-labels">Nhãn: {labels}</span></div></div></div>'
    )


def _month(article: SampleArticle) -> str:
    return article.published.strftime("/%Y/%m/")


def _archive(site: Site) -> str:
    """The widget that leads to the months, newest first."""
    months = {month: len(list(some)) for month, some in groupby(site.articles, key=_month)}
    lines = "".join(
        f'<li><a href="{month}">tháng {month[6:8]} {month[1:5]}</a> ({count})</li>'
        for month, count in months.items()
    )
    return f'<div class="widget BlogArchive"><h2>Lưu trữ Blog</h2><ul>{lines}</ul></div>'


def _frame(site: Site, title: str, posts: str, pager: str = "") -> str:
    """The blog's frame; the pager leads to `/search`, which robots.txt of such blogs forbids."""
    name = "Bản tin khoa học và đời sống (mẫu)"
    window = f"{name}: {title}" if title else name
    return page(
        window,
        f'<div class="header"><h1 class="title"><a href="/">{name}</a></h1></div><div class="main section">'
        f'<div class="blog-posts hfeed">{posts}</div><div class="blog-pager">{pager}</div></div>'
        f'<div class="sidebar">{_archive(site)}</div><div class="footer">Được tạo bởi <a href="https://www.blogger.com">Blogger</a>.</div>',
        head='<meta content="blogger" name="generator">',
    )


def _empty() -> Site:
    shell: Shell = replace(PLAIN, name="blog", sections=LABELS)
    site = shell.build(COUNT)
    site.pages = {"/robots.txt": site.pages["/robots.txt"]}
    site.lists.clear()
    return site


def blogger() -> Site:
    """Months show their posts in full; nothing else leads to most of them."""
    site = _empty()
    older = '<a class="blog-pager-older-link" href="/search?updated-max=2025-01-01&max-results=4">Bài đăng Cũ hơn</a>'
    for article in site.articles:
        site.addresses[article.id] = (
            f"{_month(article)}{article.slug[:39].strip('-')}-{article.id}.html"
        )
    for article in site.articles:
        site.add(
            site.addresses[article.id],
            lambda a=article: _frame(site, a.title, _post(site, a), '<a href="/">Trang chủ</a>'),
        )
    for month, some in groupby(site.articles, key=_month):
        posts = list(some)
        site.lists.append(month)
        site.add(
            month,
            lambda p=posts, m=month: _frame(
                site, f"tháng {m[6:8]} {m[1:5]}", "".join(_post(site, a) for a in p), older
            ),
        )
    site.add(
        "/",
        lambda: _frame(site, "", "".join(_post(site, a) for a in site.articles[:FULL]), older),
    )
    return site


def full_archives() -> Site:
    """Sections show teasers; topics and writers, named on every page, repeat the posts in full."""
    site = _empty()
    sections = {slug: f"/chuyen-muc/{slug}" for slug in LABELS}
    topics = {
        "chu-de/chuyen-doi-so": "chuyển đổi số",
        "tac-gia/bien-tap": "Biên tập viên trang tin",
    }
    cloud = " ".join(f'<a href="/{path}">{name}</a>' for path, name in topics.items())
    news = "".join(f'<li><a href="{sections[s]}">{name}</a></li>' for s, name in LABELS.items())
    for article in site.articles:
        site.addresses[article.id] = f"/{article.slug}"

    def frame(title: str, inner: str) -> str:
        return page(
            f"{title} - Tạp chí (mẫu)",
            f'<div class="m"><ul><li><a href="/">Trang chủ</a></li>{news}</ul></div><div class="n">{inner}</div>'
            f'<div class="q">{cloud}</div>',
        )

    def post(article: SampleArticle, level: str) -> str:
        title = f'<a href="{escape(site.addresses[article.id])}">{escape(article.title)}</a>'
        lead = f"<p><b>{escape(article.summary)}</b></p>" if article.summary else ""
        return (
            f'<div class="p"><{level}>{title if level == "h2" else escape(article.title)}</{level}>'
            f'<div class="d">{article.published.strftime("%d/%m/%Y %H:%M")}</div>'
            f"{lead}{render_parts(article)}{signed(article)}{files(article, '/tep')}</div>"
        )

    def pager(path: str, number: int, last: int) -> str:
        return "".join(
            f' <a href="{path}?page={n}">{n}</a>' for n in range(1, last + 1) if n != number
        )

    for article in site.articles:
        site.add(site.addresses[article.id], lambda a=article: frame(a.title, post(a, "h1")))
    for slug, path in sections.items():
        pages = paged([a for a in site.articles if a.section == slug], 10)
        last = len(pages)
        for number, some in enumerate(pages, 1):
            site.lists.append(path if number == 1 else f"{path}?page={number}")
            site.add(
                site.lists[-1],
                lambda p=path, k=number, n=last, a=some, s=slug: frame(
                    LABELS[s], "".join(PLAIN.item(site, one) for one in a) + pager(p, k, n)
                ),
            )
    for path in topics:
        pages = paged(site.articles[:24], FULL)
        last = len(pages)
        for number, some in enumerate(pages, 1):
            site.add(
                f"/{path}" if number == 1 else f"/{path}?page={number}",
                lambda p=f"/{path}", k=number, n=last, a=some: frame(
                    "Lưu trữ", "".join(post(one, "h2") for one in a) + pager(p, k, n)
                ),
            )
    site.add("/", lambda: frame("Trang chủ", "".join(post(a, "h2") for a in site.articles[:FULL])))
    return site


def classic() -> Site:
    """WordPress as it comes: whole posts on the home page and on `/page/N/`, and no other list."""
    shell = replace(WORDPRESS, name="classic", sections={"tin": "Tin"}, traps=())
    site = shell.build(COUNT)
    for path in site.lists:
        del site.pages[path]
    site.lists.clear()
    bare = replace(shell, sections={})
    pages = paged(site.articles, 6)
    last = len(pages)

    def whole(number: int, posts: list[SampleArticle]) -> str:
        older = (
            f'<a class="next" href="/page/{number + 1}/">Older posts</a>' if number < last else ""
        )
        shown = "".join(
            f'<article><h2 class="entry-title"><a href="{site.addresses[a.id]}">{escape(a.title)}</a></h2>'
            f'<time class="entry-date">{a.published.strftime("%d/%m/%Y")}</time>'
            f'<div class="entry-content">{render_parts(a)}{signed(a)}</div></article>'
            for a in posts
        )
        return bare._page(site, "Trang tin", shown + older)

    for number, posts in enumerate(pages, 1):
        path = "/" if number == 1 else f"/page/{number}/"
        site.lists += [path] if number > 1 else []
        site.add(path, lambda k=number, p=posts: whole(k, p))
    for article in site.articles:
        site.add(
            site.addresses[article.id],
            lambda a=article: bare._page(site, a.title, shell.article(site, a)),
        )
    return site


BLOGS = {build.__name__: build for build in (blogger, full_archives, classic)}
