"""What the shells of many systems have in common: sections, lists, articles, a menu, traps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from samples.articles import SampleArticle, compose
from samples.shells.furniture import FOOTER, SITE_COUNTER, TODAY, menu, page
from samples.site import Answer, Site, paged

SIZE = 10


@dataclass(frozen=True)
class Shell:
    """One system: how it addresses and prints articles and lists.

    `article_url(article)`, `list_url(section, number)` give paths; `article(site, article)` and
    `pager(section, number, last)` give HTML; `head` shows what made the page.
    """

    name: str
    sections: dict[str, str]  # slug → name
    head: str
    article_url: Callable[[SampleArticle], str]
    list_url: Callable[[str, int], str]
    article: Callable[[Site, SampleArticle], str]
    pager: Callable[[str, int, int], str]
    item: Callable[[Site, SampleArticle], str]
    date_form: str = "%Y-%m-%dT%H:%M:00+07:00"
    traps: tuple[tuple[str, str], ...] = ()  # address and name of links that lead nowhere
    host: str = "khcn.mau.example.vn"

    def build(self, count: int = 66, *, seed: int = 7, newest: date = date(2025, 6, 18)) -> Site:
        articles = compose(
            count, seed=seed, sections=tuple(self.sections), newest=newest, first_id=5001
        )
        site = Site(self.name, self.host, "https", articles, "/", date_form=self.date_form)
        self.fill(site)
        return site

    def fill(self, site: Site) -> None:
        """Put up every page of the site's articles, as they are now."""
        for article in site.articles:
            site.addresses[article.id] = self.article_url(article)
            site.add(
                self.article_url(article),
                lambda a=article: self._page(site, a.title, self.article(site, a)),
            )
        for section in self.sections:
            pages = paged([a for a in site.articles if a.section == section], SIZE)
            last = len(pages)
            for number, some in enumerate(pages, 1):
                path = self.list_url(section, number)
                if path not in site.lists:
                    site.lists.append(path)
                site.add(
                    path,
                    lambda s=section, a=some, k=number, n=last: self.list_page(site, s, a, k, n),
                )
        site.add("/", lambda: self._page(site, "Trang chủ", self.items(site, site.articles[:5])))
        site.add(
            "/gioi-thieu",
            lambda: self._page(site, "Giới thiệu", "<p>Chức năng, nhiệm vụ của Sở.</p>"),
        )
        for address, name in self.traps:
            if address not in site.pages:
                site.add(address, lambda n=name: self._page(site, n, f"<p>{n}</p>"))
        site.pages["/robots.txt"] = lambda: Answer(200, "User-agent: *\nAllow: /\n", "text/plain")

    def list_page(
        self, site: Site, section: str, articles: list[SampleArticle], number: int, last: int
    ) -> str:
        name = self.sections[section]
        inner = f"<h1>{name}</h1>{self.items(site, articles)}{self.pager(section, number, last)}"
        return self._page(site, name, inner)

    def items(self, site: Site, articles: list[SampleArticle]) -> str:
        return "".join(self.item(site, article) for article in articles)

    def _page(self, site: Site, title: str, inner: str) -> str:
        links = [("/", "Trang chủ"), ("/gioi-thieu", "Giới thiệu"), *self.traps]
        links += [(self.list_url(slug, 1), name) for slug, name in self.sections.items()]
        return page(
            f"{title} - Sở Khoa học và Công nghệ (mẫu)",
            f'<div class="header"><span>{TODAY}</span></div>{menu(links)}<div id="main">{inner}</div>'
            f'<div class="sidebar">{SITE_COUNTER}</div>{FOOTER}',
            head=self.head,
        )


def linked(site: Site, article: SampleArticle, wrap: str) -> str:
    """A list's entry: its headline as a link, and a teaser."""
    link = f'<a href="{escape(site.addresses[article.id])}">{escape(article.title)}</a>'
    teaser = escape((article.summary or article.lines[0])[:140])
    return wrap.format(link=link, teaser=teaser)


def numbered(
    urls: list[tuple[int, str]], number: int, wrap: str = "<div class='pages'>{}</div>"
) -> str:
    """A pager with a number for each page, the present one without a link."""
    inner = " ".join(
        f"<span>{k}</span>" if k == number else f'<a href="{escape(url)}">{k}</a>'
        for k, url in urls
    )
    return wrap.format(inner)


def files(article: SampleArticle, folder: str) -> str:
    if not article.attachment:
        return ""
    return f'<p><a href="{folder}/{article.attachment}">{article.attachment}</a></p>'


def signed(
    article: SampleArticle, wrap: str = '<p style="text-align:right"><strong>{}</strong></p>'
) -> str:
    return wrap.format(escape(article.byline)) if article.byline else ""
