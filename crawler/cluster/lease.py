"""Who may write a shard: a lease with a number that grows, and an end that is written once.

    <place>/00000007/taken.json   whoever writes it holds the lease; nobody else can write it
    <place>/00000007/beat.json    written anew all the time by whoever holds it
    <place>/00000007/end.json     what became of it: a new state, or none

A holder that is thought dead is sealed: somebody else writes its end. Of the two who want to write
one end the store lets one, so a holder that comes back after it was sealed has changed nothing, and
one that ended before is found to have ended. No clock is compared with another one's: a holder is
thought dead when its beat has not changed for as long as the lease lasts, by the watcher's own clock.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from crawler.cluster.store import Store, StoreError
from crawler.parsing import is_number

BEATS = 4  # in the time that a lease lasts
State = dict[str, Any]


class LostLeaseError(Exception):
    """Somebody else has ended this lease; what was done under it counts for nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place as it is: its newest lease, who has it, and the state that the last end left."""

    token: int = 0
    owner: str = ""
    state: State | None = None
    ended: bool = True


@dataclass(slots=True)
class Lease:
    """A lease that is held. `before`: the state when it was taken; `lost`: holders that were sealed."""

    store: Store
    place: str
    token: int
    owner: str
    before: State | None
    lost: tuple[str, ...] = ()
    _count: int = field(default=0)

    @property
    def folder(self) -> str:
        return f"{self.place}/{self.token:08d}"

    def beat(self) -> None:
        self._count += 1
        told = {"beat": self._count, "by": self.owner}
        self.store.put(f"{self.folder}/beat.json", _packed(told))

    def is_over(self) -> bool:
        """Whether somebody has ended it."""
        return self.store.get(f"{self.folder}/end.json") is not None

    def end(self, state: State | None) -> None:
        """Make a state the place's own, or leave it as it was. Raises LostLeaseError."""
        how = "kept" if state is None else "changed"
        if not _end(self.store, self.folder, how, self.before if state is None else state):
            raise LostLeaseError(self.folder)


def look(store: Store, place: str) -> Found:
    """Who has a place, and what its state is."""
    tokens = [int(name) for name in store.names(place) if is_number(name)]
    if not tokens:
        return Found()
    token = max(tokens)
    folder = f"{place}/{token:08d}"
    end = store.get(f"{folder}/end.json")
    if end is not None:
        return Found(token, state=json.loads(end)["state"])
    taken = json.loads(store.get(f"{folder}/taken.json") or b"{}")
    return Found(token, taken.get("by", "?"), taken.get("before"), ended=False)


def take(
    store: Store,
    place: str,
    owner: str,
    *,
    lasts: float,
    enough: Callable[[Found], bool] = lambda found: False,
) -> Lease | Found:
    """Wait until a place is free, and take it. `lasts`: seconds that a silent holder is waited for.

    What is found is given back instead when it is `enough`: nothing is taken then.
    """
    seen: tuple[int, bytes | None] = (-1, None)
    since = time.monotonic()
    lost: list[str] = []
    while True:
        found = look(store, place)
        if enough(found):
            return found
        if found.ended:
            token = found.token + 1
            told = {"by": owner, "before": found.state, "mark": secrets.token_hex(8)}
            if store.create(f"{place}/{token:08d}/taken.json", _packed(told)):
                lease = Lease(store, place, token, owner, found.state, tuple(lost))
                lease.beat()
                return lease
            continue
        folder = f"{place}/{found.token:08d}"
        now = (found.token, store.get(f"{folder}/beat.json"))
        if now != seen:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since > lasts:
            if _end(store, folder, "sealed", found.state):
                lost.append(found.owner)
            continue
        time.sleep(lasts / BEATS / 2)


def _end(store: Store, folder: str, how: str, state: State | None) -> bool:
    told = {"how": how, "state": state, "mark": secrets.token_hex(8)}
    return store.create(f"{folder}/end.json", _packed(told))


def _packed(told: State) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


class Beating:
    """Beats for a lease until the block ends; tells when the lease is over, or something is wanted.

    A store that does not answer for a while costs nothing: only an end that is read ends a lease.
    """

    def __init__(
        self, lease: Lease, lasts: float, wanted: Callable[[], bool] | None = None
    ) -> None:
        self.over = threading.Event()
        self.wanted = threading.Event()
        self._lease, self._pause, self._ask = lease, lasts / BEATS, wanted
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="beating", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join(timeout=self._pause + 1)

    def _beat(self) -> None:
        while not self._stop.wait(self._pause):
            try:
                self._lease.beat()
                if self._lease.is_over():
                    self.over.set()
                if self._ask is not None and self._ask():
                    self.wanted.set()
            except (StoreError, OSError):
                continue
