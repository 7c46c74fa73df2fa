"""Portals that share a host belong to one worker: whoever asks a host keeps the pauses between."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.parsing import split_url
from crawler.portals.model import Portal


def machine_of(place: str) -> str:
    """The machine that an address or a host names: no port, no `www.`, no case."""
    host = split_url(place if "://" in place else f"//{place}").hostname or place
    return host.lower().rstrip(".").removeprefix("www.")


def hosts_of(portal: Portal) -> set[str]:
    """Every machine that a crawl of a portal may ask, the earlier ones included."""
    places = [*portal.hosts, *portal.start_urls]
    places += [host for era in portal.earlier for host in era.hosts]
    return {machine_of(place) for place in places if place}


def host_groups(portals: Iterable[Portal]) -> dict[str, tuple[str, ...]]:
    """Groups of portals, in the order given, by the name of each: the least of its slugs.

    Two portals are in one group when they share a host, or a third one shares with both.
    """
    leader: dict[str, str] = {}  # slug → a slug of its group; itself where the way ends
    owner: dict[str, str] = {}  # host → the slug that was seen with it first
    for portal in portals:
        leader.setdefault(portal.slug, portal.slug)
        for host in hosts_of(portal):
            first = _end(leader, owner.setdefault(host, portal.slug))
            leader[_end(leader, portal.slug)] = first
    members: dict[str, list[str]] = {}
    for slug in leader:
        members.setdefault(_end(leader, slug), []).append(slug)
    return {min(slugs): tuple(slugs) for slugs in members.values()}


def _end(leader: dict[str, str], slug: str) -> str:
    while leader[slug] != slug:
        slug = leader[slug]
    return slug
