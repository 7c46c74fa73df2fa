"""Where an article is over: the heading of a related list, the page's footer.

Such a heading also stands above articles, in a left column, in a toolbar and between two
paragraphs: it says something about what is below it, and ends an article only when no more of
its text follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from crawler.extract.blocks import Block
from crawler.extract.boilerplate_rules import ends_article
from crawler.extract.file_links import leads_to_files

PROSE = 60  # characters of a line that reads as prose
ENDS = re.compile(r"[.!?:;…\"”)]\s*$")
HEADLINE = 25  # characters of a link that is the title of another article
FOLLOWING = 5  # lines below a heading that tell what it heads
RUN = 180  # characters of running text that are more than a box has
FOOTER_GAP = 12  # lines without a footer's mark that a footer may hold
NOWHERE = re.compile(r"^(?:#|javascript:)|/share|sharer|[/.]zalo\.me/", re.IGNORECASE)
COMMENTS = re.compile(r"bình luận|ý kiến|phản hồi|nhận xét|góp ý|comment|reply", re.IGNORECASE)
FOOTER = re.compile(
    r"^[\W_]*(?:giấy phép (?:số|thiết lập|hoạt động|xuất bản|trang)|cơ quan (?:chủ quản|quản lý|thường trực)\b"
    r"|(?:người )?chịu trách nhiệm|trưởng ban biên tập|bản quyền|©|copyright|\(c\)\s|all rights reserved|ghi rõ nguồn"
    r"|(?:trang|cổng)(?: thông tin| tt| ttđt)(?: điện tử)?(?:\s[\w&,\- ]{0,100})?$|(?:số )?\d{1,4}[a-z]?(?:/\d+)?,? (?:đường|phố|đại lộ|ngõ|quốc lộ|khu|ấp|tổ)\b[^.]{5,150}(?:tỉnh|thành phố|tp\.?|việt nam)\b[^.]{0,60}$|trụ sở(?: chính)?\s?:|địa chỉ\s?:.{5,200}$"
    r"|(?:điện thoại|đt|tel|fax|hotline|đường dây nóng|e-?mail|website)\s?:.{3,150}$"
    r"|(?:đơn vị )?(?:quản lý|vận hành|thiết kế|phát triển|xây dựng)(?: và (?:vận hành|phát triển))? (?:bởi|website|trang)\b"
    r"|(?:designed|developed|powered) by\b)",
    re.IGNORECASE,
)


CONTACT = re.compile(r"\b(?:điện thoại|đt|tel|fax|e-?mail|hotline)\s?:", re.IGNORECASE)


def is_imprint(lines: Sequence[str]) -> bool:
    """Whether a text says nothing but whose site this is and how to reach them."""
    return bool(lines) and all(FOOTER.match(line) or CONTACT.search(line) for line in lines)


def is_prose(block: Block) -> bool:
    """A line that reads as running text and is no link."""
    text = block.text
    return block.density < 0.4 and (
        len(text) >= PROSE or (len(text) >= HEADLINE and bool(ENDS.search(text)))
    )


def is_headline(block: Block) -> bool:
    """A line that is mostly a link and as long as a title."""
    return (
        block.density > 0.5
        and len(block.text) >= HEADLINE
        and not leads_to_files(block)
        and not is_toolbar(block)
    )


def is_toolbar(block: Block) -> bool:
    """Several short links with nothing between them, to scripts, to places of this page, to friends."""
    links = [part.get("href") or "" for part in block.parts if part.tag == "a"]
    return len(links) > 1 and block.density > 0.9 and all(map(NOWHERE.search, links))


def closes(
    blocks: Sequence[Block],
    at: int,
    stop: int,
    *,
    above: Sequence[Block],
    head: HtmlElement | None = None,
    foreign: Callable[[HtmlElement], bool] = lambda element: False,
) -> bool:
    """Whether the heading at `at` ends the article: judged by what is below it, up to `stop`.

    `above`: the article's prose so far; `head`: its title's element. The article goes on when
    its text does beside what came before, or when a run of text follows that outweighs it and
    does not stand in another column.
    """
    if not ends_article(blocks[at].text):
        return False
    rest = [b for b in blocks[at + 1 : stop] if not foreign(b.element)]
    if goes_on(rest, above):
        return False
    own = unled(rest)
    before = sum(len(block.text) for block in above)
    if before < PROSE and sum(map(is_headline, blocks[at + 1 : at + 1 + FOLLOWING])) < 2:
        return False  # a word in a toolbar, a column's or a menu's heading
    run = _longest_run(own)
    size = sum(len(block.text) for block in run)
    # Comments are long, and no text goes on below them; a box of others may stand in mid-article.
    is_comments = blocks[at].density < 0.5 and bool(COMMENTS.search(blocks[at].text))
    if size <= max(RUN, before * (2 if is_comments else 0.5)):
        return True
    first = head if head is not None else above[0].element if above else None
    if first is None or before < PROSE:
        return False
    return _heads_others_beside(first, blocks, at, run[0].element)


def unled(rest: Sequence[Block]) -> list[Block]:
    """The prose among lines that is no teaser; a teaser follows a headline, not a list of them."""
    found, headlines = [], 0
    for block in rest:
        if is_headline(block):
            headlines += 1
        elif is_prose(block):
            if headlines != 1:
                found.append(block)
            headlines = 0
    return found


def teasers(blocks: Sequence[Block], head: HtmlElement | None) -> frozenset[int]:
    """The prose of other articles: units that begin with a headline, away from the title.

    One such unit proves nothing: a link may stand above an article's first paragraph.
    """
    own = {head, *head.iterancestors()} if head is not None else set()
    led: dict[object, bool] = {}
    units = 0
    found: set[int] = set()
    headlines: list[HtmlElement] = []
    for block in blocks:
        if is_headline(block):
            headlines.append(block.element)
        elif is_prose(block):
            lanes = lanes_of(block.element)
            is_led = next((led[lane] for lane in lanes if lane in led), None)
            if is_led is None:
                is_led = len(headlines) == 1 and _meet(headlines[0], block.element) not in own
                led.update(dict.fromkeys(lanes, is_led))
                units += is_led
            if is_led:
                found.add(block.at)
            headlines = []
    return frozenset(found) if units > 1 else frozenset()


def _meet(one: HtmlElement, other: HtmlElement) -> HtmlElement | None:
    """The innermost element that both stand in."""
    around = {one, *one.iterancestors()}
    return next((node for node in (other, *other.iterancestors()) if node in around), None)


def _longest_run(own: list[Block]) -> list[Block]:
    """The most text that stands together: at most one short line between two paragraphs."""
    best: list[Block] = []
    run: list[Block] = []
    for block in own:
        if run and block.at - run[-1].at > 2:
            run = []
        run = [*run, block]
        if sum(len(b.text) for b in run) > sum(len(b.text) for b in best):
            best = run
    return best


def _heads_others_beside(
    head: HtmlElement, blocks: Sequence[Block], at: int, below: HtmlElement
) -> bool:
    """Whether the heading and headlines under it share a column with the title, `below` does not."""
    others = set(below.iterancestors()) | {below}
    column = head
    while (parent := column.getparent()) is not None and parent not in others:
        column = parent
    inside = set(column.iter())
    return blocks[at].element in inside and any(
        is_headline(b) and b.element in inside for b in blocks[at + 1 : at + 1 + FOLLOWING]
    )


def goes_on(rest: Sequence[Block], above: Sequence[Block]) -> bool:
    """Whether the text goes on beside itself: a photo's © or a box in it is not its end."""
    lanes = {lane for block in above for lane in lanes_of(block.element)}
    beside = [b for b in rest if is_prose(b) and not lanes.isdisjoint(lanes_of(b.element))]
    free = {b.at for b in unled(rest)}
    if sum(1 for b in beside if b.at not in free) > 1:
        beside = [b for b in beside if b.at in free]  # each under a headline: teasers
    return sum(len(b.text) for b in beside) >= PROSE


def lanes_of(element: HtmlElement) -> tuple[object, ...]:
    """What names the column of text an element is a paragraph of.

    Lines broken by hand share an element; paragraphs a parent; those that each have wrappers of
    their own (React) what the outermost wrappers stand in.
    """
    parent = element.getparent()
    if parent is None:
        return (element,)
    if element.tag in ("p", "h2", "h3", "h4", "li", "blockquote"):
        return ((parent, "p"),)
    outer = element
    while (
        parent is not None and parent.tag not in ("body", "td") and len(parent) == 1
        and not (parent.text or "").strip()
    ):  # fmt: skip
        outer, parent = parent, parent.getparent()
    return element, (parent, outer.tag, outer.get("class"))


def footer_start(blocks: Sequence[Block]) -> int:
    """The first line of the page's footer; the number of lines when it has none."""
    top = len(blocks)
    for block in reversed(blocks):
        if len(block.text) <= 250 and FOOTER.match(block.text):
            top = block.at
        elif top - block.at > FOOTER_GAP or (is_prose(block) and len(block.text) > PROSE):
            break
    return top
