"""Heavy pages like those of real portals: ~85 KB with menus, page state, scripts and widgets.

Made of the sample sites, the same for the same seed. Nothing is rendered before it is asked for.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from html import escape

from samples.articles import SampleArticle, compose
from samples.shells import dotnetnuke, nukeviet, sharepoint, wordpress
from samples.shells.frame import Shell, numbered
from samples.shells.furniture import SITE_COUNTER, WEATHER
from samples.site import Answer, Site

STATE_POOL = 200_000  # characters of page state that pages take their own piece of
SHELLS = ("sharepoint", "dotnetnuke", "nukeviet", "wordpress")
MENUS = 16  # entries of the first level
LONGER = 6  # sample texts in one article: 5,000 characters, as on real portals


def _get_paged(shell: Shell) -> Shell:
    """The same system with a pager of addresses: a plain crawler follows no post-backs."""

    def address(section: str, number: int) -> str:
        return f"/{section}" if number == 1 else f"/{section}?page={number}"

    return replace(
        shell,
        list_url=address,
        pager=lambda s, k, last: numbered([(n, address(s, n)) for n in range(1, last + 1)], k),
    )


_SHELLS: dict[str, Shell] = {
    "sharepoint": _get_paged(sharepoint.SHELL),
    "dotnetnuke": _get_paged(dotnetnuke.SHELL),
    "nukeviet": nukeviet.SHELL,
    "wordpress": wordpress.SHELL,
}


class HeavySite:
    """A sample site whose pages weigh what real ones do; `light` ones keep their few kilobytes."""

    def __init__(
        self, system: str, host: str, articles: int, *, seed: int, light: bool, menus: int = MENUS
    ) -> None:
        self.system = system
        self.host = host
        shell = replace(_SHELLS[system], host=host)
        self.site: Site = shell.build(articles, seed=seed)
        self._light = light
        self._state = system in ("sharepoint", "dotnetnuke")
        self._seed = seed
        texts = compose(LONGER * 20, seed=seed + 1, sections=("",), newest=date(2025, 6, 18))
        for at, article in enumerate(self.site.articles if not light else ()):
            self._lengthen(at, article, texts)
        if light:
            return
        chance = random.Random(seed)
        self._head = _head(chance)
        self._top = _menus(chance, menus)
        self._bottom = _widgets(chance)

    def _lengthen(self, at: int, article: SampleArticle, texts: list[SampleArticle]) -> None:
        more = [
            part
            for number in range(LONGER)
            for part in texts[(at * 7 + number) % len(texts)].parts
            if part.kind == "p"
        ]
        parts = list(article.parts)
        parts[-1:-1] = more
        # A sample article is frozen; this one is ours.
        object.__setattr__(article, "parts", tuple(parts))

    @property
    def paths(self) -> Iterator[str]:
        return iter(self.site.pages)

    def answer(self, path: str) -> Answer:
        answer = self.site.answer(path)
        if self._light or answer.status != 200 or "html" not in answer.content_type:
            return answer
        body = answer.body.replace("</head>", f"{self._head}</head>", 1)
        body = body.replace("<body>", f"<body>{self._page_state(path)}{self._top}", 1)
        return replace(answer, body=body.replace("</body>", f"{self._bottom}</body>", 1))

    def _page_state(self, path: str) -> str:
        """What ASP.NET sends along: different on every page, as large as the page itself."""
        if not self._state:
            return ""
        chance = random.Random(f"{self._seed}{path}")
        pool, size = _pool(), chance.randrange(20_000, 45_000)
        start = chance.randrange(0, len(pool) - size)
        return (
            '<form method="post" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" '
            f'value="{pool[start : start + size]}"><input type="hidden" '
            f'name="__EVENTVALIDATION" value="{pool[start : start + 2_000]}"></form>'
        )


@lru_cache(maxsize=1)
def _pool() -> str:
    return base64.b64encode(random.Random(1).randbytes(STATE_POOL * 3 // 4)).decode()


def corpus(
    portals: int, articles: int, *, seed: int = 1, light: bool = False, menus: int = MENUS
) -> list[HeavySite]:
    """That many portals of that many articles each, their systems in turn."""
    return [
        HeavySite(
            SHELLS[at % len(SHELLS)],
            f"portal{at}.invalid",
            articles,
            seed=seed + at,
            light=light,
            menus=menus,
        )
        for at in range(portals)
    ]


WORDS = [
    "giới",
    "thiệu",
    "chức",
    "năng",
    "nhiệm",
    "vụ",
    "cơ",
    "cấu",
    "tổ",
    "chức",
    "văn",
    "bản",
    "pháp",
    "quy",
    "thủ",
    "tục",
    "hành",
    "chính",
    "dịch",
    "vụ",
    "công",
    "tiêu",
    "chuẩn",
    "đo",
    "lường",
    "chất",
    "lượng",
    "sở",
    "hữu",
    "trí",
    "tuệ",
    "an",
    "toàn",
    "bức",
    "xạ",
    "chuyển",
    "giao",
    "công",
    "nghệ",
    "thống",
    "kê",
    "khoa",
    "học",
    "nông",
    "thôn",
    "miền",
    "núi",
    "doanh",
    "nghiệp",
    "đề",
    "tài",
    "dự",
    "án",
    "kết",
    "quả",
    "nghiên",
    "cứu",
    "hỏi",
    "đáp",
    "liên",
    "hệ",
    "thư",
    "viện",
]


def _head(chance: random.Random) -> str:
    """Inline styles and scripts."""
    rules = "".join(
        f".c{n:03d}{{margin:{chance.randrange(20)}px;color:#{chance.randrange(0xFFFFFF):06x}}}"
        for n in range(150)
    )
    calls = "".join(f"_spBodyOnLoad.push('f{n}',{chance.random():.9f});" for n in range(120))
    return f"<style>{rules}</style><script>var _spBodyOnLoad=[];{calls}</script>"


def _menus(chance: random.Random, count: int) -> str:
    """A menu of three levels: hundreds of entries before the first word of the page."""
    entries = "".join(
        f'<li class="dynamic level1"><a class="static menu-item" href="/gioi-thieu#muc-{n}"><span class="additional-background">'
        f'<span class="menu-item-text">{_words(chance, 3)}</span></span></a><ul class="dynamic">'
        + "".join(
            f'<li class="dynamic"><a class="dynamic menu-item" href="/gioi-thieu#muc-{n}-{k}" tabindex="-1"><span>{_words(chance, 4)}</span></a></li>'
            for k in range(9)
        )
        + "</ul></li>"
        for n in range(count)
    )
    return (
        f'<div id="zz1_TopNav" class="ms-topnav menu"><ul class="root static">{entries}</ul></div>'
    )


def _widgets(chance: random.Random) -> str:
    """Partners, a poll, a calendar, the weather, the visitors."""
    links = "".join(
        f'<option value="https://don-vi-{n}.invalid/">{_words(chance, 5)}</option>'
        for n in range(63)
    )
    banners = "".join(
        f'<div class="banner"><a href="https://doi-tac-{n}.invalid/" target="_blank"><img src="/images/banner-{n}.jpg" alt="{_words(chance, 4)}" style="width:100%;border:0"></a></div>'
        for n in range(24)
    )
    days = "".join(
        "<tr>" + "".join(f'<td class="ngay c{d:03d}">{w * 7 + d}</td>' for d in range(7)) + "</tr>"
        for w in range(5)
    )
    poll = "".join(
        f'<label><input type="radio" name="poll" value="{n}"> {_words(chance, 6)}</label>'
        for n in range(8)
    )
    calls = "".join(f"WebForm_InitCallback('{n}','{chance.random():.12f}');" for n in range(200))
    return (
        f'<div class="sidebar right"><h4>Liên kết website</h4><select>{links}</select>{banners}'
        f'<div class="lich"><table class="calendar">{days}</table></div><form class="poll">{poll}</form>{WEATHER}{SITE_COUNTER}</div>'
        f"<script>{calls}</script>"
    )


def _words(chance: random.Random, count: int) -> str:
    return escape(" ".join(chance.choice(WORDS) for _ in range(count)).capitalize())
