"""An article's versions in true order, whatever order its looks come in."""

from __future__ import annotations

from itertools import permutations

import pytest

from crawler.archive.articles.reextract import save_reread
from crawler.archive.articles.save import save_page
from crawler.archive.database import Archive
from crawler.items import Article, Capture, Page, Reading

URL = "https://h/1"
A, B = "Có 120 đại biểu dự hội nghị.", "Có 210 đại biểu dự hội nghị."


@pytest.fixture
def archive(tmp_path):
    archive = Archive.open(tmp_path / "archive.db")
    with archive.transaction() as conn:
        conn.execute("insert into provinces(slug, name) values ('x', 'X')")
        conn.execute(
            "insert into portals(slug, province, department, host, evidence) "
            "values ('p', 'x', 'd', 'h', 'unverified')"
        )
        conn.execute("insert into _warcs(name, path) values ('w', '/w')")
    yield archive
    archive.close()


def look(archive, day, text, *, extractor="1+a", title="Tin", published=None, ago=None):
    article = Article(URL, "1", title=title, text=text, published=published)
    if ago:
        article.published_raw, article.published_precision = ago, "day"
        article.notes.append(f"date_relative: {ago}")
    capture = Capture(URL, f"2024-01-{day:02}T00:00:00Z", warc="w", offset=0)
    page = Page("p", None, capture, Reading(article=article), via="warc")
    with archive.transaction() as conn:
        save_page(conn, page, visit=None, extractor=extractor, now="2026-01-01T00:00:00Z")


def edits(archive):
    return archive.conn.execute(
        "select seen_at, text_before, text from edited_articles order by seen_at"
    ).fetchall()


def state(archive):
    return archive.conn.execute(
        "select text, first_seen, last_seen, status, revisions from articles"
    ).fetchone()


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_there_and_back_in_any_order(archive, order):
    """A, A, B, A: two edits, and the text of today is the first again."""
    texts = [A, A, B, A]
    for at in order:
        look(archive, at + 1, texts[at])
    assert [(seen[8:10], before, after) for seen, before, after in edits(archive)] == [
        ("03", A, B),
        ("04", B, A),
    ]
    text, first, last, status, _ = state(archive)
    assert (text, first[8:10], last[8:10], status) == (A, "01", "04", "edited")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_counters_are_no_edits_in_any_order(archive, order):
    for at in order:
        look(archive, at + 1, f"{A}\nLượt xem: {at}")
    assert edits(archive) == []
    assert state(archive)[3:] == ("live", 1)


def test_an_older_look_never_overwrites_a_newer_text(archive):
    look(archive, 1, A)
    look(archive, 9, A)  # as it was: no version, but it was seen
    look(archive, 5, B)
    assert state(archive)[0] == A
    assert [seen[8:10] for seen, *_ in edits(archive)] == ["05", "09"]


def test_other_rules_are_no_edit(archive):
    look(archive, 1, A)
    look(archive, 2, B, extractor="2+b")
    assert edits(archive) == []
    with archive.transaction() as conn:  # the first look cannot be read anew
        ident = conn.execute("select id from articles").fetchone()[0]
        article = Article(URL, "1", title="Tin", text=B)
        unread = {(ident, "2024-01-01T00:00:00Z")}
        save_reread(conn, ident, "2024-01-02T00:00:00Z", article, "2+b", unread=unread)
    assert edits(archive) == []
    # Both read anew by the same rules, it is the portal's own.
    with archive.transaction() as conn:
        ident = conn.execute("select id from articles").fetchone()[0]
        for day, text in ((1, A), (2, B)):
            article = Article(URL, "1", title="Tin", text=text)
            save_reread(conn, ident, f"2024-01-{day:02}T00:00:00Z", article, "2+b")
    assert [(before, after) for _, before, after in edits(archive)] == [(A, B)]


def test_rules_that_come_back(archive):
    """Read by these rules, by others, and by these again: nothing is lost, nothing is an edit."""
    look(archive, 1, A)
    ident = archive.conn.execute("select id from articles").fetchone()[0]
    for stamp, text in (("2+b", B), ("1+a", A), ("2+b", B), ("2+b", B)):
        with archive.transaction() as conn:
            article = Article(URL, "1", title="Tin", text=text)
            save_reread(conn, ident, "2024-01-01T00:00:00Z", article, stamp)
        assert state(archive)[0] == text
    assert edits(archive) == []
    assert archive.conn.execute("select count(*) from revisions").fetchone() == (4,)


def test_the_same_words_by_other_rules_keep_their_day(archive):
    look(archive, 1, A)
    look(archive, 2, A, extractor="2+b")
    captured, newest = archive.conn.execute(
        "select captured_at, (select max(seen_at) from revisions) from articles"
    ).fetchone()
    assert captured == newest


LOOKS = [
    # `3 giờ trước`, `1 ngày trước`, `1 tuần trước`: known best from the first look
    ([(1, "2024-01-01", "3 giờ trước"), (2, "2024-01-01", "1 ngày trước"), (12, "2024-01-05", "1 tuần trước")], "2024-01-01", 0),
    ([(1, "2024-01-01T08:00:00+07:00", None), (9, "2024-01-02", "1 tuần trước")], "2024-01-01T08:00:00+07:00", 0),
    ([(9, "2024-01-02", "1 tuần trước"), (1, "2024-01-01", "3 giờ trước")], "2024-01-02", 0),
    ([(1, None, None), (2, "2024-01-01", "1 ngày trước")], "2024-01-01", 1),
    # a date that is printed is the portal's own word
    ([(1, "2024-01-01", "3 giờ trước"), (9, "2024-01-03", None)], "2024-01-03", 1),
]  # fmt: skip


@pytest.mark.parametrize(("looks", "published", "edited"), LOOKS)
def test_a_relative_date_does_not_move_from_look_to_look(archive, looks, published, edited):
    for day, told, ago in looks:
        look(archive, day, A, published=told, ago=ago)
    assert archive.conn.execute("select published from articles").fetchone() == (published,)
    assert len(edits(archive)) == edited
