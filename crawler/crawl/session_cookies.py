"""Cookies of hosts that let nobody in without one: in memory, for one crawl of one portal."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from crawler.parsing import split_url


class SessionCookies:
    """Taken only where a page redirects to itself to set one, and told to that very server alone."""

    def __init__(self) -> None:
        self._jars: dict[tuple[str, str], CookieJar] = {}

    def take(self, response: Response) -> bool:
        """Accept what a wall sets; False when it sets nothing."""
        if not response.headers.getlist("Set-Cookie") or response.request is None:
            return False
        jar = self._jars.setdefault(_server(response.url), CookieJar())
        jar.extract_cookies(response, response.request)
        return len(jar) > 0

    def heed(self, response: Response) -> None:
        """A server whose cookies are kept may change them."""
        if _server(response.url) in self._jars:
            self.take(response)

    def carry(self, request: Request) -> None:
        jar = self._jars.get(_server(request.url))
        if jar is not None:
            jar.add_cookie_header(request)


def _server(url: str) -> tuple[str, str]:
    parts = split_url(url)
    return parts.scheme, parts.netloc
