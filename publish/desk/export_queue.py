"""Files that take long to make wait for one another, in a short queue: searches never wait for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

WAITING = 4  # files asked for at once, the one that is being made included


class BusyError(Exception):
    """Too many files are being made; `Retry-After` says when to ask again."""

    seconds = 20


_queues: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[asyncio.Lock, list[None]]] = (
    WeakKeyDictionary()
)


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """One at a time; BusyError when the queue is full."""
    lock, waiting = _queues.setdefault(asyncio.get_running_loop(), (asyncio.Lock(), []))
    if len(waiting) >= WAITING:
        raise BusyError
    waiting.append(None)
    try:
        async with lock:
            yield
    finally:
        waiting.pop()
