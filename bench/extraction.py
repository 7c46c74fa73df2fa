"""Our extraction and its peers on the same pages: what each gets right, and what it costs.

Real saved pages with gold are read from `../shared/captures` (SHARED_DIR) when they are there; the
bundled sample portals always. Times are CPU time a page, methods in turn on each page, as ratios to
trafilatura with metadata.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import Settings

from bench.corpus import SHELLS, HeavySite, corpus
from bench.peers import Extractor, Row, installed
from crawler.captures import read_capture, responses
from crawler.extract.page import read_page
from crawler.items import Fetched
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url
from crawler.registry.portals import known_portals, portal_of
from crawler.registry.unknown_portal import portal_by_page
from pipelines.normalise_authors import normalise_authors
from pipelines.normalise_dates import normalise_dates
from pipelines.normalise_text import normalise_text
from samples.layouts.articles import ARTICLES
from samples.layouts.crowded import LAYOUTS
from samples.portals import SITES

SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).resolve().parents[2] / "shared"))
BASE = "trafilatura, metadata"
UNSEEN = "unseen: "  # real sites of which nothing is known beforehand
REPEATS = 3
HEAVY = 15  # heavy pages of each system


@dataclass
class Tally:
    """What one method got right on one set."""

    hit: int = 0
    found: int = 0
    wanted: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def merge(self, other: Tally) -> None:
        self.hit, self.found, self.wanted = (
            self.hit + other.hit, self.found + other.found, self.wanted + other.wanted
        )  # fmt: skip
        self.counts.update(other.counts)
        self.seconds += other.seconds

    def add(self, gold: dict[str, Any], row: Row) -> None:
        want, got = shingles(body(gold)), shingles(body(row))
        self.hit += sum((want & got).values())
        self.found += sum(got.values())
        self.wanted += sum(want.values())
        self.counts["title"] += words(gold["title"]) == words(row.get("title"))
        self.counts.update(compared("date", gold["date"], row.get("published")))
        self.counts.update(compared("author", names(gold.get("author")), authors(row)))

    @property
    def scores(self) -> tuple[float, float, float]:
        precision = self.hit / self.found if self.found else 0.0
        recall = self.hit / self.wanted if self.wanted else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


def words(text: object) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", str(text or "")).casefold())


def shingles(tokens: list[str], size: int = 4) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1)))


def body(row: Row) -> list[str]:
    """Summary and text as words, without the closing byline on either side."""
    summary, text = words(row.get("summary") or row.get("sapo")), words(row.get("text"))
    tokens = text if text[: len(summary)] == summary else summary + text
    tail = words(row.get("author")) or words(row.get("byline"))
    return tokens[: -len(tail)] if tail and tokens[-len(tail) :] == tail else tokens


def names(author: object) -> set[str]:
    return {" ".join(words(author))} - {""}


def authors(row: Row) -> set[str]:
    found: Iterable[Any] = row.get("authors") or []  # type: ignore[assignment]
    return {" ".join(words(name)) for name in found} - {""}


def compared(what: str, want: Any, got: Any) -> Iterator[str]:
    """`right`, `wrong`, `missed` or `invented`; a date by its day."""
    if what == "date":
        want, got = str(want or "")[:10], str(got or "")[:10]
    if want and got:
        yield f"{what} {'right' if want == got else 'wrong'}"
    elif want or got:
        yield f"{what} {'missed' if want else 'invented'}"


def ours(portal: Portal, fetched: Fetched) -> Row:
    article = read_page(
        fetched, portal, expect="article" if portal.article_urls else "headline"
    ).article
    if article is None:
        return {"text": ""}
    normalise_text(article)
    normalise_dates(article, captured_at=fetched.fetched_at, portal=portal)
    normalise_authors(article, portal=portal)
    return {
        "title": article.title,
        "summary": article.summary,
        "text": article.text,
        "byline": article.byline,
        "published": article.published,
        "authors": [a.name for a in article.authors if a.role == "author"],
    }


def captured(name: str) -> Iterator[tuple[Fetched, dict[str, Any]]]:
    """Real saved pages with what a careful reader would note of them; none when they are not here."""
    if not (SHARED / "captures" / f"{name}.warc.gz").is_file():
        print(f"không có / not here: {SHARED / 'captures' / name}.warc.gz")
        return
    lines = (SHARED / "captures" / f"{name}.gold.jsonl").read_text("utf-8").splitlines()
    gold = {row["url"]: row for row in map(json.loads, lines)}
    for place in responses(SHARED / "captures" / f"{name}.warc.gz"):
        if place.url in gold:
            yield read_capture(place), gold[place.url]


def sets() -> Iterator[tuple[str, list[tuple[Fetched, Portal, dict[str, Any]]]]]:
    """Pages with what should be read on them, and the facts that are known of their portal."""
    portals = known_portals(Settings({"SPIDER_MODULES": ["spiders"]}))
    for name in ("ha_noi_liferay", "nukeviet"):
        yield (
            name,
            [
                (fetched, portal_of(fetched.url, portals.values()) or portal_by_page(fetched), row)
                for fetched, row in captured(name)
            ],
        )
    unseen: dict[str, list[tuple[Fetched, Portal, dict[str, Any]]]] = defaultdict(list)
    for fetched, row in captured("real_sites"):
        # Nobody described these: what an address looks like is no proof.
        facts = replace(portal_by_page(fetched), article_urls=())
        unseen[urlsplit(fetched.url).netloc].append((fetched, facts, row))
    for host, of_site in sorted(unseen.items()):
        yield f"{UNSEEN}{host}", of_site
    for name, build in SITES.items():
        site = build()
        pages = []
        for row in site.gold():
            address = row["url"].removeprefix(site.root)
            content = site.answer(address).body.encode()
            fetched = Fetched(row["url"], site.captured_at, 200, (), content)
            facts = portals.get(name) or portal_by_page(fetched)
            pages.append((fetched, facts, row))
        yield f"samples: {name}", pages
    yield "samples: layouts", list(_layouts())
    for site in corpus(len(SHELLS), HEAVY):
        yield f"heavy pages: {site.system}", list(_heavy(site))


def _heavy(site: HeavySite) -> Iterator[tuple[Fetched, Portal, dict[str, Any]]]:
    """Pages that weigh what real ones do: what the times are about."""
    for row in site.site.gold():
        content = site.answer(row["url"].removeprefix(site.site.root)).body.encode()
        fetched = Fetched(row["url"], site.site.captured_at, 200, (), content)
        yield fetched, portal_by_page(fetched), row


def _layouts() -> Iterator[tuple[Fetched, Portal, dict[str, Any]]]:
    """Every kind of article in the markup of many systems, each on a site nobody described."""
    for draw, url in LAYOUTS.values():
        for printed in ARTICLES:
            fetched = Fetched(url, "2024-07-18T03:00:00Z", 200, (), draw(printed).encode())
            yield (
                fetched,
                replace(portal_by_page(fetched), article_urls=()),
                {
                    "url": url,
                    "title": printed.title,
                    "date": printed.date,
                    "author": " ".join(printed.authors),
                    "sapo": printed.sapo,
                    "text": "\n".join(printed.lines),
                },
            )


def main(*, quick: bool = False) -> None:
    warnings.simplefilter("ignore")
    peers = installed()
    methods = ("ours", "ours, generic", *peers)
    unseen = {method: Tally() for method in methods}
    count = 0
    for name, pages in sets():
        if not pages:
            continue
        if quick:
            pages = pages[:3]
        tallies = {method: Tally() for method in methods}
        for fetched, portal, gold in pages:
            assert classify_url(fetched.url, portal).kind != "outside"
            _measure(tallies, peers, fetched, portal, gold)
        _print(name, len(pages), tallies)
        if name.startswith(UNSEEN):
            count += len(pages)
            for method, tally in tallies.items():
                unseen[method].merge(tally)
    if count:
        _print(f"{UNSEEN}all sites", count, unseen)


def _measure(
    tallies: dict[str, Tally],
    peers: dict[str, Extractor],
    fetched: Fetched,
    portal: Portal,
    gold: dict,
) -> None:
    methods = {
        "ours": lambda: ours(portal, fetched),
        "ours, generic": lambda: ours(portal.generic(), fetched),
        **{name: lambda f=peer: f(fetched.url, fetched.body) for name, peer in peers.items()},
    }
    for method, read in methods.items():
        times = []
        for _ in range(REPEATS):
            began = process_time()
            try:
                row = read()
            except (ValueError, TypeError, AttributeError, LookupError) as error:
                row = {"text": "", "error": str(error)}
            times.append(process_time() - began)
        tallies[method].seconds.append(min(times))
        tallies[method].add(gold, row)


def _print(name: str, pages: int, tallies: dict[str, Tally]) -> None:
    print(f"\n{name}: {pages} trang / pages")
    print(
        f"{'':24}{'P':>7}{'R':>7}{'F1':>7} {'title':>6} {'date':>17} {'author':>17} "
        f"{'ms/page':>8} {'ratio':>6}"
    )
    base = sum(tallies[BASE].seconds) if BASE in tallies else None
    for method, tally in tallies.items():
        counts = tally.counts
        marks = {
            what: "/".join(
                str(counts[f"{what} {k}"]) for k in ("right", "wrong", "missed", "invented")
            )
            for what in ("date", "author")
        }
        spent = sum(tally.seconds)
        ratio = f"{base / spent:6.2f}" if base and spent else "     -"
        print(
            f"{method:24}" + "".join(f"{score:7.4f}" for score in tally.scores)
            + f" {counts['title']:>6} {marks['date']:>17} {marks['author']:>17} "
            f"{1000 * median(tally.seconds):8.1f} {ratio}"
        )  # fmt: skip
    print("date, author: right/wrong/missed/invented; ratio: times faster than " + BASE)


if __name__ == "__main__":
    main()
