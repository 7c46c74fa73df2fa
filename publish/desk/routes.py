"""The desk's addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from publish.desk.views import article as article_pages
from publish.desk.views import feeds as feed_pages
from publish.desk.views import files as file_pages
from publish.desk.views import home as pages
from publish.desk.views import over_time as over_time_pages
from publish.desk.views import rescue as rescue_pages
from publish.desk.views import search as search_pages
from publish.desk.views import search_files as search_file_pages

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/$", pages.home),
    (r"^/tim$", search_pages.search_page),
    (r"^/tim\.(?P<form>csv|xlsx|json|atom|bib|csl)$", search_file_pages.search_file),
    (r"^/goi-y\.json$", search_pages.suggestions_file),
    (r"^/tan-suat$", over_time_pages.over_time_page),
    (r"^/tan-suat\.(?P<form>svg|png|csv)$", over_time_pages.over_time_file),
    (r"^/tong-quan$", pages.overview_page),
    (r"^/vot-lai$", rescue_pages.rescue_page),
    (r"^/tu-dien$", pages.dictionary_page),
    (r"^/cau-hoi$", pages.questions_page),
    (r"^/dong-tin$", feed_pages.feeds_page),
    (r"^/dong-tin/(?P<name>moi|sua-go)\.atom$", feed_pages.whole_feed),
    (r"^/dong-tin/(?P<kind>cong|tinh)/(?P<slug>[a-z0-9_]+)\.atom$", feed_pages.part_feed),
    (r"^/luu/(?P<sha256>[0-9a-f]{64})$", file_pages.kept_file),
    (r"^/luu/(?P<sha256>[0-9a-f]{64})/nho$", file_pages.small_picture),
    (r"^/(?P<database>[^/.]+)/files/(?P<sha256>[0-9a-f]{64})$", file_pages.document_page),
    (r"^/(?P<database>[^/.]+)/articles/(?P<id>\d{1,16})$", article_pages.article_page),
    (r"^/(?P<database>[^/.]+)/articles/(?P<id>\d{1,16})/ban$", article_pages.versions_page),
    (
        r"^/(?P<database>[^/.]+)/articles/(?P<id>\d{1,16})/ban/(?P<sha>[0-9a-f]{8,64})$",
        article_pages.article_page,
    ),
    (
        r"^/(?P<database>[^/.]+)/articles/(?P<id>\d{1,16})/cite\.(?P<form>bib|json)$",
        article_pages.citation_file,
    ),
]
_PATTERNS = [re.compile(pattern) for pattern, _ in ROUTES]


def is_desk(path: str) -> bool:
    """Whether the desk answers at this path itself."""
    return any(pattern.match(path) for pattern in _PATTERNS)
