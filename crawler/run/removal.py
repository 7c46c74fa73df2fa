"""What is left of a removal when its rows are gone: free pages, copies, and the files of captures."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.database import Archive
from crawler.archive.redactions import end_removals, owed, settle, unfinished
from crawler.archive.snapshots import snapshots_of, take
from crawler.captures import CaptureError
from crawler.captures.redaction import redact
from crawler.clock import now
from crawler.messages import say_short


@dataclass(slots=True)
class Redactions:
    """What was taken out of the files of captures, and what could not be."""

    records: int = 0
    files: int = 0
    left: list[str] = field(default_factory=list)  # in words


def finish_removals(archive: Archive, folder: Path) -> Redactions | None:
    """Do what removals still have to; None when there is none that is not finished.

    Killed at any moment, it is done from the start again. Raises OSError and sqlite3.Error; nothing is
    forgotten then.
    """
    portals = unfinished(archive.conn)
    if not portals:
        return None
    # An index keeps the words of what was taken out of it until it is put together anew.
    for index in ("articles_fts", "files_fts"):
        archive.conn.execute(f"insert into {index}({index}) values ('optimize')")
    # What was deleted is left neither in free pages nor in the log of writes.
    archive.conn.execute("vacuum")
    archive.conn.execute("pragma wal_checkpoint(truncate)")
    done = _redact(archive, folder)
    with archive.transaction() as conn:
        end_removals(conn, portals)
    if snapshots_of(archive.path):  # they hold it still
        take(archive, now(), 1)
    return done


def _redact(archive: Archive, folder: Path) -> Redactions:
    done = Redactions()
    for file in owed(archive.conn, folder):
        if file.path is None or not file.path.exists():
            if file.offsets:
                done.left.append(say_short("redaction_absent", path=file.path or file.warc))
            continue
        if not file.path.absolute().is_relative_to(folder.absolute()):
            # Another's file, given to a backfill where it lay, is not ours to change.
            if file.offsets:
                done.left.append(say_short("redaction_foreign", path=file.path))
            continue
        try:
            found = redact(
                file.path, offsets=file.offsets, urls=file.urls, spared=file.spared, now=now()
            )
        except CaptureError as error:
            if file.offsets:
                done.left.append(str(error).replace("\n  ", " | "))
            continue
        done.records += found.records
        done.files += found.records > 0
        with archive.transaction() as conn:
            settle(conn, file.warc)
    return done
