"""What happens to a portal: forty scenarios, and what the archive must call each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from samples.articles import Part
from samples.site import Answer
from tests.end_to_end.simulated_portal import Living, Nights, article_page

EVENT_NIGHTS = range(11, 14)  # the nights it lasts
SITE_DOWN = {"/robots.txt"}


@dataclass(frozen=True)
class Scenario:
    """What happens to a portal, and what the archive must call it."""

    happens: Callable[[Living, Nights], None]
    alarm: str | None = None
    failure: str | None = None
    outcome: str = "ok"
    count: int = 12


def everywhere(answer: Answer, *, robots: bool = False):
    """The server gives one answer to whatever it is asked."""

    def happens(portal: Living, nights: Nights) -> None:
        portal.rule = lambda path, usual: answer if robots or path != "/robots.txt" else usual

    return happens


def on_articles(change: Callable[[str, str], Answer | str]):
    """Every article's page is another one."""

    def happens(portal: Living, nights: Nights) -> None:
        def rule(path: str, usual: Answer) -> Answer:
            if not portal.is_article(path):
                return usual
            said = change(path, usual.body)
            return replace(usual, body=said) if isinstance(said, str) else said

        portal.rule = rule

    return happens


def on_lists(change: Callable[[Living, str, str], Answer | str]):
    def happens(portal: Living, nights: Nights) -> None:
        def rule(path: str, usual: Answer) -> Answer:
            if not portal.is_list(path):
                return usual
            said = change(portal, path, usual.body)
            return replace(usual, body=said) if isinstance(said, str) else said

        portal.rule = rule

    return happens


def cut(text: str, start: str, end: str) -> str:
    """The text without every piece from start to end."""
    while start in text:
        before, _, rest = text.partition(start)
        text = before + rest.partition(end)[2]
    return text


def without_entries(keep: int):
    mark = '<div class="panel-body"><h3>'

    def change(portal: Living, path: str, html: str) -> str:
        head, *entries = html.split(mark)
        return (
            head
            + "".join(mark + entry for entry in entries[:keep])
            + (entries[-1].partition("</div></div>")[2] if entries else "")
        )

    return change


def once(action: Callable[[Living, Nights], None]):
    """Something the portal does on the first of the three nights."""

    def happens(portal: Living, nights: Nights) -> None:
        if nights.day == EVENT_NIGHTS[0]:
            action(portal, nights)

    return happens


def published(count: int, change: Callable[[str], str] = str, **fields):
    """New articles, their pages changed."""

    def action(portal: Living, nights: Nights) -> None:
        made = portal.publish(nights.today, count, **fields)
        new = {portal.site.addresses[article.id] for article in made}
        portal.rule = lambda path, usual: (
            replace(usual, body=change(usual.body)) if path in new else usual
        )

    return once(action)


def in_two_years(html: str) -> str:
    """The page prints a date that is still to come."""
    return re.sub(r"(\d\d/\d\d/)(20\d\d)", lambda day: f"{day[1]}{int(day[2]) + 2}", html)


def moved(portal: Living, nights: Nights) -> None:
    old = portal.path(3)
    new = f"/chuyen-muc-moi{old[old.rindex('/') :]}"
    page = portal.site.pages[old]

    def rule(path: str, usual: Answer) -> Answer:
        if path == old:
            return Answer(301, "", location=portal.root + new)
        return page() if path == new else usual

    portal.rule = rule


def one_page(number: int, answer: Answer):
    def action(portal: Living, nights: Nights) -> None:
        path = portal.marked = portal.path(number)
        portal.rule = lambda asked, usual: answer if asked == path else usual

    return once(action)


def edited(portal: Living, nights: Nights) -> None:
    parts = portal.site.articles[2].parts
    portal.marked = portal.path(2)
    portal.change(2, parts=(*parts, Part("p", "Bổ sung: kết quả đã được phê duyệt hôm nay.")))


def path_gone(path: str):
    def happens(portal: Living, nights: Nights) -> None:
        portal.rule = lambda asked, usual: Answer(404, "") if asked == path else usual

    return happens


def second_pages_gone(portal: Living, nights: Nights) -> None:
    # Page 2 is asked for when a list's first page has something new that the start page has not.
    portal.publish(nights.today, 8)
    portal.rule = lambda asked, usual: Answer(404, "") if "/page-2" in asked else usual


def to_https(portal: Living, nights: Nights) -> None:
    portal.rule = lambda path, usual: Answer(301, "", location=f"{portal.elsewhere}{path}")


def back_dated(portal: Living, nights: Nights) -> None:
    portal.publish(nights.today - timedelta(days=70), at=22)


WAF = Answer(200, "<title>Request Rejected</title><p>Your support ID is: 42</p>")
LOGIN = Answer(
    200, "<title>Đăng nhập</title><form><input name=u><input type=password name=p></form>"
)
SHELL = Answer(200, '<title>Sở</title><div id="root"></div><script src="/a.js"></script>')
BUSY = Answer(200, "<title>Thông báo</title><p>Hệ thống đang bảo trì, mời quay lại sau.</p>")
DATABASE = Answer(200, "<title>Lỗi</title><p>Error establishing a database connection</p>")
SOFT = article_page("<title>404</title><h1>Không tìm thấy trang</h1>")
HOME = Answer(302, "", location="https://khcn.mau.example.vn/")
AWAY = Answer(301, "", location="https://sokhcn-moi.example.vn/")
PARTIAL = {"outcome": "partial"}
FAILED = {"outcome": "failed"}

