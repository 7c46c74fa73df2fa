"""Only the public web is crawled: no name may lead a request to this machine or its network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from crawler.parsing import is_number, split_url

PORTS = {"http": 80, "https": 443}

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
    parts = split_url(url)
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
        if host and is_number(port):
            found.add((host.strip("[]"), int(port)))
    return frozenset(found)


def may_connect(address: str, place: tuple[str, int], allowed: Iterable[str]) -> bool:
    """Whether a connection to an IP address may serve a request for a host and port."""
    return is_public(address) or place in allowed_places(tuple(allowed))
