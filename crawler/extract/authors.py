"""What a byline says: persons, units and agencies with their roles."""

from __future__ import annotations

import re

from crawler.extract.names import fold, read_name
from crawler.extract.offices import POST, read_agency, read_unit, without_post
from crawler.items import Author, Role
from crawler.portals.model import Portal

LONGEST = 200  # characters of a byline

_END = r"(?!\w)\s*[:：.\-–]?\s*"
# A label and what it makes of the words after it. The order is from long to short.
LABELS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^\W{{0,3}}(?:{words}){_END}", re.IGNORECASE), meaning)
    for words, meaning in (
        (
            r"người đăng(?: tin| bài)?|đăng bởi|đăng bài|posted by|người nhập|người gửi|người duyệt"
            r"|biên tập(?: viên)?|ban biên tập\s*:|written by|super user|submitted by|người cập nhật",
            "poster",
        ),
        (
            r"tin\s?[,&+/-]?\s?(?:và\s)?(?:bài\s?[,&+/-]?\s?(?:và\s)?)?(?:hình\s)?ảnh"
            r"|bài\s?(?:viết\s?)?[,&+/-]?\s?(?:và\s)?(?:hình\s)?ảnh|ảnh\s?(?:,|và|&)\s?(?:tin|bài)"
            r"|tin\s?(?:,|và|&)?\s?bài|tác giả(?: bài viết)?|người viết(?: bài| tin)?|viết bởi|bài viết"
            r"(?: của)?|người thực hiện|thực hiện|biên soạn|người tổng hợp|tổng hợp|nội dung(?=\s*:)"
            r"|đưa tin|cộng tác viên|ctv|đơn vị thông báo|đơn vị thực hiện|nguồn tin|tin(?=\s*:)|bài(?=\s*:)"
            r"|theo tác giả|by(?=\s*:)|author",
            "author",
        ),
        (
            r"(?:nguồn\s)?(?:hình\s)?ảnh(?:\s(?:minh họa|minh hoạ|tư liệu|sưu tầm|chụp\s\w+))?|photo|hình",
            "photo",
        ),
        (r"nguồn(?: bài| trích| dẫn)?|theo|sưu tầm|trích(?: từ| dẫn)?|source", "source"),
    )
)
SEPARATORS = re.compile(r"\s*(?:;|\s&\s|\s-\s|\s–\s|\s—\s|–|/|\+|,|\svà\s|\|)\s*")
# A second label on the same line: `Bài: X - Ảnh: Y`, `Tác giả: X, Nguồn tin: Y`.
NEXT_LABEL = re.compile(
    r"\s*(?:[-–—;,.|/]\s*)?(?<!\w)(?=(?:(?:hình )?ảnh|nguồn(?: tin| ảnh)?|tác giả|biên tập|thiết kế|đồ họa|video|clip|bài|tin)\s?[:：])"
    r"|\s*[,(]\s*(?=theo\s)",
    re.IGNORECASE,
)
ONLY_LABEL = re.compile(
    r"^(?:[\W_]|tin|bài|viết|và|video|clip|hình|ảnh|tác giả|người)*$", re.IGNORECASE
)
# When it was posted, how it came about: printed behind a name and no part of it.
BEHIND = re.compile(
    r"[\s|,;–-]*(?:\d{1,2}[:h]\d{2}.{0,30}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.{0,20}|(?:ngày|thứ) .{0,3}\d.*|\d+ phút đọc.*)$"
    r"|\s*\(?\s?(?:tổng hợp|t/h|th|sưu tầm|st|s/t|lược dịch|biên dịch|dịch|thực hiện|biên soạn|ghi|lược ghi|trích)\s?\)?$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://(?P<host>[\w.-]{4,80})", re.IGNORECASE)
