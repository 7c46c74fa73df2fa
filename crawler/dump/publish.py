"""Publishing: an archive that passes the gate becomes a dump in the folder of dumps."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from crawler.dump.contents import Making, PublishOptions, PublishResult
from crawler.dump.datapackage import dictionary
from crawler.dump.folder import (
    SERVED,
    Dump,
    PublishError,
    digest_of,
    free_version,
    last_published,
    move,
    prune,
    publish_lock,
    refresh,
)
from crawler.dump.gate import Minimum, dump_problems, problems_of
from crawler.dump.releases import Site, listings, manifest_of
from crawler.dump.snapshot import day_of, reading, write_snapshot
from crawler.messages import Message, say

WORK = ".work"


def publish(archive: Path, out: Path, wish: PublishOptions, *, now: str) -> PublishResult:
    """Check the archive and publish it. The same archive published again changes nothing.

    Raises PublishError when it may not or cannot be published.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with publish_lock(out):
            work = out / WORK
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            try:
                return _publish(archive, out, work, wish, now)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        detail = f"{error.filename or ''} {error.strerror or error}".strip()
        raise PublishError(say("publish_failed", path=out, detail=detail), 74) from error


def _publish(archive: Path, out: Path, work: Path, wish: PublishOptions, now: str) -> PublishResult:
    done = PublishResult()
    before = last_published(out)
    old = out / before.database if before else None
    if before and old and not (old.is_file() and digest_of(old) == before.sha256):
        old = None
    fresh = work / SERVED
    day = _checked_snapshot(archive, fresh, wish, now, old, before)
    digest = digest_of(fresh)
    said = dictionary(wish.metadata)
    site = Site(said["title"], wish.address)
    if before and old and before.sha256 == digest:
        manifest = manifest_of(out, before)
        refresh(work, out, listings(out, manifest, before, wish.keep, site))
        prune(out, before, wish.keep)
        return done
    version = free_version(out, day, digest)
    database = work / f"archive-{version}.db"
    fresh.rename(database)
    made = Making(database, digest, work, version, wish, said, before, old, archive, out, done)
    dump, manifest = made.everything()
    move(work, out, dump, listings(out, manifest, dump, wish.keep, site))
    prune(out, dump, wish.keep)
    done.files = sorted(dump.files)
    return done


def _checked_snapshot(
    archive: Path,
    target: Path,
    wish: PublishOptions,
    now: str,
    old: Path | None,
    before: Dump | None,
) -> str:
    """Write the snapshot of an archive that passes the gate; returns its day. Raises PublishError.

    Checked and copied within one read transaction: what is published is what was checked, though
    a crawl may be writing meanwhile.
    """
    with reading(archive) as conn:
        problems: list[Message] = []
        try:
            conn.execute("begin")
            problems = problems_of(conn, now=now, least=wish.least, before=old)
            if not problems and before and not old:
                problems = _fewer(conn, before, wish.least)
            if not problems:
                write_snapshot(conn, target)
                with reading(target) as dump:
                    problems = dump_problems(conn, dump)
            if not problems:
                return day_of(conn)
        except Exception as error:
            # A file so damaged that it cannot even be copied is refused like any other.
            if isinstance(error, OSError):
                raise
            problems = [say("gate_unreadable", detail=error)]
    raise PublishError(say("publish_refused", path=archive), problems=problems)


def _fewer(conn: sqlite3.Connection, before: Dump, least: Minimum) -> list[Message]:
    """The last dump cannot be compared row by row any more; its number of articles can."""
    count = conn.execute(
        "select (select count(*) from articles) + (select count(distinct portal || removed_at) "
        "from removals)"
    ).fetchone()[0]
    lost = before.articles - count
    if lost <= least.may_lose:
        return []
    return [say("gate_lost", table="articles", count=lost, name=before.database)]
