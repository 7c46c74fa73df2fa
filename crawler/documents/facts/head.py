"""The head of a document: its number and symbol, its date, and who issued it."""

from __future__ import annotations

import re
from datetime import date

from crawler.documents.facts.cells import MOTTO, PARTY, STATE, Cell, plain, without
from crawler.documents.facts.confusions import LIKE_DIGITS, digits
from crawler.documents.facts.kinds import kind_of_symbol
from crawler.documents.facts.offices import nearest, usual
from crawler.parsing import is_number
from crawler.parsing import number as read_number

_SIGN = r"[A-ZĐƯ][A-Za-zĐđƯư0-9&.]{0,14}"
SYMBOL = rf"{_SIGN}(?:\s?[-–—]\s?{_SIGN})*"
NUMBER = re.compile(
    rf"(?:^|[\s(])(?P<label>S[ốôóòoổỗồỐÔÓÒOỔỖỒ6]|s[ốôóòoổỗồ])\s*[:;.]?\s*(?P<number>[0-9][0-9\s]{{0,5}}[a-z]?)?(?P<year>\s?/\s?(?:19|20)\d\d)?"
    rf"[\s.…_,·:;-]*(?:[a-zà-ỹ.…,]{{1,6}}[\s.…_,·:;-]*)?/[\s.]*(?P<symbol>{SYMBOL})"
)
PARTY_NUMBER = re.compile(
    rf"(?:^|\s)(?:S[ốôóòo]|s[ốôóòo])\s*[:;.]?\s*(?P<number>[0-9]{{1,5}})?[\s.…_]*[-–]\s?(?P<symbol>{_SIGN}\s?/\s?[A-ZĐƯ][A-Za-zĐđƯư&-]{{1,20}})"
)
BARE_NUMBER = re.compile(
    rf"^\W*(?P<number>[0-9]{{1,5}})?(?P<year>/(?:19|20)\d\d)?\s?/\s?(?P<symbol>{_SIGN}[-–]{_SIGN}(?:[-–]{_SIGN})*)\W*$"
)
DATED = re.compile(
    r"(?P<place>[a-z][^,;:\t\d]{1,40}?)?\s*[,.]{0,2}\s*\bngay\s*(?P<day>[^a-z]{0,14}?)\s*thang\s*(?P<month>[^a-z]{0,14}?)\s*nam\s*(?P<year>[12]\s?[09]\s?\d\s?\d|[\d.…_ ]{0,8})"
)
# The same as OCR gives it: letters stand for digits, and specks between the words.
_SPECKS = r"[\s.,:;'`]{0,4}"
SEEN_DATE = re.compile(
    rf"(?P<place>[a-z][^,;:\t\d]{{1,40}}?)?\s*[,.;:]{{0,2}}\s*\bngay{_SPECKS}(?P<day>[{LIKE_DIGITS}\s]{{1,4}}){_SPECKS}thang{_SPECKS}(?P<month>[{LIKE_DIGITS}\s]{{1,4}}){_SPECKS}nam{_SPECKS}(?P<year>[12l]\s?[09o]\s?\d\s?\d)",
    re.IGNORECASE,
)
SHORT_DATE = re.compile(
    r"(?P<place>[a-z][^,;:\t\d]{1,40}?),\s*(?:ngay\s*)?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\W*$"
)
# An annex names the document it belongs to: that one's number and date are not its own.
OF_ANOTHER = re.compile(r"\b(?:kem theo|ban hanh theo|dinh kem)\b")
# What was left for the pen, or written by it, is seen as anything; its symbol stands behind it.
SEEN_SYMBOL = re.compile(
    rf"(?:/\s?|^\W*S\S{{0,2}}\s*[:;.]+[\s.…_,·-]*(?P<number>[0-9]{{1,5}})?[\s.…_,·-]*)(?P<symbol>{_SIGN}(?:\s?[-–—]\s?{_SIGN})+)\W*$"
)
LEFT_OPEN = re.compile(r"(?:\.{2,}|[…_]|-\s*$)")  # `TỈNH ...`, `QĐ-…`: for the pen
# In a scan they are a drawn line as well, but for those behind what wants a name.
AWAITS_NAME = re.compile(
    r"\b(?:tinh|thanh pho|tp|huyen|quan|thi xa|thi tran|xa|phuong|so|phong|ban|nhan dan|ubnd|hdnd)\W*$"
)
UNFINISHED = re.compile(r"\bngay[^a-z]*(?:thang[^a-z]*)?$")
EARLIEST = 1946
LONGEST_NUMBER = 40  # letters of a number with its symbol

