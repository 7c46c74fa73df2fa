"""Sites of no known system where the way to the articles is hidden: behind buttons, in other articles, behind redirects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

from samples.articles import SampleArticle
from samples.shells.frame import Shell, numbered
from samples.shells.wordpress import SHELL as WORDPRESS
from samples.site import Answer, Site, render_parts
from tests.end_to_end.strange_sites import PLAIN, SECTIONS
from tests.end_to_end.unknown_sites import COUNT, day, link

# Sections, and many articles, to which no words lead but those of a button.


def _behind_buttons(shell: Shell, words: str) -> Site:
    """The home page shows three teasers a section; the button below them is the only way on."""
    shell = replace(
        shell,
        pager=lambda s, k, n: numbered([(i, shell.list_url(s, i)) for i in range(1, n + 1)], k),
    )
    site = shell.build(COUNT)
    bare = replace(shell, sections={})

    def home() -> str:
        blocks = []
        for slug in shell.sections:
            some = [a for a in site.articles if a.section == slug][:3]
            button = f'<div class="x7"><a href="{shell.list_url(slug, 1)}">{words}</a></div>'
            blocks.append(f"<div>{shell.items(site, some)}{button}</div>")
        return bare._page(site, "Trang chủ", "".join(blocks))

    site.add("/", home)
    for article in site.articles:  # no menu here that would name the sections
        site.add(
            site.addresses[article.id],
            lambda a=article: bare._page(site, a.title, shell.article(site, a)),
        )
    return site


def _paged(prefix: str, mark: str) -> Callable[[str, int], str]:
    return lambda s, n: f"{prefix}{s}" + (f"{mark}{n}" if n > 1 else "")


def behind_buttons() -> Site:
    """The section's address ends in words, as an article's does."""
    shell = replace(PLAIN, name="behind_buttons", list_url=_paged("/chuyen-muc-", "?trang="))
    return _behind_buttons(shell, "Xem tiếp")


def bare_headlines() -> Site:
    """The same where the section has neither dates nor teasers, and few headlines a page."""
    shell = replace(
        PLAIN,
        name="bare_headlines",
        list_url=_paged("/cac-", "?trang="),
        item=lambda site, a: f"<div>{link(site, a)}</div>",
    )
    return _behind_buttons(shell, "Xem thêm »")


def known_system() -> Site:
    """WordPress, whose pattern for articles the sections' addresses match."""
    shell = replace(
        WORDPRESS,
        name="known_system",
        sections=SECTIONS,
        list_url=lambda s, n: f"/{s}/" if n == 1 else f"/{s}/page/{n}/",
        traps=(),
    )
    return _behind_buttons(shell, "Xem tất cả")


def featured() -> Site:
    """A section opens with the whole lead of its newest story, then lists headlines."""

    def item(site: Site, article: SampleArticle) -> str:
        first = next(a for a in site.articles if a.section == article.section)
        if article.id != first.id:
            return f"<div>{link(site, article)} <i>{day(article)}</i></div>"
        text = "".join(f"<p>{escape(line)}</p>" for line in article.lines[:3])
        return f"<div><h2>{link(site, article)}</h2><span>{day(article)}</span>{text}</div>"

    shell = replace(PLAIN, name="featured", item=item, list_url=_paged("/chuyen-muc-", "?trang="))
    return _behind_buttons(shell, "Xem tiếp")


def details_only() -> Site:
    """Titles are no links; "Xem chi tiết" beside each leads to an address that is a number."""
    number = {slug: at for at, slug in enumerate(SECTIONS, 1)}
    shell = replace(
        PLAIN,
        name="details_only",
        article_url=lambda a: f"/chitiet.aspx?id={a.id}",
        list_url=lambda s, n: f"/danhsach.aspx?cm={number[s]}" + (f"&page={n}" if n > 1 else ""),
        item=lambda site, a: (
            f"<div><b>{escape(a.title)}</b> <i>{day(a)}</i> {link(site, a, 'Xem chi tiết')}</div>"
        ),
    )
    return replace(
        shell,
        pager=lambda s, k, n: numbered([(i, shell.list_url(s, i)) for i in range(1, n + 1)], k),
    ).build(COUNT)


def undated() -> Site:
    """Neither articles nor lists have a date, and the lists are headlines alone."""

    def article(site: Site, a: SampleArticle) -> str:
        lead = f"<p><b>{escape(a.summary)}</b></p>" if a.summary else ""
        return f"<h1>{escape(a.title)}</h1><div>{lead}{render_parts(a)}</div>"

    def item(site: Site, a: SampleArticle) -> str:
        return f"<li>{link(site, a)}</li>"

    return replace(PLAIN, name="undated", article=article, item=item).build(COUNT)


