"""The search index of the plain database, as a downloaded dump has it."""

import unicodedata

import pytest

from crawler.archive.articles.save import save_article
from crawler.archive.database import Archive
from crawler.items import Article, Capture
from crawler.text.folding import CROSSED, fold
from crawler.text.search_text import other_spelling


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đổi mới sáng tạo", "doi moi sang tao"),
        ("đồng chí", "dong chi"),
        ("ĐẮK LẮK", "dak lak"),
        ("Khoa học & Công nghệ", "khoa hoc & cong nghe"),
        ("Ðo lường, Ɖăk Nông", "do luong, dak nong"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("hoà", "hòa"),
        ("hòa", "hoà"),
        ("thuỷ", "thủy"),
        ("kĩ", "kỹ"),
        ("quý", "quí"),
        ("Hà", None),
        ("vi", None),
    ],
)
def test_other_spelling(word, other):
    assert other_spelling(word) == other


@pytest.fixture
def archive(tmp_path):
    archive = Archive.open(tmp_path / "archive.db")
    with archive.transaction() as conn:
        conn.execute("insert into provinces(slug, name) values ('x', 'X')")
        conn.execute(
            "insert into portals(slug, province, department, host, evidence) "
            "values ('p', 'x', 'd', 'h', 'unverified')"
        )
        save_article(
            conn,
            "p",
            Article(
                "https://h/1",
                "1",
                title="Đồng chí Phó Chủ tịch dự Ngày hội đổi mới sáng tạo",
                text="Huyện Hoà Bình có 12 đề tài của Sở KH&CN.",
            ),
            Capture("https://h/1", "2026-01-01T00:00:00Z"),
            via="crawl",
            extractor="x",
        )
    yield archive
    archive.close()


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("đổi mới sáng tạo", 1),
        ("doi moi sang tao", 1),
        ('"doi moi sang tao"', 1),
        ('"đồng chí"', 1),
        ("dong chi", 1),
        ("đông chi", 0),  # an accent that is typed is meant
        ("hòa bình", 1),
        ("hoà bình", 1),
        ('"huyện hòa bình"', 1),
        ('"KH&CN"', 1),
        ("de tai", 1),
        ("vũ trụ", 0),
    ],
)
def test_accents_exact_without_accents_loose(archive, query, hits):
    sql = "select count(*) from articles_fts where articles_fts match ?"
    assert archive.conn.execute(sql, (query,)).fetchone()[0] == hits


def test_the_fold_of_a_letter_is_that_of_its_decomposition():
    for code in (*range(0xD800), *range(0xE000, 0x20000)):
        letters = unicodedata.normalize("NFD", chr(code).casefold().translate(CROSSED))
        assert fold(chr(code)) == "".join(c for c in letters if not unicodedata.combining(c))
