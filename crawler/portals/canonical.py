"""One way of writing an address; see RFC 3986 for its parts."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.text.characters import nfc

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
HALVES = re.compile("[\ud800-\udfff]")  # of characters: nothing can be made of one


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
