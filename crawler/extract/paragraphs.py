"""A text's lines as paragraphs: a table's row is one, a sentence that was broken by hand is one."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.extract.article_end import ENDS
from crawler.extract.blocks import Block, parse, read_blocks
from crawler.extract.tables import row_of

ESCAPED = re.compile(r"</?(?:p|div|span|br|strong|em|table|td|tr|li)\b[^<>]{0,500}>", re.IGNORECASE)


def paragraphs(kept: list[Block]) -> list[str]:
    """Paragraphs, one to a line; a table's row is one line, a sentence broken by hand is one."""
    lines: list[str] = []
    tables: dict[HtmlElement, bool] = {}
    row_before: HtmlElement | None = None
    block_before: Block | None = None
    for block in kept:
        row = row_of(block.element, tables)
        if row is not None and row is row_before:
            mark = (
                " " if block_before is not None and block_before.element is block.element else " | "
            )
            lines[-1] += mark + block.text
        elif block_before is not None and row is None and _goes_on(block_before, block):
            lines[-1] += " " + block.text
        else:
            lines.append(block.text)
        row_before, block_before = row, block
    return lines


def unescaped(line: str) -> list[str]:
    """A body that a system escaped twice shows its tags: read them once more."""
    if not ESCAPED.search(line):
        return [line]
    tree = parse(line)
    return [block.text for block in read_blocks(tree)] if tree is not None else [line]


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a line break stands inside a sentence: the next line begins small."""
    return (
        before.element is block.element
        and block.text[0].islower()
        and not ENDS.search(before.text)
        and len(before.text) > 30
        and not re.match(r"[a-zđ]\s?[).]", block.text)
    )
