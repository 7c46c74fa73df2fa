"""Whatever is typed becomes words and phrases, and never a syntax error."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.desk.queries.list_items import _listed
from publish.desk.query_parser import MOST_WORDS, understand
from publish.desk.render.highlight import marked, passage
from publish.desk.views.search import _labelled


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("đổi mới", [("đổi",), ("mới",)]),
        ('"đổi mới" 2024', [("đổi", "mới"), ("2024",)]),
        ("“đổi mới”", [("đổi", "mới")]),
        ('"không đóng ngoặc', [("không", "đóng", "ngoặc")]),
        ("KH&CN", [("KH", "CN")]),
        ("X-quang", [("X", "quang")]),
        ("07/07/2021", [("07", "07", "2021")]),
        ('AND OR NOT NEAR(a b) title:x * ^ -y "', None),
        ("", []),
        ('"" & % _', []),
    ],
)
def test_words_and_phrases(typed, terms):
    found = [term.words for term in understand(typed).terms]
    assert found == terms if terms is not None else found


def test_an_endless_question_is_cut():
    assert len(understand("chữ " * 5000).words) <= MOST_WORDS


@given(typed=st.text(max_size=60))
def test_nothing_is_a_syntax_error(typed):
    asked = understand(typed)
    conn = sqlite3.connect(":memory:")
    conn.execute("create virtual table t using fts5(x, tokenize='unicode61 remove_diacritics 0')")
    if asked.terms:
        for match in (asked.match, asked.words_match):
            conn.execute("select count(*) from t where t match ?", (match,)).fetchall()
    conn.close()
    text = "Sở KH&CN tỉnh Hoà Bình <script>alert(1)</script> đổi mới"
    assert "".join(piece.text for piece in marked(text, asked.pattern)) == text
    assert passage(text, asked.pattern)


@pytest.mark.parametrize(
    ("typed", "text", "hits"),
    [
        ("dong chi", "Đồng chí Bí thư dự, động chỉ", ["Đồng", "chí", "động", "chỉ"]),
        ("đồng", "Đồng chí động viên", ["Đồng"]),
        ("hoà bình", "tỉnh Hòa Bình", ["Hòa", "Bình"]),
        ('"kh&cn"', "Sở KH&CN", ["KH&CN"]),
        ("dak", "Đắk Lắk, Đak", ["Đắk", "Đak"]),
        ("mới", "đổi mới", ["mới"]),
        ("an", "an toàn, Lan", ["an"]),
        (unicodedata.normalize("NFD", "đổi mới"), "Đổi mới", ["Đổi", "mới"]),
    ],
)
def test_what_is_marked(typed, text, hits):
    pieces = marked(text, understand(typed).pattern)
    assert [piece.text for piece in pieces if piece.marked] == hits


def test_a_passage_is_where_the_words_are():
    text = "mở đầu " * 200 + "Hội nghị về chuyển giao công nghệ tại tỉnh " + "kết thúc " * 200
    shown = "".join(piece.text for piece in passage(text, understand("chuyen giao").pattern))
    assert "chuyển giao" in shown and len(shown) < 300


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        (
            "Chuyển giao quy trình sấy chè cho hợp tác xã.",
            "hội nghị chuyển giao",
        ),  # one word of two
        ("Hội nghị chuyển giao tại xã Suối Bu.", "tại xã Suối Bu"),
        (None, "hội nghị chuyển giao"),
    ],
)
def test_a_list_shows_the_summary_unless_more_words_stand_together_in_the_text(summary, shown):
    text = "Sáng 5/3 diễn ra hội nghị chuyển giao kỹ thuật."
    asked = understand('"hội nghị" "chuyển giao"')
    row = (1, "Tin", "2021-03-05", None, "live", "yen_bai", summary, text)
    found = _listed(row, {}, asked.pattern, len(asked.terms))
    assert shown in "".join(piece.text for piece in found.passage)


def test_sections_of_one_name_are_told_apart():
    counts = [("Tin hoạt động > Chung", 7), ("Thông báo > Chung", 5), ("Tin tức > Sự kiện", 3)]
    labels = [label for _, label, _ in _labelled("chuyenmuc", counts, {}, str)]
    assert labels == ["Tin hoạt động > Chung", "Thông báo > Chung", "Sự kiện"]
