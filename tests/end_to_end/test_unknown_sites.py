"""Sites nobody described: every article with its text, nothing that is none, few requests."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from samples.server import serve
from tests.end_to_end.blog_sites import BLOGS
from tests.end_to_end.hidden_sites import HIDDEN
from tests.end_to_end.test_systems import crawl
from tests.end_to_end.unknown_sites import UNKNOWN
from tests.scrapy_command import rows

SITES = {**UNKNOWN, **HIDDEN, **BLOGS}
ALIKE = 0.99  # F1 of four words in a row, over the site
DEAR = 1.5  # requests for each page of the site
TWICE = {"slash_301", "slash_308", "new_slugs"}  # sites that answer each page by two requests


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def f1(pairs) -> float:
    """How alike stored texts are to those they should be, all together."""
    same = whole = 0
    for wanted, got in pairs:
        there, here = shingles(wanted), shingles(got)
        same += sum((there & here).values())
        whole += sum(there.values()) + sum(here.values())
    return 2 * same / whole


@pytest.mark.parametrize("name", SITES)
def test_every_article_and_nothing_else(name, tmp_path):
    site, archive = SITES[name](), tmp_path / "archive.db"
    with serve(site) as served:
        done = crawl(site, served, archive)
        assert "Traceback" not in done.stderr
        asked = [path for _, path in served.hits]
    stored = rows(archive, "select title, summary, text from articles")
    assert sorted(title for title, _, _ in stored) == sorted(a.title for a in site.articles)
    texts = {title: f"{summary or ''} {text}" for title, summary, text in stored}
    wanted = {a.title: " ".join([a.summary or "", *a.lines]) for a in site.articles}
    assert f1((wanted[title], texts[title]) for title in wanted) >= ALIKE
    alarmed = rows(archive, "select code from alarms")
    assert alarmed == ([("no_dates",)] if name == "undated" else []), done.stderr
    pages = (len(site.articles) + len(site.lists)) * (2 if name in TWICE else 1)
    assert len(asked) <= DEAR * pages, Counter(asked).most_common(20)
