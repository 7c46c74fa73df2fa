"""XLSX and XLSM → lines: each sheet a page, each row a line, cells parted by tabs.

Source: ECMA-376 part 1, §18 (SpreadsheetML).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml import etree

from crawler.documents.draft import Draft, Line, UnreadableError
from crawler.documents.metadata import core_properties
from crawler.documents.zipped import Parts, R, local, relations

MOST_SHEETS = 200
MOST_ROWS = 200_000
MOST_COLUMNS = 256
# Built-in formats that show a number as a date or a time (§18.8.30).
DATES = frozenset({14, 15, 16, 17, 22, 27, 30, 36, 45, 46, 47, 50, 57})
DATE_FORMAT = re.compile(r"[dy]|mmm|h:mm", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
COLUMN = re.compile("[A-Z]+")


def read_workbook(content: bytes) -> Draft:
    with Parts(content) as parts:
        workbook = parts.xml("xl/workbook.xml")
        if workbook is None:
            raise UnreadableError("broken")
        strings = _strings(parts)
        dates = _date_styles(parts)
        early = any(
            node.get("date1904") in ("1", "true")
            for node in workbook.iter()
            if local(node) == "workbookPr"
        )
        targets = relations(parts, "xl/_rels/workbook.xml.rels")
        draft = core_properties(parts)
        sheets = [node for node in workbook.iter() if local(node) == "sheet"]
        rows_left = MOST_ROWS
        page = 0
        for sheet in sheets[:MOST_SHEETS]:
            target = targets.get(sheet.get(R, ""), "").lstrip("/")
            body = parts.read(target if target.startswith("xl/") else f"xl/{target}")
            if not body or sheet.get("state") == "veryHidden":
                continue
            page += 1
            draft.lines.append(Line(sheet.get("name", ""), page, bold=True))
            for text in _rows(body, strings, dates, EPOCH_1904 if early else EPOCH):
                draft.lines.append(Line(text, page))
                rows_left -= 1
                if rows_left < 0:
                    draft.problem = "too_large"
                    break
            if draft.problem:
                break
        draft.pages = page or None
    return draft


def _rows(body: bytes, strings: list[str], dates: set[int], epoch: datetime) -> Iterator[str]:
    for _, row in etree.iterparse(
        io.BytesIO(body), tag="{*}row", resolve_entities=False, recover=True
    ):
        cells: dict[int, str] = {}
        far: list[str] = []
        for place, cell in enumerate(row):
            column = _column(cell.get("r", ""), place)
            text = _cell(cell, strings, dates, epoch)
            if column < MOST_COLUMNS:
                cells[column] = text
            elif text:
                far.append(text)  # far to the right, without the empty ones in between
        if far or any(cells.values()):
            near = [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]
            yield "\t".join([*near, *far]).rstrip("\t")
        row.clear()
        parent = row.getparent()
        while parent is not None and row.getprevious() is not None:
            del parent[0]


def _column(reference: str, otherwise: int) -> int:
    """`C7` → 2."""
    found = COLUMN.match(reference)
    if found is None or len(found[0]) > 3:
        return otherwise
    at = 0
    for letter in found[0]:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _cell(cell: etree._Element, strings: list[str], dates: set[int], epoch: datetime) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _one_line(_text(cell))
    value = next((node.text or "" for node in cell if local(node) == "v"), "")
    if kind == "s":
        at = int(value) if re.fullmatch("[0-9]{1,9}", value) else -1
        return _one_line(strings[at]) if 0 <= at < len(strings) else ""
    if kind in ("str", "e"):
        return _one_line(value)
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value)
    return _number(value, cell.get("s", "0") in map(str, dates), epoch)


def _number(value: str, is_date: bool, epoch: datetime) -> str:
    """A number as it is shown but for its format: dates as dates, no digits of a binary fraction."""
    try:
        size = float(value)
        if is_date and 0 <= size < 2_958_466:
            moment = epoch + timedelta(seconds=round(size * 86_400))
            return moment.strftime("%d/%m/%Y" if size == int(size) else "%d/%m/%Y %H:%M")
    except (ValueError, OverflowError):
        return value
    return f"{size:.15g}" if "e" not in f"{size:.15g}" else value


def _strings(parts: Parts) -> list[str]:
    root = parts.xml("xl/sharedStrings.xml")
    return [_text(node) for node in (root if root is not None else ()) if local(node) == "si"]


def _text(node: etree._Element) -> str:
    """The text of a string but for the readings that stand above Asian letters."""
    return "".join(
        part.text or ""
        for part in node.iter()
        if local(part) == "t" and local(part.getparent()) != "rPh"  # type: ignore[arg-type]
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _date_styles(parts: Parts) -> set[int]:
    """Which styles of cells show numbers as dates."""
    root = parts.xml("xl/styles.xml")
    if root is None:
        return set()
    own = {
        node.get("numFmtId", ""): bool(DATE_FORMAT.search(QUOTED.sub("", node.get("formatCode", ""))))
        for node in root.iter() if local(node) == "numFmt"
    }  # fmt: skip
    found = set()
    for formats in root:
        if local(formats) == "cellXfs":
            for at, node in enumerate(formats):
                name = node.get("numFmtId", "0")
                if own.get(name, name in map(str, DATES)):
                    found.add(at)
    return found
