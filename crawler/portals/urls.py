"""Addresses: what kind of page each leads to, and an article's key.

Pure functions of an address and a portal's facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from crawler.parsing import join_url
from crawler.portals.canonical import canonical
from crawler.portals.languages import LANGUAGES
from crawler.portals.model import Portal

Kind = Literal["article", "list", "skip", "unknown", "outside"]

LONGEST, DEEPEST = 2_000, 20  # characters of an address, segments of a path
REPEATS = 3  # a path segment that often is a trap that links itself deeper and deeper

FILES = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|tiff?|webp|svg|ico|css|js|json|pdf|docx?|xlsx?|pptx?|odt|ods|rtf|txt"
    r"|zip|rar|7z|gz|mp[34]|avi|wmv|flv|m4[av]|mov|wav|swf|exe|apk|woff2?|ttf|eot|ics)"
    r"(?:$|\?)",
    re.IGNORECASE,
)
# Never worth a visit anywhere: copies for the printer, accounts, counters, calendars, searches.
NEVER = re.compile(
    r"/(?:print|savefile|sendmail|in-trang|banin|pop_up|wp-login\.php|wp-admin|wp-json|xmlrpc\.php"
    r"|_layouts|_vti_bin|cgi-bin|cdn-cgi|login|logout|dang-nhap|dang-ky|register|signin|signup"
    r"|account|captcha|add-to-cart|cart|comment|trackback|embed|search|tim-kiem|tag|tags)(?:[/?.]|$)"
    r"|viewmode=print|[?&]print=|[?&]tmpl=component|[?&]format=pdf|printpage\.aspx|printnews\.aspx"
    r"|printitem\.aspx|print\.php|[?&]task=(?:print|mail)|[?&]do=(?:print|login)|/feed/?$"
    r"|[?&](?:replytocom|share|s|keyword|tukhoa|calendar)=|[?&]q=(?![\w-]+/)|[?&]ctl=(?:login|register|profile)"
    r"|xemtheongay|/(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}/?$|tangluottruycap|(?<![a-z])rating|/vote"
    r"|sharer|%3cscript|javascript:|[?&]p_p_state=(?:exclusive|pop_up)|[?&]p_p_lifecycle=[12]"
    r"|[?&]return_?url=|\$%7b|%7b%7b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageUrl:
    """What an address is to a portal; `key` names the article for ever, `url` is how it is asked."""

    kind: Kind
    url: str
    key: str = ""


def classify_url(url: str, portal: Portal, *, base: str | None = None) -> PageUrl:
    """What the address is to the portal: one of its articles, a list, or none of our business."""
    if len(url) > LONGEST:
        return PageUrl("outside", url[:LONGEST])
    absolute = url.startswith(("http://", "https://")) and "///" not in url[:9]
    joined = url
    if base is not None and not absolute:
        joined = join_url(base, url.strip().replace("\\", "/"))
    return _address_of(joined.partition("#")[0], portal) or PageUrl("outside", url)


@lru_cache(maxsize=10_000)  # a portal's menu stands on all its pages
def _address_of(url: str, portal: Portal) -> PageUrl | None:
    written = canonical(url, portal)
    if written is None:
        return None
    _, _, rest = written.partition("://")
    host, slash, tail = rest.partition("/")
    tail = slash + tail
    if host not in portal.hosts or not _within(tail, portal):
        return PageUrl("outside", written)
    if _search(portal.skip_urls, tail) or _is_trap(tail):
        return PageUrl("skip", written)
    if written in _starts(portal) or _search(portal.list_urls, tail):
        return PageUrl("list", written)
    found = _search(portal.article_urls, tail)
    if found:
        return PageUrl("article", written, _key(found, tail))
    if FILES.search(tail) or NEVER.search(tail):
        return PageUrl("skip", written)
    return PageUrl("unknown", written, _plain_key(tail))


@lru_cache(maxsize=256)
def _starts(portal: Portal) -> frozenset[str]:
    return frozenset(filter(None, (canonical(url, portal) for url in portal.start_urls)))


def _within(tail: str, portal: Portal) -> bool:
    return not portal.within or any(
        tail.lower().startswith(prefix.lower()) for prefix in portal.within
    )


def _is_trap(tail: str) -> bool:
    """Paths that links grow for ever: too deep, one segment again and again, /en/vi/en."""
    path = tail.partition("?")[0]
    segments = [segment for segment in path.lower().split("/") if segment]
    if len(segments) > DEEPEST:
        return True
    if any(segments.count(segment) >= REPEATS for segment in set(segments)):
        return True
    languages = [at for at, segment in enumerate(segments) if segment in LANGUAGES]
    return len(languages) > 1 or (bool(languages) and languages[-1] > 1)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _search(patterns: tuple[str, ...], tail: str) -> re.Match[str] | None:
    for pattern in patterns:
        found = _compiled(pattern).search(tail)
        if found:
            return found
    return None


def _key(found: re.Match[str], tail: str) -> str:
    """The named groups, `list` before `id`; without any, the address itself."""
    groups = {name: value for name, value in found.groupdict().items() if value}
    if not groups:
        return _plain_key(tail)
    return "/".join(groups[name].lower() for name in sorted(groups, reverse=True))


def _plain_key(tail: str) -> str:
    """Path and query, whatever order the query is in; which page of a list it came from is dropped."""
    path, _, query = tail.partition("?")
    pairs = sorted(pair for pair in query.split("&") if pair and not re.match(r"page=\d+$", pair))
    return f"{path.rstrip('/') or '/'}{'?' + '&'.join(pairs) if pairs else ''}"
