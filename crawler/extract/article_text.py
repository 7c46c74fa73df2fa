"""The lines of an article's container put together as its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.article_end import PROSE, closes, is_headline, is_prose, is_toolbar
from crawler.extract.blocks import Block, text_of
from crawler.extract.body import Body, stripped
from crawler.extract.boilerplate_rules import ends_article, furniture
from crawler.extract.file_links import is_file_line
from crawler.extract.names import fold
from crawler.extract.paragraphs import paragraphs, unescaped
from crawler.extract.selectors import elements
from crawler.extract.tables import row_of
from crawler.extract.title_scoring import rewords
from crawler.extract.titles import Title
from crawler.text.boilerplate import fingerprint

BUTTON = 40  # characters of a link that is a button
COUNT = re.compile(r"^[\d.,:\sh|]{1,12}$")  # views or an hour, on a line above the text
LETTER = re.compile(r"[^\W\d_]")
KEYWORDS = re.compile(
    r"^\W*(?:từ kh[oó][aá]|tags?|thẻ|chủ đề|xem thêm|đọc thêm)\s?:", re.IGNORECASE
)
COMMENTS = re.compile(r"comment|discussion|binh-?luan|phan-?hoi", re.IGNORECASE)


@dataclass(slots=True)
class Text:
    """The article's lines, what was cut from among them, and the lines above and below it."""

    lines: list[str]
    removed: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)  # of those, known only by repeating
    head: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)  # those the lines were made of
    notes: list[str] = field(default_factory=list)  # rules that were refused


def read_text(
    body: Body,
    blocks: Sequence[Block],
    *,
    title: Title | None,
    prune: tuple[str, ...] = (),
    dropped: frozenset[int] = frozenset(),
    boilerplate: frozenset[str] = frozenset(),
) -> Text:
    """The text of the container; `dropped`: blocks that hold the date and the like."""
    inside = [blocks[at] for at in body.lines]
    text = Text([])
    pruned = _pruned(body.container, inside, prune, text)
    start = title.at if title and title.at is not None and title.at in body.lines else None
    kept: list[Block] = []
    box: Block | None = None  # the heading of others in mid-article that the line is under
    for block in inside:
        if box and block.density <= 0.5 and not _is_teaser(block, blocks[block.at - 1], box):
            box = None
        if box or (pruned and block.element in pruned):
            text.removed.append(block.text)
        elif start is not None and block.at <= start:
            continue
        elif ends_article(block.text):
            above = [b for b in kept if is_prose(b)]
            if closes(blocks, block.at, body.lines.stop, above=above):
                text.removed += [b.text for b in inside[block.at - inside[0].at :][:40]]
                break
            text.removed.append(block.text)
            box = block
        else:
            kept.append(block)
    kept = _without_furniture(kept, text, title, dropped, boilerplate)
    kept = _without_toolbar(kept, text)
    if not body.known:
        kept = _without_headlines(kept, text)
        kept = _without_boxes_below(kept, blocks, text)
    kept = _stripped_by_trafilatura(kept, body, text)
    text.blocks = kept
    text.lines = [line for joined in paragraphs(kept) for line in unescaped(joined)]
    if title is not None and title.at is not None:
        first = kept[0].at if kept else title.at + 1
        text.head = [b.text for b in blocks[title.at + 1 : min(first + 1, title.at + 12)]]
    return text


def _is_teaser(block: Block, above: Block, heading: Block) -> bool:
    """Whether a line under a heading of others is in one unit with the headline right above it."""
    if above.density <= 0.5:
        return False
    its = {block.element, *block.element.iterancestors()}
    unit = next((node for node in above.element.iterancestors() if node in its), None)
    return unit is not None and unit not in {heading.element, *heading.element.iterancestors()}


def _pruned(
    container: HtmlElement, inside: Sequence[Block], prune: tuple[str, ...], text: Text
) -> frozenset[HtmlElement]:
    """The elements that a platform's rules cut out; a rule that would leave little is refused."""
    out: set[HtmlElement] = set()
    for selector in prune:
        cut = {
            inner
            for element in elements(container, (selector,))
            if element is not container
            for inner in element.iter()
        }
        if not cut:
            continue
        prose = [block for block in inside if is_prose(block) and block.element not in out]
        left = sum(len(block.text) for block in prose if block.element not in cut)
        lost = sum(len(block.text) for block in prose) - left
        if lost >= PROSE and left < (PROSE if COMMENTS.search(selector) else max(PROSE, lost / 2)):
            text.notes.append(f"prune_refused: {selector}, {lost} characters")
        else:
            out |= cut
    return frozenset(out)


def _without_furniture(
    kept: list[Block],
    text: Text,
    title: Title | None,
    dropped: frozenset[int],
    boilerplate: frozenset[str],
) -> list[Block]:
    tables: dict[HtmlElement, bool] = {}
    known = {
        at
        for at in furniture([block.text for block in kept])
        # Figures in a data table are no rating and no counter.
        if LETTER.search(kept[at].text) or row_of(kept[at].element, tables) is None
    }
    same = fold(title.text) if title else ""
    learnt = _learnt(kept, boilerplate)
    result = []
    for at, block in enumerate(kept):
        repeated = block.at in learnt
        is_title = bool(same) and at < 3 and fold(block.text).strip(" .:") == same
        if (
            at in known
            or repeated
            or is_title
            or (title is not None and rewords(block, title.text))
            or block.at in dropped
            or is_file_line(block)
            or _is_keywords(block)
        ):
            text.removed.append(block.text)
            if repeated:
                text.repeated.append(block.text)
        else:
            result.append(block)
    return result


