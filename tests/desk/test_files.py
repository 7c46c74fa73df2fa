"""Documents and pictures on the desk: found, shown, and never anything that runs in its origin."""

from __future__ import annotations

import asyncio
import io
import re
import sqlite3
from contextlib import closing
from hashlib import sha256
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from PIL import Image

from publish.desk.queries.files import found_files
from publish.desk.query_parser import Marks
from publish.desk.render.kept import headers, served_as
from tests.desk.conftest import _get, served
from tests.desk.kept_files import EVIL, HEIC, archive_with_files
from tests.end_to_end.file_portal import jpeg
from tests.scrapy_command import rows

ONLY_IN_FILES = "thuyết minh nhiệm vụ mã số"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return archive_with_files(tmp_path_factory.mktemp("files"))


@pytest.fixture(params=["archive.db", "dump/archive.db"])
def get(request, kept, monkeypatch):
    """Ask for a page, of the working archive and of its dump."""
    monkeypatch.setenv("KHCN_CAPTURES", str(kept / "captures"))
    datasette = served(kept / request.param)
    return lambda path: asyncio.run(_get(datasette, path, {}))


def one(kept, sql, *values):
    return rows(kept / "archive.db", sql, *values)[0][0]


@pytest.mark.parametrize("typed", [ONLY_IN_FILES, "thuyet minh nhiem vu", '"mã số" -"hội nghị"'])
def test_a_word_that_stands_only_in_a_document(get, typed):
    found = get(f"/tim?q={quote(typed)}").text
    assert "Trong tệp đính kèm" in found and "<mark>" in found
    assert "trong tệp đính kèm của <a" in found
    alone = get(f"/tim?q={quote(typed)}&loai=tailieu").text
    assert "tài liệu <span" in alone and "Ke-hoach-4.docx" in alone
    without = get(f"/tim?q={quote(typed)}&loai=bai").text
    assert "Trong tệp đính kèm" not in without


def test_documents_are_narrowed_as_articles_are(get):
    asked = f"/tim?q={quote(ONLY_IN_FILES)}&loai=tailieu"
    everywhere, here = get(asked).text, get(f"{asked}&cong=ha_noi").text
    assert everywhere.count("<mark>") > here.count("<mark>") > 0
    assert get(f"{asked}&nam=1999").text.count("<mark>") == 0
    assert "attached to" in get(f"{asked}&lang=en").text


def test_the_page_a_passage_stands_on(get, kept):
    bundle = one(kept, "select sha256 from files where type = 'application/zip' limit 1")
    found = get(f"/tim?q={quote(ONLY_IN_FILES)}&loai=tailieu").text
    assert f"/files/{bundle}?trang=" in found and "trang 1" in found


@pytest.mark.parametrize(
    ("title", "facts", "shown"),
    [
        (None, {"subject": "giao kế hoạch năm 2024"}, "giao kế hoạch năm 2024"),
        ("Zuvaxo của Sở", {"subject": "giao kế hoạch"}, "[Zuvaxo] của Sở"),
        (None, {"raws": '{"issued": {"raw": "ngày 5 tháng 3 năm 2024"}, "signer": {"raw": "Vy"}}'}, "Đề nghị các đơn vị báo cáo. Vy"),
        (None, None, "SỞ KHOA HỌC CỘNG HÒA XÃ HỘI ngày 5 tháng 3 năm 2024 Đề nghị các đơn vị báo cáo. Vy"),
    ],
)  # fmt: skip
def test_a_document_that_is_only_called_so_shows_what_it_is_about(title, facts, shown):
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(
            "create table files(number, sha256, name, title, type, text_from, page_starts, text);"
            "create table documents(file, subject, raws);"
            "create table article_files(article, file);"
            "create table articles(id, title, published);"
            "insert into article_files values (1, 'a'); insert into articles values (1, 't', null)"
        )
        text = (
            "SỞ KHOA HỌC\tCỘNG HÒA XÃ HỘI\nngày 5 tháng 3 năm 2024\nĐề nghị các đơn vị báo cáo.\nVy"
        )
        conn.execute("insert into files values (7, 'a', 'zuvaxo.pdf', ?, 'application/vnd.ms-powerpoint', 'text', null, ?)", (title, text))  # fmt: skip
        if facts is not None:
            conn.execute("insert into documents values ('a', ?, ?)", (facts.get("subject"), facts.get("raws", "{}")))  # fmt: skip
        (found,) = found_files(conn, [7], Marks((re.compile("zuvaxo"),)))
    assert (found.page, found.paged_by) == (None, "slide_of")
    said = "".join(f"[{text}]" if marked else text for text, marked in found.passage)
    assert " ".join(said.split()) == shown


