"""The second look at files: conditional where the server lets it, alarms where it gives nothing, and how
the operator hears of all that waits.
"""

from __future__ import annotations

import json
import sqlite3
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from samples.carried import furnish
from samples.server import listening
from samples.site import Answer
from tests.end_to_end.file_portal import DOCUMENT, pdf, portal
from tests.scrapy_command import rows, scrapy

PDF = "application/pdf"
CHANGED = "Tue, 05 Mar 2024 08:00:00 GMT"
VALIDATORS = {"etag": {"etag": '"van-ban-1"'}, "modified": {"modified": CHANGED}}


@pytest.mark.parametrize("kind", VALIDATORS)
def test_what_has_not_changed_is_not_sent_again(tmp_path, kind):
    content, other = pdf("Ban dau"), pdf("Ban da thay")
    archive = tmp_path / "archive.db"
    with portal(tmp_path) as made:
        made.site.pages[DOCUMENT] = lambda: Answer(200, content, PDF, **VALIDATORS[kind])
        assert made.night().returncode == 0
        assert made.served.unchanged == []
        for _ in range(2):  # what 304 repeats is remembered
            made.make_due()
            assert made.night().returncode == 0
        assert made.served.unchanged == [DOCUMENT, DOCUMENT]
        looks = rows(archive, "select outcome, warc is not null from captures where url like ? order by fetched_at", f"%{DOCUMENT}")  # fmt: skip
        assert [outcome for outcome, _ in looks] == ["ok", "not_modified", "not_modified"]
        assert rows(archive, "select count(*), sum(last_seen > first_seen) from files where type = ?", PDF) == [(1, 1)]  # fmt: skip
        assert rows(archive, "select count(*) from revisions where change like '%files%'") == [(0,)]
        # Once it has changed, it comes whole, and is a version.
        made.site.pages[DOCUMENT] = lambda: Answer(200, other, PDF, etag='"2"', modified="Wed, 06 Mar 2024 08:00:00 GMT")  # fmt: skip
        made.make_due()
        assert made.night().returncode == 0
    assert rows(archive, "select count(*) from files where type = ?", PDF) == [(2,)]
    assert rows(archive, "select count(*) from revisions where change like '%files%'") == [(1,)]


def furnished(made) -> None:
    furnish(made.site)
    assert made.night().returncode == 0


def health(made, *options: str):
    return scrapy(
        "health", *options, "-s", "SPIDER_MODULES=samples.spiders", archive=made.archive,
        SAMPLE_PORTALS=str(made.described),
    )  # fmt: skip


def carried(made) -> list[str]:
    return [path for path in made.site.pages if path.startswith(("/tailieu/", "/images/"))]


def test_a_portal_whose_files_all_fail_is_told_of_and_its_articles_are_not(tmp_path):
    heard: list[dict] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            heard.append(json.loads(self.rfile.read(length)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with portal(tmp_path) as made, listening(Hook) as hook:
        furnished(made)
        for path in carried(made):
            made.site.pages[path] = lambda: Answer(200, "<html>Dang nhap</html>")
        made.make_due()
        done = made.night(NOTIFY_WEBHOOK=hook)
        assert done.returncode == 1, done.stdout
        assert rows(made.archive, "select outcome, failure from run_portals order by started_at desc limit 1") == [("ok", None)]  # fmt: skip
        said = rows(made.archive, "select code, detail from alarms")
        assert [code for code, _ in said] == ["files_failing"] and "not_a_file 7" in said[0][1]
        assert [alarm["code"] for alarm in heard[0]["alarms"]] == ["files_failing"]
        assert "not_a_file 7" in heard[0]["files"] and heard[0]["files"] in heard[0]["text"]
        told = health(made)
        assert told.returncode == 1 and "files_failing" in told.stdout
        assert "files: 7 kept" in told.stdout and "not_a_file 7" in told.stdout
        assert "1 scans wait" in told.stdout and "300 a portal" in told.stdout
        # One that comes back is enough: the alarm is over.
        furnish(made.site)
        made.make_due()
        assert made.night().returncode == 0
        assert health(made).returncode == 0


def test_a_few_that_fail_and_a_portal_that_never_gave_any_raise_nothing(tmp_path):
    with portal(tmp_path) as made:
        furnish(made.site)
        for path in carried(made)[:-1]:
            made.site.pages[path] = lambda: Answer(404, "")
        assert made.night().returncode == 0
    never = tmp_path / "never"
    never.mkdir()
    with portal(never) as made:
        for path in carried(made):
            made.site.pages[path] = lambda: Answer(404, "")
        assert made.night().returncode == 0


def test_health_counts_what_waits(tmp_path):
    with portal(tmp_path) as made:
        furnish(made.site)
        assert made.night(FILES_A_NIGHT=3).returncode == 0
        with sqlite3.connect(made.archive) as conn:
            conn.execute("update files set text_from = null where sha256 = (select min(sha256) from files)")  # fmt: skip
        conn.close()
        told = health(made, "-s", "FILES_A_NIGHT=3")
        assert "files: 3 kept; 4 to be asked for (3 a portal and night); 1 unread" in told.stdout
        one = json.loads(health(made, "--json").stdout.splitlines()[0])
        assert one["files"]["wanted"] == 4 and one["files"]["unread"] == 1
        assert Path(made.archive).exists()
