"""Only the public web is crawled: no name may lead a request to this machine or its network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawler.outcomes import Forbidden

OUTCOME = "private_address"
PORTS = {"http": 80, "https": 443}
LOOKUP = 20.0  # seconds for a name to be resolved

# IANA's registries: what is routed at all, and what of that leads somewhere else.
ROUTED = IPv6Network("2000::/3")
SPECIAL = tuple(
    map(ip_network, ("2001::/23", "2001:db8::/32", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24"))
)
TRANSLATED = (IPv6Network("64:ff9b::/96"), 0)  # NAT64: the last 32 bits are an IPv4 address
SIX_TO_FOUR = (IPv6Network("2002::/16"), 80)  # the 32 bits after the prefix


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, whatever it is wrapped in."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = _wrapped(found)
        if inner is None:
            return found in ROUTED and found.is_global and not _is_special(found)
        found = inner
    return found.is_global and not found.is_multicast and not _is_special(found)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one carries."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    for network, shift in (TRANSLATED, SIX_TO_FOUR):
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def _is_special(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in SPECIAL if network.version == address.version)


def place_of(url: str) -> tuple[str, int]:
    """Host and port of an address. Raises ValueError when it has none that could be asked."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"not an address of the web: {url[:100]}")
    port = parts.port
    return parts.hostname.lower().rstrip("."), PORTS[parts.scheme] if port is None else port


@lru_cache(maxsize=64)
def allowed_places(entries: tuple[str, ...]) -> frozenset[tuple[str, int]]:
    """PRIVATE_HOSTS_ALLOWED: `host:port` or `[::1]:port`, each exactly what it says."""
    found = set()
    for entry in entries:
        host, _, port = entry.strip().lower().rpartition(":")
        if host and port.isdigit():
            found.add((host.strip("[]"), int(port)))
    return frozenset(found)


def may_connect(address: str, place: tuple[str, int], allowed: Iterable[str]) -> bool:
    """Whether a connection to an IP address may serve a request for a host and port."""
    return is_public(address) or place in allowed_places(tuple(allowed))


class PrivateHostsMiddleware:
    """Refuses what is not the portal's own, or leads to a private address, before it is sent."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.replayed = bool(crawler.settings.getlist("REPLAY_WARC"))
        self.allowed = crawler.settings.getlist("PRIVATE_HOSTS_ALLOWED")
        self._known: dict[tuple[str, int], bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PrivateHostsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        try:
            place = place_of(request.url)
        except ValueError as error:
            raise Forbidden("unsupported_scheme", str(error)) from error
        if not self.crawler.spider.may_ask(request.url):  # type: ignore[union-attr]
            raise Forbidden("outside", f"{place[0]}:{place[1]} is nobody we may ask")
        if self.replayed:
            return  # nothing goes to the network
        if place not in self._known:
            self._known[place] = place in allowed_places(tuple(self.allowed)) or (
                await _all_public(place[0])
            )
        if not self._known[place]:
            raise Forbidden(OUTCOME, f"{place[0]} leads to a private address")


async def _all_public(host: str) -> bool:
    """Every address of the name is public; a name without any is the downloader's to report."""
    loop = asyncio.get_running_loop()
    try:
        lookup = loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        found = await asyncio.wait_for(lookup, LOOKUP)
    except (OSError, UnicodeError, TimeoutError):
        return True
    return all(is_public(str(entry[4][0])) for entry in found)


class PublicResolver(CachingHostnameResolver):
    """The same rule where connections are made: a private address is never handed out."""

    allowed: Sequence[str] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Any:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = crawler.settings.getlist("PRIVATE_HOSTS_ALLOWED")
        return resolver

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        place = (hostName.lower(), portNumber)
        return super().resolveHostName(
            _PublicOnly(resolutionReceiver, place, self.allowed),
            hostName,
            portNumber,
            addressTypes,
            transportSemantics,
        )


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on the addresses that may be connected to."""

    def __init__(
        self, receiver: IResolutionReceiver, place: tuple[str, int], allowed: Sequence[str]
    ) -> None:
        self._receiver, self._place, self._allowed = receiver, place, allowed

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        host = getattr(address, "host", "")
        if may_connect(host, self._place, self._allowed):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
