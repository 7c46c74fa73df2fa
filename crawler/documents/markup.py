"""HTML and plain text that is handed out as a document → lines."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from crawler.documents.draft import Draft, Line, UnreadableError
from crawler.documents.metadata import clean_title

BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "pre",
        "blockquote",
        "dd",
        "dt",
        "title",
    ]
)
UNSEEN = ("script", "style", "noscript", "template", "head")


def read_plain(content: bytes) -> Draft:
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1258",
    ):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Draft(lines=[Line(line.rstrip()) for line in text.splitlines() if line.strip()])
    text = content.decode("latin-1")
    return Draft(lines=[Line(line.rstrip()) for line in text.splitlines() if line.strip()])


def read_markup(content: bytes) -> Draft:
    """The text of a page; its scripts, styles and what it would load are not looked at."""
    parser = html.HTMLParser(
        encoding="utf-8" if _is_utf8(content) else None, no_network=True, huge_tree=False
    )
    root = html.document_fromstring(content or b"<p>", parser=parser)
    title = root.findtext(".//title")
    for element in list(root.iter(*UNSEEN)):
        element.drop_tree()
    pieces: list[str] = []
    for event, element in _walk(root):
        if isinstance(element.tag, str):
            if element.tag in BLOCKS:
                pieces.append("\n")
            elif element.tag in ("td", "th") and event == "end":
                pieces.append("\t")
            pieces.append((element.text if event == "start" else "") or "")
        if event == "end":
            pieces.append(element.tail or "")
    lines = (
        "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()
        for line in "".join(pieces).split("\n")
    )
    draft = Draft(lines=[Line(line) for line in lines if line], title=clean_title(title))
    if not draft.lines:
        raise UnreadableError("broken")
    return draft


def _walk(root: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
    """Each element when it begins and when it ends, however deep it lies."""
    return iter(etree.iterwalk(root, events=("start", "end")))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
