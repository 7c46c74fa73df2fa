"""Which of a page's links are worth a visit, told by the shape of their addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from crawler.crawl.address_shapes import DATED, looks_like_article, same_page
from crawler.items import Link, PageKind
from crawler.parsing import is_number, split_url
from crawler.portals.languages import is_translation
from crawler.portals.model import Portal
from crawler.portals.paging import paging
from crawler.portals.urls import PageUrl, classify_url
from crawler.text.navigation import MORE, NEIGHBOUR, NEXT

DEEPEST = 4  # pages of unknown kind are followed this far from a start page
SITEMAP = 50  # the rank of a sitemap: after the lists that were found at once, before exploring
LATER, LAST = (
    100,
    200,
)  # ranks by which a page waits that does not look like news; that surely is none
GUESSED = 40  # the rank of what looks like an article on a start page: it may stand in the menu
TITLE = 200  # characters of an anchor's text that are kept
TITLED = 10  # characters of a link on an article that may be the title of another
MOST_PAGES = 5_000  # of a list
NUMBERS = re.compile(r"[-_/,.=]?(?:p|page|trang)?[-_/,.=]?\d+", re.IGNORECASE)
FIRST = re.compile(
    r"$|0?1$|\W*(?:(?:trang )?(?:đầu|trước)(?: tiên)?|first|prev(?:ious)?)?\W*$", re.IGNORECASE
)
# What portals call their news sections, in their menus and in their addresses.
NEWS = re.compile(
    r"tin|news|thông báo|thong-?bao|sự kiện|su-?kien|hoạt động|hoat-?dong|bài viết|bai-?viet"
    r"|chuyên mục|chuyen-?muc|khoa học|khoa-?hoc|nghiên cứu|nghien-?cuu|article|category",
    re.IGNORECASE,
)
# What stands in every menu and never leads to news.
STANDING = re.compile(
    r"giới thiệu|gioi-?thieu|liên hệ|lien-?he|cơ cấu|co-?cau|chức năng|chuc-?nang|lãnh đạo|lanh-?dao|sơ đồ|so-?do"
    r"|hỏi đáp|hoi-?dap|thủ tục|thu-?tuc|đăng nhập|đường dây nóng|danh bạ|danh-?ba|lịch (?:công tác|tiếp)|lich-?(?:cong|tiep)"
    r"|video|thư viện ảnh|thu-?vien-?anh|album|contact|about|english|góp ý|gop-?y|khảo sát|khao-?sat|rss|từ khóa|tu-?khoa",
    re.IGNORECASE,
)


def _never(url: str) -> bool:
    return False


def select_links(
    links: Iterable[Link],
    *,
    found_on: PageKind,
    depth: int,
    base: str,
    portal: Portal,
    alike: Callable[[str], bool] = _never,
) -> list[Link]:
    """The links to visit, each once, named and classed.

    An article leads on only where nobody described the site: to other articles, and to sections that
    no list has led to yet. `alike` tells whether an address is shaped like those of the site's
    articles; it is asked only where they are explored.
    """
    if found_on == "article" and portal.described:
        return []
    chosen: dict[str, Link] = {}
    for link in links:
        address = classify_url(link.url, portal, base=base)
        if (
            address.kind != "article"
            and not link.form
            and _is_first_page(address.url, link.text, base)
        ):
            continue
        listed = found_on in ("feed", "sitemap")
        named = _named(link, address, depth, portal, alike, base=base, listed=listed)
        if named is None or (found_on == "article" and not _leads_on_from_article(named, base)):
            continue
        known = chosen.get(named.name)
        if known is None:
            chosen[named.name] = named
            continue
        if named.url not in (known.url, *known.others):
            known = replace(known, others=(*known.others, named.url))
        if len(named.text) > len(known.text):
            known = replace(known, text=named.text)
        chosen[named.name] = known
    return list(chosen.values())


def _leads_on_from_article(link: Link, base: str) -> bool:
    """Not to its own copies (`Bản in`, `Đọc tiếp`, `#12`), nor to the pages of its comments.

    But what was taken for an article may be a list's first page.
    """
    if link.form:
        return False
    if link.page > 1:
        paged = paging(link.url)
        return paged is not None and same_page(paged[0], base)
    if link.kind != "article":
        return not _is_below(link.url, base)  # `…/print/`, `…/amp/`, `…/trackback/`
    titled = len(link.text) >= TITLED or NEIGHBOUR.match(link.text) is not None
    return titled and not MORE.match(link.text) and _last_name(link.url) != _last_name(base)


def _is_below(url: str, base: str) -> bool:
    """Whether the path of an address goes on from that of the page it stands on."""
    return url.startswith(base.partition("?")[0].rstrip("/") + "/")


def _last_name(url: str) -> str:
    """What names a page at the end of its address: `an-ban-12.html`, `id=12`."""
    parts = split_url(url)
    return parts.query or parts.path.rstrip("/").rpartition("/")[2]


def seed(url: str, portal: Portal) -> Link:
    """A start page, whatever the shape of its address."""
    address = classify_url(url, portal)
    if address.kind == "article":
        return Link(address.url, "article", name=f"a:{address.key}")
    return Link(address.url, "list", name=f"l:{address.url}")


def sitemap(url: str, portal: Portal) -> Link | None:
    """A sitemap of the portal's, to be read when the near lists are; None when it is another's."""
    address = classify_url(url, portal)
    if address.kind == "outside":
        return None
    return Link(address.url, "sitemap", name=f"l:{address.url}", rank=SITEMAP)


def target(url: str, portal: Portal, asked: Link) -> Link | None:
    """Where a redirect leads that answered for a link; None when that is not ours to visit.

    What only gained or lost a slash is the same page. Where nobody knows the addresses of articles,
    the new one is taken for what the old one was.
    """
    address = classify_url(url, portal, base=asked.url)
    if address.kind == "outside" or address.kind == "skip":
        return None
    if same_page(address.url, asked.url):
        return replace(asked, url=address.url)
    if address.kind == "article":
        return Link(address.url, "article", asked.text, name=f"a:{address.key}")
    if portal.explored and address.kind == "unknown" and asked.kind in ("article", "unknown"):
        return Link(address.url, asked.kind, asked.text, name=f"a:{address.key or address.url}")
    kind: PageKind = "list" if portal.explored else address.kind
    _, number = paging(address.url) or ("", 1)
    return Link(address.url, kind, name=f"l:{address.url}", page=number)


def _is_first_page(url: str, text: str, base: str) -> bool:
    """Page 1 of the very list that the link stands on: `_cur=1` is the bare address again.

    Drupal counts from 0, so there `page=1` stands under the number 2.
    """
    paged = paging(url)
    if paged is None or paged[1] > 1 or (paged[1] == 1 and not FIRST.match(text.strip())):
        return False
    here = (paging(base) or (base, 1))[0]
    return split_url(paged[0]).path.rstrip("/") == split_url(here).path.rstrip("/")


def _named(
    link: Link,
    address: PageUrl,
    depth: int,
    portal: Portal,
    alike: Callable[[str], bool],
    *,
    base: str,
    listed: bool,
) -> Link | None:
    text = " ".join(link.text.split())[:TITLE]
    if address.kind == "outside" or (address.kind == "skip" and not link.form):
        return None
    if address.kind == "article" and not link.form:
        return Link(address.url, "article", text, name=f"a:{address.key}")
    if link.form:
        return Link(
            address.url,
            "list",
            text,
            link.form,
            name=f"l:{address.url}#{_form_name(link.form)}",
            page=max(link.page, 2),
        )
    if link.kind in ("feed", "sitemap"):
        return Link(address.url, link.kind, text, name=f"l:{address.url}")
    paged = paging(address.url)
    if paged and is_translation(address.url) and not is_translation(base):
        return None  # the same list in another language, at the same page
    if paged and paged[1] > 0:
        return Link(address.url, "list", text, name=f"l:{address.url}", page=max(paged[1], 2))
    if address.kind == "list":
        return Link(address.url, "list", text, name=f"l:{address.url}")
    if number := page_number(address.url, text, base):
        return Link(address.url, "list", text, name=f"l:{address.url}", page=number)
    if portal.explored and (
        (not portal.article_urls and looks_like_article(address.url, text, listed=listed))
        or alike(address.url)
    ):
        rank = GUESSED if not depth and not listed else 0
        return Link(address.url, "article", text, name=f"a:{address.key or address.url}", rank=rank)
    if depth >= DEEPEST or (paging(base) and _is_below(address.url, base)):
        return None  # a page of a list has nothing below it but paths that grow for ever
    # Where nobody knows the addresses of articles, a page has one name whatever it turns out to be.
    name = f"a:{address.key or address.url}" if portal.explored else f"l:{address.url}"
    return Link(address.url, "unknown", text, name=name, rank=_later(text, address.url))


@lru_cache(maxsize=10_000)  # a portal's menu stands on all its pages
def _later(text: str, url: str) -> int:
    """How long a page waits by what its link says: sections of news are looked at first."""
    said = f"{text} {url.partition('://')[2].partition('/')[2]}"
    if STANDING.search(said) or DATED.search(url) or is_translation(url):
        return LAST
    return 0 if NEWS.search(said) else LATER


def page_number(url: str, text: str, base: str) -> int:
    """The page of a list that a pager's number or its "next" leads to, whatever its address; else 0.

    But for numbers the address is the list's own: `/tin-tuc-2.html`, `/tin-tuc/p3`, `?trangso=2`.
    The days of a calendar stand beside a year or a word for them.
    """
    digits = text.strip(" []().")
    if not (is_number(digits) or NEXT.match(text)) or DATED.search(url):
        return 0
    here, there = (re.sub(r"\.\w{2,5}$", "", address.rstrip("/")) for address in (base, url))
    rest = NUMBERS.sub("", there).removeprefix(NUMBERS.sub("", here))
    if rest == NUMBERS.sub("", there) or rest[:1] not in ("", "?", "&"):
        return 0
    new = set(re.findall(r"\d+", there)) - set(re.findall(r"\d+", here))
    if is_number(digits):
        return int(digits) if digits in new and 1 < int(digits) <= MOST_PAGES else 0
    return int(new.pop()) if len(new) == 1 and 1 < int(max(new)) <= MOST_PAGES else 0


def _form_name(form: tuple[tuple[str, str], ...]) -> str:
    """A post-back by what it asks for; the page's state (__VIEWSTATE) differs at every look."""
    asked = [f"{name}={value}" for name, value in form if len(value) <= 100 and value]
    return sha256("&".join(sorted(asked)).encode()).hexdigest()[:16]
