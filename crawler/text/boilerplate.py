"""Lines that repeat over a portal's articles: furniture nobody has written a rule for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

FEWEST = 20  # articles from which anything is learnt
SHARE = 0.4  # of them on which a line must stand
LONGEST = 200  # characters of such a line
# The set phrases of decisions, notices and schedules repeat because they are written so.
GENUINE = re.compile(
    r"^\W*(?:nơi nhận|như (?:trên|điều)|lưu\s?:|kính gửi|căn cứ|xét đề nghị|theo đề nghị|quyết định|thông báo|điều \d|chương [ivx\d]+|phụ lục"
    r"|(?:kt|tm|tl|tuq|q)\.\s|(?:phó )?(?:giám đốc|chủ tịch|chánh văn phòng|cục trưởng|trưởng (?:phòng|ban))|\(?(?:đã )?ký\)?|trân trọng"
    r"|[ivx]+\.|\d+[.)]|[a-zđ]\)|hỏi\s?:|trả lời\s?:|quyết định này|hồ sơ gồm|cộng hòa xã hội|độc lập\s?[-–])"
    r"|\s\|\s",
    re.IGNORECASE,
)


def fingerprint(line: str) -> str:
    """A line by which repeats are known: lower case, numbers masked."""
    return re.sub(r"\d+", "0", " ".join(line.casefold().split()))


def title_mark(line: str) -> str:
    """What stands for a line among the learnt ones that is the site's name, never an article's title.

    In a text the same words may be a line like any other.
    """
    return f"title: {fingerprint(line)}"


def learn_boilerplate(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    """Fingerprints of the lines that stand on many articles; the order of the articles is nothing.

    Set phrases ("Nơi nhận", "Điều 1", rows of a table) repeat too, and are never learnt.
    """
    counts: Counter[str] = Counter()
    articles = 0
    for lines in texts:
        articles += 1
        counts.update({fingerprint(line) for line in lines if _is_candidate(line)})
    if articles < FEWEST:
        return frozenset()
    return frozenset(line for line, count in counts.items() if count >= SHARE * articles)


def _is_candidate(line: str) -> bool:
    return 3 < len(line) <= LONGEST and not GENUINE.search(line)
