"""What is known of a portal, as plain values: hashable, and picklable for worker processes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, Self

Evidence = Literal["stored pages", "public code", "address only", "unverified"]


@dataclass(frozen=True, slots=True)
class Markup:
    """Where a platform keeps the parts of an article: CSS selectors, the first that matches wins."""

    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    section: tuple[str, ...] = ()  # the breadcrumb
    summary: tuple[str, ...] = ()
    body: tuple[str, ...] = ()  # the article's container
    byline: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()  # a block that holds links to files
    prune: tuple[str, ...] = ()  # inside the container, yet not the article


@dataclass(frozen=True, slots=True)
class Earlier:
    """A system or a host that a portal had before: what captures of that time are read by."""

    valid_until: str | None  # the last day: 2019-05-31; None: nobody knows
    hosts: tuple[str, ...] = ()  # none: the present ones
    platform: str | None = None  # None: the present one
    article_urls: tuple[str, ...] = ()  # none: those of its platform
    list_urls: tuple[str, ...] = ()
    markup: Markup = field(default_factory=Markup)  # empty: that of its platform
    date_order: Literal["DMY", "MDY"] | None = None


@dataclass(frozen=True, slots=True)
class Portal:
    """One department's site, as far as it is known."""

    slug: str
    province: str  # slug in provinces.csv
    department: str  # the full name in Vietnamese: what `Sở KH&CN` stands for here
    hosts: tuple[str, ...]  # the first is the present one
    start_urls: tuple[str, ...] = ()
    platform: str | None = None
    # Patterns are searched in the canonical address (crawler.portals.urls), path and query only.
    # The named groups together are the article's key: `(?P<list>…)` and `(?P<id>…)`.
    article_urls: tuple[str, ...] = ()
    list_urls: tuple[str, ...] = ()  # known list pages; others are found by shape
    skip_urls: tuple[str, ...] = ()  # never worth a visit: print copies, calendars, counters
    within: tuple[str, ...] = ()  # path prefixes, when the department has only a part of a host
    drop_params: tuple[str, ...] = ()  # query parameters that do not name the page
    markup: Markup = field(default_factory=Markup)
    language_folders: tuple[str, ...] = ()  # under each of them the whole portal stands; "": bare
    date_order: Literal["DMY", "MDY"] = "DMY"
    import_days: tuple[str, ...] = ()  # days a migration stamped on whatever it moved
    accounts: tuple[str, ...] = ()  # CMS logins this portal prints as authors
    tls: Literal["verified", "unverified"] = "verified"
    undated: bool = False  # its articles print no date: that none is found is no alarm
    described: bool = True  # by a person; else only its address is known, and perhaps its platform
    valid_from: str | None = None
    valid_to: str | None = None
    evidence: Evidence = "unverified"
    earlier: tuple[Earlier, ...] = ()

    @property
    def explored(self) -> bool:
        """Whether articles are looked for at addresses that no pattern knows, too."""
        return not (self.described and self.article_urls)

    def generic(self) -> Self:
        """The same portal as if its platform were unknown: addresses stay, markup goes."""
        return replace(self, platform=None, markup=Markup())
