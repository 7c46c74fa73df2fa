"""A portal over the years: which of its systems an address and a day belong to, and how it is read.

What a spider declares holds for its portal's present; an earlier system is a fact with its last day
(`earlier`), and where nobody described one, the page itself shows which system made it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crawler.crawl.address_shapes import looks_like_article
from crawler.items import Expected, Fetched
from crawler.platforms import PLATFORMS
from crawler.portals.model import Earlier, Markup, Portal
from crawler.portals.paging import paging
from crawler.portals.urls import Kind, classify_url
from crawler.registry.portals import on_platform
from crawler.registry.unknown_portal import detect_platform

UNKNOWN = "9999"  # the last day of a system of which nobody knows it, and of the present one


@dataclass(frozen=True, slots=True)
class Place:
    """What an address was to its portal on a day."""

    kind: Kind
    url: str  # canonical
    key: str  # of an article; else the address
    system: Portal  # the facts that were true then
    prefix: str = ""  # of the keys of a system that is not the present one

    @property
    def page(self) -> str:
        """What captures of one page have in common."""
        return self.key if self.kind == "article" else self.url


class Eras:
    """A portal's systems, the present one last."""

    def __init__(self, portal: Portal, others: Iterable[Portal] = ()) -> None:
        """`others`: all portals there are; what one of them has declared on a host is not this one's."""
        self.portal = portal
        self.hosts = tuple(
            dict.fromkeys((*portal.hosts, *(host for era in portal.earlier for host in era.hosts)))
        )
        present = portal
        self._rivals = [
            other
            for other in others
            if other.slug != portal.slug and not set(self.hosts).isdisjoint(other.hosts)
        ]
        eras = sorted(portal.earlier, key=lambda era: era.valid_until or UNKNOWN)
        self._systems = [
            *(
                (era.valid_until or UNKNOWN, _system(present, era), _prefix(portal, era))
                for era in eras
            ),
            (UNKNOWN, present, ""),
        ]

    @property
    def systems(self) -> list[Portal]:
        """The facts of each system, the present one first."""
        return [system for _, system, _ in reversed(self._systems)]

    def at(self, url: str, day: str) -> Place:
        """What an address was on a day: first by the system of that day, then by the others.

        A system goes on being captured where it was left standing, so the day alone decides nothing.
        """
        valid = [system for system in self._systems if day <= system[0]]
        others = [system for system in self._systems if day > system[0]]
        first: Place | None = None
        for _, system, prefix in (*valid, *reversed(others)):
            address = classify_url(url, system)
            place = Place(address.kind, address.url, prefix + address.key, system, prefix)
            if address.kind in ("article", "list"):
                return place
            if first is None or first.kind == "outside":
                first = place
        assert first is not None  # there is always the present system
        if first.kind == "unknown" and self._is_anothers(url):
            return replace(first, kind="outside")
        if first.kind == "unknown" and paging(first.url):
            return replace(first, kind="list")
        return first

    def read_as(self, place: Place, fetched: Fetched) -> tuple[Place, Expected | None]:
        """By whose facts a page is read and what is expected of it, now that it can be looked at."""
        seen = detect_platform(fetched)
        own = place.system.platform
        other = seen is not None and seen.platform != own
        if place.kind == "article":
            if other and seen is not None:
                system = replace(place.system, platform=seen.platform, markup=seen.markup)
                return replace(place, system=system), "article"
            return place, "article"
        if place.kind == "list":
            return place, "list"
        if place.system.explored:
            if seen is not None and own is None:  # its ways of setting a page, not its addresses
                system = replace(place.system, platform=seen.platform, markup=seen.markup)
                return replace(place, system=system), None
            return place, None
        if seen is None and own is None:
            return place, None
        if not other and seen is not None:
            return place, None
        # Made by a system that nobody declared: read as that of an undescribed site would be.
        system = replace(place.system.generic(), described=False, article_urls=(), list_urls=())
        if seen is None:
            return replace(place, system=system), None
        name = f"{seen.platform}:"
        system = on_platform(system, seen)
        address = classify_url(place.url, system)
        if address.kind == "article":
            return Place("article", address.url, name + address.key, system, name), "article"
        return Place("unknown", place.url, name + address.key, system, name), None

    def listed(self, url: str, title: str, place: Place) -> Place | None:
        """The article that a list page of one of the systems leads to; None when it is none."""
        address = classify_url(url, place.system)
        if (place.prefix or place.system.explored) and self._is_anothers(address.url):
            return None
        if address.kind == "article":
            return Place("article", address.url, place.prefix + address.key, place.system)
        named = place.system.explored and looks_like_article(address.url, title)
        if address.kind == "unknown" and named:
            return Place("article", address.url, place.prefix + address.key, place.system)
        return None

    def _is_anothers(self, url: str) -> bool:
        """Whether another portal on the same host has declared articles at such addresses."""
        return any(classify_url(url, other).kind == "article" for other in self._rivals)


def _system(portal: Portal, era: Earlier) -> Portal:
    """The facts of an earlier system: those of its platform, then its own.

    A host of its own was the department's whole; a part of a host (`within`) is the present one's.
    """
    system = portal
    platform = PLATFORMS.get(era.platform or "")
    if era.platform and era.platform != portal.platform:
        system = replace(
            portal, platform=era.platform, markup=Markup(), article_urls=(), list_urls=()
        )
        if platform is not None:
            system = on_platform(portal, platform)
    return replace(
        system,
        article_urls=era.article_urls or system.article_urls,
        list_urls=era.list_urls or system.list_urls,
        markup=era.markup if era.markup != Markup() else system.markup,
        date_order=era.date_order or system.date_order,
        described=True,
        hosts=era.hosts or system.hosts,
        within=() if era.hosts else system.within,
    )


def _prefix(portal: Portal, era: Earlier) -> str:
    """Two systems number their articles alike: those of another one have its name before theirs."""
    return f"{era.platform}:" if era.platform and era.platform != portal.platform else ""
