"""The family names of Vietnam's peoples, in small letters.

Source: the General Statistics Office's listings.
"""

from __future__ import annotations

_FAMILIES_TEXT = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương "
    "trịnh trương đinh lâm phùng mai tô hà cao tạ thái lương lưu châu chu tăng triệu từ diệp "
    "quách la kiều thân mạc văn viên tống nghiêm lại doãn khuất khổng khương ninh nông vi lò "
    "lường quàng cầm tòng cà hoa bế ma mã lục hứa đàm sầm ôn bàn đường giàng vàng sùng thào "
    "mùa hạng ly cứ lầu chảo tẩn phàn lù lồ sần lèng thền giáp nhữ phó quản tiêu thi thiều "
    "tôn trà ung uông ứng vưu xa âu ân bá bạch biện cấn chử cù cung danh thạch kim sơn lâu "
    "liêu liễu lộ lỗ mẫn mông nhâm nhan ngân ngụy nhạc ông phí phương quan sử tào thẩm thạc "
    "thới thôi thủy trang tưởng viêng vòng y hồng hùng ksor rơ siu rmah kpă nay rahlan hoàn "
    "bạc cụt moong xồng già vừ lữ lang hà quế đồng đậu hàn đới cồ chế trượng đắc điểu lương "
    "khúc tường đèo mai tướng thịnh tiền triều sái bành thang"
)
FAMILIES = frozenset(_FAMILIES_TEXT.split())
