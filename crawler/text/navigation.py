"""What the links of navigation say: the next page of a list, the rest of an article."""

from __future__ import annotations

import re

NEXT = re.compile(
    r"^\W*(?:trang (?:sau|tiếp|kế)|tiếp(?: theo)?|sau|next(?: page)?|›|»|>{1,2}|→)\W*$",
    re.IGNORECASE,
)
MORE = re.compile(
    r"^\W*(?:xem (?:tiếp|thêm|chi tiết)|chi tiết|đọc (?:tiếp|thêm)|read more|more)\W*$",
    re.IGNORECASE,
)
