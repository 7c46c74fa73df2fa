"""Who signed a document, and as what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.documents.facts.cells import Cell, plain
from crawler.documents.facts.confusions import is_family
from crawler.documents.facts.subject import opens_text
from crawler.text.family_names import FAMILIES

FOR = re.compile(
    r"^\W*(?:tm|kt|tl|tuq|t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|q|thua lenh|thay mat|quyen)\s?[.,:]{0,2}\s*(?=[a-z])"
)
POST = re.compile(
    r"^\W*(?:(?:q|quyen|pho|nguyen)\.?\s)*(?:chu tich|giam doc|tong giam doc|chi cuc truong|cuc truong|vu truong|vien truong|hieu truong|truong (?:phong|ban|doan|bo mon|khoa|tram|so)"
    r"|chanh (?:van phong|thanh tra)|bo truong|thu truong|thu tuong|bi thu|chu nhiem|chu tri|chu toa|to truong|doi truong|thu truong don vi|tong thu ky|tong bien tap|nguoi chu tri|chanh an|dai dien|phu trach|ke toan truong|truong)\b"
)
# A post that is no person's name without its accents either.
A_POST = re.compile(
    r"\W*(?:(?:q|quyen|pho)\.?\s)*(?:tong giam doc|giam doc|chu tich|chi cuc truong|cuc truong|vien truong|hieu truong|chanh van phong|chanh thanh tra)(?: so)?\W*"
)
SEALED = re.compile(
    r"^\W*(?:da ky|ky ten|ky,|chu ky|\(ky|\(da ky|\(chu ky|dau|dong dau|\(dau|ky thay)"
)
RECIPIENT = re.compile(r"^\W*(?:noi nhan|luu\s*(?::|vt)|nhu (?:dieu|tren)|[-+*•▪>–—])|^[-+*•▪–—]")
RECIPIENTS = re.compile(r"noi nhan\s*:?")
TITLED = re.compile(
    r"^(?:(?:pgs|gs|tskh|ts|ths|th\.s|ks|cn|bs|ds|bsck\w*|ncs|luật sư|kỹ sư|tiến s[ĩỹ]|thạc s[ĩỹ]|bác s[ĩỹ]|ông|bà|(?:đại|thượng|trung|thiếu) (?:tá|tướng))(?:\s*[.,]\s*|\s+))+",
    re.IGNORECASE,
)
PART = re.compile(r"(?:[A-ZĐÀ-ỸÊÔƠƯĂÂ][\w’'ʼ]*|[A-ZĐ]\.|[KHY][’'ʼ][A-ZĐÀ-Ỹ]?\w*)$")
NO_NAME = re.compile(
    r"^như\b|\b(?:sở|phòng|ban|viện|cục|bộ|tỉnh|huyện|nơi nhận|khoa học|công nghệ|ủy ban|uỷ ban|nhân dân|trung tâm|văn phòng|hội đồng|điều|đã ký|ký tên|việt nam"
    r"|đơn vị|các|và|website|chi cục|phụ lục|danh sách|nội dung|kế hoạch|người|ngày|độc lập|hạnh phúc|lưu vt|thông tin|quản lý|kế toán)\b",
    re.IGNORECASE,
)
STROKE = re.compile(r"(?:[^\W\d_]{1,2}|[^\w\s]+)\s+(?=[A-ZĐ])")  # of a pen, before a post
ACCENTED = re.compile(r"[à-ỹÀ-Ỹ]")
PREFIXES = ("Y", "H", "K")  # names of the highlands begin with one
POSTS_ABOVE = 6  # lines
REACH = 16  # cells between the post and the name: recipients stand beside them


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    cell: Cell
    printed: str
    post: str  # as printed, one line each


def find_signature(cells: list[Cell]) -> Signature | None:
    """The signature beside the recipients; where none are listed, the last one.

    Of several that sign side by side all names, parted by semicolons.
    """
    found = [
        signature for at in range(len(cells)) if (signature := _signature_at(cells, at)) is not None
    ]
    listed = next(
        (cell.row for cell in cells if RECIPIENTS.search(cell.plain) and len(cell.plain) < 40), None
    )
    if not found:
        return None if listed is None else _only_name(cells, listed)
    if listed is None:
        return _with_others(found[-1], cells)
    return _with_others(min(found, key=lambda one: abs(one.cell.row - listed)), cells)


def _with_others(one: Signature, cells: list[Cell]) -> Signature:
    """A signature with those beside it, each below a post of its own."""
    names, printed = [], []
    for cell in cells:
        if cell.row != one.cell.row:
            continue
        if cell.column == one.cell.column:
            names.append(one.name)
            printed.append(one.printed)
        elif (name := read_signer(cell.text)) is not None and _has_post(cell, cells):
            names.append(name)
            printed.append(cell.text)
    return Signature("; ".join(names), one.cell, "\n".join(printed), one.post)


def _has_post(name: Cell, cells: list[Cell]) -> bool:
    """Whether it signs as somebody: who wrote a record down stands beside its chair, too."""
    above = (
        cell
        for cell in cells
        if cell.column == name.column and name.row - POSTS_ABOVE <= cell.row < name.row
    )
    return any(
        _upper(cell.text) and (FOR.match(cell.plain) or POST.match(cell.plain)) for cell in above
    )


def _signature_at(cells: list[Cell], at: int) -> Signature | None:
    start = cells[at]
    printed = _beside(start)
    if start.recognised and (stroke := STROKE.match(printed)):
        printed = printed[stroke.end() :]
    bare = plain(printed)
    if (
        start.columns > 2
        or not (_upper(printed) or _is_small_post(printed))
        or len(printed) > 90
        or not (FOR.match(bare) or POST.match(bare))
    ):
        return None
    posts = [printed]
    for other in cells[at + 1 : at + 1 + REACH]:
        text = _beside(other)
        bare = plain(text)
        if not text or other.is_rule or SEALED.match(bare):
            continue
        if (
            other.columns > 1
            and start.columns > 1
            and other.column != start.column
            and other.row != start.row
        ):
            continue
        if other.recognised:
            text = _without_strokes(text)
        name = read_signer(text)
        if name is not None and not (other.recognised and _is_doubtful(name)):
            return Signature(name, other, text, "\n".join(posts))
        if RECIPIENT.match(other.plain):
            continue
        if _upper(text) and (FOR.match(bare) or POST.match(bare) or len(text) < 60):
            posts.append(text)
            continue
        if opens_text(other) or len(text) > 60:
            return None
    return None


def _only_name(cells: list[Cell], listed: int) -> Signature | None:
    """The one name behind the recipients of a scan, whose signer's post a stamp has covered."""
    found = []
    for cell in cells:
        if cell.recognised and cell.row > listed and not RECIPIENT.match(cell.plain):
            text = _without_strokes(cell.text)
            name = read_signer(text)
            if name is not None and name.split()[0].casefold() in FAMILIES:
                found.append(Signature(name, cell, cell.text, ""))
    return found[0] if len(found) == 1 else None


