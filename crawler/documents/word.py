"""DOCX and DOCM → lines: paragraphs with their numbers, tables, text boxes, notes, heads and feet of pages.

Macros are never looked at.

Source: ECMA-376 part 1, §17 (WordprocessingML).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from crawler.documents.draft import Draft, Line, UnreadableError, row_of
from crawler.documents.metadata import core_properties
from crawler.documents.numbering import Numbering, read_numbering
from crawler.documents.zipped import Parts, R, local, parse_xml, relations
from crawler.text.legacy_fonts import is_legacy_font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
OFF = ("0", "false", "none", "off")
DEPTHS = frozenset("012345678")
DEEPEST = 40  # tables in tables
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
PASSED_OVER = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "Fallback", "pict", "drawing"}
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set, as far as it changes what is read."""

    font: str = ""
    bold: bool = False
    caps: bool = False
    hidden: bool = False
    numbered: tuple[str, int] = ("", 0)  # a list, and how deep in it


class _Body:
    """Goes through the body once, counting pages."""

    def __init__(self, styles: dict[str, Look], default: Look, numbering: Numbering) -> None:
        self.styles, self.default, self.numbering = styles, default, numbering
        self.page = 1

    def blocks(self, parent: etree._Element, depth: int = 0) -> list[Line]:
        found: list[Line] = []
        if depth > DEEPEST:
            raise UnreadableError("bomb")
        for child in parent:
            name = local(child)
            if name == "p":
                found += self.paragraph(child, depth)
            elif name == "tbl":
                for row in child.iter(f"{W}tr"):
                    if next(row.iterancestors(f"{W}tbl")) is child:
                        cells = [
                            self.blocks(cell, depth + 1)
                            for cell in row.iterchildren(f"{W}tc", f"{W}sdt")
                        ]
                        found += row_of(cells)
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "tc"):
                found += self.blocks(child, depth + 1)
        return found

    def paragraph(self, paragraph: etree._Element, depth: int) -> list[Line]:
        """A paragraph, and behind it the text boxes that hang on it."""
        properties = paragraph.find(f"{W}pPr")
        style = self.styles.get(_value(properties, "pStyle"), self.default)
        centred = _value(properties, "jc") == "center"
        pieces: list[tuple[str, Look]] = []
        boxes: list[etree._Element] = []
        first = self.page
        self._collect(paragraph, style, pieces, boxes)
        lines = [Line(text, first, bold, centred, fonts) for text, bold, fonts in _split(pieces)]
        if lines and (label := self.numbering.label(*_numbered(properties, style))):
            head, gap = lines[0], len(label) + 1
            fonts = tuple((start + gap, name) for start, name in head.fonts)
            lines[0] = replace(
                head, text=f"{label} {head.text}", fonts=((0, ""), *fonts) if fonts else ()
            )
        for box in boxes:
            lines += self.blocks(box, depth + 1)
        return lines

    def _collect(
        self, parent: etree._Element, style: Look, pieces: list[tuple[str, Look]], boxes: list[etree._Element],
    ) -> None:  # fmt: skip
        for child in parent:
            name = local(child)
            if name == "r":
                self._run(child, style, pieces, boxes)
            elif name == "AlternateContent":
                self._collect(_alternative(child), style, pieces, boxes)
            elif name not in PASSED_OVER:
                self._collect(child, style, pieces, boxes)

    def _run(
        self,
        run: etree._Element,
        style: Look,
        pieces: list[tuple[str, Look]],
        boxes: list[etree._Element],
    ) -> None:
        look = _look(run.find(f"{W}rPr"), style, self.styles)
        for child in run:
            name = local(child)
            if name in ("AlternateContent", "pict", "drawing", "object"):
                shown = _alternative(child) if name == "AlternateContent" else child
                boxes += [
                    box for box in shown.iter(f"{W}txbxContent") if not _inside_box(box, shown)
                ]
            elif name == "lastRenderedPageBreak":
                self.page += 1
            elif name == "br" and child.get(f"{W}type") == "page":
                pieces.append(("\n", look))
            elif not look.hidden:
                text = child.text or "" if name == "t" else CHARACTERS.get(name, "")
                if text:
                    pieces.append((text.upper() if look.caps else text, look))


def read_word(content: bytes) -> Draft:
    with Parts(content) as parts:
        whole = parts.read("word/document.xml").replace(STRICT, W[1:-1].encode())
        if not whole:
            raise UnreadableError("broken")
        document = parse_xml(whole)
        styles, default = _styles(parts.xml("word/styles.xml"))
        body = _Body(styles, default, read_numbering(parts.xml("word/numbering.xml")))
        draft = core_properties(parts)
        found = document.find(f"{W}body")
        draft.lines = body.blocks(found if found is not None else document)
        if body.page > 1:
            draft.pages = body.page
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            notes = parts.xml(name)
            for note in notes if notes is not None else ():
                if note.get(f"{W}type") is None:
                    draft.lines += [replace(line, page=body.page) for line in body.blocks(note)]
        heads, feet = _around(parts, document, body)
        draft.lines = [*heads, *draft.lines, *feet]
    return draft


