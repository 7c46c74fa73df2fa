"""A portal over twelve months: it grows, edits, is rebuilt half-way, and somebody kept some of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from html import escape

from samples.articles import MADE_UP, SampleArticle
from samples.common_crawl import Month, digest_of
from samples.shells import ha_noi
from samples.site import Site, render_parts
from samples.web_archive import Snapshot

MONTHS = 12  # of the year after the newest article: nobody sees a page before it is published
REBUILT = 7  # the first month of the new look
SHOWN = 10  # articles on a page of a list
ADDED = "Bản tin có bổ sung ý kiến của các đơn vị tham gia chương trình."


@dataclass
class Years:
    """What was published, and which of it two archives kept."""

    site: Site
    missing: list[SampleArticle]
    kept: list[SampleArticle]
    edited: dict[int, int]  # article → the month from which it reads otherwise
    snapshots: list[Snapshot] = field(
        default_factory=list
    )  # an archive's like the Internet Archive
    months: list[Month] = field(default_factory=list)  # a crawl's
    lists: int = 0  # list pages that were kept, each digest once
    digests: set[str] = field(default_factory=set)
    bodies: dict[str, bytes] = field(default_factory=dict)  # by digest

    def body_of(self, row: dict[str, str]) -> bytes:
        """What a row of a crawl's index stands for."""
        return self.bodies[row["digest"]]


def build(count: int = 40, *, seed: int = 5, packed: bool = True) -> Years:
    """A portal of that many articles, a fifth of which nobody kept although its lists name them."""
    chance = random.Random(seed)
    site = ha_noi.build(count)
    articles = sorted(site.articles, key=lambda article: article.id)
    missing = sorted(chance.sample(articles, count // 5), key=lambda article: article.id)
    kept = [article for article in articles if article not in missing]
    edited = {article.id: 4 + at % 6 for at, article in enumerate(kept[:: max(1, count // 8)])}
    years = Years(site, missing, kept, edited)
    years.months = [Month(f"CC-MAIN-2023-{5 + 4 * m:02}", packed=packed) for m in range(MONTHS)]
    per_month = -(-count // MONTHS)
    for month in range(1, MONTHS + 1):
        public = articles[: per_month * month]
        for article in public:
            if article in kept:
                words = ADDED if edited.get(article.id, 99) <= month else ""
                body = _article(site, article, words, new=month >= REBUILT)
                _keep(years, chance, month, site.root + site.addresses[article.id], body,
                      surely=article in public[-per_month:] or month == MONTHS)  # fmt: skip
        newest = public[::-1]
        for at in range(0, len(newest), SHOWN):
            path = "/vi/thong-tin-dt" + (f"?_101_cur={at // SHOWN + 1}" if at else "")
            body = _list(site, newest[at : at + SHOWN], new=month >= REBUILT)
            _keep(years, chance, month, site.root + path, body, surely=True)
    return years


def _keep(
    years: Years, chance: random.Random, month: int, url: str, body: str, *, surely: bool
) -> None:
    """One archive has it, or the other, or both at once, or nobody this month."""
    first, second = chance.random() < 0.6, chance.random() < 0.6
    if surely and not (first or second):
        first = True
    data = (MADE_UP + body).encode()
    day, clock = 3 + chance.randrange(20), f"{chance.randrange(24):02}{chance.randrange(60):02}09"
    at = f"2023{month:02}{day:02}{clock}"
    if first:
        years.snapshots.append(Snapshot(url, at, data, digest_of(data)))
    if second:
        # Now and then the very same look, as one archive gave it to the other.
        at = at if first and chance.random() < 0.3 else f"2023{month:02}{day + 4:02}{clock}"
        years.months[month - 1].add(url, at, data)
    if first or second:
        years.digests.add(digest_of(data))
        years.bodies[digest_of(data)] = data


def _frame(title: str, inner: str, *, new: bool) -> str:
    if not new:
        return ha_noi._frame(title, inner)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)} | Cổng thông tin</title>'
        '<script>var Liferay={};Liferay.ThemeDisplay={};</script></head><body><header class="top">'
        '<a href="/vi/trang-chu">Sở Thông tin và Truyền thông Hà Nội</a><nav><a href="/vi/thong-tin-dt">Tin tức'
        f'</a></nav></header><main class="khung">{inner}</main><footer><p>Cơ quan chủ quản: UBND thành phố Hà Nội'
        "</p></footer></body></html>"
    )


def _article(site: Site, article: SampleArticle, words: str, *, new: bool) -> str:
    lead = f'<p class="sapo">{escape(article.summary)}</p>' if article.summary else ""
    signed = (
        f'<p align="right"><strong>{escape(article.byline)}</strong></p>' if article.byline else ""
    )
    text = render_parts(article)
    if words:
        line = escape(article.lines[0])
        text = text.replace(line, f"{line} {words}", 1)
    hour = article.published.strftime("%I:%M %p").lstrip("0")
    dated = f"Ngày đăng {article.published.strftime('%d/%m/%Y')} | {hour}"
    if new:
        inner = (
            f'<article class="chi-tiet"><h1 class="asset-full-content-title">{escape(article.title)}</h1>'
            f'<time class="assetPublishDate">{dated}</time>{lead}'
            f'<div class="asset-full-content"><div class="journal-content-article">{text}{signed}</div></div></article>'
        )
    else:
        inner = (
            f'<div class="asset-full-content"><h2 class="asset-full-content-title">{escape(article.title)}</h2>'
            f'<div class="assetPublishDate">{dated} | View count: {article.views}</div>{lead}'
            f'<div class="journal-content-article">{text}{signed}</div></div>'
        )
    return _frame(article.title, inner, new=new)


def _list(site: Site, articles: list[SampleArticle], *, new: bool) -> str:
    def entry(a: SampleArticle) -> str:
        day = a.published.strftime("%d/%m/%Y")
        link = f'<a href="{site.addresses[a.id]}">{escape(a.title)}</a>'
        if new:
            return f'<li class="tin">{link} <span class="ngay">({day})</span></li>'
        return f'<div class="asset-abstract"><h3 class="asset-title">{link}</h3><div class="assetPublishDate">{day}</div></div>'

    inner = "".join(map(entry, articles))
    return _frame("Thông tin điện tử", f"<ul>{inner}</ul>" if new else inner, new=new)
