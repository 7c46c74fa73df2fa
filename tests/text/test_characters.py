"""Characters nobody sees, by Unicode's own tables; marks that pile up, in bounded time."""

from __future__ import annotations

import time
import unicodedata
from xml.etree import ElementTree

import pytest

from crawler.text.characters import MOST_MARKS, ODD, SELECTORS, for_xml, nfc, visible
from crawler.text.syllables import is_syllable

ALL = [chr(code) for code in range(0x110000)]
# Formatting that is seen: signs of Arabic, Syriac, Kaithi, and how hieroglyphs are stacked.
SEEN = {
    *map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)),
    *map(chr, range(0x13430, 0x13440)),
}


def test_every_control_and_format_is_unseen():
    wanted = {c for c in ALL if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    wanted |= {c for c in ALL if ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF}
    left = wanted - set(map(chr, ODD)) - SEEN
    assert left == set("\t\n\r")


def test_no_letter_and_no_sign_is_lost():
    """What is taken out is no letter, number or sign but those made to fill space."""
    lost = [c for c in map(chr, ODD) if unicodedata.category(c)[0] in "LNPS"]
    assert lost == [*"\u115f\u1160\u3164\uffa0\u2800"] or set(lost) == set(
        "\u115f\u1160\u2800\u3164\uffa0"
    )


def test_nothing_visible_is_odd():
    text = "".join(c for c in ALL if ord(c) not in SELECTORS)
    clean = visible(text)
    assert visible(clean) == clean and clean.encode()
    ElementTree.fromstring(ElementTree.tostring(_element(for_xml(clean))))
    ElementTree.fromstring(ElementTree.tostring(_element(for_xml(text))))


def _element(text):
    element = ElementTree.Element("a")
    element.text = text
    return element


def test_no_mark_is_a_letter_to_python():
    """That is how piles of them are found."""
    import re

    assert [c for c in ALL if unicodedata.combining(c) and re.match(r"[\w\s\x00-\u02ff]", c)] == []


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0591\u05a3", "\u0300", "\U0001d165\u0301"])
def test_marks_pile_up_in_linear_time(marks):
    text = "Sở a" + marks * 100_000 + " Khoa học"
    began = time.process_time()
    composed = nfc(text)
    assert time.process_time() - began < 2
    assert composed.startswith("Sở ") and composed.endswith(" Khoa học")
    assert sum(map(bool, map(unicodedata.combining, composed))) <= MOST_MARKS


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Hoà", "e\u0302\u0301" * 50, "ठ" + "\u0902" * 40, "각"]
)
def test_else_it_is_nfc(text):
    assert nfc(text) == unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    assert nfc(apart) == unicodedata.normalize("NFC", apart)


@pytest.mark.parametrize(
    "word",
    [
        "sở",
        "khoa",
        "học",
        "và",
        "công",
        "nghệ",
        "tỉnh",
        "nguyễn",
        "thuỵ",
        "khuya",
        "giếng",
        "gì",
        "quyết",
        "quốc",
        "ngoằn",
        "ngoèo",
        "nghiêng",
        "xoong",
        "uống",
        "ươn",
        "yếu",
        "ý",
        "ỷ",
        "hoẵng",
        "khuỷu",
        "huých",
        "thuở",
        "luật",
        "tuần",
        "quý",
        "giữa",
        "đường",
        "chuyện",
    ],
)
def test_syllables(word):
    assert is_syllable(word) and is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    "word", ["élève", "über", "niño", "façon", "dộlộguộ", "hđnd", "ngghề", "kết̉", "zùng", "ttđt"]
)
def test_no_syllables(word):
    assert not is_syllable(word)
