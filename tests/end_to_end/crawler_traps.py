"""What old portals set in a crawler's way, put on every page of any sample site."""

from __future__ import annotations

import random
from html import escape
from urllib.parse import parse_qsl, urlsplit

from samples.articles import MADE_UP
from samples.site import Answer, Site

TAGS = (
    "khoa-hoc-va-cong-nghe", "chuyen-doi-so-quoc-gia", "so-huu-tri-tue", "doi-moi-sang-tao",
    "nhiem-vu-khoa-hoc-va-cong-nghe-cap-tinh", "an-toan-buc-xa-hat-nhan",
)  # fmt: skip


def with_traps(site: Site) -> Site:
    """The same site, its pages full of calendars, sessions, facets, copies and growing paths."""
    chance = random.Random(3)
    plain = site.answer
    some = list(site.addresses.values())[:6]

    def answer(path: str) -> Answer:
        found = _session(path, plain) or plain(path)
        if found.status == 404:
            found = _endless(site, path) or found
        if found.status == 200 and "html" in found.content_type:
            extra = _links(site, path, some, chance.getrandbits(60))
            return Answer(200, found.body.replace("</body>", f"{extra}</body>"), found.content_type)
        return found

    site.answer = answer  # type: ignore[method-assign]
    return site


def _links(site: Site, path: str, some: list[str], session: int) -> str:
    days = "".join(
        f'<td><a href="/lich?ngay={d}&thang=6&nam=2025">{d}</a></td>' for d in range(1, 31)
    )
    tags = "".join(f'<a href="/chu-de/{t}">{t.replace("-", " ")}</a> ' for t in TAGS)
    bare = path.partition("?")[0]
    copies = "".join(
        f'<a href="{escape(a)}{"&" if "?" in a else "?"}{extra}">…</a>'
        for a in some
        for extra in ("utm_source=facebook", f"PHPSESSID={session:x}")
    )
    return (
        f'<table class="lich"><tr>{days}</tr></table><a href="/lich?thang=7&nam=2025">Tháng sau</a>'
        f'<p>{tags}</p><p>{copies}</p><a href="mo-rong/">Mở rộng</a> <a href="/en{escape(bare)}">English</a>'
        f'<a href="/?PHPSESSID={session:x}">Trang chủ</a> <a href="{escape(bare)}?orderby=title&amp;dir=asc">Tiêu đề</a>'
        f'<a href="{escape(bare)}?orderby=date&amp;dir=desc">Ngày</a> <a href="/tim-kiem?q=khoa+hoc">Tìm kiếm</a>'
        f'<a href="/in-trang{escape(bare)}">Bản in</a> <a href="javascript:void(0)">Lên trên</a>'
        f'<a href="/thong-ke-truy-cap">Thống kê</a> <a href="/lien-ket-web">Liên kết website</a>'
    )


def _session(path: str, plain: object) -> Answer | None:
    """Sessions, sources of visits and orders change nothing about the page."""
    parts = urlsplit(path)
    names = {name for name, _ in parse_qsl(parts.query)}
    if not names & {"PHPSESSID", "utm_source", "orderby"}:
        return None
    kept = "&".join(
        pair for pair in parts.query.split("&")
        if pair.partition("=")[0] not in ("PHPSESSID", "utm_source", "orderby", "dir")
    )  # fmt: skip
    return plain(f"{parts.path}?{kept}" if kept else parts.path)  # type: ignore[operator]


def _endless(site: Site, path: str) -> Answer | None:
    """Pages that exist for every address: months, topics, paths that grow, languages."""
    if not any(
        part in path for part in ("/lich", "/chu-de/", "mo-rong", "/en", "thong-ke", "lien-ket")
    ):
        return None
    known = "".join(
        f'<li><a href="{escape(site.addresses[a.id])}">{escape(a.title)}</a></li>'
        for a in site.articles[:4]
    )
    shown = known if "/chu-de/" in path else ""
    return Answer(
        200,
        f"{MADE_UP}<html><head><title>{escape(path)}</title></head><body><h1>Lịch</h1><ul>{shown}</ul></body></html>",
    )
