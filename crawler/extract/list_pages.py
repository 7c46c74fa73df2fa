"""Pages that list articles with so much text that they read like one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from crawler.extract.blocks import Block
from crawler.extract.boilerplate_rules import ends_article
from crawler.extract.date_words import DATE_FORMS
from crawler.extract.titles import Title
from crawler.text.navigation import MORE

HEADLINE = 10  # characters of a link that may be a headline
LINKED = 0.4  # of a headline's line: a date or a counter may stand behind the link
TEASER = 40  # characters of the text under it
NEAR = 5  # lines between a headline and its teaser: a date, a counter, a picture's caption
ENTRIES = 2  # headlines with teasers that make a list
MOST_LED = 2 / 3  # of its paragraphs, which follow a headline
STAMPS, STAMP = 3, 60  # lines of at most so many characters that are dates


def is_index(blocks: Sequence[Block], lines: range, title: Title | None) -> bool:
    """Whether what follows the title are headlines with their teasers, not one text.

    An article may hold links to others between its paragraphs, and a list of them with teasers at
    its end; but it begins with its own words, and most of its paragraphs follow no headline.
    """
    below = list(_below_title(blocks, lines, title))
    if sum(1 for block in below if block.density > 0.8 and MORE.match(block.text)) >= STAMPS:
        return True
    headlines = [
        at for at, block in enumerate(below)
        if block.density >= LINKED and len(block.text) >= HEADLINE
    ]  # fmt: skip
    teasers = [
        at for at, block in enumerate(below) if block.density < LINKED and len(block.text) >= TEASER
    ]
    if teasers and headlines and headlines[0] < teasers[0]:
        led = {
            following
            for at in headlines
            if (following := next((t for t in teasers if t > at), at + NEAR + 1)) <= at + NEAR
        }
        entries = [at for at in teasers if at <= max(led, default=0)]
        return len(led) >= ENTRIES and len(led) > MOST_LED * len(entries)
    stamps = sum(1 for block in below if _is_stamp(block))
    return len(headlines) >= STAMPS and stamps >= STAMPS and len(teasers) <= stamps


def _below_title(blocks: Sequence[Block], lines: range, title: Title | None) -> Iterator[Block]:
    """The lines under the title; when it is printed nowhere, or is an entry's, from the body on."""
    start = max(0, lines.start - NEAR)  # the first entry's headline may lie above its teaser
    if title and title.at is not None and blocks[title.at].density < 0.5:
        start = title.at + 1
    below = blocks[start:]
    said = Counter(block.text for block in below)
    for block in below:
        # `Phản hồi: 0` under every entry ends nothing.
        if said[block.text] < STAMPS and ends_article(block.text):
            return
        yield block


def _is_stamp(block: Block) -> bool:
    """A date with few other words, as it stands beside each entry of a list."""
    text = block.text.lower()
    return len(text) <= STAMP and any(form.search(text) for form in DATE_FORMS[:3])
