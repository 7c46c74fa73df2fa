"""Sample articles: composed from own texts, the same for the same seed."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

MADE_UP = "<!-- Trang mẫu tự soạn, người và việc đều hư cấu (made-up sample page) -->\n"
PEOPLE = (
    "Thu Huyền", "Lê Thanh Bình", "Hà Vy", "Nguyễn Thế Sơn", "Đỗ Hạnh", "Phạm T.Thơm", "Minh Khuê",
    "Trần Quốc Đạt", "Vũ Ngân", "Hoàng Thị Liễu",
)  # fmt: skip
UNITS = (
    "Phòng Quản lý Khoa học", "Trung tâm Ứng dụng kỹ thuật", "Văn phòng Sở",
    "Chi cục Tiêu chuẩn Đo lường Chất lượng",
)  # fmt: skip
PERIODS = ("quý I năm {year}", "6 tháng đầu năm {year}", "9 tháng đầu năm {year}", "năm {year}")
CAPTIONS = (
    "Quang cảnh hội nghị", "Đại biểu tham quan mô hình", "Ảnh: Toàn cảnh buổi làm việc",
    "Đ/c Lương Bá Khải phát biểu tại buổi làm việc",
)  # fmt: skip
# What departments hand out: samples/carried.py makes them.
ATTACHED = (
    ("Quyet-dinh", "pdf"), ("Ke-hoach", "docx"), ("Bang-tong-hop", "xlsx"),
    ("Thong-bao-ban-quet", "pdf"), ("Cong-van-phong-chu-cu", "doc"), ("Ho-so-kem-theo", "zip"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an article: p, caption, row, item or heading, as it stands in the text."""

    kind: str
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleArticle:
    id: int
    title: str
    section: str
    summary: str | None
    parts: tuple[Part, ...]
    published: datetime
    person: str | None = None
    unit: str | None = None
    attachment: str | None = None
    views: int = 0
    images: tuple[str, ...] = field(default=())

    @property
    def slug(self) -> str:
        bare = unicodedata.normalize("NFD", self.title.lower().replace("đ", "d"))
        words = re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", bare))
        return "-".join(words)[:120].strip("-")

    @property
    def lines(self) -> list[str]:
        """The text as it should be read."""
        return [" | ".join(part.cells) if part.cells else part.text for part in self.parts]

    @property
    def byline(self) -> str | None:
        if self.person and self.unit:
            return f"{self.person} - {self.unit}"
        return self.person or self.unit


USUAL_GAP = timedelta(days=13)  # between two articles of a section
LONGEST_RUN = timedelta(days=25 * 365)  # no portal is older: many articles follow each other faster


@lru_cache(maxsize=1)
def texts() -> dict:
    """Titles, paragraphs and what fills them, of topics.toml."""
    return tomllib.loads(Path(__file__).with_name("topics.toml").read_text(encoding="utf-8"))


def compose(
    count: int, *, seed: int, sections: tuple[str, ...], newest: date, first_id: int = 101
) -> list[SampleArticle]:
    """That many articles over the sections, newest first, ids falling with the date."""
    chance = random.Random(seed)
    articles = list(_composed(chance, count, sections, newest))
    return [
        SampleArticle(**{**_fields(article), "id": first_id + count - 1 - at})
        for at, article in enumerate(articles)
    ]


def _fields(article: SampleArticle) -> dict:
    return {name: getattr(article, name) for name in SampleArticle.__slots__}


def _composed(
    chance: random.Random, count: int, sections: tuple[str, ...], newest: date
) -> Iterator[SampleArticle]:
    topics = texts()["topic"]
    moment = datetime.combine(newest, datetime.min.time()) + timedelta(
        hours=9, minutes=12, seconds=5
    )
    pace = min(1.0, LONGEST_RUN / (USUAL_GAP * count)) if count else 1.0
    used: set[str] = set()
    for at in range(count):
        topic = topics[at % len(topics)]
        section = sections[at % len(sections)]
        fill = {name: chance.choice(values) for name, values in texts()["fill"].items()}
        fill["day"] = f"{moment.day}/{moment.month}/{moment.year}"
        fill["period"] = chance.choice(PERIODS).format(year=moment.year)
        title = chance.choice(topic["titles"]).format(**fill)
        if title in used:
            title = f"{title} (đợt {at + 2})"
        used.add(title)
        paragraphs = [Part("p", text.format(**fill)) for text in topic["body"]]
        chosen = [
            paragraphs[0],
            *chance.sample(
                paragraphs[1:-1],
                len(paragraphs) - 3 if len(paragraphs) > 4 else len(paragraphs) - 2,
            ),
            paragraphs[-1],
        ]
        parts, images = _furnished(chance, at, chosen)
        yield SampleArticle(
            id=0,
            title=title,
            section=section,
            summary=topic["summary"].format(**fill) or None,
            parts=tuple(parts),
            published=moment,
            **_signed(chance, at),
            attachment=_attached(at),
            views=chance.randrange(20, 3000),
            images=tuple(images),
        )
        moment -= pace * timedelta(
            days=chance.randrange(2, 24), minutes=chance.randrange(0, 400), seconds=7
        )


def _attached(at: int) -> str | None:
    """Every third article hands out a document, each of another kind than the one before."""
    name, ending = ATTACHED[at // 3 % len(ATTACHED)]
    return f"{name}-{at + 1}.{ending}" if at % 3 == 0 else None


def _signed(chance: random.Random, at: int) -> dict[str, str | None]:
    """Person, person and unit, unit, or nobody."""
    person, unit = chance.choice(PEOPLE), chance.choice(UNITS)
    return (
        {"person": person, "unit": None},
        {"person": person, "unit": unit},
        {"person": None, "unit": unit},
        {"person": person, "unit": None},
        {"person": None, "unit": None},
    )[at % 5]


def _furnished(
    chance: random.Random, at: int, paragraphs: list[Part]
) -> tuple[list[Part], list[str]]:
    """Some articles have a table, a list, a picture with its caption, a heading."""
    parts, images = list(paragraphs), []
    if at % 4 == 1:
        images.append(f"/images/anh-{at}.jpg")
        parts.insert(1, Part("caption", chance.choice(CAPTIONS)))
    if at % 6 == 2:
        rows = [("TT", "Nội dung", "Kết quả")] + [
            (str(n), name, f"{chance.randrange(3, 90)} {unit}")
            for n, (name, unit) in enumerate(
                (
                    ("Hồ sơ đã tiếp nhận", "hồ sơ"),
                    ("Mẫu đã thử nghiệm", "mẫu"),
                    ("Lượt tư vấn", "lượt"),
                ),
                1,
            )
        ]
        parts[-1:-1] = [Part("row", " | ".join(row), row) for row in rows]
    if at % 6 == 5:
        parts[-1:-1] = [
            Part("heading", "Một số nhiệm vụ trọng tâm"),
            Part("item", "Hoàn thành tuyển chọn đơn vị chủ trì các nhiệm vụ đã phê duyệt;"),
            Part("item", "Tổ chức đối thoại với doanh nghiệp ở từng địa bàn;"),
            Part("item", "Cập nhật cơ sở dữ liệu kết quả nghiên cứu."),
        ]
    return parts, images