# Words that open the name of an office; any other line of the head goes on with the one before.
OPENS = re.compile(
    r"^\W*(?:uy ban|ubnd|hdnd|hoi dong|so(?:\b|khoa|thong|tai|noivu|kehoach|nongnghiep|giaoduc)|uybannhan|chicuc|trungtam|hoidongnhan|vanphong|bo\b|chinh phu|thu tuong|van phong|cuc\b|tong cuc|vu\b|chi cuc|trung tam|vien\b|hoc vien|truong\b|dai hoc"
    r"|phong\b|ban\b|hoi\b|lien hiep|lien doan|lien minh|doan\b|dang bo|dang uy|chi bo|tinh uy|thanh uy|huyen uy|quan uy|thi uy|cong ty|cong an|cong doan|thanh tra|quy\b|bao tang"
    r"|thu vien|to cong tac|to bien|to chuyen|to giup|cong thong|mat tran|uy ban mat tran|bao\b|tap chi|dai phat thanh|toa an|kho bac|ngan hang|bao hiem|xi nghiep|hop tac xa|doi\b|tram\b|nha xuat ban|quoc hoi|tieu ban|benh vien)"
)
RANK = re.compile(r"^\W*(so|bo)\b")
GOES_ON = re.compile(r"(?:\b(?:va|cac|cua|cho|voi|ve)|[,&–-])\W*$")
NOT_OFFICE = re.compile(
    r"^\W*(?:du thao.*|mat|toi mat|tuyet mat|hoa toc.*|khan|thuong khan|ban sao|sao y.*|viet nam|sao luc|cong bao.*|phu luc.*|trang \d+|mau so.*|den|so|ngay|chuyen)\W*$"
)


def read_number_of(cells: list[Cell]) -> tuple[Cell, str, str | None, str] | None:
    """The cell, the string, the number (None where it is left for the pen) and the symbol.

    The symbol is empty where a part of it is left: `QĐ-…`.
    """
    for pattern in (NUMBER, PARTY_NUMBER, BARE_NUMBER):
        for cell in cells:
            found = pattern.search(cell.text)
            if (
                found is None
                or cell.plain.startswith(("can cu", "theo "))
                or OF_ANOTHER.search(cell.plain)
            ):
                continue
            symbol = re.sub(r"\s*[-–—]\s*", "-", found["symbol"]).strip(" .-")
            symbol = re.sub(r"\s*/\s*", "/", symbol)
            if LEFT_OPEN.match(cell.text[found.end() :].lstrip("- ")):
                symbol = ""
            digits = re.sub(r"\s", "", found["number"] or "") or None
            if digits and "year" in found.re.groupindex and found["year"]:
                digits += re.sub(r"\s", "", found["year"])
            if pattern is BARE_NUMBER and kind_of_symbol(symbol) is None and digits is None:
                continue
            return cell, found[0].strip(), digits, symbol
    return _seen_symbol(cells)


def _seen_symbol(cells: list[Cell]) -> tuple[Cell, str, str | None, str] | None:
    """The same of a scan whose number is illegible, where a kind of document begins the symbol."""
    for cell in cells:
        if not cell.recognised or cell.column or len(cell.text) > LONGEST_NUMBER:
            continue
        found = SEEN_SYMBOL.search(cell.text)
        if found is None or OF_ANOTHER.search(cell.plain):
            continue
        symbol = re.sub(r"\s*[-–—]\s*", "-", found["symbol"])
        if kind_of_symbol(symbol) is not None:
            return cell, cell.text.strip(), found["number"], symbol
    return None


def read_date_of(cells: list[Cell]) -> tuple[Cell, str, str | None] | None:
    """The cell, the string and the ISO date, None where a part is left for the pen."""
    for at, cell in enumerate(cells):
        text, bare = cell.text, cell.plain
        if UNFINISHED.search(bare) and at + 1 < len(cells):
            text, bare = f"{text} {cells[at + 1].text}", f"{bare} {cells[at + 1].plain}"
        if bare.startswith(("can cu", "theo ", "thuc hien", "xet ")) or OF_ANOTHER.search(bare):
            continue
        if at and cells[at - 1].row == cell.row - 1 and OF_ANOTHER.search(cells[at - 1].plain):
            continue
        for pattern in (SEEN_DATE, DATED, SHORT_DATE)[0 if cell.recognised else 1 :]:
            found = pattern.search(bare)
            if (
                found is None
                or len(bare) - found.end() > 12
                or not (found["place"] or found.start() < 3)
            ):
                continue
            raw = text[found.start() : found.end()].strip(" ,.")
            said = [found[part] for part in ("day", "month", "year")]
            return cell, raw, _iso(*(map(digits, said) if cell.recognised else said))
    return None


