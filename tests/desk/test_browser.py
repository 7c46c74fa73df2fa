"""A journalist's five minutes (docs/journey.md), step by step, in a browser."""

import re

import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.desk.browser import wait_until

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def ask(page, words: str) -> None:
    page.get_by_role("searchbox").first.fill(words)
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_load_state()


def count(page) -> int:
    return int(re.sub(r"\D", "", page.locator("#count").inner_text()))


def test_search_without_and_with_accents(visit):
    page = visit().go("/")
    ask(page, "quan ly tai san cong")
    loose = count(page)
    assert page.locator("mark").count() > 5
    assert "q=quan+ly+tai+san+cong" in page.url
    ask(page, "quản lý tài sản công")
    assert 0 < count(page) <= loose
    ask(page, "quản lý tái sản công")
    assert "Không bài nào viết" in page.locator(".meaning").inner_text()
    assert count(page) == loose
    page.get_by_label("đúng dấu như đã gõ").check()
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_load_state()
    assert "Không bài nào có các chữ này" in page.get_by_role("status").first.inner_text()


def test_what_is_meant_is_said_and_changed_at_one_click(visit):
    page = visit(**PHONE).go("/")
    ask(page, "nhan hieu")
    meaning = page.locator(".meaning")
    assert "nhãn hiệu" in meaning.locator("b").first.inner_text()
    chosen = count(page)
    meaning.get_by_role("link", name="mọi cách bỏ dấu").click()
    page.wait_for_load_state()
    assert count(page) > chosen
    page.locator(".meaning a").first.click()
    page.wait_for_load_state()
    assert page.get_by_role("searchbox").first.input_value() == "nhãn hiệu"
    assert count(page) == chosen


def test_others_stand_under_a_line_of_their_own(visit):
    page = visit().go("/tim?q=chuy%E1%BB%83n+giao+c%C3%B4ng+ngh%E1%BB%87&nam=2024")
    said = page.locator("h2.line")
    for _ in range(20):
        if said.count():
            break
        page.get_by_role("link", name="Trang sau").click()
        page.wait_for_load_state()
    assert "Bài khác" in said.first.inner_text()


def test_a_phrase_nobody_printed(visit):
    page = visit().go("/tim?q=t%C3%AAn+l%E1%BB%ADa+%C4%91%E1%BA%A1n+%C4%91%E1%BA%A1o")
    assert "Không bài nào có các chữ này đi liền nhau" in page.get_by_role("status").inner_text()
    assert page.locator(".listed li").count() == 0


def test_suggestions_come_while_typing(visit):
    page = visit().go("/")
    page.get_by_role("searchbox").first.press_sequentially("nhan h", delay=20)
    wait_until(
        page,
        "[...document.querySelectorAll('#phrases option')].some(o => o.value.startsWith('nhãn hiệu'))",
    )


def test_suggestions_without_a_script(visit):
    window = visit(java_script_enabled=False)
    page = window.go("/tim?q=nhan")
    assert page.locator("#phrases option").count() > 20
    page.locator(".suggested a").first.click()
    page.wait_for_load_state()
    assert page.locator("#count").inner_text()


def test_a_phrase_over_time(visit):
    window = visit(**PHONE)
    page = window.go("/tan-suat")
    page.locator("main input[name=q]").fill("nhan hieu, hoi nghi")
    page.get_by_label("số bài", exact=True).check()
    page.get_by_role("button", name="Vẽ").click()
    page.wait_for_load_state()
    assert page.locator("svg.lines path.series2").count() == 1
    for form in ("SVG", "PNG", "CSV"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=form, exact=True).click()
        assert waiting.value.suggested_filename == f"khcn-tan-suat.{form.lower()}"
    point = page.locator("svg.lines a").first
    told = int(point.get_attribute("aria-label").split(": ")[1].split(" /")[0])
    point.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?*")
    assert count(page) == told


def test_versions_beside_each_other(visit, rows):
    ident = rows("select id from articles where status = 'edited' order by id limit 1")[0][0]
    page = visit().go(f"/archive/articles/{ident}/ban")
    page.get_by_label("đặt cạnh nhau").check()
    page.get_by_role("button", name="So sánh").click()
    page.wait_for_load_state()
    assert page.locator(".beside .head").count() == 2 and page.locator(".beside ins").count() > 0


def test_the_same_matter_in_other_provinces(visit):
    page = visit().go("/tim?q=nghi%E1%BB%87m+thu+%C4%91%E1%BB%81+t%C3%A0i&o=tieude")
    page.locator(".listed a").first.click()
    page.wait_for_load_state()
    own = page.locator(".facts dd a[href*='tinh']").first.inner_text()
    others = page.locator(".related li span[lang=vi]").all_inner_texts()
    assert others and own not in others


def test_narrow_and_share_the_address(visit):
    window = visit()
    page = window.go("/tim?q=nh%C3%A3n+hi%E1%BB%87u")
    whole = count(page)
    first = page.locator("aside.filters .counts li").first
    promised = int(first.locator("span").inner_text().replace(".", ""))
    name = first.locator("a").inner_text()
    first.locator("a").click()
    page.wait_for_load_state()
    assert count(page) == promised < whole
    assert name in page.locator(".chosen").inner_text()
    address = page.url
    again = window.context.new_page()
    again.goto(address)
    assert count(again) == promised
    page.get_by_label("Bỏ lọc").click()
    page.wait_for_load_state()
    assert count(page) == whole


