"""Publishing: an archive that passes the gate becomes a dump in the folder of dumps."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.dump.datapackage import File, changes_text, data_package, dictionary, read_me
from crawler.dump.delta import changes_between, delta, same_shape
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
)
from crawler.dump.gate import Minimum, dump_problems, problems_of
from crawler.dump.snapshot import counts, day_of, reading, write_snapshot
from crawler.dump.tables import can_write_parquet, compress, exports, write_csv, write_parquet
from crawler.messages import Message, say

WORK = ".work"


@dataclass(slots=True)
class PublishResult:
    """What publishing came to: the files written, none when there was nothing new, and remarks."""

    files: list[str] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """How the operator wants it."""

    least: Minimum
    keep: int
    contact: str
    metadata: Path


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
    if before and old and before.sha256 == digest:
        prune(out, before, wish.keep)
        return done
    version = free_version(out, day, digest)
    database = work / f"archive-{version}.db"
    fresh.rename(database)
    made = _tables(database, work, version, done)
    if before:
        if old and same_shape(old, database):
            made.append(_delta(old, before.version, database, work, version))
        else:
            done.remarks.append(say("publish_without_delta", name=before.database))
    described = _describe(database, work, version, old, made, wish)
    dump = _write_manifest(database, work, version, before, [*made, *described])
    move(work, out, dump)
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


def _tables(database: Path, work: Path, version: str, done: PublishResult) -> list[Path]:
    packed = work / f"{database.name}.zst"
    compress(database, packed)
    made = [packed]
    for export in exports(database):
        made.append(work / f"{export.table}-{version}.csv")
        write_csv(database, export, made[-1])
        if can_write_parquet():
            made.append(work / f"{export.table}-{version}.parquet")
            write_parquet(database, export, made[-1])
    if not can_write_parquet():
        done.remarks.append(say("publish_without_parquet"))
    return made


def _delta(old: Path, since: str, database: Path, work: Path, version: str) -> Path:
    plain = work / "delta.sql"
    with plain.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(delta(old, database))
    packed = work / f"delta-{since}-{version}.sql.zst"
    compress(plain, packed)
    plain.unlink()
    return packed


def _describe(
    database: Path,
    work: Path,
    version: str,
    old: Path | None,
    made: list[Path],
    wish: PublishOptions,
) -> list[Path]:
    said = dictionary(wish.metadata)
    tables = [File(path, digest_of(path)) for path in made if path.suffix in (".csv", ".parquet")]
    package = data_package(said, version, File(database, digest_of(database)), tables)
    texts = {
        f"datapackage-{version}.json": _json(package),
        f"CHANGES-{version}.md": changes_text(version, *changes_between(old, database)),
        f"README-{version}.md": read_me(said, database.name, wish.contact),
        f"metadata-{version}.yml": wish.metadata.read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        (work / name).write_text(text, encoding="utf-8")
    return [work / name for name in texts]


def _write_manifest(
    database: Path, work: Path, version: str, before: Dump | None, made: list[Path]
) -> Dump:
    sums = {path.name: digest_of(path) for path in sorted([database, *made])}
    listed = work / f"SHA256SUMS-{version}"
    listed.write_text("".join(f"{sums[name]}  {name}\n" for name in sums), encoding="utf-8")
    with reading(database) as conn:
        rows = counts(conn)
    predecessor = {"database": before.database, "sha256": before.sha256} if before else None
    files = {**sums, listed.name: digest_of(listed)}
    dump = Dump(database.name, version, rows["articles"], files, predecessor)
    (work / dump.manifest).write_text(
        _json(
            {
                "database": dump.database,
                "day": version[:8],
                "articles": dump.articles,
                "rows": rows,
                "files": list(sums),
                "bytes": {name: (work / name).stat().st_size for name in sums},
                "sha256": files,
                "predecessor": predecessor,
            }
        ),
        encoding="utf-8",
    )
    return dump


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