DOUBLE = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")
NO_ONE = frozenset(
    (
        "admin", "administrator", "quan tri", "quan tri vien", "ban quan tri", "quan tri he thong",
        "super user", "test test", "test", "quan tri website", "quan tri noi dung", "guest", "system",
        "pho ban bien tap", "truong ban bien tap", "tong bien tap", "pho tong bien tap", "root",
        "webmaster", "editor", "an danh", "chua cap nhat", "dang cap nhat", "n/a", "null", "none",
        "khong", "bien tap vien", "nguoi dung", "host", "superuser", "sa", "p.v", "c.t.v", "pv", "ctv", "b.t.v", "dang cap nhat", "khong ro", "suu tam",
    )
)  # fmt: skip


def authors_of(raw: str, *, portal: Portal) -> list[Author]:
    """Everybody a byline names, in the order they stand; empty labels and logins are nobody."""
    printed = raw[:LONGEST]
    found: list[Author] = []
    for line in (part for whole in _lines(printed) for part in _labelled_parts(whole)):
        meaning, words = split_label(line)
        if meaning == "poster" or is_account(words, portal):
            continue
        for author in _read(words, portal):
            author.raw = " ".join(line.split())
            author.role = _role(meaning, author)
            found.append(author)
    return _joined(found)


def _labelled_parts(line: str) -> list[str]:
    """A line cut before each further label; `Tin, ảnh:` is one label."""
    parts = [part for part in NEXT_LABEL.split(line) if part.strip(" (")]
    return [line] if parts and ONLY_LABEL.match(parts[0]) else parts


def split_label(line: str) -> tuple[str, str]:
    """What the label makes of the line (``""`` without one), and the words after it."""
    bare = _unwrapped(line)
    for pattern, meaning in LABELS:
        match = pattern.match(bare)
        if match:
            rest = _unwrapped(bare[match.end() :].strip(" :.-–"))
            # `Theo` opens sentences too, so it is a label only of few words.
            if meaning == "source" and len(rest.split()) > 14:
                continue
            return meaning, rest
    return "", bare


def _unwrapped(text: str) -> str:
    """Without bullets, and without the brackets that stand around all of it."""
    bare = text.strip(" *•\t\n")
    if bare[:1] in "([" and (len(bare) < 2 or not re.search(r"[)\]](?=.)", bare)):
        bare = bare.strip("()[] ")
    return bare


def is_account(words: str, portal: Portal) -> bool:
    """A login of the content system, not a person: listed, a portal's own, or by its shape."""
    bare = " ".join(words.split()).strip(" .,;:")
    folded = fold(bare)
    if folded in NO_ONE or bare in portal.accounts:
        return True
    if folded and all(word in NO_ONE for word in folded.split()):
        return True
    # `thanhsang`, `vpskhcn`, `bientap1`: one word of small letters is nobody's name.
    return bool(re.fullmatch(r"[a-z][a-z0-9._@-]{2,40}", bare)) and not re.search(
        r"\.\w{2,4}$", bare
    )


def _lines(printed: str) -> list[str]:
    """A name above its office is one line; other lines are bylines of their own."""
    lines = [line.strip() for line in printed.split("\n") if line.strip()]
    if len(lines) == 2 and not split_label(lines[1])[0] and read_name(split_label(lines[0])[1]):
        return [f"{lines[0]} - {lines[1]}"]
    return lines


def _role(meaning: str, author: Author) -> Role:
    if meaning == "photo":
        return "photo"
    if author.kind == "agency":
        return "source"
    # `Nguồn: Nguyễn Tuyết`, `Nguồn tin: Văn phòng Sở`: here the source is whoever wrote it.
    return "author"


