"""Administrative documents as they are drawn up: what each says of itself, and how it is laid out.

The forms: Nghị định 30/2020/NĐ-CP, the earlier Thông tư 01/2011/TT-BNV, and the Party's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from samples.documents.words import COMMON, GROUNDS, RECIPIENTS, SENTENCES, TABLE, TITLES, Words

# The kind, its abbreviation in the symbol.
KINDS = (
    ("quyết định", "QĐ"), ("kế hoạch", "KH"), ("thông báo", "TB"), ("công văn", ""),
    ("báo cáo", "BC"), ("tờ trình", "TTr"), ("giấy mời", "GM"), ("hướng dẫn", "HD"),
    ("chương trình", "CTr"), ("nghị quyết", "NQ"), ("chỉ thị", "CT"), ("biên bản", "BB"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues: the lines of the left head, its name in full, its mark, who signs for it."""

    head: tuple[str, ...]
    name: str
    mark: str
    signs: tuple[tuple[str, ...], ...]
    speaks: str  # in the line that stands before the grounds of a decision


@dataclass(frozen=True, slots=True)
class Form:
    """A document, and the truth about it; None is what it does not print."""

    kind: str
    number: str | None
    symbol: str | None
    body: str
    issued: str | None
    signer: str | None
    subject: str
    left: tuple[str, ...]  # of the head: offices, number, what it is about
    right: tuple[str, ...]  # the state's name, its motto, place and date
    title: tuple[str, ...]  # the kind and what it is about, in bold
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    stamp: tuple[str, ...] = ()
    annex: tuple[str, ...] = field(default=())


