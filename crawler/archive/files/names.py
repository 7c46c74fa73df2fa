"""What a file is called: by its server, by its address, by its link."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from crawler.http.disposition import name_said, shown, unquoted
from crawler.parsing import split_url

LONGEST = 120
ENDING = re.compile(r"\.\w{2,5}$")
# Of a program that hands files out: `download.aspx?id=12` is nobody's name.
PROGRAM = re.compile(r"\.(?:aspx?|ashx|axd|php\d?|jspx?|do|action|cgi|x?html?|cfm)$", re.IGNORECASE)
FILE = re.compile(
    r"\.(?:pdf|docx?|docm|xlsx?|xlsm|pptx?|ppsx?|rtf|od[tsp]|zip|rar|7z|jpe?g|png|gif|webp|bmp|tiff?|txt|csv|mp[34]|dwg)$",
    re.IGNORECASE,
)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)


def file_name(address: str, label: str, disposition: str | None = None) -> str:
    """A file's name, the first of these that is one; at last what there is of its address."""
    said = name_said(disposition)
    if said and not PROGRAM.search(said):
        return _short(said)
    parts = split_url(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    last = shown(unquoted(segments[-1])) if segments else ""
    if ENDING.search(last) and not PROGRAM.search(last):
        return _short(last)
    if len(segments) > 1 and UUID.match(last):  # Liferay: /documents/20182/0/NAME/UUID
        return _short(shown(unquoted(segments[-2].replace("+", " "))))
    named = [unquoted(segment) for segment in segments[:-1]]
    named += [value.replace("\\", "/").rpartition("/")[2] for _, value in parse_qsl(parts.query)]
    for name in map(shown, reversed(named)):
        if FILE.search(name):
            return _short(name)
    return _short(shown(label) or ("" if PROGRAM.search(last) else last) or address)


def _short(name: str) -> str:
    """The beginning of a long name, and its ending."""
    ending = found[0] if (found := ENDING.search(name)) else ""
    return name[: LONGEST - len(ending)].rstrip() + ending if len(name) > LONGEST else name
