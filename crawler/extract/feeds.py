"""Feeds and sitemaps: addresses that a site lists for machines."""

from __future__ import annotations

from io import BytesIO

import feedparser
from lxml import etree

from crawler.items import Link, PageKind

MOST = 50_000  # addresses of one sitemap (sitemaps.org)


def is_xml_list(body: bytes) -> str | None:
    """Whether a body is a feed or a sitemap; by its root, whatever the server calls it."""
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf")):
        return None
    for mark, kind in (
        (b"<urlset", "sitemap"), (b"<sitemapindex", "sitemap"), (b"<rss", "feed"),
        (b"<feed", "feed"), (b"<rdf", "feed"),
    ):  # fmt: skip
        if mark in start:
            return kind
    return None


def read_feed(body: bytes) -> list[Link]:
    """The entries of an RSS or Atom feed. Their dates are not used: systems get them wrong."""
    try:
        parsed = feedparser.parse(BytesIO(body))
    except Exception:  # noqa: BLE001
        # On markup that is no feed at all feedparser trips over itself in more ways than one.
        return []
    return [
        Link(entry["link"], "list", str(entry.get("title") or "")[:300])
        for entry in parsed.entries
        if str(entry.get("link") or "").startswith(("http://", "https://"))
    ]


def read_sitemap(body: bytes) -> list[Link]:
    """The pages of a sitemap, and the sitemaps of an index."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:  # an empty answer, recovered
        return []
    kind: PageKind = "sitemap" if etree.QName(root).localname == "sitemapindex" else "list"
    found = []
    for place in root.iter("{*}loc"):
        address = (place.text or "").strip()
        if address.startswith(("http://", "https://")):
            found.append(Link(address, kind))
        if len(found) >= MOST:
            break
    return found
