"""A portal's page read by itself, without an archive: `scrapy parse`, `runspider`, `shell`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy import FormRequest, Request
from scrapy.http import Response

from crawler.crawl.link_selection import select_links
from crawler.downloader.responses import capture_of, fetched_of
from crawler.items import Page
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url


def read_alone(response: Response, portal: Portal, callback: Any) -> Iterator[Page | Request]:
    """The page as an item, and requests for the links on it that are worth a visit."""
    from crawler.extract.page import read_page  # crawls read pages in other processes

    address = classify_url(response.url, portal)
    capture = capture_of(response, "ok")
    article = address.kind == "article"
    reading = read_page(
        fetched_of(response, response.url, capture.fetched_at),
        portal,
        key=address.key if article else "",
        expect="article" if article else None,
    )
    links = select_links(
        reading.links,
        found_on="article" if reading.article else "list",
        depth=0,
        base=response.url,
        portal=portal,
    )
    reading.links = []
    yield Page(portal.slug, None, capture, reading, links)
    for link in links:
        if link.form:
            yield FormRequest(link.url, formdata=list(link.form), callback=callback)
        else:
            yield Request(link.url, callback=callback)
