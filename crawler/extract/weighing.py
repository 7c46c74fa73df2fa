"""Which place of a page holds the article: ours, weighed against what other readings agree on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crawler.extract.article_end import is_prose
from crawler.extract.body import Body, find_body
from crawler.extract.draft import Draft, Page, draft
from crawler.extract.second_opinion import (
    SHORT,
    agreed,
    is_doubtful,
    lacking,
    place_of,
    unhidden,
)

HIDDEN = 200  # characters of text that a page's own styles hide, and that are worth a look


def best_draft(page: Page) -> Draft | None:
    """The article of a page; None when nothing on it reads like one."""
    found = _draft(page)
    if page.boilerplate and (found is None or (found.prose < SHORT and found.text.repeated)):
        # What repeats in the notices of a portal can be all that one of them says.
        found = _longer(found, _draft(replace(page, boilerplate=frozenset())))
    if found is None or found.prose < SHORT:
        found = _with_hidden(page, found)
    return _undisputed(page, found)


def _draft(page: Page, *, known: bool = True) -> Draft | None:
    selectors = page.portal.markup.body if known else ()
    place = find_body(
        page.tree, page.blocks, title=page.title, selectors=selectors,
        boilerplate=page.boilerplate,
    )  # fmt: skip
    return draft(page, place) if place is not None else None


def _longer(found: Draft | None, other: Draft | None) -> Draft | None:
    if other is None or (found is not None and found.prose >= other.prose):
        return found
    return other


def _with_hidden(page: Page, found: Draft | None) -> Draft | None:
    """Systems hide whole articles until a script shows them: believed only when text remains."""
    blocks = unhidden(page.tree)
    shown = sum(len(block.text) for block in page.blocks if is_prose(block))
    if sum(len(block.text) for block in blocks if is_prose(block)) < shown + HIDDEN:
        return found
    title = page.title
    if title is not None and title.at is not None:
        line = page.blocks[title.at]
        at = next((b.at for b in blocks if b.element is line.element and b.text == line.text), None)
        title = replace(title, at=at)
    other = _draft(replace(page, blocks=blocks, title=title))
    if other is None or other.prose < max(HIDDEN, 2 * (found.prose if found else 0)):
        return found
    other.article.notes.append(f"hidden_text: {other.prose} characters")
    return other


def _undisputed(page: Page, found: Draft | None) -> Draft | None:
    """Our reading, or a better one where two others agree on prose that ours lacks."""
    kept = found.text.blocks if found else ()
    if not is_doubtful(page.blocks, kept):
        return found
    theirs = agreed(page.tree, page.blocks)
    missing = lacking(theirs, _told(found))
    if not missing:
        return found
    best, least = found, sum(len(block.text) for block in missing)
    for other in _others(page, found, place_of(theirs, page.blocks)):
        missed = sum(len(block.text) for block in lacking(theirs, _told(other)))
        if missed < least:
            best, least = other, missed
        if not missed:
            break
    if best is not None and best is not found:
        count = sum(len(block.text) for block in missing)
        best.article.notes.append(f"body_disputed: {count} characters")
    return best


def _others(page: Page, found: Draft | None, agreed_place: Body) -> Iterator[Draft]:
    if found is not None and found.place.known and (other := _draft(page, known=False)):
        yield other
    yield draft(page, agreed_place)
    title = page.title
    if title is not None and title.at is not None and title.at >= agreed_place.lines.start:
        # A sub-heading or a caption taken for the title: what is above it stays text.
        yield draft(replace(page, title=replace(title, at=None)), agreed_place)


def _told(found: Draft | None) -> str:
    return f"{found.article.summary or ''} {found.article.text}" if found else ""
