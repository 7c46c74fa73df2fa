"""`scrapy …` as a person runs it: a process of its own, in the project's folder."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def command(*arguments: object, archive: Path | None = None) -> list[str]:
    words = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    if archive is not None:
        words += [
            "-s",
            f"ARCHIVE_DB={archive}",
            "-s",
            f"CAPTURES_DIR={archive.parent / 'captures'}",
        ]
    return words


def scrapy(
    *arguments: object, archive: Path | None = None, timeout: float = 240, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run it to its end; whoever calls looks at the exit code."""
    return subprocess.run(
        command(*arguments, archive=archive),
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


def rows(archive: Path, sql: str, *values: object) -> list[tuple]:
    with sqlite3.connect(archive) as conn:
        found = conn.execute(sql, values).fetchall()
    conn.close()
    return found


def contents(archive: Path) -> dict[str, list[tuple]]:
    """All that an archive says about articles, without the moments of the runs that said it."""
    return {
        "articles": rows(
            archive,
            "select id, portal, key, url, title, section, summary, text, byline, published, "
            "published_precision, published_raw, status, revisions from articles order by id",
        ),
        "authors": rows(archive, "select * from authors order by id"),
        "article_authors": rows(archive, "select * from article_authors order by 1, 2"),
        "images": rows(archive, "select * from images order by 1, 2"),
        "attachments": rows(archive, "select * from attachments order by 1, 2"),
        "revisions": rows(archive, "select article, text_sha256 from revisions order by 1, 2"),
    }


def public(archive: Path) -> dict[str, list[tuple]]:
    """Every row of every public table but those that tell of runs, not of the portal: a crawl that was
    killed is several runs.
    """
    tables = rows(
        archive,
        "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' "
        "and name not like 'articles_fts%' and name not like 'files_fts%' and name not like 'sqlite%' "
        "and name not in ('runs', 'run_portals', 'alarms') order by name",
    )
    return {name: sorted(rows(archive, f"select * from [{name}]"), key=repr) for (name,) in tables}
