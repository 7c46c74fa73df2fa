"""The names of offices, which heads print in capitals, as they are written in a sentence."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from crawler.documents.facts.cells import plain
from crawler.portals.provinces import PROVINCES

# Names that every province has; of these a scan's lost accents and spaces are put back.
COMMON = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Sở Khoa học và Công nghệ", "Sở Thông tin và Truyền thông", "Sở Tài chính",
    "Sở Nội vụ", "Sở Kế hoạch và Đầu tư", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường",
    "Sở Tài nguyên và Môi trường", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Công Thương", "Sở Xây dựng", "Sở Tư pháp",
    "Sở Giao thông vận tải", "Sở Lao động - Thương binh và Xã hội", "Sở Văn hóa, Thể thao và Du lịch",
    "Chi cục Tiêu chuẩn Đo lường Chất lượng", "Bộ Khoa học và Công nghệ", "Bộ Thông tin và Truyền thông", "Bộ Nội vụ",
    "Bộ Tài chính", "Thủ tướng Chính phủ", "Chính phủ", "Văn phòng Ủy ban nhân dân", "Cục Sở hữu trí tuệ",
    "Tổng cục Tiêu chuẩn Đo lường Chất lượng", "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia", "Cục Năng lượng nguyên tử",
    "Liên hiệp các Hội Khoa học và Kỹ thuật", "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng",
    "Trung tâm Ứng dụng tiến bộ Khoa học và Công nghệ", "Trung tâm Ứng dụng tiến bộ KH&CN",
    "Trung tâm Thông tin và Thống kê Khoa học và Công nghệ", "Văn phòng", "Thanh tra Sở",
)  # fmt: skip
CLOSE, NEAR = 0.92, 0.85  # of the letters
APART = 0.02  # by how much one name is nearer than the next
PROPER = {province.name.casefold(): province.name for province in PROVINCES.values()}


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", plain(text))


_KNOWN = {_squeezed(name): name for name in COMMON}
_REGIONS = {
    _squeezed(f"{rank}{name}"): f"{rank} {name}".strip()
    for name in PROPER.values()
    for rank in ("tỉnh", "thành phố", "")
}
PLACES = re.compile("|".join(sorted(map(re.escape, PROPER), key=len, reverse=True)), re.IGNORECASE)
SMALLER = re.compile(r"\b(huyện|thị xã|quận|phường|xã|thị trấn|thành phố)\s+((?:\w+\s?){1,4})$")
KEPT = re.compile(r"(?<!\w)(?:ubnd|hđnd|khcn|đmst|cntt|hcm|[^\W\d_]{1,4}&[^\W\d_]{1,4})(?!\w)")
OPENING = re.compile(r"^((?:sở|bộ|phòng|chi cục|cục|trung tâm|viện|ban) )(\w)", re.IGNORECASE)
JOINT = re.compile(
    r"\s+[-–]\s+(?=(?:BỘ|SỞ|UBND|ỦY BAN|UỶ BAN|NGÂN HÀNG)\s)"
)  # two that issue as one
AND = re.compile(r"(?<=\bvà )(\w)")


def usual(printed: str, *, recognised: bool = False) -> str:
    """`SỞ KHOA HỌC VÀ CÔNG NGHỆ` → `Sở Khoa học và Công nghệ`; `recognised`: letters may be wrong."""
    text = " ".join(printed.split())
    if len(joint := JOINT.split(text)) > 1:
        return " - ".join(usual(one, recognised=recognised) for one in joint)
    if (known := _known(text)) is not None:
        return known
    if recognised and (near := nearest(text)) is not None:
        return near
    if sum(map(str.isupper, text)) < 0.8 * sum(map(str.isalpha, text)):
        return text
    text = text.lower()
    text = KEPT.sub(lambda found: found[0].upper(), text)
    text = PLACES.sub(lambda found: PROPER[found[0].casefold()], text)
    text = SMALLER.sub(lambda found: f"{found[1]} {found[2].title()}", text)
    text = text[:1].upper() + text[1:]
    if opening := OPENING.match(text):
        text = opening[1] + opening[2].upper() + text[opening.end() :]
        if text.startswith(("Sở ", "Bộ ", "Phòng ")):
            text = AND.sub(lambda found: found[0].upper(), text)
    return text


def _known(text: str) -> str | None:
    """A common office, alone or with its province behind it; a letter that a scan lost is forgiven."""
    bare = _squeezed(text)
    if bare in _KNOWN:
        return _KNOWN[bare]
    for length in range(len(bare) - 3, 6, -1):
        name, region = _KNOWN.get(bare[:length]), _REGIONS.get(bare[length:])
        if name and region:
            return f"{name} {region}"
    near = get_close_matches(bare, _KNOWN, n=1, cutoff=CLOSE)
    return _KNOWN[near[0]] if near else None


@lru_cache(maxsize=1)
def _all_names() -> dict[str, str]:
    """Every common office, alone and of every province."""
    return _KNOWN | {
        bare + region: f"{name} {place}"
        for bare, name in _KNOWN.items()
        for region, place in _REGIONS.items()
    }


def nearest(text: str) -> str | None:
    """The one office whose name has most of the letters that a scan shows; None where two might be it."""
    names, bare = _all_names(), _squeezed(text)
    near = get_close_matches(bare, names, n=2, cutoff=NEAR)
    if len(near) > 1:
        first, second = (SequenceMatcher(None, bare, one).ratio() for one in near)
        if first - second < APART:
            return None
    return names[near[0]] if near else None
