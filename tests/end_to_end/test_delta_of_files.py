"""A delta carries files and documents: new ones, exchanged ones, those read since, those removed."""

from __future__ import annotations

import shutil
import sqlite3

from crawler.dump.delta import delta
from crawler.dump.snapshot import reading, write_snapshot
from samples.carried import furnish
from samples.documents.forms import forms
from samples.documents.pdf import pdf_of
from tests.end_to_end.file_portal import DOCUMENT, portal
from tests.end_to_end.test_publish_delta import apply, same_rows
from tests.scrapy_command import rows, scrapy

PDF = "application/pdf"


def dump(archive, target):
    with reading(archive) as conn:
        write_snapshot(conn, target)
    return target


def test_yesterday_and_the_delta_make_today_with_files(tmp_path):
    one, other, *_ = forms(9, 3)
    with portal(tmp_path) as made:
        furnish(made.site)
        made.site.add_file(DOCUMENT, pdf_of(one), PDF)
        assert made.night(FILES_A_NIGHT=5).returncode == 0
        old = dump(made.archive, tmp_path / "old.db")
        # Exchanged, the rest fetched, one read otherwise, and one article gone with its file.
        made.site.add_file(DOCUMENT, pdf_of(other), PDF)
        made.make_due()
        assert made.night().returncode == 0
        with sqlite3.connect(made.archive) as conn:
            conn.execute("update documents set subject = 'đọc lại', number = null where rowid = (select max(rowid) from documents)")  # fmt: skip
            conn.execute("update files set text = text || ' đọc thêm', pages = 3 where text_from = 'text' and sha256 = (select max(sha256) from files where text_from = 'text')")  # fmt: skip
        conn.close()
        url = rows(made.archive, "select articles.url from articles join attachments on article = id where attachments.url like '%.docx' limit 1")[0][0]  # fmt: skip
        done = scrapy("remove", url, "--reason", "asked", "-s", "SPIDER_MODULES=samples.spiders", archive=made.archive, SAMPLE_PORTALS=str(made.described))  # fmt: skip
        assert done.returncode == 0, done.stderr
        new = dump(made.archive, tmp_path / "new.db")
    before, after = (rows(path, "select count(*) from files")[0][0] for path in (old, new))
    assert (before, after) == (5, 7)
    mine = apply(old, "".join(delta(old, new)), tmp_path / "mine.db")
    today = shutil.copy(new, tmp_path / "today.db")
    same_rows(mine, today)
    for words in ('"khoa học"', "doc", '"đọc thêm"'):
        query = "select sha256 from files join files_fts on files.number = files_fts.rowid where files_fts match ? order by 1"  # fmt: skip
        assert rows(mine, query, words) == rows(today, query, words)
    with sqlite3.connect(mine) as conn:
        conn.execute("insert into files_fts(files_fts, rank) values ('integrity-check', 1)")
    conn.close()
