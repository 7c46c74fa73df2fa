"""A platform is recognised alike by all who ask."""

from __future__ import annotations

import pytest

from crawler.items import Fetched
from crawler.platforms import LOOKED_AT, PLATFORMS
from crawler.registry.unknown_portal import detect_platform, portal_by_page

SIGN = '<script>var nv_base_siteurl="/";nv_lang_data="vi";</script><meta name="generator" content="NukeViet v4.5">'
URL = "http://tin.h.vn/"


def page(before: int, codec: str = "utf-8") -> Fetched:
    text = "<p>Sở Khoa học</p>"
    filling = text * (before // len(text.encode(codec)))
    body = f'<html><meta charset="{codec}">{filling}{SIGN}</html>'.encode(codec)
    return Fetched(URL, "2026-01-01T00:00:00Z", 200, (("content-type", "text/html"),), body)


@pytest.mark.parametrize("before", [0, 60_000, 190_000, 240_000, 290_000])
def test_a_sign_counts_wherever_it_stands(before):
    assert detect_platform(page(before)) is PLATFORMS["nukeviet"]
    assert portal_by_page(page(before)).platform == "nukeviet"


def test_what_stands_too_late_is_not_looked_for():
    assert detect_platform(page(LOOKED_AT + 1_000)) is None
    assert portal_by_page(page(LOOKED_AT + 1_000)).platform is None
