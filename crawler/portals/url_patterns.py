"""What a site's article addresses have in common: patterns of them, and shapes that proved right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl

from crawler.parsing import is_number, split_url

FEWEST = 3  # addresses of one shape from which a pattern is drawn, or the next is believed
OTHERS = 0.1  # of a shape's pages that may have turned out to be something else
MOST = 3  # patterns of a site

NUMBER_LAST = re.compile(r"^(?P<slug>.+)-(?P<id>\d+)(?P<suffix>\.\w+)?$")
NUMBER_FIRST = re.compile(r"^(?P<id>\d+)-(?P<slug>.+?)(?P<suffix>\.\w+)?$")


def article_patterns(urls: Iterable[str]) -> tuple[str, ...]:
    """Patterns for `article_urls`, the commonest shape first; the number that names is `id`."""
    shapes: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        parts = split_url(url)
        shapes.setdefault(shape_of(parts.path, parts.query), []).append(url)
    common = sorted(shapes.values(), key=len, reverse=True)
    patterns = [_pattern(group) for group in common if len(group) >= FEWEST]
    return tuple(dict.fromkeys(pattern for pattern in patterns if pattern))[:MOST]


def shape_of(path: str, query: str) -> str:
    """What addresses of one pattern have in common: depth, how the last part is made, query keys."""
    segments = path.strip("/").split("/")
    last = segments[-1]
    made = (
        "number" if re.search(r"^\d+(?:\.\w+)?$", last)
        else "number-first" if NUMBER_FIRST.match(last)
        else "words"  # a number at the end may be the article's, or the year it speaks of
    )  # fmt: skip
    keys = ",".join(sorted(name.lower() for name, _ in parse_qsl(query)))
    numbered = ",".join(str(at) for at, part in enumerate(segments[:-1]) if is_number(part))
    return f"{len(segments)}|{made}|{keys}|{numbered}"


def _pattern(urls: Sequence[str]) -> str | None:
    paths = [split_url(url).path.strip("/").split("/") for url in urls]
    queries = [dict(parse_qsl(split_url(url).query)) for url in urls]
    named = _numbered_key(queries)
    segments = [
        _segment([path[at] for path in paths], named=named is not None)
        for at in range(len(paths[0]))
    ]
    path = "^/" + "/".join(segments)
    if "(?P<id>" in path.replace("(?P<id>", "", 1):
        # Two numbers: the last one is the article's.
        head, _, tail = path.rpartition("(?P<id>")
        path = head.replace("(?P<id>\\d+)", "\\d+") + "(?P<id>" + tail
    if named:
        return rf"{path}\?(?:.*&)?{re.escape(named)}=(?P<id>\d+)"
    return path + r"/?(?:\?|$)" if "[^/" in path or "(?P<id>" in path else None


def _numbered_key(queries: Sequence[dict[str, str]]) -> str | None:
    """The query key whose numbers differ from address to address."""
    for key in queries[0]:
        values = [query.get(key, "") for query in queries]
        if all(is_number(value) for value in values) and len(set(values)) == len(values):
            return key
    return None


def _segment(values: Sequence[str], *, named: bool) -> str:
    """One part of the path: itself where it never changes, else its form."""
    if len(set(values)) == 1:
        return re.escape(values[0]).replace(r"\-", "-")
    number = r"\d+" if named else r"(?P<id>\d+)"
    suffixes = {match[0] for value in values if (match := re.search(r"(\.\w+)?$", value))}
    suffix = re.escape(next(iter(suffixes))) if len(suffixes) == 1 else r"(?:\.\w+)?"
    numbers = [match["id"] for value in values if (match := NUMBER_LAST.match(value))]
    if len(numbers) == len(values) == len(set(numbers)):
        return rf"[^/?]+-{number}{suffix}"
    if all(NUMBER_FIRST.match(value) for value in values):
        return rf"{number}-[^/?]+{suffix}"
    if all(re.fullmatch(r"\d+(?:\.\w+)?", value) for value in values):
        return rf"{number}{suffix}"
    if all(value.count("-") >= 3 for value in values):
        return rf"[^/?-]+(?:-+[^/?-]+){{3,}}{suffix}"
    return r"[^/?]+"


class Shapes:
    """A site's addresses by what their pages turned out to be."""

    def __init__(self, proved: Iterable[tuple[str, bool]] = ()) -> None:
        self._articles: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        for url, article in proved:
            self.learn(url, article=article)

    def learn(self, url: str, *, article: bool) -> bool:
        """Note what a page was; whether that made its shape one of articles just now."""
        shape = _shape(url)
        before = self._is_promising(shape)
        (self._articles if article else self._others)[shape] += 1
        return self._is_promising(shape) and not before

    def promise(self, url: str) -> bool:
        """Whether an address looks like those of the site's articles."""
        return self._is_promising(_shape(url))

    def _is_promising(self, shape: str) -> bool:
        articles = self._articles[shape]
        return articles >= FEWEST and self._others[shape] <= OTHERS * articles


def _shape(url: str) -> str:
    """How an address is made; where a number names the page, also what the path says it is."""
    parts = split_url(url)
    shape = shape_of(parts.path, parts.query)
    if not parts.query and not re.search(r"/\d+(?:\.\w+)?/?$", parts.path):
        return shape
    return f"{shape}|{re.sub(r'[0-9]+', '0', parts.path)}"
