"""robots.txt read as RFC 9309 and Google's parser read it: which addresses a crawler may ask for."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from scrapy.robotstxt import RobotParser
from scrapy.utils.python import to_unicode

from crawler.parsing import split_url

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LONGEST_LINE = 2083 * 8 - 1  # characters; the rest of a line is not read
LINE_END = re.compile(r"\r\n|\n|\r")
PRODUCT = re.compile(r"[A-Za-z_-]*")
ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
UNRESERVED = re.compile(r"%(?:2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E)")
# How the words are misspelt on the web, and understood all the same.
AGENT = ("user-agent", "useragent", "user agent")
DISALLOW = ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")
ALLOW = ("allow",)
SITEMAP = ("sitemap", "site-map")
DELAY = ("crawl-delay", "crawldelay")


@dataclass
class Rules(RobotParser):
    """What one robots.txt says to one crawler, as any part of Scrapy may ask it."""

    agent: str = ""  # the product token of who reads
    text: str = ""
    named: list[tuple[bool, str]] = field(default_factory=list)  # allowed?, pattern
    everyone: list[tuple[bool, str]] = field(default_factory=list)
    is_named: bool = False  # a group of its own, be it empty
    delay: float | None = None
    sitemaps: list[str] = field(default_factory=list)

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Rules:
        agent = product_token(crawler.settings["USER_AGENT"])
        return read_robots(robots_text(robotstxt_body), agent)

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return self._of(user_agent).allows(to_unicode(url))

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        return self._of(user_agent).delay

    def _of(self, user_agent: str | bytes) -> Rules:
        agent = product_token(to_unicode(user_agent))
        return self if agent.lower() == self.agent.lower() else read_robots(self.text, agent)

    def allows(self, url: str) -> bool:
        """The longest rule that matches decides; between two as long, the one that allows."""
        path = path_of(url)
        rules = self.named if self.is_named else self.everyone
        allowed = max((_weight(p, path) for ok, p in rules if ok), default=-1)
        disallowed = max((_weight(p, path, strict=True) for ok, p in rules if not ok), default=-1)
        return disallowed <= max(allowed, 0)


def read_robots(text: str, agent: str) -> Rules:
    """The rules of `text` for the product token `agent`.

    Groups of one name are one group; only rules end a list of names, nothing else between does.
    """
    rules = Rules(agent, text)
    to_me = to_all = closed = False
    delays: dict[bool, float] = {}
    for key, value in _lines(text):
        if key.startswith(AGENT):
            if closed:
                to_me = to_all = closed = False
            if value == "*" or (value[:1] == "*" and value[1:2].isspace()):
                to_all = True
            elif (product := PRODUCT.match(value)) and product[0].lower() == agent.lower():
                to_me = rules.is_named = True
        elif key.startswith(SITEMAP):
            rules.sitemaps.append(value)
        elif key.startswith(DELAY):
            seconds = _seconds(value)
            if seconds is not None and (to_me or to_all):
                delays.setdefault(to_me, seconds)
        elif key.startswith((*ALLOW, *DISALLOW)) and (to_me or to_all):
            closed = True
            if value:
                rule = (key.startswith(ALLOW), _escaped(value))
                (rules.named if to_me else rules.everyone).append(rule)
    rules.delay = delays.get(True) if rules.is_named else delays.get(False)
    return rules


def product_token(user_agent: str) -> str:
    """What rules call a crawler: its name, without version and contact."""
    product = PRODUCT.match(user_agent.strip())
    return product[0] if product else ""


def path_of(url: str) -> str:
    """The part of an address that rules are about: path and query, non-ASCII encoded."""
    parts = split_url(url)
    path = parts.path or "/"
    return _escaped(f"{path}?{parts.query}" if parts.query or url.endswith("?") else path)


def robots_text(body: bytes) -> str:
    """A robots.txt as text: bytes that are no UTF-8 stand as they would in an address, `%E9`."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8", "percent").replace("\x00", "")


def _percent(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(f"%{byte:02X}" for byte in error.object[error.start : error.end]), error.end


codecs.register_error("percent", _percent)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Key (in lower case) and value of each line that has them."""
    for line in LINE_END.split(text.removeprefix("\ufeff")):
        line = line[:LONGEST_LINE].partition("#")[0].strip()
        key, colon, value = line.partition(":")
        if not colon:
            # Without the colon, when there are just two words.
            words = line.split()
            if len(words) != 2:
                continue
            key, value = words
        if key.strip():
            yield key.strip().lower(), value.strip()


def _escaped(value: str) -> str:
    """Non-ASCII percent-encoded, escapes in capitals."""
    ascii_only = "".join(
        char
        if char.isascii()
        else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in value
    )
    return ESCAPE.sub(lambda found: found[0].upper(), ascii_only)


def _weight(pattern: str, path: str, *, strict: bool = False) -> int:
    """The length of a pattern that matches, -1 when it does not.

    `strict`: also as it reads with letters and digits unescaped, as addresses are asked for.
    """
    if _matches(pattern, path):
        return len(pattern)
    if not pattern.startswith("/") and not pattern.startswith("*"):
        return -1
    slash = pattern.rfind("/")
    if not strict and pattern.startswith("/index.htm", slash):
        # Allowing the index of a folder allows the folder.
        return slash + 2 if _matches(pattern[: slash + 1] + "$", path) else -1
    if strict and "%" in pattern:
        plain = UNRESERVED.sub(lambda found: chr(int(found[0][1:], 16)), pattern)
        return len(pattern) if _matches(plain, path) else -1
    return -1


def _matches(pattern: str, path: str) -> bool:
    """`*` is anything, `$` at the end is the end; everything else is itself, from the start.

    A pattern is split at its stars and each piece looked for after the one before: no
    backtracking, whatever the pattern.
    """
    pieces, to_end = _compiled(pattern)
    first, rest = pieces[0], pieces[1:]
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not to_end or at == len(path)
    for piece in rest[:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = rest[-1]
    if to_end:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> tuple[tuple[str, ...], bool]:
    to_end = pattern.endswith("$")
    return tuple(re.sub(r"\*+", "*", pattern.removesuffix("$")).split("*")), to_end


def _seconds(value: str) -> float | None:
    found = re.match(r"\d{1,6}(?:\.\d{1,3})?", value)
    return float(found[0]) if found else None
