"""Tables that hold data, told from those that hold a page together."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.extract.blocks import text_of

CELL = 300  # characters of a table's cell, on average, above which it is layout


def row_of(element: HtmlElement, tables: dict[HtmlElement, bool]) -> HtmlElement | None:
    """The row of a data table that an element stands in; None in layout tables and outside."""
    node: HtmlElement | None = element
    row: HtmlElement | None = None
    while node is not None and node.tag not in ("body", "table"):
        if node.tag == "tr" and row is None:
            row = node
        node = node.getparent()
    if row is None or node is None or node.tag != "table":
        return None
    if node not in tables:
        tables[node] = _is_data(node)
    return row if tables[node] else None


def _is_data(table: HtmlElement) -> bool:
    rows = list(table.iter("tr"))
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    wide = [row for row in cells if len(row) > 1]
    if len(wide) < 2 or next(table.iterdescendants("table"), None) is not None:
        return False
    lengths = [len(text_of(cell).strip()) for row in wide for cell in row]
    return sum(lengths) / len(lengths) < CELL
