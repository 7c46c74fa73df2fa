"""Between the store and the archive: shards' states come in, once each; parts of the archive go out."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from crawler.archive.database import Archive
from crawler.archive.merge.merge import Merged, attached, merge, writing
from crawler.archive.merge.portion import carve, mark_of, merged_before, note_merged
from crawler.archive.runs import stay_unfinished, unfinished
from crawler.cluster.lease import State, look
from crawler.cluster.shard import CAPTURES, SHARDS, fetch_archive, fetch_captures
from crawler.cluster.store import Store, digest_of_file
from crawler.cluster.task import Task


class Collection:
    """One archive, and the shards of one store."""

    def __init__(
        self, archive: Archive, store: Store, captures: Path, leads_to: Callable[[str, str], str],
        *, fetching: bool = True,
    ) -> None:  # fmt: skip
        self._archive, self._store, self._captures = archive, store, captures
        self._leads_to, self._fetching = leads_to, fetching
        self._known = store.name()
        self._kept: dict[str, tuple[str, str]] = {}  # WARC files in the store: object and digest

    def collect_all(self) -> None:
        """Bring in what earlier jobs left: of a coordinator that was killed, or of another archive."""
        for group in self._store.names(SHARDS):
            self.collect(group)

    def collect(self, group: str) -> Merged | None:
        """Bring in a shard's state, with its WARC files; None when the archive has it already.

        Raises StoreError, or sqlite3.Error when it cannot be merged.
        """
        state = look(self._store, f"{SHARDS}/{group}").state
        if state is None:
            return None
        for name, kept in state["captures"].items():
            self._kept[name] = kept["key"], kept["sha256"]
        conn = self._archive.conn
        if merged_before(conn, self._known, group)[0] == state["token"]:
            return None
        with self._scratch() as folder:
            shard = Path(folder) / "shard.db"
            fetch_archive(self._store, state, shard)
            if self._fetching:  # before anything points at them
                fetch_captures(self._store, state, self._captures)
            return self._merge(group, state, shard)

    def has(self, group: str, token: int) -> bool:
        """Whether a state of a shard, or a later one, is in the archive."""
        return merged_before(self._archive.conn, self._known, group)[0] >= token

    def seeded(self, task: Task, job: str) -> Task:
        """A task with what it has to begin with where the shard in the store is not that.

        An archive has all that its shards have; where somebody worked on it since, has put a portal
        into another group, or nothing was in the store yet, the shard begins as the archive's part.
        """
        conn, place = self._archive.conn, f"{SHARDS}/{task.group}"
        mark = mark_of(conn, task.portals)
        task = replace(task, mark=mark)
        state = look(self._store, place).state
        token, then = merged_before(conn, self._known, task.group)
        as_it_was = state and token == state["token"] and then == mark
        if as_it_was and state and set(task.portals) == set(state["portals"]):
            return task
        if not self._knows(task.portals):
            return task
        with self._scratch() as folder:
            part = Path(folder) / "part.db"
            carve(self._archive.path, part, task.portals)
            key = f"jobs/{job}/{task.group}.db"
            self._store.upload(key, part)
            captures = self._captures_of(part, job, state)
            base = state["token"] if state else 0
            seed = key, digest_of_file(part)
            return replace(task, seed=seed, base=base, given=task.given + captures)

    def close(self, job: str) -> None:
        """Take away what was laid out for a job's tasks."""
        self._store.delete(list(self._store.below(f"jobs/{job}")))

    def _captures_of(
        self, part: Path, job: str, state: State | None
    ) -> tuple[tuple[str, str, str], ...]:
        """The WARC files that a part refers to and its shard has not: in the store, or brought there.

        Where articles were removed, also those of which records were blackened here since.
        """
        given = []
        with closing(sqlite3.connect(part)) as conn:
            rows = conn.execute("select path from _warcs").fetchall()
            removed = conn.execute("select 1 from removals limit 1").fetchone() is not None
        theirs = (state or {}).get("captures", {})
        for (name,) in rows:
            path = self._captures / name
            if Path(name).is_absolute():
                continue
            if name in theirs:
                if not removed or not path.is_file():
                    continue
                if digest_of_file(path) == theirs[name]["sha256"]:
                    continue
                self._kept.pop(name, None)
            if name not in self._kept:
                if not path.is_file():
                    continue
                key = f"jobs/{job}/{CAPTURES}/{name}"
                self._store.upload(key, path)
                self._kept[name] = key, digest_of_file(path)
            given.append((*self._kept[name], f"{CAPTURES}/{name}"))
        return tuple(given)

    def _merge(self, group: str, state: State, shard: Path) -> Merged:
        portals = state["portals"]
        Archive.open(shard).close()  # of an earlier release: brought up to date
        with writing(self._archive.path) as conn:
            is_ours = mark_of(conn, portals) == state["mark"] and self._knows(portals)
            going = unfinished(conn)

            def note() -> None:
                # A task's end is not its run's: of a coordinator that was killed nobody knows more.
                stay_unfinished(conn, going)
                note_merged(conn, self._known, group, state["token"], mark_of(conn, portals))

            with attached(conn, shard):
                merged = merge(conn, self._leads_to, newer=portals if is_ours else (), then=note)
            if merged.removed:
                conn.execute("vacuum")  # what was removed is not left in free pages
        return merged

    def _knows(self, portals: tuple[str, ...] | list[str]) -> bool:
        found = "select 1 from portals where slug in (select value from json_each(?)) limit 1"
        return (
            self._archive.conn.execute(found, (json.dumps(list(portals)),)).fetchone() is not None
        )

    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        folder = self._archive.path.absolute().parent
        return tempfile.TemporaryDirectory(prefix="shards-", dir=folder)
