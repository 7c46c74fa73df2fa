"""A portal's declaration written from what a first visit showed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crawler.archive.first_visit import Found
from crawler.crawl.address_shapes import is_dated
from crawler.parsing import join_url, split_url
from crawler.platforms import PLATFORMS
from crawler.portals.model import Portal
from crawler.portals.provinces import PROVINCES, department_name
from crawler.portals.url_patterns import article_patterns
from crawler.portals.urls import classify_url
from crawler.registry.portals import on_platform

STARTS = 4  # list pages worth naming
STANDING = (
    "/gioi-thieu",
    "/gioi-thieu/",
    "/lien-he",
)  # what takes these for articles takes any page


@dataclass(frozen=True, slots=True)
class Declared:
    """The facts a visit proved, and what it could not tell."""

    slug: str
    province: str
    portal: Portal
    unknown: list[str]


def province_of(url: str) -> str | None:
    """The province a host is named for: `sokhcn.vinhphuc.gov.vn` is Vĩnh Phúc's."""
    host = (split_url(url).hostname or "").lower()
    parts = [part.replace("-", "") for part in host.split(".")]
    by_length = sorted(PROVINCES, key=len, reverse=True)
    for slug in by_length:
        bare = slug.replace("_", "")
        if any(part == bare or (len(bare) > 5 and bare in part) for part in parts):
            return "hue" if slug == "thua_thien_hue" else slug
    return None


def draft(url: str, slug: str, province: str, found: Found) -> Declared:
    """The portal's facts; patterns only where its platform's own do not serve."""
    host = split_url(url).netloc.rpartition("@")[2].lower()
    addresses = [article["url"] for article in found.articles]
    portal = Portal(slug, province, department_name(PROVINCES[province]), (host,), (url,))
    unknown = []
    if found.platform in PLATFORMS:
        portal = on_platform(portal, PLATFORMS[found.platform])
    else:
        unknown.append("platform")
    known = [a for a in addresses if classify_url(a, portal).kind == "article"]
    lists = [
        page for page in found.lists
        if page.rstrip("/") != url.rstrip("/") and not is_dated(page)
    ]  # fmt: skip
    starts = tuple([url, *lists][:STARTS])
    if not found.lists:
        unknown.append("start_urls")
    patterns: tuple[str, ...] = ()
    if len(known) < len(addresses) or not portal.article_urls:
        bare = replace(portal, start_urls=starts)
        standing = [join_url(url, path) for path in STANDING]
        patterns = tuple(
            pattern
            for urls in (addresses, found.asked)
            for drawn in article_patterns(urls)
            if (pattern := _exact(drawn, bare, [*found.others, *standing]))
        )
        spare = replace(bare, article_urls=(*patterns, *portal.article_urls))
        strangers = [a for a in addresses if classify_url(a, spare).kind != "article"]
        if strangers:
            unknown.append(f"article_urls ({len(strangers)}/{len(addresses)}: {strangers[0]})")
        if patterns:
            patterns = (*patterns, *portal.article_urls)
    wordless = sum(not article["text"] for article in found.articles)
    if wordless:
        unknown.append(f"text ({wordless}/{len(addresses)})")
    if not any(article["published"] for article in found.articles):
        unknown.append("date")
    if not found.feeds:
        unknown.append("feeds")
    declared = Portal(
        slug, province, portal.department, (host,), starts,
        platform=portal.platform, article_urls=patterns, evidence="stored pages",
    )  # fmt: skip
    return Declared(slug, province, declared, unknown)


def _exact(pattern: str, portal: Portal, others: list[str]) -> str | None:
    """The pattern, narrowed where it takes list pages for articles; None when that does not help."""
    for tried in (pattern, pattern.replace(r"(?:.*&)?", "") + "$"):
        alone = replace(portal, article_urls=(tried,))
        if not any(classify_url(page, alone).kind == "article" for page in others):
            return tried
    return None


def spider_source(declared: Declared) -> str:
    """The file `spiders/<slug>.py`."""
    portal = declared.portal
    name = "".join(part.capitalize() for part in re.split(r"[_\W]+", declared.slug)) + "Spider"
    if portal.platform:
        parent = PLATFORMS[portal.platform].__name__
        imported = f"from crawler.platforms.{portal.platform} import {parent}"
    else:
        parent, imported = "PortalSpider", "from crawler.crawl.portal_spider import PortalSpider"
    system = portal.platform or "own system"
    lines = [
        f'"""{portal.department}: {portal.start_urls[0]} ({system})."""',
        "",
        "from __future__ import annotations",
        "",
        imported,
        "",
        "",
        f"class {name}({parent}):",
        f'    name = "{declared.slug}"',
        f'    province = "{declared.province}"',
        f"    allowed_domains = [{_quoted(portal.hosts)}]",
        *_sequence("start_urls", portal.start_urls, "[]"),
        *(_sequence("article_urls", portal.article_urls, "()", raw=True)),
        f'    evidence = "{portal.evidence}"',
    ]
    return "\n".join(lines) + "\n"


def _sequence(name: str, values: tuple[str, ...], brackets: str, *, raw: bool = False) -> list[str]:
    if not values:
        return []
    prefix = "r" if raw else ""
    one = ", ".join(f'{prefix}"{value}"' for value in values)
    tail = "," if brackets == "()" else ""
    line = f"    {name} = {brackets[0]}{one}{tail if len(values) == 1 else ''}{brackets[1]}"
    if len(line) <= 100:
        return [line]
    inner = [f'        {prefix}"{value}",' for value in values]
    return [f"    {name} = {brackets[0]}", *inner, f"    {brackets[1]}"]


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f'"{value}"' for value in values)
