"""What only a page out of a web archive is asked: whose it is, and what its list lists."""

from __future__ import annotations

from crawler.extract.blocks import parse, read_blocks
from crawler.extract.decode import decode
from crawler.extract.list_entries import read_entries
from crawler.extract.sold_domains import names_an_office, sold
from crawler.items import Fetched, Reading, Refusal

HEADING = 300  # characters of a window's title


def look_again(
    reading: Reading, fetched: Fetched, *, entries: bool = False, sold_by_then: bool = False
) -> None:
    """Refuse what another owner of the domain wrote, and read a list's entries, in place.

    `sold_by_then`: the domain is known to have been sold before the page was captured, so that only
    a page is believed that names an office.
    """
    if fetched.status != 200 or (reading.refusal and reading.refusal.reason == "not_html"):
        return
    decoded = decode(fetched.body, fetched.header("content-type"))
    tree = parse(decoded.text)
    if tree is None:
        return
    blocks = read_blocks(tree)
    window = next(tree.iter("title"), None)
    heading = " ".join((window.text_content() if window is not None else "").split())[:HEADING]
    refusal = sold(blocks, heading, reading.article.title if reading.article else None)
    if refusal is None and sold_by_then and not names_an_office(blocks, heading):
        refusal = Refusal("parked", heading)
    if refusal is not None:
        reading.article, reading.links, reading.refusal = None, [], refusal
        reading.unmatched = None
    elif entries and reading.article is None:
        reading.entries = read_entries(tree, fetched.url)
