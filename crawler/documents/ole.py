"""DOC, XLS and PPT of before 2007 → lines, by kreuzberg."""

from __future__ import annotations

import kreuzberg

from crawler.documents import media_types as types
from crawler.documents.draft import Draft, Line, UnreadableError
from crawler.documents.metadata import clean_author, clean_title, iso_date

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
    text = found.content
    if media_type == types.DOC:
        text = text.replace("\t\t", "\n")  # the end of a row
    return Draft(
        lines=[Line(line.rstrip()) for line in text.splitlines() if line.strip()],
        title=clean_title(data.get("title")),
        author=clean_author(authors[0] if authors else None),
        created=iso_date(data.get("created_at")),
    )
