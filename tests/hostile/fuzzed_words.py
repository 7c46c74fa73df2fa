"""More readers of what others say, for tests/hostile/test_fuzz.py: scripts, forms, cookies, questions."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import parse_qsl

from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse
from twisted.web.http_headers import Headers as TwistedHeaders

from crawler.crawl.link_selection import page_number, select_links
from crawler.crawl.session_cookies import SessionCookies
from crawler.extract.blocks import parse, read_blocks
from crawler.extract.links import declared_count, read_links
from crawler.extract.page import read_page
from crawler.extract.pictures import source_of
from crawler.http.head import read_field
from crawler.items import Fetched
from crawler.parsing import read_http_date, read_json
from crawler.portals.model import Portal
from crawler.portals.paging import paging
from crawler.portals.url_patterns import article_patterns
from crawler.run.clock_check import ClockCheck
from crawler.wayback.cdx import captured_at, endpoints, memento_timestamp
from publish.desk.filters import read_question
from publish.desk.middleware import askable
from publish.plugins.khcn_public import refused
from tests.hostile.pages import article

NOW = "2026-11-25T00:00:00Z"
PORTAL = Portal("any", "yen_bai", "Sở Khoa học và Công nghệ", hosts=("a.example",))
SIGNS = st.text(max_size=4)


def _said(*words: str, most: int = 20) -> st.SearchStrategy[str]:
    """Words of a language in any order, and other signs between them."""
    return st.lists(st.sampled_from(words) | SIGNS, max_size=most).map("".join)


def check_data(script: str, date: str) -> None:
    """JSON-LD, dates in the head and in `<time>`, beside an article."""
    read_json(script)
    head = (
        f'<script type="application/ld+json">{script}</script><meta name="date" content="{date}">'
    )
    after = f'<time itemprop="datePublished" datetime="{date}">{date}</time>'
    body = article(head=head, after=after, raw=True).encode("utf-8", "surrogatepass")
    fetched = Fetched("http://a.example/tin/x-1.html", NOW, 200, (), body)
    for expect in ("article", None):
        reading = read_page(fetched, PORTAL, key="1", expect=expect)
        assert reading.refusal is None or reading.refusal.reason != "extraction_error"


def check_forms(target: str, argument: str, text: str, script: str) -> None:
    """Pagers that post back, jump menus, moves by script, VNPT's lists, pictures' sizes."""
    link = f"""<a href="javascript:__doPostBack('{target}','{argument}')">{text}</a><b>{text}</b>"""
    html = (
        f"<html><head><meta http-equiv='refresh' content='0;url={target}'><base href='{target}'></head>"
        f"<body><form>{link}<input type='hidden' name='{text}' value='{argument}'></form>"
        f"<select><option value='/{argument}'>{text}</option></select><p>Tổng số tin: {text}</p>"
        f"<a href='{target}' onclick='window.open(\"{argument}\")'>{text}</a>"
        f"<img srcset='{target} {argument}w, {text} 2x' width='{text}'>"
        f"<script>LoadArticle article_category_id: '{argument}', maxPage = {text} {script}</script>"
    )
    tree = parse(html)
    if tree is None:
        return
    here = "http://a.example/tin?page=2"
    for link in read_links(tree, here, html=html):
        assert link.page < 2**63
        page_number(link.url, link.text, here)
        paging(link.url)
    found = read_links(tree, here, html=html)
    for kept in select_links(found, found_on="list", depth=0, base=here, portal=PORTAL, alike=len):
        kept.url.encode("ascii")
    article_patterns(link.url for link in found)
    count = declared_count(read_blocks(tree))
    assert count is None or 0 <= count < 2**63
    for picture in tree.iter("img"):
        source_of(picture)


def check_cookies(lines: list[str]) -> None:
    request = Request("http://a.example/")
    heard = TwistedHeaders()
    for line in lines:
        found = read_field(b"Set-Cookie:" + line.encode("utf-8", "surrogatepass"))
        if found:
            heard.addRawHeader(*found)
    raw = heard.getRawHeaders(b"Set-Cookie", [])
    response = HtmlResponse(request.url, headers={"Set-Cookie": raw}, request=request)
    jar = SessionCookies()
    jar.take(response)
    jar.heed(response)
    again, stranger = Request("http://a.example/x"), Request("http://b.example/")
    jar.carry(again)
    jar.carry(stranger)
    assert b"Cookie" not in stranger.headers
    sent = again.headers.get("Cookie") or b""
    assert b"\r" not in sent and b"\n" not in sent


def check_moments(text: str) -> None:
    """`Date`, `Memento-Datetime` and the addresses of an archive's records."""
    moment = read_http_date(text)
    assert moment is None or moment.tzinfo is UTC
    ClockCheck("2026-11-20T00:00:00+00:00").ahead_of(text, "2026-11-25T00:00:00+00:00", "a.vn")
    memento_timestamp(text)
    captured_at(text)
    endpoints(text)


