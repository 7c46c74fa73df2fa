"""SharePoint as in Yên Bái: `chi-tiet-tin-tuc.aspx?ItemID=N&l=LIST&lv=N`, weather after the byline."""

from __future__ import annotations

from datetime import date
from html import escape

from samples.articles import SampleArticle, compose
from samples.shells.furniture import FOOTER, SITE_COUNTER, TODAY, WEATHER, menu, page, related
from samples.site import Site, paged, render_parts

LISTS = {
    "Tinhoatdong": ("Tin Hoạt động", "Chung", 30),
    "Tintrongtinh": ("Tin trong tỉnh", "Chung", 11),
}
HEAD = '<meta name="GENERATOR" content="Microsoft SharePoint"><script src="/_layouts/15/init.js"></script>'
SIZE = 6


def build(count: int = 18, *, seed: int = 1) -> Site:
    articles = compose(
        count, seed=seed, sections=tuple(LISTS), newest=date(2025, 6, 18), first_id=371
    )
    site = Site(
        "yen_bai", "sokhoahocvacongnghe.yenbai.gov.vn", "https", articles, "/",
        own_unit="Sở Khoa học và Công nghệ",
    )  # fmt: skip
    for article in articles:
        level = LISTS[article.section][2]
        site.addresses[article.id] = (
            f"/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID={article.id}&l={article.section}&lv={level}"
        )
    for article in articles:
        address = site.addresses[article.id]
        for alias in (address, address.rpartition("&")[0]):
            site.add(alias, lambda a=article: _article(site, a))
    for name in LISTS:
        own = [article for article in articles if article.section == name]
        pages = paged(own, SIZE)
        last = len(pages)
        for number, some in enumerate(pages, 1):
            path = _list(name, number)
            site.lists.append(path)
            site.add(path, lambda n=name, s=some, k=number, p=last: _list_page(site, n, s, k, p))
    site.add("/", lambda: _home(site))
    site.add(
        "/noidung/gioithieu/Pages/gioi-thieu.aspx",
        lambda: _frame("Giới thiệu", "<p>Trang giới thiệu chung.</p>"),
    )
    return site


def _list(name: str, number: int) -> str:
    base = f"/noidung/tintuc/Pages/tin-tuc.aspx?l={name}"
    return base if number == 1 else f"{base}&Page={number}"


def _frame(title: str, inner: str) -> str:
    links = [("/", "Trang chủ"), ("/noidung/gioithieu/Pages/gioi-thieu.aspx", "Giới thiệu")]
    links += [(_list(name, 1), words[0]) for name, words in LISTS.items()]
    return page(
        title,
        f'<a href="#main">Skip to main content</a><div id="s4-workspace"><div class="header"><span>{TODAY}</span>'
        f"</div>{menu(links)}<table><tr><td id='MSOZoneCell'>{inner}</td><td class='right'>{SITE_COUNTER}</td></tr>"
        f"</table>{FOOTER}</div>",
        head=HEAD,
    )


def _home(site: Site) -> str:
    latest = "".join(
        f'<li><a href="{escape(site.addresses[a.id])}">{escape(a.title)}</a></li>'
        for a in site.articles[:4]
    )
    return _frame("Sở Khoa học và Công nghệ", f"<h2>Tin mới</h2><ul>{latest}</ul>")


def _list_page(site: Site, name: str, articles: list[SampleArticle], number: int, last: int) -> str:
    items = "".join(
        f'<div class="tin"><a href="{escape(site.addresses[a.id])}">{escape(a.title)}</a>'
        f"<p>{escape(a.summary or a.lines[0][:160])}…</p></div>"
        for a in articles
    )
    pager = "".join(
        f'<a href="{_list(name, k)}">{k}</a> ' for k in range(1, last + 1) if k != number
    )
    return _frame(
        LISTS[name][0], f"<h1>{LISTS[name][0]}</h1>{items}<div class='phantrang'>{pager}</div>"
    )


def _article(site: Site, article: SampleArticle) -> str:
    group, level, _ = LISTS[article.section]
    office = (article.unit or "Sở  Khoa học và Công nghệ") if article.person else article.unit
    byline = f"{article.person} - {office}" if article.person else office or ""
    signed = (
        f'<p style="text-align:right">&nbsp;&nbsp;&nbsp;&nbsp;{escape(byline)}</p>'
        if byline
        else ""
    )
    lead = f"<p><strong>{escape(article.summary)}</strong></p>" if article.summary else ""
    file = (
        f'<p><a href="/tailieu/{article.attachment}">{article.attachment}</a></p>'
        if article.attachment
        else ""
    )
    others = [a for a in site.articles if a.section == article.section and a.id < article.id][:5]
    return _frame(
        f"{article.title} - Sở Khoa học và Công nghệ",
        f"<div class='ms-webpart'><div>{group} &gt;&gt; {level}</div><div class='tieude'>{escape(article.title)}</div>"
        f"<div><span>{article.published.strftime('%d/%m/%Y %H:%M:%S')}</span> <span>Xem cỡ chữ</span> <a href='#'>Google</a></div>"
        f"<div class='noidung'>{lead}{render_parts(article)}{signed}{file}</div>{WEATHER}"
        f"{related(others, site.addresses, 'Các tin khác')}</div>",
    )
