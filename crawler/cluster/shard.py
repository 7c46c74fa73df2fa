"""The state of a shard in the store: its archive, its WARC files, and how both come and go."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from crawler.archive.snapshots import copy
from crawler.cluster.lease import Lease, State
from crawler.cluster.store import Store, StoreError, digest_of_file
from crawler.messages import say
from crawler.parsing import is_number

SHARDS = "shards"
Stamps = dict[str, tuple[int, int]]
ARCHIVE, CAPTURES = "archive.db", "captures"  # in a worker's folder, and below a lease's


def fetch_archive(store: Store, state: State, target: Path) -> None:
    """A shard's archive as a file. Raises StoreError, also for one that is damaged."""
    store.download(state["archive"]["key"], target, digest=state["archive"]["sha256"])
    try:
        with closing(sqlite3.connect(target)) as conn:
            verdict = conn.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        verdict = str(error)
    if verdict != "ok":
        raise StoreError(say("store_damaged", store=store.address, name=state["archive"]["key"]))


def fetch_captures(
    store: Store, state: State, folder: Path, *, but: Collection[str] = ()
) -> list[str]:
    """A shard's WARC files into the folder of captures; those that are there whole stay.

    Returns the names of the new ones.
    """
    fetched = []
    for name, kept in state["captures"].items():
        path = folder / name
        if name in but or (path.is_file() and path.stat().st_size == kept["bytes"]):
            continue
        store.download(kept["key"], path, digest=kept["sha256"])
        fetched.append(name)
    return fetched


def stamps(folder: Path) -> Stamps:
    """By what a WARC file is known to be as it was: when it was last written, and its size."""
    found = ((name, path.stat()) for name, path in _captures_in(folder / CAPTURES))
    return {name: (state.st_mtime_ns, state.st_size) for name, state in found}


def push(lease: Lease, folder: Path, untouched: Stamps, **told: object) -> State:
    """Upload what a worker's folder holds; the state that the lease may end with.

    `untouched`: the files as they came from the store. One of the same size may be another: of what
    was removed its records are blackened. Nobody sees any of it before the lease has ended so.
    """
    store, before = lease.store, lease.before or {}
    captures = dict(before.get("captures", {}))
    for name, path in _captures_in(folder / CAPTURES):
        state = path.stat()
        size = state.st_size
        if name in captures and untouched.get(name) == (state.st_mtime_ns, size):
            continue
        key = f"{lease.folder}/{CAPTURES}/{name}"
        store.upload(key, path)
        captures[name] = {"key": key, "bytes": size, "sha256": digest_of_file(path)}
    whole = folder / "whole.db"
    with closing(sqlite3.connect(folder / ARCHIVE)) as conn:
        copy(conn, whole)
    key = f"{lease.folder}/{ARCHIVE}"
    store.upload(key, whole)
    archive = {"key": key, "bytes": whole.stat().st_size, "sha256": digest_of_file(whole)}
    whole.unlink()
    return {**told, "token": lease.token, "archive": archive, "captures": captures}


def _captures_in(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".part":
            yield path.relative_to(folder).as_posix(), path


def sweep(store: Store, place: str, state: State) -> None:
    """Take away what earlier leases left and no state names any more: the last two archives stay."""
    kept = {entry["key"] for entry in state["captures"].values()}
    kept.add(state["archive"]["key"])
    old = [
        name
        for name in store.below(place)
        if is_number(token := name.removeprefix(f"{place}/").partition("/")[0])
        and int(token) < state["token"] - 1
        and name not in kept
        and not name.endswith((f"{token}/taken.json", f"{token}/end.json"))
    ]
    store.delete(old)
