"""Where a page leads: its links, its feeds, the next pages that only a form can ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from lxml.html import HtmlElement

from crawler.extract.blocks import Block, text_of
from crawler.items import Link, PageKind
from crawler.parsing import is_number, join_url
from crawler.text.navigation import NEXT

MOST = 2_000  # links of a page
MOST_PAGES = 2_000  # pages of a list that is asked for by form
POST_BACK = re.compile(r"__doPostBack\(\s*'([^']{1,300})'\s*,\s*'([^']{0,100})'\s*\)")
LONG = 500  # characters of an address that no menu has
ORIGIN = re.compile(r"https?://[^/?#\\\s]+", re.IGNORECASE)
SMALL = 4_000  # characters of a page that does nothing but send its reader on
OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\(|window\.open\()\s*[\"']([^\"'\s]{1,500})[\"']",
    re.IGNORECASE,
)
SENDS = re.compile(
    r"location(?:\.href)?\s*=\s*[\"']([^\"'\s]{1,500})[\"']"
    r"|location\.(?:replace|assign)\(\s*[\"']([^\"'\s]{1,500})[\"']",
    re.IGNORECASE,
)
# Seconds until a page sends its reader on, without an address to itself.
AT_ONCE = re.compile(r"\s*\d{1,2}(?:\.\d*)?\s*(?:$|[;,\s])")
REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"'\s;]{1,500})", re.IGNORECASE)
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
FEED_ADDRESS = re.compile(r"(?:^|/)(?:feed|rss)(?:/|\.xml|\.aspx|$)", re.IGNORECASE)
COUNT = re.compile(
    r"(?:hiển thị|showing|kết quả)\b.{0,40}?\d+\s?[-–]\s?\d+\s.{0,15}?(?:of|trong(?: tổng)?(?: số)?|/|trên)\s?(?P<a>\d[\d.,]{0,12})"
    r"|(?:tổng (?:số|cộng)|tìm thấy|có (?:tất cả|tổng cộng))\s?:?\s?(?P<b>\d[\d.,]{0,12})\s?(?:tin|bài|bản ghi|kết quả|mục|văn bản)"
    r"|(?:tổng số (?:tin|bài|bản ghi|kết quả))(?: bài| viết)?\s?:?\s?(?P<c>\d[\d.,]{0,12})",
    re.IGNORECASE,
)
# VNPT's list module writes what its next pages are asked for with into a script.
LOAD_ARTICLE = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
VNPT_FIELD = re.compile(r"[\"']?(\w{2,30})[\"']?\s*:\s*[\"']?([\w,.-]{0,80})[\"']?\s*[,}\n]")
VNPT_FIELDS = (
    "article_category_id", "categoryIds", "site_id", "page_size", "keyword", "date_begin", "date_end",
    "show_no", "show_post_date", "num_of_text", "show_view_count", "filter_order_in_list", "is_default",
    "new", "number_of_day", "no", "articlelang", "is_authenticated",
)  # fmt: skip
MAX_PAGE = re.compile(r"maxPage\s*=\s*(?:parseInt\()?\s*[\"']?(\d{1,5})")


def read_links(tree: HtmlElement, url: str, *, html: str) -> list[Link]:
    """All links of a page, absolute, in its order; what they lead to is the crawler's to say."""
    base = base_of(tree, url)
    found: dict[str, Link] = {}
    forms: list[Link] = []
    sources = (_feeds, _anchors, _options, _frames)
    # One after another: a page may hold hundreds of thousands, and the first are enough.
    for link in chain(
        chain.from_iterable(source(tree, base) for source in sources), _moves(tree, html, base)
    ):
        if len(found) >= MOST:
            break
        known = found.get(link.url)
        if known is None or (len(link.text) > len(known.text) and known.kind == "list"):
            found[link.url] = link
    forms += _post_backs(tree, url)
    forms += _load_article(html, base)
    return [*found.values(), *forms]


