"""Which differences between two looks a reader would call an edit."""

import pytest

from crawler.archive.changes import compare

BASE = {
    "title": "Hội nghị tổng kết năm 2021",
    "summary": None,
    "text": "Sáng 5/7, Sở tổ chức hội nghị.\nCó 120 đại biểu dự.",
    "byline": "Thu Hà",
    "published": "2021-07-07T09:11:00+07:00",
}


@pytest.mark.parametrize(
    ("changed", "fields", "kind"),
    [
        ({"text": BASE["text"] + "\nHội nghị kết thúc."}, ("text",), "edit"),
        ({"text": BASE["text"].replace("120", "210")}, ("text",), "edit"),
        ({"title": "Hội nghị sơ kết năm 2021"}, ("title",), "edit"),
        ({"byline": None}, ("byline",), "edit"),
        ({"published": "2021-07-08"}, ("published",), "edit"),
        ({"text": "Đã bị tấn công bởi nhóm X"}, ("text",), "edit"),
        ({"published": "2021-07-07T10:00:00+07:00"}, ("published",), "noise"),
        ({"text": BASE["text"].replace(" ", "  ").replace(".", " .")}, ("text",), "noise"),
        ({"title": BASE["title"].upper()}, ("title",), "noise"),
    ],
)
def test_a_change_is_named_and_classed(changed, fields, kind):
    change = compare(BASE, {**BASE, **changed})
    assert (change.fields, change.kind) == (fields, kind)


def test_a_counter_on_its_own_line_is_noise():
    before, after = (BASE | {"text": f"{BASE['text']}\nLượt xem: {n}"} for n in (120, 154))
    assert compare(before, after).kind == "noise"


def test_the_same_is_no_change():
    assert compare(BASE, dict(BASE)) is None
