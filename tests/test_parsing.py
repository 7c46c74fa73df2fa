"""Addresses, numbers and dates that are none; and nobody reads them in another way."""

from __future__ import annotations

import ast
import unicodedata
from datetime import UTC, datetime

import pytest

from crawler.parsing import is_number, join_url, number, read_http_date, read_json, split_url
from tests.conftest import ROOT

SOURCES = sorted(
    path for room in ("crawler", "pipelines", "publish") for path in (ROOT / room).rglob("*.py")
)
# What raises, or takes for a digit what `int` does not, when it meets other people's data.
RAW = {
    "urlsplit", "urlparse", "urljoin", "isdigit", "isdecimal", "isnumeric",
    "parsedate_to_datetime", "parsedate", "parsedate_tz",
}  # fmt: skip
DIGITS = [c for c in map(chr, range(0x110000)) if c.isdigit() or c.isnumeric() or c.isdecimal()]


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_one_place_reads_what_may_be_none(path):
    if path == ROOT / "crawler" / "parsing.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.name for alias in node.names}
    assert names & RAW == set(), "crawler.parsing has a guarded one"


def test_digits_of_all_scripts():
    assert len(DIGITS) > 800
    for digit in DIGITS:
        plain = digit in "0123456789"
        assert is_number(digit) == plain and (number(digit) is not None) == plain
    assert number("007") == 7 and number(" 7") is None and number("") is None is number(None)
    assert number("-1") is None and number("9" * 5000) is None and number("1_0") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://[email protected]", "http://[", "http://]", "http://a[b]/", "http://a:x/", "http://a:99999/",
        "http://a:²/", "http://a:-1/", "//[", "http://℀.vn/", "http://a／b/", "https://[v1.x", "http://[::1",
    ],
)  # fmt: skip
def test_an_address_that_is_none(url):
    parts = split_url(url)
    assert (parts.scheme, parts.hostname, parts.port, parts.path) == ("", None, None, "")
    for joined in (join_url("http://a.vn/x/", url), join_url(url, "y")):
        assert isinstance(joined, str)


def test_an_address_that_is_one():
    assert split_url("https://a.vn:80/x?y=1#z").port == 80
    assert join_url("https://a.vn/x/", "../y") == "https://a.vn/y"


@pytest.mark.parametrize("letter", [chr(n) for n in range(0x3000) if not chr(n).isalnum()])
def test_no_sign_breaks_an_address(letter):
    if unicodedata.category(letter) == "Cs":
        return
    for url in (f"http://{letter}", f"http://a{letter}b/", f"//{letter}@a/", f"http://a:{letter}/"):
        split_url(url), join_url("http://a.vn/", url), join_url(url, "x")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Wed, 21 Oct 2015 07:28:00 GMT", datetime(2015, 10, 21, 7, 28, tzinfo=UTC)),
        ("Wed, 21 Oct 2015 07:28:00 +0700", datetime(2015, 10, 21, 0, 28, tzinfo=UTC)),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999", None),
        ("Wed, 21 Oct 2015 07:28:00 -9999", None),
        ("Fri, 31 Dec 9999 23:59:59 -1400", None),
        ("Wed, ²¹ Oct 2015 07:28:00 GMT", None),
        ("Wed, 21 Oct 99999999999 07:28:00 GMT", None),
        ("", None), ("²", None), (",", None), ("\x00", None), ("[", None), ("Wed", None),
    ],
)  # fmt: skip
def test_dates_of_http(text, moment):
    assert read_http_date(text) == moment


def test_json_that_is_none():
    assert read_json("[" * 200_000) is None and read_json("{") is None
    assert read_json("9" * 9_000) is None and read_json(b"\xff") is None
    assert read_json('{"a": [1]}') == {"a": [1]}
