"""Opening the archive: one writer, checked before use, durable at each commit."""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from crawler.archive.ids import APPLICATION_ID, KNOWN_MIGRATIONS, MIGRATIONS
from crawler.messages import MessageError, say

SNAPSHOTS = "snapshots"  # the folder beside the archive where copies of it lie
LOCK_ATTEMPTS, LOCK_PAUSE = 3, 0.1  # seconds
BUSY_TIMEOUT = 30  # seconds; readers may hold a snapshot that long
CACHE = 32 * 2**20  # bytes; articles are numbered by hashes, so a new one may belong anywhere
# Bytes of a file that is looked through before each use. A night must not grow with the archive: a
# larger one is when its last run was cut off, by `health --verify`, and before it is published.
LOOKED_THROUGH = 64 * 2**20


class ArchiveError(MessageError):
    """The archive cannot be used; the text says why, where, and what to do. Exit code 74."""

    exit_code = 74


class ArchiveBusyError(ArchiveError):
    """Another process writes to the archive. Exit code 75."""

    exit_code = 75


class Archive:
    """The open archive. `conn` is in autocommit; writes go through `transaction()`."""

    def __init__(self, path: Path, conn: sqlite3.Connection, lock: IO[str] | None) -> None:
        self.path = path
        self.conn = conn
        self.failure: str | None = None  # why a transaction could not be written
        self._lock = lock
        self._writing = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open for writing, creating it when absent.

        Raises ArchiveBusyError when another writer has it, ArchiveError when it is damaged, not an
        archive of this project, or cannot be written.
        """
        held = lock(path)
        try:
            conn = _connect(path)
            _refuse_strangers(path, conn)
            _refuse_remains(path, conn)
            conn.execute("pragma journal_mode = wal")
            conn.execute("pragma synchronous = full")
            conn.execute("pragma foreign_keys = on")
            conn.execute(f"pragma cache_size = {-CACHE // 1024}")
            if path.stat().st_size <= LOOKED_THROUGH or _was_left_open(conn):
                verdict = conn.execute("pragma quick_check(1)").fetchone()[0]
                if verdict != "ok":
                    raise ArchiveError(say("archive_damaged", path=path, detail=verdict))
            _refuse_the_future(path, conn)
            migrate(conn)
        except sqlite3.Error as error:
            held.close()
            raise ArchiveError(say("archive_unusable", path=path, detail=error)) from error
        except ArchiveError:
            held.close()
            raise
        return cls(path, conn, held)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Open for reading only; ArchiveError when there is none."""
        if not path.is_file():
            raise ArchiveError(say("archive_missing", path=path))
        try:
            conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            _refuse_strangers(path, conn)
            if conn.execute("select count(*) from sqlite_master").fetchone()[0] == 0:
                raise ArchiveError(say("archive_empty", path=path))
            _refuse_the_future(path, conn)
        except sqlite3.Error as error:
            raise ArchiveError(say("archive_unusable", path=path, detail=error)) from error
        return cls(path, conn, None)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, on disk when the block ends. Taken at once, so it never has to upgrade."""
        self._begin()
        try:
            yield self.conn
        except BaseException as error:
            self._give_up(error)
            raise
        self._commit()

    async def write(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """A transaction around `work`; others have the processor while the disk is waited for."""
        self._begin()
        try:
            work(self.conn)
        except BaseException as error:
            self._give_up(error)
            raise
        await asyncio.get_running_loop().run_in_executor(None, self._commit)

    def _begin(self) -> None:
        self._writing.acquire()
        try:
            self.conn.execute("begin immediate")
        except BaseException as error:
            self._note(error)
            self._writing.release()
            raise

    def _commit(self) -> None:
        try:
            self.conn.execute("commit")
        except BaseException as error:
            self._note(error)
            self.conn.rollback()
            raise
        finally:
            self._writing.release()

    def _give_up(self, error: BaseException) -> None:
        self._note(error)
        try:
            self.conn.rollback()
        finally:
            self._writing.release()

    def _note(self, error: BaseException) -> None:
        if isinstance(error, sqlite3.Error):
            self.failure = self.failure or str(error)

    def free_bytes(self) -> int:
        """What is left on the archive's disk."""
        disk = os.statvfs(self.path.parent)
        return disk.f_bavail * disk.f_frsize

    def discard(self) -> None:
        """Take away the files of an archive that is closed."""
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(f"{self.path.name}{suffix}").unlink(missing_ok=True)

    def close(self) -> None:
        self.conn.close()
        if self._lock:
            self._lock.close()