def test_read_an_article_and_copy_its_citation(visit):
    window = visit(permissions=["clipboard-read", "clipboard-write"])
    page = window.go("/tim?q=truy+xu%E1%BA%A5t+ngu%E1%BB%93n+g%E1%BB%91c")
    title = page.locator(".listed a").first.inner_text()
    page.locator(".listed a").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == title
    assert page.locator("article > p").count() > 3
    assert (
        page.locator(".facts dd a[rel~=nofollow]")
        .first.get_attribute("href")
        .startswith("https://")
    )
    page.get_by_role("button", name="Chép", exact=True).click()
    page.get_by_role("button", name="Đã chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert title in copied and "SHA-256" in copied


def test_see_what_changed(visit, rows):
    ident = rows("select id from articles where status = 'edited' order by id limit 1")[0][0]
    page = visit().go(f"/archive/articles/{ident}")
    page.get_by_role("link", name="Xem đã sửa gì").click()
    page.wait_for_load_state()
    assert "đính chính" in " ".join(page.locator(".diff ins").all_inner_texts())


def test_the_same_release_elsewhere(visit, rows):
    ident = rows(
        "select a.article from fingerprints a join fingerprints b using (print) "
        "where a.article <> b.article group by a.article, b.article having count(*) >= 9 limit 1"
    )[0][0]
    page = visit().go(f"/archive/articles/{ident}")
    title = page.locator("h1").inner_text()
    page.locator(".copies a").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == title


def test_take_results_home(visit):
    page = visit().go("/tim?q=ki%E1%BB%83m+%C4%91%E1%BB%8Bnh")
    for form in ("CSV", "XLSX"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=form).click()
        assert waiting.value.suggested_filename == f"khcn-kiem-dinh.{form.lower()}"


def test_follow_a_feed(visit):
    window = visit()
    page = window.go("/tim?q=ki%E1%BB%83m+%C4%91%E1%BB%8Bnh")
    answer = window.context.request.get(
        page.get_by_role("link", name="Atom").evaluate("a => a.href")
    )
    feed = feedparser.parse(answer.body())
    assert not feed.bozo and len(feed.entries) > 5
    page.goto(feed.entries[0].link)
    assert page.locator("h1").inner_text() == feed.entries[0].title


def test_download_the_dump(visit, dump):
    page = visit().go("/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải toàn bộ kho").click()
    assert waiting.value.path().stat().st_size == dump.stat().st_size


def test_the_other_language_at_one_click(visit):
    page = visit().go("/")
    page.get_by_role("link", name="English").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Overview").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text() == "Overview"
    page.get_by_role("link", name="Tiếng Việt").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text() == "Tổng quan"


def test_the_map_leads_to_a_province(visit):
    page = visit().go("/")
    assert page.locator(".map circle").count() == 34
    page.get_by_role("link", name=re.compile("63 tỉnh")).click()
    page.wait_for_load_state()
    assert page.locator(".map circle").count() == 63
    page.locator(".map a", has_text="Yên Bái").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?tinh_cu=yen_bai")
    assert count(page) > 0


def test_with_the_keyboard_alone(visit):
    page = visit().go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("hội nghị")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=*")
    assert count(page) > 0


def test_ready_made_questions(visit):
    page = visit().go("/cau-hoi")
    page.get_by_role("link", name="Cổng im lặng").click()
    page.wait_for_load_state()
    page.locator("form.own input").first.fill("30")
    page.get_by_role("button", name="Chạy").click()
    page.wait_for_load_state()
    assert page.locator("table.rows tr").count() > 3


PAGES = ["/", "/tim?q=hoi+nghi", "EDITED", "EDITED/ban", "/tong-quan", "/tu-dien", "/cau-hoi", "/dong-tin",
         "/tan-suat?q=nhan+hieu,hoi+nghi&theo=thang", "/tim?q=khoa+hoc+buoi+dien", "EDITED/ban?canh=1",
         "/archive/da_sua", "/archive", "/archive/portals"]  # fmt: skip


def address(path: str, rows) -> str:
    ident = rows(
        "select id from articles where status = 'edited' and text like '%|%' order by id limit 1"
    )
    return path.replace("EDITED", f"/archive/articles/{ident[0][0]}")


@pytest.mark.parametrize("path", PAGES)
def test_no_sideways_scrolling_on_a_phone(visit, rows, path):
    page = visit(**PHONE).go(address(path, rows))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_shut_out(visit, rows, path):
    """axe finds nothing serious, in either language and either colour scheme."""
    for lang, scheme in (("vi", "light"), ("en", "dark")):
        window = visit(color_scheme=scheme)
        window.context.add_cookies([{"name": "lang", "value": lang, "url": window.base}])
        page = window.go(address(path, rows))
        found = Axe().run(page).response["violations"]
        serious = [
            (v["id"], [node["html"][:120] for node in v["nodes"][:3]])
            for v in found
            if v["impact"] in ("serious", "critical") or v["id"] == "heading-order"
        ]
        assert serious == [], (path, lang, scheme)
