"""What a file says of itself in its own data, cleaned of what programs put there for nobody."""

from __future__ import annotations

import re
from datetime import datetime

from crawler.documents.draft import Draft
from crawler.documents.zipped import Parts, local
from crawler.parsing import number
from crawler.text.characters import nfc, visible
from crawler.text.legacy_fonts import mended

PROGRAMS = re.compile(
    r"^(?:microsoft\s+(?:office\s+)?(?:word|excel|powerpoint)|word|powerpoint presentation)\s*(?:[-–]\s*|$)",
    re.IGNORECASE,
)
ENDING = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|rtf|odt|tiff?|jpe?g)$", re.IGNORECASE)
# Titles and authors of templates, scanners and installed systems.
NOBODY = re.compile(
    r"^(?:untitled|không có tiêu đề|no title|document\d*|doc\d+|book\d+|slide \d+|presentation\d*|tài liệu\d*|scan[\w ]*\d+|img[\w ]*\d+"
    r"|kết quả hình ảnh.*|unspecified|anonymous|unknown|administrator|admin|user\d*|pc|home|owner|windows user|microsoft|python-docx"
    r"|smart ?\w*|techsi\w*|vnn\.r\w*|bkav\w*|cộng hòa xã hội chủ nghĩa việt nam|cộng hoà xã hội chủ nghĩa việt nam|[\W\d_]*|.|\(?none\)?|null)$",
    re.IGNORECASE,
)  # fmt: skip
PDF_DATE = re.compile(
    r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?)?"
)
LONGEST = 300
EARLIEST = 1980  # no file was made before


def clean_title(title: str | None) -> str | None:
    """A document's title; None when a program made it up or nobody can read it."""
    text = _readable(title)
    if text is None:
        return None
    text = ENDING.sub("", PROGRAMS.sub("", text)).strip(" -–_")
    return text if text and not NOBODY.match(text) else None


def clean_author(author: str | None) -> str | None:
    text = _readable(author)
    return text if text and not NOBODY.match(text) and not PROGRAMS.match(text) else None


def _readable(value: str | None) -> str | None:
    if not value:
        return None
    text = mended(" ".join(visible(nfc(value)).split()))
    signs = sum(1 for letter in text if letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff")
    if not text or len(text) > LONGEST or signs or text.count("?") * 4 > len(text):
        return None
    return text


def pdf_date(printed: str | None) -> str | None:
    """`D:20210305081527+07'00'` → `2021-03-05T08:15:27+07:00` (ISO 32000-1, §7.9.4)."""
    found = PDF_DATE.match((printed or "").strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, _, sign, zone, part = found.groups()
    text = f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    return iso_date(
        text + (f"{sign}{zone}:{part or '00'}" if sign else "+00:00" if found[7] else "")
    )


def iso_date(printed: str | None) -> str | None:
    """An ISO date as Office writes it; None when it is none, or one of a clock that was never set."""
    text = (printed or "").strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year <= EARLIEST:
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def core_properties(parts: Parts) -> Draft:
    """The core and extended properties of an Office file (ECMA-376 part 2, §11)."""
    draft = Draft()
    core = parts.xml("docProps/core.xml")
    for node in core if core is not None else ():
        name, text = local(node), node.text
        if name == "title":
            draft.title = clean_title(text)
        elif name == "creator":
            draft.author = clean_author(text)
        elif name == "created":
            draft.created = iso_date(text)
    extended = parts.xml("docProps/app.xml")
    for node in extended if extended is not None else ():
        if local(node) in ("Pages", "Slides"):
            draft.pages = number(node.text or "") or None
    return draft
