"""What templates may say: the words, the way back in the other language, numbers and days."""

from __future__ import annotations

import os
from functools import partial
from typing import Any
from urllib.parse import urlencode

from publish.desk.middleware import language_of
from publish.desk.render.citation import vietnamese_day
from publish.desk.render.highlight import html
from publish.desk.render.i18n import number, of_both, say

PAGES = {
    "search": "/tim", "overview": "/tong-quan", "over_time": "/tan-suat", "feeds": "/dong-tin",
    "dictionary": "/tu-dien", "questions": "/cau-hoi", "rescue": "/vot-lai",
}  # fmt: skip


def template_words(datasette: Any, request: Any) -> dict[str, Any]:
    lang = language_of(request)
    base = datasette.setting("base_url").rstrip("/")
    return {
        "lang": lang,
        "t": partial(say, lang),
        "n": partial(number, lang),
        "pieces": html,
        "day": vietnamese_day if lang == "vi" else english_day,
        "hour": hour,
        "kind": file_kind,
        "both": partial(of_both, lang),
        "site": {name: base + path for name, path in PAGES.items()},
        "other_language_url": _other(request, lang),
        "on_the_web": bool(os.environ.get("KHCN_DUMPS")),
        "desk_url": lambda path: base + path,
    }


def english_day(moment: str | None) -> str:
    """2021-07-07, as precise as it is."""
    return (moment or "")[:10]


def hour(moment: str | None) -> str:
    """09:12, where a time of day is known."""
    return moment[11:16] if moment and len(moment) > 15 else ""


KINDS = {
    "application/pdf": "PDF", "application/msword": "Word (DOC)", "application/rtf": "RTF",
    "application/vnd.ms-excel": "Excel (XLS)", "application/vnd.ms-powerpoint": "PowerPoint (PPT)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (XLSX)",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation":
        "PowerPoint (PPTX)",
    "application/vnd.oasis.opendocument.text": "OpenDocument (ODT)",
    "application/zip": "ZIP", "application/vnd.rar": "RAR", "application/x-7z-compressed": "7z",
}  # fmt: skip


def file_kind(media_type: str | None) -> str:
    """`PDF` for application/pdf."""
    known = media_type or "?"
    return KINDS.get(known) or known.rpartition("/")[2].upper()[:24]


def _other(request: Any, lang: str) -> str:
    """This very page in the other language."""
    if request is None:
        return "/"
    rest = [
        (key, value) for key in request.args if key != "lang" for value in request.args.getlist(key)
    ]
    other = "en" if lang == "vi" else "vi"
    return "?" + urlencode([*rest, ("lang", other)])
