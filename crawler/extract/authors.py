"""What a byline says: persons, units and agencies with their roles."""

from __future__ import annotations

import re

from crawler.extract.byline_labels import (
    believed,
    labelled_parts,
    split_label,
    told,
    without_buttons,
    without_how,
)
from crawler.extract.names import fold, read_name
from crawler.extract.offices import POST, expand, read_agency, read_unit, without_post
from crawler.items import Author, Role
from crawler.portals.model import Portal

LONGEST = 200  # characters of a byline

SEPARATORS = re.compile(
    r"\s*(?:;|\s&\s|(?<=[^\W\d_A-ZĐ])&(?=[^\W\d_])|\s-\s|\s–\s|\s—\s|–|/|\+|,|\svà\s|\|)\s*"
)
# `– Tác giả: X, với tác phẩm …`: who won a prize wrote something else.
PRIZE = re.compile(
    r"\b(?:với|của) (?:tác phẩm|bài|đề tài|công trình|giải pháp|sản phẩm|mô hình|sáng kiến|cuốn|bộ|ảnh|chùm)\b|đạt giải|giải (?:nhất|nhì|ba|khuyến khích|[abc]\b)|tác phẩm|\bđơn vị công tác\b|\bsinh năm\b|chủ nhiệm",
    re.IGNORECASE,
)
# Words of sentences, documents and captions, and of what names nobody.
NOT_WHO = re.compile(
    r"\d|[?!:…]|\b(?:nghị (?:định|quyết)|quyết định|thông tư|công văn|kế hoạch|báo cáo|luật|điều|khoản|chương trình|hội nghị|quy định|hướng dẫn|thông báo|đó|này|đã|sẽ|được|là|tại|trong|ngày|tháng|năm|minh h[oọ]a|tư liệu|ông|bà|đồng chí|thống kê|kết quả|dự thảo|đề án|đánh giá|ý kiến)\b",
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
    for line in (part for whole in _lines(printed) for part in labelled_parts(told(whole))):
        meaning, words = split_label(line)
        words = without_buttons(words)
        if meaning == "poster" or is_account(words, portal) or (meaning and PRIZE.search(words)):
            continue
        people = _read(words, portal)
        if not people and meaning and believed(line):
            people = _as_printed(words, meaning, portal)
        for author in people:
            author.raw = " ".join(line.split())
            author.role = _role(meaning, author)
            found.append(author)
    return _joined(found)


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
    words = without_how(words) if len(words) > 4 else words
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


def _as_printed(words: str, meaning: str, portal: Portal) -> list[Author]:
    """Who an explicit label names in words that no list knows: `Nguồn: Đăk Nông Điện tử`, `CNTT`."""
    bare = without_how(words).strip(' .,;:-–"“”()')
    if not 2 <= len(bare) <= 80 or len(bare.split()) > 9 or NOT_WHO.search(bare):
        return []
    if meaning == "source":
        return [Author(expand(bare, portal), kind="agency")] if bare[0].isupper() else []
    found = []
    for part in (part.strip(" .,;-–") for part in SEPARATORS.split(bare)):
        if not part or not part[0].isupper() or is_account(part, portal):
            return []
        tokens = part.split()
        if part.isupper() and len(tokens) == 1:
            if meaning == "photo":
                return []
            found.append(Author(part, kind="unit"))  # an office's initials
        elif len(tokens) <= 5 and all(token[0].isupper() and token.isalpha() for token in tokens):
            found.append(Author(part))
        else:
            return []
    return found


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
