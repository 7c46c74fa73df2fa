"""`scrapy read-files --ocr` as an operator runs it: without Tesseract, killed, resumed, within its hours."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from crawler.documents.tesseract import can_recognise
from samples.carried import furnish
from samples.documents.layout import font
from samples.documents.scans import scan_of
from tests.conftest import ROOT
from tests.end_to_end.file_portal import portal
from tests.scrapy_command import command, rows, scrapy

NAMED = ("-s", "SPIDER_MODULES=samples.spiders")
WORDS = ("Kế hoạch kiểm tra", "Danh mục nhiệm vụ", "Thông báo tuyển chọn", "Báo cáo tổng kết")
tesseract = pytest.mark.skipif(
    not can_recognise(), reason="tesseract with its Vietnamese is not installed"
)


def scan(number: int) -> bytes:
    """A page with two lines on it, and nothing else that takes time."""
    page = Image.new("L", (1_240, 1_754), 255)
    draw, face = ImageDraw.Draw(page), ImageFont.truetype(str(font("DejaVuSerif")), 36)
    draw.text((120, 120), f"{WORDS[number % len(WORDS)]} số {number + 100}", font=face, fill=0)
    draw.text((120, 200), "của Sở Khoa học và Công nghệ tỉnh", font=face, fill=0)
    return scan_of([page])


@pytest.fixture(scope="module", params=[4, pytest.param(24, marks=pytest.mark.long)])
def kept(request, tmp_path_factory):
    """An archive whose documents are scans that wait."""
    folder = tmp_path_factory.mktemp("scans")
    with portal(folder, 6 * request.param // 2) as made:
        furnish(made.site)
        places = [path for path in made.site.pages if path.startswith("/tailieu/")]
        for number, path in enumerate(places):
            made.site.add_file(path, scan(number), "application/pdf")
        assert made.night().returncode == 0
    assert count(folder / "archive.db", "none") == len(places) >= 3
    return folder


def count(archive: Path, text_from: str) -> int:
    return rows(
        archive, "select count(*) from files where text_from = ? and type = 'application/pdf'", text_from,
    )[0][0]  # fmt: skip


def copied(kept: Path, to: Path) -> Path:
    shutil.copytree(kept, to / "kho")
    return to / "kho" / "archive.db"


def read(archive: Path, *options: str, **environment: str):
    return scrapy("read-files", "--ocr", *options, *NAMED, archive=archive, SAMPLE_PORTALS=str(archive.parent / "portals.json"), **environment)  # fmt: skip


def test_without_tesseract_it_says_what_waits(kept, tmp_path):
    archive = copied(kept, tmp_path)
    waiting = count(archive, "none")
    done = read(archive, PATH=str(Path(sys.executable).parent))
    assert done.returncode == 1 and f"{waiting} scans have to wait" in done.stderr
    assert (
        "tesseract-ocr-vie" in done.stderr and f"{waiting} scans without recognition" in done.stdout
    )
    assert count(archive, "none") == waiting


@tesseract
@pytest.mark.timeout(900)
def test_killed_and_resumed(kept, tmp_path):
    archive = copied(kept, tmp_path)
    total = count(archive, "none")
    chance, done = random.Random(total), 0
    while done < total - 1:
        process = subprocess.Popen(
            command("read-files", "--ocr", *NAMED, archive=archive), cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SAMPLE_PORTALS": str(kept / "portals.json")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + 120
        while count(archive, "ocr") == done and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert count(archive, "ocr") > done  # what was read stays read
        done = count(archive, "ocr")
        assert done + count(archive, "none") == total
    ended = read(archive)
    assert ended.returncode == 0, ended.stderr
    assert f"{total - done} files read" in ended.stdout  # none twice
    texts = rows(archive, "select text, ocr_pages, confidence from files where text_from = 'ocr'")
    assert len(texts) == total
    assert all("Công nghệ" in text and pages == "[1]" and sure > 0.5 for text, pages, sure in texts)
    assert rows(archive, "select count(*) from files_fts where files_fts match '\"công nghệ\"'") == [(total,)]  # fmt: skip
    assert rows(archive, "pragma integrity_check") == [("ok",)]
    assert "0 files read" in read(archive).stdout


@tesseract
def test_hours_end_it_and_what_is_left_waits(kept, tmp_path):
    archive = copied(kept, tmp_path)
    total = count(archive, "none")
    done = read(archive, "--hours", "0.000000000001")
    assert done.returncode == 0 and "0 files read" in done.stdout
    assert f"{total} scans without recognition" in done.stdout


@tesseract
@pytest.mark.timeout(600)
def test_two_processes_recognise_and_one_command_at_a_time(kept, tmp_path):
    """A Tesseract that writes down when it began and ended: two are at work at once."""
    archive, notes = copied(kept, tmp_path), tmp_path / "notes"
    notes.mkdir()
    true, false = shutil.which("tesseract"), tmp_path / "bin" / "tesseract"
    false.parent.mkdir()
    false.write_text(
        f'#!/bin/sh\nbegan=$(date +%s.%N)\n{true} "$@"\nsaid=$?\n'
        f'echo "$began $(date +%s.%N)" > {notes}/$$\nexit $said\n'
    )
    false.chmod(0o755)
    path = f"{false.parent}:{os.environ['PATH']}"
    with sqlite3.connect(archive) as conn:  # whoever writes has the archive to himself
        conn.execute("select 1")
    conn.close()
    assert read(archive, PATH=path).returncode == 0
    times = [tuple(map(float, note.read_text().split())) for note in notes.iterdir()]
    most = max(sum(began <= at < ended for began, ended in times) for at, _ in times)
    assert most == 2
    first = subprocess.Popen(
        command("read-files", "--ocr", "--again", *NAMED, archive=archive), cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SAMPLE_PORTALS": str(kept / "portals.json")},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        lock, until = archive.with_name("archive.db-lock"), time.monotonic() + 60
        while first.poll() is None and time.monotonic() < until:
            second = read(archive)
            if second.returncode == 75:
                break
        assert second.returncode == 75 and lock.exists()
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
