"""The index of a published dump: syllables in pairs, and each with and without its accents."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from crawler.dump.phrase_index import Tables, loose, pairs_of
from crawler.text.spelling import Syllables, bare
from publish.desk.queries.columns import Columns, Mask, has_phrase_index
from publish.desk.queries.plain_index import MOST_READINGS, PlainIndex, by_number
from publish.desk.queries.searched import ARTICLES, Reading, Searched, Word

MOST_CHAINS = 64  # readings of a phrase that are looked up before the rarest are left out


def index_of(
    conn: sqlite3.Connection, columns: Columns, searched: Searched = ARTICLES
) -> PlainIndex:
    indexed = has_phrase_index(conn, searched.published)
    return (PairIndex if indexed else PlainIndex)(conn, columns, searched)


class PairIndex(PlainIndex):
    @property
    def tables(self) -> Tables:
        return self.searched.published

    def phrases(self, phrases: Iterable[Syllables]) -> Mask:
        hits = self.columns.none()
        for words in phrases:
            table = self.tables.pairs if len(words) > 1 else self.tables.words
            hits |= self._said(pairs_of(words) if len(words) > 1 else words[0], table)
        return hits

    def all_words(self, words: Sequence[Word]) -> Mask:
        tokens = sorted({loose(word.text) if word.free else word.text for word in words})
        frequent = {token: mask for token in tokens if (mask := self._frequent(token)) is not None}
        rare = [token for token in tokens if token not in frequent]
        hits = (
            self.hits(" AND ".join(f'"{token}"' for token in rare), self.tables.words)
            if rare
            else self.columns.all()
        )
        for mask in frequent.values():
            hits = hits & mask
        return hits

    def _said(self, name: str, table: str) -> Mask:
        frequent = self._frequent(name)
        return self.hits(f'"{name}"', table) if frequent is None else frequent

    def _frequent(self, name: str) -> Mask | None:
        """The articles of what stands in so many that their rows are kept; None for all else."""
        key = (self.tables.frequent, name)
        if key not in self.known:
            kept = self.conn.execute(
                f"select rows from {self.tables.frequent} where said = ?", (name,)
            ).fetchone()
            if kept is None:
                return None
            self.keep(key, self.columns.mask_of_bits(unpacked(kept[0])))
        return self.known[key]

    def anyhow(self, words: Sequence[Word]) -> Mask:
        if len(words) == 1:
            return self.all_words(words)
        hits, rare = self.columns.none(), []
        for name in map(pairs_of, self.ways(words)):
            frequent = self._frequent(name)
            if frequent is None:
                rare.append(f'"{name}"')
            else:
                hits |= frequent
        return hits | self.hits(" OR ".join(rare), self.tables.pairs)

    def ways(self, words: Sequence[Word]) -> list[Syllables]:
        return [chain.words for chain in self._chains(words)]

    def readings(self, words: Sequence[Word], most: int = MOST_READINGS) -> list[Reading]:
        chains = self._chains(words)
        if len(words) < 3:
            return by_number(chains)[:most]
        # A chain of pairs that are all printed somewhere need not be printed anywhere.
        likely = by_number(chains)[:MOST_CHAINS]
        first, rest = likely[:most], likely[most:]
        return self._counted(first) or self._counted(rest)

    def _counted(self, chains: Sequence[Reading]) -> list[Reading]:
        return by_number(self.reading(words) for words, _ in chains)

    def _chains(self, words: Sequence[Word]) -> list[Reading]:
        """Each way to print the words in which every two in a row are printed so somewhere.

        Their count is that of the rarest two.
        """
        options = [self._options(word) for word in words]
        if len(words) == 1:
            return options[0]
        chains = [Reading((one.words[0],), one.articles) for one in options[0]]
        for option in options[1:]:
            known = self._known_pairs(
                {(chain.words[-1], one.words[0]) for chain in chains for one in option}
            )
            chains = [
                Reading((*chain.words, one.words[0]), min(chain.articles, known[pair]))
                for chain in chains
                for one in option
                if (pair := f"{chain.words[-1]}_{one.words[0]}") in known
            ]
            chains = by_number(chains)[: 4 * MOST_CHAINS]
        return chains

    def _options(self, word: Word) -> list[Reading]:
        where, value = ("folded", bare(word.text)) if word.free else ("printed", word.text)
        folded = bare(word.text)
        return [
            Reading((printed,), count)
            for printed, count in self.conn.execute(
                f"select printed, articles from {self.tables.syllables} where folded = ? and {where} = ? "
                "order by articles desc",
                (folded, value),
            )
        ]

    def _known_pairs(self, pairs: set[tuple[str, str]]) -> dict[str, int]:
        """Those of these pairs that are printed anywhere, each with its articles."""
        wanted = {f"{first}_{second}" for first, second in pairs}
        found = self._looked_up(
            f"select pair, articles from {self.tables.common} where pair", wanted
        )
        rare = self._looked_up(
            f"select term, doc from {self.tables.terms} where term", wanted - found.keys()
        )
        return found | rare

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        known = self._known_pairs(set(pairs))
        return {pair: known.get(f"{pair[0]}_{pair[1]}", 0) for pair in pairs}

    def _looked_up(self, select: str, names: set[str]) -> dict[str, int]:
        listed = ", ".join("?" * len(names))
        return dict(self.conn.execute(f"{select} in ({listed})", sorted(names)).fetchall())


def unpacked(kept: bytes) -> Mask:
    """Whether row 1, 2, 3 … is one of them; up to seven more than there are rows."""
    bits = np.frombuffer(zlib.decompress(kept), dtype=np.uint8)
    return np.unpackbits(bits).view(bool)
