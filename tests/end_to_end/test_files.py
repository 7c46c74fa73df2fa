"""What articles carry: asked for after all pages, kept once by content, read, and kept in versions."""

from __future__ import annotations

import json
import sqlite3
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.captures.content import kept_content
from samples.carried import furnish
from samples.portals import SITES
from samples.server import serve
from samples.site import Answer
from samples.warc import write_warc
from tests.end_to_end.file_portal import DOCUMENT, PICTURE, jpeg, pdf, portal
from tests.scrapy_command import rows, scrapy

PDF = "application/pdf"


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_files_come_after_all_pages_and_are_kept_once(tmp_path):
    with portal(tmp_path) as made:
        furnish(made.site)
        twice = jpeg()
        for address in (PICTURE, "/images/anh-5.jpg"):
            made.site.add_file(address, twice, "image/jpeg")
        done = made.night()
        assert done.returncode == 0, done.stderr
        files = made.files_asked()
        first = made.asked.index(files[0])
        assert made.asked[first:] == files  # no page after the first file
        assert len(files) == len(set(files)) == 7
        assert [path for path in files if path.startswith("/tailieu/")] == files[:4]
    kept = rows(
        tmp_path / "archive.db", "select sha256, type, bytes, warc, offset, name from files"
    )
    assert len(kept) == 6  # two pictures are one content
    for sha, _, size, warc, offset, _ in kept:
        content = kept_content(tmp_path / "captures" / warc, offset, sha)
        assert content is not None and len(content) == size
    assert not rows(tmp_path / "archive.db", "select 1 from attachments where file is null")
    assert not rows(tmp_path / "archive.db", "select 1 from images where file is null")
    records = record_types(tmp_path / "captures")
    assert records.count("revisit") == 1
    pages = [path for path in (tmp_path / "captures").iterdir() if "-files-" not in path.name]
    assert len(pages) == 1  # the captures of pages are as large as ever


def record_types(folder: Path) -> list[str]:
    found = []
    for path in folder.glob("*-files-*.warc.gz"):
        with path.open("rb") as file:
            found += [record.rec_type for record in ArchiveIterator(file)]
    return found