def _offices(place: str, rank: str) -> tuple[Office, ...]:
    region, upper = f"{rank} {place}", f"{rank} {place}".upper()
    sở = "Sở Khoa học và Công nghệ"
    return (
        Office(
            ("ỦY BAN NHÂN DÂN", upper), f"Ủy ban nhân dân {region}", "UBND",
            (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
             ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ")),
            f"CHỦ TỊCH ỦY BAN NHÂN DÂN {upper}",
        ),
        Office(
            (f"UBND {upper}", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"), sở, "SKHCN",
            (("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG QUẢN LÝ KHOA HỌC"), ("Q. GIÁM ĐỐC",)),
            "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        ),
        Office(
            ("ỦY BAN NHÂN DÂN", upper, "SỞ KHOA HỌC VÀ", "CÔNG NGHỆ"), sở, "SKHCN",
            (("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")), f"GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ {upper}",
        ),
        Office(
            ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "CHI CỤC TIÊU CHUẨN", "ĐO LƯỜNG CHẤT LƯỢNG"),
            "Chi cục Tiêu chuẩn Đo lường Chất lượng", "TĐC",
            (("CHI CỤC TRƯỞNG",), ("KT. CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG")), "CHI CỤC TRƯỞNG CHI CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG",
        ),
        Office(
            (f"SỞ KH&CN {upper}", "TRUNG TÂM ỨNG DỤNG", "TIẾN BỘ KH&CN"), "Trung tâm Ứng dụng tiến bộ KH&CN", "TTƯD",
            (("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")), "GIÁM ĐỐC TRUNG TÂM",
        ),
        Office(
            ("HỘI ĐỒNG NHÂN DÂN", upper), f"Hội đồng nhân dân {region}", "HĐND",
            (("CHỦ TỊCH",), ("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH")), f"HỘI ĐỒNG NHÂN DÂN {upper}",
        ),
    )  # fmt: skip


def forms(seed: int, count: int, words: Words = COMMON) -> Iterator[Form]:
    """Documents of all kinds in turn, the same for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        kind, short = KINDS[number % len(KINDS)]
        place, rank = words.places[(number * 5 + seed) % len(words.places)]
        office = chance.choice(_offices(place, rank))
        yield _form(chance, kind, short, place, office, words)


def _form(
    chance: random.Random, kind: str, short: str, place: str, office: Office, words: Words
) -> Form:
    year = chance.randint(2008, 2025)
    number = None if chance.random() < 0.12 else str(chance.randint(1, 3200)).zfill(2)
    symbol = (
        f"{short}-{office.mark}"
        if short
        else f"{office.mark}-{chance.choice(('QLKH', 'VP', 'TTr', 'QLCN', 'VX'))}"
    )
    if kind == "quyết định" and chance.random() < 0.3 and number:
        number = f"{number}/{year}"
    issued, dated = _date(chance, year, place)
    subject = chance.choice(words.subjects).format(year=year, next=year + 1, later=year + 5)
    capital = subject[0].upper() + subject[1:]
    blank = chance.choice(("      ", "……", ".....", "   "))
    shown = number if number else blank
    gap = chance.choice(("", "", " ", "  "))
    left = [
        *office.head,
        chance.choice(("-------", "_______", "———", "")),
        f"{chance.choice(('Số:', 'Số :', 'Số', 'Số: '))} {shown}{gap}/{symbol}",
    ]
    motto = chance.choice(
        ("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc", "Độc lập -Tự do -Hạnh phúc")
    )
    right = [
        chance.choice(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        motto,
        chance.choice(("---------------", "____________", "")),
        dated,
    ]
    paragraphs: list[str] = []
    title: list[str] = []
    if kind == "công văn":
        left += _wrapped(f"{chance.choice(('V/v', 'V/v:', 'Về việc'))} {subject}", 32)
        paragraphs += [
            chance.choice(
                (
                    "Kính gửi: Ủy ban nhân dân các huyện, thành phố",
                    "Kính gửi:",
                    "Kính gửi: Bộ Khoa học và Công nghệ",
                )
            )
        ]
    else:
        opening = chance.choice(("Về việc {}", "V/v {}", "{}", "Về việc {}"))
        line = opening.format(subject if opening != "{}" else capital)
        if opening != "{}":
            subject = line.removeprefix("V/v ").removeprefix("Về việc ")
        if chance.random() < 0.3:
            line = line.upper() if "“" not in line else line
        title = [kind.upper(), *_wrapped(line, chance.choice((48, 60, 75)))]
    if kind in ("quyết định", "nghị quyết"):
        title.append(chance.choice(("-----", "", "________")))
        paragraphs += [office.speaks, *GROUNDS[: chance.randint(2, 5)], f"{kind.upper()}:"]
        paragraphs += [f"Điều {n}. {chance.choice(SENTENCES)}" for n in (1, 2, 3)]
    else:
        if kind == "tờ trình":
            paragraphs.append("Kính gửi: Ủy ban nhân dân tỉnh")
        if kind == "giấy mời":
            paragraphs.append("Kính gửi: Đồng chí Lương Bá Khải, Trưởng phòng")
        if (
            kind in ("kế hoạch", "báo cáo", "hướng dẫn", "thông báo", "tờ trình")
            and chance.random() < 0.6
        ):
            paragraphs.append(
                "Thực hiện Kế hoạch số 88/KH-BCĐ ngày 11 tháng 02 năm 2019 của Ban Chỉ đạo, đơn vị triển khai như sau:"
            )
        if kind == "biên bản":
            paragraphs += [
                "Thời gian bắt đầu: 8 giờ 00 ngày 20 tháng 10 năm 2019. Địa điểm: Phòng họp số 2.",
                "Chủ trì: Ông Lương Bá Khải, Phó Giám đốc. Thư ký: Bà Hà Vy.",
            ]
        paragraphs += ["I. MỤC ĐÍCH, YÊU CẦU", *chance.sample(SENTENCES, 4), "II. NỘI DUNG"]
        paragraphs += chance.sample(SENTENCES, 3)
    table = TABLE if chance.random() < 0.4 else ()
    paragraphs.append("Trên đây là nội dung văn bản, đề nghị các đơn vị phối hợp thực hiện./.")
    signer = words.person(chance)
    sealed = chance.choice(((), (), ("(Đã ký)",), ("(Ký tên, đóng dấu)",), ("Đã ký",)))
    signature = (*chance.choice(office.signs), *sealed, chance.choice(TITLES) + signer)
    if kind == "biên bản":
        signature = (chance.choice(("CHỦ TRÌ", "CHỦ TỌA")), *sealed, signer)
    stamp: tuple[str, ...] = ()
    if chance.random() < 0.2:
        stamp = (
            f"Ký bởi: {office.name}",
            f"Cơ quan: {place}",
            f"Ngày ký: 1{chance.randint(0, 9)}-0{chance.randint(1, 9)}-{year + 1} 08:15:27 +07:00",
        )
    return Form(
        kind=kind, number=number, symbol=symbol, body=office.name, issued=issued, signer=signer, subject=subject,
        left=tuple(left), right=tuple(right), title=tuple(title), paragraphs=tuple(paragraphs),
        table=table, recipients=chance.choice(RECIPIENTS), signature=signature, stamp=stamp,
    )  # fmt: skip


def _date(chance: random.Random, year: int, place: str) -> tuple[str | None, str]:
    """The date of issue and its line; a date that was left for the pen is none."""
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    way = chance.random()
    if way < 0.1:
        return None, f"{place}, ngày      tháng {month:02} năm {year}"
    if way < 0.15:
        return None, f"{place}, ngày … tháng … năm {year}"
    shown = f"{month:02}" if month < 3 or chance.random() < 0.2 else str(month)
    comma = chance.choice((", ", ", ", " , "))
    return f"{year}-{month:02}-{day:02}", f"{place}{comma}ngày {day:02} tháng {shown} năm {year}"


def _wrapped(line: str, width: int) -> list[str]:
    lines, row = [], ""
    for word in line.split():
        if row and len(row) + len(word) >= width:
            lines.append(row)
            row = ""
        row = f"{row} {word}".strip()
    return [*lines, row]
