"""Refuses, before it is sent, what is not the portal's own or leads to a private address."""

from __future__ import annotations

import asyncio
import socket

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.http.outcomes import PRIVATE, Forbidden
from crawler.http.public_addresses import allowed_places, is_public, place_of

LOOKUP = 20.0  # seconds for a name to be resolved


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
        may_ask = getattr(self.crawler.spider, "may_ask", None)  # a portal's spider has bounds
        if may_ask and not may_ask(request.url):
            raise Forbidden("outside", f"{place[0]}:{place[1]} is nobody we may ask")
        if self.replayed:
            return  # nothing goes to the network
        if place not in self._known:
            self._known[place] = place in allowed_places(tuple(self.allowed)) or (
                await _all_public(place[0])
            )
        if not self._known[place]:
            raise Forbidden(PRIVATE, f"{place[0]} leads to a private address")


async def _all_public(host: str) -> bool:
    """Every address of the name is public; a name without any is the downloader's to report."""
    loop = asyncio.get_running_loop()
    try:
        lookup = loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        found = await asyncio.wait_for(lookup, LOOKUP)
    except (OSError, UnicodeError, TimeoutError):
        return True
    return all(is_public(str(entry[4][0])) for entry in found)
