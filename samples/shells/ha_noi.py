"""Liferay 6.2 as in Hà Nội: sections share articles, language links never end, print copies."""

from __future__ import annotations

from datetime import date
from html import escape

from samples.articles import SampleArticle, compose
from samples.shells.furniture import SITE_COUNTER, TODAY, page
from samples.site import Site, paged, render_parts

SECTIONS = {"ke-hoach-tai-chinh": "Kế hoạch tài chính", "thong-tin-dt": "Thông tin điện tử"}
QUERY = (
    "p_p_id=101&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&p_p_col_id=column-1&p_p_col_pos=1"
    "&p_p_col_count=2&_101_delta=5&_101_keywords=&_101_advancedSearch=false&_101_andOperator=true"
    "&p_r_p_564233524_resetCur=false&_101_cur={}"
)
HEAD = '<script>var Liferay={};Liferay.Browser={};</script><link class="lfrThemeDisplay" href="/so4t-theme/css/main.css">'
SIZE = 5


def build(count: int = 20, *, seed: int = 3) -> Site:
    articles = compose(
        count, seed=seed, sections=tuple(SECTIONS), newest=date(2022, 8, 20), first_id=4401201
    )
    site = Site(
        "ha_noi", "sotttt.hanoi.gov.vn", "https", articles, "/vi/trang-chu",
        captured_at="2022-08-27T05:44:49Z", date_form="%Y-%m-%dT%H:%M:00+07:00",
    )  # fmt: skip
    for article in articles:
        site.addresses[article.id] = _address(article, "vi", article.section)
    for article in articles:
        for section in SECTIONS:
            for address in (_address(article, "vi", section), _address(article, "en", section)):
                for tail in ("", "/en", "/vi", "/en/vi", "/vi/en"):
                    site.add(
                        address + tail, lambda a=article, p=address + tail: _article(site, a, p)
                    )
        copy = (
            site.addresses[article.id].replace("view_content/", "view_content/pop_up/")
            + "?_101_viewMode=print"
        )
        site.add(copy, lambda a=article: f"<h1>{escape(a.title)}</h1>{render_parts(a)}")
    for section in SECTIONS:
        own = [article for article in articles if article.section == section]
        # A section also shows an article of the other one.
        own += [article for article in articles if article.section != section][:1]
        total = len(own)
        pages = paged(own, SIZE)
        last = len(pages)
        for number, some in enumerate(pages, 1):
            for path in dict.fromkeys(
                (f"/vi/{section}" if number == 1 else "", f"/vi/{section}?{QUERY.format(number)}")
            ):
                if path:
                    site.add(
                        path,
                        lambda s=section, a=some, k=number, p=last, n=total: _list_page(
                            site, s, a, k, p, n
                        ),
                    )
            site.lists.append(
                f"/vi/{section}" if number == 1 else f"/vi/{section}?{QUERY.format(number)}"
            )
    site.add("/vi/trang-chu", lambda: _frame("Trang chủ", _links(site, articles[:4])))
    return site


def _address(article: SampleArticle, language: str, section: str) -> str:
    return f"/{language}/{section}/-/view_content/{article.id}-{article.slug}.html"


def _frame(title: str, inner: str, path: str = "/vi/trang-chu") -> str:
    menu = "".join(
        f'<li><a href="/vi/{name}"><span>{words}</span></a></li>'
        for name, words in SECTIONS.items()
    )
    return page(
        f"{title} - Sở Thông tin và Truyền thông (mẫu)",
        f'<div id="wrapper"><a href="#main-content" id="skip-to-content">Truy cập nội dung luôn</a><div id="banner"><span>{TODAY}</span>'
        f'<a href="{path}/en">English</a> <a href="{path}/vi">Tiếng Việt</a></div><div id="navigation"><ul>{menu}</ul></div>'
        f'<div id="content"><div class="portlet-asset-publisher" id="p_p_id_101_"><div class="portlet-body">{inner}</div></div></div>'
        f'{SITE_COUNTER}<div id="footer"><p>Bản quyền thuộc: Sở Thông tin và Truyền thông (trang mẫu)</p></div></div>',
        head=HEAD,
    )


def _links(site: Site, articles: list[SampleArticle]) -> str:
    return "".join(
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="{site.addresses[a.id]}">{escape(a.title)}</a></h3>'
        f'<div class="assetPublishDate">{a.published.strftime("%d/%m/%Y")}</div><div class="asset-summary">{escape(a.summary or "")}</div></div>'
        for a in articles
    )


def _list_page(
    site: Site, section: str, articles: list[SampleArticle], number: int, last: int, total: int
) -> str:
    pager = "".join(
        f'<li><a href="/vi/{section}?{escape(QUERY.format(k))}">{k}</a></li>'
        for k in range(1, last + 1)
    )
    first = (number - 1) * SIZE + 1
    return _frame(
        SECTIONS[section],
        f'{_links(site, articles)}<ul class="lfr-pagination-buttons">{pager}</ul>'
        f'<small class="search-results">Hiển thị {first} - {first + len(articles) - 1} of {total} kết quả.</small>',
        f"/vi/{section}",
    )


def _article(site: Site, article: SampleArticle, path: str) -> str:
    hour = article.published.strftime("%I:%M %p").lstrip("0")
    lead = f'<p class="sapo">{escape(article.summary)}</p>' if article.summary else ""
    signed = (
        f'<p align="right"><strong>{escape(article.byline)}</strong></p>' if article.byline else ""
    )
    file = (
        f'<p><a href="/documents/{article.attachment}">{article.attachment}</a></p>'
        if article.attachment
        else ""
    )
    others = "".join(
        f'<li><a href="{site.addresses[a.id]}">{escape(a.title)}</a> <span>({a.published.strftime("%d/%m/%Y")})</span></li>'
        for a in site.articles
        if a.section == article.section and a.id < article.id
    )
    return _frame(
        article.title,
        f'<div class="asset-full-content"><h2 class="asset-full-content-title">{escape(article.title)}</h2>'
        f'<div class="assetPublishDate">Ngày đăng {article.published.strftime("%d/%m/%Y")} | {hour} | View count: {article.views}</div>'
        f'{lead}<div class="journal-content-article">{render_parts(article)}{signed}{file}</div>'
        f'<p class="view-content-author">Pho Ban bien tap</p><div class="taglib-ratings">Click để đánh giá bài viết</div>'
        f'<h4>Tin liên quan</h4><ul class="related_asset_list">{others}</ul></div>',
        path,
    )