def _around(parts: Parts, document: etree._Element, body: _Body) -> tuple[list[Line], list[Line]]:
    """What stands at the head of the first page, and what at heads and feet of pages, each line once."""
    links = relations(parts, "word/_rels/document.xml.rels")
    heads: dict[str, Line] = {}
    feet: dict[str, Line] = {}
    page = body.page
    for reference in document.iter(f"{W}headerReference", f"{W}footerReference"):
        target = links.get(reference.get(R, ""), "").lstrip("/")
        part = parts.xml(target if target.startswith("word/") else f"word/{target}")
        if part is None:
            continue
        first = local(reference) == "headerReference" and reference.get(f"{W}type") == "first"
        for line in body.blocks(part):
            if any(map(str.isalpha, line.text)):  # but for numbers of pages
                (heads if first else feet).setdefault(
                    line.text, replace(line, page=1 if first else page)
                )
    return list(heads.values()), [line for text, line in feet.items() if text not in heads]


def _numbered(properties: etree._Element | None, style: Look) -> tuple[str, int]:
    """The list that a paragraph is in, by itself or by its style."""
    listed = properties.find(f"{W}numPr") if properties is not None else None
    if listed is None:
        return style.numbered
    number, depth = _value(listed, "numId"), _value(listed, "ilvl")
    return number or style.numbered[0], int(depth) if depth in DEPTHS else style.numbered[1]


def _split(pieces: list[tuple[str, Look]]) -> list[tuple[str, bool, tuple[tuple[int, str], ...]]]:
    """The lines of a paragraph, whether they are bold, and where fonts of old encodings begin."""
    lines, text, bold, last = [], "", True, ""
    fonts: list[tuple[int, str]] = []
    for piece, look in [*pieces, ("\n", Look(bold=True))]:
        for at, part in enumerate(piece.split("\n")):
            if at:
                if text.strip():
                    lines.append((text.rstrip(), bold, tuple(fonts)))
                text, bold, fonts, last = "", True, [], ""
            if part:
                font = look.font if is_legacy_font(look.font) else ""
                if font != last:
                    fonts.append((len(text), font))
                    last = font
                text += part
                bold = bold and (look.bold or not part.strip())
    return lines


def _alternative(choice: etree._Element) -> etree._Element:
    """Of a thing written twice, for new and for old readers, the first."""
    return next((child for child in choice if local(child) in ("Choice", "Fallback")), choice)


def _inside_box(box: etree._Element, shown: etree._Element) -> bool:
    for parent in box.iterancestors():
        if parent is shown:
            return False
        if local(parent) in ("txbxContent", "Fallback"):
            return True
    return False


def _look_of_style(node: etree._Element, under: Look) -> Look:
    look = _look(node.find(f"{W}rPr"), under, {})
    return replace(look, numbered=_numbered(node.find(f"{W}pPr"), under))


def _look(properties: etree._Element | None, under: Look, styles: dict[str, Look]) -> Look:
    if properties is None:
        return under
    named = _value(properties, "rStyle")
    look = styles.get(named, under) if named else under
    fonts = properties.find(f"{W}rFonts")
    font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") if fonts is not None else None
    return replace(
        look,
        font=font or look.font or under.font,
        bold=_is_on(properties, "b", look.bold),
        caps=_is_on(properties, "caps", look.caps),
        hidden=_is_on(properties, "vanish", look.hidden),
    )


def _styles(root: etree._Element | None) -> tuple[dict[str, Look], Look]:
    """The looks of all named styles, each upon the one it is based on, and of a plain run."""
    if root is None:
        return {}, Look()
    default = _look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), Look(), {})
    nodes = {node.get(f"{W}styleId", ""): node for node in root.iterchildren(f"{W}style")}
    looks: dict[str, Look] = {}
    for name in nodes:
        _learn(name, nodes, looks, default, ())
    for name, node in nodes.items():
        if node.get(f"{W}default") == "1" and node.get(f"{W}type") == "paragraph":
            default = looks.get(name, default)
    return looks, default


def _learn(
    name: str, nodes: dict[str, etree._Element], looks: dict[str, Look], default: Look, way: tuple[str, ...]
) -> Look:  # fmt: skip
    if name not in looks:
        node = nodes.get(name)
        if node is None or name in way:
            return default
        under = _learn(_value(node, "basedOn"), nodes, looks, default, (*way, name))
        looks[name] = _look_of_style(node, under)
    return looks[name]


def _value(parent: etree._Element | None, name: str) -> str:
    node = parent.find(f"{W}{name}") if parent is not None else None
    return node.get(f"{W}val", "") if node is not None else ""


def _is_on(properties: etree._Element, name: str, otherwise: bool) -> bool:
    node = properties.find(f"{W}{name}")
    return otherwise if node is None else node.get(f"{W}val", "1") not in OFF
