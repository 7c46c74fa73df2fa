"""The rows of what stands in many rows: the same answers, sooner."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import ExitStack, closing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.search import unasked
from crawler.dump import frequent_rows
from crawler.dump.frequent_rows import SHARE, _phrases, packed
from crawler.dump.phrase_index import LONGEST
from crawler.dump.snapshot import reading, write_snapshot
from publish.desk.filters import read_question
from publish.desk.queries.columns import load
from publish.desk.queries.pair_index import PairIndex, unpacked
from publish.desk.queries.plain_index import listed
from publish.desk.queries.portals import places
from publish.desk.queries.search import search
from publish.desk.queries.searched import ARTICLES
from publish.desk.query_parser import understand
from samples.archive import fill
from tests.dump.conftest import NEWEST

TRIED = 150
ASKED = (
    "chuyển giao công nghệ", "so huu tri tue", "KH&CN", "khoa hoc", "đổi mới -nhãn hiệu", "an toàn bức xạ hạt nhân",
    '"nhãn hiệu chứng nhận"', "hoi nghi OR tap huan", "Sở Khoa học và Công nghệ tỉnh", "cua va cac",
)  # fmt: skip


@pytest.fixture(scope="module")
def dumps_of_both(tmp_path_factory):
    """The same articles, with the rows of what is frequent and without them."""
    folder = tmp_path_factory.mktemp("frequent")
    fill(folder / "working.db", 600, newest=NEWEST, searchable=False)
    found = []
    for name, least in (("with", 1), ("without", 601)):
        with pytest.MonkeyPatch.context() as patch, reading(folder / "working.db") as conn:
            patch.setattr(frequent_rows, "LEAST", least)
            write_snapshot(conn, folder / f"{name}.db")
        found.append(folder / f"{name}.db")
    return found


@pytest.fixture(scope="module")
def both(dumps_of_both):
    with ExitStack() as stack:
        yield [stack.enter_context(closing(sqlite3.connect(path))) for path in dumps_of_both]


def test_questions_find_the_same_with_them_and_without(both, dumps_of_both):
    counts = [
        conn.execute(f"select count(*) from {ARTICLES.published.frequent}").fetchone()[0]
        for conn in both
    ]
    assert counts[0] > 500 and counts[1] == 0
    drawn = unasked(dumps_of_both[0])
    for q in (*ASKED, *(next(drawn) for _ in range(TRIED))):
        for more in (
            {},
            {"xep": "sat"},
            {"dau": "moi"},
            {"dau": "dung"},
            {"o": "tieude"},
            {"o": "chu"},
        ):
            question = read_question({"q": q} | more)
            found = [
                search(conn, understand(q), question, places(conn), load(conn)) for conn in both
            ]
            assert found[0] == found[1], (q, more)


def test_they_are_the_rows_of_the_index(both):
    """Every one of them, also of syllables without their accents and of phrases of up to five."""
    conn, tables = both[0], ARTICLES.published
    sizes: Counter[int] = Counter()
    count = conn.execute("select count(*) from articles").fetchone()[0]
    for name, articles, kept in conn.execute(f"select said, articles, rows from {tables.frequent}"):
        pairs = "_" in name.strip("_")
        table = tables.pairs if pairs else tables.words
        wanted = listed(conn, table, f'"{name}"')
        found = np.flatnonzero(unpacked(kept)) + 1
        assert np.array_equal(np.sort(wanted), found) and len(found) == articles, name
        assert articles >= SHARE * count
        sizes[name.count(" ") + 2 if pairs else 1 - name.startswith("_")] += 1
    assert set(sizes) == {0, 1, 2, 3, 4, 5}


def test_whatever_is_frequent_is_asked_of_no_index(both, monkeypatch):
    conn = both[0]
    index = PairIndex(conn, load(conn))
    monkeypatch.setattr(PairIndex, "hits", lambda *_: pytest.fail("a long list of rows was read"))
    assert index.phrases([("khoa", "học"), ("khoa", "học", "và", "công", "nghệ")]).any()


@given(st.sets(st.integers(1, 70), min_size=1), st.integers(70, 90))
def test_rows_are_packed_and_unpacked(rows, last):
    assert set(np.flatnonzero(unpacked(packed(rows, last))) + 1) == rows


@given(
    st.lists(
        st.lists(st.lists(st.sampled_from("abc"), max_size=8), max_size=2), min_size=1, max_size=12
    )
)
def test_frequent_phrases_are_all_that_a_tenth_of_the_rows_hold(said):
    wanted = Counter(
        run
        for parts in said
        for run in {
            tuple(words[at : at + size])
            for words in parts
            for size in range(2, LONGEST + 1)
            for at in range(len(words) - size + 1)
        }
    )
    assert set(_phrases(said)) == {
        run for run, count in wanted.items() if count >= SHARE * len(said)
    }
