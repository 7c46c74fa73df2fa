"""What is kept as a file, told by its bytes alone; what a browser might run is none."""

from __future__ import annotations

import io
import zipfile

import pytest

from crawler.documents.kept_types import kept_type

PNG, JPEG = b"\x89PNG\r\n\x1a\n" + bytes(30), b"\xff\xd8\xff\xe0" + bytes(30)


def bundle(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


# Bytes, what they are called, what they are.
CASES = [
    (b"%PDF-1.7\n...", "a.html", "application/pdf"),
    (b"\xef\xbb\xbf%PDF-1.4", "a.pdf", "application/pdf"),
    (PNG, "a.pdf", "image/png"),
    (JPEG, "", "image/jpeg"),
    (b"GIF89a" + bytes(9), "a.jpg", "image/gif"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "a.png", "image/webp"),
    (b"RIFF\x10\0\0\0WAVEfmt ", "a.wav", "application/octet-stream"),
    (b"BMx", "a.bmp", "image/bmp"),
    (b"ID3\x04" + bytes(9), "a.mp3", "audio/mpeg"),
    (b"\0\0\0\x18ftypmp42", "a.mp4", "video/mp4"),
    (b"7z\xbc\xaf\x27\x1c\0", "a.7z", "application/x-7z-compressed"),
    ("TT,Tên\n1,Chè".encode(), "bang.csv", "text/csv"),
    (bundle(word__document_xml="<w/>"), "a.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (bundle(a_txt="x"), "a.docx", "application/zip"),
    # What is none, however it begins and whatever it is called.
    (b"", "a.pdf", None),
    (b"   \n", "a.pdf", None),
    (b"<!DOCTYPE html><p>", "a.pdf", None),
    (b" \n\t<HTML>", "a.doc", None),
    (b"\xef\xbb\xbf<script>1</script>", "a.pdf", None),
    (b"\xff\xfe<\0s\0c\0r\0i\0p\0t\0>\0", "a.pdf", None),
    (b"<!-- x --><html>", "a.pdf", None),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", None),
    (b"<?xml version='1.0'?><svg/>", "a.svg", None),
    (b"<?php echo 1;", "a.jpg", None),
    (b"<table><tr><td>Khong tim thay", "a.xls", None),
    (b"MZ\x90\0", "a.pdf", None),
    (b"\x7fELF\x02", "a.doc", None),
    (b"#!/bin/sh\n", "a.txt", None),
]  # fmt: skip


@pytest.mark.parametrize(("content", "name", "kind"), CASES)
def test_kept_type(content, name, kind):
    assert kept_type(content, name=name) == kind
    if kind is None:  # what a server says makes no document of a page
        assert kept_type(content, name=name, declared="application/pdf") is None
