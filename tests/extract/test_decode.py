"""One decoder for every encoding Vietnam wrote in."""

from __future__ import annotations

import random
import unicodedata
from html import unescape

import pytest

from crawler.extract.cleaning import clean
from crawler.extract.decode import decode
from crawler.extract.mojibake import mend
from crawler.text.old_tables import TCVN3, VISCII, VNI

TEXT = (
    "Sở Khoa học và Công nghệ tỉnh Yên Bái tổ chức hội nghị đánh giá kết quả ứng dụng tiến bộ kỹ "
    "thuật vào sản xuất; các đơn vị được giao nhiệm vụ trong năm đã thực hiện đúng kế hoạch."
)


def as_tcvn3(text: str) -> bytes:
    table = {value: key for key, value in TCVN3.items()}
    return "".join(table.get(char, char) for char in text).encode("latin-1")


def as_vni(text: str) -> bytes:
    table: dict[str, str] = {}
    for key, value in VNI.items():
        table.setdefault(value, key) if key != key.lower() else table.update({value: key})
    return "".join(table.get(char, char) for char in text).encode("latin-1")


def as_viscii(text: str) -> bytes:
    table = {value: key for key, value in VISCII.items()}
    return "".join(table.get(char, char) for char in text).encode("latin-1")


def as_latin1(text: str) -> bytes:
    """What latin-1 lacks as numbers, as editors of the time wrote it."""
    return text.encode("latin-1", "xmlcharrefreplace")


def as_cp1258(text: str) -> bytes:
    """Base letter (with its roof) and a combining tone: what cp1258 has no composed letter for."""
    written = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = next((part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"), "")
        written.append(unicodedata.normalize("NFC", parts.replace(tone, "")) + tone)
    return "".join(written).encode("cp1258")


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        (TEXT.encode(), None, "utf-8"),
        (TEXT.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), None, "utf-8"),
        (TEXT.encode("utf-16"), None, "utf-16"),
        (unicodedata.normalize("NFD", TEXT).encode(), None, "utf-8"),
        (as_cp1258(TEXT), "text/html; charset=windows-1258", "cp1258"),
        (as_cp1258(TEXT), "text/html; charset=utf-8", "cp1258"),
        (as_cp1258(TEXT), None, "cp1258"),
        (as_tcvn3(TEXT), None, "tcvn3"),
        (as_tcvn3(TEXT), "text/html; charset=utf-8", "tcvn3"),
        (b"<meta charset=windows-1252>" + as_tcvn3(TEXT), None, "tcvn3"),
        (as_vni(TEXT), None, "vni"),
        (as_viscii(TEXT), None, "viscii"),
        (as_viscii(TEXT), "text/html; charset=VISCII", "viscii"),
        (as_viscii(TEXT), "text/html; charset=iso-8859-1", "viscii"),
        (as_vni(TEXT), "text/html; charset=x-unknown", "vni"),
    ],
)
def test_encodings(body, content_type, encoding):
    found = decode(body, content_type)
    assert found.encoding == encoding
    assert found.text.endswith(TEXT)


@pytest.mark.parametrize("declared", [None, "text/html; charset=iso-8859-1"])
def test_letters_as_numbers_are_letters(declared):
    """`Công nghệ` in latin-1 with `&#7879;` for its last letter is not VNI's `Cơng`."""
    found = decode(as_latin1(TEXT), declared)
    assert unescape(found.text) == TEXT


PASTED = [as_cp1258, as_tcvn3, as_vni, as_viscii]


@pytest.mark.parametrize("old", PASTED)
@pytest.mark.parametrize("times", [1, 30])
def test_text_pasted_into_a_page_is_read_by_its_own_encoding(old, times):
    """In a short page and in a long one, where the places that are broken are few."""
    frame = f"<p>{TEXT}</p>\n".encode() * times
    found = decode(frame + b"<p>" + old(TEXT) + b"</p>\n" + frame, "text/html; charset=utf-8")
    assert found.text.count(TEXT) == 2 * times + 1 and "\ufffd" not in found.text
    assert found.notes and found.notes[0].startswith("decoded_as")


def test_a_few_broken_bytes_are_not_another_encoding():
    found = decode(TEXT.encode() * 20 + "ở".encode()[:2], None)
    assert found.encoding == "utf-8" and found.notes == ("decoded_with_losses",)
    assert found.text.startswith(TEXT)


OTHERS = {
    "French": "L'été dernier, l'élève a reçu à l'école une belle leçon sur la forêt et les garçons naïfs.",
    "German": "Die größere Übung für Schüler muss später möglich werden, sagt die Universität Zürich.",
    "Spanish": "El niño comió una piña en la montaña; su compañera leía una canción pequeña.",
}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "said", [None, "text/html; charset=iso-8859-1", "text/html; charset=utf-8"]
)
def test_other_languages_are_left_alone(language, said):
    """Accents alone make no Vietnamese: its syllables do."""
    found = decode(f"<p>{OTHERS[language]}</p>".encode("cp1252"), said)
    assert (found.encoding, found.notes, found.garbled) == ("cp1252", (), False)
    assert OTHERS[language] in found.text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32"])
