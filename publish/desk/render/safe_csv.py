"""Tables as spreadsheets take them: a cell is what it says, never a formula."""

from __future__ import annotations

import csv
import io
import re

from crawler.dump.tables import FORMULA, harmless

csv.field_size_limit(2**31 - 1)  # an article is one cell
# What may be a cell that begins so; only rows that have one are taken apart.
SUSPECT = re.compile(
    rb'(?:^|[,\n]"?|^")(?:' + b"|".join(re.escape(sign.encode()) for sign in FORMULA) + b")"
)
BOM = "\ufeff".encode()  # or Excel reads Vietnamese as Latin
NEGATIVE = re.compile(r"-\d+(?:\.\d+)?")


class Rows:
    """CSV as it goes out, with formulas made harmless; whole rows come out as whole rows go in."""

    def __init__(self, mark: bytes = b"") -> None:
        self._kept = b""
        self._mark = mark

    def take(self, body: bytes, *, more: bool) -> bytes:
        """What may be sent now; a row that is not complete waits for its rest."""
        self._kept += body
        if more and (self._kept.count(b'"') % 2 or not self._kept.endswith(b"\n")):
            return b""
        whole, self._kept = self._kept, b""
        mark, self._mark = self._mark, b""
        return mark + (_harmless_rows(whole) if SUSPECT.search(whole) else whole)


def _harmless_rows(rows: bytes) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in csv.reader(io.StringIO(rows.decode(), newline="")):
        writer.writerow([cell if NEGATIVE.fullmatch(cell) else harmless(cell) for cell in row])
    return file.getvalue().encode()
