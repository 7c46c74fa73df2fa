"""The article's strings in one form: bounded, NFC, no stray spaces."""

from __future__ import annotations

import re

from crawler.items import Article, Page
from crawler.text.characters import nfc, visible

LONGEST = {"title": 500, "section": 300, "summary": 5_000, "byline": 200, "published_raw": 200}
LONGEST_TEXT = 200_000  # characters; a department's longest decrees have half of it
# A single space, as between most words, is left where it is.
SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
BLANK_LINES = re.compile(r"\n\s*\n+")


class NormaliseText:
    def process_item(self, item: Page) -> Page:
        if isinstance(item, Page) and item.reading.article:
            normalise_text(item.reading.article)
        return item


def normalise_text(article: Article) -> None:
    """Clean every string in place; what is cut is noted (`title_cut: 812`)."""
    for name, longest in LONGEST.items():
        value = tidy(getattr(article, name))
        if value and len(value) > longest:
            article.notes.append(f"{name}_cut: {len(value)}")
            value = value[:longest].rstrip()
        setattr(article, name, value)
    text = tidy(article.text) or ""
    if len(text) > LONGEST_TEXT:
        article.notes.append(f"text_cut: {len(text)}")
        text = text[:LONGEST_TEXT].rstrip()
    article.text = text
    for image in article.images:
        image.caption = tidy(image.caption)
    for file in article.attachments:
        file.label = tidy(file.label)  # it may be the name out of an address, escapes undone


def tidy(value: str | None) -> str | None:
    """NFC, nothing unseen, spaces single, lines trimmed, no blank ones; None when nothing is left."""
    if not value:
        return None
    flat = SPACES.sub(" ", nfc(visible(value))).replace(" \n", "\n")
    return BLANK_LINES.sub("\n", flat.replace("\n ", "\n")).strip() or None
