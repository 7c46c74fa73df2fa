"""A portal of which only the address is known: articles and lists are told by their pages."""

from __future__ import annotations

from crawler.captures import CaptureWriter
from samples.shells import nukeviet
from tests.rescue.test_two_sources import rescue
from tests.scrapy_command import rows


def test_a_portal_that_nobody_described(tmp_path):
    site, archive, warc = nukeviet.build(10), tmp_path / "archive.db", tmp_path / "kept.warc.gz"
    writer = CaptureWriter(warc, software="samples", portal="x")
    missing = site.addresses[site.articles[3].id]
    for at in ("2018-02-03T04:05:06Z", "2021-02-03T04:05:06Z"):
        for address in site.pages:
            answer = site.answer(address)
            if address != missing and not address.startswith(("/print", "/savefile")):
                writer.keep(
                    f"https://sokhcn.hanoi.gov.vn{address}", fetched_at=at, status=answer.status,
                    headers=[("Content-Type", answer.content_type)], body=answer.body.encode(),
                )  # fmt: skip
    writer.close()
    done = rescue(archive, str(warc), portal="ha_noi_khcn")
    assert done.returncode == 0, done.stderr
    titles = {title for (title,) in rows(archive, "select title from articles")}
    kept = {article.title for article in site.articles if site.addresses[article.id] != missing}
    assert kept <= titles and site.articles[3].title not in titles
    assert rows(archive, "select count(*) from edited_articles") == [(0,)]
    assert rows(archive, "select title from lost_articles") == [(site.articles[3].title,)]
