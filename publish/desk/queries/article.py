"""Everything the page of one article shows, out of a handful of quick questions."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from crawler.parsing import is_number
from crawler.text.fingerprints import ALIKE
from publish.desk.queries.columns import has_files
from publish.desk.queries.files import is_dead

CELLS = " | "
WEB = re.compile(r"https?://", re.IGNORECASE)
MOST_COPIES = 30
MOST_ALIKE = 300  # articles that share one fingerprint
MOST_VERSIONS = 200
CAPTURE = (
    "rowid", "url", "fetched_at", "warc", "offset", "digest", "via", "source", "source_url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text as it is set: a paragraph, a caption or a table."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)

    @property
    def has_head(self) -> bool:
        """A first row without figures names the columns."""
        first = self.rows[0] if self.rows else []
        return len(self.rows) > 1 and not any(is_number(c) for cell in first for c in cell)


def blocks(text: str, captions: set[str]) -> list[Block]:
    """Lines are paragraphs; lines with ` | ` in a row are the rows of a table."""
    found: list[Block] = []
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if CELLS in line:
            rows.append([cell.strip() for cell in line.split(CELLS)])
            continue
        if len(rows) > 1:
            found.append(Block("table", rows=rows))
        elif rows:
            found.append(Block("paragraph", CELLS.join(rows[0])))
        rows = []
        if line.strip():
            found.append(Block("caption" if line.strip() in captions else "paragraph", line))
    return found


def web_address(url: str | None) -> str | None:
    """The address when a reader may follow it, else None: `javascript:` is text, not a link."""
    return url if url and WEB.match(url) else None


def article_row(conn: sqlite3.Connection, ident: int) -> dict[str, Any] | None:
    """The article with its portal and both provinces."""
    cursor = conn.execute(
        "select a.id, a.portal, a.url, a.title, a.section, a.summary, a.text, a.byline, "
        "a.published, a.published_precision, a.published_raw, a.published_from, a.captured_at, "
        "a.first_seen, a.last_seen, a.status, a.revisions, a.text_sha256, a.via, a.extractor, "
        "p.department, p.host, p.province as province_slug, f.name as province, "
        "n.slug as present_slug, n.name as present "
        "from articles as a join portals as p on p.slug = a.portal "
        "left join provinces as f on f.slug = p.province "
        "left join provinces as n on n.slug = f.successor where a.id = ?",
        (ident,),
    )
    row = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), row, strict=True)) if row else None


def tombstone(conn: sqlite3.Connection, ident: int) -> dict[str, Any] | None:
    """What is left of an article that was removed on request."""
    cursor = conn.execute("select reason, removed_at from removals where article = ?", (ident,))
    row = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), row, strict=True)) if row else None


def parts(conn: sqlite3.Connection, ident: int, captured_at: str) -> dict[str, Any]:
    """People, pictures, files, and where the capture lies."""
    authors = conn.execute(
        "select authors.id, name, kind, role, unit from article_authors "
        "join authors on authors.id = author where article = ? order by position",
        (ident,),
    ).fetchall()
    origin = "source, source_url" if _knows_sources(conn) else "null, null"
    capture = conn.execute(
        f"select rowid, url, fetched_at, warc, offset, digest, via, {origin} from captures "
        "where article = ? order by fetched_at = ? desc, fetched_at desc limit 1",
        (ident, captured_at),
    ).fetchone()
    keys = ("id", "name", "kind", "role", "unit")
    return {
        "authors": [dict(zip(keys, row, strict=True)) for row in authors],
        "images": carried(conn, ident, "images", "caption"),
        "files": carried(conn, ident, "attachments", "label"),
        "capture": dict(zip(CAPTURE, capture, strict=True)) if capture else None,
    }


def _knows_sources(conn: sqlite3.Connection) -> bool:
    """Whether the archive tells who kept a look: a dump of an earlier version does not."""
    found = conn.execute("select 1 from pragma_table_info('captures') where name = 'source'")
    return found.fetchone() is not None


def carried(conn: sqlite3.Connection, ident: int, table: str, label: str) -> list[dict[str, Any]]:
    """An article's pictures or documents: each with what is kept of it, and whether the portal still
    has it."""
    if has_files(conn):
        kept = "files.sha256, files.type, files.bytes, files.pages, files.problem, files.located"
        joined = "left join files on files.sha256 = t.file"
    else:
        kept, joined = "null, null, null, null, null, null", ""
    rows = conn.execute(
        f"select t.url, t.{label}, {kept} from {table} as t {joined} "
        "where t.article = ? order by t.position",
        (ident,),
    ).fetchall()
    keys = ("url", "label", "sha256", "type", "bytes", "pages", "problem", "located")
    return [dict(zip(keys, row, strict=True)) | {"dead": is_dead(conn, row[0])} for row in rows]


def copies(conn: sqlite3.Connection, ident: int) -> list[dict[str, Any]]:
    """The same release elsewhere: articles that share most of its fingerprints.

    Whoever shares that many shares one of any few, so only the rarest are looked up.
    """
    counted = conn.execute(
        "select print, (select count(*) from (select 1 from fingerprints as other "
        "where other.print = own.print limit ?)) from fingerprints as own where article = ? "
        "order by 2, 1",
        (MOST_ALIKE, ident),
    )
    prints = [number for number, _ in counted]
    if len(prints) < ALIKE:
        return []
    rarest = " union ".join(
        f"select * from (select article from fingerprints where print = {number} limit {MOST_ALIKE})"
        for number in prints[: len(prints) - ALIKE + 1]
    )
    cursor = conn.execute(
        "with alike as (select article, count(*) as common from fingerprints "
        f"where article in ({rarest}) and article <> ? "
        f"and print in ({', '.join(map(str, prints))}) group by article having common >= ?) "
        "select a.id, a.title, a.portal, a.published, p.department, common "
        "from alike join articles as a on a.id = alike.article "
        "join portals as p on p.slug = a.portal order by common desc, a.published, a.id limit ?",
        (ident, ALIKE, MOST_COPIES),
    )
    keys = [column[0] for column in cursor.description]
    return [dict(zip(keys, row, strict=True)) for row in cursor]


def versions(
    conn: sqlite3.Connection, ident: int, *, with_text: bool = False
) -> list[dict[str, Any]]:
    """Every version seen, the oldest first; of two readings of one look the newest rules' count."""
    texts = "summary, text, byline, published" if with_text else "length(text) as length"
    cursor = conn.execute(
        f"select rowid, seen_at, title, {texts}, text_sha256, change, extractor from revisions "
        "where article = ? order by seen_at, rowid limit ?",
        (ident, MOST_VERSIONS),
    )
    keys = [column[0] for column in cursor.description]
    found = [dict(zip(keys, row, strict=True)) for row in cursor]
    latest = list({row["seen_at"]: row for row in found}.values())
    for number, row in enumerate(latest, 1):
        change = _change(row["change"])
        row |= {"number": number, "class": change[0], "fields": change[1], "files": change[2]}
    return latest


