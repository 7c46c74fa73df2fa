"""The queue of files and what is kept of them, look by look."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from crawler.archive.articles.rows import put_parts
from crawler.archive.database import Archive
from crawler.archive.files.keep import save_file
from crawler.archive.files.queue import START, begin_files, next_file, wanted
from crawler.archive.frontier.queue import next_visit, pending
from crawler.archive.frontier.sweeps import begin_sweep
from crawler.archive.ids import stable_id, text_sha256
from crawler.items import Article, Attachment, Capture, FileLook, Image

OWN, OTHER = "https://k.vn/a.pdf", "https://khac.example/b.pdf"
PICTURE = "https://k.vn/a.jpg"
NOW = "2026-03-10T22:00:00.000Z"


@pytest.fixture
def conn(tmp_path):
    archive = Archive.open(tmp_path / "archive.db")
    archive.conn.execute("insert into portals(slug, department, host, evidence) values ('p', 'd', 'k.vn', 'e')")  # fmt: skip
    for key in ("1", "2"):
        ident = stable_id("p", key)
        archive.conn.execute(
            "insert into articles(id, portal, key, url, title, text, captured_at, first_seen, last_seen, "
            "text_sha256, extractor, search_text) values (?, 'p', ?, ?, 't', 't', ?, ?, ?, ?, '1', 't')",
            (ident, key, f"https://k.vn/{key}", NOW, NOW, NOW, text_sha256("t")),
        )
        archive.conn.execute(
            "insert into revisions values (?, ?, 't', null, 't', null, null, ?, "
            '\'{"fields": [], "class": "first"}\', \'1\')',
            (ident, NOW, text_sha256("t")),
        )
    yield archive.conn
    archive.close()


def carry(conn, key, *addresses, pictures=()):
    article = Article(f"https://k.vn/{key}", key, text="t")
    article.attachments = [Attachment(url, "Tệp") for url in addresses]
    article.images = [Image(url, "Ảnh") for url in pictures]
    put_parts(conn, stable_id("p", key), article)


def look(
    conn, address, content=b"", at="2026-03-11", *, outcome="ok", kind="application/pdf", **more
):
    """A look at a file on a day; returns what it came to."""
    conn.execute("update _frontier set state = 'wanted' where name = ?", (f"f:{address}",))
    visit, place = None, START
    while (visit := next_file(conn, "p", place)) and visit.address != address:
        place = visit.place
    digest = sha256(content).hexdigest() if content else None
    capture = Capture(visit.url, f"{at}T22:00:00.000Z", 200, outcome, "w", 7, digest)
    told = {"content": content, "type": kind if content else None, **more}
    return save_file(conn, visit, FileLook("p", visit.id, address, capture, **told), NOW)


def begin(conn):
    begin_files(conn, "p", NOW, revisits=9, is_own=lambda url: "k.vn" in url)


def test_own_documents_first_then_pictures_then_those_elsewhere(conn):
    carry(conn, "1", OTHER, OWN, pictures=("data:image/png;base64,xx", PICTURE, "ftp://k.vn/x"))
    begin(conn)
    asked, place = [], START
    while visit := next_file(conn, "p", place):
        asked.append((visit.address, visit.is_foreign))
        place = visit.place
    assert asked == [(OWN, False), (PICTURE, False), (OTHER, True)]


def test_what_no_article_carries_any_more_is_passed_over(conn):
    carry(conn, "1", OWN)
    carry(conn, "1")
    assert wanted(conn, "p") == 1
    assert next_file(conn, "p", START) is None
    assert wanted(conn, "p") == 0


def test_another_article_with_the_same_file_has_it_at_once(conn):
    carry(conn, "1", OWN)
    assert look(conn, OWN, b"a") == "new"
    carry(conn, "2", OWN)
    assert conn.execute("select count(distinct article), count(distinct file) from article_files").fetchone() == (2, 1)  # fmt: skip
    assert conn.execute("select count(*) from attachments where file is null").fetchone() == (0,)
    assert wanted(conn, "p") == 0


def versions(conn):
    rows = conn.execute("select change from revisions where change like '%files%' order by seen_at")
    return [
        (one["files"][0]["before"][:4], one["files"][0]["after"][:4])
        for one in (json.loads(change) for (change,) in rows)
    ]


def test_there_and_back_again(conn):
    a, b = (sha256(content).hexdigest()[:4] for content in (b"a", b"b"))
    carry(conn, "1", OWN)
    for day, content, came_to in (
        (11, b"a", "new"), (12, b"a", "known"), (13, b"b", "exchanged"), (14, b"b", "known"),
        (15, b"a", "exchanged"), (15, b"a", "known"),
    ):  # fmt: skip
        assert look(conn, OWN, content, f"2026-03-{day}") == came_to, day
    assert versions(conn) == [(a, b), (b, a)]
    assert conn.execute("select status, revisions from articles where id = ?", (stable_id("p", "1"),)).fetchone() == ("edited", 3)  # fmt: skip
    assert conn.execute("select count(*) from files").fetchone() == (2,)
    file = conn.execute("select file from attachments").fetchone()[0]
    assert file.startswith(a)


def test_an_earlier_look_holds_the_place(conn):
    carry(conn, "1", OWN)
    look(conn, OWN, b"a", "2026-03-11")
    look(conn, OWN, b"a", "2020-01-01")
    kept = conn.execute("select first_seen, last_seen from files").fetchone()
    assert [moment[:10] for moment in kept] == ["2020-01-01", "2026-03-11"]
    assert versions(conn) == []


# What an answer is, what it comes to, and what then stands in the queue: state, misses, when it is due.
ANSWERS = [
    ({"outcome": "ok", "content": b"a"}, "new", "done", 0, "2026-03-17"),
    ({"outcome": "not_modified"}, "known", "done", 0, "2026-03-17"),
    ({"outcome": "http_404"}, "absent", "done", 1, "2026-03-17"),
    ({"outcome": "robots"}, "absent", "done", 1, "2026-03-17"),
    ({"outcome": "timeout", "retry": True}, "absent", "wanted", 0, None),
    ({"outcome": "redirect", "target": "https://k.vn/c.pdf"}, "redirect", "wanted", 0, None),
]


@pytest.mark.parametrize(("answer", "came_to", "state", "misses", "due"), ANSWERS)
def test_answers(conn, answer, came_to, state, misses, due):
    carry(conn, "1", OWN)
    assert look(conn, OWN, **answer) == came_to
    row = conn.execute("select state, misses, substr(due, 1, 10), url from _frontier").fetchone()
    assert row[:3] == (state, misses, due)
    assert row[3] == answer.get("target", OWN)
    issues = conn.execute("select reason, article from issues").fetchall()
    assert issues == ([(answer["outcome"], stable_id("p", "1"))] if came_to == "absent" else [])


def test_what_never_was_there_is_given_up(conn):
    carry(conn, "1", OWN)
    for day in (11, 12, 13):
        look(conn, OWN, at=f"2026-03-{day}", outcome="http_404")
    assert conn.execute("select state, due from _frontier").fetchone() == ("done", None)


def test_pages_never_wait_for_files(conn):
    """No question about pages counts or touches a file that is wanted."""
    carry(conn, "1", OWN)
    look(conn, OWN, b"a")
    carry(conn, "2", OTHER)
    conn.execute("update _frontier set due = '2026-01-01' where name = ?", (f"f:{OWN}",))
    begin_sweep(conn, "p", [], now=NOW, deep=False, resume=False, revisits=50)
    assert pending(conn, "p") == 0 and next_visit(conn, "p") is None
    assert conn.execute("select count(*) from _frontier where state = 'pending'").fetchone() == (0,)
    assert wanted(conn, "p") == 1
    begin(conn)
    assert wanted(conn, "p") == 2


def test_a_visit_knows_its_place(conn):
    carry(conn, "1", OWN)
    visit = next_file(conn, "p", START)
    assert visit.place > START
    assert replace(visit, attempts=1).place > visit.place
