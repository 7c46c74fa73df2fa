"""Pages of others read what a site publishes: another origin, ranges, a browser, no host but loopback."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from crawler.clock import now
from crawler.dump.contents import PublishOptions
from crawler.dump.gate import Minimum
from crawler.dump.publish import publish
from tests.conftest import ROOT
from tests.desk.browser import served_to_the_web
from tests.dump.static_host import hosted
from tests.end_to_end.dump_fixtures import crawl, dump_of, latest_of
from tests.scrapy_command import rows

PLAYER = """<!doctype html><meta charset="utf-8"><title>replay</title><script src="ui.js"></script>
<replay-web-page source="{source}" url="{url}" replayBase="./" embed="default" style="height: 800px; display: block">
</replay-web-page>"""
# What DuckDB's module wants of Arrow, which npm has as a script.
ARROW = "const all = globalThis.Arrow;\nexport const {%s} = all;\n"
DUCKDB = """<!doctype html><meta charset="utf-8"><title>notebook</title><script src="arrow.js"></script>
<script type="importmap">{"imports": {"apache-arrow": "./arrow-module.js"}}</script>
<script type="module">
import * as duckdb from "./duckdb-browser.mjs";
const worker = new Worker("./duckdb-browser-eh.worker.js");
const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
await db.instantiate(new URL("./duckdb-eh.wasm", document.baseURI).href);
const conn = await db.connect();
window.query = async (sql) => (await conn.query(sql)).toArray().map((row) => Object.values(row.toJSON()).map(String));
window.ready = true;
</script>"""
PYTHON = """<!doctype html><meta charset="utf-8"><title>notebook</title><script type="module">
import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide({ indexURL: document.baseURI });
window.run = async (code) => JSON.parse(await python.runPythonAsync(code));
window.ready = true;
</script>"""


@pytest.fixture(scope="module")
def tools():
    """The npm packages of `make browser-tools`."""
    folder = Path(os.environ.get("BROWSER_TOOLS", ROOT / ".browser-tools"))
    if not (folder / ".installed").exists():
        if os.environ.get("CI"):
            pytest.fail(f"no npm packages on CI: {folder} (make browser-tools)")
        pytest.skip(f"ReplayWeb.page, DuckDB-WASM, Pyodide are not here: {folder} (make browser-tools)")  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder of dumps with their captures, and the address of the site that serves it."""
    folder = tmp_path_factory.mktemp("others")
    crawl(folder, folder / "archive.db", 24)
    wish = PublishOptions(Minimum(), 7, "x", ROOT / "metadata.yml", captures=folder)
    assert publish(folder / "archive.db", folder / "dist", wish, now=now()).remarks == []
    with served_to_the_web(folder / "dist") as base:
        yield folder / "dist", base


def here(folder, page, *files):
    """A folder with a page and what it needs."""
    folder.mkdir()
    for path in files:
        shutil.copy(path, folder / path.name)
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


def visited(browser, address):
    """A page, and the answers it gets: status and address."""
    page = browser.new_context().new_page()
    asked = []
    page.context.on("response", lambda answer: asked.append((answer.status, answer.url)))
    page.context.on("requestfailed", lambda request: asked.append((0, request.url)))
    page.goto(address)
    return page, asked


def only_loopback(asked):
    return [url for _, url in asked if not url.startswith(("http://127.0.0.1:", "blob:", "data:"))]


def test_replayweb_page_shows_an_article_as_it_was(tools, kept, browser, tmp_path):
    """Out of the WACZ where the site serves it, asked in parts."""
    out, base = kept
    url, title = rows(dump_of(out), "select a.url, a.title from articles as a join captures on captures.article = a.id and captures.url = a.url limit 1")[0]  # fmt: skip
    source = f"{base}/dump/{latest_of(out)['captures'][0]['file']}"
    player = here(tmp_path / "player", PLAYER.format(source=source, url=url), tools / "replaywebpage" / "ui.js", tools / "replaywebpage" / "sw.js")  # fmt: skip
    with hosted(player) as host:
        page, asked = visited(browser, f"{host.address}/")
        found = None
        for _ in range(120):
            found = next((frame for frame in page.frames if f"mp_/{url}" in frame.url), None)
            if found and title in found.evaluate("document.body?.innerText ?? ''"):
                break
            page.wait_for_timeout(500)
        assert found and title in found.evaluate("document.body.innerText"), [f.url for f in page.frames]  # fmt: skip
        answered = {status for status, url in asked if url == source}
        assert 206 in answered and 200 not in answered
        assert only_loopback(asked) == []
        page.context.close()


def test_duckdb_in_a_browser_asks_a_dump_in_parts(tools, kept, browser, tmp_path):
    out, base = kept
    built = tools / "duckdb-duckdb-wasm" / "dist"
    module = (built / "duckdb-browser.mjs").read_text(encoding="utf-8")
    page_folder = here(tmp_path / "notebook", DUCKDB, built / "duckdb-browser.mjs", built / "duckdb-browser-eh.worker.js", built / "duckdb-eh.wasm")  # fmt: skip
    shutil.copy(tools / "apache-arrow" / "Arrow.es2015.min.js", page_folder / "arrow.js")
    named = "|".join(re.findall(r'import\*as (\w+) from"apache-arrow"', module))
    names = set(re.findall(rf"\b(?:{named})\.(\w+)", module))
    (page_folder / "arrow-module.js").write_text(ARROW % ", ".join(sorted(names)))
    with hosted(page_folder) as host:
        page, asked = visited(browser, f"{host.address}/")
        page.wait_for_function("window.ready === true", timeout=120_000)
        latest = latest_of(out)
        for kind in ("parquet", "csv"):
            file = f"{base}/dump/{latest['tables']['articles'][kind]}"
            found = page.evaluate("(sql) => window.query(sql)", f"select count(*), min(left(published, 4)) from '{file}'")  # fmt: skip
            wanted = rows(dump_of(out), "select count(*), min(substr(published, 1, 4)) from articles")  # fmt: skip
            assert found == [[str(value) for value in row] for row in wanted], kind
            assert kind == "csv" or (206, file) in asked
        assert only_loopback(asked) == []
        page.context.close()


def test_a_notebook_in_a_browser_asks_a_dump_in_sqlite(tools, kept, browser, tmp_path):
    """Pyodide is what datasette-lite runs on: Python, its SQLite, the file of the dump."""
    out, base = kept
    folder = tools / "pyodide"
    page_folder = here(tmp_path / "notebook", PYTHON, *(folder / name for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")))  # fmt: skip
    code = f"""
import json, sqlite3
from pyodide.http import pyfetch
answer = await pyfetch("{base}/dump/{latest_of(out)["database"]}")
open("archive.db", "wb").write(await answer.bytes())
conn = sqlite3.connect("archive.db")
json.dumps(conn.execute("select articles.id from articles_fts join articles on articles.rowid = "
  "articles_fts.rowid where articles_fts match 'cong nghe' order by 1").fetchall())"""
    with hosted(page_folder) as host:
        page, asked = visited(browser, f"{host.address}/")
        page.wait_for_function("window.ready === true", timeout=120_000)
        found = page.evaluate("(code) => window.run(code)", code)
        wanted = rows(dump_of(out), "select articles.id from articles_fts join articles on articles.rowid = articles_fts.rowid where articles_fts match 'cong nghe' order by 1")  # fmt: skip
        assert found == json.loads(json.dumps(wanted)) != []
        assert only_loopback(asked) == []
        page.context.close()
