"""The page without a server: in a real browser, over a host that knows nothing but files."""

from __future__ import annotations

import json
import shutil
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from crawler.dump.site import PAGES, write_site
from crawler.dump.snapshot import reading
from crawler.text.spelling import bare, canonical, syllables
from publish.desk.filters import read_question
from publish.desk.queries.columns import load
from publish.desk.queries.portals import places
from publish.desk.queries.search import found_articles, search
from publish.desk.query_parser import understand
from tests.conftest import ROOT
from tests.desk.browser import FLAGS, Visit, chromium
from tests.dump.static_host import hosted
from tests.end_to_end.dump_fixtures import dump_of, latest_of
from tests.scrapy_command import rows, scrapy

QUESTIONS = [
    "chuyển giao công nghệ", "chuyen giao cong nghe", "sở hữu trí tuệ", "khcn", "KH&CN", "hội nghị",
    "hoi", "nhãn hiệu OR sáng chế", '"sở hữu" -"nhãn hiệu"', "hop tac xa nong nghiep", "zzz",
    "so huu hoi nghi", "thiết bị y tế ở xã", "bức xạ OR zzz",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(release, tmp_path_factory):
    """The folder, at an address."""
    folder = tmp_path_factory.mktemp("site") / "kho"
    assert write_site(release, folder, contact="who@example.org", address="")
    with hosted(folder) as host:
        yield folder, host


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


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


def asked(page, words):
    """What the worker answers, as the page gets it."""
    page.evaluate(
        """() => { window.worker = new Worker(new URL("worker.js", document.baseURI), {type: "module"});
        window.tell = (name, value) => new Promise((done) => {
          window.worker.onmessage = ({data}) => done(data);
          window.worker.postMessage({number: 1, name, value}); }); }"""
    )
    page.evaluate(
        """async () => { const site = await (await fetch("site.json")).json();
        return (await window.tell("open", {base: document.baseURI, site})).error; }"""
    )
    return [
        page.evaluate(
            "(q) => window.tell('search', {q, province: '', from: '', to: '', page: 1})", q
        )
        for q in words
    ]


def test_a_question_means_what_it_means_at_the_desk(release, visit):
    """The best kind of hits, how many there are, and the first of them, article by article."""
    page = visit()
    kinds = set()
    with reading(dump_of(release)) as conn:
        known, columns = places(conn), load(conn)
        for words, said in zip(QUESTIONS, asked(page, QUESTIONS), strict=True):
            assert "error" not in said, (words, said)
            found = said["answer"]["sections"]
            there = search(conn, understand(words), read_question({"q": words}), known, columns)
            if there.kind == "near":  # the desk alone tells words that stand close together
                assert found and found[0]["kind"] == "words"
                continue
            if not there.kind:
                assert not found, words
                continue
            ids, total = found_articles(
                conn, understand(words), read_question({"q": words}), known, columns, 20
            )
            kinds.add(there.kind)
            assert (found[0]["kind"], found[0]["count"]) == (there.kind, total), words
            assert [hit["id"] for hit in found[0]["hits"]] == ids, words
    assert {"phrase", "other", "pieces"} <= kinds


def test_words_are_spelt_as_the_indexes_spell_them(release, visit):
    page = visit()
    odd = ["Hoà", "HÒA", "thuỷ", "Thuý", "kĩ", "quí", "quý", "Mĩ", "khoẻ", "Toàn", "chuyển", "Ðắk",
           "loá", "xoèn", "lí", "ti", "ĐMST", "tuỳ", "2021", "quả", "hoài", "uỷ"]  # fmt: skip
    words = odd + [w for (w,) in rows(dump_of(release), "select printed from articles_fts_by_date_syllables")]  # fmt: skip
    assert len(words) > 500
    found = page.evaluate(
        """async (words) => { const spelling = await import("./words.js");
        return words.map((word) => [spelling.canonical(word), spelling.bare(spelling.canonical(word))]); }""",
        words,
    )
    assert found == [[canonical(w), bare(canonical(w))] for w in words]
    questions = [*QUESTIONS, "“a b” c|d OR e", "-x", 'q "', "a " * 40, "07/07/2021 KH&CN", "hoà−bình −x"]  # fmt: skip
    runs = page.evaluate(
        """async (questions) => { const {understand} = await import("./words.js");
        return questions.map(understand); }""",
        questions,
    )
    for typed, run in zip(questions, runs, strict=True):
        here = understand(typed)
        assert [[(tuple(r["words"]), r["quoted"]) for r in g] for g in run["groups"]] == [
            [(r.words, r.quoted) for r in g] for g in here.groups
        ], typed
        assert [tuple(r["words"]) for r in run["excluded"]] == [r.words for r in here.excluded]
    assert syllables("Hoà") == ["hòa"]


def test_somebody_searches_reads_and_cites(release, site, visit):
    page = visit()
    assert page.locator("html").get_attribute("lang") == "vi"
    page.fill("#q", "so huu tri tue")
    page.press("#q", "Enter")
    page.wait_for_selector("h1.kind")
    assert "Hiểu là “sở hữu trí tuệ”" in page.inner_text("#page")
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
    page.wait_for_function("() => !document.querySelector('.notice')")


def test_filters_narrow_by_province_and_year(release, visit):
    (province,) = rows(dump_of(release), "select coalesce(successor, provinces.slug) from provinces join portals on province = provinces.slug join articles on portal = portals.slug group by 1 order by count(*) desc limit 1")[0]  # fmt: skip
    page = visit(f"/#/tim?q=&province={province}&from=2020&to=2023")
    seen = page.eval_on_selector_all(".hits .meta", "all => all.map((one) => one.textContent)")
    wanted = rows(dump_of(release), "select published, department from articles join portals on portals.slug = portal join provinces on provinces.slug = province where coalesce(successor, provinces.slug) = ? and published >= '2020' and published < '2024' order by articles.rowid limit 20", province)  # fmt: skip
    days = ["/".join(reversed(published[:10].split("-"))) for published, _ in wanted]
    assert seen == [f"{day} · {department}" for day, (_, department) in zip(days, wanted, strict=True)]  # fmt: skip
    assert len(seen) > 3


@pytest.mark.parametrize("path", ["/#/bai/1", "/#/bai/abc", "/#/tim?q=%22%22%22&page=-3", "/#/tim?q=%F0%9F%8C%BE'--", "/#/?<script>"])  # fmt: skip
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
