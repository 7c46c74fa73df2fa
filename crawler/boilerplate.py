"""Lines that repeat over a portal's articles: furniture nobody has written a rule for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

FEWEST = 20  # articles from which anything is learnt
SHARE = 0.4  # of them on which a line must stand
LONGEST = 200  # characters of such a line


def fingerprint(line: str) -> str:
    """A line by which repeats are known: lower case, numbers masked."""
    return re.sub(r"\d+", "0", " ".join(line.casefold().split()))


def learn_boilerplate(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    """Fingerprints of the lines that stand on many articles; the order of the articles is nothing.

    A line that opens or closes a list of names ("Nơi nhận") also repeats, but not on two articles
    of five.
    """
    counts: Counter[str] = Counter()
    articles = 0
    for lines in texts:
        articles += 1
        counts.update({fingerprint(line) for line in lines if 3 < len(line) <= LONGEST})
    if articles < FEWEST:
        return frozenset()
    return frozenset(line for line, count in counts.items() if count >= SHARE * articles)
