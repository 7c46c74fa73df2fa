"""Offices and agencies as bylines print them, and what their abbreviations stand for."""

from __future__ import annotations

import re

from crawler.portals.model import Portal

_SCIENCE = (
    r"(?:KH\s?[&và-]{0,3}\s?CN|KHCN|KH\s?-\s?CN|Khoa học\s?(?:&|và)\s?CN)(?:\s?(?:&|và)\s?MT)?"
)
DEPARTMENT = re.compile(
    rf"SKH&?CN(?!\w)|Sở\s?[-–]?\s?(?:{_SCIENCE}|Khoa học\s?&\s?Công nghệ)(?!\w)", re.IGNORECASE
)
# `Sở KH&CN Cà Mau` says itself whose department it is.
OWN = re.compile(
    DEPARTMENT.pattern + r"(?!\s+(?:tỉnh|thành phố|tp)(?!\w)|\s+(?-i:[A-ZĐÀ-Ỹ]))", re.IGNORECASE
)
ABBREVIATIONS = (
    (re.compile(r"^(?:TT|Tt)\.?\s?(?=KH|ƯD|UD|TT|Thông|Ứng|Kiểm|Kỹ|CNTT)"), "Trung tâm "),
    (re.compile(rf"(?<!\w){_SCIENCE}(?!\w)"), "Khoa học và Công nghệ"),
    (re.compile(r"(?<!\w)(?:TT\s?&\s?TT|TTTT|TT&TT)(?!\w)"), "Thông tin và Truyền thông"),
    (
        re.compile(r"(?<!\w)(?:TC\s?-?\s?ĐL\s?-?\s?CL|TCĐLCL|TĐC)(?!\w)"),
        "Tiêu chuẩn Đo lường Chất lượng",
    ),
    (re.compile(r"(?<!\w)SHTT(?!\w)"), "Sở hữu trí tuệ"),
    (re.compile(r"(?<!\w)CNTT(?!\w)"), "Công nghệ thông tin"),
    (re.compile(r"(?<!\w)GD\s?[&-]?\s?ĐT(?!\w)"), "Giáo dục và Đào tạo"),
    (re.compile(r"(?<!\w)TN\s?[&-]?\s?MT(?!\w)"), "Tài nguyên và Môi trường"),
    (re.compile(r"(?<!\w)NN\s?[&-]?\s?PTNT(?!\w)"), "Nông nghiệp và Phát triển nông thôn"),
    (re.compile(r"(?<!\w)LĐ\s?[-.]?\s?TB\s?[-&]?\s?XH(?!\w)"), "Lao động - Thương binh và Xã hội"),
    (re.compile(r"(?<!\w)VH,?\s?TT\s?[&-]?\s?DL(?!\w)"), "Văn hóa, Thể thao và Du lịch"),
    (re.compile(r"(?<!\w)KH\s?[&-]?\s?ĐT(?!\w)"), "Kế hoạch và Đầu tư"),
    (re.compile(r"(?<!\w)GTVT(?!\w)"), "Giao thông vận tải"),
    (re.compile(r"(?<!\w)UBND(?!\w)"), "Ủy ban nhân dân"),
    (re.compile(r"(?<!\w)HĐND(?!\w)"), "Hội đồng nhân dân"),
    (re.compile(r"(?<!\w)BBT(?!\w)"), "Ban Biên tập"),
    (re.compile(r"^(?:VP|Vp)(?!\w)\.?"), "Văn phòng"),
    (re.compile(r"^VP(?=UBND|HĐND)"), "Văn phòng "),
    (re.compile(r"(?<!\w)[ƯU]DTBKH&?CN(?!\w)"), "Ứng dụng tiến bộ Khoa học và Công nghệ"),
    (re.compile(r"(?<!\w)[ƯU]DTB(?!\w)"), "Ứng dụng tiến bộ"),
    (re.compile(r"(?<!\w)QLCN(?!\w)"), "Quản lý Công nghệ"),
    (re.compile(r"(?<!\w)QLCNg?-ATBX(?!\w)"), "Quản lý Công nghệ - An toàn bức xạ"),
    (re.compile(r"^CCTĐC(?!\w)"), "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
    (re.compile(r"^P\.\s?(?=\w)"), "Phòng "),
    (re.compile(r"(?<!\w)LHH(?!\w)"), "Liên hiệp Hội"),
    (re.compile(r"(?<!\w)QLKH(?!\w)"), "Quản lý Khoa học"),
    (re.compile(r"(?<!\w)TTXVN(?!\w)"), "Thông tấn xã Việt Nam"),
    (re.compile(r"(?<!\w)(?:CTTĐT|CTTDT)(?!\w)"), "Cổng Thông tin điện tử"),
)
AGENCY = re.compile(
    r"^(?:báo(?!\s+cáo)|tạp chí|bản tin|ttxvn|thông tấn xã|vtv\d?|vov\d?|cổng (?:ttđt|thông tin|tt|dịch vụ|giao tiếp)"
    r"|trang (?:ttđt|thông tin)|nasati|vista|sciencedaily|tia sáng|vnu|bnews|zing|nld|ttvn|cttđt\w*|đài (?:pt|phát|truyền)|vnexpress|vietnamnet|vnanet|dân trí|tuổi trẻ"
    r"|thanh niên|nhân dân|lao động|tiền phong|vnmedia|kinhtedothi|vietnamplus|vneconomy|vtc|vnn|cafef|infonet|zingnews|baomoi|bnews|hanoimoi|công thương|đại đoàn kết|sài gòn giải phóng|người lao động|quân đội nhân dân|đài truyền hình|đài tiếng nói|chinhphu|internet|vgp|pto"
    r"|portal|xinhua|reuters|afp|(?:www\.)?[\w-]{2,30}(?:\.[\w-]{2,20}){0,3}\.(?:vn|com|net|org|gov|edu))(?!\w)",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"^(?:vpubnd|vphđnd|tt(?:kh&?cn|[ưu]d\w*|tt\w*)|skh&?cn|phòng|ban(?=\s)|bbt|văn phòng|vp|trung tâm|tt\.?\s|chi cục|thanh tra|sở|ubnd|ủy ban|uỷ ban|hội(?!\s(?:nghị|thảo|thi|chợ|viên|thao|diễn))"
    r"|liên hiệp|lhh|viện|trường|công đoàn|đoàn(?=\s(?:thanh niên|tn\b|tncs|khối|sở|cơ quan))|chi đoàn"
    r"|đảng (?:bộ|ủy|uỷ)|chi bộ|cục|vụ|bộ(?=\s)|tổng cục|tổ(?=\s)|khoa(?=\s)|công ty|bảo tàng|thư viện"
    r"|nhóm|p\.|cctđc|ct-hnd|hnd|quỹ|ban quản lý|học viện|đại học|xí nghiệp|trạm|trại|hợp tác xã|htx)(?!\w)",
    re.IGNORECASE,
)
POST = re.compile(
    r"^(?:(?:nguyên|phó|quyền|q\.|p\.)\s?)*(?:giám đốc|trưởng (?:phòng|ban|bộ môn|khoa)|chánh (?:văn phòng|thanh tra)"
    r"|chủ (?:tịch|nhiệm)|bí thư|viện trưởng|chuyên viên|tổng biên tập|cán bộ|hiệu trưởng|chi cục trưởng|tpkt)"
    r"(?:\s|,|$)",
    re.IGNORECASE,
)


def read_unit(printed: str, portal: Portal) -> str | None:
    """The full name of an office; None when the string names none."""
    bare = " ".join(printed.split()).strip(' .,;:-–()[]"“”')
    if not 2 <= len(bare) <= 150:
        return None
    if UNIT.match(bare) or DEPARTMENT.match(bare):
        full = expand(bare, portal)
        return full[:1].upper() + full[1:]
    return None


def read_agency(printed: str, portal: Portal) -> str | None:
    """A newspaper, an agency or a site; None when the string names none."""
    bare = " ".join(printed.split()).strip(' .,;:-–()[]"“”')
    bare = bare.split(" (")[0].rstrip()
    if 2 <= len(bare) <= 100 and AGENCY.match(bare):
        return expand(bare, portal)
    return None


def expand(unit: str, portal: Portal) -> str:
    """Abbreviations in full: `Sở KH&CN` is this portal's own department."""
    if portal.department:
        own = re.match(r"Sở Khoa học và Công nghệ", portal.department)
        if own:
            unit = OWN.sub(portal.department, unit)
    for pattern, full in ABBREVIATIONS:
        unit = pattern.sub(full, unit)
    return " ".join(unit.split())


def without_post(printed: str) -> str:
    """`Giám đốc Sở KH&CN` → `Sở KH&CN`: what is left when the post is taken off."""
    post = POST.match(printed)
    if post is None:
        return printed
    lower = printed.lower()
    # `Chánh Văn phòng Sở` heads the office it names.
    for office in ("văn phòng", "thanh tra", "phòng"):
        at = lower.find(office)
        if 0 <= at < post.end():
            return printed[at:]
    return printed[post.end() :]