def check_questions(query: str, path: str) -> None:
    """What anybody may put behind the address of the public site."""
    raw = query.encode("utf-8", "surrogatepass")
    scope = {"method": "GET", "path": f"/{path}", "query_string": raw}
    refused(scope)
    asked = dict(parse_qsl(raw.decode("latin-1"), keep_blank_values=True))
    question = read_question(asked)
    assert question.page >= 1
    assert read_question(dict(parse_qsl(question.query()))) == read_question(asked).__class__(
        **{name: getattr(question, name) for name in question.__slots__} | {"page": 1}
    )
    assert askable(askable(raw.decode("latin-1"))) == askable(raw.decode("latin-1"))


MOMENT = _said(
    "Wed, ", "21 ", "Oct ", "2015 ", "9999 ", "0000 ", "07:28:00", " GMT", " +", "-", "0700", "99999999",
    "/web/", "20240102030405", "id_/", "http://a.example/", "Wednesday", ",", ":",
)  # fmt: skip
CHECKS = {
    "data": (
        check_data,
        _said("{", "}", "[", "]", ":", ",", '"', '"@type"', '"NewsArticle"', '"headline"', '"articleBody"',
              '"datePublished":', '"2024-03-05"', '"9999-99-99T99:99"', "1e999", "\\ud800", "null", "[[[[", "</script>"),
        _said("2024", "-", "03", "05", "T", "08:15", "+07:00", "+99:99", "9999", "Z", "0"),
    ),
    "forms": (
        check_forms,
        _said("ctl00$Pager", "http://", "a.example", "/", "'", "[", "]", ":", "@", "²", most=6),
        _said("Page$", "2", "99999", "²", "٣", "'", "/tin", most=5),
        _said("2", "99999", "9" * 30, "²", "٣", "Trang sau", "…", "<", ",", ".", most=5),
        _said("maxPage", "=", "9", "}", ",", "categoryIds", ":", "'"),
    ),
    "cookies": (
        check_cookies,
        st.lists(_said("a=b", "; ", "Path=/", "Domain=", ".example", "a.example", "Expires=", "Max-Age=", "-1",
                       "9" * 30, "²", "\r\n", "\x00", "=", ",", "HttpOnly", "Wed, 21 Oct 9999 07:28:00 GMT"), max_size=5),
    ),
    "moments": (check_moments, MOMENT),
    "questions": (
        check_questions,
        _said("q=", "trang=", "nam=", "2024", "thang=", "2024-03", "tacgia=", "_size=", "_next=", "_search=", "&", "=",
              "%C2%B2", "%00", "%", "+", "²", "٣", "author=", ";", "9" * 30, "chuyenmuc=", "tinh=yen_bai"),
        _said("archive", "/", "articles", ".csv", ".json", "-/", "..", "\\", "dump"),
    ),
}  # fmt: skip
