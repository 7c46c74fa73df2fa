"""What readers ask of the desk: the same questions in every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

from crawler.dump.snapshot import reading

ASKED = (
    "đổi mới sáng tạo", "doi moi sang tao", "nhãn hiệu", "nhan hieu chung nhan", "KH&CN", "X-quang",
    '"chuyển giao công nghệ"', '"so huu tri tue"', "hội nghị", "dong chi", "bưởi diễn", "an toàn bức xạ",
    "quế hữu cơ", "truy xuất nguồn gốc", '"khoa học và công nghệ"', "kiểm định", "tập huấn", "Bảo Khánh",
    '"Minh Quang"', "thanh long ruột đỏ",
)  # fmt: skip
PLACES = ("lao_cai", "phu_tho", "ha_noi", "bac_ninh", "hai_phong", "son_la")

Asking = Callable[[random.Random], str]  # gives the path of a question


def asked_of(database: Path) -> dict[str, Asking]:
    """What readers ask of the desk, by kind."""
    idents = some_ids(database)

    def search(chance: random.Random, order: str = "") -> str:
        narrowed = chance.choice(
            ("", "", f"&tinh={chance.choice(PLACES)}", f"&nam={chance.randrange(2015, 2026)}")
        )
        return f"/tim?q={quote(chance.choice(ASKED))}{narrowed}{order}"

    unasked = _unasked()
    return {
        "search, newest first": search,
        "search, never asked": lambda chance: next(unasked),
        "search, best first": lambda chance: search(chance, "&xep=sat"),
        "article": lambda chance: f"/archive/articles/{chance.choice(idents)}",
        "home": lambda chance: "/",
    }


def some_ids(database: Path) -> list[int]:
    with reading(database) as conn:
        return [row[0] for row in conn.execute("select id from articles order by id limit 2000")]


def _unasked() -> Iterator[str]:
    """An answer is kept for the next who asks: here nobody asks twice."""
    places = [f"&tinh={place}" for place in PLACES]
    years = [f"&nam={year}" for year in range(2015, 2026)]
    chance = random.Random(1)
    usual = list(product(ASKED, ["", *places, *years], range(1, 11)))
    # Where answers come fast, those are not enough.
    narrower = list(product(ASKED, map("".join, product(places, years)), range(1, 11)))
    chance.shuffle(usual)
    chance.shuffle(narrower)
    return iter([f"/tim?q={quote(q)}{narrow}&trang={page}" for q, narrow, page in usual + narrower])