def _read(words: str, portal: Portal) -> list[Author]:
    words = re.sub(r"[.…/\s]+$", "", words).strip(' .,;:-–"“”')
    words = words.split("(Ảnh")[0].strip() or words
    words = BEHIND.sub("", words).strip(" ,;:-–|") if len(words) > 4 else words
    if not words:
        return []
    whole = _one(words, portal)
    if whole:
        return [whole]
    if ";" in words:
        # What stands between semicolons is a person with his office.
        read = [_read(part, portal) for part in words.split(";") if part.strip()]
        return [author for part in read for author in part] if all(read) else []
    if (address := ADDRESS.match(words)) and "." in address["host"]:
        return [Author(address["host"].removeprefix("www."), kind="agency")]
    words = re.sub(r"\s*\(([^()]{2,100})\)$", r" - \1", words)
    for mark in SEPARATORS.finditer(words):
        name, office = read_name(words[: mark.start()]), words[mark.end() :]
        if name and _is_office(office, portal) and not is_account(words[: mark.start()], portal):
            return [Author(name.text, unit=read_unit(without_post(office).strip(" ,-–"), portal))]
        if name is None:
            break
    words = DOUBLE.sub(" - ", words) if _is_double(words) else words
    parts = [part for part in SEPARATORS.split(words) if part.strip()]
    if (unit := _of_several_words(words, parts, portal)) is not None:
        return [unit]
    people: list[Author] = []
    at = 0
    while at < len(parts):
        one = _one(parts[at], portal)
        if one is not None and one.kind == "person":
            # What follows a name up to the next name is its office: `X - Phòng A, Sở B`.
            end = at + 1
            while end < len(parts) and _is_office(parts[end], portal):
                end += 1
            his_office = _office(words, parts[at + 1 : end], portal)
            if his_office:
                for earlier in people:
                    earlier.unit = earlier.unit or his_office
                one.unit = his_office
            people.append(one)
            at = end
        elif one is not None:
            people.append(one)
            at += 1
        else:
            # A part nobody can read makes the whole doubtful, unless names came before it.
            if not people:
                return []
            break
    return people


def _of_several_words(words: str, parts: list[str], portal: Portal) -> Author | None:
    """`Phòng Kế hoạch - Tài chính`: a mark that divides the name of an office, not two bylines."""
    if len(parts) != 2 or len(words.split()) > 12 or read_unit(parts[0], portal) is None:
        return None
    if _one(parts[1], portal) or read_name(parts[1]) or read_unit(parts[1], portal):
        return None
    unit = read_unit(words, portal)
    return Author(unit, kind="unit") if unit and parts[1].strip()[:1].isupper() else None


def _one(part: str, portal: Portal) -> Author | None:
    agency = read_agency(part, portal)
    if agency:
        return Author(agency, kind="agency")
    unit = read_unit(part, portal)
    if unit and not re.search(r"[,;–]|\s-\s(?!KH)", part):
        return Author(unit, kind="unit")
    name = read_name(part)
    if name and not is_account(part, portal):
        return None if _is_double(part) else Author(name.text)
    if unit and read_name(SEPARATORS.split(part)[0]) is None and "Sở" in part:
        return Author(unit, kind="unit") if not re.search(r"[,;]", part) else None
    return None


def _is_double(part: str) -> bool:
    """`Hoàng Anh-Mai Lan`: two names, each of two syllables or more."""
    sides = DOUBLE.split(part)
    return len(sides) == 2 and all(len(side.split()) > 1 and read_name(side) for side in sides)


def _is_office(part: str, portal: Portal) -> bool:
    return bool(POST.match(part) or read_unit(without_post(part), portal))


def _office(words: str, parts: list[str], portal: Portal) -> str | None:
    """The office printed after a name, in full, with what parts it was cut into put together."""
    if not parts:
        return None
    start = words.find(parts[0])
    end = words.find(parts[-1], start) + len(parts[-1])
    printed = without_post(words[start:end].strip()).strip(" ,-–")
    return read_unit(printed, portal) if printed else None


def _joined(found: list[Author]) -> list[Author]:
    """Nobody twice in one role."""
    seen: dict[tuple[str, str], Author] = {}
    for author in found:
        known = seen.setdefault((author.role, author.name.casefold()), author)
        known.unit = known.unit or author.unit
    return list(seen.values())
