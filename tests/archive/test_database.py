"""What an archive that cannot be used answers."""

import sqlite3
import subprocess
import sys

import pytest
from sqlite_utils import Database

from crawler.archive.database import Archive, ArchiveBusyError, ArchiveError
from crawler.archive.ids import KNOWN_MIGRATIONS
from crawler.archive.schema import migrations


def test_a_second_writer_is_turned_away(tmp_path):
    first = Archive.open(tmp_path / "archive.db")
    with pytest.raises(ArchiveBusyError) as refusal:
        Archive.open(tmp_path / "archive.db")
    assert refusal.value.exit_code == 75
    first.close()
    Archive.open(tmp_path / "archive.db").close()


def test_a_killed_writer_leaves_no_lock(tmp_path):
    code = (
        "import os, pathlib, signal; from crawler.archive.database import Archive; "
        f"Archive.open(pathlib.Path({str(tmp_path / 'archive.db')!r})); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    Archive.open(tmp_path / "archive.db").close()


def test_somebody_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("create table mine(a)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="not an archive of this project"):
        Archive.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "archive.db"
    path.write_text("hello " * 1000)
    with pytest.raises(ArchiveError, match="not a database") as refusal:
        Archive.open(path)
    assert refusal.value.exit_code == 74


def test_a_damaged_archive_is_not_written_to(tmp_path):
    path = tmp_path / "archive.db"
    Archive.open(path).close()
    content = bytearray(path.read_bytes())
    content[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as refusal:
        Archive.open(path)
    assert refusal.value.exit_code == 74


@pytest.mark.parametrize("finished", ["2025-03-01T22:00:00.000Z", None])
def test_a_large_archive_is_looked_through_when_its_last_run_was_cut_off(
    tmp_path, monkeypatch, finished
):
    path = tmp_path / "archive.db"
    archive = Archive.open(path)
    archive.conn.execute(
        "insert into runs(id, command, started_at, finished_at) values ('1', 'nightly', ?, ?)",
        ("2025-03-01T20:00:00.000Z", finished),
    )
    page = archive.conn.execute(
        "select rootpage from sqlite_master where name = 'attachments'"
    ).fetchone()[0]
    archive.close()
    content = bytearray(path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    path.write_bytes(content)
    monkeypatch.setattr("crawler.archive.database.LOOKED_THROUGH", 0)
    if finished:
        Archive.open(path).close()
    else:
        with pytest.raises(ArchiveError):
            Archive.open(path)


def test_reading_needs_an_archive(tmp_path):
    with pytest.raises(ArchiveError, match="no archive"):
        Archive.read(tmp_path / "none.db")


def test_every_migration_is_known():
    names = {migration.name for migration in migrations.pending(Database(memory=True))}
    assert names == set(KNOWN_MIGRATIONS)


def test_an_archive_of_a_newer_program_is_left_alone(tmp_path):
    path = tmp_path / "archive.db"
    Archive.open(path).close()
    conn = sqlite3.connect(path)
    conn.execute(
        "insert into _sqlite_migrations(migration_set, name, applied_at) "
        "values ('archive', 'in_the_year_2525', 'x')"
    )
    conn.commit()
    conn.close()
    for opening in (Archive.open, Archive.read):
        with pytest.raises(ArchiveError, match=r"newer version .*in_the_year_2525"):
            opening(path)


@pytest.mark.parametrize("room", range(0, 200_000, 20_000))
def test_a_new_archive_is_there_whole_or_not_at_all(tmp_path, room):
    """Cut off while its tables are made, by a limit on the size of a file."""
    path = tmp_path / "archive.db"
    code = (
        "import pathlib, resource; from crawler.archive.database import Archive, ArchiveError; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        f"try: Archive.open(pathlib.Path({str(path)!r}))\n"
        "except ArchiveError: pass"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    archive = Archive.open(path)
    assert archive.conn.execute("select count(*) from articles").fetchone() == (0,)
    archive.close()


def test_revisions_are_append_only(tmp_path):
    archive = Archive.open(tmp_path / "archive.db")
    conn = archive.conn
    conn.execute("pragma foreign_keys = off")
    conn.execute(
        "insert into revisions(article, seen_at, text, text_sha256, change, extractor) "
        "values (1, '2026', 'a', 'b', '{}', 'x')"
    )
    for statement in ("update revisions set text = 'c'", "delete from revisions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            conn.execute(statement)
    archive.close()