def test_the_pages_of_all_portals_come_first(tmp_path):
    """A portal that is done waits for the slowest: files cost no article anything, not one request."""
    sites = {"quick": SITES["yen_bai"](6), "slow": SITES["yen_bai"](24, seed=5)}
    asked: dict[bool, list[str]] = {}
    for files in (False, True):
        archive = tmp_path / str(files) / "archive.db"
        archive.parent.mkdir()
        with (
            serve(furnish(sites["quick"])) as quick,
            serve(furnish(sites["slow"]), delay=0.02) as slow,
        ):
            slow.hits = quick.hits
            told = {
                name: {"url": f"{served.url}/", "platform": "sharepoint"}
                for name, served in (("quick", quick), ("slow", slow))
            }
            described = tmp_path / "portals.json"
            described.write_text(json.dumps(told))
            hosts = ",".join(served.url.partition("://")[2] for served in (quick, slow))
            done = scrapy(
                "nightly", *(() if files else ("--no-files",)), "-s", "SPIDER_MODULES=samples.spiders",
                "-s", f"PRIVATE_HOSTS_ALLOWED={hosts}", "-s", "DOWNLOAD_DELAY=0",
                "-s", "AUTOTHROTTLE_ENABLED=False", archive=archive, SAMPLE_PORTALS=str(described),
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            asked[files] = [path for _, path in quick.hits]
    carried = [path for path in asked[True] if path.startswith(("/tailieu/", "/images/"))]
    assert len(carried) > 10
    assert asked[True][-len(carried) :] == carried
    assert sorted(asked[True][: -len(carried)]) == sorted(asked[False])


def test_documents_are_read_and_found(tmp_path):
    with portal(tmp_path) as made:
        furnish(made.site)
        assert made.night().returncode == 0
    archive = tmp_path / "archive.db"
    texts = dict(rows(archive, "select name, text from files where type not like 'image/%'"))
    assert {"Quyet-dinh-1.pdf", "Ke-hoach-4.docx", "Bang-tong-hop-7.xlsx"} <= set(texts)
    said = rows(
        archive,
        "select count(*) from files_fts where files_fts match 'text : \"thuyết minh nhiệm vụ\"'",
    )[0][0]
    assert said == 3  # the fourth document is a scan
    loosely = 'search_text : "thuyet minh nhiem vu"'
    assert rows(archive, "select count(*) from files_fts where files_fts match ?", loosely) == [
        (3,)
    ]
    assert rows(archive, "select problem, text_from from files where name like 'Thong-bao%'") == [
        ("no_text_layer", "none")
    ]
    facts = rows(archive, "select number, kind, body, raws from documents")
    assert len(facts) >= 2 and all(json.loads(raws)["kind"]["raw"] for *_, raws in facts)
    view = rows(archive, "select article_title, file, kind from article_documents")
    assert len(view) == 4 and all(title for title, *_ in view)


def test_a_file_that_was_exchanged_is_a_version_of_its_article(tmp_path):
    archive = tmp_path / "archive.db"
    first, second = pdf("Quyet dinh cu"), pdf("Quyet dinh moi")
    with portal(tmp_path) as made:
        made.site.add_file(DOCUMENT, first, PDF)
        assert made.night().returncode == 0
        made.site.add_file(DOCUMENT, second, PDF)
        assert made.night().returncode == 0  # not due yet
        assert rows(archive, "select sha256 from files") == [(digest(first),)]
        made.make_due()
        assert made.night().returncode == 0
    files = rows(archive, "select sha256 from files where type = ? order by first_seen", PDF)
    assert files == [(digest(first),), (digest(second),)]
    article, file = rows(archive, "select article, file from attachments where url like ?", f"%{DOCUMENT}")[0]  # fmt: skip
    assert file == digest(second)
    change = [
        json.loads(change)
        for (change,) in rows(
            archive, "select change from revisions where article = ? order by seen_at", article
        )
    ]
    assert [one["class"] for one in change] == ["first", "edit"]
    assert change[1]["fields"] == ["attachments"]
    assert change[1]["files"][0]["before"] == digest(first)
    assert change[1]["files"][0]["after"] == digest(second)
    status = rows(archive, "select status, revisions from articles where id = ?", article)
    assert status == [("edited", 2)]


def test_what_is_gone_stays_kept_and_is_known_to_be_gone(tmp_path):
    archive = tmp_path / "archive.db"
    with portal(tmp_path) as made:
        made.site.add_file(DOCUMENT, pdf("Quyet dinh"), PDF)
        assert made.night().returncode == 0
        del made.site.pages[DOCUMENT]
        made.make_due()
        assert made.night().returncode == 0
    looks = rows(archive, "select outcome from captures where url like ? order by fetched_at", f"%{DOCUMENT}")  # fmt: skip
    assert looks == [("ok",), ("http_404",)]
    assert rows(archive, "select count(*) from files where type = ?", PDF) == [(1,)]
    assert rows(archive, "select count(*) from attachments where file is not null") == [(1,)]


def bomb() -> bytes:
    """A PNG of two gigapixels in a few kilobytes."""
    header = (46_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"

    def chunk(kind: bytes, body: bytes) -> bytes:
        summed = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + summed

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(60_000))) + chunk(b"IEND", b"")  # fmt: skip


SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PAGE = b"<!DOCTYPE html><html><body><script>alert(1)</script>Khong tim thay</body></html>"
# What stands at the address of a document, and what is kept of it.
HOSTILE = [
    (PAGE, PDF, None, "not_a_file"),
    (b"\xef\xbb\xbf\n <html><script>1</script>", PDF, None, "not_a_file"),
    (SCRIPT, "image/jpeg", None, "not_a_file"),
    (b"<?xml version='1.0'?>" + SCRIPT, "image/svg+xml", None, "not_a_file"),
    (b"MZ\x90\0" + bytes(400), PDF, None, "not_a_file"),
    (b"#!/bin/sh\necho", PDF, None, "not_a_file"),
    (b"", PDF, None, "not_a_file"),
    (b"%PDF-1.4\n" + bytes(3_000_000), PDF, None, "too_large"),
    (jpeg(), PDF, "image/jpeg", None),
    (bomb(), "image/png", "image/png", None),
    (pdf("Van ban"), "text/html", PDF, None),
    (b"GIF89a<script>alert(1)</script>", "image/gif", "image/gif", None),
    (b"%PDF-1.4 broken", PDF, PDF, None),
]


