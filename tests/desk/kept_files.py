"""An archive with documents, pictures, and what somebody might bring it to hold."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from crawler.archive.ids import stable_id
from crawler.captures import CaptureWriter
from crawler.dump.snapshot import reading, write_snapshot
from samples.carried import furnish
from samples.portals import SITES
from samples.warc import write_warc
from tests.end_to_end.file_portal import jpeg
from tests.scrapy_command import scrapy

ALERT = b"<script>document.title='owned';fetch('/tim')</script>"
HEIC = b"\0\0\0\x18ftypheic" + bytes(400)  # as if it said where it was taken
# What somebody might bring an archive to hold, as bytes and as the type that the row says.
EVIL = {
    "page.html": (b"<!DOCTYPE html><html><body>" + ALERT, "text/html"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'>" + ALERT + b"</svg>", "image/svg+xml"),
    "code.js": (b"document.title='owned'", "text/javascript"),
    "style.css": (b"*{display:none}", "text/css"),
    "feed.xml": (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>" + ALERT + b"</html>", "application/xhtml+xml"),
    "both.gif": (b"GIF89a/*" + ALERT + b"*/", "image/gif"),
    "both.pdf": (b"%PDF-1.4\n" + ALERT, "application/pdf"),
    "odd.bin": (ALERT, "application/x-unknown\r\nX-Injected: 1"),
}  # fmt: skip


def archive_with_files(folder: Path) -> Path:
    """`archive.db`, `dump/archive.db` and `captures` in a folder."""
    write_warc(
        folder / "samples.warc.gz", [furnish(SITES[name]()) for name in ("yen_bai", "ha_noi")]
    )
    archive = folder / "archive.db"
    done = scrapy(
        "nightly", "yen_bai", "ha_noi", "-s", f"REPLAY_WARC={folder / 'samples.warc.gz'}", "-s",
        "SNAPSHOTS=0", archive=archive,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    _add(archive, folder)
    (folder / "dump").mkdir()
    with reading(archive) as conn:
        write_snapshot(conn, folder / "dump" / "archive.db")
    shutil.copy(folder / "samples.warc.gz", folder / "captures")
    return folder


def _add(archive: Path, folder: Path) -> None:
    """Put in what a crawl would refuse, as if it had got past it, and a picture with its place."""
    (folder / "captures").mkdir(exist_ok=True)
    writer = CaptureWriter(folder / "captures" / "evil.warc.gz", software="test", portal="yen_bai")
    with closing(sqlite3.connect(archive, isolation_level=None)) as conn:
        article = conn.execute("select article from images order by 1").fetchone()[0]
        conn.execute("insert into _warcs values ('evil.warc.gz', 'evil.warc.gz')")
        more = {
            "place.jpg": (jpeg(place=True), "image/jpeg"),
            "unread.jpg": (jpeg((1, 2, 3), place=True), "image/jpeg"),
            "phone.heic": (HEIC, "image/heic"),
        }
        for number, (name, (content, kind)) in enumerate({**EVIL, **more}.items()):
            sha, url = sha256(content).hexdigest(), f"https://evil.example/{name}"
            at = writer.keep(url, fetched_at="2026-01-01T00:00:00Z", status=200, headers=[("Content-Type", kind)], body=content)  # fmt: skip
            conn.execute(
                "insert into files(sha256, number, name, url, type, bytes, warc, offset, first_seen, "
                "last_seen, text, text_from, located) values (?, ?, ?, ?, ?, ?, 'evil.warc.gz', ?, "
                "'2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '', ?, ?)",
                (
                    sha, stable_id(sha), name, url, kind, len(content), at,
                    None if name == "unread.jpg" else "none", name in ("place.jpg", "phone.heic"),
                ),
            )  # fmt: skip
            conn.execute(
                "insert into article_files values (?, ?, ?, '2026-01-01T00:00:00Z', "
                "'2026-01-01T00:00:00Z')",
                (article, url, sha),
            )
            conn.execute(
                "insert into images values (?, ?, ?, ?, ?)",
                (article, 50 + number, url, f"Ảnh {number}", sha),
            )
    writer.close()
