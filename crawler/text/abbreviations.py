"""Abbreviations that the departments of science and technology print, and what they stand for."""

from __future__ import annotations

from itertools import islice, product

from crawler.text.spelling import bare, syllables

PRINTED = {
    "khoa học và công nghệ": ("KH&CN", "KHCN"),
    "khoa học công nghệ": ("KHCN", "KH&CN"),
    "khoa học và kỹ thuật": ("KH&KT", "KHKT"),
    "khoa học kỹ thuật": ("KHKT", "KH&KT"),
    "khoa học xã hội và nhân văn": ("KHXH&NV",),
    "ủy ban nhân dân": ("UBND",),
    "hội đồng nhân dân": ("HĐND",),
    "mặt trận tổ quốc": ("MTTQ",),
    "đổi mới sáng tạo": ("ĐMST",),
    "chuyển đổi số": ("CĐS",),
    "công nghệ thông tin": ("CNTT",),
    "công nghệ cao": ("CNC",),
    "thông tin và truyền thông": ("TT&TT", "TTTT"),
    "sở hữu trí tuệ": ("SHTT",),
    "sở hữu công nghiệp": ("SHCN",),
    "tiêu chuẩn đo lường chất lượng": ("TĐC", "TCĐLCL"),
    "tiêu chuẩn kỹ thuật": ("TCKT",),
    "tiêu chuẩn việt nam": ("TCVN",),
    "quy chuẩn việt nam": ("QCVN",),
    "năng suất chất lượng": ("NSCL",),
    "an toàn bức xạ": ("ATBX",),
    "an toàn bức xạ và hạt nhân": ("ATBXHN",),
    "an toàn thực phẩm": ("ATTP",),
    "cải cách hành chính": ("CCHC",),
    "thủ tục hành chính": ("TTHC",),
    "cơ sở dữ liệu": ("CSDL",),
    "trí tuệ nhân tạo": ("AI", "TTNT"),
    "doanh nghiệp nhỏ và vừa": ("DNNVV",),
    "khởi nghiệp sáng tạo": ("KNST",),
    "nghiên cứu khoa học": ("NCKH",),
    "đề tài khoa học": ("ĐTKH",),
    "hợp tác xã": ("HTX",),
    "nông thôn mới": ("NTM",),
    "kinh tế xã hội": ("KT-XH", "KTXH"),
    "quốc phòng an ninh": ("QP-AN", "QPAN"),
    "quản lý nhà nước": ("QLNN",),
    "truy xuất nguồn gốc": ("TXNG",),
    "công nghiệp hóa hiện đại hóa": ("CNH-HĐH", "CNH, HĐH"),
    "phòng cháy chữa cháy": ("PCCC",),
    "đồng chí": ("đ/c",),
    "thành phố hồ chí minh": ("TP.HCM", "TPHCM"),
    "thành phố": ("TP",),
    "phó giáo sư tiến sĩ": ("PGS.TS",),
}  # fmt: skip
LONGEST = 7  # syllables of a full writing

Words = tuple[str, ...]
OTHER: dict[Words, tuple[Words, ...]] = {}
for _full, _short in PRINTED.items():
    _ways = [tuple(syllables(way)) for way in (_full, *_short)]
    # Typed as people type: `dmst`, `cds`.
    for _way in (*_ways, *(tuple(map(bare, way)) for way in _ways[1:])):
        OTHER[_way] = tuple(dict.fromkeys([*OTHER.get(_way, ()), *(w for w in _ways if w != _way)]))


def other_writings(words: Words, most: int = 16) -> list[Words]:
    """The same words with abbreviations written out, or names abbreviated: each of them, or some."""
    parts: list[list[Words]] = []
    at = 0
    while at < len(words):
        sizes = range(min(LONGEST, len(words) - at), 0, -1)
        size = next((size for size in sizes if words[at : at + size] in OTHER), 1)
        part = words[at : at + size]
        parts.append([part, *OTHER.get(part, ())])
        at += size
    written = (tuple(word for part in way for word in part) for way in product(*parts))
    return [way for way in islice(dict.fromkeys(written), most + 1) if way != words]
