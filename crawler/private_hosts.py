"""Only the public web is crawled: no name may lead a request to this machine or its network."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.outcomes import Forbidden

OUTCOME = "private_address"


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet (IANA's special-purpose registries)."""
    found = ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def allowed_hosts(setting: list[str]) -> frozenset[str]:
    """`host:port` entries of PRIVATE_HOSTS_ALLOWED, in lower case."""
    return frozenset(entry.strip().lower() for entry in setting if entry.strip())


class PrivateHostsMiddleware:
    """Refuses a request whose host resolves to a private address, before anything is sent."""

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings.getlist("REPLAY_WARC"):
            raise NotConfigured  # nothing goes to the network
        self.allowed = allowed_hosts(crawler.settings.getlist("PRIVATE_HOSTS_ALLOWED"))
        self._known: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PrivateHostsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        host = (parts.hostname or "").lower()
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        if f"{host}:{port}" in self.allowed:
            return
        if host not in self._known:
            self._known[host] = await _all_public(host)
        if not self._known[host]:
            raise Forbidden(OUTCOME, f"{host} leads to a private address")


async def _all_public(host: str) -> bool:
    """Every address of the name is public; a name without any is the downloader's to report."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True
    return all(is_public(entry[4][0]) for entry in found)


class PublicResolver(CachingThreadedResolver):
    """The same rule where the connection is made, for a name that changed its mind since."""

    allowed: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Any:
        resolver = super().from_crawler(crawler, reactor)
        entries = allowed_hosts(crawler.settings.getlist("PRIVATE_HOSTS_ALLOWED"))
        resolver.allowed = frozenset(entry.rpartition(":")[0] for entry in entries)
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802
        return super().getHostByName(name, timeout).addCallback(self._checked, name.lower())

    def _checked(self, address: str, name: str) -> str:
        if name not in self.allowed and not is_public(address):
            raise DNSLookupError(f"{name} leads to a private address")
        return address
