"""Strings in one form: NFC, single spaces, bounded."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.items import Article
from pipelines.normalise_text import LONGEST, LONGEST_TEXT, normalise_text, tidy


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Hội nghị\u00a0 sơ kết ", "Hội nghị sơ kết"),
        (unicodedata.normalize("NFD", "Đổi mới sáng tạo"), "Đổi mới sáng tạo"),
        ("một \n  hai\t\n\n\n ba", "một\nhai\nba"),
        ("một\u2003hai", "một hai"),
        (" \n\t ", None),
        ("", None),
        (None, None),
    ],
)
def test_tidy(written, kept):
    assert tidy(written) == kept
    assert tidy(kept) == kept


def test_what_is_cut_is_noted():
    article = Article("https://khcn.example.vn/1", "1", title="a" * 501, text="b " * LONGEST_TEXT)
    normalise_text(article)
    assert len(article.title) == LONGEST["title"] and len(article.text) <= LONGEST_TEXT
    assert article.notes == ["title_cut: 501", f"text_cut: {2 * LONGEST_TEXT - 1}"]


def test_an_article_without_anything_stays_without():
    article = Article("https://khcn.example.vn/1", "1")
    normalise_text(article)
    assert (article.title, article.summary, article.byline, article.text) == (None, None, None, "")
    assert article.notes == []