@pytest.mark.parametrize("said", [None, "text/html; charset=utf-8"])
def test_wide_encodings_without_a_word(encoding, said):
    found = decode(f"<html><body><p>{TEXT}</p></body></html>".encode(encoding), said)
    assert TEXT in found.text and found.encoding == encoding[:6] and not found.garbled


def test_characters_in_two_halves():
    """CESU-8, as old databases write them; a half alone is a loss."""
    body = "<p>😀</p>".encode("utf-16-le").decode("utf-16-le", "surrogatepass").encode("utf-8")
    halves = b"<p>\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\x80</p>" + TEXT.encode()
    assert decode(halves, None).text == f"<p>😀 \ufffd</p>{TEXT}"
    assert decode(body, None).text == "<p>😀</p>"


def test_zeros_are_passed_over():
    found = decode(f"<p>{TEXT}</p>".replace("Khoa", "Kh\0oa").encode() + bytes(90), None)
    assert TEXT in found.text and found.encoding == "utf-8"
    found = decode(f"<p>{TEXT}</p>".replace("Khoa", "Kh\0oa").encode("latin-1", "ignore"), None)
    assert "Khoa" in found.text


CHINESE = "今天科学技术厅召开了会议，讨论了省内科技发展的计划和任务。" * 3
RUSSIAN = "Сегодня в университете прошла научная конференция, посвященная развитию технологий."


@pytest.mark.parametrize(
    ("body", "said", "garbled"),
    [
        (CHINESE.encode("gbk"), "charset=gbk", False),
        (CHINESE.encode("gbk"), None, True),
        (CHINESE.encode("gbk"), "charset=iso-8859-1", True),
        (CHINESE.encode("big5", "ignore"), None, True),
        (RUSSIAN.encode("koi8-r"), "charset=koi8-r", False),
        (RUSSIAN.encode("koi8-r"), None, True),
        (RUSSIAN.encode("cp1251"), "charset=iso-8859-1", True),
        (random.Random(2).randbytes(3_000), None, True),
        (random.Random(2).randbytes(3_000), "charset=gb2312", True),
        (b"5\x80 \x96 caf\xe9", None, False),
    ],
)
def test_what_no_table_makes_a_text_of(body, said, garbled):
    assert decode(b"<html><p>" + body, said).garbled == garbled


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "&#xD83D;&#xDE00; &#55357;&#56832; &#xD83D; &#55357;&#55357;",
            "😀 😀 \ufffd \ufffd\ufffd",
        ),
        ("a\ufffeb\uffff\ufdd0\U0001ffff", "ab"),
        ("An\u3164Bình\u2800Cường", "An Bình Cường"),
        ("a\U000e0041\U000e007fb", "ab"),
        ("a&#65535;b&#xFFFE;&#x0;&#11;c", "abc"),
        ("&#150; &#147;x&#148; &#x85;", "– “x” …"),
        ("&#12644;&#x2800;x", "  x"),
        ("&#60;b&#62;&amp;&lt;&#38;", "&#60;b&#62;&amp;&lt;&#38;"),
        ("o&#770;&#803", "ộ"),
        ("&#999999999;&#xffffff;", "&#999999999;&#xffffff;"),
        ("❤\ufe0f a\ufe0fb", "❤\ufe0f ab"),
        ("a\u200bb", "ab"),
        ("a\u00a0b", "a b"),
        ("\u00d0\u1ed1c", "Đốc"),
        ("\u0189ắk", "Đắk"),
        ("\ufeffx\x00\x07y", "xy"),
        ("e\u0302\u0301", "ế"),
        ("a\ud800b", "a\ufffdb"),
        ("giới\u202ehạn", "giớihạn"),
    ],
)
def test_clean(raw, expected):
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (TEXT, None),
        ("Café Zürich – 100 €", None),
        (TEXT.encode().decode("latin-1"), "mojibake_mended"),
        (as_tcvn3(TEXT).decode("latin-1"), "decoded_as: tcvn3"),
        (as_vni(TEXT).decode("latin-1"), "decoded_as: vni"),
    ],
)
def test_text_that_was_wrong_before_it_came(raw, note):
    mended, said = mend(raw)
    assert said == note
    assert mended == (raw if note is None else TEXT)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
def test_letters_taken_apart_are_composed_wherever_they_are(share):
    """A few of them or all: the same as composing the whole text."""
    chance = random.Random(4)
    words = [
        "Quyết",
        "định",
        "về",
        "Đổi",
        "mới,",
        "ngày",
        "5/7;",
        "Ủy",
        "ban",
        "tỉnh",
        "Đắk",
        "Lắk",
        "ưỡn",
        "ẹo",
    ] * 200
    mixed = " ".join(
        unicodedata.normalize("NFD", word) if chance.random() < share else word for word in words
    )
    assert clean(f"\u0301{mixed}\u0323\u0302 o\u031b\u0309\u212b") == unicodedata.normalize(
        "NFC", f"\u0301{mixed}\u0323\u0302 o\u031b\u0309\u212b"
    )
