"""Names of persons as Vietnamese bylines print them.

A name is told from other capitalised words by its family name, by the spelling of its syllables
and by what it is not (places, offices, headings). Source: Vietnamese orthography (an onset, a rime, six tones).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from viet_text_tools import normalize_diacritics

from crawler.extract.highland_names import highland_name
from crawler.portals.provinces import PROVINCES
from crawler.text.characters import nfc
from crawler.text.family_names import FAMILIES
from crawler.text.folding import OTHERS, PLAIN

SYLLABLES = range(2, 7)
# Written without the accents a family name is no sign by itself, so fewer are taken.
_PLAIN_FAMILIES_TEXT = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan truong "
    "dinh trinh lam phung mai to ta luong luu thai ha"
)
PLAIN_FAMILIES = frozenset(_PLAIN_FAMILIES_TEXT.split())
TITLES = re.compile(
    r"^(?:(?:pgs|gs|ts|ths|th\.s|ths|ks|cn|bs|ds|ncs|cvc?|cvcc|nhà báo|pv|phóng viên|ctv|cộng tác viên"
    r"|btv|biên tập viên|đ/c|đồng chí|đc|ông|bà|thạc s[ĩỹ]|tiến s[ĩỹ]|kỹ sư|k[sĩ]|cử nhân|bác s[ĩỹ]"
    r"|luật sư|tskh|mr|ms|mrs|dr|ck\s?i{1,2}|bsck\s?i{1,2}|ctv|nb|nxb|thạc sỹ|nghệ nhân|hs|sv)(?:\s*[.:,/]\s*|\s+))+",
    re.IGNORECASE,
)
SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.){1,3}[^\W\d_]*\.?")
# The last word of many a name, and a word of offices and calendars: `Trường`, `Quý`, `Năm`.
ALSO_NAMES = re.compile(
    r"trường|quý|năm|thứ|tuần|sở|phòng|viện|vụ|cục|bộ|đảng|tỉnh|huyện|phường|xin|miền|nguồn|hình|theo|với|cho",
    re.IGNORECASE,
)
# Words that stand before such a one in a name without its family: `Xuân Trường`, `Hồng Quý`.
_BEFORE_TEXT = (
    "văn xuân ngọc hồng đức quang thanh minh quốc hữu thu kim bá mạnh duy tuấn hải hoàng trọng đình thế như "
    "phú việt đắc khắc nhật huy tiến thành mai thúy thuý bích phương hoài diệu khánh bảo vĩnh"
)
# Given names that sign alone.
_GIVEN_TEXT = (
    "anh bích chi cúc cường diệp diễm dung dũng duy duyên đức giang hà hạnh hằng hiền hiếu hòa hoà hồng huệ hùng hương "
    "huyền khánh khoa lan liên linh loan long ly mai mạnh minh my nga ngân ngọc nguyệt nhàn nhung oanh phong phúc phượng "
    "quân quý quyên quỳnh sơn tâm thảo thắm thịnh thơm thu thúy thuý thủy thuỷ toàn trang trinh tuấn tùng tuyết vân việt vinh yến"
)
_BEFORE, GIVEN = frozenset(_BEFORE_TEXT.split()), frozenset(_GIVEN_TEXT.split())
# Capitalised words that stand in headings, menus and offices, and never in a name.
NEVER = re.compile(
    r"\b(?:tin tức|tin bài|trang chủ|trang tin|thông tin|thông báo|liên hệ|liên kết|khoa học|công nghệ"
    r"|công ty|công an|công báo|hội nghị|hội thảo|hội đồng|kế hoạch|báo cáo|kết quả|xem thêm|chi tiết"
    r"|tải về|quay lại|đầu trang|in trang|bình luận|ý kiến|giám đốc|chủ tịch|bí thư|trưởng phòng|phó phòng"
    r"|chánh|văn bản|văn phòng|thanh tra|trung tâm|chi cục|tổng hợp|sưu tầm|biên tập|ban quản|quản trị"
    r"|việt nam|tỉnh|thành phố|huyện|thị xã|phường|quyết định|nghị quyết|nghị định|thông tư|chuyên mục"
    r"|sự kiện|tuyển dụng|mời thầu|đấu thầu|đăng nhập|đăng ký|tìm kiếm|sơ đồ|giới thiệu|lịch sử|năm|tháng"
    r"|ngày|thứ|thư ký|kế toán|thủ trưởng|người ký|tuần|quý|phụ lục|danh sách|biểu mẫu|đề tài|dự án|nhiệm vụ|chương trình|hoạt động|sở|phòng"
    r"|trường|viện|cục|vụ|bộ|ủy ban|uỷ ban|đảng|đoàn thể|nhà nước|quốc gia|chính phủ|thủ tướng|nơi nhận"
    r"|trân trọng|kính mời|cảm ơn|xin|các|những|của|và|với|cho|được|không|theo|từ viết|nguồn|ảnh|hình"
    r"|y tế|y học|biển đông|trường sa|hoàng sa|tây bắc|đông bắc|đồng bằng|miền|internet|facebook|zalo|google|test)\b",
    re.IGNORECASE,
)
PLAIN_NEVER = re.compile(
    r"\b(?:viet nam|ha noi|trang chu|tin tuc|lien he|khoa hoc|cong nghe|ban bien tap|quan tri|test"
    r"|thong bao|phong ban|home|english|user|super|news|admin)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its usual form; `sure` when a family name opens it."""

    text: str
    sure: bool


