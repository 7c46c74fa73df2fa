"""A page without a server: a folder for any file host, where the dump is searched in the browser.

The database lies there in parts, which the browser reads by HTTP ranges.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from crawler.dump.folder import last_published
from crawler.dump.site_columns import columns_file
from crawler.dump.snapshot import reading
from crawler.text.abbreviations import OTHER

PAGES = Path(__file__).parents[2] / "publish" / "site"
SAID = "site.json"
# Hosts of static pages refuse files of 100 MB and more. A multiple of what the page reads at once.
PART = 48 * 2**20
BLOCK = 16 * 2**10  # what the page reads for one look (ranges.js)
WORK = ".work"


def write_site(out: Path, site: Path, *, contact: str, address: str) -> bool:
    """Make the folder's site that of the newest dump; False when there is no dump.

    The parts bear the dump's name and are there before site.json leads to them, so that who is
    reading goes on reading; those of the last dump but one go.
    """
    dump = last_published(out)
    if dump is None:
        return False
    work = site / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        said = _said(out / dump.database, dump.version, dump.sha256, contact, address)
        parts = said["file"]["parts"]
        if not all((site / name).is_file() for name in parts):
            _split(out / dump.database, work, parts)
        with reading(out / dump.database) as conn:
            (work / said["columns"]).write_bytes(columns_file(conn))
        shutil.copytree(PAGES, work, dirs_exist_ok=True)
        (work / "writings.json").write_text(_json(_writings()), encoding="utf-8")
        # GitHub Pages passes over nothing then.
        (work / ".nojekyll").touch()
        before = _parts_of(site)
        for path in sorted(work.rglob("*")):
            if path.is_file():
                target = site / path.relative_to(work)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        (work / SAID).write_text(_json(said), encoding="utf-8")
        (work / SAID).replace(site / SAID)
        for path in site.glob("archive-*.db.*"):
            if path.name not in {*parts, said["columns"]} | before:
                path.unlink()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return True


def _said(database: Path, version: str, sha256: str, contact: str, address: str) -> dict[str, Any]:
    size = database.stat().st_size
    names = [f"{database.name}.{number:03d}" for number in range(-(-size // PART))]
    with reading(database) as conn:
        articles, portals, last = conn.execute(
            "select count(*), count(distinct portal), max(last_seen) from articles"
        ).fetchone()
        # Where each table and index begins, which every question asks: a dump has it all in front.
        page, begin = conn.execute(
            "select page_size, (select max(rootpage) from sqlite_schema) from pragma_page_size"
        ).fetchone()
    return {
        "database": database.name,
        "version": version,
        "sha256": sha256,
        "articles": articles,
        "portals": portals,
        "day": (last or "")[:10],
        "contact": contact,
        "dump": f"{address}dump/{database.name}.zst" if address else "",
        "columns": f"{database.name}.columns",
        "file": {
            "size": size,
            "part": PART,
            "parts": names,
            "first": list(range(-(-page * begin // BLOCK))),
        },
    }


def _parts_of(site: Path) -> set[str]:
    """Of the dump that the page shows until now."""
    try:
        said = json.loads((site / SAID).read_text(encoding="utf-8"))
        return {*said["file"]["parts"], said["columns"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _split(database: Path, folder: Path, names: list[str]) -> None:
    with database.open("rb") as source:
        for name in names:
            left = PART
            with (folder / name).open("wb") as target:
                while left and (block := source.read(min(left, 2**20))):
                    target.write(block)
                    left -= len(block)


def _writings() -> dict[str, list[str]]:
    return {" ".join(words): [" ".join(way) for way in ways] for words, ways in OTHER.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