def test_a_document_page(get, kept):
    sha = one(kept, "select file from documents where signer is not null and subject is not null")
    page = get(f"/archive/files/{sha}")
    assert page.status_code == 200
    for words in ("Văn bản tự ghi", "Cơ quan ban hành", "Bài mang tệp này", f"/luu/{sha}", sha):
        assert words in page.text
    assert "What it says of itself" in get(f"/archive/files/{sha}?lang=en").text
    assert get(f"/archive/files/{'0' * 64}").status_code == 404
    assert get(f"/archive/files/{sha}?trang=9999999").status_code == 200
    assert get(f"/archive/files/{sha}?trang=x").status_code == 200


def test_kept_bytes(get, kept):
    sha, size = rows(kept / "archive.db", "select sha256, bytes from files where name = 'Quyet-dinh-1.pdf'")[0]  # fmt: skip
    answer = get(f"/luu/{sha}")
    assert answer.status_code == 200 and sha256(answer.content).hexdigest() == sha
    assert len(answer.content) == size
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith(
        'attachment; filename="Quyet-dinh-1.pdf"'
    )
    assert get(f"/luu/{'0' * 64}").status_code == 404
    for strange in ("/luu/../etc/passwd", "/luu/x", f"/luu/{sha.upper()}", f"/luu/{sha}/x"):
        assert get(strange).status_code == 404


def test_pictures(get, kept):
    article, sha, caption = rows(kept / "archive.db", "select article, file, caption from images where url like '%anh-1.jpg'")[0]  # fmt: skip
    page = get(f"/archive/articles/{article}").text
    assert f'<img src="/luu/{sha}/nho" alt="{caption}"' in page
    assert (
        "sokhoahocvacongnghe" not in page.partition("<img")[2].partition(">")[0]
    )  # nothing from afar
    whole, small = get(f"/luu/{sha}"), get(f"/luu/{sha}/nho")
    assert whole.headers["content-disposition"].startswith("inline")
    with Image.open(io.BytesIO(small.content)) as picture:
        assert max(picture.size) <= 480 and not picture.getexif()
    assert len(small.content) < len(whole.content)


def test_a_place_is_said_and_not_shown(get, kept):
    sha = one(kept, "select sha256 from files where name = 'place.jpg'")
    assert Image.open(io.BytesIO(jpeg(place=True))).getexif().get_ifd(0x8825)
    for path in (f"/luu/{sha}", f"/luu/{sha}/nho"):
        with Image.open(io.BytesIO(get(path).content)) as picture:
            assert not picture.getexif()
    assert "tọa độ" in get(f"/archive/files/{sha}").text
    unread = one(kept, "select sha256 from files where name = 'unread.jpg'")
    with Image.open(io.BytesIO(get(f"/luu/{unread}").content)) as picture:
        assert not picture.getexif()
    withheld = get(f"/luu/{sha256(HEIC).hexdigest()}")
    assert withheld.status_code == 404 and "tọa độ" in withheld.text


