"""The search page: what it finds, how it narrows, what it gives away as files."""

import asyncio
import csv
import html
import io
import json
import re
import shutil
import sqlite3
import unicodedata
from contextlib import closing
from urllib.parse import quote, urlencode

import openpyxl
import pytest

from publish.desk.filters import read_question
from publish.desk.queries.columns import has_phrase_index, load
from publish.desk.queries.portals import places
from publish.desk.queries.search import search
from publish.desk.query_parser import understand
from publish.desk.render.safe_csv import Rows
from publish.desk.views import search as view
from tests.desk.conftest import COUNT, _get, served


def found(get, **question) -> list[dict]:
    answer = get(f"/tim.json?{urlencode(question)}")
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"]


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("đồng chí", "dong chi"),
        (unicodedata.normalize("NFD", "đồng chí"), "đồng chí"),
        ("hoà", "hòa"),
        ('"nhãn hiệu tập thể"', '"nhan hieu tap the"'),
        ("Đồng Chí", "đồng chí"),
    ],
)
def test_as_people_type(get, typed, like):
    """What is typed with accents is among what is found without."""
    exact = {row["id"] for row in found(get, q=typed)}
    loose = {row["id"] for row in found(get, q=like)}
    assert exact and exact <= loose


def test_accents_that_are_typed_are_meant(get):
    """What nobody prints is read as what articles print, unless its accents are insisted on."""
    assert found(get, q="nhẫn hiệu", dau="dung") == []
    assert found(get, q="nhẫn hiệu") == found(get, q="nhãn hiệu") != []


def test_phrases_are_stricter_than_words(get):
    words = {row["id"] for row in found(get, q="chuyển giao công nghệ", o="chu")}
    phrase = {row["id"] for row in found(get, q='"chuyển giao công nghệ"')}
    assert phrase and phrase < words


def test_newest_first(get):
    days = [row["published"] or "" for row in found(get, q="hội nghị")]
    assert len(days) > 20 and days == sorted(days, reverse=True)


def test_best_first_is_another_order_of_the_same(get):
    by_date = [row["id"] for row in found(get, q="nhãn hiệu")]
    by_fit = [row["id"] for row in found(get, q="nhãn hiệu", xep="sat")]
    assert by_date != by_fit and sorted(by_date) == sorted(by_fit)


def test_filters_count_what_they_leave(get, rows):
    page = get(f"/tim?q={quote(chr(34) + 'nhãn hiệu' + chr(34))}").text
    links = re.findall(r'href="(/tim\?[^"]+)" rel="nofollow">[^<]*</a> <span>([\d.]+)</span>', page)
    names = {re.search(r"(tinh|nam|chuyenmuc|tacgia)=", link).group(1) for link, _ in links}
    assert names == {"tinh", "nam", "chuyenmuc", "tacgia"}
    for link, count in links[::4]:
        narrowed = get(link.replace("&amp;", "&").replace("/tim?", "/tim.json?")).json()
        assert len(narrowed["rows"]) == int(count.replace(".", "")), link


def test_a_file_says_how_many_rows_it_has(get):
    answer = get("/tim.json?q=").json()
    assert answer["total"] == len(answer["rows"]) == COUNT and not answer["more"]


def test_filters_are_called_what_they_are(get):
    """The portal and the province of Bắc Ninh have one slug."""
    page = get(f"/tim?q={quote('nhãn hiệu')}").text
    assert re.search(r'tinh=bac_ninh" rel="nofollow">Bắc Ninh</a>', page)
    page = get(f"/tim?q={quote('nhãn hiệu')}&tinh=bac_ninh").text
    assert "Tỉnh, thành hiện nay: <b>Bắc Ninh</b>" in page
    assert re.search(r'cong=bac_ninh" rel="nofollow">tỉnh Bắc Ninh</a>', page)
    assert re.search(r'tinh_cu=bac_giang" rel="nofollow">Bắc Giang</a>', page)


def test_a_province_holds_those_that_became_part_of_it(get):
    present = {row["id"] for row in found(get, tinh="lao_cai")}
    former = {row["id"] for row in found(get, tinh_cu="yen_bai")}
    assert former and former < present


@pytest.mark.parametrize("filters", [{"nam": "2024"}, {"thang": "2024-03"}, {"cong": "yen_bai"}])
def test_filters_alone(get, filters):
    rows = found(get, **filters)
    assert rows
    since = filters.get("thang") or filters.get("nam")
    assert all(row["published"].startswith(since) for row in rows) if since else True
    assert all(row["portal"] == "yen_bai" for row in rows) if "cong" in filters else True