def _is_doubtful(name: str) -> bool:
    """Whether a name that was seen begins with no family's name, nor as those of other peoples do."""
    first = name.split()[0]
    return not (is_family(first) or first in PREFIXES or "'" in name or "’" in name)


def _without_strokes(text: str) -> str:
    """A name without what a title, a stamp or a pen has become in front of it."""
    parts = text.split()
    for at, part in enumerate(parts[:3]):
        capital = max((at for at, sign in enumerate(part) if sign.isupper()), default=len(part))
        if part[capital:].casefold() in FAMILIES and len(parts) - at > 1:
            return " ".join([part[capital:], *parts[at + 1 :]])  # also right behind a stroke
        if len(part) > 8 or ACCENTED.search(part):
            break  # it may be a family's name itself, badly read
    return text


def _beside(cell: Cell) -> str:
    """What stands at the right of a recipient, where both columns came out as one line."""
    found = RECIPIENTS.match(cell.plain)
    if found:
        return cell.text[found.end() :].strip(" :")
    if RECIPIENT.match(cell.plain):
        parts = re.split(r"[;.,]\s+", cell.text)
        return parts[-1].strip() if len(parts) > 1 else ""
    return cell.text.strip()


def read_signer(printed: str) -> str | None:
    """A person's name as a signature prints it, without academic titles; None for anything else."""
    text = " ".join(printed.split()).strip(" .,;:*_-–—~|")
    text = TITLED.sub("", text).strip(" .,")
    parts = text.split()
    if not 2 <= len(parts) <= 6 or len(text) > 45 or not all(map(PART.match, parts)):
        return None
    bare = plain(text)
    if (
        NO_NAME.search(text)
        or A_POST.match(bare)
        or (_upper(text) and (FOR.match(bare) or POST.match(bare)))
    ):
        return None
    if text.isupper():
        if parts[0].casefold() not in FAMILIES or len(text) < 6:
            return None
        return text.title()
    return text


def _is_small_post(text: str) -> bool:
    """`Kt. Giám đốc`: a post in small letters, where nothing but a post stands."""
    rest = FOR.sub("", plain(text))
    return len(rest) < len(text) and text[0].isupper() and A_POST.fullmatch(rest) is not None


def _upper(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)