def chained() -> Site:
    """The lists show their newest articles; each article leads to three that are older."""

    def article(site: Site, a: SampleArticle) -> str:
        same = [other for other in site.articles if other.section == a.section]
        at = next(n for n, other in enumerate(same) if other.id == a.id)
        older = "".join(
            f"<li>{link(site, o)} <i>({day(o)})</i></li>" for o in same[at + 1 : at + 4]
        )
        more = f'<div class="x8"><h4>Các tin đã đưa</h4><ul>{older}</ul></div>' if older else ""
        return PLAIN.article(site, a) + more

    shell = replace(PLAIN, name="chained", article=article)
    site = shell.build(COUNT)
    for slug in SECTIONS:
        some = [a for a in site.articles if a.section == slug][:6]
        site.add(shell.list_url(slug, 1), lambda s=slug, a=some: shell.list_page(site, s, a, 1, 1))
        for path in [p for p in site.lists if p.startswith(f"/{slug}?")]:
            site.lists.remove(path)
            del site.pages[path]
    return site


def prev_next() -> Site:
    """Nothing but the newest article is on the home page; each leads to the one before it."""

    def article(site: Site, a: SampleArticle) -> str:
        at = next(n for n, other in enumerate(site.articles) if other.id == a.id)
        beside = [site.articles[n] for n in (at - 1, at + 1) if 0 <= n < len(site.articles)]
        ways = " ".join(f"<span>{link(site, o)}</span>" for o in beside)
        return f'{PLAIN.article(site, a)}<div class="x8">{ways}</div>'

    shell = replace(PLAIN, name="prev_next", article=article, sections={"tin": "Tin"})
    site = shell.build(COUNT)
    bare = replace(shell, sections={})
    for path in site.lists:
        del site.pages[path]
    site.lists.clear()
    site.add("/", lambda: bare._page(site, "Trang chủ", shell.items(site, site.articles[:1])))
    for a in site.articles:
        site.add(
            site.addresses[a.id],
            lambda a=a: bare._page(site, a.title, shell.article(site, a)),
        )
    return site


# Addresses that are not where they say.


def _to_slash(site: Site, status: int, *, absolute: bool) -> Site:
    """Every page but the start page stands at its address with a slash, and links never say so."""
    plain = site.answer

    def answer(path: str) -> Answer:
        bare, mark, query = path.partition("?")
        if bare == "/" or bare.endswith((".txt", ".xml")):
            return plain(path)
        if not bare.endswith("/"):
            where = f"{bare}/{mark}{query}"
            location = f"{site.root}{where}" if absolute else where
            return Answer(status, "", location=location)
        return plain(f"{bare.rstrip('/')}{mark}{query}")

    site.answer = answer  # type: ignore[method-assign]
    return site


def slash_301() -> Site:
    return _to_slash(replace(PLAIN, name="slash_301").build(COUNT), 301, absolute=True)


def slash_308() -> Site:
    return _to_slash(replace(PLAIN, name="slash_308").build(COUNT), 308, absolute=False)


def new_slugs() -> Site:
    """Old addresses in the lists; each leads by 302 to the article's new one, in another folder."""
    site = replace(PLAIN, name="new_slugs").build(COUNT)
    for article in site.articles:
        old, new = site.addresses[article.id], f"/bai-viet/{article.id}/{article.slug}"
        site.pages[new] = site.pages[old]
        site.pages[old] = lambda w=new: Answer(302, "", location=f"{w}#noi-dung")
    return site


def withdrawn() -> Site:
    """Articles that are no more send their readers to the home page or to one page for all of them."""
    site = replace(PLAIN, name="withdrawn").build(COUNT + 12)
    gone, site.articles[COUNT:] = site.articles[COUNT:], []
    for at, article in enumerate(gone):
        where = "/" if at % 2 else "/bai-viet-da-duoc-go-khoi-trang"
        site.pages[site.addresses[article.id]] = lambda w=where: Answer(302, "", location=w)
    said = "<p>Bài viết mà bạn tìm đã được gỡ khỏi trang thông tin điện tử của Sở.</p>" * 6
    site.add(
        "/bai-viet-da-duoc-go-khoi-trang", lambda: PLAIN._page(site, "Bài viết đã được gỡ", said)
    )
    return site


HIDDEN: dict[str, Callable[[], Site]] = {
    build.__name__: build
    for build in (
        behind_buttons, details_only, undated, bare_headlines, known_system, featured, chained, prev_next, slash_301,
        slash_308, new_slugs, withdrawn,
    )
}  # fmt: skip