def test_both_kinds_of_archive_find_the_same(request):
    questions = [
        "q=nhan+hieu",
        "q=%22so+huu%22&nam=2024",
        "tinh=lao_cai&q=bao",
        "nam=2023",
        "q=KH%26CN",
    ]
    answers = []
    for kind in ("working", "dump"):
        from tests.desk.conftest import _get, served

        datasette = served(request.getfixturevalue(kind))
        import asyncio

        answers.append(
            [
                [
                    row["id"]
                    for row in asyncio.run(_get(datasette, f"/tim.json?{q}", {})).json()["rows"]
                ]
                for q in questions
            ]
        )
    assert answers[0] == answers[1] and any(answers[0])


HOSTILE = [
    '"', "'", "AND", "NOT x", "NEAR(", "title:", "*", "a*", "^a", "(", ")", "-", "a OR", "%", "\\", ";--",
    "\0", "\ud7ff\uffff", "a" * 5000, "é" * 300, '" OR 1=1 --', "<script>alert(1)</script>", "🙂", "ﬁ", "²½",
    "١٢٣", "ก็", "a\u0301\u0302\u0303", "zqportal00000000",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_question_is_an_error(get, typed):
    asked = quote(typed, errors="surrogatepass")
    for form in ("", ".json", ".atom", ".csv"):
        answer = get(f"/tim{form}?q={asked}&xep=sat")
        assert answer.status_code == 200, (form, answer.text[:300])
        assert "Traceback" not in answer.text and "fts5" not in answer.text
    assert get(f"/tan-suat?q={asked}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "trang=0", "trang=999999", "trang=-1", "trang=x", "nam=99999", "thang=2024-13", "tinh='", "tacgia=abc",
        "tacgia=9999999999999999", "chuyenmuc=%00", "xep=drop", "q=%ff%fe", "cong=nowhere", "q=a&q=b", "tinh=&nam=",
    ],
)  # fmt: skip
def test_no_address_is_an_error(get, query):
    assert get(f"/tim?{query}").status_code == 200


def test_files_hold_the_same(get):
    said = get("/tim.json?q=nhan+hieu").json()["rows"]
    table = list(
        csv.DictReader(io.StringIO(get("/tim.csv?q=nhan+hieu").content.decode("utf-8-sig")))
    )
    book = openpyxl.load_workbook(io.BytesIO(get("/tim.xlsx?q=nhan+hieu").content), read_only=True)
    sheet = list(book.active.iter_rows(values_only=True))
    assert [row["id"] for row in table] == [str(row["id"]) for row in said]
    assert [row[0] for row in sheet[1:]] == [str(row["id"]) for row in said]
    assert all(row["url"].startswith("https://") and row["archive"] for row in said)
    assert json.dumps(said)


def test_nothing_found_helps(get):
    page = get(f"/tim?q={quote('tên lửa đạn đạo')}&nam=2024").text
    assert "Không tìm thấy" in page and "Bỏ mọi bộ lọc" in page
    assert "không bài nào có các chữ này đi liền nhau" in page


def test_what_only_the_filters_leave_out_is_not_denied(get):
    page = get(f"/tim?q={quote('nhãn hiệu')}&nam=1999").text
    assert "Trong các bài đã lọc, không bài nào" in page and "Không bài nào có" not in page
    assert 'class="notice"' not in get("/tim?q=zzz").text  # of one word


def test_a_comma_does_not_part_what_is_drawn_over_time(get):
    """There it stands between phrases to compare; a search reads over it."""
    page = get(f"/tim?q={quote('nhãn, hiệu')}").text
    drawn = re.search(r'href="(/tan-suat\?[^"]+)"', page)[1]
    assert "nhãn hiệu: articles" in get(drawn.replace("?", ".csv?", 1)).text


def test_scattered_words_are_one_click_away(get):
    """Ten articles that hold the syllables apart are no answer; whoever wants them asks."""
    question = "q=luong+xuat+pho"
    page = get(f"/tim?{question}").text
    assert "Không bài nào có các chữ này đi liền nhau" in page and "<mark>" not in page
    link = re.search(r'href="([^"]*)"[^>]*>Xem (\d+) bài có đủ các chữ', page)
    asked = get(html.unescape(link[1])).text
    assert f"{link[2]} bài" in asked and "<mark>" in asked


def test_all_spellings_keep_the_operators(get):
    page = get(f"/tim?{urlencode({'q': 'nhan hieu OR hoi nghi -zzz'})}").text
    (link, *_) = re.findall(r'href="([^"]+dau=moi[^"]*)"', page)
    assert "OR" in link
    asked = html.unescape(link).replace("/tim?", "/tim.json?")
    assert (
        get(asked).json()["total"]
        >= get("/tim.json?q=nhan+hieu+OR+hoi+nghi+-zzz").json()["total"]
        > 0
    )


