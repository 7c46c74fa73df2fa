"""Addresses: which are the same page, what kind of page each leads to, and an article's key.

Pure functions of an address and a portal's facts; see RFC 3986 for the parts of an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, quote, unquote

from crawler.parsing import join_url, split_url
from crawler.portals.model import Portal
from crawler.text.characters import nfc

Kind = Literal["article", "list", "skip", "unknown", "outside"]

LONGEST, DEEPEST = 2_000, 20  # characters of an address, segments of a path
REPEATS = 3  # a path segment that often is a trap that links itself deeper and deeper
LANGUAGES = frozenset({"vi", "en", "vi-vn", "en-us", "pt-pt", "fr", "zh", "ja", "ko", "lo"})
VIETNAMESE = frozenset({"vi", "vi-vn"})
LANGUAGE = frozenset({"lang", "language", "locale", "languageid", "hl"})  # parameters
PORTS = {"http": "80", "https": "443"}
SAFE = "/:@!$&'()*+,;=~-._?"

SESSION = re.compile(
    r"^(?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id)=|^sid=[0-9a-f]{16,}$"
    r"|^(?:utm_\w+|fbclid|gclid|zarsrc|yclid|mc_[ce]id|_ga|nvvithemever|randomseed|proxycache"
    r"|p_p_auth|inheritredirect|redirect)="
    # the order in which a list is shown
    r"|^(?:orderby|sortby|sortorder|filter_order(?:_dir)?|sapxep|_\w{1,80}_orderby(?:col|type))="
    r"|^(?:order|dir|sort|sort_?dir|direction)=(?:asc|desc|title|date|name|hits|ordering)$",
    re.IGNORECASE,
)
IN_PATH = re.compile(
    r";jsessionid=[^/?]*|/\([SXF]\([a-z0-9_]+\)(?:[A-Z]\([^)]*\))*\)", re.IGNORECASE
)
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
HALVES = re.compile("[\ud800-\udfff]")  # of characters: nothing can be made of one
PAGE_IN_QUERY = re.compile(
    r"(?<=[?&])((?:_\w{1,80}_)?(?:cur|page|pagenum(?:ber)?|pageindex|trang|currentpage|paged|pg|p|page_?no"
    r"|start|limitstart|offset)=)(\d{1,6})(?=&|$)",
    re.IGNORECASE,
)
PAGE_IN_PATH = re.compile(
    r"/(?:page|trang|currentpage)[-/](\d{1,6})(?=/?(?:$|\?|\.\w{3,5}$|default\.aspx|index\.))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageUrl:
    """What an address is to a portal; `key` names the article for ever, `url` is how it is asked."""

    kind: Kind
    url: str
    key: str = ""


def canonical(url: str, portal: Portal) -> str | None:
    """One way of writing an address; None when it is none that a crawler may ask for."""
    parts = split_url(HALVES.sub("\ufffd", url.strip().replace("\\", "/")))
    port = parts.port
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    name = parts.hostname.rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            return None
    name = f"[{name}]" if ":" in name else name  # an IPv6 address
    host = name if port is None or str(port) == PORTS[scheme] else f"{name}:{port}"
    own = _own_host(host, portal)
    if own:
        host, scheme = own, _scheme_of(own, portal)
    path = _spelled(IN_PATH.sub("", parts.path)) or "/"
    path = re.sub(r"^/{2,}", "/", path)
    query = _query(parts.query, portal)
    return f"{scheme}://{host}{path}{'?' + query if query else ''}"


def is_own(url: str, portal: Portal) -> bool:
    """Whether an address is on one of the portal's hosts and ports."""
    written = canonical(url, portal)
    return written is not None and written.partition("://")[2].partition("/")[0] in portal.hosts


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


