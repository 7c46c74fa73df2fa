"""`python -m samples warc OUT | kept OUT | serve SITE | gold SITE | guard ARCHIVE`."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import time
from pathlib import Path

from samples.carried import furnish
from samples.gone import write_kept
from samples.portals import DEMO, SITES
from samples.server import serve
from samples.warc import write_warc

# What `make archive` replays, and what it rescues.
SAMPLES = ("samples.warc.gz", "kho-web.warc.gz")


def main() -> int:
    parser = argparse.ArgumentParser(prog="samples", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    warc = commands.add_parser("warc", help="write sites as a WARC file")
    warc.add_argument("out", type=Path)
    warc.add_argument("sites", nargs="*", default=DEMO)
    kept = commands.add_parser(
        "kept", help="write what a web archive kept of a portal that is gone"
    )
    kept.add_argument("out", type=Path)
    server = commands.add_parser("serve", help="serve a site on loopback")
    server.add_argument("site", choices=sorted(SITES))
    server.add_argument("--port", type=int, default=0)
    server.add_argument("--delay", type=float, default=0.0)
    gold = commands.add_parser("gold", help="what should be read on a site, as JSON lines")
    gold.add_argument("site", choices=sorted(SITES))
    gold.add_argument("--articles", type=int, help="how many the site shall have")
    guard = commands.add_parser("guard", help="refuse to mix the demo with a real archive")
    guard.add_argument("archive", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "warc":
        pages = write_warc(arguments.out, [furnish(SITES[name]()) for name in arguments.sites])
        print(f"{arguments.out}: {pages} trang mẫu / sample pages", file=sys.stderr)
    elif arguments.command == "kept":
        looks = write_kept(arguments.out)
        print(f"{arguments.out}: {looks} bản chụp mẫu / sample captures", file=sys.stderr)
    elif arguments.command == "gold":
        count = (arguments.articles,) if arguments.articles else ()
        for row in SITES[arguments.site](*count).gold():
            print(json.dumps(row, ensure_ascii=False))
    elif arguments.command == "guard":
        return _guard(arguments.archive)
    else:
        with serve(
            furnish(SITES[arguments.site]()), port=arguments.port, delay=arguments.delay
        ) as served:
            print(served.url, flush=True)
            while True:
                time.sleep(3600)
    return 0


def _guard(archive: Path) -> int:
    """Sample articles never go into an archive that holds anything else."""
    if not archive.exists():
        return 0
    conn = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True)
    try:
        live = conn.execute(
            "select count(*) from captures where warc is not null and warc not in (?, ?)", SAMPLES
        ).fetchone()[0]
    except sqlite3.Error:
        live = 1
    finally:
        conn.close()
    if live:
        print(
            f"{archive} không phải kho mẫu: hãy dùng `make demo ARCHIVE=demo.db` | "
            f"{archive} is no demo archive: use `make demo ARCHIVE=demo.db`",
            file=sys.stderr,
        )
        return 74
    return 0


if __name__ == "__main__":
    sys.exit(main())
