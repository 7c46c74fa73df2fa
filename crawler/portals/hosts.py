"""Whose an address is: the portal's, the same site's beside it, or somebody else's."""

from __future__ import annotations

from crawler.parsing import is_number, split_url
from crawler.portals.canonical import PORTS, canonical
from crawler.portals.model import Portal

# What stands before `.vn` and is nobody's own.
SECOND_LEVEL = frozenset({"gov", "com", "org", "edu", "net", "ac", "info", "int", "biz", "name"})


def is_own(url: str, portal: Portal) -> bool:
    """Whether an address is on one of the portal's hosts and ports."""
    written = canonical(url, portal)
    return written is not None and written.partition("://")[2].partition("/")[0] in portal.hosts


def is_beside(url: str, portal: Portal) -> bool:
    """Whether an address is on one of the portal's hosts, or on one of the same site beside them.

    `anh.yenbai.gov.vn` and `yenbai.gov.vn` are beside `sokhcn.yenbai.gov.vn`.
    """
    if is_own(url, portal):
        return True
    host = (split_url(url).hostname or "").lower().rstrip(".")
    return bool(host) and _site(host) in {_site(own.partition(":")[0]) for own in portal.hosts}


def may_hold_files(url: str, portal: Portal) -> bool:
    """Whether a file may be asked for there: the web's own schemes and ports, and no name in it."""
    parts = split_url(url)
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        return False
    return parts.port is None or str(parts.port) == PORTS[scheme] or is_own(url, portal)


def _site(host: str) -> str:
    """The part of a host's name that one owner has: `yenbai.gov.vn`, `khcn.vn`."""
    labels = host.split(".")
    if all(map(is_number, labels)) or ":" in host:
        return host  # an address in numbers
    shared = len(labels) > 2 and labels[-1] == "vn" and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3 if shared else -2 :])