def lock(path: Path) -> IO[str]:
    # Held by the process, not by the file: a killed writer leaves nothing to clean up.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(f"{path.name}-lock").open("w")
    except OSError as error:
        raise ArchiveError(say("archive_unwritable", path=path, detail=error.strerror)) from error
    for left in reversed(range(LOCK_ATTEMPTS)):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if left:  # whoever only looks whether somebody writes has it for a moment
                time.sleep(LOCK_PAUSE)
                continue
            lock.close()
            raise ArchiveBusyError(say("archive_busy", path=path)) from error
        break
    return lock


def is_being_written(path: Path) -> bool:
    """Whether a process has the archive open for writing just now."""
    try:
        with path.with_name(f"{path.name}-lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _connect(path: Path) -> sqlite3.Connection:
    # check_same_thread is off because the run is closed from the signal handler's thread.
    return sqlite3.connect(
        path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
    )


def _refuse_strangers(path: Path, conn: sqlite3.Connection) -> None:
    """Raise ArchiveError for a database that is not an archive of this project."""
    known = conn.execute("pragma application_id").fetchone()[0]
    tables = conn.execute("select count(*) from sqlite_master").fetchone()[0]
    if known != APPLICATION_ID and tables:
        raise ArchiveError(say("archive_foreign", path=path))


def _refuse_remains(path: Path, conn: sqlite3.Connection) -> None:
    """An archive is not begun anew where one was lost, and a dump is not one to be written to."""
    tables = {name for (name,) in conn.execute("select name from sqlite_master")}
    if not tables and any((path.parent / SNAPSHOTS).glob(f"{path.stem}-*.db")):
        raise ArchiveError(say("archive_empty", path=path))
    if "articles" in tables and "_frontier" not in tables:
        raise ArchiveError(say("archive_is_dump", path=path))


def _was_left_open(conn: sqlite3.Connection) -> bool:
    """Whether the newest run never came to its end: what stopped it may have damaged the file."""
    if conn.execute("select 1 from sqlite_master where name = 'runs'").fetchone() is None:
        return False
    row = conn.execute(
        "select finished_at is null from runs order by started_at desc limit 1"
    ).fetchone()
    return bool(row and row[0])


def _refuse_the_future(path: Path, conn: sqlite3.Connection) -> None:
    """Raise ArchiveError for an archive that a newer version has migrated."""
    there = "select 1 from sqlite_master where name = '_sqlite_migrations'"
    if conn.execute(there).fetchone() is None:
        return
    applied = conn.execute(
        "select name from _sqlite_migrations where migration_set = ? order by rowid", (MIGRATIONS,)
    )
    unknown = [name for (name,) in applied if name not in KNOWN_MIGRATIONS]
    if unknown:
        raise ArchiveError(say("archive_newer", path=path, detail=", ".join(unknown)))


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the tables up to date. Only who writes loads sqlite-utils."""
    absent = sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
    try:
        # It would take pandas along where that is installed: half a second and 60 MB for nothing.
        from sqlite_utils import Database

        from crawler.archive.schema import migrations
    finally:
        if absent is None:
            del sys.modules["pandas"]
    database = Database(conn)
    if migrations.pending(database):
        with database.atomic():  # a new archive is there whole, or not at all
            conn.execute(f"pragma application_id = {APPLICATION_ID}")
            migrations.apply(database)
