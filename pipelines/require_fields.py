"""What an article must have to be one, and what is noted when it is missing."""

from __future__ import annotations

from crawler.items import Article, Page, Reading, Refusal


class RequireFields:
    def process_item(self, item: Page) -> Page:
        article = item.reading.article if isinstance(item, Page) else None
        if article:
            refusal = missing(article)
            if refusal:
                item.reading = Reading(refusal=refusal, canonical=item.reading.canonical)
        return item


def missing(article: Article) -> Refusal | None:
    """The reason an article cannot be kept: no title, or nothing under it.

    A missing date or byline is no reason, only a note: many pages print none.
    """
    if not article.title:
        return Refusal("no_title")
    if not (article.text or article.summary or article.attachments or article.images):
        return Refusal("empty")
    if article.published is None and not any(note.startswith("date_") for note in article.notes):
        article.notes.append("date_missing")
    return None
