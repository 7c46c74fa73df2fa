"""Documents of before Unicode: text in TCVN3 and VNI fonts, as RTF (often named .doc) and DOCX."""

from __future__ import annotations

import unicodedata

from crawler.text.old_tables import TCVN3, VNI
from samples.documents.forms import Form
from samples.documents.layout import rows

_TO_TCVN3 = {letter: sign for sign, letter in TCVN3.items()}
_TO_VNI = {letter: signs for signs, letter in reversed(list(VNI.items()))}
SIGNS = {"\\": r"\\", "{": r"\{", "}": r"\}", "\t": r"\tab "}


def in_tcvn3(text: str) -> list[tuple[str, str]]:
    """A text in runs, each with its font: a line in capitals is in the capital font."""
    if text.isupper() and all(sign.isascii() or sign.lower() in _TO_TCVN3 for sign in text):
        return [("".join(_TO_TCVN3.get(sign, sign) for sign in text.lower()), ".VnTimeH")]
    runs: list[tuple[str, str]] = []
    for sign in text:
        if sign.isascii() or sign in _TO_TCVN3:
            run = _TO_TCVN3.get(sign, sign), ".VnTime"
        elif sign.lower() in _TO_TCVN3:  # a capital with a tone: the table has none
            run = _TO_TCVN3[sign.lower()], ".VnTimeH"
        else:  # quotes and dashes
            run = sign, "Times New Roman"
        if runs and runs[-1][1] == run[1]:
            runs[-1] = (runs[-1][0] + run[0], run[1])
        else:
            runs.append(run)
    return runs


def in_vni(text: str) -> str:
    """A text in the signs of the VNI fonts."""
    return "".join(_TO_VNI.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def lines_of(form: Form) -> list[str]:
    return [
        *form.left, *form.right, *form.title, *form.paragraphs, *("\t".join(row) for row in form.table),
        *rows(("Nơi nhận:", *form.recipients), form.signature), *form.stamp,
    ]  # fmt: skip


def rtf_of(form: Form, *, old: bool = False) -> bytes:
    """The form as RTF; old: in TCVN3 fonts, two tables of them."""
    fonts = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\froman\fcharset0 .VnTime;}{\f2\froman\fcharset0 .VnTimeH;}{\f3\froman\fcharset163 Times New Roman (Vietnamese);}}"
    body = [
        r"{\rtf1\ansi\ansicpg1252\deff0",
        fonts,
        r"{\info{\title Quy\u7871?t \u273?\u7883?nh m\u7851?u}{\author Ph\u242?ng QLKH}}",
    ]
    body.append(_row(form.left, form.right, old=old))
    for line in lines_of(form)[len(form.left) + len(form.right) :]:
        body.append(r"\pard\plain " + _line(line, old=old) + r"\par")
    return ("\n".join(body) + "}").encode("ascii")


def _row(left: tuple[str, ...], right: tuple[str, ...], *, old: bool) -> str:
    cells = "".join(
        r"\par ".join(r"\pard\intbl " + _line(line, old=old) for line in column) + r"\cell "
        for column in (left, right)
    )
    return r"\trowd\cellx4500\cellx9000 " + cells + r"\row\pard"


def _line(text: str, *, old: bool) -> str:
    if not old:
        return r"{\f3 " + _escaped(text) + "}"
    number = {"Times New Roman": 0, ".VnTime": 1, ".VnTimeH": 2}
    return "".join(
        f"{{\\f{number[font]} {_escaped(run, old=True)}}}" for run, font in in_tcvn3(text)
    )


def _escaped(text: str, *, old: bool = False) -> str:
    written = []
    for sign in text:
        code = ord(sign)
        if sign in SIGNS:
            written.append(SIGNS[sign])
        elif code < 128:
            written.append(sign)
        elif code < 256 and old:
            written.append(f"\\'{code:02x}")
        else:
            written.append(f"\\u{code}?")
    return "".join(written)
