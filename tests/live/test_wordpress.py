"""A running WordPress, crawled as any unknown site. Wants root and Debian's packages, so it is long."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scrapy_command import rows, scrapy

ARTICLES = 120
PACKAGES = "wordpress wordpress-theme-twentytwentyone mariadb-server php-cli php-mysql"


@pytest.fixture
def wordpress(tmp_path):
    if (
        os.geteuid() != 0
        or not Path("/usr/share/wordpress").is_dir()
        or not shutil.which("mariadbd")
    ):
        pytest.skip(f"no WordPress here: as root, apt-get install {PACKAGES}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path("/var/tmp") / f"wordpress-{port}"
    process = subprocess.Popen(
        [Path(__file__).with_name("wordpress.sh"), folder, str(port), str(ARTICLES)],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHON": sys.executable},
    )  # fmt: skip
    try:
        assert process.stdout is not None and process.stdout.readline().strip() == "ready"
        yield f"http://127.0.0.1:{port}", folder / "gold.jsonl"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)


def plain(text: str) -> str:
    return text.translate(str.maketrans("–—“”‘’", "--\"\"''"))


@pytest.mark.long
def test_every_article_is_found(wordpress, tmp_path):
    url, gold = wordpress
    archive = tmp_path / "archive.db"
    wanted = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    for _ in range(2):
        done = scrapy(
            "crawl", "portal", "-a", f"url={url}/", "-s", "DOWNLOAD_DELAY=0",
            "-s", "AUTOTHROTTLE_ENABLED=False",
            "-s", f"PRIVATE_HOSTS_ALLOWED={url.partition('://')[2]}", archive=archive, timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert rows(archive, "select platform from portals") == [("wordpress",)]
    stored = {
        title: (day, text)
        for title, day, text in rows(
            archive, "select title, substr(published, 1, 10), text from articles"
        )
    }
    assert len(stored) == rows(archive, "select count(*) from articles")[0][0]
    assert set(stored) == {row["title"] for row in wanted}
    for row in wanted:
        day, text = stored[row["title"]]
        # WordPress sets dashes and quotation marks in type.
        assert (day, plain(text)) == (row["date"][:10], plain(row["text"]))
    signed = dict(
        rows(
            archive,
            "select title, name from articles join article_authors on article = articles.id join authors on authors.id = author where role = 'author'",
        )
    )
    assert signed == {row["title"]: row["author"] for row in wanted if row["author"]}
    first, second = (
        pages for (pages,) in rows(archive, "select pages from run_portals order by run")
    )
    lists = rows(archive, "select count(*) from _frontier where kind = 'list' and state = 'done'")[
        0
    ][0]
    assert first <= 1.3 * (len(wanted) + lists)
    assert second <= 0.1 * first
