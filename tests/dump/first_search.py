"""What a first search on the page without a server reads, over a dump of any size."""

from __future__ import annotations

import argparse
import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus

from playwright.sync_api import sync_playwright

from crawler.dump.site import write_site
from tests.desk.browser import FLAGS, chromium
from tests.dump.static_host import hosted

ASKED = ("chuyen doi so", "sở hữu trí tuệ", "khoa hoc va cong nghe", "KH&CN", "lua gao yen bai")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", required=True, type=Path, help="a published archive.db")
    dump = parser.parse_args().dump.resolve()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        out, site = Path(folder) / "dist", Path(folder) / "site"
        out.mkdir()
        name = "archive-20250101.db"
        (out / name).symlink_to(dump)
        digest = sha256(name.encode()).hexdigest()  # nobody asks for the true one here
        latest = {"database": name, "articles": 0, "sha256": {name: digest}, "predecessor": None}
        (out / "latest.json").write_text(json.dumps(latest))
        write_site(out, site, contact="", address="")
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        print("| question | parts | MB of the dump | MB in all |\n|---|---|---|---|")
        for words in ASKED:
            with hosted(site) as host:
                page = browser.new_context().new_page()
                page.goto(f"{host.address}/#/tim?q={quote_plus(words)}")
                page.wait_for_selector("body[data-ready]", timeout=120_000)
                parts = sum(".db." in path for path, _ in host.sent)
                print(
                    f"| {words} | {parts} | {host.read('.db.') / 1e6:.1f} | {host.read() / 1e6:.1f} |"
                )
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
