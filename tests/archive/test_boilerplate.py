"""Lines that repeat over a portal are learnt from its articles, kept, and never called an edit."""

from __future__ import annotations

import pytest

from crawler.archive.articles.save import save_page
from crawler.archive.boilerplate import known_boilerplate, learn
from crawler.archive.database import Archive
from crawler.extractor_version import learned_version
from crawler.items import Article, Capture, Page, Reading
from crawler.text.boilerplate import fingerprint, learn_boilerplate

SLOGAN = "Khoa học và công nghệ là quốc sách hàng đầu của tỉnh nhà 2025"


def texts(count: int, every: int) -> list[list[str]]:
    return [
        [f"Bài số {n} nói về một việc khác {'abcdefghij'[n % 10] * 9}", *([SLOGAN] if n % every == 0 else [])]
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "every", "learnt"),
    [(20, 1, True), (20, 2, True), (40, 2, True), (19, 1, False), (40, 4, False), (0, 1, False)],
)
def test_what_is_learnt(count, every, learnt):
    found = learn_boilerplate(texts(count, every))
    assert (fingerprint(SLOGAN) in found) == learnt
    assert learn_boilerplate(reversed(texts(count, every))) == found
    assert len(found) <= 1


SET_PHRASES = [
    "QUYẾT ĐỊNH:", "Điều 1. Phê duyệt danh mục nhiệm vụ", "Nơi nhận:", "- Như Điều 2;", "- Lưu: VT, QLKH.",
    "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "(Đã ký)", "TT | Nội dung | Kinh phí", "I. MỤC TIÊU", "1. Mục tiêu chung",
    "Kính gửi: Các sở, ban, ngành", "Căn cứ Luật Khoa học và Công nghệ;", "Trân trọng./.", "Hỏi: Thủ tục ra sao?",
]  # fmt: skip


@pytest.mark.parametrize("articles", [20, 200, 2000])
def test_set_phrases_of_decisions_are_no_furniture(articles):
    found = learn_boilerplate(
        [f"Quy trình số {n} do {'abcdefghij'[n % 10] * 9} chủ trì", *SET_PHRASES, SLOGAN]
        for n in range(articles)
    )
    assert not found & {fingerprint(line) for line in SET_PHRASES}
    assert fingerprint(SLOGAN) in found


def test_what_monthly_notices_repeat_is_their_content():
    notice = [
        "Giám đốc Sở tiếp công dân định kỳ vào ngày thứ Năm tuần đầu tháng, từ 7 giờ 30 đến 11 giờ 30.",
        "Công dân đến gửi đơn cần mang theo giấy tờ tùy thân và các tài liệu có liên quan đến vụ việc.",
        "Mọi thắc mắc xin liên hệ Văn phòng Sở, tầng hai, trong giờ làm việc của các ngày trong tuần.",
    ]
    months = [[f"Lịch tiếp công dân tháng {n % 12 + 1}", *notice] for n in range(60)]
    assert not learn_boilerplate(months) & {fingerprint(line) for line in notice}
    news = [[line, SLOGAN] for line, *_ in texts(60, 1)]
    assert not learn_boilerplate(months + news) & {fingerprint(line) for line in notice}
    assert fingerprint(SLOGAN) in learn_boilerplate(months + news)


def page(number: int, text: str, day: int = 1) -> Page:
    article = Article(f"https://k.vn/{number}", str(number), title=f"Bài {number}", text=text)
    capture = Capture(article.url, f"2025-01-{day:02}T00:00:00Z", 200, digest=str(number))
    return Page("yen_bai", None, capture, Reading(article=article))


@pytest.fixture
def archive(tmp_path, portals):
    from crawler.archive.runs import record_portals, record_provinces

    archive = Archive.open(tmp_path / "archive.db")
    with archive.transaction() as conn:
        record_provinces(conn)
        record_portals(conn, [portals["yen_bai"]])
    yield archive
    archive.close()


def changes(archive):
    return [row[0] for row in archive.conn.execute("select change from revisions order by rowid")]


def test_learning_is_no_edit_and_hides_none(archive):
    lines = texts(20, 1)
    with archive.transaction() as conn:
        for number, text in enumerate(lines):
            save_page(conn, page(number, "\n".join(text)), visit=None, extractor="r1+0a", now="")
        assert learn(conn, "yen_bai", "2025-01-01T00:00:00Z") == 1
        assert learn(conn, "yen_bai", "2025-01-02T00:00:00Z") == 0
    learnt = known_boilerplate(archive.conn, "yen_bai")
    assert learnt == {fingerprint(SLOGAN)}
    stamp = learned_version("r1+0a", learnt)
    with archive.transaction() as conn:
        # The same article without the line: new knowledge, no edit.
        same = page(0, lines[0][0], day=5)
        same.reading.article.repeated = [SLOGAN]
        save_page(conn, same, visit=None, extractor=stamp, now="")
        # Another that was really changed at the same time: an edit.
        changed = page(1, lines[1][0] + " và điều đã sửa", day=5)
        save_page(conn, changed, visit=None, extractor=stamp, now="")
    edits = archive.conn.execute("select article from edited_articles").fetchall()
    assert len(edits) == 1
    cut = archive.conn.execute("select line from removed_lines").fetchall()
    assert cut == [(SLOGAN,)]