def test_captures_that_lie_elsewhere(kept, monkeypatch, tmp_path):
    monkeypatch.setenv("KHCN_CAPTURES", str(tmp_path))
    datasette = served(kept / "dump" / "archive.db")
    sha = one(kept, "select sha256 from files where name = 'Quyet-dinh-1.pdf'")
    answer = asyncio.run(_get(datasette, f"/luu/{sha}", {}))
    assert answer.status_code == 404 and "WARC" in answer.text
    assert asyncio.run(_get(datasette, f"/archive/files/{sha}", {})).status_code == 200


@pytest.mark.parametrize("name", EVIL)
def test_nothing_runs_in_the_origin(get, kept, name):
    """No type a browser would run, no guessing, a policy without anything, an origin of its own."""
    content, _ = EVIL[name]
    sha = sha256(content).hexdigest()
    answer = get(f"/luu/{sha}")
    kind = answer.headers["content-type"]
    assert kind in ("image/gif", "application/pdf", "application/octet-stream")
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "allow" not in policy
    assert answer.headers["content-disposition"].startswith("inline" if kind == "image/gif" else "attachment")  # fmt: skip
    assert "x-injected" not in answer.headers
    assert get(f"/luu/{sha}/nho").status_code == 404


# A name as a file has it, and what of it may not reach the header.
NAMES = [
    ("Kế hoạch 12.pdf", "K_ ho_ch 12.pdf"), ('a"; filename="b.html', "a_ filename=_b.html.pdf"),
    ("x\r\nSet-Cookie: a=b", "x_Set-Cookie_ a=b.pdf"), ("../../etc/passwd", "etc_passwd.pdf"), ("", "0" * 16 + ".pdf"),
    ("Quyết định số 12", "Quy_t __nh s_ 12.pdf"), ("QD.12.PDF", "QD.12.PDF"), ("bao-cao.hta", "bao-cao.hta.pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "plain"), NAMES)
def test_names_in_headers(name, plain):
    told = headers("0" * 64, "application/pdf", name)["content-disposition"]
    assert told.startswith(f'attachment; filename="{plain}"'), told
    assert "\n" not in told and "\r" not in told


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("to-trinh.doc", "application/rtf", "to-trinh.doc"), ("x.html", "image/gif", "x.html.gif"),
        ("a.txt", "application/octet-stream", "a.txt"), ("a.html", "application/octet-stream", "a.html.bin"),
        ("a.lnk", "application/octet-stream", "a.lnk.bin"), ("bia", "image/jpeg", "bia.jpg"),
    ],
)  # fmt: skip
def test_what_is_saved_opens_as_what_it_is(name, kind, saved):
    assert f'filename="{saved}"' in headers("0" * 64, kind, name)["content-disposition"]


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "text/xml", "application/javascript", "", "application/pdf; x"])  # fmt: skip
def test_only_known_types_are_said(kind):
    assert served_as(kind) == "application/octet-stream"


def test_documents_are_taken_home_as_tables(get, kept):
    asked = f"q={quote(ONLY_IN_FILES)}&loai=tailieu"
    page = get(f"/tim?{asked}").text
    said = get(f"/tim.json?{asked}").json()
    shown = list(dict.fromkeys(re.findall(r"/files/([0-9a-f]{64})", page)))
    assert [row["sha256"] for row in said["rows"]] == shown and said["total"] == len(shown) > 0
    first = said["rows"][0]
    assert one(kept, "select bytes from files where sha256 = ?", first["sha256"]) == first["bytes"]
    assert first["archive"].endswith(f"/files/{first['sha256']}") and first["article_title"]
    table = get(f"/tim.csv?{asked}").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("sha256,name,type") and len(table) >= len(shown) + 1
    sheet = load_workbook(io.BytesIO(get(f"/tim.xlsx?{asked}").content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == shown
    for form in ("csv", "xlsx", "json"):
        assert f"/tim.{form}?" in page
    for form in ("atom", "bib", "csl"):  # those tell of articles
        assert f"/tim.{form}?" not in page and get(f"/tim.{form}?{asked}").status_code == 404
