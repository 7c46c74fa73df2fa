"""Phrases of the archive's own titles that go on as somebody began to type."""

from __future__ import annotations

import sqlite3
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from crawler.dump.phrase_index import LONGEST, PHRASES, titles_phrases
from crawler.text.spelling import bare, composed, syllables
from publish.desk.queries.columns import has_phrase_index
from publish.desk.queries.plain_index import TONES

MOST = 8
OFFERED = 120  # of the commonest, for browsers that complete by themselves
SHORTEST = 2  # letters
TITLES = 5000  # of an archive without an index of phrases


@dataclass(frozen=True)
class Phrases:
    """In the order of their letters without accents; each with the titles that hold it."""

    folded: list[str]
    printed: list[str]
    titles: list[int]

    def beginning(self, typed: str, most: int = MOST) -> list[str]:
        """What goes on from the last words typed; what stands before them stays."""
        words = syllables(typed)
        if not words or len(bare(words[-1])) + len(words) < SHORTEST:
            return []
        for size in range(min(LONGEST, len(words)), 0, -1):
            lead, tail = words[:-size], words[-size:]
            start = bare(" ".join(tail)) + (" " if typed.endswith(" ") else "")
            found = []
            for at in range(bisect_left(self.folded, start), len(self.folded)):
                if not self.folded[at].startswith(start):
                    break
                printed = self.printed[at].split()
                if _fits(printed, tail) and _may_become(tail[-1], printed[len(tail) - 1]):
                    found.append((-self.titles[at], self.printed[at]))
            if found:
                return [" ".join([*lead, printed]) for _, printed in sorted(found)[:most]]
        return []

    def going_on(self, typed: str, most: int, *, whole: bool) -> list[str]:
        """What goes on from the whole question; unless `whole` its last word may be a part of one."""
        words = syllables(typed)
        start = bare(" ".join(words))
        if len(start) < SHORTEST:
            return []
        found = []
        for at in range(bisect_left(self.folded, start), len(self.folded)):
            if not self.folded[at].startswith(start):
                break
            printed = self.printed[at].split()
            last = printed[len(words) - 1]
            is_part = bare(last) != bare(words[-1])
            goes_on = _says(words[-1], last) if whole else _may_become(words[-1], last)
            if goes_on and self.folded[at] != start and _fits(printed, words):
                found.append((is_part, -self.titles[at], self.printed[at]))
        return [printed for *_, printed in sorted(found)[:most]]

    @cached_property
    def offered(self) -> Markup:
        """The commonest, as a browser completes from them by itself, typed with accents or not."""
        order = sorted(range(len(self.titles)), key=lambda at: (-self.titles[at], self.folded[at]))
        option = Markup('<option value="{}" label="{}">')
        return Markup("").join(
            option.format(self.printed[at], self.folded[at]) for at in order[:OFFERED]
        )


def _fits(printed: list[str], tail: list[str]) -> bool:
    """Whether what stands before the last word is meant so."""
    return all(_says(word, said) for said, word in zip(printed, tail[:-1], strict=False))


def _says(typed: str, printed: str) -> bool:
    """Typed accents are meant."""
    return typed in (printed, bare(printed))


def _may_become(typed: str, printed: str) -> bool:
    """Whether a word that is being typed may be this one: letters come first, then hats, then the tone."""
    (tone, letters), (wanted, whole) = _apart(typed), _apart(printed)
    return tone in ("", wanted) and all(
        letter in (meant, bare(meant)) for letter, meant in zip(letters, whole, strict=False)
    )


@lru_cache(maxsize=20_000)  # a language has few syllables
def _apart(word: str) -> tuple[str, str]:
    """The tone of a syllable, and its letters without it: it moves while letters are added."""
    marks = unicodedata.normalize("NFD", word)
    return "".join(c for c in marks if c in TONES), composed(
        "".join(c for c in marks if c not in TONES)
    )


def load_phrases(conn: sqlite3.Connection) -> Phrases:
    if has_phrase_index(conn):
        rows = conn.execute(
            f"select folded, printed, titles from {PHRASES} order by folded"
        ).fetchall()
    else:
        newest = (
            "select title from articles where title is not null order by published desc limit ?"
        )
        rows = titles_phrases(title for (title,) in conn.execute(newest, (TITLES,)))
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return Phrases(*map(list, columns))
