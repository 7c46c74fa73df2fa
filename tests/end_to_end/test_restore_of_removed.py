"""An archive put together anew right after a removal: nothing removed comes back, nothing else is lost."""

from __future__ import annotations

import shutil

import pytest

from tests.end_to_end.file_portal import DOCUMENT, PICTURE, jpeg, pdf, portal
from tests.scrapy_command import rows, scrapy

KEPT = (
    "select id, url, title, text from articles order by id", "select sha256, bytes, text from files order by 1",
    "select article, url, file from article_files order by 1, 2", "select article, url, file from attachments order by 1, 2",
    "select file, number, subject from documents order by 1",
)  # fmt: skip
CARRIER = "select articles.url, articles.id from articles join attachments on article = articles.id where attachments.url like ?"


def kept(archive):
    return [rows(archive, sql) for sql in KEPT]


@pytest.mark.parametrize(
    "copy",
    [
        "dump of before",
        *(pytest.param(copy, marks=pytest.mark.long) for copy in ("snapshot", "dump")),
    ],
)
def test_restore_after_removal(tmp_path, copy):
    archive, dist = tmp_path / "archive.db", tmp_path / "dist"
    shared = jpeg()
    with portal(tmp_path, 6) as made:
        made.site.add_file("/tailieu/Ke-hoach-4.docx", pdf("Ban khac"), "application/pdf")
        made.site.add_file(DOCUMENT, pdf("Ban rieng zuvaxo"), "application/pdf")
        for article in made.site.articles:
            for address in article.images:
                made.site.add_file(address, shared, "image/jpeg")

        def run(*words):
            done = scrapy(
                *words, "-s", "SPIDER_MODULES=samples.spiders", archive=archive,
                SAMPLE_PORTALS=str(made.described),
            )  # fmt: skip
            assert done.returncode == 0, (words, done.stdout, done.stderr)
            return done

        assert made.night(SNAPSHOTS=int(copy == "snapshot")).returncode == 0
        if copy != "dump":
            run("publish", "--out", dist)
        (url, article), *_ = rows(archive, CARRIER, f"%{DOCUMENT}")
        (pictured, _), *_ = rows(archive, CARRIER.replace("attachments", "images"), f"%{PICTURE}")
        for address in {url, pictured}:
            run("remove", address, "--reason", "asked")
        if copy == "dump":
            run("publish", "--out", dist)
        before = kept(archive)
        assert b"zuvaxo" not in archive.read_bytes()
        run("restore", "--dumps", dist)
        assert kept(archive) == before
        assert b"zuvaxo" not in archive.read_bytes()
        assert not rows(archive, "select 1 from articles where id = ?", article)
        assert rows(archive, "select count(*) from removals") == [(len({url, pictured}),)]
        assert rows(archive, "pragma foreign_key_check") == []
        # And it goes on from there.
        made.served.hits.clear()
        made.make_due()
        assert made.night().returncode == 0
        assert DOCUMENT not in made.asked
        assert kept(archive)[0] == before[0]
        shutil.rmtree(dist, ignore_errors=True)
