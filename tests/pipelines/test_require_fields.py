"""What an article must have; what only leaves a note."""

from __future__ import annotations

import pytest

from crawler.items import Article, Attachment, Capture, Image, Page, Reading
from pipelines.require_fields import RequireFields, missing

URL = "https://khcn.example.vn/tin/1"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"text": "Nội dung."}, "no_title"),
        ({"title": "", "text": "Nội dung."}, "no_title"),
        ({"title": "Thông báo"}, "empty"),
        ({"title": "Thông báo", "text": "Nội dung."}, None),
        ({"title": "Thông báo", "summary": "Tóm tắt."}, None),
        ({"title": "Thông báo", "attachments": [Attachment(f"{URL}.pdf")]}, None),
        ({"title": "Ảnh", "images": [Image(f"{URL}.jpg")]}, None),
    ],
)
def test_what_is_no_article(found, reason):
    refusal = missing(Article(URL, "1", **found))
    assert (refusal.reason if refusal else None) == reason


@pytest.mark.parametrize(
    ("published", "notes", "added"),
    [
        (None, [], ["date_missing"]),
        (None, ["date_impossible: 31/02/2024"], []),
        ("2024-02-28", [], []),
    ],
)
def test_a_missing_date_is_noted_once(published, notes, added):
    article = Article(URL, "1", title="Tin", text="Nội dung.", published=published, notes=[*notes])
    assert missing(article) is None
    assert article.notes == [*notes, *added]


def test_a_refused_page_keeps_its_canonical_address():
    reading = Reading(article=Article(URL, "1"), canonical=URL)
    page = RequireFields().process_item(
        Page("x", None, Capture(URL, "2024-01-01T00:00:00Z"), reading)
    )
    assert page.reading.article is None and page.reading.refusal.reason == "no_title"
    assert page.reading.canonical == URL
