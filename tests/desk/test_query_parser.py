"""Whatever is typed becomes runs of words, and never a syntax error."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.desk.queries.columns import load_files
from publish.desk.queries.list_items import _listed
from publish.desk.queries.plain_index import PlainIndex
from publish.desk.queries.searched import Word
from publish.desk.query_parser import MOST_WORDS, spelt_pattern, understand, whole_words
from publish.desk.render.highlight import marked, passage, together
from publish.desk.views.search import _labelled


def said(typed: str) -> str:
    asked = understand(typed)
    groups = [" OR ".join(map(str, group)) for group in asked.groups]
    return " + ".join([*groups, *(f"-{run}" for run in asked.excluded)])


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("đổi mới", "đổi mới"),
        ('"đổi mới" 2024', '"đổi mới" + 2024'),
        ("“đổi mới”", '"đổi mới"'),
        ('"không đóng ngoặc', '"không đóng ngoặc"'),
        ("Sở KH&CN", "sở kh cn"),
        ("07/07/2021", "07 07 2021"),
        ("chè -du lịch", "chè + lịch + -du"),
        ('chè −"du lịch"', 'chè + -"du lịch"'),
        ("chè tuyết OR quế", "chè tuyết OR quế"),
        ("a | b c HOẶC d", "a OR b c OR d"),
        ("OR chè OR", "chè"),
        ("chè|quế", "chè OR quế"),
        ("chè tuyết AND quế NOT hồi", "chè tuyết + quế + -hồi"),
        ('NOT "chè tuyết" quế', 'quế + -"chè tuyết"'),
        ("SỞ HOẶC PHÒNG", "sở hoặc phòng"),  # a headline
        ("UBND HOẶC HĐND", "UBND OR hđnd"),
        ("Sở HOẶC PHÒNG", "sở OR phòng"),
        ("X-quang", "x quang"),
        ("Hoà Bình, kĩ thuật", "hòa bình kỹ thuật"),
        ("Ðo lường Ɖăk", "đo lường đăk"),
        (unicodedata.normalize("NFD", "đổi mới"), "đổi mới"),
        ("", ""),
        ('"" & % _ -', ""),
        ("\0", ""),
    ],
)
def test_what_is_understood(typed, understood):
    assert said(typed) == understood


def test_an_endless_question_is_cut_and_says_so():
    asked = understand("chữ " * 5000)
    assert len(asked.words) == asked.looked_for == MOST_WORDS and asked.cut
    assert not understand("chữ " * MOST_WORDS).cut
    # Between words: a part of the last one would be another.
    assert understand("quy hoạch" + " -" * 94 + " nông thôn").words[-1] == "hoạch"


@pytest.mark.parametrize(
    ("typed", "instead", "said_again"),
    [
        ("che OR que", {"che": "chè"}, "chè OR que"),
        ("chè -du lịch sử", {}, "chè AND lịch sử -du"),
        ('"che tuyet" que -hoi', {"che tuyet": "chè tuyết"}, '"chè tuyết" que -hoi'),
        ("AI OR che", {"che": "chè"}, "AI OR chè"),
    ],
)
def test_a_question_that_is_changed_asks_the_same_of_the_rest(typed, instead, said_again):
    asked = understand(typed)
    words = {tuple(old.split()): tuple(new.split()) for old, new in instead.items()}
    changed = {run: words[run.words] for run in asked.runs if run.words in words}
    again = asked.saying(changed)
    assert again == said_again
    assert understand(again).saying({}) == said_again


def test_without_accents_its_operators_stay():
    asked = understand("Chè OR quế -hồi NOT Đắk HOẶC KH&CN")
    assert asked.loosely() == "che OR que -hoi NOT dak HOẶC kh&cn"


@given(typed=st.text(max_size=60))
def test_nothing_is_a_syntax_error(typed):
    asked = understand(typed)
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "create virtual table articles_fts using fts5(search_text, text, title, summary, byline, "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    index = PlainIndex(conn, load_files(conn))
    for run in asked.runs:
        words = [Word(word, free) for word in run.words for free in (True, False)]
        index.phrases([run.words])
        index.all_words(words)
        index.near(words[:4])
    conn.close()
    text = "Sở KH&CN tỉnh Hoà Bình <script>alert(1)</script> đổi mới"
    pattern = whole_words(spelt_pattern([Word(word, True)]) for word in asked.words)
    assert "".join(piece.text for piece in marked(text, pattern)) == text
    assert passage(text, pattern, together(text, pattern)[1])


@pytest.mark.parametrize(
    ("typed", "free", "text", "hits"),
    [
        ("dong chi", True, "Đồng chí dự, động  chỉ", ["Đồng chí", "động  chỉ"]),
        ("đồng", False, "Đồng chí động viên", ["Đồng"]),
        ("hoà bình", False, "tỉnh Hòa Bình", ["Hòa Bình"]),
        ("kĩ thuật", False, "Kỹ thuật, kĩ thuật", ["Kỹ thuật", "kĩ thuật"]),
        ("kh&cn", False, "Sở KH&CN", ["KH&CN"]),
        ("do luong", True, "Ðo lường", ["Ðo lường"]),
        ("an", False, "an toàn, Lan", ["an"]),
    ],
)
def test_what_is_marked(typed, free, text, hits):
    words = [Word(word, free) for word in understand(typed).words]
    pieces = marked(text, whole_words([spelt_pattern(words)]))
    assert [piece.text for piece in pieces if piece.marked] == hits


def test_a_passage_is_where_the_words_are():
    text = "mở đầu " * 200 + "Hội nghị về chuyển giao công nghệ tại tỉnh " + "kết thúc " * 200
    pattern = whole_words([spelt_pattern([Word("chuyen", True), Word("giao", True)])])
    shown = "".join(piece.text for piece in passage(text, pattern, together(text, pattern)[1]))
    assert "chuyển giao" in shown and len(shown) < 300


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("Chuyển giao quy trình sấy chè cho hợp tác xã.", "hội nghị chuyển giao"),  # one of two
        ("Hội nghị chuyển giao tại xã Suối Bu.", "tại xã Suối Bu"),
        (None, "hội nghị chuyển giao"),
    ],
)
def test_a_list_shows_the_summary_unless_more_words_stand_together_in_the_text(summary, shown):
    text = "Sáng 5/3 diễn ra hội nghị chuyển giao kỹ thuật."
    pattern = whole_words(["hội nghị", "chuyển giao"])
    row = (1, "Tin", "2021-03-05", None, "live", "yen_bai", summary, text)
    found = _listed(row, {}, pattern)
    assert shown in "".join(piece.text for piece in found.passage)


def test_sections_of_one_name_are_told_apart():
    counts = [("Tin hoạt động > Chung", 7), ("Thông báo > Chung", 5), ("Tin tức > Sự kiện", 3)]
    labels = [label for _, label, _ in _labelled("chuyenmuc", counts, {}, str)]
    assert labels == ["Tin hoạt động > Chung", "Thông báo > Chung", "Sự kiện"]