@pytest.mark.parametrize(("content", "declared", "kind", "reason"), HOSTILE)
def test_hostile_files(tmp_path, content, declared, kind, reason):
    archive = tmp_path / "archive.db"
    with portal(tmp_path) as made:
        made.site.add_file(DOCUMENT, content, declared)
        done = made.night(FILE_MAXSIZE=2_000_000)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    found = rows(archive, "select type from files where url like ?", f"%{DOCUMENT}")
    assert found == ([(kind,)] if kind else [])
    issues = rows(archive, "select reason, article is null from issues where url like ?", f"%{DOCUMENT}")  # fmt: skip
    assert issues == ([(reason, 0)] if reason else [])
    # One file that is no good keeps nobody from the others, and no night from being good.
    assert rows(archive, "select count(*) from articles") == [(12,)]


def test_redirects_are_followed_within_bounds(tmp_path):
    archive = tmp_path / "archive.db"
    content = pdf("Van ban")
    with portal(tmp_path) as made:
        made.site.pages[DOCUMENT] = lambda: Answer(302, "", location="/tailieu/moi.pdf")
        made.site.add_file("/tailieu/moi.pdf", content, PDF)
        for at, target in ((1, "http://127.0.0.1:9/x.jpg"), (5, f"{made.site.root}/images/anh-5.jpg"), (9, "file:///etc/passwd")):  # fmt: skip
            made.site.pages[f"/images/anh-{at}.jpg"] = lambda t=target: Answer(302, "", location=t)
        assert made.night().returncode == 0
    assert rows(archive, "select file from attachments where url like ?", f"%{DOCUMENT}") == [(digest(content),)]  # fmt: skip
    outcomes = dict(rows(archive, "select reason, count(*) from issues group by 1"))
    assert outcomes.pop("http_404", 0) >= 1
    assert set(outcomes) <= {
        "redirect_outside",
        "redirect_nowhere",
        "outside",
        "unsupported_scheme",
    }
    assert sum(outcomes.values()) == 3


def test_robots_budgets_and_no_files(tmp_path):
    archive = tmp_path / "archive.db"
    with portal(tmp_path) as made:
        furnish(made.site)
        made.site.pages["/robots.txt"] = lambda: Answer(
            200, "User-agent: *\nDisallow: /images/\n", "text/plain"
        )
        assert made.night("--no-files").returncode == 0
        assert not made.files_asked()
        assert rows(archive, "select count(*) from files") == [(0,)]
        # What was passed over is not forgotten.
        assert made.night(FILES_A_NIGHT=3).returncode == 0
        assert len(made.files_asked()) == 3
        assert made.night().returncode == 0
        assert not any(path.startswith("/images/") for path in made.files_asked())
        assert len(made.files_asked()) == 4
    reasons = rows(archive, "select distinct reason from issues where url like '%/images/%'")
    assert reasons == [("robots",)]


def test_a_place_is_noted_not_kept_from_and_a_server_names_its_files(tmp_path):
    called = "inline; filename*=UTF-8''%E1%BA%A2nh%205.jpg"
    with portal(tmp_path) as made:
        made.site.add_file(PICTURE, jpeg(place=True), "image/jpeg")
        made.site.pages["/images/anh-5.jpg"] = lambda: Answer(
            200, jpeg((1, 2, 3)), "image/jpeg", disposition=called
        )
        assert made.night().returncode == 0
    located = rows(tmp_path / "archive.db", "select name, located from files order by 1")
    assert located == [("anh-1.jpg", 1), ("Ảnh 5.jpg", 0)]


