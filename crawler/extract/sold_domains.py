"""Domains that were sold: what stands there now was not written by the office whose name they bear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.blocks import Block
from crawler.items import Refusal
from crawler.text.folding import fold

LOOKED_AT = 40_000  # characters of a page
MESSAGE = 200  # characters of a heading that are kept
MOST_LINKED = (
    0.5  # of a line: links that were smuggled into an office's page are no text of its own
)
DIFFERENT, OFTEN = 2, 4  # words of the trade that make a page one of it
OUTNUMBERED = 3  # words of the trade for each one of an office

# Folded words, of those who buy what others let go: bets, lotteries, loans, pills.
TRADE = re.compile(
    r"nha cai|ca cuoc|cuoc the thao|keo nha cai|soi keo|ca do|casino|song bac|danh bac truc tuyen|slot ?game"
    r"|slots?\b|no hu|ban ca doi thuong|game bai|doi thuong|tai xiu|xoc dia|baccarat|roulette|black ?jack|poker"
    r"|lo de|soi cau|xo so (?:truc tuyen|online)|da ga truc tuyen|khuyen mai (?:nap|nap dau)|nap rut"
    r"|\b(?:kubet|jun88|shbet|hi88|789bet|new88|fun88|w88|188bet|bong88|fb88|8xbet|sunwin|go88|i9bet|okvip|8kbet|bk8|m88"
    r"|vn88|sv388|188loto|rikvip|b52 club|789club|five88|letou|dafabet|fabet|s666|mb66|f8bet|typhu88|win55|33win)\b"
    r"|\b[a-z]{3,6}(?:88|77|66|99|789)\b|betting|bookmaker|sportsbook|gambling|jackpot|free spins|judi|togel|gacor"
    r"|maxwin|situs slot|bandar|taruhan|viagra|cialis|payday loan|sex ?cam|escort"
    r"|博彩|彩票|娱乐城|百家乐|赌场|赌博|老虎机|足球投注|คาสิโน|สล็อต|บาคาร่า|แทงบอล|หวย|카지노|바카라|토토사이트|オンラインカジノ"
)
# Who sells the name itself.
SALE = re.compile(
    r"(?:domain|website|ten mien)\b.{0,60}\b(?:for sale|is available|has expired|da het han|dang duoc rao ban|duoc rao ban)"
    r"|buy (?:this|the) domain|mua ten mien nay|premium domain|domain parking|parked (?:free|domain)|hugedomains|sedo\b|afternic"
    r"|dan\.com|bodis|parkingcrew|future home of something|this domain was (?:recently )?registered"
)
# Whose the page is by its own words.
OFFICE = re.compile(
    r"khoa hoc (?:va|&) cong nghe|khoa hoc cong nghe|\bkh ?& ?cn\b|\bkhcn\b|uy ban nhan dan|\bubnd\b|\bgov\.vn\b"
    r"|thong tin va truyen thong|co quan chu quan|chiu trach nhiem (?:chinh|noi dung|xuat ban)|\bso (?:tt&tt|tttt)\b"
    r"|cong thong tin dien tu|trang thong tin dien tu|department of science"
)


def sold(blocks: Sequence[Block], heading: str, title: str | None) -> Refusal | None:
    """Why a page is another owner's; None when nothing says so.

    An office writes about gambling too, and its page may hold smuggled links: what counts is what
    stands in lines of text, beside how often the page names an office.
    """
    named = fold(f"{heading}\n{title or ''}")
    if SALE.search(named):
        return Refusal("parked", heading[:MESSAGE])
    written = fold("\n".join(b.text for b in blocks if b.density < MOST_LINKED)[:LOOKED_AT])
    trade = TRADE.findall(f"{named}\n{written}")
    if len(trade) < DIFFERENT:
        return None
    offices = len(OFFICE.findall(fold("\n".join(b.text for b in blocks)[:LOOKED_AT])))
    many = len(set(trade)) >= DIFFERENT and len(trade) >= OFTEN
    if many and len(trade) > OUTNUMBERED * offices:
        return Refusal("parked", heading[:MESSAGE])
    if TRADE.search(named) and not offices:
        return Refusal("parked", heading[:MESSAGE])
    return None


def names_an_office(blocks: Sequence[Block], heading: str) -> bool:
    """Whether a page says that it is an office's: asked where its domain is known to be sold."""
    text = "\n".join((heading, *(block.text for block in blocks)))
    return OFFICE.search(fold(text[:LOOKED_AT])) is not None
