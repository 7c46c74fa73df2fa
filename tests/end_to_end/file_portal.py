"""A sample portal on loopback whose articles carry what a test gives them."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

from PIL import Image

from samples.portals import SITES
from samples.server import Served, serve
from samples.site import Site
from tests.scrapy_command import scrapy

DOCUMENT = "/tailieu/Quyet-dinh-1.pdf"
PICTURE = "/images/anh-1.jpg"


@dataclass
class Portal:
    site: Site
    served: Served
    archive: Path
    described: Path

    def make_due(self) -> None:
        """As if it were time to look at every file again."""
        with sqlite3.connect(self.archive) as conn:
            conn.execute("update _frontier set due = '2020-01-01T00:00:00Z' where due is not null")
        conn.close()

    def night(self, *arguments: str, **settings: object) -> CompletedProcess:
        """A night of this portal; settings by name."""
        host = self.served.url.partition("://")[2]
        told = {
            "SPIDER_MODULES": "samples.spiders", "PRIVATE_HOSTS_ALLOWED": host, "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False, "SNAPSHOTS": 0, **settings,
        }  # fmt: skip
        set_so = [word for name, value in told.items() for word in ("-s", f"{name}={value}")]
        return scrapy(
            "nightly", *arguments, *set_so, archive=self.archive,
            SAMPLE_PORTALS=str(self.described),
        )  # fmt: skip

    @property
    def asked(self) -> list[str]:
        return [path for _, path in self.served.hits]

    def files_asked(self) -> list[str]:
        return [path for path in self.asked if path.startswith(("/tailieu/", "/images/"))]


@contextmanager
def portal(folder: Path, count: int = 12, *, delay: float = 0.0) -> Iterator[Portal]:
    site = SITES["yen_bai"](count)
    archive = folder / "archive.db"
    described = folder / "portals.json"
    with serve(site, delay=delay) as served:
        described.write_text(
            json.dumps({"sample": {"url": f"{served.url}/", "platform": "sharepoint"}})
        )
        yield Portal(site, served, archive, described)


def jpeg(colour: tuple[int, int, int] = (10, 90, 160), *, place: bool = False) -> bytes:
    """A small photograph; with `place` it says where it was taken."""
    out = io.BytesIO()
    picture = Image.new("RGB", (320, 200), colour)
    exif = Image.Exif()
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 42.0, 11.5), 3: "E", 4: (104.0, 52.0, 3.5)})
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF of a few plain pages, one line each."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
