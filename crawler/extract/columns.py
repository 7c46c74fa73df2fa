"""The columns of a page beside the one that holds the article: a portal's own prose stands in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.extract.article_end import PROSE, is_prose
from crawler.extract.blocks import Block
from crawler.extract.branches import branches, path_of
from crawler.text.navigation import STANDING_PAGE

COLUMN = re.compile(
    r"(?:^|[\s_-])(?:cols?|column|span|large|medium|small|grid|cot|(?:(?<!text[_-])(?<!align[_-])(?<!pull[_-])(?<!float[_-])(?:right|left))(?:-?(?:col(?:umn)?|pane|side|content|box))?)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
BOX = re.compile(
    r"^\W*(?:thông báo|văn bản|lịch công tác|liên kết|đối tác|dịch vụ công|tuyển dụng|thông tin cần biết|thư viện (?:ảnh|video)|hình ảnh|video)"
    r"(?: mới(?: ban hành| nhất)?| pháp quy| chỉ đạo| website| hoạt động| trực tuyến)?\W*$",
    re.IGNORECASE,
)
WIDTH = re.compile(r"(?:^|[\s_-])(?:col|cols|column|span|large|medium|small)[a-z-]{0,6}\d{1,3}\b")
LONGER = 6  # times the text beside the title: then that is the lead, and the column is the text
LONGER_CELL = 2  # the same of a cell, whose name says nothing
BOXED = 0.5  # of the text's length: more is the text's own parts


def other_columns(blocks: Sequence[Block], head: Block, end: int) -> frozenset[HtmlElement]:
    """The columns and boxes beside the element in which the title and some text stand.

    Columns of one width may share a text; a cell of the same row is a column whatever its name. A
    box without such a name is headed like a standing page or a section, and short beside the text.
    """
    prose: dict[HtmlElement, int] = defaultdict(int)
    first: dict[HtmlElement, Block] = {}
    path, below = path_of(head.element), blocks[head.at + 1 : end]
    for block, (at, child) in zip(below, branches(path, below), strict=True):
        size = len(block.text) if is_prose(block) else 0
        prose[path[at]] += size
        if child is not None:
            prose[child] += size
            first.setdefault(child, block)
    for inner, outer in pairwise(path):
        prose[outer] += prose[inner]
    found: set[HtmlElement] = set()
    for node in path:
        if node.tag in ("body", "html") or prose[node] < PROSE:
            continue
        longer = LONGER_CELL if node.tag in ("td", "th") else LONGER
        beside = [o for o in node.itersiblings() if o in first and prose[o] <= longer * prose[node]]
        found.update(o for o in beside if prose[o] >= PROSE and _is_column(o, node))
        boxes = [o for o in beside if _heads_box(first[o].text) and not _is_alike(o, node)]
        if sum(prose[box] for box in boxes) <= BOXED * prose[node]:
            found.update(boxes)
    return frozenset(found)


def _heads_box(text: str) -> bool:
    return bool(STANDING_PAGE.match(text) or BOX.match(text))


def _is_column(other: HtmlElement, own: HtmlElement) -> bool:
    if other.tag in ("td", "th"):
        return True
    names, ours = _names(other), _names(own)
    widths = WIDTH.findall(names)
    if names == ours or (widths and widths == WIDTH.findall(ours)):
        return False
    return bool(COLUMN.search(names))


def _is_alike(other: HtmlElement, own: HtmlElement) -> bool:
    """Whether two elements are parts of one kind: they share a class, or have none."""
    ours = set((own.get("class") or "").split())
    theirs = set((other.get("class") or "").split())
    return other.tag == own.tag and (not ours or not theirs or bool(ours & theirs))


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
