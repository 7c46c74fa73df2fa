"""Pages that list articles with so much text that they read like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.discovery import MORE
from crawler.extract.blocks import Block
from crawler.extract.calendar import DATE_FORMS
from crawler.extract.furniture import ends_article
from crawler.extract.titles import Title

HEADLINE = 10  # characters of a link that may be a headline
LINKED = 0.4  # of a headline's line: a date or a counter may stand behind the link
TEASER = 40  # characters of the text under it
NEAR = 4  # lines between a headline and its teaser: a date, a counter, a picture's caption
ENTRIES = 2  # headlines with teasers that make a list
STAMPS, STAMP = 3, 60  # lines of at most so many characters that are dates


def is_index(blocks: Sequence[Block], lines: range, title: Title | None) -> bool:
    """Whether the lines are headlines with their teasers, not one text.

    An article may hold links to others between its paragraphs, and a list of them with teasers at
    its end; but it begins with its own words, and most of its paragraphs follow no headline.
    """
    inside = list(_below_title(blocks, lines, title))
    if sum(1 for block in inside if block.density > 0.8 and MORE.match(block.text)) >= STAMPS:
        return True
    headlines = [
        at for at, block in enumerate(inside)
        if block.density >= LINKED and len(block.text) >= HEADLINE
    ]  # fmt: skip
    teasers = [
        at
        for at, block in enumerate(inside)
        if block.density < LINKED and len(block.text) >= TEASER
    ]
    if teasers and headlines and headlines[0] < teasers[0]:
        led = {
            following
            for at in headlines
            if (following := next((t for t in teasers if t > at), at + NEAR + 1)) <= at + NEAR
        }
        return len(led) >= ENTRIES and 2 * len(led) >= len(teasers)
    stamps = sum(1 for block in inside if _is_stamp(block))
    return len(headlines) >= STAMPS and stamps >= STAMPS and len(teasers) <= stamps


def _below_title(blocks: Sequence[Block], lines: range, title: Title | None) -> Iterator[Block]:
    """The lines under the title; all of them when it is the headline of an entry."""
    start = max(0, lines.start - NEAR)  # the first entry's headline may lie above its teaser
    if title and title.at is not None and blocks[title.at].density < 0.5:
        start = title.at + 1
    for at in range(start, lines.stop):
        if ends_article(blocks[at].text):
            return
        yield blocks[at]


def _is_stamp(block: Block) -> bool:
    """A date with few other words, as it stands beside each entry of a list."""
    text = block.text.lower()
    return len(text) <= STAMP and any(form.search(text) for form in DATE_FORMS[:3])
