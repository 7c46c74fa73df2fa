"""Rules that change between two nights hide no edit of the portal and invent none."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta

import pytest

import tests.scrapy_command
from samples.articles import Part
from tests.conftest import ROOT
from tests.end_to_end.simulated_portal import FIRST, Living, Nights
from tests.scrapy_command import rows, scrapy

REWRITTEN = 3  # of the articles, which of them the portal rewrites
NEWS = "Đính chính: hội đồng đã hoãn lễ trao giải sang quý sau vì mưa lũ."
# Each article reads otherwise under it: a rule that matters, wherever it stands.
RULE = (
    "pipelines/normalise_text.py",
    "article.text = text",
    'article.text = text.replace("khoa học", "khoa-học") + "\\nDòng của quy tắc mới."',
)
COMMENT = ("crawler/extract/file_links.py", "from __future__", "# Why not.\nfrom __future__")


@pytest.fixture
def nights(tmp_path):
    with Nights([Living("portal_a", 12)], tmp_path) as nights:
        assert nights.visit().returncode == 0
        yield nights


@pytest.fixture
def deploy(tmp_path, monkeypatch):
    """Let the commands run from a checkout in which a file was edited."""

    def with_edit(file: str, old: str, new: str) -> None:
        checkout = tmp_path / "checkout"
        for package in ("crawler", "pipelines", "spiders", "samples"):
            shutil.copytree(
                ROOT / package, checkout / package, ignore=shutil.ignore_patterns("__pycache__")
            )
        shutil.copy(ROOT / "scrapy.cfg", checkout)
        text = (checkout / file).read_text(encoding="utf-8")
        assert old in text
        (checkout / file).write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setattr(tests.scrapy_command, "ROOT", checkout)

    return with_edit


def rewrite(nights):
    portal = nights.portals["portal_a"]
    article = portal.site.articles[REWRITTEN]
    portal.change(REWRITTEN, parts=(*article.parts, Part("paragraph", NEWS)))
    return portal.url(portal.path(REWRITTEN))


def edits(nights):
    return nights.sql("select url, diff from edited_articles")


def reextract(nights):
    ahead = (FIRST + timedelta(days=nights.day)).timestamp() - time.time()
    done = scrapy("reextract", archive=nights.archive, KHCN_CLOCK_AHEAD=str(ahead))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("order", ["crawl", "crawl, reextract", "reextract, crawl"])
def test_a_rewritten_article_is_one_edit(nights, deploy, order):
    deploy(*RULE)
    url = rewrite(nights)
    for step in order.split(", "):
        if step == "crawl":
            assert nights.visit(everything=True).returncode == 0
        else:
            reextract(nights)
    assert [found for found, _ in edits(nights)] == [url]
    ((_, diff),) = edits(nights)
    assert "mưa lũ" in diff
    assert "[+" not in diff or "quy tắc" not in diff
    texts = nights.sql("select text from articles")
    assert all("Dòng của quy tắc mới." in text for (text,) in texts)


@pytest.mark.parametrize("order", ["crawl", "crawl, reextract", "reextract, crawl"])
def test_untouched_articles_are_no_edits(nights, deploy, order):
    deploy(*RULE)
    for step in order.split(", "):
        if step == "crawl":
            assert nights.visit(everything=True).returncode == 0
        else:
            reextract(nights)
    assert edits(nights) == []
    assert set(nights.sql("select status, revisions from articles")) == {("live", 1)}


def test_a_comment_hides_no_edit(nights, deploy):
    deploy(*COMMENT)
    url = rewrite(nights)
    assert nights.visit(everything=True).returncode == 0
    assert [found for found, _ in edits(nights)] == [url]
    assert nights.sql("select count(distinct extractor) from articles") == [(1,)]


def test_a_lost_capture_says_so(nights, deploy):
    """Without the earlier bytes nobody knows whose change it is."""
    deploy(*RULE)
    rewrite(nights)
    for file in (nights.archive.parent / "captures").glob("*.warc.gz"):
        file.unlink()
    nights.visit(everything=True)
    assert edits(nights) == []
    reasons = {reason for (reason,) in rows(nights.archive, "select reason from issues")}
    assert "previous_unreadable" in reasons


def test_the_diff_is_the_portals_own(nights, deploy):
    deploy(*RULE)
    rewrite(nights)
    nights.visit(everything=True)
    before, after = nights.sql("select text_before, text from edited_articles")[0]
    assert "khoa học" not in before + after
    assert NEWS in after and NEWS not in before
