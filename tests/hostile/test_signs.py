"""Every digit, bracket, control and space of Unicode through everything that reads page data."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from crawler.crawl.link_selection import page_number
from crawler.extract.bylines import find_byline
from crawler.extract.cleaning import clean
from crawler.extract.dates import parse_date
from crawler.extract.mojibake import mend
from crawler.extract.page import read_page
from crawler.http.head import coding_of, header_text, read_head, read_status
from crawler.http.outcomes import retry_after
from crawler.http.public_addresses import allowed_places, is_public, place_of
from crawler.http.robotstxt import read_robots
from crawler.items import Fetched
from crawler.portals.model import Portal
from crawler.portals.paging import paging
from crawler.portals.url_patterns import article_patterns
from crawler.portals.urls import classify_url
from crawler.wayback.cdx import endpoints, memento_timestamp, read_index
from pipelines.normalise_text import tidy
from publish.desk.filters import read_question
from publish.plugins.khcn_public import refused
from tests.hostile.pages import article

NOW = "2026-11-25T00:00:00Z"
PORTAL = Portal("any", "yen_bai", "Sở Khoa học và Công nghệ", hosts=("a.example",))
WANTED = {"Ps", "Pe", "Pi", "Pf", "Cc", "Cf", "Zs", "Zl", "Zp"}
SIGNS = [
    letter
    for letter in map(chr, range(0x110000))
    if unicodedata.category(letter) in WANTED
    or letter.isnumeric()
    or letter in "\ufffe\uffff\ufdd0\U0001ffff\ud800\udbff\udc00\udfff\u3164\u2800"
]


def dates(sign: str) -> None:
    for text in (
        f"{sign}/{sign}/2024 {sign}:{sign}", f"05/03/2024 08:15 +{sign}:{sign}", f"{sign} giờ trước",
        f"2024-03-05T08:15:00+{sign * 9}:{sign * 9}", f"ngày {sign} tháng {sign} năm {sign * 4}",
        f"31/12/9999 23:59 GMT-{sign}", f"{sign * 40} năm trước",
    ):  # fmt: skip
        parse_date(text, captured_at=NOW)


def addresses(sign: str) -> None:
    for url in (
        f"http://{sign}", f"http://a{sign}b/", f"http://a.example:{sign}/", f"//{sign}@a.example/",
        f"/tin-{sign}.html?page={sign}&{sign}={sign}", f"http://a.example/page/{sign}", f"http://[{sign}]/",
    ):  # fmt: skip
        found = classify_url(url, PORTAL, base="http://a.example/")
        assert found.url.isascii() or found.kind == "outside"
        paging(found.url)
        page_number(url, sign, "http://a.example/tin")
        try:
            place_of(url)
        except ValueError:
            continue
    article_patterns([f"http://a.example/x/{sign}{n}-{sign}.html?id={sign}" for n in range(4)])
    allowed_places((f"a:{sign}", f"{sign}:80"))
    is_public(sign)


def headers(sign: str) -> None:
    raw = sign.encode("utf-8", "surrogatepass")
    read_status(b"HTTP/%s.%s %s %s" % (raw, raw, raw, raw))
    read_head(b"HTTP/1.1 200 %s\r\n%s: %s\r\n%s\r\n" % (raw, raw, raw, raw))
    header_text(raw)
    with suppress(ValueError):
        coding_of([raw])
    for value in (
        sign,
        f"Wed, 21 Oct {sign * 4} 07:28:00 GMT",
        f"Wed, {sign} Oct 2015 07:28 +{sign}",
    ):
        seconds = retry_after(value, datetime(2026, 11, 25, tzinfo=UTC))
        assert seconds is None or seconds >= 0
        memento_timestamp(value)


def robots(sign: str) -> None:
    text = f"user-agent: *\ncrawl-delay: {sign}\nsitemap: http://{sign}/\ndisallow: /{sign}\n{sign}"
    rules = read_robots(text, "khcn-archive")
    rules.allows(f"http://a.example/{sign}")
    rules.allows(f"http://[{sign}/")


def archives(sign: str) -> None:
    rows = [["urlkey", "timestamp", "original"], [sign, sign * 14, f"http://{sign}/"]]
    for body in (json.dumps(rows), json.dumps({"timestamp": sign, "url": sign}), f"[{sign}", sign):
        try:
            read_index(body.encode("utf-8", "surrogatepass"), limit=5)
        except ValueError:
            continue
    endpoints(f"http://{sign}/cdx")


def text(sign: str) -> None:
    for line in (f"a{sign}b", f"Tác giả: {sign}Nguyễn Văn An{sign}", f"Theo {sign}", sign):
        tidied = tidy(clean(line)) or ""
        tidied.encode()
        mend(line)
        find_byline(["Một dòng của bài.", tidied], portal=PORTAL)


def desk(sign: str) -> None:
    if "\ud800" <= sign <= "\udfff":
        return  # no server hands these on
    names = ("q", "trang", "nam", "thang", "tacgia", "tinh", "xep", "chuyenmuc")
    read_question(dict.fromkeys(names, sign)).query()
    query = "&".join(f"{name}={sign}" for name in ("_size", "_next", "_ttl", "id__gt", "trang"))
    raw = query.encode("utf-8", "surrogatepass")
    scope = {"method": "GET", "path": "/archive/articles", "query_string": raw}
    refused(scope)


READERS = [dates, addresses, headers, robots, archives, text, desk]


def test_there_are_signs_enough():
    assert len(SIGNS) > 2_000 and "²" in SIGNS and "٣" in SIGNS and "\u202e" in SIGNS


@pytest.mark.parametrize("reader", READERS)
def test_no_sign_breaks(reader):
    for sign in SIGNS:
        reader(sign)


@pytest.mark.parametrize("expect", ["article", "list", None])
def test_no_sign_breaks_a_page(expect):
    """Some at a time, wherever a page says something."""
    for signs in (SIGNS[at : at + 40] for at in range(0, len(SIGNS), 40)):
        inside = "".join(
            f'<a href="http://{s}/">{s}</a><a href="{s}">{s}</a><img src="{s}" width="{s}">'
            f"<a href=\"javascript:__doPostBack('{s}','Page${s}')\">{s}</a><span>{s}</span>"
            f"<p>{s}/{s}/2024 {s}:{s}</p>"
            for s in signs
        )
        head = f'<meta charset="utf-8"><meta property="article:published_time" content="2024-{signs[0]}-05">'
        page = article(head=head, after=inside, raw=True)
        body = page.encode("utf-8", "surrogatepass")
        fetched = Fetched("http://a.example/tin/x-1.html", NOW, 200, (), body)
        reading = read_page(fetched, PORTAL, key="1", expect=expect)
        assert reading.refusal is None or reading.refusal.reason != "extraction_error"
        if reading.article:
            reading.article.text.encode()
