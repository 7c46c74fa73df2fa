"""Lines that repeat over a portal's articles: furniture nobody has written a rule for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crawler.extract.body import fingerprint

FEWEST = 8  # articles from which anything is learnt
SHARE = 0.3  # of them on which a line must stand
LONGEST = 300


def learn_boilerplate(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    """Fingerprints of the lines that stand on many articles; the order of the articles is nothing.

    A line that opens or closes a list of names ("Nơi nhận") also repeats, but not on every third
    article.
    """
    counts: Counter[str] = Counter()
    articles = 0
    for lines in texts:
        articles += 1
        counts.update({fingerprint(line) for line in lines if 3 < len(line) <= LONGEST})
    if articles < FEWEST:
        return frozenset()
    return frozenset(line for line, count in counts.items() if count >= SHARE * articles)
