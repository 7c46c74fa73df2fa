"""In a real browser: nothing that is served from /luu/ can run in the site's origin."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from playwright.sync_api import Error as BrowserError

from tests.desk.browser import DESK, Visit, served, served_to_the_web, wait_until
from tests.desk.kept_files import EVIL, archive_with_files
from tests.scrapy_command import rows


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return archive_with_files(tmp_path_factory.mktemp("browsed"))


@pytest.fixture(scope="module", params=["desk", "public"])
def site(request, kept):
    """The desk over the working archive, and the public site over a dump of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHCN_CAPTURES", str(kept / "captures"))
        if request.param == "desk":
            with served(kept / "archive.db", *DESK, immutable=False) as base:
                yield base
            return
        dump = kept / "dump" / "archive.db"
        digest = sha256(dump.read_bytes()).hexdigest()
        told = {"database": "archive.db", "sha256": {"archive.db": digest}}
        (kept / "dump" / "latest.json").write_text(json.dumps(told))
        with served_to_the_web(kept / "dump") as base:
            yield base


def addresses():
    return [(name, f"/luu/{sha256(content).hexdigest()}") for name, (content, _) in EVIL.items()]


@pytest.mark.parametrize(("name", "path"), addresses())
def test_opened_by_itself(browser, site, name, path):
    """Opened, it is saved or shown as a picture; its script sees neither the page nor the site."""
    context = browser.new_context(accept_downloads=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(site + path)
    except BrowserError as error:  # a download is no page
        assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error), error
    page.wait_for_timeout(200)
    assert page.title() != "owned"
    assert not [url for url in asked if "/tim" in url]
    context.close()


@pytest.mark.parametrize(("name", "path"), addresses())
def test_brought_into_a_page_of_the_site(browser, site, name, path):
    """As a script, a style, a worker, a frame or an object of the site's own page: it does nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/tim?q=anh")
    before = page.title()
    done = page.evaluate(
        """async (path) => {
          const tried = {};
          const put = (tag, attributes) => new Promise((done) => {
            const made = document.createElement(tag);
            Object.assign(made, attributes);
            made.onload = () => done('load'); made.onerror = () => done('error');
            document.body.append(made); setTimeout(() => done('nothing'), 400);
          });
          tried.script = await put('script', {src: path});
          tried.module = await put('script', {src: path, type: 'module'});
          tried.style = await put('link', {rel: 'stylesheet', href: path});
          await put('iframe', {src: path});
          await put('object', {data: path, type: 'text/html'});
          await put('embed', {src: path, type: 'image/svg+xml'});
          try { await navigator.serviceWorker.register(path); tried.worker = 'registered'; }
          catch (error) { tried.worker = 'refused'; }
          return tried;
        }""",
        path,
    )
    assert page.title() == before
    assert done["script"] == done["module"] == "error"
    assert done["style"] != "load"
    assert done["worker"] == "refused"
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    for frame in page.frames[1:]:
        assert frame.evaluate("document.title") != "owned"
    context.close()


def test_a_gallery_and_a_document(browser, site, kept):
    """Its pictures are there, all from the site itself, and nothing is complained about."""
    article = rows(kept / "archive.db", "select article from images where url like '%anh-5.jpg'")[
        0
    ][0]
    document = rows(kept / "archive.db", "select file from documents limit 1")[0][0]
    visit = Visit(browser, site)
    page = visit.go(f"/archive/articles/{article}")
    shown = page.locator(".gallery img")
    assert shown.count() >= 1
    shown.first.scroll_into_view_if_needed()
    wait_until(page, "document.querySelector('.gallery img').naturalWidth > 0")
    assert all(shown.nth(at).get_attribute("alt") for at in range(shown.count()))
    page = visit.go(f"/archive/files/{document}")
    with page.expect_download() as saved:
        page.click(".save")
    assert sha256(saved.value.path().read_bytes()).hexdigest() == document
    visit.close()
