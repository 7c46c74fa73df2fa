"""How much of a text was read: 1 − edit distance / length, whatever the white space."""

from __future__ import annotations

from crawler.documents.model import DocumentReading
from samples.documents.forms import Form

FACTS = ("number", "symbol", "kind", "body", "issued", "signer", "subject")


def accuracy(truths: tuple[str, ...], text: str) -> float:
    """Against the order of reading that fits best."""
    found = " ".join(text.split())
    wanted = [" ".join(truth.split()) for truth in truths]
    return max(1 - distance(truth, found) / len(truth) for truth in wanted)


def distance(one: str, other: str) -> int:
    """The edit distance, many letters at once (Hyyrö 2003, after Myers 1999)."""
    if not one:
        return len(other)
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    everything, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    more, less, score = everything, 0, len(one)
    for letter in other:
        same = places.get(letter, 0)
        vertical = same | less
        horizontal = (((same & more) + more) ^ more) | same
        up = less | ~(horizontal | more) & everything
        down = more & horizontal
        score += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & everything, down << 1 & everything
        more = down | ~(vertical | up) & everything
        less = up & vertical
    return score


def wrong_facts(
    form: Form, reading: DocumentReading, *, forgiven: float = 0.0
) -> dict[str, tuple[str | None, str | None]]:
    """The facts that were read otherwise than they are: what was read, what is so.

    `forgiven`: the share of its letters that a scan may have lost.
    """
    read = {name: getattr(reading.facts, name, None) for name in FACTS}
    return {
        name: (read[name], getattr(form, name))
        for name in FACTS
        if not _same(read[name], getattr(form, name), forgiven)
    }


def _same(read: str | None, true: str | None, forgiven: float) -> bool:
    one, other = _compared(read), _compared(true)
    if one is None or other is None:
        return one is other
    return distance(other, one) <= forgiven * len(other)


def _compared(value: str | None) -> str | None:
    """A value's letters, whatever the case and the spelling of oà and uỷ."""
    if value is None:
        return None
    return " ".join(value.split()).casefold().replace("uỷ", "ủy").replace("oà", "òa")
