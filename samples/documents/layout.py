"""How a form is written down: its lines in the orders in which they may be read."""

from __future__ import annotations

import importlib.util
import os
from itertools import zip_longest
from pathlib import Path

from samples.documents.forms import Form


def truths(form: Form) -> tuple[str, ...]:
    """The whole text in every order that is right: two columns are read one after the other, or
    row by row."""
    foot = (("Nơi nhận:", *form.recipients), form.signature)
    middle = [*form.title, *form.paragraphs, *("\t".join(row) for row in form.table)]
    orders = []
    for head_rows in (True, False):
        for foot_order in (rows(*foot), [*foot[0], *foot[1]], [*foot[1], *foot[0]]):
            head = rows(form.left, form.right) if head_rows else [*form.left, *form.right]
            orders.append("\n".join([*head, *middle, *foot_order, *form.stamp, *form.annex]))
    return tuple(orders)


def rows(left: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """Two columns, line by line."""
    return ["\t".join(filter(None, pair)) for pair in zip_longest(left, right, fillvalue="")]


def font(name: str) -> Path:
    """A font with all Vietnamese letters, as matplotlib brings it: `DejaVuSerif-Bold`."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("matplotlib: its fonts draw the sample documents")
    return Path(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf", f"{name}.ttf")


def times(*, bold: bool = False) -> Path:
    """A font like Times New Roman, of which most documents are: Debian's fonts-freefont-ttf.

    Where it is neither installed nor in the folder SAMPLE_FONTS, the narrowest that matplotlib brings.
    """
    folder = Path(os.environ.get("SAMPLE_FONTS", "/usr/share/fonts/truetype/freefont"))
    found = folder / f"FreeSerif{'Bold' if bold else ''}.ttf"
    return found if found.exists() else font(f"DejaVuSerif{'-Bold' if bold else ''}")