def _iso(*parts: str) -> str | None:
    day, month, year = (read_number(re.sub(r"\s", "", part)) for part in parts)
    if not day or not month or not year or year < EARLIEST:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def read_body(
    cells: list[Cell], number: Cell | None, dated: Cell | None
) -> tuple[list[Cell], str, str | None] | None:
    """The cells of the issuing office, its lines as printed, and its name in usual letters.

    None of a name that is left for the pen: `TỈNH ...` of a sample form.
    """
    units: list[list[tuple[Cell, str]]] = []
    open_rows = set[int]()
    of_state = min((cell.row for cell in cells if cell.column and _is_of_state(cell)), default=None)
    for cell in cells:
        if PARTY.match(cell.plain) or (
            number is not None and cell.row > number.row and cell.page == number.page and not units
        ):
            continue
        if cell.recognised and cell.column and of_state is not None and cell.row >= of_state:
            continue  # below the motto stands a drawn line, which is seen as anything
        text = without(cell, STATE, MOTTO)
        if cell is number:
            seen = cell.recognised and NUMBER.search(text) is None
            text = "" if seen else NUMBER.sub("\t", text)
        if cell is dated:
            text = text.split(",")[0] if "\t" in text else ""
        for part in text.split("\t"):
            if cell.recognised:
                part = _capitals_of(part)
            left_open = _is_left_open(part, recognised=cell.recognised)
            part = part.strip(" .:*_-–—~'`|ˆ^¬,;“”\"…")
            piece = Cell(part, "", cell.row, cell.column, cell.columns, cell.page, None, None)
            bare = plain(part)
            if len(bare) < 2 or not piece.is_upper or NOT_OFFICE.match(bare):
                continue
            if cell.recognised and not _reads_as_name(bare):
                continue
            if left_open:
                open_rows.add(cell.row)
            if units and (
                not OPENS.match(bare)
                or GOES_ON.search(plain(units[-1][-1][1]))
                or (cell.recognised and _is_one_name(units[-1], part))
            ):
                units[-1].append((cell, part))
            else:
                units.append([(cell, part)])
    if not units:
        return None
    first = len(units) - 1
    while (
        first
        and (rank := RANK.match(plain(units[first][0][1])))
        and (above := RANK.match(plain(units[first - 1][0][1])))
        and above[1] == rank[1]
    ):
        first -= 1  # no ministry is under another: they issue as one
    issuing = [line for unit in units[first:] for line in unit]
    names = [
        usual(
            " ".join(part for _, part in unit), recognised=any(cell.recognised for cell, _ in unit)
        )
        for unit in units[first:]
    ]
    is_open = any(cell.row in open_rows for cell, _ in issuing)
    return (
        [cell for cell, _ in issuing],
        "\n".join(part for _, part in issuing),
        None if is_open else " - ".join(names),
    )


def _is_of_state(cell: Cell) -> bool:
    return STATE.search(cell.plain) is not None or MOTTO.search(cell.plain) is not None


def _is_one_name(unit: list[tuple[Cell, str]], part: str) -> bool:
    """Whether a line that seems to open another office ends the name of the one above."""
    above = " ".join(line for _, line in unit)
    return nearest(above) is None and nearest(f"{above} {part}") is not None


def _is_left_open(part: str, *, recognised: bool) -> bool:
    """Whether a part of a name is left for the pen."""
    found = LEFT_OPEN.search(part)
    if found is None or not any(map(str.isalpha, part)):
        return False
    return not recognised or AWAITS_NAME.search(plain(part[: found.start()])) is not None


def _capitals_of(part: str) -> str:
    """A name in capitals without what a pen, a fold or a drawn line became beside it."""
    words = part.split(" ")
    if len(words) > 2 and len(words[0]) == 1 and words[0].isalpha():
        words = words[1:]
    small = next((at for at, word in enumerate(words) if word.islower()), None)
    if small is None or small < 2 or not "".join(words[:small]).isupper():
        return " ".join(words)
    while is_number(words[small - 1]):
        small -= 1
    return " ".join(words[:small])


def _reads_as_name(bare: str) -> bool:
    """Whether it is more than what OCR makes of a ruler's dashes."""
    letters = sum(sign.isalpha() for sign in bare)
    return letters > 3 and letters >= 0.7 * len(bare.replace(" ", ""))
