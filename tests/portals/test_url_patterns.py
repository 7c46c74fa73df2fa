"""Patterns drawn from addresses: they match others of the site, and no list."""

from __future__ import annotations

import re

import pytest

from crawler.portals.url_patterns import article_patterns

SITES = [
    (
        ["/tin/hoi-nghi-a-12.html", "/tin/hoi-nghi-b-13.html", "/thong-bao/le-c-20.html"],
        "/du-an/mot-bai-khac-999.html", ["/tin/", "/tin/page-2/", "/gioi-thieu.html"],
    ),
    (
        ["/tin/12-hoi-nghi", "/tin/13-hoi-nghi-b", "/tin/20-le-c"],
        "/tin/99-khac", ["/tin", "/tin?start=10"],
    ),
    (
        ["/Pages/chi-tiet.aspx?ItemID=1&l=Tin", "/Pages/chi-tiet.aspx?ItemID=2&l=Tin", "/Pages/chi-tiet.aspx?ItemID=3&l=Tin"],
        "/Pages/chi-tiet.aspx?ItemID=77&l=Khac", ["/Pages/tin.aspx", "/Pages/tin.aspx?Page=2"],
    ),
    (
        ["/tin-tuc/2649/nhung-ket-qua", "/tin-tuc/2277/hop-mat", "/tin-tuc/1328/giai-bong"],
        "/tin-tuc/9/khac", ["/tin-tuc", "/tin-tuc?page=2"],
    ),
    (
        ["/vi/tin/-/view/1234-a.html", "/vi/tin/-/view/1235-b.html", "/vi/tin/-/view/1236-c.html"],
        "/vi/tin/-/view/9-x.html", ["/vi/tin"],
    ),
    (
        ["/so-to-chuc-hoi-nghi-tong-ket/", "/nghiem-thu-de-tai-cap-tinh/", "/tap-huan-so-huu-tri-tue/"],
        "/phat-dong-cuoc-thi-y-tuong/", ["/tin-tuc/", "/lien-he/"],
    ),
    (
        ["/New/doan-cong-tac-4213", "/New/tinh-binh-2452", "/New/hoat-dong-4019"],
        "/New/khac-1", ["/cl/35/169/tin-tuc-su-kien", "/New"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "other", "lists"), SITES)
def test_patterns(seen, other, lists):
    patterns = article_patterns(f"https://k.vn{tail}" for tail in seen)
    assert patterns

    def matches(tail):
        return any(re.search(pattern, tail) for pattern in patterns)

    assert all(matches(tail) for tail in (*seen, other))
    assert not any(matches(tail) for tail in lists)


def test_too_few_addresses_make_no_pattern():
    assert article_patterns(["https://k.vn/a-1.html", "https://k.vn/b-2.html"]) == ()
