"""Yesterday's dump and the delta make today's: every row, the history's order, and the search."""

from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise
from random import Random

import pytest

from crawler.archive.articles.removal import PARTS
from crawler.dump.delta import delta
from crawler.dump.snapshot import reading, write_snapshot
from tests.end_to_end.dump_fixtures import change, copy_of, dump_of, unpacked
from tests.scrapy_command import rows


def apply(old, delta_sql, target):
    shutil.copy(old, target)
    change(target, delta_sql)
    return target


def same_rows(one, other):
    names = [
        name
        for (name,) in rows(
            one,
            "select name from sqlite_master where type in ('table', 'view') and name not like '%fts%'",
        )
    ]
    assert len(names) >= 16
    for name in names:
        assert sorted(map(repr, rows(one, f"select * from [{name}]"))) == sorted(
            map(repr, rows(other, f"select * from [{name}]"))
        ), name
    order = "select article, seen_at, extractor from revisions order by article, seen_at, rowid"
    assert rows(one, order) == rows(other, order)
    parts = "select type, name, sql from sqlite_master where name not glob '*_fts_by_*' and name not like 'sqlite%' order by 1, 2"
    assert rows(one, parts) == rows(other, parts)


def same_search(one, other):
    for path in (one, other):
        change(path, "insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")
    for words in ("hoi nghi", "hội nghị", '"nhãn hiệu"', "khoa OR công", "🌾", "zzz*"):
        query = (
            "select id from articles join articles_fts on articles.rowid = articles_fts.rowid "
            "where articles_fts match ? order by id"
        )
        assert rows(one, query, words) == rows(other, query, words)


def test_yesterday_and_the_delta_make_today(dumps, tmp_path):
    _, out, yesterday = dumps
    packed = unpacked(next(out.glob("delta-*.sql.zst"))).decode()
    mine = apply(dump_of(yesterday), packed, tmp_path / "mine.db")
    today = shutil.copy(dump_of(out), tmp_path / "today.db")
    same_rows(mine, today)
    same_search(mine, today)


def test_the_shell_applies_a_delta_once_and_to_its_own_dump_only(dumps, tmp_path):
    if shutil.which("sqlite3") is None:
        pytest.skip("the sqlite3 shell is not installed")
    _, out, yesterday = dumps
    packed = unpacked(next(out.glob("delta-*.sql.zst")))
    mine = shutil.copy(dump_of(yesterday), tmp_path / "mine.db")
    run = ["sqlite3", "-bail", str(mine)]
    done = subprocess.run(run, input=packed, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    same_rows(mine, dump_of(out))
    content = mine.read_bytes()
    again = subprocess.run(run, input=packed, capture_output=True, check=False)
    assert again.returncode != 0 and b"the_dump_this_delta_is_for" in again.stderr
    assert mine.read_bytes() == content


ODD = ["NULL", "''", "'it''s \"quoted\"'", "'a' || char(10) || 'b'", "'x' || char(13) || char(10)", "char(0) || 'nul'", "'🌾 \u0111\u1ed3ng chí'", "'.quit'", "';'", "'--'", "'1e5'", "'/'"]  # fmt: skip


def random_changes(random):
    """What nights, editors and requests do to an archive, as SQL, at random."""
    some = f"(select id from articles order by random() * {random.random()} limit 1)"
    value = random.choice(ODD)
    text = random.choice([v for v in ODD if v != "NULL"])
    return random.choice(
        [
            f"update articles set title = {value}, byline = {random.choice(ODD)} where id = {some}",
            f"update articles set last_seen = '2025-08-0{random.randint(1, 9)}T00:00:00Z' where id % 3 = {random.randint(0, 2)}",
            f"update articles set status = 'gone' where id = {some}",
            f"update articles set summary = {value}, search_text = search_text || ' zzz{random.randint(0, 99)}' where id = {some}",
            f"insert or ignore into images(article, position, url, caption) values ({some}, {random.randint(1, 9)}, 'https://x/{random.random()}', {value})",
            f"delete from images where article = {some}",
            f"delete from article_authors where article = {some}",
            f"insert or ignore into issues values ('u{random.random()}', '2025-01-01', {text}, 'ha_noi', {value}, {some})",
            f"insert or ignore into captures(url, fetched_at, portal, outcome, article, offset) values ({text}, '2025-02-0{random.randint(1, 9)}T00:00:00Z', 'ha_noi', 'ok', {some}, {random.randint(0, 2**40)})",
            f"insert or ignore into fingerprints(print, article) values ({random.randint(1, 2**50)}, {some})",
            f"insert or ignore into removed_lines values ({some}, {text})",
            f"insert or ignore into authors values ({random.randint(1, 2**50)}, {text}, 'person', {text})",
            f"insert or ignore into revisions select article, '2025-03-0{random.randint(1, 9)}T00:00:00Z', {value}, summary, text, byline, published, text_sha256, change, 'x{random.randint(1, 3)}' from revisions where article = {some} limit 1",
            f"insert into articles(id, portal, key, url, title, text, captured_at, first_seen, last_seen, text_sha256, extractor, search_text) values ({random.randint(1, 2**50)}, 'ha_noi', 'k{random.random()}', 'https://x/', {value}, {text}, '2025', '2025', '2025', 'x', 'x', {text})",
            f"""insert or ignore into removals select id, portal, {text}, '2025-05-05', 1 from articles where id = {some};
            {"".join(f"delete from {t} where article in (select article from removals);" for t in (*PARTS, "revisions"))}
            delete from captures where article in (select article from removals);
            delete from articles where id in (select article from removals)""",
        ]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_random_changes_are_in_the_delta(dumps, tmp_path, seed):
    archive, _, _ = dumps
    random = Random(seed)
    copy = copy_of(archive, tmp_path / "archive.db")
    dumps_made = []
    for night in range(3):
        dumps_made.append(tmp_path / f"{night}.db")
        with reading(copy) as conn:
            write_snapshot(conn, dumps_made[-1])
        change(copy, ";\n".join(random_changes(random) for _ in range(random.randint(0, 40))))
    mine = shutil.copy(dumps_made[0], tmp_path / "mine.db")
    for old, new in pairwise(dumps_made):
        sql = "".join(delta(old, new))
        if seed % 2 and shutil.which("sqlite3"):
            run = ["sqlite3", "-bail", str(mine)]
            done = subprocess.run(run, input=sql.encode(), capture_output=True, check=False)
            assert done.returncode == 0, done.stderr
        else:
            change(mine, sql)
        same_rows(mine, new)
        same_search(mine, new)
