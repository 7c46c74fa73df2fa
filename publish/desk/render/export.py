"""A search taken home: CSV, XLSX, JSON."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

from crawler.dump.tables import harmless
from crawler.text.characters import for_xml
from publish.desk.queries.portals import Place

MOST = 10_000  # rows of a file; the dump has everything
COLUMNS = (
    "id", "published", "title", "authors", "section", "summary", "portal", "department",
    "province", "present_province", "status", "url", "archive",
)  # fmt: skip
FILE_COLUMNS = (
    "sha256", "name", "type", "bytes", "pages", "text_from", "number", "symbol", "kind", "body",
    "issued", "signer", "subject", "article", "published", "article_title", "url", "archive",
)  # fmt: skip
WIDTHS = {
    "id": 18, "published": 26, "title": 60, "authors": 24, "section": 30, "summary": 60, "department": 40,
    "url": 50, "archive": 50, "name": 40, "type": 30, "body": 40, "subject": 60, "article_title": 60,
}  # fmt: skip
USUAL_WIDTH = 16
CELL = 32_000  # characters; Excel refuses more


def exported(
    conn: sqlite3.Connection, articles: list[int], known: dict[str, Place], link: str
) -> list[dict[str, Any]]:
    """One row an article, in the given order, without its text."""
    rows: dict[int, dict[str, Any]] = {}
    for at in range(0, len(articles), 500):
        listed = ", ".join(str(ident) for ident in articles[at : at + 500])
        names: dict[int, list[str]] = {}
        for ident, name in conn.execute(
            "select article, name from article_authors join authors on authors.id = author "
            f"where article in ({listed}) order by article, position"
        ):
            names.setdefault(ident, []).append(name)
        for row in conn.execute(
            "select id, published, title, section, summary, portal, status, url "
            f"from articles where id in ({listed})"
        ):
            ident, published, title, section, summary, portal, status, url = row
            place = known.get(portal)
            rows[ident] = {
                "id": ident,
                "published": published,
                "title": title,
                "authors": "; ".join(names.get(ident, [])),
                "section": section,
                "summary": summary,
                "portal": portal,
                "department": place.department if place else "",
                "province": place.province_name if place else "",
                "present_province": place.present_name if place else "",
                "status": status,
                "url": url,
                "archive": f"{link}{ident}",
            }
    return [rows[ident] for ident in articles if ident in rows]


def exported_files(conn: sqlite3.Connection, numbers: list[int], link: str) -> list[dict[str, Any]]:
    """One row a document, in the given order, with the newest article that carries it."""
    rows: dict[int, dict[str, Any]] = {}
    for at in range(0, len(numbers), 500):
        listed = ", ".join(map(str, numbers[at : at + 500]))
        for number, *values in conn.execute(
            "select f.number, f.sha256, name, type, bytes, pages, text_from, d.number, symbol, kind, body, "
            "issued, signer, subject, a.id, a.published, a.title, f.url from files as f "
            "left join documents as d on d.file = f.sha256 "
            "left join articles as a on a.id = (select id from articles where id in "
            "(select article from article_files where file = f.sha256) order by published desc, id limit 1) "
            f"where f.number in ({listed})"
        ):
            row = dict(zip(FILE_COLUMNS, values, strict=False))
            rows[number] = row | {"archive": f"{link}{row['sha256']}"}
    return [rows[number] for number in numbers if number in rows]


def as_csv(rows: list[dict[str, Any]], columns: Sequence[str]) -> bytes:
    return as_table([columns, *([row[name] for name in columns] for row in rows)])


def as_table(rows: Iterable[Iterable[Any]]) -> bytes:
    """CSV with a byte order mark, or Excel reads Vietnamese as Latin; nothing in it is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def as_json(rows: list[dict[str, Any]], *, address: str, total: int, more: bool) -> bytes:
    said = {"address": address, "total": total, "more": more, "rows": rows}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def as_xlsx(rows: list[dict[str, Any]], columns: Sequence[str]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tài liệu" if columns == FILE_COLUMNS else "Bài viết")
    for at, name in enumerate(columns):
        sheet.column_dimensions[chr(ord("A") + at)].width = WIDTHS.get(name, USUAL_WIDTH)
    sheet.freeze_panes = "A2"
    sheet.append(columns)
    for row in rows:
        sheet.append([_cell(sheet, row[name]) for name in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any) -> Cell:
    # As text: Excel keeps fifteen digits of a number, and runs a string that begins with `=`.
    cell = WriteOnlyCell(sheet, for_xml(str(value or ""))[:CELL])
    cell.data_type = "s"
    return cell
