"""DOC, XLS and PPT of before 2007 → lines, by kreuzberg."""

from __future__ import annotations

import re
from dataclasses import replace

import kreuzberg

from crawler.documents import media_types as types
from crawler.documents.draft import Draft, Line, UnreadableError
from crawler.documents.metadata import clean_author, clean_title, iso_date

MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d-\d\d) 00:00:00(?=\t|$)")  # dates alone
# Nothing is recognised, written to a cache or guessed at: the text as it stands.
CONFIG = kreuzberg.ExtractionConfig(
    use_cache=False, enable_quality_processing=False, disable_ocr=True,  # type: ignore[call-arg]  # its types lag behind
    concurrency=kreuzberg.ConcurrencyConfig(max_threads=1),
)  # fmt: skip


def read_ole(content: bytes, media_type: str) -> Draft:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableError("encrypted")
    try:
        found = kreuzberg.extract_bytes_sync(content, media_type, CONFIG)
    except kreuzberg.KreuzbergError as error:
        said = str(error).lower()
        secret = any(word in said for word in ("password", "encrypt"))
        raise UnreadableError("encrypted" if secret else "broken") from error
    data = found.metadata
    authors = data.get("authors")
    lines = [
        Line("\t".join(" ".join(cell.split()) for cell in row).rstrip("\t"), table.page_number)
        for table in found.tables
        for row in table.cells
    ]
    if media_type != types.XLS or not lines:
        text = found.content.replace("\t\t", "\n") if media_type == types.DOC else found.content
        lines = [Line(line.rstrip()) for line in text.splitlines()]
    pages = data.get("sheet_count") or data.get("slide_count")
    return Draft(
        lines=[
            replace(line, text=MIDNIGHT.sub("", line.text)) for line in lines if line.text.strip()
        ],
        pages=int(pages) if pages else None,
        title=clean_title(data.get("title")),
        author=clean_author(authors[0] if authors else None),
        created=iso_date(data.get("created_at")),
    )