def read_name(printed: str) -> Name | None:
    """The person that a string names and nothing else; None when it may be something else."""
    if len(printed) > 80:
        return None
    bare = " ".join(nfc(printed).split()).strip(" .,;:-–—*•\"“”'()[]")
    titled = TITLES.match(bare)
    if titled:
        bare = bare[titled.end() :].strip(" .,")
    tokens = bare.split()
    if bare.istitle() and bare.lower() in GIVEN:
        return Name(bare, sure=False)
    if not tokens or _is_never(bare, tokens) or PLAIN_NEVER.search(fold(bare)) or is_place(bare):
        return None
    if (highland := highland_name(bare)) is not None:
        return Name(highland, sure=True)
    if len(tokens) == 1:
        return Name(bare, sure=False) if _is_abbreviated(bare) else None
    if len(tokens) not in SYLLABLES or not all(_is_name_part(token) for token in tokens):
        return None
    shouted = all(token.isupper() for token in tokens if len(token) > 1)
    if not shouted and any(
        token.isupper() and len(token) > 2 and "." not in token for token in tokens
    ):
        return None  # an acronym among words: an office, not a person
    first = tokens[0].lower().rstrip(".")
    plain = bare.isascii()
    family = first in (PLAIN_FAMILIES if plain else FAMILIES)
    if not family and len(tokens) > 3:
        return None
    text = " ".join(_capitalised(token) for token in tokens) if shouted else bare
    return Name(text, sure=family or bool(titled))


def _is_never(bare: str, tokens: list[str]) -> bool:
    """Whether a word or two of it are never a name's; a few are, behind the words of one."""
    if not NEVER.search(bare):
        return False
    last = len(bare) - len(tokens[-1])
    return (
        not 2 <= len(tokens) <= 4
        or tokens[0].lower() not in FAMILIES | _BEFORE
        or not ALSO_NAMES.fullmatch(tokens[-1])
        or any(match.start() < last for match in NEVER.finditer(bare))
    )


def person_key(name: str) -> str:
    """One key for all spellings: composed or not, any case, hoà or hòa, with or without a title."""
    bare = TITLES.sub("", " ".join(nfc(name).split()))
    words = normalize_diacritics(bare.casefold().strip(" .,")).replace(".", ". ").split()
    return " ".join(words)


def fold(text: str) -> str:
    """Lower case without accents: đ is d."""
    if not OTHERS.search(text):
        return text.translate(PLAIN)
    bare = normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"[\u0300-\u036f]", "", bare)


_OTHER_PLACES = (
    "viet nam|ho chi minh|sai gon|tay nguyen|nam bo|bac bo|trung bo|dong nam bo|lao|"
    "trung quoc|nhat ban|han quoc|hoa ky|dai loan|thai lan|an do|da lat|nha trang|"
    "quy nhon|vinh yen|viet tri|hoang mai|thu duc|hai chau|le chan|hong bang|dong da|"
    "hoan kiem|ba dinh|cau giay|thanh xuan bac|a luoi|a ngo|y ty"
)
_PLACES = frozenset(
    fold(place)
    for province in PROVINCES.values()
    for place in (province.name, province.name.removeprefix("Thành phố "))
) | frozenset(_OTHER_PLACES.split("|"))


def is_place(text: str) -> bool:
    return fold(text) in _PLACES


def _is_name_part(token: str) -> bool:
    if INITIALS.fullmatch(token):
        return True
    parts = token.strip(".").split("-")
    return (
        all(
            part
            and part[0].isupper()
            and SYLLABLE.fullmatch(fold(part))
            and (part.isupper() or part[1:].islower())
            for part in parts
        )
        and len(parts) <= 2
    )


def _is_abbreviated(token: str) -> bool:
    """`K.Oanh`, `T.Thu`, `N.H`: letters with full stops, or one syllable after them."""
    match = re.fullmatch(r"((?:[A-ZĐÂÊÔƠƯ]\.){1,3})([^\W\d_]{0,6})\.?", token)
    if match is None:
        return False
    rest = match[2]
    if len(match[1]) >= 2 and re.fullmatch(r"(?:[A-ZĐÂÊÔƠƯ]\.){1,3}[A-ZĐÂÊÔƠƯ]?", token.strip()):
        return len(match[1]) + len(rest) > 2
    return len(match[1]) + len(rest) > 2 and (
        not rest or bool(rest[0].isupper() and SYLLABLE.fullmatch(fold(rest)))
    )


def _capitalised(token: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in token.split("-"))
