"""A portal's own sample pages: what was read on them once, and a person has checked, is read again."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.captures import read_capture, responses
from crawler.extract.page import read_page
from crawler.items import Article, Fetched
from crawler.portals.model import Portal
from pipelines.normalise_authors import normalise_authors
from pipelines.normalise_dates import normalise_dates
from pipelines.normalise_text import normalise_text


def article_of(fetched: Fetched, portal: Portal) -> Article:
    """The article on a page, its values normalised as the pipelines do it."""
    article = read_page(fetched, portal, expect="article").article
    assert article is not None
    normalise_text(article)
    normalise_dates(article, captured_at=fetched.fetched_at, portal=portal)
    normalise_authors(article, portal=portal)
    return article


def check(golden: Path, portal: Portal) -> None:
    """Every article of the file is read from its page as the file says."""
    said = json.loads(golden.read_text(encoding="utf-8"))
    assert said["reviewed"], f"nobody has reviewed {golden}: read it, then set reviewed to true"
    pages = {place.url: place for place in responses(golden.with_name("pages.warc.gz"))}
    assert said["articles"]
    for expected in said["articles"]:
        fetched = read_capture(pages[expected["url"]])
        article = article_of(fetched, portal)
        for name in ("title", "published", "published_raw", "byline", "section", "text"):
            assert getattr(article, name) == expected[name], (expected["url"], name)
