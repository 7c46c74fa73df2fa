"""The page without a server: in a real browser, over a host that knows nothing but files."""

from __future__ import annotations

import json
import shutil
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe

from crawler.dump.site import PAGES, write_site
from tests.conftest import ROOT
from tests.desk.browser import Visit, wait_until
from tests.dump.static_host import hosted
from tests.end_to_end.dump_fixtures import dump_of, latest_of
from tests.scrapy_command import rows, scrapy


@pytest.fixture(scope="module")
def site(release, tmp_path_factory):
    """The folder, at an address."""
    folder = tmp_path_factory.mktemp("site") / "kho"
    assert write_site(release, folder, contact="who@example.org", address="")
    with hosted(folder) as host:
        yield folder, host


@pytest.fixture
def visit(site, browser):
    opened = []

    def begin(path="", **settings):
        opened.append(Visit(browser, site[1].address, **settings))
        page = opened[-1].go(path or "/")
        page.wait_for_selector("body[data-ready]", timeout=60_000)
        return page

    yield begin
    for each in opened:
        each.close()


def test_somebody_searches_reads_and_cites(release, site, visit):
    page = visit()
    assert page.locator("html").get_attribute("lang") == "vi"
    page.fill("#q", "so huu tri tue")
    page.press("#q", "Enter")
    page.wait_for_selector("h1.kind")
    assert "Đang tìm: sở hữu trí tuệ (" in page.inner_text("#page")
    assert "sở hữu trí tuệ" in page.locator("mark").first.inner_text().lower()
    assert page.locator(".hits li").count() == 20
    page.click("a[rel=next]")
    page.wait_for_selector("a[rel=prev]")
    page.locator(".hits a").first.click()
    page.wait_for_selector("article h1")
    ident = page.evaluate("location.hash").rpartition("/")[2]
    title, text, sha = rows(dump_of(release), "select title, text, text_sha256 from articles where id = ?", ident)[0]  # fmt: skip
    assert page.inner_text("article h1") == title
    assert page.inner_text(".text").split() == text.split()
    assert (
        sha in page.inner_text("#page") and "@online{" in page.locator("pre").first.text_content()
    )
    # The address of this version leads to it again.
    page.goto(page.locator(".facts a").last.get_attribute("href"))
    page.wait_for_selector("article h1")
    assert page.inner_text("article h1") == title
    page.click("#language")
    page.wait_for_selector("text=Stable address of this version")
    assert page.locator("html").get_attribute("lang") == "en"
    page.reload()
    page.wait_for_selector("text=Stable address of this version")


def test_an_earlier_version_has_an_address_of_its_own(release, visit):
    article, sha = rows(
        dump_of(release),
        "select r.article, r.text_sha256 from revisions as r join articles as a on a.id = r.article "
        "where a.text_sha256 <> r.text_sha256 limit 1",
    )[0]
    page = visit(f"/#/bai/{article}/{sha}")
    assert "không phải bản mới nhất" in page.inner_text(".notice") and sha in page.inner_text(
        "#page"
    )
    page.click(".notice a")
    wait_until(page, "!document.querySelector('.notice')")


def test_somebody_narrows_and_widens_again(visit):
    """By the numbers beside the hits, as at the desk; an address of the desk is one here."""
    page = visit("/#/tim?q=hoi+nghi")
    link = page.locator(".narrow section", has_text="Tỉnh, thành hiện nay").locator("li").first
    count, name = link.locator("span").inner_text(), link.locator("a").inner_text()
    link.locator("a").click()
    page.wait_for_selector(".chosen")
    assert page.inner_text("h1.kind").startswith(f"{count} bài") and name in page.inner_text(".chosen")  # fmt: skip
    # What was chosen stays with the next question of the form; the portals of the province are told.
    assert page.locator(".narrow h3", has_text="Cổng").count() == 1
    page.fill("#q", "nhan hieu")
    page.press("#q", "Enter")
    wait_until(page, "location.hash.includes('nhan') && !document.querySelector('.busy')")  # fmt: skip
    assert "tinh=" in page.evaluate("location.hash") and name in page.inner_text(".chosen")
    page.click(".chosen a")
    wait_until(page, "!location.hash.includes('tinh=') && !document.querySelector('.busy')")  # fmt: skip
    assert not page.locator(".chosen").count()
    page.check("input[name=o]")
    page.press("#q", "Enter")
    wait_until(page, "location.hash.includes('o=tieude') && !document.querySelector('.busy')")  # fmt: skip
    assert "trong tiêu đề" in page.inner_text("h1.kind")
    page.click(".order a:has-text('sát câu hỏi nhất')")
    wait_until(page, "location.hash.includes('xep=sat') && !document.querySelector('.busy')")  # fmt: skip
    assert page.locator(".hits li").count()