def canonical_of(tree: HtmlElement, url: str) -> str | None:
    """The address the page gives itself (RFC 6596)."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return _joined(base_of(tree, url), link.get("href"))
    return None


def declared_count(blocks: Sequence[Block]) -> int | None:
    """How many articles a list says it has; a dot or a comma separates thousands."""
    for block in blocks:
        if len(block.text) < 200 and (match := COUNT.search(block.text)):
            digits = re.sub(r"\D", "", next(group for group in match.groups() if group))
            return int(digits) if digits else None
    return None


def moves_to(tree: HtmlElement, url: str, *, html: str, refresh: str | None) -> str | None:
    """Where a page without text sends its reader at once: by header, meta element or script."""
    said = [refresh or ""]
    said += [
        meta.get("content") or ""
        for meta in tree.iter("meta")
        if (meta.get("http-equiv") or "").lower() == "refresh"
    ]
    targets = [
        found[1] if (found := REFRESH.search(text)) else url for text in said if AT_ONCE.match(text)
    ]
    if len(html) < SMALL:
        scripts = (script.text or "" for script in tree.iter("script"))
        targets += [found[1] or found[2] for text in scripts for found in SENDS.finditer(text)]
    return next(filter(None, (_joined(base_of(tree, url), target) for target in targets)), None)


def base_of(tree: HtmlElement, url: str) -> str:
    """What the links of a page start from: its own address, or what its `<base>` says."""
    base = next((node.get("href") for node in tree.iter("base") if node.get("href")), None)
    return _joined(url, base) or url


def _joined(base: str, target: str | None) -> str | None:
    target = (target or "").strip()
    if not target or target.startswith("#"):
        return None
    origin = ORIGIN.match(base)
    if origin is None or target[0] in "?;" or len(target) > LONG:
        return _resolved(base, target)
    # Only the folder of the page counts, or its host: a portal's menus are resolved once.
    page = "" if target[0] == "/" else re.split("[?#]", base, maxsplit=1)[0]
    return _resolved_once(base[: max(page.rfind("/"), origin.end())] + "/", target)


def _resolved(base: str, target: str) -> str | None:
    return join_url(base, target) or None


_resolved_once = lru_cache(maxsize=20_000)(_resolved)


def _anchors(tree: HtmlElement, base: str) -> Iterator[Link]:
    for anchor in tree.iter("a", "area"):
        target = (anchor.get("href") or "").strip()
        if target.lower().startswith(("javascript:", "#")) or not target:
            scripted = OPENS.search(f"{target} {anchor.get('onclick') or ''}"[:1_000])
            target = scripted[1] if scripted else ""
        if not target or target.lower().startswith(("mailto:", "tel:", "data:")):
            continue
        address = _joined(base, target)
        if address and address.startswith(("http://", "https://")):
            text = " ".join(text_of(anchor).split()) or (anchor.get("title") or "")
            if not text:
                image = next(anchor.iter("img"), None)
                text = (image.get("alt") or "") if image is not None else ""
            kind: PageKind = "feed" if FEED_ADDRESS.search(address.partition("?")[0]) else "list"
            yield Link(address, kind, text[:300])
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "next":
            address = _joined(base, link.get("href"))
            if address:
                yield Link(address, "list", "")


def _feeds(tree: HtmlElement, base: str) -> Iterator[Link]:
    for link in tree.iter("link"):
        if (link.get("type") or "").lower() in FEED_TYPES:
            address = _joined(base, link.get("href"))
            if address and "comments" not in address:
                yield Link(address, "feed", link.get("title") or "")


def _options(tree: HtmlElement, base: str) -> Iterator[Link]:
    """Jump menus: pages of a list as options of a select."""
    for option in tree.iter("option"):
        value = (option.get("value") or "").strip()
        if value.startswith(("/", "http://", "https://", "?")) and len(value) > 1:
            address = _joined(base, value)
            if address:
                yield Link(address, "list", " ".join(text_of(option).split())[:300])


def _frames(tree: HtmlElement, base: str) -> Iterator[Link]:
    """Old portals keep their lists in frames."""
    for frame in tree.iter("frame", "iframe"):
        address = _joined(base, frame.get("src"))
        if address and address.startswith(("http://", "https://")):
            yield Link(address, "list", frame.get("title") or "")


def _moves(tree: HtmlElement, html: str, base: str) -> Iterator[Link]:
    """Where a page sends its reader on by itself: a meta refresh, or a script on a small page."""
    found = [
        match[1]
        for meta in tree.iter("meta")
        if (meta.get("http-equiv") or "").lower() == "refresh"
        and (match := REFRESH.search(meta.get("content") or ""))
    ]
    if len(html) < SMALL:
        found += [match[1] for match in OPENS.finditer(html)]
    for target in found:
        address = _joined(base, target)
        if address and address.startswith(("http://", "https://")):
            yield Link(address, "list")


def _post_backs(tree: HtmlElement, url: str) -> list[Link]:
    """The next pages of an ASP.NET list whose pager posts the page back to itself.

    Each holds the page's whole state, so only those that follow the present page are kept.
    """
    pages: dict[int, tuple[HtmlElement, str, str]] = {}
    current = 1
    for anchor in tree.iter("a"):
        target = anchor.get("href") or ""
        match = POST_BACK.search(target) or POST_BACK.search(anchor.get("onclick") or "")
        if match is None:
            continue
        text = " ".join(text_of(anchor).split())
        number = re.search(r"page[$_-]?(\d{1,5})", match[2], re.IGNORECASE)
        if number or is_number(text):
            page = int(number[1] if number else text)
            current = max(current, _current(anchor))
            pages.setdefault(page, (anchor, match[1], match[2]))
        elif NEXT.match(text) and re.search(
            r"pag|next|phantrang", f"{match[1]} {match[2]}", re.IGNORECASE
        ):
            pages.setdefault(0, (anchor, match[1], match[2]))
    later = sorted(page for page in pages if page > current)[:1] or ([0] if 0 in pages else [])
    found = []
    for page in later:
        anchor, target, argument = pages[page]
        form = _hidden_fields(anchor, tree)
        form |= {"__EVENTTARGET": target, "__EVENTARGUMENT": argument}
        found.append(Link(url, "list", form=tuple(form.items()), page=page or current + 1))
    return found


def _current(anchor: HtmlElement) -> int:
    """The number in the pager that is no link."""
    node = anchor.getparent()
    for _ in range(3):
        if node is None:
            break
        for part in node.iter("span", "strong", "b", "li", "td", "em"):
            text = text_of(part).strip()
            if is_number(text) and len(text) <= 5 and next(part.iter("a"), None) is None:
                return int(text)
        node = node.getparent()
    return 1


def _hidden_fields(anchor: HtmlElement, tree: HtmlElement) -> dict[str, str]:
    form: HtmlElement | None = anchor
    while form is not None and form.tag != "form":
        form = form.getparent()
    place = form if form is not None else tree
    return {
        name: field.get("value") or ""
        for field in place.iter("input")
        if (field.get("type") or "").lower() == "hidden" and (name := field.get("name"))
    }


def _load_article(html: str, base: str) -> list[Link]:
    """All further pages of a VNPT list: one POST each."""
    start = html.find("article_category_id")
    if start < 0 or "LoadArticle" not in html:
        return []
    nearby = html[max(0, start - 4_000) : start + 6_000]
    fields = {name: value for name, value in VNPT_FIELD.findall(nearby) if name in VNPT_FIELDS}
    last = MAX_PAGE.search(nearby)
    if "article_category_id" not in fields or last is None:
        return []
    form = {name: fields.get(name, "") for name in VNPT_FIELDS}
    form["articlelang"] = form["articlelang"] or "vi-VN"
    address = join_url(base, LOAD_ARTICLE)
    return [
        Link(address, "list", form=(*form.items(), ("page", str(page))), page=page)
        for page in range(2, min(int(last[1]), MOST_PAGES) + 1)
    ]