@lru_cache(maxsize=10_000)  # a portal's menu stands on all its pages
def paging(url: str) -> tuple[str, int] | None:
    """The address with its page number taken out, and that number; None when it has none.

    Joomla counts articles, not pages (`start=20`), so its numbers are offsets plus one.
    """
    in_query = [
        found
        for found in PAGE_IN_QUERY.finditer(url)
        # WordPress: `/?p=123` is article 123, not page 123.
        if found[1].lower() != "p=" or not url[: found.start()].endswith("/?")
    ]
    found = in_query[-1] if in_query else None
    if found:
        number = int(found[2])
        offset = "start" in found[1].lower() or "offset" in found[1].lower()
        bare = (url[: found.start(1)] + url[found.end(2) :]).replace("?&", "?").replace("&&", "&")
        return bare.rstrip("?&"), number + 1 if offset else number
    in_path = PAGE_IN_PATH.search(url, url.find("://") + 3)
    if in_path:
        bare = url[: in_path.start()] + url[in_path.end() :]
        return bare if bare.endswith("/") or "." in bare[-6:] else bare + "/", int(in_path[1])
    return None


def _own_host(host: str, portal: Portal) -> str | None:
    """The portal's spelling of a host; with and without `www.` are one."""
    if host in portal.hosts:
        return host
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    return other if other in portal.hosts else None


@lru_cache(maxsize=1024)
def _scheme_of(host: str, portal: Portal) -> str:
    """The scheme under which the portal's start pages are known; https otherwise."""
    for url in portal.start_urls:
        parts = split_url(url)
        if parts.netloc.lower() == host:
            return parts.scheme
    return "https"


@lru_cache(maxsize=256)
def _starts(portal: Portal) -> frozenset[str]:
    return frozenset(filter(None, (canonical(url, portal) for url in portal.start_urls)))


def _spelled(part: str) -> str:
    """One percent-encoding for all spellings: composed characters, encoded once."""
    if part.isascii() and "%" not in part:
        return quote(part, safe=SAFE)
    pieces = re.split(r"(%2[0356F]|%3[BF]|%[01][0-9A-F]|%7F)", part, flags=re.IGNORECASE)
    spelled = []
    for at, piece in enumerate(pieces):
        if at % 2:  # an encoded delimiter is not the delimiter
            spelled.append(piece.upper())
            continue
        # What is not UTF-8 (a name in an old encoding) stays the bytes that its server knows.
        text = unquote(piece, errors="surrogateescape")
        safe = SAFE + "%" if "%" in text else SAFE
        spelled.append(quote(nfc(text), safe=safe, errors="surrogateescape"))
    written = "".join(spelled)
    # `%25EF%25BF` is `%EF%BF` that somebody encoded again.
    return re.sub(r"%25([89A-F][0-9A-F])", r"%\1", written, flags=re.IGNORECASE)


def _query(query: str, portal: Portal) -> str:
    if not query:
        return ""
    dropped = {name.lower() for name in portal.drop_params}
    kept = []
    for pair in query.replace("&amp;", "&").split("&"):
        name, equals, value = pair.partition("=")
        if not pair or name.lower() in dropped or SESSION.match(pair):
            continue
        value = re.sub(r"(?:\+|%20|\s)+$", "", value)
        kept.append(_spelled(f"{name}{equals}{value}"))
    return "&".join(kept)


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


def is_translation(url: str) -> bool:
    """Whether an address says that its page is not in Vietnamese.

    The language is a folder of its own, first (`/en/tin-tuc`) or below the application's
    (`/web/guest/en/tin-tuc`), or a parameter; the page's own name is none.
    """
    path, _, query = url.lower().partition("://")[2].partition("?")
    folders = path.split("/")[1:]
    named = [folder for folder in folders[:-1] if folder in LANGUAGES]
    if folders and len(folders) == 1 and folders[0] in LANGUAGES:
        named = folders
    named += [value for name, value in parse_qsl(query) if name in LANGUAGE]
    return any(language in LANGUAGES - VIETNAMESE for language in named)


def same_in_languages(url: str, portal: Portal) -> tuple[str, ...]:
    """The addresses of a page under the other languages of its portal's menus."""
    if not portal.language_folders:
        return ()
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    first, _, below = path.partition("/")
    here = first if first in portal.language_folders and first else ""
    path = below if here else path
    others = [folder for folder in portal.language_folders if folder != here]
    return tuple(f"{scheme}://{host}/{folder and folder + '/'}{path}" for folder in others)


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
