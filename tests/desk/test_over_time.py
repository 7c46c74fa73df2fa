"""A phrase over time: what is counted is true, what is not known is not drawn as nothing."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import shutil
import sqlite3
from contextlib import closing
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from publish.desk.views.over_time import phrases_of
from tests.desk.conftest import _get, served

PHRASE = quote("nhãn hiệu")


def figures(get, query: str) -> list[dict[str, str]]:
    body = get(f"/tan-suat.csv?{query}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    end = rows.index([])
    assert "127.0.0.1" in rows[end + 1][0] or "localhost" in rows[end + 1][0]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:end]]


@pytest.fixture
def poorly_dated(working, tmp_path):
    """The archive with articles of which only the year is known, or no day at all."""
    path = tmp_path / "archive.db"
    shutil.copy(working, path)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(
            "update articles set text = replace(text, 'TXNG', 'x') where text like '%TXNG%'"
        )
        for number, day in enumerate(("2024", "2024", None)):
            conn.execute(
                "update articles set published = ?, text = ? where id = "
                "(select id from articles order by id limit 1 offset ?)",
                (day, "Kinh phí 2,5 tỷ đồng, quẫy.", number),
            )
        conn.execute(
            "update articles set text = 'Riêng xoẹt.', published = null "
            "where id = (select max(id) from articles)"
        )
        conn.commit()
    datasette = served(path, immutable=False)
    return lambda address: asyncio.run(_get(datasette, address, {}))


def test_what_is_not_drawn_is_told(poorly_dated):
    page = poorly_dated(f"/tan-suat?q={quote('2,5 tỷ đồng quẫy')}").text
    assert "(1 bài không ghi ngày)" in page and "bài không vẽ" not in page
    page = poorly_dated(f"/tan-suat?q={quote('quẫy')}&theo=thang").text
    assert "3 bài có cụm này" in page and "<svg class" not in page
    assert "1 bài có cụm này" in poorly_dated(f"/tan-suat?q={quote('xoẹt')}").text


@pytest.mark.parametrize("by", ["nam", "thang"])
def test_what_is_drawn_and_what_is_not_are_all_articles(poorly_dated, by):
    asked = quote("2,5 tỷ đồng OR hội nghị")
    total = poorly_dated(f"/tim.json?q={asked}").json()["total"]
    drawn = sum(int(row["2,5 tỷ đồng OR hội nghị: articles"])
                for row in figures(poorly_dated, f"q={asked}&theo={by}"))  # fmt: skip
    page = poorly_dated(f"/tan-suat?q={asked}&theo={by}").text
    untold = sum(map(int, re.findall(r"\((\d+) bài không", page)))
    assert 0 < drawn < total == drawn + untold


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("nhãn hiệu, hội nghị", ["nhãn hiệu", "hội nghị"]), ("2,5 tỷ đồng", ["2,5 tỷ đồng"]),
        ("12,5%,3,5%", ["12,5%", "3,5%"]), ("1,000,000 đồng, 5G", ["1,000,000 đồng", "5G"]),
        ("2020,2021", ["2020", "2021"]), ("“a, b”, c", ['"a, b"', "c"]),
    ],
)  # fmt: skip
def test_commas_of_numbers_and_quotations_part_nothing(typed, phrases):
    assert [part.strip() for part in phrases_of(typed)] == phrases


def test_another_writing_is_counted_where_nobody_prints_the_phrase(get):
    total = get("/tim.json?q=TXNG").json()["total"]
    drawn = sum(int(row["TXNG: articles"]) for row in figures(get, "q=TXNG"))
    page = get("/tan-suat?q=TXNG").text
    assert "(viết cách khác)" in page
    assert 0 < drawn == total - sum(map(int, re.findall(r"\((\d+) bài không", page)))
    assert "(viết cách khác)" not in get(f"/tan-suat?q={quote('truy xuất nguồn gốc')}").text


def test_what_is_more_than_three_is_said_to_be_left_out(get):
    page = get("/tan-suat?q=nhan+hieu,hoi+nghi,kiem+dinh,tap+huan").text
    assert re.search(r'Không vẽ: <b lang="vi">tap huan</b></p>', page)
    page = get("/tan-suat?q=nhan+hieu,hoi+nghi&tinh=lao_cai&tinh=phu_tho").text
    assert re.search(r'Không vẽ: <b lang="vi">hoi nghi</b></p>', page)
    assert "Không vẽ" not in get("/tan-suat?q=nhan+hieu,hoi+nghi&tinh=lao_cai").text


@pytest.mark.parametrize("typed", ["nhãn hiệu", "nhan hieu"])
def test_years_add_up_to_the_articles(get, rows, typed):
    found = figures(get, f"q={quote(typed)}")
    for row in found:
        said, of = row["nhãn hiệu: articles"], row["nhãn hiệu: of all"]
        held = rows(
            "select count(*) from articles where year = ? and (text || ' ' || title || ' ' || "
            "coalesce(summary, '') like '%nhãn hiệu%' or text || title like '%Nhãn hiệu%')",
            int(row["period"]),
        )[0][0]
        assert int(said) == held
        assert (
            int(of)
            == rows("select count(*) from articles where year = ?", int(row["period"]))[0][0]
        )
        assert float(row["nhãn hiệu: share"]) == pytest.approx(held / int(of), abs=1e-6)
    assert [row["period"] for row in found] == sorted(row["period"] for row in found)


def test_words_apart_are_not_counted(get):
    apart = quote("hội nghị nhãn hiệu")
    assert get(f"/tim.json?q={apart}").json()["total"] > 0
    answer = get(f"/tan-suat?q={apart}")
    assert (
        "Không bài nào có các chữ này đi liền nhau" in answer.text
        and "<svg class" not in answer.text
    )


def test_a_point_leads_to_its_articles(get):
    page = get(f"/tan-suat?q={PHRASE}&tinh_theo=so").text
    links = re.findall(r'<a href="(/tim\?[^"]+)" aria-label="[^"]*: (\d+) / \d+">', page)
    assert len(links) > 5
    for link, count in links[::3]:
        found = get(link.replace("&amp;", "&").replace("/tim?", "/tim.json?")).json()
        assert found["total"] == int(count)


def test_three_phrases_or_three_provinces(get):
    several = figures(get, "q=nhan+hieu,hoi+nghi,kiem+dinh,tap+huan")
    assert len([name for name in several[0] if name.endswith(": share")]) == 3
    side_by_side = figures(get, "q=nhan+hieu&tinh=lao_cai&tinh=phu_tho")
    assert {"nhãn hiệu, Lào Cai: share", "nhãn hiệu, Phú Thọ: share"} < set(side_by_side[0])


def test_by_month_every_month_is_there(get):
    found = [row["period"] for row in figures(get, f"q={PHRASE}&theo=thang")]
    first, last = found[0], found[-1]
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    assert len(found) == min(months, 180)


def test_what_is_not_held_is_no_zero(get, rows):
    """No line goes through a month of which the archive has nothing."""
    found = figures(get, f"q={PHRASE}&theo=thang&tinh=ha_noi")
    empty = [row["period"] for row in found if row["nhãn hiệu: of all"] == "0"]
    assert empty and all(row["nhãn hiệu: share"] == "" for row in found if row["period"] in empty)
    picture = get(f"/tan-suat?q={PHRASE}&theo=thang&tinh=ha_noi").text
    assert picture.count('class="nothing" x=') == len(empty)
    begun = [int(row["portals_begun"]) for row in figures(get, f"q={PHRASE}&theo=thang")]
    assert begun == sorted(begun) and begun[0] < begun[-1]


def test_the_picture_is_taken_home(get):
    drawn = get(f"/tan-suat.svg?q={PHRASE},hoi+nghi")
    assert drawn.headers["content-disposition"].startswith("attachment")
    assert ElementTree.fromstring(drawn.content).tag.endswith("svg")
    assert "Nguồn" in drawn.text and "hội nghị" in drawn.text and "href" not in drawn.text
    assert get(f"/tan-suat.png?q={PHRASE}").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("typed", ["", "tên lửa đạn đạo", "$x$ <script>", "\0", ",,,", "a,b,c,d"])
def test_no_question_is_an_error(get, typed):
    for form in ("", ".csv", ".svg", ".png"):
        assert get(f"/tan-suat{form}?q={quote(typed)}").status_code in (200, 404)


@pytest.mark.parametrize(
    ("typed", "label"), [("hoi", "hoi"), ("nhan hieu OR hoi nghi", "nhãn hiệu / hội nghị")]
)
def test_a_curve_is_called_what_it_counts(get, typed, label):
    """A syllable without accents is counted with any, and not called by the commonest."""
    assert f"{label}: articles" in figures(get, f"q={quote(typed)}")[0]