def test_removal_takes_files_along_unless_another_carries_them(tmp_path):
    archive = tmp_path / "archive.db"
    own, shared = pdf("Ban rieng zuvaxo"), jpeg()
    with portal(tmp_path) as made:
        made.site.add_file(DOCUMENT, own, PDF)
        for article in made.site.articles:
            for address in article.images:
                made.site.add_file(address, shared, "image/jpeg")
        assert made.night().returncode == 0
        carrier = rows(archive, "select articles.url, articles.id from articles join attachments on article = id where file is not null")  # fmt: skip
        (url, article), *_ = carrier
        assert b"zuvaxo" in archive.read_bytes()
        for address in [url, rows(archive, "select url from articles where id in (select article from images) limit 1")[0][0]]:  # fmt: skip
            done = scrapy(
                "remove", address, "--reason", "asked", archive=archive,
                SAMPLE_PORTALS=str(made.described),
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
        assert b"zuvaxo" not in archive.read_bytes()
        assert rows(archive, "select sha256 from files") == [(digest(shared),)]
        assert not rows(archive, "select 1 from captures where digest = ? and warc is not null", digest(own))  # fmt: skip
        assert not rows(archive, "select 1 from article_files where article = ?", article)
        assert not rows(archive, "select 1 from documents")
        made.served.hits.clear()
        made.make_due()
        assert made.night().returncode == 0
        assert DOCUMENT not in made.asked
    assert rows(archive, "pragma foreign_key_check") == []


def test_read_files(tmp_path):
    archive = tmp_path / "archive.db"
    with portal(tmp_path) as made:
        furnish(made.site)
        assert made.night().returncode == 0
        before = rows(archive, "select sha256, text, pages, search_text from files order by 1")
        with sqlite3.connect(archive) as conn:  # as a kill before they were read leaves them
            conn.execute("update files set text_from = null, text = null, search_text = null")
            conn.execute("delete from documents")
        conn.close()
        named = {"SAMPLE_PORTALS": str(made.described)}
        modules = ("-s", "SPIDER_MODULES=samples.spiders")
        done = scrapy("read-files", "sample", *modules, archive=archive, **named)
        assert done.returncode == 0, done.stderr
        assert "7 files read" in done.stdout and "1 scans" in done.stdout
        assert rows(archive, "select sha256, text, pages, search_text from files order by 1") == before  # fmt: skip
        done = scrapy("read-files", *modules, archive=archive, **named)
        assert "0 files read" in done.stdout
        done = scrapy("read-files", "--again", "--hours", "1", *modules, archive=archive, **named)
        assert "7 files read" in done.stdout
        assert scrapy("read-files", "--hours", "0", archive=archive).returncode == 2
        assert scrapy("read-files", "nobody", archive=archive).returncode == 2
        # Captures that are elsewhere: said, and nothing lost.
        done = scrapy("read-files", "--again", *modules, "-s", f"CAPTURES_DIR={tmp_path / 'no'}", "-s", f"ARCHIVE_DB={archive}", **named)  # fmt: skip
        assert done.returncode == 0


def test_restoring_brings_files_back(tmp_path):
    archive = tmp_path / "archive.db"
    with portal(tmp_path) as made:
        furnish(made.site)
        assert made.night("--no-files", SNAPSHOTS=2).returncode == 0
        assert made.night(SNAPSHOTS=0).returncode == 0
        before = rows(
            archive, "select sha256, type, warc, offset, first_seen from files order by 1"
        )
        assert before
        named = {"SAMPLE_PORTALS": str(made.described)}
        done = scrapy("restore", "-s", "SPIDER_MODULES=samples.spiders", archive=archive, **named)
        assert done.returncode == 0, done.stderr
    after = rows(archive, "select sha256, type, warc, offset, first_seen from files order by 1")
    assert after == before
    assert not rows(archive, "select 1 from attachments where file is null")


def test_a_backfill_takes_files_out_of_warc(tmp_path):
    warc, archive = tmp_path / "others.warc.gz", tmp_path / "archive.db"
    write_warc(warc, [furnish(SITES["vinh_phuc"](18))])
    for _ in range(2):  # again changes nothing
        done = scrapy("backfill", "vinh_phuc", "--warc", warc, archive=archive)
        assert done.returncode == 0, done.stderr
        assert rows(archive, "select count(*), count(file) from attachments") == [(6, 6)]
        assert rows(archive, "select count(*) from revisions where change like '%files%'") == [(0,)]
    assert not rows(archive, "select 1 from issues where url like '%/tailieu/%'")
    assert scrapy("read-files", archive=archive).returncode == 0
    assert rows(archive, "select count(*) from files where text like '%thuyết minh%'")[0][0] >= 3
