"""What an answer means for the portal's crawl: where a redirect leads, what a page is called."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from crawler.archive.frontier.queue import HOPS, Visit
from crawler.crawl.exploration import Explorer
from crawler.crawl.link_selection import seed, select_links, target
from crawler.items import Link, Page
from crawler.parsing import join_url, split_url
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url

WALLS = 2  # times that a page is asked for again with the cookie it has set


def follow_redirect(page: Page, visit: Visit, portal: Portal, explorer: Explorer) -> None:
    """Link to where a redirect leads, or name the reason why it is not followed."""
    if not page.capture.location:
        page.capture.outcome = "redirect_nowhere"
        return
    asked = Link(visit.url, visit.kind, visit.text, name=visit.name, page=visit.page)
    link = target(page.capture.location, portal, asked)
    if link is None:
        page.capture.outcome = "redirect_outside"
    elif _leads_home(visit, link, portal):
        page.capture.outcome = "redirect_home"  # how many systems say: not here any more
    elif visit.kind == "article" and not explorer.moved(portal, visit, link):
        page.capture.outcome = "redirect_home"
        page.links = [link] if link.kind == "article" else []
    elif visit.hops >= HOPS or link.url == visit.url:
        page.capture.outcome = "redirect_loop"
    else:
        page.links = [link]


def send_on(
    page: Page, visit: Visit, portal: Portal, explorer: Explorer, takes_cookie: Callable[[], bool]
) -> None:
    """Take a page that says nothing but where its reader is sent for the redirect that it is."""
    said = page.reading.moves_to
    if said is None or page.reading.article:
        return
    location, page.reading.moves_to = page.capture.location, None
    page.capture.outcome, page.capture.location = "redirect", said
    if is_cookie_wall(page, visit) and takes_cookie():
        page.links = [once_more(visit)]
    elif visit.kind == "article":
        follow_redirect(page, visit, portal, explorer)
    else:
        page.capture.outcome = "ok"  # a list leads on by its links
    if page.capture.outcome == "redirect":
        page.reading.refusal, page.reading.links = None, []
    else:  # to itself, to a start page, to somebody else's: the page is what it seemed to be
        page.capture.outcome, page.capture.location, page.links = "ok", location, []


def is_cookie_wall(page: Page, visit: Visit) -> bool:
    """Whether a page redirects to itself; at first sight also to itself with another query."""
    if visit.form or not page.capture.location or visit.hops >= WALLS:
        return False
    here, there = split_url(visit.url), split_url(join_url(visit.url, page.capture.location))
    return here[:3] == there[:3] and (here.query == there.query or not visit.hops)


def once_more(visit: Visit) -> Link:
    """The same page, to be asked for again."""
    return Link(visit.url, visit.kind, visit.text, name=visit.name, page=visit.page)


def _leads_home(visit: Visit, link: Link, portal: Portal) -> bool:
    """Whether a page that is no more sends its readers to a start page."""
    starts = {seed(url, portal).url for url in portal.start_urls}
    there = split_url(link.url)
    home = link.url in starts or not there.path.strip("/") + there.query
    return home and visit.url not in starts


def list_mark(page: Page, portal: Portal, rules: str) -> str:
    """What a list's bytes say is the same while this is: bytes, rules and declared facts."""
    return sha256(f"{page.capture.digest} {rules} {portal}".encode()).hexdigest()[:16]


def name_article(page: Page, visit: Visit, portal: Portal) -> None:
    """Give an article its address and its key."""
    article = page.reading.article
    if article is None:
        return
    here = classify_url(visit.url, portal)
    article.url = here.url
    article.key = visit.name.removeprefix("a:") if visit.kind == "article" else here.key
    if portal.explored and page.reading.canonical:
        article.key = classify_url(page.reading.canonical, portal).key or article.key
    article.key = article.key or here.url


def links_of(page: Page, visit: Visit, portal: Portal, explorer: Explorer) -> list[Link]:
    """The links of a page that are worth a visit."""
    return select_links(
        page.reading.links,
        found_on="article" if page.reading.article else page.proved or visit.kind,
        depth=visit.depth,
        base=visit.url,
        portal=portal,
        alike=explorer.alike,
    )
