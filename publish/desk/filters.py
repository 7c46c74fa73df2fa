"""By what a search is narrowed; the address bar holds all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

YEAR = re.compile(r"(19|20)\d\d")
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
SLUG = re.compile(r"[a-z0-9_]{1,80}")
NUMBER = re.compile(r"\d{1,16}")
BY_DATE, BY_FIT = "moi", "sat"
ANY_ACCENTS, EXACT = "moi", "dung"
IN_TITLE, ALL_WORDS = "tieude", "chu"
ARTICLES, DOCUMENTS = "bai", "tailieu"


@dataclass(frozen=True, slots=True)
class Filters:
    """The fields are the parameters of the address, each empty or valid."""

    tinh: str = ""  # a province of today, and whatever became part of it
    tinh_cu: str = ""  # one of the 63 alone
    cong: str = ""
    nam: str = ""
    thang: str = ""  # 2024-03
    tacgia: str = ""  # an author's number
    chuyenmuc: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def as_dict(self) -> dict[str, str]:
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if value}

    @property
    def period(self) -> str:
        return self.thang or self.nam


@dataclass(frozen=True, slots=True)
class Question:
    """Everything an address asks for."""

    q: str
    filters: Filters
    order: str = BY_DATE
    page: int = 1
    accents: str = ""  # as the archive uses them; `moi`: any; `dung`: as typed
    place: str = ""  # `tieude`: in titles alone; `chu`: words anywhere, in a row or not
    what: str = ""  # `bai`: articles alone; `tailieu`: documents alone; else both

    def query(self, **changes: Any) -> str:
        """The query string of this question with something changed; back to the first page."""
        values = {"q": self.q, **self.filters.as_dict()}
        if self.order != BY_DATE:
            values["xep"] = self.order
        values |= {"dau": self.accents, "o": self.place, "loai": self.what}
        values |= {name: str(value) for name, value in changes.items()}
        return urlencode({name: value for name, value in values.items() if value})

    def without(self, name: str) -> str:
        return replace(self, filters=replace(self.filters, **{name: ""})).query()


def read_question(args: Mapping[str, str]) -> Question:
    """A question out of an address; what makes no sense is left out, never an error."""

    def value(name: str, form: re.Pattern[str]) -> str:
        given = args.get(name) or ""
        return given if form.fullmatch(given) else ""

    page = value("trang", re.compile(r"\d{1,6}"))
    return Question(
        q=(args.get("q") or "").strip(),
        filters=Filters(
            tinh=value("tinh", SLUG),
            tinh_cu=value("tinh_cu", SLUG),
            cong=value("cong", SLUG),
            nam=value("nam", YEAR),
            thang=value("thang", MONTH),
            tacgia=value("tacgia", NUMBER),
            chuyenmuc=(args.get("chuyenmuc") or "").replace("\0", "")[:300],
        ),
        order=BY_FIT if args.get("xep") == BY_FIT else BY_DATE,
        page=max(int(page or 1), 1),
        accents=value("dau", re.compile("moi|dung")),
        place=value("o", re.compile("tieude|chu")),
        what=value("loai", re.compile("bai|tailieu")),
    )
