"""Where an article is over: the heading of a related list, the page's footer.

Such a heading also stands above articles, in a left column or a toolbar: it ends one only when
text came before it, or when headlines follow it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.extract.blocks import Block
from crawler.extract.boilerplate_rules import ends_article
from crawler.extract.file_links import leads_to_files

PROSE = 60  # characters of a line that reads as prose
ENDS = re.compile(r"[.!?:;…\"”)]\s*$")
HEADLINE = 25  # characters of a link that is the title of another article
FOLLOWING = 5  # lines below a heading that tell what it heads
FOOTER_GAP = 12  # lines without a footer's mark that a footer may hold
FOOTER = re.compile(
    r"^[\W_]*(?:giấy phép (?:số|thiết lập|hoạt động|xuất bản|trang)|cơ quan (?:chủ quản|quản lý|thường trực)\b"
    r"|(?:người )?chịu trách nhiệm|trưởng ban biên tập|bản quyền|©|copyright|\(c\)\s|all rights reserved|ghi rõ nguồn"
    r"|(?:trang|cổng)(?: thông tin| tt| ttđt)(?: điện tử)?(?:\s[\w&,\- ]{0,100})?$|(?:số )?\d{1,4}[a-z]?(?:/\d+)?,? (?:đường|phố|đại lộ|ngõ|quốc lộ|khu|ấp|tổ)\b[^.]{5,150}(?:tỉnh|thành phố|tp\.?|việt nam)\b[^.]{0,60}$|trụ sở(?: chính)?\s?:|địa chỉ\s?:.{5,200}$"
    r"|(?:điện thoại|đt|tel|fax|hotline|đường dây nóng|e-?mail|website)\s?:.{3,150}$"
    r"|(?:đơn vị )?(?:quản lý|vận hành|thiết kế|phát triển|xây dựng)(?: và (?:vận hành|phát triển))? (?:bởi|website|trang)\b"
    r"|(?:designed|developed|powered) by\b)",
    re.IGNORECASE,
)


def is_prose(block: Block) -> bool:
    """A line that reads as running text and is no link."""
    text = block.text
    return block.density < 0.4 and (
        len(text) >= PROSE or (len(text) >= HEADLINE and bool(ENDS.search(text)))
    )


def is_headline(block: Block) -> bool:
    """A line that is mostly a link and as long as a title."""
    return block.density > 0.5 and len(block.text) >= HEADLINE and not leads_to_files(block)


def is_over(blocks: Sequence[Block], at: int, *, prose: int) -> bool:
    """Whether the line ends the article above it; `prose`: characters of text that came before."""
    if not ends_article(blocks[at].text):
        return False
    if prose >= PROSE:
        return True
    following = blocks[at + 1 : at + 1 + FOLLOWING]
    return sum(map(is_headline, following)) >= 2


def lane(element: HtmlElement) -> HtmlElement:
    """The element whose children a text's paragraphs are."""
    parent = element.getparent()
    return (
        parent if parent is not None and element.tag in ("p", "h2", "h3", "h4", "li") else element
    )


def goes_on(rest: Sequence[Block], lanes: set[HtmlElement]) -> bool:
    """Whether the text goes on beside itself: a photo's © or a box in it is not its end."""
    return sum(len(b.text) for b in rest if is_prose(b) and lane(b.element) in lanes) >= 1.5 * PROSE


def footer_start(blocks: Sequence[Block]) -> int:
    """The first line of the page's footer; the number of lines when it has none."""
    top = len(blocks)
    for block in reversed(blocks):
        if len(block.text) <= 250 and FOOTER.match(block.text):
            top = block.at
        elif top - block.at > FOOTER_GAP or (is_prose(block) and len(block.text) > PROSE):
            break
    return top
