"""Tables that hold data, told from those that hold a page together."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.extract.blocks import text_of

FRAME = 2  # cells of a table that only frames a cell's content
CELL = 300  # characters of a table's cell, on average, above which it is layout


def row_of(element: HtmlElement, tables: dict[HtmlElement, bool]) -> HtmlElement | None:
    """The row of the innermost data table that an element stands in; None in layout and outside."""
    node: HtmlElement | None = element
    row: HtmlElement | None = None
    while node is not None and node.tag != "body":
        if node.tag == "tr" and row is None:
            row = node
        elif node.tag == "table" and row is not None:
            if node not in tables:
                tables[node] = _is_data(node)
            if tables[node]:
                return row
            row = None
        node = node.getparent()
    return None


def _is_data(table: HtmlElement) -> bool:
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    wide = [row for row in cells if len(row) > 1]
    if len(wide) < 2 or any(map(_is_large, table.iterdescendants("table"))):
        return False
    lengths = [len(text_of(cell).strip()) for row in wide for cell in row]
    return sum(lengths) / len(lengths) < CELL


def _is_large(table: HtmlElement) -> bool:
    """Whether a table inside another is more than a cell's frame."""
    return sum(1 for _ in table.iter("td", "th")) > FRAME or len(text_of(table)) > CELL
