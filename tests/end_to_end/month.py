"""A month of a night-by-night script: what goes wrong, from when until when, and what it is called.

Ten portals on loopback, each a machine of its own. The truth of every night is known: these alarms,
and no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from samples.site import Answer
from tests.end_to_end.portal_scenarios import (
    AWAY,
    BUSY,
    cut,
    everywhere,
    on_articles,
    on_lists,
    without_entries,
)
from tests.end_to_end.simulated_portal import Living, Nights

Happens = Callable[[Living, Nights], None]


@dataclass(frozen=True)
class Fault:
    """What happens to a portal from one night until another, and what it must be called."""

    portal: str
    first: int
    last: int
    alarm: str
    happens: Happens


def _edit(portal: Living, nights: Nights) -> None:
    portal.change(3, title=f"{portal.site.articles[3].title} (cập nhật)")


def _delete(portal: Living, nights: Nights) -> None:
    path = portal.path(5)
    portal.rule = lambda asked, usual: Answer(404, "") if asked == path else usual


def _without_dates(path: str, html: str) -> str:
    return cut(html, '<span class="h5">', "</span>")


PAGERS = on_lists(lambda p, path, html: cut(html, '<ul class="pagination">', "</ul>"))
PORTALS = {
    "quiet": 12, "busy": 12, "redesigned": 12, "empty": 12, "short": 12, "unpaged": 24,
    "down": 12, "nameless": 12, "moved": 12, "deleted": 12, "repaired": 12,
}  # fmt: skip

# The month: each fault has the nights that it lasts, in the middle of quiet ones.
MONTH = (
    Fault("redesigned", 6, 13, "coverage_drop", on_articles(_without_dates)),
    Fault("empty", 7, 16, "lists_empty", on_lists(without_entries(0))),
    Fault("short", 8, 12, "lists_shrunk", on_lists(without_entries(2))),
    Fault("unpaged", 9, 14, "paging_unreachable", PAGERS),
    Fault("down", 10, 11, "http_5xx", everywhere(Answer(503, ""), robots=True)),
    Fault("down", 20, 22, "http_5xx", everywhere(Answer(500, ""), robots=True)),
    Fault("nameless", 12, 15, "dns", lambda portal, nights: nights.names.pop(portal.host, None)),
    Fault("moved", 14, 19, "host_moved", everywhere(AWAY)),
    Fault("deleted", 15, 21, "mass_missing", on_articles(lambda p, html: Answer(404, ""))),
    Fault("repaired", 18, 20, "maintenance", everywhere(BUSY)),
)
KILLED, WRONG_CLOCK, DISK_FULL, NIGHTS = 23, 25, 27, 30

# The same in eleven nights, for everyday use: each fault lasts two nights.
SHORT = tuple(
    replace(fault, first=first, last=first + 1)
    for fault, first in (
        (MONTH[0], 2), (MONTH[1], 2), (MONTH[2], 3), (MONTH[3], 3), (MONTH[4], 2),
        (MONTH[6], 4), (MONTH[7], 3), (MONTH[8], 4), (MONTH[9], 2),
    )
)  # fmt: skip
# What befalls articles is seen where they are looked at again; elsewhere lists alone are asked.
SHORT_DUE = ("redesigned", "deleted", "busy", "quiet")
SHORT_KILLED, SHORT_CLOCK, SHORT_DISK, SHORT_NIGHTS = 6, 7, 8, 10

# What is no fault: on these nights a portal does what portals do.
ORDINARY: dict[str, Happens] = {"busy": _edit, "quiet": _delete}


def expected(script: tuple[Fault, ...], night: int) -> dict[str, set[str]]:
    """The alarms of a night, by portal."""
    told: dict[str, set[str]] = {name: set() for name in PORTALS}
    for fault in script:
        if fault.first <= night <= fault.last:
            told[fault.portal].add(fault.alarm)
    return told
