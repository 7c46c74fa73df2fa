"""The best looks, not every look: of a page's captures the first, the last, and each that differs."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from crawler.portals.languages import is_translation
from crawler.rescue import queue
from crawler.rescue.queue import Look

DONE = ("fetched", "saved", "known")


def choose(conn: sqlite3.Connection, portal: str, order: Sequence[str]) -> int:
    """Decide about every look that is only listed; returns how many are wanted.

    `order`: the sources, the one that is to be asked first of all first.
    """
    wanted = 0
    for page in queue.pages_to_choose(conn, portal):
        looks = queue.looks_at(conn, portal, page)
        chosen = best_looks(looks, order)
        listed = [look for look in looks if look.state == "listed"]
        if listed[0].kind == "unknown" and not any(look.state in DONE for look in looks):
            # What it is, one look will tell; the others wait for that.
            if any(look.state == "wanted" for look in looks):
                continue
            chosen = {identity(look) for look in listed if identity(look) in chosen}
            first = next(look for look in listed if identity(look) in chosen)
            queue.set_states(conn, portal, [first], "wanted", None)
            wanted += 1
            continue
        take = [look for look in listed if identity(look) in chosen]
        leave = [look for look in listed if identity(look) not in chosen]
        queue.set_states(conn, portal, take, "wanted", None)
        queue.set_states(conn, portal, leave, "passed", None)
        wanted += len(take)
    return wanted


def identity(look: Look) -> tuple[str, str, str]:
    return look.source, look.url, look.timestamp


def best_looks(looks: Sequence[Look], order: Sequence[str]) -> set[tuple[str, str, str]]:
    """Those worth having, of all looks at one page in the order of time.

    An address by itself: copies in another language, only where there is nothing else. A look that
    two sources have is the first one's. A digest that nobody knows is taken for another one.
    """
    usable = [look for look in looks if look.state != "refused"]
    own = [look for look in usable if not is_translation(look.address)] or usable
    addresses: dict[str, list[Look]] = defaultdict(list)
    for look in sorted(own, key=lambda look: (look.timestamp, _rank(look, order), look.url)):
        addresses[look.address].append(look)
    chosen: set[tuple[str, str, str]] = set()
    for some in addresses.values():
        some = _once(some)
        chosen.update(identity(look) for look in (some[0], some[-1]))
        chosen.update(
            identity(after) for before, after in pairwise(some)
            if not after.digest or after.digest != before.digest
        )  # fmt: skip
    return chosen


def _once(looks: Sequence[Look]) -> list[Look]:
    """Without the same moment's look, as a second source lists it."""
    return list({look.timestamp: look for look in reversed(looks)}.values())[::-1]


def _rank(look: Look, order: Sequence[str]) -> int:
    return order.index(look.source) if look.source in order else len(order)
