"""SharePoint as in Vĩnh Phúc: `Lists/LIST/View_Detail.aspx?ItemID=N`, numbers repeat from list to list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape

from samples.articles import SampleArticle, compose
from samples.shells.furniture import FOOTER, SITE_COUNTER, TODAY, menu, page
from samples.site import Site, paged, render_parts

LISTS = {"KhoaHocCongNghe": ("tintuc", "Khoa học công nghệ"), "ThongBao": ("thongbao", "Thông báo")}
HEAD = '<meta name="GENERATOR" content="Microsoft SharePoint"><script>var _spPageContextInfo={};</script>'
SIZE = 5


def build(count: int = 18, *, seed: int = 2) -> Site:
    half = count // 2
    lists = {
        name: [
            replace(article, section=name)
            for article in compose(
                half, seed=seed + at, sections=(name,), newest=date(2025, 6, 12 + at), first_id=3901
            )
        ]
        for at, name in enumerate(LISTS)
    }
    site = Site(
        "vinh_phuc",
        "sokhcn.vinhphuc.gov.vn",
        "http",
        [],
        "/Pages/Default.aspx",
        date_form="%Y-%m-%d",
    )
    for name, articles in lists.items():
        shift = 0 if name == "KhoaHocCongNghe" else 100_000  # the site's own numbers repeat
        site.articles += [replace(article, id=article.id + shift) for article in articles]
    for article in site.articles:
        folder = LISTS[article.section][0]
        site.addresses[article.id] = (
            f"/noidung/{folder}/Lists/{article.section}/View_Detail.aspx?ItemID={article.id % 100_000}"
        )
    for article in site.articles:
        site.add(site.addresses[article.id], lambda a=article: _article(site, a))
    for name, (_, title) in LISTS.items():
        pages = paged([a for a in site.articles if a.section == name], SIZE)
        last = len(pages)
        for number, some in enumerate(pages, 1):
            path = _list(name, number)
            site.lists.append(path)
            site.add(
                path,
                lambda n=name, t=title, s=some, k=number, p=last: _list_page(site, n, t, s, k, p),
            )
    site.add("/Pages/Default.aspx", lambda: _home(site))
    site.add(
        "/noidung/gioithieu/Lists/SoKHCN/View_Detail.aspx?ItemID=1",
        lambda: _frame("Giới thiệu", "<h1>Chức năng, nhiệm vụ</h1><p>(01/10/2020)</p>"),
    )
    return site


def _list(name: str, number: int) -> str:
    base = f"/noidung/{LISTS[name][0]}/Lists/{name}/View_All.aspx"
    return base if number == 1 else f"{base}?Page={number}"


def _frame(title: str, inner: str) -> str:
    links = [
        ("/Pages/Default.aspx", "Trang chủ"),
        ("/noidung/gioithieu/Lists/SoKHCN/View_Detail.aspx?ItemID=1", "Giới thiệu"),
    ]
    links += [(_list(name, 1), words[1]) for name, words in LISTS.items()]
    return page(
        title,
        f"<div class='header'>Chào mừng bạn đến với trang thông tin điện tử của Sở <span>Hôm nay {TODAY}</span></div>"
        f"{menu(links)}<div id='content'>{inner}</div><div class='right'>{SITE_COUNTER}</div>{FOOTER}",
        head=HEAD,
    )


def _home(site: Site) -> str:
    latest = "".join(
        f'<li><a href="{site.addresses[a.id]}">{escape(a.title)}</a></li>'
        for a in site.articles[:3]
    )
    return _frame("Sở Khoa học và Công nghệ", f"<h2>Tin nổi bật</h2><ul>{latest}</ul>")


def _list_page(
    site: Site, name: str, title: str, articles: list[SampleArticle], number: int, last: int
) -> str:
    items = "".join(
        f'<li><a href="{site.addresses[a.id]}">{escape(a.title)}</a> <i>({a.published.strftime("%d/%m/%Y")})</i></li>'
        for a in articles
    )
    after = f'<a href="{_list(name, number + 1)}">Trang sau</a>' if number < last else ""
    return _frame(
        title,
        f"<h1>{title}</h1><ul>{items}</ul><div class='paging'><span>{number}</span> {after}</div>",
    )


def _article(site: Site, article: SampleArticle) -> str:
    lead = f"<p class='sapo'>{escape(article.summary)}</p>" if article.summary else ""
    signed = f"<p align='right'><b>{escape(article.byline)}</b></p>" if article.byline else ""
    file = (
        f'<p>Tập tin đính kèm: <a href="/tailieu/{article.attachment}">{article.attachment}</a></p>'
        if article.attachment
        else ""
    )
    others = "".join(
        f'<li><a href="{site.addresses[a.id]}">{escape(a.title)}</a> ({a.published.strftime("%d/%m/%Y")})</li>'
        for a in site.articles
        if a.section == article.section and a.id != article.id
    )
    return _frame(
        LISTS[article.section][1],
        f"<div class='detail'><h3 class='title'>{escape(article.title)}</h3><p>{article.published.strftime('%d/%m/%Y')}</p>"
        f"<div class='body'>{lead}{render_parts(article)}{signed}</div>{file}"
        f"<div>Lượt xem: {article.views}</div><p><b>Các tin đã đưa ngày:</b></p><ul>{others}</ul></div>",
    )
