"""What a first visit found, written down as a declaration: nothing that it did not show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.archive.first_visit import Found
from crawler.portals.urls import classify_url
from crawler.registry.scaffold import draft

START = "https://khcn.laocai.example.vn/"
SLUGS = (
    "hoi-nghi-tong-ket-nam",
    "nghiem-thu-de-tai-nuoi-ca",
    "tap-huan-truy-xuat-nguon-goc",
    "khai-truong-san-giao-dich",
)


def found(
    paths, *, lists=(), others=(), asked=(), feeds=(), platform=None, text="Nội dung"
) -> Found:
    articles = [
        {"url": START + path, "key": path, "title": path, "published": "2025-06-12", "text": text}
        for path in paths
    ]
    full = [[START + path for path in some] for some in (asked, lists, others, feeds)]
    return Found(platform, articles, *full, pages=[])


def declared(first: Found):
    return draft(START, "lao_cai_mau", "lao_cai", first)


def kinds(first: Found, paths) -> set[str]:
    portal = replace(declared(first).portal)
    return {classify_url(START + path, portal).kind for path in paths}


NUMBERS = [f"?id={n}" for n in range(5001, 5006)]
SITES = {
    "slugs under sections": (
        found([f"tin/{slug}" for slug in SLUGS], lists=["tin"], others=["tin", "gioi-thieu"]),
        ["tin?trang=2", "gioi-thieu", "lien-he"],
    ),
    "numbers that name lists, too": (
        found(NUMBERS, lists=["?id=1", "?id=2"], others=["?id=1", "?id=1&p=2", "?id=2"]),
        ["?id=1", "?id=2", "?id=1&p=2", "?id=2&p=3"],
    ),
    "months of a blog": (
        found(
            [f"2025/0{n}/{slug}-{n}.html" for n, slug in enumerate(SLUGS, 1)],
            lists=["2025/01/"],
            others=["2025/01/"],
        ),
        ["2025/01/", "2025/02/"],
    ),
}


@pytest.mark.parametrize(("first", "others"), SITES.values(), ids=SITES)
def test_articles_are_known_and_lists_are_none(first, others):
    paths = [article["url"].removeprefix(START) for article in first.articles]
    assert kinds(first, paths) == {"article"}
    assert "article" not in kinds(first, others)
    assert not any("article_urls" in what for what in declared(first).unknown)


def test_a_pattern_that_takes_any_page_is_not_written():
    first = found(
        ["tap-huan/", "moi-thau/", "tuyen-dung/", "hop-bao/"], lists=["tin/"], others=["tin/"]
    )
    assert declared(first).portal.article_urls == ()
    assert any(what.startswith("article_urls (4/4: ") for what in declared(first).unknown)


def test_old_addresses_that_lead_to_articles_are_known_too():
    first = found(
        [f"bai-viet/{n}" for n in range(101, 106)],
        asked=[f"tin/{slug}" for slug in SLUGS],
        others=["tin"],
    )
    assert kinds(first, [f"tin/{SLUGS[0]}", "bai-viet/107"]) == {"article"}


def test_a_month_is_no_start_page():
    first = found([f"tin/{slug}" for slug in SLUGS], lists=["2025/01/", "tin"], others=["tin"])
    assert declared(first).portal.start_urls == (START, f"{START}tin")


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("text (4/4)", found([f"tin/{slug}" for slug in SLUGS], text="")),
        ("feeds", found([f"tin/{slug}" for slug in SLUGS])),
        ("start_urls", found([f"tin/{slug}" for slug in SLUGS])),
        ("platform", found([f"tin/{slug}" for slug in SLUGS])),
    ],
)
def test_what_could_not_be_told_is_said(what, first):
    assert what in declared(first).unknown