def test_what_is_left_out_and_what_is_not_looked_for_is_said(get):
    page = get("/tim?q=hoi+nghi+-nhan+hieu").text
    assert 'Bỏ các bài có: <b lang="vi">nhan</b></p>' in page
    assert "chỉ 24 chữ đầu" in get(f"/tim?q={quote('chữ ' * 30)}").text
    assert "chữ đầu được tìm" not in page


def test_how_many_rows_a_file_has_is_said_beside_it(get, monkeypatch):
    """Those of the counted kind: what comes close to a question is on the page alone."""
    asked = f"q={quote('nhãn hiệu tập thể')}"
    total = get(f"/tim.json?{asked}").json()["total"]
    assert f"Tải {total} bài:" in get(f"/tim?{asked}").text
    monkeypatch.setattr(view, "MOST", total - 1)
    assert f"Tải {total - 1} bài đầu tiên" in get(f"/tim?{asked}").text


def test_nothing_is_offered_that_finds_no_more(get):
    assert "Mọi bài có đủ các chữ" not in get("/tim?q=zzz+qqq").text
    assert "Mọi bài có đủ các chữ" not in get(f"/tim?q={quote('hội')}").text
    assert "Mọi bài có đủ các chữ" in get(f"/tim?q={quote('nhãn hiệu')}").text


ODD = ("=1+1", "+84 203", "-cmd", "@x", "\t=1", "＝1+1", '=HYPERLINK("https://e.example","a,\nb")')


@pytest.fixture
def odd_desk(working, tmp_path):
    """An archive with titles that a spreadsheet would run."""
    path = tmp_path / "archive.db"
    shutil.copy(working, path)
    with closing(sqlite3.connect(path)) as conn:
        idents = [row[0] for row in conn.execute(NEWEST, (len(ODD),))]
        for ident, title in zip(idents, ODD, strict=True):
            conn.execute("update articles set title = ? where id = ?", (title, ident))
        conn.commit()
    datasette = served(path, immutable=False)
    return lambda address: asyncio.run(_get(datasette, address, {}))


NEWEST = "select id from articles order by published desc, id desc limit ?"
TABLES = (
    "/tim.{}",
    "/archive/articles.{}?_sort_desc=published&_size=10&_col=title",
    "/archive/moi_nhat_theo_tinh.{}?province=",
)


@pytest.mark.parametrize("address", TABLES)
def test_no_cell_is_a_formula(odd_desk, address):
    table = odd_desk(address.format("csv")).content.decode("utf-8-sig")
    titles = [row["title"] for row in csv.DictReader(io.StringIO(table, newline=""))]
    assert titles[: len(ODD)] == [f"'{title}" for title in ODD]
    assert not any(title.startswith("'") for title in titles[len(ODD) :])
    book = openpyxl.load_workbook(io.BytesIO(odd_desk(address.format("xlsx")).content))
    sheet = list(book.worksheets[0].iter_rows())
    at = [cell.value for cell in sheet[0]].index("title")
    cells = [row[at] for row in sheet[1 : len(ODD) + 1]]
    assert [cell.value for cell in cells] == list(ODD)
    assert {cell.data_type for cell in cells} == {"s"}
    said = odd_desk(address.format("json")).json()
    names = said.get("columns") or ()
    titles = [row["title"] if not names else row[names.index("title")] for row in said["rows"]]
    assert titles[: len(ODD)] == list(ODD)


def test_rows_of_a_table_stay_whole():
    text = b'a,b\r\n"x ""y""\r\n=1",-5.5\r\n\t,"=2,3"\r\n'
    wanted = b'a,b\r\n"x ""y""\r\n=1",-5.5\r\n\'\t,"\'=2,3"\r\n'
    for size in range(1, len(text) + 1):
        rows, out = Rows(), b""
        for at in range(0, len(text), size):
            out += rows.take(text[at : at + size], more=at + size < len(text))
        assert out == wanted, size


@pytest.mark.parametrize("narrowed", ["", "nam=2016", "nam=1990", "thang=2026-11", "nam=2024"])
@pytest.mark.parametrize("q", ['"khoa học và công nghệ"', "X-quang", "nhan hieu", '"Minh Quang"'])
def test_a_dump_and_a_working_archive_find_the_same(working, dump, q, narrowed):
    """One has an index by date, the other sorts what it finds."""
    question = read_question(
        dict(pair.split("=") for pair in narrowed.split("&") if pair) | {"q": q}
    )
    answers = []
    for path in (working, dump):
        with closing(sqlite3.connect(path)) as conn:
            known = places(conn)
            answers.append(search(conn, understand(q), question, known, load(conn)))
            assert has_phrase_index(conn) == (path == dump)
    assert answers[0] == answers[1]
