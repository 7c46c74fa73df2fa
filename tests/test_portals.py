"""Every province has its spider, and what the spiders declare holds together."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml.cssselect import CSSSelector
from scrapy.settings import Settings

from crawler.portals.canonical import canonical
from crawler.portals.provinces import PROVINCES
from crawler.portals.urls import classify_url
from crawler.registry.portals import known_portals, portal_of
from tests.conftest import ROOT, SHARED
from tests.golden import check
from tests.portal_table import table

PORTALS = known_portals(Settings({"SPIDER_MODULES": ["spiders"]}))
SEEN = [
    line.split("\t")
    for line in (ROOT / "tests/portals/addresses.tsv").read_text(encoding="utf-8").splitlines()
]


def test_every_province_has_a_portal():
    served = {portal.province for portal in PORTALS.values()}
    assert {slug for slug in PROVINCES if PROVINCES[slug].valid_to is None} <= served
    # Thừa Thiên Huế and Huế are one province under two names.
    assert served == set(PROVINCES) - {"thua_thien_hue"}
    assert len(served) == 63


@pytest.mark.parametrize("slug", sorted(PORTALS))
def test_facts_hold_together(slug):
    portal = PORTALS[slug]
    assert (ROOT / "spiders" / f"{slug}.py").is_file(), "one file a portal, named as the spider"
    assert slug.startswith(portal.province) or portal.province == "hue"
    assert portal.department.startswith("Sở ")
    assert portal.evidence in ("stored pages", "public code", "address only", "unverified")
    assert portal.hosts and portal.start_urls
    for url in portal.start_urls:
        assert classify_url(url, portal).kind == "list", url
        assert canonical(url, portal) == url
    for pattern in (*portal.article_urls, *portal.list_urls, *portal.skip_urls):
        assert set(re.compile(pattern).groupindex) <= {"id", "list"}
    for selectors in (
        portal.markup.title, portal.markup.date, portal.markup.section, portal.markup.summary,
        portal.markup.body, portal.markup.byline, portal.markup.attachments, portal.markup.prune,
    ):  # fmt: skip
        for selector in selectors:
            CSSSelector(selector)


@pytest.mark.parametrize(("slug", "kind", "url"), SEEN, ids=[row[2][:90] for row in SEEN])
def test_addresses_seen_on_the_web(slug, kind, url):
    found = {
        other: classify_url(url, portal)
        for other, portal in PORTALS.items()
        if classify_url(url, portal).kind == "article"
    }
    assert list(found) == ([slug] if kind == "article" else [])
    owner = portal_of(url, PORTALS.values())
    assert (owner is not None and owner.hosts == PORTALS[slug].hosts) or kind == "other"
    if kind == "article":
        assert found[slug].key
        again = classify_url(found[slug].url, PORTALS[slug])
        assert again == found[slug], "the canonical address is its own canonical address"


def test_addresses_of_the_survey():
    """The whole survey, when it is here: whatever of it lies on our hosts is classed right."""
    files = sorted(Path(SHARED, "research").glob("portals_*.jsonl"))
    if not files:
        pytest.skip(f"the survey of addresses is not here: {SHARED}/research (set SHARED_DIR)")
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    ours = 0
    for row in rows:
        kinds = {classify_url(row["url"], portal).kind for portal in PORTALS.values()}
        if kinds == {"outside"}:
            continue
        ours += 1
        assert ("article" in kinds) == (row["kind"] == "article"), row["url"]
    assert ours >= 160


def test_the_table_of_portals_is_up_to_date():
    written = (ROOT / "docs" / "portals.md").read_text(encoding="utf-8")
    assert written == table(), "run: python -m tests.portal_table > docs/portals.md"


@pytest.mark.parametrize("slug", sorted(PORTALS))
def test_every_portal_shows_what_it_rests_on(slug):
    """Sample pages, addresses that were seen, or a word that nothing was."""
    portal = PORTALS[slug]
    seen = {row[0] for row in SEEN}
    golden = ROOT / "tests" / "portals" / slug / "golden.json"
    if golden.exists():
        check(golden, portal)
    source = (ROOT / "spiders" / f"{slug}.py").read_text(encoding="utf-8")
    if portal.evidence == "unverified":
        assert "ever seen" in source
    else:
        assert golden.exists() or slug in seen or portal.evidence in ("public code", "stored pages")
