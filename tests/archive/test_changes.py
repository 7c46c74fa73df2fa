"""Which differences between two looks a reader would call an edit."""

import pytest

from crawler.archive.articles.changes import compare

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


WRITTEN = [  # before, after: what a reader would call an edit
    ("Có 120 đại biểu dự.", "Có 210 đại biểu dự."),
    ("Tổng cộng: 120", "Tổng cộng: 210"),
    ("Số: 15/QĐ-SKHCN", "Số: 51/QĐ-SKHCN"),
    ("Hà Nội, ngày 5 tháng 7 năm 2021", "Hà Nội, ngày 6 tháng 7 năm 2021"),
    ("Ngày 05/07/2021", "Ngày 06/07/2021"),
    ("tăng 5%", "tăng 5"),
    ("tăng 1,5 lần", "tăng 15 lần"),
    ("12\n345", "12\n346"),
    ("Tin liên quan đến đề tài: 12", "Tin liên quan đến đề tài: 13"),
]
NOISE = [
    ("Lượt xem: 120", "Lượt xem: 154"),
    ("120 lượt đọc", "1.154 lượt đọc"),
    ("Lượt xem:\n120", "Lượt xem:\n154"),
    ("Hôm nay: 12\nTháng này: 345\nTổng truy cập: 9.999", "Hôm nay: 1\nTháng này: 7\nTổng truy cập: 8"),
    ("15oC\nThấp nhất 13°C\nCao nhất 18°C", "25oC\nThấp nhất 23°C\nCao nhất 28°C"),
    ("Thứ Tư, 07/07/2021", "Thứ Năm, 08/07/2021"),
    ("09:11:54", "10:12:55"),
    ("Đề tài - giai đoạn 1", "đề tài – Giai đoạn 1."),
    ("Hết bài.\nCác tin đã đưa:\nTin một\nTin hai", "Hết bài.\nCác tin đã đưa:\nTin ba\nTin một"),
    ("Hết bài.\nTin liên quan\nTin một", "Hết bài."),
    ("Hết bài.\nCập nhật lúc: 08:15 12/03/2024", "Hết bài.\nCập nhật lúc: 09:20 13/03/2024"),
    ("Cập nhật lần cuối: Thứ Ba, 12/03/2024", "Cập nhật lần cuối: Thứ Tư, 13/03/2024"),
    ("Hôm nay, Thứ Ba ngày 12 tháng 3 năm 2024", "Hôm nay, Thứ Tư ngày 13 tháng 3 năm 2024"),
    ("Truy cập lúc 8:05, ngày 12/03/2024", "Truy cập lúc 21:40, ngày 14/03/2024"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), WRITTEN)
def test_a_figure_in_what_was_written_is_an_edit(before, after):
    assert compare({"text": before}, {"text": after}).kind == "edit"
    assert compare({"text": after}, {"text": before}).kind == "edit"


@pytest.mark.parametrize(("before", "after"), NOISE)
def test_counters_widgets_and_links_are_noise(before, after):
    around = "Sở tổ chức hội nghị.\n{}\nĐã dự có 12 người.\n{}"
    for form in ("{1}", around.replace("\n{}\nĐã", "\nĐã").replace("{}", "{1}")):
        one, other = ({"text": form.format(None, text)} for text in (before, after))
        assert compare(one, other).kind == "noise"


def test_a_counter_on_its_own_line_is_noise():
    before, after = (BASE | {"text": f"{BASE['text']}\nLượt xem: {n}"} for n in (120, 154))
    assert compare(before, after).kind == "noise"


def test_the_same_is_no_change():
    assert compare(BASE, dict(BASE)) is None


def test_an_edit_is_told_word_by_word():
    after = BASE | {"title": "Hội nghị sơ kết năm 2021", "text": BASE["text"].replace("120", "210")}
    assert compare(BASE, after).diff == (
        "title: Hội nghị [-tổng-] {+sơ+} kết năm 2021\ntext: Có [-120-] {+210+} đại biểu dự."
    )
    assert compare(BASE, BASE | {"byline": None}).diff == "byline: [-Thu Hà-]"
    long = {"text": "\n".join(f"Dòng số {n} của bài viết này." for n in range(2_000))}
    told = compare(long, {"text": long["text"].replace("số 77 ", "số 78 ")}).diff
    assert told == "text: Dòng số [-77-] {+78+} của bài viết này."


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Lễ giao nhận quân (1037)", "Lễ giao nhận quân (1102)", "noise"),
        ("Lễ giao nhận quân [12]", "Lễ giao nhận quân [13]", "noise"),
        ("Lễ giao nhận quân", "Lễ giao nhận quân (8)", "noise"),
        ("Kết quả thi (2023)", "Kết quả thi (2024)", "edit"),
        ("Thông báo số 12", "Thông báo số 13", "edit"),
    ],
)
def test_a_counter_behind_a_title(before, after, kind):
    assert compare({**BASE, "title": before}, {**BASE, "title": after}).kind == kind
