"""Lines that repeat over a portal's articles: boilerplate that no rule names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

FEWEST = 20  # articles from which anything is learnt
SHARE = 0.4  # of them on which a line must stand
MOST = 0.5  # of an article's text: what repeats and is more than this is what it says
LONGEST = 200  # characters of such a line
MARK = "title: "  # stands before a line that names the site
SENTENCE = re.compile(r"[.;:!?…][\s\"”)/]*\.?$")
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
    return f"{MARK}{fingerprint(line)}"


def names_in(lines: frozenset[str]) -> frozenset[str]:
    """The marks of the site's names among the learnt lines."""
    return frozenset(line for line in lines if line.startswith(MARK))


def learn_boilerplate(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    """Fingerprints of the lines that stand on many articles; the order of the articles is nothing.

    Set phrases ("Nơi nhận", "Điều 1", rows of a table) repeat too, and are never learnt; neither
    are the sentences of monthly notices, which are all that those articles say.
    """
    counts: Counter[str] = Counter()
    articles: list[list[tuple[str, int]]] = []  # the lines of each, and how long they are
    for lines in texts:
        marked = [(fingerprint(line) if _is_candidate(line) else "", len(line)) for line in lines]
        counts.update({mark for mark, _ in marked if mark})
        articles.append(marked)
    if len(articles) < FEWEST:
        return frozenset()
    learnt = {line for line, count in counts.items() if count >= SHARE * len(articles)}
    return frozenset(learnt - _contents(articles, learnt))


def _contents(articles: list[list[tuple[str, int]]], learnt: set[str]) -> set[str]:
    """The repeating sentences that are most of what the articles say on which they stand."""
    spoken: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for lines in articles:
        repeated = {mark for mark, _ in lines} & learnt
        size = sum(length for mark, length in lines if mark in learnt)
        told.update(repeated)
        if size > MOST * sum(length for _, length in lines):
            spoken.update(repeated)
    return {
        line for line, count in spoken.items() if count > told[line] / 2 and SENTENCE.search(line)
    }


def _is_candidate(line: str) -> bool:
    return 3 < len(line) <= LONGEST and not GENUINE.search(line)
