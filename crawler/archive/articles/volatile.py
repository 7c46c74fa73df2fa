"""Lines that come and go by themselves: a rotating advertisement, links to others without a heading.

Two looks at an article tell which lines changed; the portal's other articles whether they are theirs.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping

from crawler.text.boilerplate import fingerprint

NEWEST = 100  # articles of the portal that are compared with
ELSEWHERE = 2  # of them that hold a line which is no part of this one
MOST = 20  # changed lines
LONGEST = 200  # characters of such a line


def is_only_volatile(
    conn: sqlite3.Connection,
    ident: int,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
) -> bool:
    """Whether two versions differ only in lines that are other articles' titles, or stand on them."""
    if any(before.get(name) != after.get(name) for name in before if name != "text"):
        return False
    was, now = (Counter((fields.get("text") or "").split("\n")) for fields in (before, after))
    changed = {line for line in (was - now) + (now - was) if line.strip()}
    if not (was & now) or not 0 < len(changed) <= MOST or any(len(x) > LONGEST for x in changed):
        return False
    titles: set[str] = set()
    found: Counter[str] = Counter()
    marks = {fingerprint(line) for line in changed}
    for title, text in conn.execute(
        "select title, text from articles where id <> :id and portal = "
        "(select portal from articles where id = :id) order by first_seen desc limit :newest",
        {"id": ident, "newest": NEWEST},
    ):
        titles.add(fingerprint(title or ""))
        found.update({fingerprint(line) for line in text.split("\n")} & marks)
    return all(mark in titles or found[mark] >= ELSEWHERE for mark in marks)
