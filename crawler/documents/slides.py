"""PPTX → lines: each slide a page, with its tables and its notes.

Source: ECMA-376 part 1, §19 (PresentationML) and §21 (DrawingML).
"""

from __future__ import annotations

from lxml import etree

from crawler.documents.draft import Draft, Line, UnreadableError, row_of
from crawler.documents.metadata import core_properties
from crawler.documents.zipped import Parts, R, local, relations

MOST_SLIDES = 2_000
DEEPEST = 60


def read_slides(content: bytes) -> Draft:
    with Parts(content) as parts:
        show = parts.xml("ppt/presentation.xml")
        if show is None:
            raise UnreadableError("broken")
        draft = core_properties(parts)
        targets = relations(parts, "ppt/_rels/presentation.xml.rels")
        page = 0
        for node in [node for node in show.iter() if local(node) == "sldId"][:MOST_SLIDES]:
            name = "ppt/" + targets.get(node.get(R, ""), "").removeprefix("/ppt/")
            slide = parts.xml(name)
            if slide is None:
                continue
            page += 1
            draft.lines += _blocks(slide, page, 0)
            folder, _, file = name.rpartition("/")
            for target in relations(parts, f"{folder}/_rels/{file}.rels").values():
                if "/notesSlides/" in target:
                    notes = parts.xml("ppt/notesSlides/" + target.rpartition("/")[2])
                    draft.lines += _blocks(notes, page, 0) if notes is not None else []
        draft.pages = page or None
    return draft


def _blocks(parent: etree._Element, page: int, depth: int) -> list[Line]:
    if depth > DEEPEST:
        raise UnreadableError("bomb")
    found: list[Line] = []
    for child in parent:
        name = local(child)
        if name == "p":
            found += [
                Line(part.rstrip(), page) for part in _text(child).split("\n") if part.strip()
            ]
        elif name == "tr":
            found += row_of(
                [_blocks(cell, page, depth + 1) for cell in child if local(cell) == "tc"]
            )
        elif name == "AlternateContent":
            first = next(iter(child), None)
            found += _blocks(first, page, depth + 1) if first is not None else []
        elif name:
            found += _blocks(child, page, depth + 1)
    return found


def _text(paragraph: etree._Element) -> str:
    pieces = []
    for node in paragraph.iter():
        name = local(node)
        if name == "t" and not _is_number_of_slide(node):
            pieces.append(node.text or "")
        elif name in ("br", "tab"):
            pieces.append("\n" if name == "br" else "\t")
    return "".join(pieces)


def _is_number_of_slide(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and local(parent) == "fld"
