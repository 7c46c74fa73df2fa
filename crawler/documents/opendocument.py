"""ODT, ODS, ODP → lines.

Source: OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

from lxml import etree

from crawler.documents.draft import Draft, Line, UnreadableError, row_of
from crawler.documents.metadata import clean_author, clean_title, iso_date
from crawler.documents.zipped import Parts, local
from crawler.parsing import number
from crawler.text.legacy_fonts import is_legacy_font

UNSEEN = frozenset(
    {"annotation", "tracked-changes", "sequence-decls", "forms", "notes", "title", "desc"}
)
DEEPEST = 60
MOST_SPACES = 100
MOST_REPEATED = 50  # cells that are said to be the same

Fonts = dict[str, tuple[str, bool, bool]]  # a style's font, bold, centred


def read_opendocument(content: bytes) -> Draft:
    with Parts(content) as parts:
        if b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise UnreadableError("encrypted")
        root = parts.xml("content.xml")
        if root is None:
            raise UnreadableError("broken")
        styles: Fonts = {}
        for source in (parts.xml("styles.xml"), root):
            if source is not None:
                _learn(source, styles)
        draft = _metadata(parts)
    body = next((node for node in root if local(node) == "body"), None)
    for page, section in enumerate(_sections(body if body is not None else root), 1):
        draft.lines += _blocks(section, styles, page, 0)
        if local(section) in ("page", "table"):
            draft.pages = page
    return draft


def _sections(body: etree._Element) -> list[etree._Element]:
    """Slides, sheets, or the text as a whole."""
    inside = [
        child for kind in body for child in kind if local(kind) in ("presentation", "spreadsheet")
    ]
    return [child for child in inside if local(child) in ("page", "table")] or [body]


def _blocks(parent: etree._Element, styles: Fonts, page: int, depth: int) -> list[Line]:
    if depth > DEEPEST:
        raise UnreadableError("bomb")
    found: list[Line] = []
    for child in parent:
        name = local(child)
        if name in ("p", "h"):
            found += _paragraph(child, styles, page, depth)
        elif name == "table-row":
            cells: list[list[Line]] = []
            for cell in child:
                if local(cell) in ("table-cell", "covered-table-cell"):
                    times = number(_attribute(cell, "number-columns-repeated")) or 1
                    lines = _blocks(cell, styles, page, depth + 1)
                    cells += [lines] * (min(times, MOST_REPEATED) if lines else min(times, 2))
            found += row_of(cells)
        elif name and name not in UNSEEN:
            found += _blocks(child, styles, page, depth + 1)
    return found


def _paragraph(paragraph: etree._Element, styles: Fonts, page: int, depth: int) -> list[Line]:
    font, bold, centred = styles.get(_attribute(paragraph, "style-name"), ("", False, False))
    pieces: list[tuple[str, str, bool]] = []
    boxes: list[etree._Element] = []
    _collect(paragraph, (font, bold), styles, pieces, boxes, depth)
    lines, text, last, all_bold = [], "", "", True
    fonts: list[tuple[int, str]] = []
    for piece, name, is_bold in [*pieces, ("\n", "", True)]:
        for at, part in enumerate(piece.split("\n")):
            if at:
                if text.strip():
                    lines.append(Line(text.rstrip(), page, all_bold, centred, tuple(fonts)))
                text, fonts, last, all_bold = "", [], "", True
            if part:
                name = name if is_legacy_font(name) else ""
                if name != last:
                    fonts.append((len(text), name))
                    last = name
                text += part
                all_bold = all_bold and (is_bold or not part.strip())
    for box in boxes:
        lines += _blocks(box, styles, page, depth + 1)
    return lines


def _collect(
    parent: etree._Element, look: tuple[str, bool], styles: Fonts,
    pieces: list[tuple[str, str, bool]], boxes: list[etree._Element], depth: int,
) -> None:  # fmt: skip
    if depth > DEEPEST:
        raise UnreadableError("bomb")
    pieces.append((parent.text or "", *look))
    for child in parent:
        name = local(child)
        if name == "s":
            pieces.append((" " * min(number(_attribute(child, "c")) or 1, MOST_SPACES), *look))
        elif name in ("tab", "line-break"):
            pieces.append(("\t" if name == "tab" else "\n", *look))
        elif name in ("frame", "custom-shape", "text-box", "note"):
            boxes.append(child)
        elif name and name not in UNSEEN:
            font, bold, _ = styles.get(_attribute(child, "style-name"), (*look, False))
            inner = (font or look[0], bold) if name == "span" else look
            _collect(child, inner, styles, pieces, boxes, depth + 1)
        pieces.append((child.tail or "", *look))


def _learn(root: etree._Element, styles: Fonts) -> None:
    """The fonts of named styles, each upon its parent's."""
    for style in root.iter():
        if local(style) != "style":
            continue
        font, bold, centred = styles.get(_attribute(style, "parent-style-name"), ("", False, False))
        for properties in style:
            font = (
                _attribute(properties, "font-name")
                or _attribute(properties, "font-family").strip("'")
                or font
            )
            weight, align = (
                _attribute(properties, "font-weight"),
                _attribute(properties, "text-align"),
            )
            bold = weight == "bold" if weight else bold
            centred = align == "center" if align else centred
        styles[_attribute(style, "name")] = (font, bold, centred)


def _metadata(parts: Parts) -> Draft:
    draft, root = Draft(), parts.xml("meta.xml")
    for node in root.iter() if root is not None else ():
        name, text = local(node), node.text
        if name == "title":
            draft.title = clean_title(text)
        elif name == "initial-creator":
            draft.author = clean_author(text)
        elif name == "creation-date":
            draft.created = iso_date((text or "")[:19])
        elif name == "document-statistic":
            draft.pages = number(_attribute(node, "page-count"))
    return draft


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute by its name, whatever its namespace."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
