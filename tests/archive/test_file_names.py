"""What real servers, addresses and links call a file."""

from __future__ import annotations

import pytest

from crawler.archive.files.names import file_name
from crawler.http.disposition import name_said
from crawler.text.old_tables import TCVN3

_TCVN3 = {letter: sign for sign, letter in TCVN3.items()}
UUID = "5f2b1c9e-0d3a-4b7e-9a51-7c2d8e4f6a10"
AT = "https://skhcn.vidu.gov.vn"


def tcvn3(text: str) -> str:
    """Bytes in TCVN3 as a header gives them: latin-1."""
    return "".join(_TCVN3.get(sign, sign) for sign in text)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="QD-12.pdf"', "QD-12.pdf"),
        ("attachment; filename=QD-12.pdf", "QD-12.pdf"),
        ("attachment;filename=Quyet dinh 12.pdf; size=12", "Quyet dinh 12.pdf"),
        ("inline; FileName = 'x'.pdf", "'x'.pdf"),
        ("attachment; filename=\"QD.pdf\"; filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf", "Quyết định.pdf"),
        ("attachment; filename*=utf-8'vi'Quy%E1%BA%BFt.pdf; filename=Q.pdf", "Quyết.pdf"),
        ("attachment; filename*=x-la'vi'Quy%E1%BA%BFt.pdf", "Quyết.pdf"),
        ("attachment; filename=\"=?UTF-8?B?UXV54bq/dCDEkeG7i25oLnBkZg==?=\"", "Quyết định.pdf"),
        ("attachment; filename=\"=?utf-8?Q?Quy=E1=BA=BFt.pdf?=\"", "Quyết.pdf"),
        ("attachment; filename=\"=?x-la?B?!!!?=.pdf\"", "=?x-la?B?!!!?=.pdf"),
        ('attachment; filename="Quy%E1%BA%BFt+%C4%91%E1%BB%8Bnh+12.pdf"', "Quyết định 12.pdf"),
        ('attachment; filename="Quyết định.pdf"', "Quyết định.pdf"),
        ('attachment; filename="' + "Quyết định.pdf".encode().decode("latin-1") + '"', "Quyết định.pdf"),
        ('attachment; filename="' + tcvn3("Quyết định phê duyệt.doc") + '"', "Quyết định phê duyệt.doc"),
        ('attachment; filename="R\xe9sum\xe9.pdf"', "Résumé.pdf"),
        ('attachment; filename="C:\\Users\\admin\\QD.pdf"', "QD.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ('attachment; filename="QD\u202efdp.exe"', "QDfdp.exe"),
        ('attachment; filename="100%.pdf"', "100%.pdf"),
        ('attachment; filename=""', None), ("attachment", None), (None, None), ("inline; name=x", None),
    ],
)  # fmt: skip
def test_what_a_server_calls_it(disposition, name):
    assert name_said(disposition) == name


@pytest.mark.parametrize(
    ("path", "label", "disposition", "name"),
    [
        ("/tailieu/QD-12.pdf", "Tải về", None, "QD-12.pdf"),
        ("/tailieu/QD-12.pdf", "Tải về", 'attachment; filename="Quyết định 12.pdf"', "Quyết định 12.pdf"),
        ("/tailieu/QD-12.pdf", "Tải về", 'attachment; filename="download.aspx"', "QD-12.pdf"),
        ("/Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf", "", None, "Quyết định.pdf"),
        ("/Quy%25E1%25BA%25BFt%2520%C4%91%E1%BB%8Bnh.pdf", "", None, "Quyết định.pdf"),
        ("/C%2B%2B.pdf", "", None, "C++.pdf"),
        (f"/documents/20182/0/Quy%E1%BA%BFt+%C4%91%E1%BB%8Bnh+12.pdf/{UUID}?t=1612", "Tại đây", None, "Quyết định 12.pdf"),
        (f"/documents/20182/0/Th%C3%B4ng+b%C3%A1o+tuy%E1%BB%83n+d%E1%BB%A5ng/{UUID}?version=1.0", "", None, "Thông báo tuyển dụng"),
        ("/download.aspx?id=12", "Quyết định số 12", None, "Quyết định số 12"),
        ("/download.aspx?id=12", "", None, f"{AT}/download.aspx?id=12"),
        ("/DownloadFile.ashx?path=%2Fupload%2FQuy%E1%BA%BFt.pdf&k=1", "Tải về", None, "Quyết.pdf"),
        ("/tep/QD-12.pdf/tai-ve", "Tải về", None, "QD-12.pdf"),
        ("/upload/QD12", "Quyết định 12", None, "Quyết định 12"),
        ("/upload/QD12", "", None, "QD12"),
        ("/", "", None, f"{AT}/"),
        ("/x", "  Quyết \n định ", None, "Quyết định"),
    ],
)  # fmt: skip
def test_what_a_file_is_called(path, label, disposition, name):
    assert file_name(AT + path, label, disposition) == name


def test_a_long_name_keeps_its_beginning_and_its_ending():
    name = file_name(f"{AT}/Quyet-dinh-{'phe-duyet-' * 40}.docx", "")
    assert len(name) == 120 and name.startswith("Quyet-dinh-") and name.endswith(".docx")
