"""Copies of the working archive: a few whole ones, from which it can be had back."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.database import SNAPSHOTS, Archive
from crawler.archive.ids import APPLICATION_ID
from crawler.durable import sync

PAGES = 4096  # copied at a time, so that readers are never kept waiting
STAMP = re.compile(r"-(\d{4}-\d\d-\d\dT\d{9}Z)\.")


@dataclass(frozen=True, slots=True)
class Copy:
    """A database that the archive may be made of again."""

    path: Path
    newest_run: str  # '' where nothing was ever run
    is_dump: bool  # it holds the public tables alone


def stamp_of(moment: str) -> str:
    """A moment as it stands in a file's name: 2025-06-20T15:10:00.123Z → 2025-06-20T151000123Z."""
    return moment.replace(":", "").replace(".", "")


def stamp_in(name: str) -> str:
    """The moment in a file's name; '' when there is none."""
    found = STAMP.search(name)
    return found[1] if found else ""


def folder_of(archive: Path) -> Path:
    return archive.parent / SNAPSHOTS


def snapshots_of(archive: Path) -> list[Path]:
    """The archive's snapshots, the newest first."""
    found = folder_of(archive).glob(f"{archive.stem}-*.db")
    return sorted((path for path in found if stamp_in(path.name)), reverse=True)


def take(archive: Archive, now: str, keep: int) -> Path:
    """Write a snapshot and drop the oldest beyond `keep`. Raises OSError or sqlite3.Error.

    It has its name only when it is whole and on disk.
    """
    folder = folder_of(archive.path)
    folder.mkdir(exist_ok=True)
    path = folder / f"{archive.path.stem}-{stamp_of(now)}.db"
    part = path.with_suffix(".part")
    for left in folder.glob(f"{archive.path.stem}-*.part*"):  # by a night that was killed
        left.unlink()
    try:
        copy(archive.conn, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync(folder)
    for old in snapshots_of(archive.path)[keep:]:
        old.unlink()
    return path


def copy(source: sqlite3.Connection, target: Path) -> None:
    """A whole copy by SQLite's own means, on disk when it returns."""
    with closing(sqlite3.connect(target)) as conn:
        source.backup(conn, pages=PAGES)
        conn.execute("pragma journal_mode = delete")
    sync(target)


def look_at(path: Path) -> Copy:
    """What a file is. Raises ValueError when nothing can be made of it."""
    if not path.is_file() or not path.stat().st_size:
        raise ValueError("no file, or an empty one")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            if conn.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
                raise ValueError("not an archive of this project")
            verdict = conn.execute("pragma quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise ValueError(verdict)
            newest = conn.execute("select max(started_at) from runs").fetchone()[0]
            working = conn.execute(
                "select 1 from sqlite_master where name = '_frontier'"
            ).fetchone()
    except sqlite3.Error as error:
        raise ValueError(str(error)) from error
    return Copy(path, newest or "", working is None)


def set_aside(archive: Path, now: str) -> Path | None:
    """Move what lies in the archive's place out of the way, with its log; None when nothing does."""
    aside = archive.with_name(f"{archive.name}.before-{stamp_of(now)}")
    for suffix in ("-wal", "-shm", ""):
        part = archive.with_name(f"{archive.name}{suffix}")
        if part.exists():
            part.replace(aside.with_name(f"{aside.name}{suffix}"))
    return aside if aside.exists() else None
