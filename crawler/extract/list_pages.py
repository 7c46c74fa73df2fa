"""Pages that list articles with so much text that they read like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, pairwise

from crawler.extract.blocks import Block
from crawler.extract.boilerplate_rules import ends_article
from crawler.extract.date_words import DATE_FORMS
from crawler.extract.slugs import LEAST_OVERLAP, overlap, slug_words, words_of
from crawler.extract.titles import Title
from crawler.parsing import join_url, split_url
from crawler.portals.urls import FILES
from crawler.text.navigation import MORE

HEADLINE = 10  # characters of a link that may be a headline
LINKED = 0.4  # of a headline's line: a date or a counter may stand behind the link
TEASER = 40  # characters of the text under it
NEAR = 5  # lines between a headline and its teaser: a date, a counter, a picture's caption
BARE = 5  # headlines without any prose that make a list; files of the article's own are none
ENTRIES = 2  # headlines with teasers that make a list
MOST_LED = 2 / 3  # of its paragraphs, which follow a headline
STAMPS, STAMP = 3, 60  # lines of at most so many characters that are dates
INDEX = re.compile(r"/(?:(?:index|default)\.\w+)?$", re.IGNORECASE)  # not part of a page's name
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
POST = 200  # characters of prose under a headline that make it a whole post
POSTS = 2  # whole posts on one page that make it a list of them
POSTED = 0.6  # of a page's prose, which stands in posts
AROUND = 3  # lines above a headline in which its date may stand


def is_index(
    blocks: Sequence[Block], lines: range, title: Title | None, *, url: str, follow: bool = False
) -> bool:
    """Whether the page is a list: headlines with their teasers, or whole posts, not one text.

    An article may hold links to others between its paragraphs, and a list of them with teasers at
    its end; but it begins with its own words, and most of its paragraphs follow no headline. With
    `follow` a single post is left to the page of its own that its title leads to, and so is the
    newest story on top of a section.
    """
    if follow and (_leads_away(blocks, title, url) or _featured(blocks, title, url)):
        return True
    if _posts(blocks, title, url) >= POSTS:
        return True
    below = list(_below_title(blocks, lines, title, url))
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
    if not teasers and sum(_is_headline(b) and _target(b, url) is not None for b in below) >= BARE:
        return True
    stamps = sum(1 for block in below if _is_stamp(block))
    return len(headlines) >= STAMPS and stamps >= STAMPS and len(teasers) <= stamps


def _target(block: Block, url: str) -> str | None:
    """Where a headline's link leads, when that is another page of the site."""
    anchor = next((a for a in block.element.iter("a") if a.get("href")), None)
    if anchor is None:
        anchor = next((a for a in block.element.iterancestors("a") if a.get("href")), None)
    href = (anchor.get("href") or "").strip() if anchor is not None else ""
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    there, here = split_url(join_url(url, href)), split_url(url)
    if FILES.search(there.path):
        return None
    found, own = (f"{INDEX.sub('', part.path)}?{part.query}" for part in (there, here))
    return found if there.netloc == here.netloc and found != own else None


def _is_headline(block: Block) -> bool:
    return block.density > 0.8 and len(block.text) >= HEADLINE and not MORE.match(block.text)


def _leads_away(blocks: Sequence[Block], title: Title | None, url: str) -> bool:
    """Whether the title is a link to the page that has the article: a list of one post."""
    if title is None or title.at is None or not _is_headline(blocks[title.at]):
        return False
    there = _target(blocks[title.at], url)
    # Many an article's title leads to the start page.
    return there not in (None, "?") and not _is_own(blocks[title.at], title, url)


def _is_own(block: Block, title: Title, url: str) -> bool:
    """Whether the title is the page's: no link, or one whose words this address is made of."""
    return (
        block.density < 0.5
        or overlap(slug_words(url), words_of(title.text)) >= LEAST_OVERLAP
        or _target(block, url) is None
    )


def _featured(blocks: Sequence[Block], title: Title | None, url: str) -> bool:
    """Whether right under the title stands the heading of another page, and headlines below its prose."""
    if title is None or title.at is None or title.at + 1 >= len(blocks):
        return False
    head, rest = blocks[title.at + 1], blocks[title.at + 2 :]
    if not (_is_headline(head) and HEADINGS & set(head.tags()) and _target(head, url)):
        return False
    return sum(_is_headline(block) for block in rest) >= STAMPS <= sum(map(_is_stamp, rest))


def _posts(blocks: Sequence[Block], title: Title | None, url: str) -> int:
    """How many whole posts the page shows: a title that leads to its own page, a date, prose.

    They are told by their titles' markup, which is the same for all, and by holding nearly all that
    there is to read: what an article links between its paragraphs, or with teasers below them, has the
    article's own words above it.
    """
    start = title.at + 1 if title and title.at is not None else 0
    read = list(accumulate(map(_prose, blocks), initial=0))  # how much, up to each line
    headlines = [block for block in blocks if _is_headline(block)]
    ends = [*(head.at for head in headlines), len(blocks)]
    longest = max(read[end] - read[begin] for begin, end in pairwise([0, *ends]))
    if read[-1] - longest < POST:  # most pages: one text, and no second post beside it
        return 0
    alike: dict[tuple[str, ...], list[Block]] = {}
    for block in headlines:
        alike.setdefault(_markup(block), []).append(block)
    most = 0
    for heads in alike.values():
        if read[max(start, heads[0].at)] - read[start] >= POST:
            continue
        ends = [*(head.at for head in heads[1:]), len(blocks)]
        units = [
            (head, end)
            for head, end in zip(heads, ends, strict=True)
            if read[end] - read[head.at + 1] >= POST
        ]
        if len(units) >= POSTS:
            own = start - 1 if title and start and _is_own(blocks[start - 1], title, url) else None
            most = max(most, _whole(units, blocks, url, read, own))
    return most


def _markup(block: Block) -> tuple[str, ...]:
    """How a line is set: its elements and their classes, two levels up."""
    around = (block.element, *islice(block.element.iterancestors(), 2))
    return tuple(f"{node.tag!s}.{node.get('class') or ''}" for node in around)


def _whole(
    units: Sequence[tuple[Block, int]],
    blocks: Sequence[Block],
    url: str,
    read: Sequence[int],
    own: int | None,
) -> int:
    """The posts among titles that are set alike; 0 when the page has as much prose beside them.

    `units`: each title, and the line before which its text ends. `read`: how much prose there is up to
    each line. `own`: the line of the page's title; what follows it is under no headline above it.
    """
    posts, posted = set(), 0
    for head, end in units:
        if own is not None and head.at < own < end:
            continue
        near = (*blocks[max(0, head.at - AROUND) : head.at], *blocks[head.at + 1 : end])
        if any(map(_is_stamp, near)) and (there := _target(head, url)) is not None:
            posts.add(there)
            posted += read[end] - read[head.at + 1]
    return len(posts) if posted >= POSTED * read[-1] else 0


def _prose(block: Block) -> int:
    return len(block.text) if block.density < LINKED and len(block.text) >= TEASER else 0


def _below_title(
    blocks: Sequence[Block], lines: range, title: Title | None, url: str
) -> Iterator[Block]:
    """The lines under the title; when it is printed nowhere, or is an entry's, from the body on."""
    start = max(0, lines.start - NEAR)  # the first entry's headline may lie above its teaser
    if title and title.at is not None and _is_own(blocks[title.at], title, url):
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
