"""What is the same for everybody until the archive changes is worked out once."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

MOST = 500  # kept answers; one of a search has about 20 KB
OLDEST = 300  # seconds; ages of articles are told in days

_turn = threading.Lock()
_kept: dict[tuple[str, str], tuple[tuple[float, ...], float, Any]] = {}


def stamp(path: str | None) -> tuple[float, ...]:
    """When the file and its journal were last written."""
    found: list[float] = []
    for name in (path, f"{path}-wal") if path else ():
        try:
            state = os.stat(name)  # noqa: PTH116
            found += [state.st_mtime_ns, state.st_size]
        except OSError:
            found.append(0)
    return tuple(found)


def kept(
    path: str | None, name: str, conn: sqlite3.Connection, make: Callable[[sqlite3.Connection], Any]
) -> Any:
    """The answer of `make`, as long as the archive stays as it is."""
    now, seen = time.monotonic(), stamp(path)
    known = _kept.get((path or "", name))
    if known and known[0] == seen and now - known[1] < OLDEST:
        _put(path or "", name, known)
        return known[2]
    value = make(conn)
    _put(path or "", name, (seen, now, value))
    return value


def _put(path: str, name: str, answer: tuple[tuple[float, ...], float, Any]) -> None:
    """What was asked for last stays longest."""
    with _turn:
        _kept.pop((path, name), None)
        _kept[path, name] = answer
        while len(_kept) > MOST:
            del _kept[next(iter(_kept))]
