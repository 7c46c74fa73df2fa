"""The kinds of administrative documents, and how their symbols abbreviate them.

Source: Nghị định 30/2020/NĐ-CP, appendix III (29 kinds); those of law and of the Party beside them.
"""

from __future__ import annotations

import re

from crawler.documents.facts.cells import plain

KINDS = {
    "nghị quyết": "NQ", "quyết định": "QĐ", "chỉ thị": "CT", "quy chế": "QC", "quy định": "QyĐ", "thông cáo": "TC",
    "thông báo": "TB", "hướng dẫn": "HD", "chương trình": "CTr", "kế hoạch": "KH", "phương án": "PA", "đề án": "ĐA",
    "dự án": "DA", "báo cáo": "BC", "biên bản": "BB", "tờ trình": "TTr", "hợp đồng": "HĐ", "công điện": "CĐ",
    "bản ghi nhớ": "BGN", "bản thỏa thuận": "BTT", "giấy ủy quyền": "GUQ", "giấy mời": "GM", "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP", "phiếu gửi": "PG", "phiếu chuyển": "PC", "phiếu báo": "PB", "thư công": "", "công văn": "CV",
    "thông tư": "TT", "nghị định": "NĐ", "thông tư liên tịch": "TTLT", "kết luận": "KL", "giấy chứng nhận": "GCN", "quy trình": "",
    "thông báo kết luận": "TBKL", "luật": "", "lịch công tác": "", "bảng giá": "BG", "danh sách": "DS", "danh mục": "DM", "giấy phép": "GP",
}  # fmt: skip
BY_SHORT = {short.casefold(): kind for kind, short in KINDS.items() if short} | {
    "tt": "thông tư",
    "bbh": "biên bản",
    "qđd": "quyết định",
}
_NAMES = "|".join(
    sorted((plain(kind).replace(" ", r"\s*") for kind in KINDS), key=len, reverse=True)
)
OPENING = re.compile(rf"^\W*({_NAMES})\b")
BY_PLAIN = {plain(kind).replace(" ", ""): kind for kind in KINDS}


def kind_of_symbol(symbol: str) -> str | None:
    """`QĐ-UBND` → quyết định; None for the letters of an office, which has no kind before it."""
    first = re.split(r"[-–/]", symbol)[0].strip().casefold()
    return BY_SHORT.get(first)
