"""A whole archive of sample articles, saved as a crawl saves them: what the desk is tried on."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from crawler.archive.articles.save import save_article, save_page
from crawler.archive.database import Archive
from crawler.archive.runs import (
    Tally,
    begin_portal,
    begin_run,
    count_portal,
    end_portal,
    end_run,
    record_portals,
    record_provinces,
)
from crawler.items import Article, Attachment, Author, Capture, Image, Page, Reading
from crawler.portals.model import Portal
from crawler.portals.provinces import PROVINCES, department_name
from samples.articles import CAPTIONS, PEOPLE, UNITS, texts
from samples.scratch import unhurried

NIGHTS = 30
EXTRACTOR = "samples"
PLATFORMS = ("nukeviet", "sharepoint", "liferay", "vnpt", "dotnetnuke", "wordpress")
SYLLABLES = (
    "an ba bảo cao chiến cương dân diệp đăng đoàn gia giang hạnh hiếu hoàng hùng hưng khải khánh "
    "kiên lâm liên linh long lương mạnh minh mỹ nam ngân nghĩa nhân như phát phong phú phúc quân "
    "quang quý sơn tâm tấn thái thắng thanh thảo thiện thịnh thu thủy tiến toàn trâm trí trung "
    "tuấn tùng uyên vân việt vinh vượng xuân yến hoà thuỷ toả khoẻ bưởi chè mận mía ngô rạ tre"
)


def sample_portals() -> list[Portal]:
    """One made-up portal for each of the 63 provinces."""
    former = [p for p in PROVINCES.values() if p.slug != "hue"]
    return [
        Portal(
            slug=province.slug,
            province=province.slug,
            department=department_name(province),
            hosts=(f"sokhcn.{province.slug.replace('_', '')}.example",),
            start_urls=(f"https://sokhcn.{province.slug.replace('_', '')}.example/",),
            platform=PLATFORMS[at % len(PLATFORMS)],
            valid_to="2025-06-30" if province.valid_to else None,
            evidence="unverified",
        )
        for at, province in enumerate(former)
    ]


def fill(
    path: Path, count: int, *, newest: date, seed: int = 7, words: int = 120,
    searchable: bool = True,
) -> None:  # fmt: skip
    """Make an archive of that many articles of about four times as many words each.

    Of a hundred, three were edited, one is gone, and four are the same release of other portals.
    One that is only published need not be searchable.
    """
    archive = Archive.open(path)
    try:
        portals = sample_portals()
        pages = _pages(random.Random(seed), portals, count, newest, words)
        with unhurried(archive.conn, searchable=searchable), archive.transaction() as conn:
            record_provinces(conn)
            record_portals(conn, portals)
            for portal, article, capture in pages:
                page = Page(portal, None, capture, Reading(article=article))
                save_page(conn, page, visit=None, extractor=EXTRACTOR, now=capture.fetched_at)
            _edit_and_delete(conn, random.Random(seed), newest)
            _nights(conn, random.Random(seed), portals, newest)
    finally:
        archive.close()


def _pages(
    chance: random.Random, portals: list[Portal], count: int, newest: date, words: int
) -> Iterator[tuple[str, Article, Capture]]:
    """Articles from the newest back, over all portals, more of them in later years."""
    moment = datetime(newest.year, newest.month, newest.day, 9, 12)
    lexicon = _lexicon(chance)
    step = timedelta(days=365 * 14) / count  # an archive of some fourteen years, of any size
    release: Article | None = None
    for number in range(count, 0, -1):
        portal = chance.choice(portals[: max(8, len(portals) * (1 + number % 3) // 3)])
        if release is not None and chance.random() < 0.04:
            article = _copy(chance, portal, release, number)
        else:
            article = release = _article(chance, portal, number, moment, lexicon, words)
        seen = max(moment, datetime(newest.year, newest.month, newest.day) - timedelta(days=40))
        stamp = (seen + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        capture = Capture(
            article.url, stamp, 200, warc=f"{portal.slug}.warc.gz", offset=512 * number,
            digest=f"{number:064x}",
        )  # fmt: skip
        yield portal.slug, article, capture
        moment -= step * chance.uniform(0.2, 1.8)


def _article(
    chance: random.Random, portal: Portal, number: int, moment: datetime, lexicon: list[str],
    words: int,
) -> Article:  # fmt: skip
    topic = chance.choice(texts()["topic"])
    fill = {name: chance.choice(values) for name, values in texts()["fill"].items()}
    fill["day"] = f"{moment.day}/{moment.month}/{moment.year}"
    fill["period"] = f"năm {moment.year}"
    title = chance.choice(topic["titles"]).format(**fill)
    lines = [text.format(**fill) for text in chance.sample(topic["body"], 3)]
    length = sum(len(line) for line in lines)
    while length < words * 16:
        line = _sentence(chance, lexicon, fill)
        lines.insert(chance.randrange(1, len(lines) + 1), line)
        length += len(line)
    images, files = [], []
    if number % 4 == 1:
        caption = chance.choice(CAPTIONS)
        lines.insert(1, caption)
        images.append(Image(f"https://{portal.hosts[0]}/images/anh-{number}.jpg", caption))
    if number % 6 == 2:
        lines[-1:-1] = ["TT | Nội dung | Kết quả", f"1 | Hồ sơ đã tiếp nhận | {fill['n']} hồ sơ",
                        f"2 | Mẫu đã thử nghiệm | {fill['m']} mẫu"]  # fmt: skip
    if number % 7 == 3:
        address = f"https://{portal.hosts[0]}/files/ke-hoach-{number}.pdf"
        files.append(Attachment(address, "Ke-hoach-trien-khai.pdf"))
    person, unit = chance.choice(PEOPLE), chance.choice(UNITS)
    authors = _authors(number, person, unit)
    published, precision, raw = _dated(number, moment)
    return Article(
        url=f"https://{portal.hosts[0]}/tin-tuc/bai-{number}.html",
        key=str(number),
        title=title,
        section=f"Tin tức > {topic['section']}",
        summary=topic["summary"].format(**fill) or None,
        text="\n".join(lines),
        byline=" - ".join(author.raw for author in authors) or None,
        published=published,
        published_precision=precision,
        published_raw=raw,
        published_from="page" if published else None,
        authors=authors,
        images=images,
        attachments=files,
    )


def _sentence(chance: random.Random, lexicon: list[str], fill: dict[str, str]) -> str:
    """A paragraph of invented proper names, as skewed in frequency as words are."""
    names = [lexicon[int(len(lexicon) * chance.random() ** 3)] for _ in range(12)]
    return (
        f"Tại {fill['place']}, các đơn vị {', '.join(names[:4])} đã phối hợp với hợp tác xã "
        f"{names[4]} giới thiệu sản phẩm {names[5]}, {names[6]} và {names[7]}; ông {names[8]} cho "
        f"biết kinh phí là {fill['money']}, vượt {fill['pct']}% so với đề xuất của {names[9]}, "
        f"{names[10]} và {names[11]}."
    )


def _lexicon(chance: random.Random) -> list[str]:
    """Two thousand names of two syllables."""
    syllables = SYLLABLES.title().split()
    return [f"{chance.choice(syllables)} {chance.choice(syllables)}" for _ in range(2000)]


def _authors(number: int, person: str, unit: str) -> list[Author]:
    kind = number % 5
    if kind == 4:
        return []
    if kind == 2:
        return [Author(unit, "unit", raw=unit)]
    office = unit if kind == 1 else None
    return [Author(person, unit=office, raw=f"{person} - {unit}" if office else person)]


def _signed(byline: str | None) -> tuple[str, str]:
    """Person and unit as the byline has them."""
    person, _, unit = (byline or "").partition(" - ")
    return person, unit or person


def _dated(number: int, moment: datetime) -> tuple[str | None, str | None, str | None]:
    """Most portals print a minute, some a day, a few articles nothing."""
    if number % 41 == 0:
        return None, None, None
    if number % 5 == 0:
        return moment.strftime("%Y-%m-%d"), "day", moment.strftime("%d/%m/%Y")
    return (
        moment.strftime("%Y-%m-%dT%H:%M:00+07:00"),
        "minute",
        moment.strftime("Cập nhật: %d/%m/%Y %H:%M"),
    )


def _copy(chance: random.Random, portal: Portal, release: Article, number: int) -> Article:
    """The same release on another portal: its own first line, and a word changed here or there."""
    lines = release.text.split("\n")
    lines[-1] = f"{lines[-1].rstrip('./')} ({chance.choice(UNITS)} tổng hợp)."
    return Article(
        url=f"https://{portal.hosts[0]}/tin-tuc/bai-{number}.html",
        key=str(number),
        title=release.title,
        section="Tin tức > Tin trong nước",
        summary=release.summary,
        text="\n".join(lines),
        byline=release.byline,
        published=release.published,
        published_precision=release.published_precision,
        published_raw=release.published_raw,
        published_from=release.published_from,
        authors=list(release.authors),
    )


def _edit_and_delete(conn: sqlite3.Connection, chance: random.Random, newest: date) -> None:
    """Portals change what they said, and take articles down."""
    idents = conn.execute("select id from articles order by id").fetchall()
    day = datetime(newest.year, newest.month, newest.day, tzinfo=UTC)
    last = (day - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for (ident,) in idents:
        luck = chance.random()
        if luck >= 0.04:
            continue
        row = conn.execute(
            "select id, portal, key, url, title, section, summary, text, byline, published, "
            "published_precision, published_raw, captured_at from articles where id = ?",
            (ident,),
        ).fetchone()
        if luck < 0.03:
            lines = row[7].split("\n")
            at = chance.randrange(len(lines))
            lines[at] = lines[at].replace("các đơn vị", "lãnh đạo các đơn vị") + " (đã đính chính)"
            article = Article(
                url=row[3], key=row[2], title=row[4], section=row[5], summary=row[6],
                text="\n".join(lines), byline=row[8], published=row[9],
                published_precision=row[10], published_raw=row[11], published_from="page",
                authors=_authors(int(row[2]), *_signed(row[8])),
            )  # fmt: skip
            seen = (day - timedelta(hours=chance.randrange(2, 400))).strftime("%Y-%m-%dT%H:%M:%SZ")
            capture = Capture(row[3], max(seen, row[12][:11] + "23:59:59Z"), 200)
            save_article(conn, row[1], article, capture, via="crawl", extractor=EXTRACTOR)
        elif (row[9] or "") < last:  # nobody saw an article for the last time before it was there
            for days in (9, 4):
                missed = (day - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
                conn.execute(
                    "insert into captures(url, fetched_at, portal, status, outcome, article) "
                    "values (?, ?, ?, 404, 'http_404', ?)",
                    (row[3], missed, row[1], row[0]),
                )
            conn.execute(
                "update articles set status = 'gone', last_seen = min(last_seen, ?), "
                "first_seen = min(first_seen, ?), captured_at = min(captured_at, ?) where id = ?",
                (last, last, last, row[0]),
            )


def _nights(
    conn: sqlite3.Connection, chance: random.Random, portals: list[Portal], newest: date
) -> None:
    """Thirty nights of visits; some portals fail now and then, three have failed for a week."""
    for night in range(NIGHTS, -1, -1):
        moment = datetime(newest.year, newest.month, newest.day, 18) - timedelta(days=night + 1)
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        run = f"{stamp}-nightly"
        begin_run(conn, run, "nightly", stamp)
        for at, portal in enumerate(portals):
            down = (at % 21 == 5 and night < 7) or chance.random() < 0.03
            begin_portal(conn, run, portal.slug, stamp)
            tally = Tally(pages=1, errors=1) if down else Tally(pages=14, lists=8, new=at % 3)
            count_portal(conn, run, portal.slug, tally)
            end_portal(
                conn, run, portal.slug, stamp, "failed" if down else "ok",
                "timeout" if down else None, "3 trang không trả lời" if down else None, 0,
            )  # fmt: skip
        end_run(conn, run, stamp, "partial", 1)