def _learnt(kept: list[Block], boilerplate: frozenset[str]) -> frozenset[int]:
    """The lines learnt as repeating; prose among them stays where it is most of the text."""
    if not boilerplate:
        return frozenset()
    repeated = [block for block in kept if fingerprint(block.text) in boilerplate]
    prose = sum(len(block.text) for block in kept if is_prose(block))
    lost = sum(len(block.text) for block in repeated if is_prose(block))
    if lost > prose / 2:
        repeated = [block for block in repeated if not is_prose(block)]
    return frozenset(block.at for block in repeated)


def _without_toolbar(kept: list[Block], text: Text) -> list[Block]:
    """Short links above the first prose are buttons (print, save, send), bare numbers counters.

    So are, wherever they stand, lines of links that lead to no page.
    """
    first = next((i for i, b in enumerate(kept) if len(b.text) >= PROSE and b.density < 0.3), 0)
    buttons = {
        b.at
        for n, b in enumerate(kept[:first])
        if (b.density > 0.6 and len(b.text) < BUTTON)
        or (n < 3 and b.element.tag != "td" and COUNT.match(b.text))
    }
    buttons |= {block.at for block in kept if is_toolbar(block)}
    text.removed += [block.text for block in kept if block.at in buttons]
    return [block for block in kept if block.at not in buttons]


def _without_headlines(kept: list[Block], text: Text) -> list[Block]:
    """Two or more linked headlines below one another in a text lead to other articles.

    Those that a sentence announces ("The documents are:") are what it speaks of.
    """
    listed = [is_headline(block) and block.density > 0.9 for block in kept]
    others: set[int] = set()
    speaker: HtmlElement | None = None  # in which the sentence stands that announces a list
    for n, block in enumerate(kept):
        if not listed[n]:
            announces = block.text.endswith(":") and len(block.text.split()) > 2
            is_own = announces and not KEYWORDS.match(block.text)
            speaker = block.element.getparent() if is_own else None
        elif speaker is not None and speaker in islice(block.element.iterancestors(), 2):
            continue  # among the paragraphs, not in a box of its own
        elif listed[n - 1 : n] == [True] or listed[n + 1 : n + 2] == [True]:
            others.add(block.at)
    if sum(len(b.text) for b in kept if is_prose(b)) < 3 * PROSE:
        return kept
    text.removed += [block.text for block in kept if block.at in others]
    return [block for block in kept if block.at not in others]


def _without_boxes_below(kept: list[Block], blocks: Sequence[Block], text: Text) -> list[Block]:
    """What stands below the last prose in a box of its own with links: a menu, a poll."""
    last = next((n for n in range(len(kept) - 1, -1, -1) if is_prose(kept[n])), None)
    if last is None:
        return kept
    around = [kept[last].element, *kept[last].element.iterancestors()]
    for n in range(last + 1, len(kept)):
        block = kept[n]
        following = blocks[block.at + 1] if block.at + 1 < len(blocks) else None
        if following is None or following.density <= 0.8:
            continue
        box = next((e for e in block.element.iterancestors() if e in around), None)
        inner = block.element
        while (above := inner.getparent()) is not None and above is not box:
            inner = above
        if box is not None and inner is not following.element and _holds(inner, following.element):
            text.removed += [b.text for b in kept[n:]]
            return kept[:n]
    return kept


def _holds(outer: HtmlElement, inner: HtmlElement) -> bool:
    return any(node is outer for node in inner.iterancestors())


def _is_keywords(block: Block) -> bool:
    """A label and links behind it: the article's tags, or others that it leads to."""
    if block.density <= 0.3:
        return False
    first = next((part for part in block.parts if part.tag == "a"), None)
    linked = " ".join(text_of(first).split()) if first is not None else ""
    label = block.text.partition(linked)[0] if linked else ""
    return bool(KEYWORDS.match(block.text)) or ends_article(label)


def _stripped_by_trafilatura(kept: list[Block], body: Body, text: Text) -> list[Block]:
    """Leave out what trafilatura takes for boilerplate, unless it is prose, a heading or a table."""
    doubtful = [block for block in kept if not _is_sure(block)]
    if not doubtful:
        return kept
    joined = _squeezed(stripped(body.container))
    if not joined:
        return kept
    # What opens or closes an article is seldom boilerplate; what is mostly links is.
    unwanted = {
        block.at
        for block in doubtful
        if _squeezed(block.text) not in joined and (block.density > 0.3 or len(block.text) < 4)
    }
    text.removed += [block.text for block in kept if block.at in unwanted]
    return [block for block in kept if block.at not in unwanted]


def _is_sure(block: Block) -> bool:
    if block.density > 0.3:
        return False
    return len(block.text) >= 4


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