SCENARIOS: dict[str, Scenario] = {
    "nothing": Scenario(lambda portal, nights: None),
    "new": Scenario(published(2)),
    "edited": Scenario(once(edited)),
    "noise": Scenario(once(lambda p, n: p.change(4, views=p.site.articles[4].views + 500))),
    "deleted": Scenario(one_page(5, Answer(404, ""))),
    "sent_home": Scenario(one_page(6, HOME)),
    "soft_404": Scenario(one_page(7, SOFT)),
    "moved": Scenario(once(moved)),
    "back_dated": Scenario(once(back_dated), count=24),
    "waf": Scenario(everywhere(WAF), "blocked", "blocked", **FAILED),
    "login": Scenario(everywhere(LOGIN), "blocked", "blocked", **FAILED),
    "down": Scenario(everywhere(Answer(503, ""), robots=True), "http_5xx", "http_5xx", **FAILED),
    "forbidden": Scenario(everywhere(Answer(403, "")), "http_4xx", "http_4xx", **FAILED),
    "maintenance": Scenario(everywhere(BUSY), "maintenance", "maintenance", **FAILED),
    "database": Scenario(everywhere(DATABASE), "server_error", "http_5xx", **FAILED),
    "scripted": Scenario(everywhere(SHELL), "site_changed", "site_changed", **FAILED),
    "robots": Scenario(
        lambda portal, nights: portal.site.pages.update({"/robots.txt": lambda: Answer(
            200, "User-agent: *\nDisallow: /\n", "text/plain")}),
        "robots", "robots", **FAILED,
    ),
    "renamed": Scenario(everywhere(AWAY), "host_moved", "redirects", **FAILED),
    "redirect_storm": Scenario(everywhere(HOME), "redirects", "redirects", **FAILED),
    "certificate": Scenario(to_https, "tls", "tls", **FAILED),
    "empty_lists": Scenario(on_lists(without_entries(0)), "lists_empty", "site_changed", **PARTIAL),
    "short_lists": Scenario(on_lists(without_entries(2)), "lists_shrunk", "site_changed", **PARTIAL),
    "feed_only": Scenario(
        on_lists(lambda p, path, html: SHELL), "site_changed", "site_changed", **FAILED
    ),
    "start_gone": Scenario(path_gone("/"), "start_gone", "http_4xx", **PARTIAL),
    "section_gone": Scenario(path_gone("/tin-hoat-dong/"), "list_gone", "http_4xx", **PARTIAL),
    "no_pager": Scenario(
        on_lists(lambda p, path, html: cut(html, '<ul class="pagination">', "</ul>")),
        "paging_unreachable", "paging_unreachable", count=24, **PARTIAL,
    ),
    "page_2_gone": Scenario(
        second_pages_gone, "paging_unreachable", "paging_unreachable", count=24, **PARTIAL
    ),
    "no_date": Scenario(
        on_articles(lambda path, html: cut(html, '<span class="h5">', "</span>")),
        "coverage_drop", "site_changed", **PARTIAL,
    ),
    "no_byline": Scenario(
        on_articles(lambda path, html: cut(html, '<p class="h5 text-right">', "</p>")),
        "coverage_drop", "site_changed", **PARTIAL,
    ),
    "no_text": Scenario(
        on_articles(lambda path, html: cut(html, '<p style="text-align:justify">', "</p>")
                    .replace('margin-bottom-lg">', 'margin-bottom-lg"><p>Xem tệp.</p>', 1)),
        "coverage_drop", "site_changed", **PARTIAL,
    ),
    "new_without_date": Scenario(
        published(6, lambda html: cut(html, '<span class="h5">', "</span>")),
        "coverage_drop", "site_changed", **PARTIAL,
    ),
    "one_title": Scenario(
        on_articles(lambda path, html: cut(cut(html, "<h1", "</h1>"), "<title>", "</title>").replace(
            '<div class="panel-body">', '<div class="panel-body"><h1 class="title">Cổng thông tin điện tử</h1>', 1)),
        "duplicate_titles", "site_changed", **PARTIAL,
    ),
    "unreadable": Scenario(
        on_articles(lambda path, html: article_page("<title>Tin</title>" + "".join(
            f'<p><a href="/x/{n}">Tiêu đề một bài viết nào đó số {n} của trang</a></p>' for n in range(20)))),
        "extractor_refusals", "extractor_refusals", **PARTIAL,
    ),
    "all_gone": Scenario(on_articles(lambda p, h: Answer(404, "")), "mass_missing", "http_4xx", **PARTIAL),
    "all_soft_404": Scenario(on_articles(lambda p, h: SOFT), "mass_missing", "http_4xx", **PARTIAL),
    "all_home": Scenario(on_articles(lambda p, h: HOME), "redirects", "redirects", **PARTIAL),
    "defaced": Scenario(
        on_articles(lambda path, html: re.sub(
            r'(<div id="news-bodyhtml"[^>]*>).*?(?=</div>(?:<p class="h5|<div class="news-download))',
            rf"\1<p>{'Trang này đã bị chiếm quyền. ' * 30}</p>", html, flags=re.DOTALL)),
        "mass_edits", "site_changed", **PARTIAL,
    ),
    "to_come": Scenario(published(4, in_two_years), "future_dates", "site_changed", **PARTIAL),
}  # fmt: skip
