"""A section's own count against what its pages led to."""

from __future__ import annotations

import pytest

from crawler.archive.database import Archive
from crawler.monitoring.completeness import note_short_lists, short_lists

LISTS = [
    ("all there", [("/tin", 10, 25), ("/tin?page=2", 10, 25), ("/tin?page=3", 5, 25)], []),
    ("a page is missing", [("/tin", 10, 25), ("/tin?page=3", 5, 25)], [(25, 15)]),
    ("says nothing", [("/tin", 10, None)], []),
    ("two sections", [("/a", 3, 3), ("/b", 1, 2952)], [(2952, 1)]),
    ("state in the query", [("/vi/tin", 10, 12), ("/vi/tin?p_p_id=101&_101_cur=2", 2, 12)], []),
]


@pytest.mark.parametrize(
    ("pages", "expected"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS]
)
def test_short_lists(tmp_path, pages, expected):
    archive = Archive.open(tmp_path / "archive.db")
    conn = archive.conn
    conn.execute("pragma foreign_keys = off")
    for number, (tail, links, declared) in enumerate(pages, 1):
        conn.execute(
            "insert into _frontier(portal, name, kind, url, state, page, article_links, declared) "
            "values ('x', ?, 'list', ?, 'done', ?, ?, ?)",
            (tail, f"https://k.vn{tail}", number, links, declared),
        )
    assert [(s.declared, s.reached) for s in short_lists(conn, "x")] == expected
    assert note_short_lists(conn, "x", "2025-01-01T00:00:00Z") == 0, "nobody swept it whole"
    conn.execute("insert into _sweeps values ('x', 1, 1, '2025-01-01', null)")
    assert note_short_lists(conn, "x", "2025-01-01T00:00:00Z") == len(expected)
    assert conn.execute("select count(*) from issues where reason = 'list_incomplete'").fetchone()[
        0
    ] == len(expected)
    archive.close()
