"""Two texts beside one another, word by word, as `wdiff` writes it: `dự [-120-] {+210+} đại biểu`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

CONTEXT = 6  # words shown before and after a change
LONGEST = 4_000  # characters; what is longer is a new text, not an edit to be read word by word


def word_diff(before: str, after: str) -> str:
    """Only what changed, with a few words around it; `…` stands for what is left out."""
    told = " ".join(_hunks(before.split("\n"), after.split("\n"))) or "…"
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def _hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Lines first: words are compared inside the lines that differ, so long texts stay cheap."""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _words(" ".join(before[a:b]).split(), " ".join(after[c:d]).split())


def _words(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(codes):
        if kind != "equal":
            if a < b:
                yield f"[-{' '.join(before[a:b])}-]"
            if c < d:
                yield f"{{+{' '.join(after[c:d])}+}}"
            continue
        first, last = at == 0, at == len(codes) - 1
        kept = before[a:b]
        if first and last:
            continue
        if first:
            yield " ".join(kept if len(kept) <= CONTEXT else ["…", *kept[-CONTEXT:]])
        elif last:
            yield " ".join(kept if len(kept) <= CONTEXT else [*kept[:CONTEXT], "…"])
        elif len(kept) <= 2 * CONTEXT:
            yield " ".join(kept)
        else:
            yield " ".join([*kept[:CONTEXT], "…", *kept[-CONTEXT:]])
