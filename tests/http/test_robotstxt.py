"""robots.txt: the rules of RFC 9309 and what Google's own tests of its parser ask for."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import load_object

from crawler import settings
from crawler.http.robotstxt import LONGEST_LINE, read_robots, robots_text

ME = "FooBot"
SITE = "http://a.example"
ALL_BUT = f"user-agent: {ME}\ndisallow: /\nallow: "
LONG = "/x/" + "a" * (LONGEST_LINE - len("disallow: ") - len("/x/") - 1)
LONG_ALLOW = "/x/" + "b" * (LONGEST_LINE - len("allow: ") - len("/x/") - 1)
GROUPS = (
    "allow: /foo/bar/\n\nuser-agent: FooBot\ndisallow: /\nallow: /x/\nuser-agent: BarBot\n"
    "disallow: /\nallow: /y/\n\n\nallow: /w/\nuser-agent: BazBot\n\nuser-agent: FooBot\n"
    "allow: /z/\ndisallow: /\n"
)


def allowed(text: str, agent: str, path: str) -> bool:
    return read_robots(text, agent).allows(SITE + path)


# robots.txt, the crawler, then paths that are allowed and paths that are not.
TABLE: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("", ME, ("", "/", "/x"), ()),
    ("user-agent: FooBot\ndisallow: /\n", "", ("", "/x"), ()),
    ("user-agent: FooBot\ndisallow: /\n", ME, (), ("", "/", "/x/y")),
    ("foo: FooBot\nbar: /\n", ME, ("/x/y",), ()),
    ("user-agent FooBot\ndisallow /\n", ME, (), ("/x/y",)),
    (GROUPS, "FooBot", ("/x/b", "/z/d"), ("/y/c", "/foo/bar/")),
    (GROUPS, "BarBot", ("/y/c", "/w/a"), ("/z/d", "/foo/bar/")),
    (GROUPS, "BazBot", ("/z/d",), ("/foo/bar/",)),
    # Names of lines and of crawlers in any case; paths as they are written.
    ("USER-AGENT: FooBot\nALLOW: /x/\nDISALLOW: /\n", ME, ("/x/y",), ("/a/b",)),
    ("uSeR-aGeNt: FooBot\nAlLoW: /x/\ndIsAlLoW: /\n", ME, ("/x/y",), ("/a/b",)),
    ("User-Agent: FOO BAR\nAllow: /x/\nDisallow: /\n", "Foo", ("/x/y",), ("/a/b",)),
    ("User-Agent: foo bar\nAllow: /x/\nDisallow: /\n", "foo", ("/x/y",), ("/a/b",)),
    ("User-Agent: FoO bAr\nAllow: /x/\nDisallow: /\n", "Foo", ("/x/y",), ("/a/b",)),
    ("user-agent: FooBot\ndisallow: /x/\n", ME, ("/X/y",), ("/x/y",)),
    ("user-agent: FooBot\ndisallow: /X/\n", ME, ("/x/y",), ("/X/y",)),
    # A name counts up to what cannot be in one.
    ("User-Agent: *\nDisallow: /\nUser-Agent: Foo Bar\nAllow: /x/\nDisallow: /\n", "Foo", ("/x/y",), ("/a",)),
    ("User-Agent: *\nDisallow: /\nUser-Agent: Foo Bar\nAllow: /x/\nDisallow: /\n", "Foo Bar", (), ("/x/y",)),
    ("User-agent: FooBot/2.1\nDisallow: /\n", ME, (), ("/x",)),
    ("User-agent: FooBotter\nDisallow: /\n", ME, ("/x",), ()),
    ("User-agent: Foo\nDisallow: /\n", ME, ("/x",), ()),
    ("User-agent: * here\nDisallow: /\n", ME, (), ("/x",)),
    ("User-agent: *foo\nDisallow: /\n", ME, ("/x",), ()),
    # The group for all is for those without one of their own, be that empty.
    ("user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n", ME, (), ("/x/y",)),
    ("user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n", "BarBot", ("/x/y",), ()),
    ("user-agent: FooBot\nallow: /\nuser-agent: BarBot\ndisallow: /\nuser-agent: BazBot\ndisallow: /\n", "QuxBot", ("/x/y",), ()),
    ("User-agent: *\nDisallow: /x/\nUser-agent: FooBot\nDisallow: /y/\n", ME, ("/x/page",), ("/y/page",)),
    ("User-agent: *\nDisallow: /\nUser-agent: FooBot\nDisallow:\n", ME, ("/x",), ()),
    ("User-agent: FooBot\nUser-agent: *\nDisallow: /x\n", ME, ("/y",), ("/x",)),
    ("User-agent: FooBot\nDisallow: /x\n\nUser-agent: FooBot\nDisallow: /y\n", ME, ("/z",), ("/x", "/y")),
    # Lines that are no rules do not part the names of a group.
    ("User-agent: FooBot\nSitemap: http://a/s.xml\nUser-agent: *\nDisallow: /x\n", ME, ("/y",), ("/x",)),
    ("User-agent: FooBot\nunicorns: yes\nUser-agent: *\nDisallow: /x\n", "BarBot", ("/y",), ("/x",)),
    ("User-agent: FooBot\nunicorns: yes\nUser-agent: *\nDisallow: /x\n", ME, ("/y",), ("/x",)),
    # The longest rule; of two as long the one that allows.
    ("user-agent: FooBot\ndisallow: /x/page.html\nallow: /x/\n", ME, ("/x/",), ("/x/page.html",)),
    ("user-agent: FooBot\nallow: /x/page.html\ndisallow: /x/\n", ME, ("/x/page.html",), ("/x/",)),
    ("user-agent: FooBot\ndisallow: \nallow: \n", ME, ("/x/page.html",), ()),
    ("user-agent: FooBot\ndisallow: /\nallow: /\n", ME, ("/x/page.html",), ()),
    ("user-agent: FooBot\ndisallow: /x\nallow: /x/\n", ME, ("/x/",), ("/x",)),
    ("user-agent: FooBot\ndisallow: /x/page.html\nallow: /x/page.html\n", ME, ("/x/page.html",), ()),
    ("user-agent: FooBot\nallow: /page\ndisallow: /*.html\n", ME, ("/page",), ("/page.html",)),
    ("user-agent: FooBot\nallow: /x/page.\ndisallow: /*.html\n", ME, ("/x/page.html",), ("/x/y.html",)),
    # Encodings.
    (ALL_BUT + "/foo/bar?qux=taz&baz=http://foo.bar?tar&par\n", ME, ("/foo/bar?qux=taz&baz=http://foo.bar?tar&par",), ("/foo/bar",)),
    (ALL_BUT + "/foo/bar/ツ\n", ME, ("/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"), ("/foo/bar/",)),
    (ALL_BUT + "/foo/bar/%E3%83%84\n", ME, ("/foo/bar/%E3%83%84",), ("/foo/bar/",)),
    (ALL_BUT + "/foo/bar/%e3%83%84\n", ME, ("/foo/bar/%E3%83%84",), ()),
    (ALL_BUT + "/foo/bar/%62%61%7A\n", ME, ("/foo/bar/%62%61%7A",), ("/foo/bar/baz",)),
    ("user-agent: *\ndisallow: /tin-tức\n", ME, ("/tin",), ("/tin-t%E1%BB%A9c/a.html",)),
    # Stricter than Google: what is forbidden escaped is forbidden plain.
    ("user-agent: *\ndisallow: /%7Ejoe\n", ME, ("/joe",), ("/%7Ejoe", "/~joe")),
    # Special characters.
    ("user-agent: FooBot\ndisallow: /foo/bar/quz\nallow: /foo/*/qux\n", ME, ("/foo/quz", "/foo//quz", "/foo/bax/quz"), ("/foo/bar/quz",)),
    ("user-agent: FooBot\ndisallow: /foo/bar$\nallow: /foo/bar/qux\n", ME, ("/foo/bar/qux", "/foo/bar/", "/foo/bar/baz"), ("/foo/bar",)),
    ("user-agent: FooBot\n# Disallow: /\nDisallow: /foo/quz#qux\nAllow: /\n", ME, ("/foo/bar",), ("/foo/quz",)),
    ("user-agent: *\ndisallow: /a$b\n", ME, ("/a",), ("/a$b",)),
    ("user-agent: *\ndisallow: /**x**$\n", ME, ("/a",), ("/ax", "/xx", "/axb")),
    ("user-agent: *\ndisallow: *\n", ME, (), ("/", "/a")),
    ("user-agent: *\ndisallow: /*?\n", ME, ("/a",), ("/a?b", "/?")),
    ("user-agent: *\ndisallow: /ab*ab$\n", ME, ("/ab", "/abc"), ("/abab", "/abxab")),
    ("User-Agent: *\nAllow: /allowed-slash/index.html\nDisallow: /\n", ME, ("/allowed-slash/", "/allowed-slash/index.html"), ("/allowed-slash/index.htm", "/anyother-url")),
    # Lines without end.
    (f"user-agent: FooBot\ndisallow: {LONG}/qux\n", ME, ("/fux",), (f"{LONG}/fux",)),
    (ALL_BUT + f"{LONG_ALLOW}/qux\n", ME, (f"{LONG_ALLOW}/qux", f"{LONG_ALLOW}/fux"), ("/",)),
    # Google's documentation.
    (ALL_BUT + "/fish\n", ME, ("/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fishheads/yummy.html", "/fish.html?id=anything"), ("/bar", "/Fish.asp", "/catfish", "/?id=fish")),
    (ALL_BUT + "/fish*\n", ME, ("/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fishheads/yummy.html", "/fish.html?id=anything"), ("/bar", "/Fish.bar", "/catfish", "/?id=fish")),
    (ALL_BUT + "/fish/\n", ME, ("/fish/", "/fish/salmon", "/fish/?salmon", "/fish/salmon.html", "/fish/?id=anything"), ("/bar", "/fish", "/fish.html", "/Fish/Salmon.html")),
    (ALL_BUT + "/*.php\n", ME, ("/filename.php", "/folder/filename.php", "/folder/filename.php?parameters", "//folder/any.php.file.html", "/filename.php/", "/index?f=filename.php/"), ("/bar", "/php/", "/index?php", "/windows.PHP")),
    (ALL_BUT + "/*.php$\n", ME, ("/filename.php", "/folder/filename.php"), ("/bar", "/filename.php?parameters", "/filename.php/", "/filename.php5", "/php/", "/filename?php", "/aaaphpaaa", "//windows.PHP")),
    (ALL_BUT + "/fish*.php\n", ME, ("/fish.php", "/fishheads/catfish.php?parameters"), ("/bar", "/Fish.PHP")),
    ("user-agent: FooBot\nallow: /p\ndisallow: /\n", ME, ("/page",), ()),
    ("user-agent: FooBot\nallow: /folder\ndisallow: /folder\n", ME, ("/folder/page",), ()),
    ("user-agent: FooBot\nallow: /page\ndisallow: /*.htm\n", ME, (), ("/page.htm",)),
    ("user-agent: FooBot\nallow: /$\ndisallow: /\n", ME, ("/",), ("/page.html",)),
    # Line ends, marks and misspellings.
    ("User-agent: FooBot\rDisallow: /x\rAllow: /x/y\r", ME, ("/x/y", "/z"), ("/x",)),
    ("User-agent: FooBot\r\nDisallow: /x\r\n", ME, ("/y",), ("/x",)),
    ("\ufeffUser-agent: FooBot\nDisallow: /x\n", ME, ("/y",), ("/x",)),
    ("User-agent:FooBot\n   Disallow   :   /x   # no\n", ME, ("/y",), ("/x",)),
    ("useragent: FooBot\nDissallow: /a\ndisalow: /b\ndiasllow: /c\ndisallaw: /d\ndissalow: /e\n", ME, ("/f",), ("/a", "/b", "/c", "/d", "/e")),
    ("user agent: FooBot\ndisallow: /a\n", ME, ("/f",), ("/a",)),
    ("<!DOCTYPE html><html><body>User-agent: *\n<p>Disallow: /</p></body></html>", ME, ("/x",), ()),
    ("Disallow: /\n", ME, ("/x",), ()),
    (":\n:: :\n\x00\nuser-agent: *\ndisallow: /x", ME, ("/y",), ("/x",)),
)  # fmt: skip
CHECKS = [
    (text, agent, path, answer)
    for text, agent, yes, no in TABLE
    for paths, answer in ((yes, True), (no, False))
    for path in paths
]


@pytest.mark.parametrize(("text", "agent", "path", "answer"), CHECKS, ids=range(len(CHECKS)))
def test_rules(text, agent, path, answer):
    assert allowed(text, agent, path) is answer


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("user-agent: *\ncrawl-delay: 10\n", 10.0),
        ("user-agent: *\nCrawl-Delay: 1.5\ndisallow: /x\n", 1.5),
        ("user-agent: FooBot\ncrawl-delay: 4\n\nuser-agent: *\ncrawl-delay: 10\n", 4.0),
        ("user-agent: *\ncrawl-delay: 10\n\nuser-agent: FooBot\ndisallow: /x\n", None),
        ("user-agent: BarBot\ncrawl-delay: 10\n", None),
        ("crawl-delay: 10\n", None),
        ("user-agent: *\ncrawl-delay: soon\n", None),
        ("user-agent: *\ncrawl-delay: -3\n", None),
        ("user-agent: *\ncrawl-delay: 99999999999\n", 999999.0),
        ("", None),
    ],
)
def test_crawl_delay(text, seconds):
    assert read_robots(text, ME).delay == seconds


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"a\xe9b", "a%E9b"),
        ("tức".encode(), "tức"),
        (b"\xff\xfeu\x00:\x00", "u:"),
        (b"a\x00b", "ab"),
        (b"\xc3\x28" * 2, "%C3(%C3("),
    ],
)
def test_any_bytes_are_text(body, text):
    assert robots_text(body).removeprefix("\ufeff") == text


def test_no_pattern_takes_long():
    hard = "user-agent: *\ndisallow: /" + "*a" * 2_000 + "$\n" + "disallow: /*b*c*d*e*f*g$\n" * 500
    began = time.process_time()
    assert allowed(hard, ME, "/" + "a" * 1_900)
    assert time.process_time() - began < 1


def test_the_rules_stand_behind_scrapys_interface():
    body = f"User-agent: {ME}\nDisallow: /a/\nCrawl-delay: 4\nUser-agent: other\nDisallow: /b/\n"
    crawler = SimpleNamespace(settings={"USER_AGENT": f"{ME}/1.0 (+https://a.example)"})
    rules = load_object(settings.ROBOTSTXT_PARSER)
    parser: RobotParser = rules.from_crawler(crawler, body.encode())
    assert isinstance(parser, RobotParser)
    assert not parser.allowed(f"{SITE}/a/x", f"{ME}/1.0")
    assert parser.allowed(f"{SITE}/b/x", crawler.settings["USER_AGENT"])
    assert not parser.allowed(f"{SITE}/b/x".encode(), b"Other/2.0")
    assert parser.allowed(f"{SITE}/a/x", "Other/2.0")
    assert parser.crawl_delay(ME) == 4.0
    assert parser.crawl_delay("other") is None
