"""The public site in a browser: under its Content-Security-Policy everything works, nothing is blocked."""

from __future__ import annotations

import pytest

from tests.desk.browser import Visit

PAGES = (
    "/", "/?ban_do=63", "/tim?q=hoi+nghi", "/archive/articles/{0}", "/archive/articles/{0}/ban", "/tong-quan",
    "/tan-suat?q=nhan+hieu,hoi+nghi", "/tu-dien", "/cau-hoi", "/dong-tin", "/archive/tan_suat?q=nhan+hieu",
    "/archive/tim?q=hoi+nghi", "/archive", "/archive/articles", "/archive/articles?portal=ha_noi",
    "/archive/portals/ha_noi",
)  # fmt: skip


@pytest.fixture
def reader(browser, public_desk):
    """A window on the public site; on closing it, no message, dialog or foreign request was seen."""
    window = Visit(browser, public_desk, permissions=["clipboard-read", "clipboard-write"])
    yield window
    window.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_page_is_held_up_by_the_policy(reader, rows, path, lang):
    ident = rows("select id from articles where status = 'edited' limit 1")[0][0]
    reader.context.add_cookies([{"name": "lang", "value": lang, "url": reader.base}])
    page = reader.page
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('policy', e.blockedURI))"
    )
    answer = page.goto(reader.base + path.format(ident))
    assert answer.status == 200 and "script-src 'self'" in answer.headers["content-security-policy"]
    page.wait_for_load_state("networkidle")
    styled = "[...document.styleSheets].every(sheet => sheet.cssRules.length)"
    assert page.evaluate("document.styleSheets.length") and page.evaluate(styled)


def test_the_policy_is_in_force(reader):
    page = reader.go("/")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))"
    )
    assert page.evaluate("typeof ran") == "undefined"
    assert "Content Security Policy" in reader.messages.pop()


def test_scripts_of_the_desk_run(reader, rows):
    ident = rows("select id from articles where status = 'edited' limit 1")[0][0]
    page = reader.go(f"/archive/articles/{ident}")
    page.get_by_role("button", name="Chép", exact=True).click()
    page.get_by_role("button", name="Đã chép").wait_for()
    assert "SHA-256" in page.evaluate("navigator.clipboard.readText()")


def test_the_dump_is_offered_and_there(reader, dump):
    page = reader.go("/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải toàn bộ kho").click()
    assert waiting.value.path().stat().st_size == dump.stat().st_size
