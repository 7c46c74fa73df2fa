"""RTF → lines; also what is called .doc and is RTF inside.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.documents.draft import Draft, Line, UnreadableError, row_of
from crawler.documents.metadata import clean_author, clean_title
from crawler.parsing import number
from crawler.text.legacy_fonts import is_legacy_font

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
# Groups whose text nobody sees.
UNSEEN = frozenset(
    b"stylesheet colortbl listtable listoverridetable revtbl rsidtbl generator pict object header headerl headerr headerf"
    b" footer footerl footerr footerf fldinst themedata colorschememapping datastore latentstyles xmlnstbl nonshppict"
    b" objdata filetbl template private bkmkstart bkmkend datafield atnid atnauthor annotation mmathPr wgrffmtfilter"
    b" ftnsep ftnsepc aftnsep aftnsepc pgdsctbl listtext_ pntxta_ fontemb falt panose".split()
)
SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
SYMBOLS = {
    b"~": " ",
    b"_": "-",
    b"-": "\xad",  # where a word may part; in TCVN3 fonts a letter
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\n": "\n",
    b"\r": "\n",
}
CHARSETS = {
    0: "cp1252",
    1: "cp1252",
    163: "cp1258",
    238: "cp1250",
    204: "cp1251",
    161: "cp1253",
    162: "cp1254",
    134: "gbk",
    128: "shift_jis",
}
DEEPEST = 2_000  # groups in groups


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    hidden: bool = False
    font: int = -1
    bold: bool = False
    centred: bool = False
    caps: bool = False
    skip: int = 1  # characters that stand for a \\u to those who cannot read it
    table: bool = False
    reads: bytes = b""  # the group whose text is kept elsewhere: fonttbl, title, author
    target: int = -1  # font that is being declared


class _Writer:
    """Puts lines, rows and pages together."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.cells: list[list[Line]] = []
        self.cell: list[Line] = []
        self.text, self.bold, self.fonts, self.last = "", True, list[tuple[int, str]](), ""
        self.page = 1

    def add(self, text: str, font: str, *, bold: bool) -> None:
        name = font if is_legacy_font(font) else ""
        if name != self.last:
            self.fonts.append((len(self.text), name))
            self.last = name
        self.text += text
        self.bold = self.bold and (bold or not text.strip())

    def end_line(self, *, centred: bool, table: bool) -> None:
        if self.text.strip():
            line = Line(self.text.rstrip(), self.page, self.bold, centred, tuple(self.fonts))
            (self.cell if table else self.lines).append(line)
        self.text, self.bold, self.fonts, self.last = "", True, [], ""

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        self.lines += row_of(self.cells) + self.cell
        self.cells, self.cell = [], []


def read_rtf(content: bytes) -> Draft:
    names: dict[int, str] = {}
    sets: dict[int, str] = {}
    writer, draft = _Writer(), Draft()
    kept: dict[bytes, str] = {}
    state, stack = _State(), list[_State]()
    codec, skipping, fresh = "cp1252", 0, False
    for kind, word, value in _tokens(content):
        if kind == "group":
            if word == b"{":
                if len(stack) > DEEPEST:
                    raise UnreadableError("bomb")
                stack.append(state)
                fresh = True
            elif stack:
                state = stack.pop()
            skipping = 0
            continue
        opening, fresh = fresh, False
        if kind == "symbol" and word == b"*":
            fresh = True
            state = replace(state, hidden=True)
            continue
        text = ""
        if kind == "word":
            if word in UNSEEN or word == b"info":
                state = replace(state, hidden=True)
            elif word in (b"fonttbl", b"title", b"author") and opening:
                state = replace(state, reads=word, hidden=True)
                kept.pop(word, None)  # a title is written twice: without accents, and with them
            elif word == b"shptxt" or (word == b"footnote" and not state.hidden):
                state = replace(state, hidden=False)
            elif word == b"bin":
                continue
            elif word == b"ansicpg" and value:
                codec = _codec(f"cp{value}", codec)
            elif word == b"uc":
                state = replace(state, skip=max(0, min(value or 0, 8)))
            elif word == b"u" and value is not None:
                text, skipping = chr(value % 65536), state.skip
            elif word == b"f" and value is not None:
                state = replace(state, font=value, target=value)
            elif word == b"fcharset" and state.reads == b"fonttbl":
                sets[state.target] = CHARSETS.get(value or 0, codec)
            elif word in (b"b", b"caps", b"v"):
                name = {b"b": "bold", b"caps": "caps", b"v": "hidden"}[word]
                state = replace(state, **{name: value != 0})  # type: ignore[arg-type]
            elif word in (b"plain",):
                state = replace(state, bold=False, caps=False)
            elif word == b"pard":
                state = replace(state, centred=False, table=False)
            elif word == b"qc":
                state = replace(state, centred=True)
            elif word == b"intbl":
                state = replace(state, table=True)
            elif state.hidden:
                continue
            elif word in (b"par", b"sect", b"page"):
                writer.end_line(centred=state.centred, table=state.table and word == b"par")
                writer.page += word == b"page"
            elif word in (b"cell", b"nestcell"):
                writer.end_line(centred=state.centred, table=True)
                writer.end_cell()
            elif word in (b"row", b"nestrow"):
                writer.end_row()
            elif word == b"line":
                writer.end_line(centred=state.centred, table=state.table)
            else:
                text = SIGNS.get(word, "")
        elif kind == "symbol":
            text = SYMBOLS.get(word, "")
        elif kind == "hex" and skipping:
            skipping -= 1
        elif kind in ("hex", "text"):
            if kind == "text" and skipping:
                word, skipping = word[skipping:], max(0, skipping - len(word))
            text = word.decode(sets.get(state.font, codec), "replace")
        if not text:
            continue
        if state.reads:
            if state.reads == b"fonttbl":
                names[state.target] = (names.get(state.target, "") + text).rstrip(";")
            else:
                kept[state.reads] = kept.get(state.reads, "") + text
        elif not state.hidden:
            writer.add(
                text.upper() if state.caps else text, names.get(state.font, ""), bold=state.bold
            )
    writer.end_line(centred=state.centred, table=False)
    writer.end_row()
    draft.lines = [
        replace(line, text=_paired(line.text)) if max(line.text) >= "\ud800" else line
        for line in writer.lines
    ]
    draft.title, draft.author = clean_title(kept.get(b"title")), clean_author(kept.get(b"author"))
    draft.pages = writer.page if writer.page > 1 else None
    return draft


def _tokens(content: bytes) -> Iterator[tuple[str, bytes, int | None]]:
    """Control words, hex and plain bytes; hex bytes that follow each other are read together."""
    pending = b""
    at = 0
    while at < len(content):
        found = TOKEN.match(content, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        word, value, code, symbol, brace, text = found.groups()
        if code is not None:
            pending += bytes.fromhex(code.decode())
            continue
        if pending:
            yield "hex", pending, None
            pending = b""
        if word is not None:
            size = _signed(value)
            if word == b"bin" and size and size > 0:
                at += size
            yield "word", word, size
        elif symbol is not None:
            yield "symbol", symbol, None
        elif brace is not None:
            yield "group", brace, None
        elif text is not None:
            yield "text", text, None
    if pending:
        yield "hex", pending, None


def _signed(value: bytes | None) -> int | None:
    if value is None:
        return None
    size = number(value.decode().lstrip("-"))
    return None if size is None else -size if value.startswith(b"-") else size


def _codec(name: str, otherwise: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return otherwise


def _paired(text: str) -> str:
    """Halves of characters beyond the first plane, which RTF writes one by one, put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