def test_the_page_says_how_it_read_a_question(visit):
    page = visit("/#/tim?q=hoi+nghi+OR+nhan+hieu+-nhan+-zzz")
    assert "Bỏ các bài có: nhan · zzz" in page.inner_text("#page")
    hrefs = page.eval_on_selector_all(
        "p.said a", "all => all.map((a) => decodeURIComponent(a.hash))"
    )
    assert any("q=hoi+nghi+OR+nhan+hieu+-nhan+-zzz&dau=moi" in href for href in hrefs)
    assert "chữ đầu được tìm" not in page.inner_text("#page")
    page.fill("#q", "chữ " * 30)
    page.press("#q", "Enter")
    page.wait_for_selector("text=chỉ 24 chữ đầu được tìm")
    page.click("details.help summary")
    assert "bỏ các bài có từ sau NOT" in page.inner_text(".help")
    page.click("#language")
    page.wait_for_selector("text=only its first 24 words")
    assert "in capitals" in page.inner_text(".help") and "có cả hai" not in page.inner_text(".help")


def test_scattered_words_are_one_click_away(visit):
    page = visit("/#/tim?q=chuyen+doi+so")
    assert "rải rác" in page.inner_text("h1.kind a") and not page.locator(".hits").count()
    assert not page.locator(".narrow").count()
    page.click("h1.kind a")
    page.wait_for_selector(".hits li")
    assert page.locator(".narrow").count() == 1


@pytest.mark.parametrize("path", ["/#/bai/1", "/#/bai/abc", "/#/tim?q=%22%22%22&trang=-3", "/#/tim?q=%F0%9F%8C%BE'--", "/#/?<script>", "/#/tep/00", "/#/tim?loai=tailieu&q=x", "/#/tim?q=%00&nam=zz", "/#/tim?tinh=nowhere"])  # fmt: skip
def test_odd_addresses_are_answered(visit, path):
    page = visit(path)
    assert page.inner_text("#page").strip() and not page.locator("[role=alert]").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(visit, scheme):
    for path in ("/", "/#/tim?q=chuyen+giao+cong+nghe", "/#/ve"):
        page = visit(path, color_scheme=scheme, bypass_csp=True, viewport={"width": 380, "height": 800})  # fmt: skip
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_what_a_first_search_reads(release, site, visit):
    """The database is read in small parts; at 100,000 articles docs/publishing.md gives the figure."""
    _, host = site
    before = host.read(".db.")
    visit("/#/tim?q=chuyen+giao+cong+nghe")
    assert 0 < host.read(".db.") - before < 2_000_000 < dump_of(release).stat().st_size / 10


def test_a_host_without_ranges_still_works(site, browser):
    folder, _ = site
    with hosted(folder, ranges=False) as host:
        opened = Visit(browser, host.address)
        page = opened.go("/#/tim?q=hoi+nghi")
        page.wait_for_selector(".hits")
        opened.close()


def test_a_host_that_lost_a_part_is_told_of(site, browser, tmp_path):
    folder, _ = site
    shutil.copytree(folder, tmp_path / "kho")
    next((tmp_path / "kho").glob("*.db.000")).unlink()
    with hosted(tmp_path / "kho") as host, closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(host.address + "/")
        page.wait_for_selector("[role=alert]")
        assert "404" in page.inner_text("[role=alert]")


def test_the_command_writes_the_newest_dump_and_keeps_the_one_before(dumps, tmp_path):
    archive, out, yesterday = dumps
    site = tmp_path / "site"
    assert write_site(yesterday, site, contact="x", address="")
    done = scrapy("publish", "--out", out, "--site", site, archive=archive)
    assert done.returncode == 0 and "without a server" in done.stdout
    said = json.loads((site / "site.json").read_text())
    assert said["database"] == latest_of(out)["database"]
    whole = b"".join((site / name).read_bytes() for name in said["file"]["parts"])
    assert whole == dump_of(out).read_bytes() and len(whole) == said["file"]["size"]
    # Who is reading yesterday's goes on; the one before that is gone.
    assert len(list(site.glob("archive-*.db.000"))) == 2
    assert not (site / ".work").exists()
    for path in PAGES.rglob("*"):
        if path.is_file():
            assert (site / path.relative_to(PAGES)).read_bytes() == path.read_bytes()
    folder_is_a_file = tmp_path / "file"
    folder_is_a_file.touch()
    done = scrapy("publish", "--out", out, "--site", folder_is_a_file, archive=archive)
    assert done.returncode == 74 and "Traceback" not in done.stderr


def test_nothing_of_the_page_is_asked_of_anybody_else():
    for path in PAGES.glob("*"):
        if path.suffix in (".js", ".html", ".css"):
            text = path.read_text(encoding="utf-8")
            assert "http://" not in text and "https://" not in text, path.name
    assert "3.54.1" in (PAGES / "vendor" / "sqlite-wasm" / "README.md").read_text()
    assert ROOT in PAGES.parents
