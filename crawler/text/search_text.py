"""What the search index holds beside the printed text: the same words as people type them."""

from __future__ import annotations

from crawler.text.folding import fold, words_of
from crawler.text.spelling import TWO_WAYS, spellings

# What the search boxes of newsrooms really receive: `dong chi`, `dak lak`, `hoà` for `hòa`.
CONTEXT = 2  # words kept on each side of a respelt word, so that phrases around it are found
APART = "\nzqapart\n"  # stands in no text: two respelt passages are no passage


def other_spelling(word: str) -> str | None:
    """`hòa` for `hoà` and the reverse, `kĩ` for `kỹ`; None for a word that has one spelling."""
    lower = word.lower()
    return next((one for one in spellings(lower) if one != lower), None)


def search_text(*parts: str | None) -> str:
    """The folded text, and each word with two spellings in its other one, among its neighbours."""
    printed = [part for part in parts if part]
    words = [word for part in printed for word in words_of(part)]
    respelt = {word: spelt for word in set(words) if (spelt := other_spelling(word))}
    placed = {word for word in respelt if TWO_WAYS.search(word)}
    windows = {
        " ".join(respelt.get(near, near) for near in words[max(0, at - CONTEXT) : at + CONTEXT + 1])
        for at, word in enumerate(words)
        if word in placed
    }
    # `kỹ thuật` is in every article: of i and y the words alone are kept, not their neighbours.
    alone = {respelt[word] for word in respelt.keys() - placed}
    alone |= {fold(word) for word in alone}
    return APART.join(["\n".join(map(fold, printed)), *sorted(windows), *sorted(alone)])