def version(conn: sqlite3.Connection, ident: int, sha: str) -> dict[str, Any] | None:
    """What an article said when its text had a hash that begins so; the last such look."""
    cursor = conn.execute(
        "select title, summary, text, byline, published, text_sha256, extractor, "
        "seen_at as captured_at from revisions where article = ? and substr(text_sha256, 1, ?) = ? "
        "order by seen_at desc, rowid desc limit 1",
        (ident, len(sha), sha),
    )
    row = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), row, strict=True)) if row else None


def cited(
    conn: sqlite3.Connection, articles: list[int]
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """What a citation of each article says, and its people, in the given order."""
    found: dict[int, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for at in range(0, len(articles), 500):
        listed = ", ".join(str(ident) for ident in articles[at : at + 500])
        cursor = conn.execute(
            "select a.id, a.portal, a.url, a.title, a.published, a.captured_at, a.text_sha256, "
            "p.department from articles as a join portals as p on p.slug = a.portal "
            f"where a.id in ({listed})"
        )
        keys = [column[0] for column in cursor.description]
        found |= {row[0]: (dict(zip(keys, row, strict=True)), []) for row in cursor}
        for ident, name, role in conn.execute(
            "select article, name, role from article_authors join authors on authors.id = author "
            f"where article in ({listed}) order by article, position"
        ):
            found[ident][1].append({"name": name, "role": role})
    return [found[ident] for ident in articles if ident in found]


def _change(stored: str) -> tuple[str, list[str], list[dict[str, str]]]:
    """Its class, the fields that differ, and the files that were exchanged."""
    try:
        said = json.loads(stored)
        files = [
            {name: str(one[name]) for name in ("url", "before", "after")}
            for one in said.get("files", ())
        ]
        return str(said.get("class", "")), [str(name) for name in said.get("fields", ())], files
    except (ValueError, AttributeError, TypeError, KeyError):
        return "", [], []
