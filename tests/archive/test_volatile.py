"""What changes by itself is no edit, and a frame without the article no version of it."""

from __future__ import annotations

import pytest

from crawler.archive.articles.save import save_page
from crawler.archive.database import Archive
from crawler.items import Article, Capture, Page, Reading

BODY = (
    "Sở Khoa học và Công nghệ vừa công bố danh mục nhiệm vụ năm tới, gồm mười bảy đề tài và bốn dự án.\n"
    "Các tổ chức có nhu cầu chủ trì nộp hồ sơ trước ngày cuối cùng của tháng tại bộ phận một cửa.\n"
    "Hồ sơ được hội đồng tư vấn xem xét theo quy chế, kết quả được thông báo trên trang thông tin này."
)
ADS = [
    "Mời dùng thử phần mềm quản lý phòng thí nghiệm",
    "Chợ công nghệ và thiết bị trực tuyến của vùng",
]


def page(number: int, text: str, day: int = 1, title: str = "") -> Page:
    url = f"https://k.vn/{number}"
    article = Article(url, str(number), title=title or f"Bài viết số {number}", text=text)
    capture = Capture(url, f"2025-01-{day:02}T00:00:00Z", 200, digest=f"{number}-{day}")
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


def saved(archive: Archive, *pages: Page) -> list[str]:
    with archive.transaction() as conn:
        return [save_page(conn, p, visit=None, extractor="r1+0a", now="").outcome for p in pages]


OTHERS = [page(n, f"Một bài khác, số {n}, nói về việc khác.\n{ADS[n % 2]}") for n in range(2, 8)]


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (f"{BODY}\n{ADS[0]}", f"{BODY}\n{ADS[1]}", "unchanged"),  # an advertisement that turns
        (f"{BODY}\n{ADS[0]}", BODY, "unchanged"),
        (
            f"{BODY}\nBài viết số 2\nBài viết số 3",
            f"{BODY}\nBài viết số 5\nBài viết số 2",
            "unchanged",
        ),
        (f"{BODY}\n{ADS[0]}", f"{BODY}\n{ADS[1]}\nHồ sơ nộp sau hạn sẽ không được nhận.", "edited"),
        (BODY, BODY.replace("mười bảy", "mười tám"), "edited"),
        (f"{BODY}\nBảng phụ lục kèm theo", f"{BODY}\nBảng phụ lục thay thế", "edited"),
    ],
)
def test_lines_that_stand_on_other_articles_are_no_edit(archive, before, after, outcome):
    saved(archive, *OTHERS, page(1, before))
    assert saved(archive, page(1, after, day=2)) == [outcome]


FRAMES = [
    "Yên Bái 24°C, trời nhiều mây, gió nhẹ",
    "Vui lòng bật trình duyệt có hỗ trợ để xem",
    "",
    "Có lỗi, mời bạn quay lại sau",
    "Đang tải dữ liệu…",
    "© Cổng thông tin điện tử",
    "Trang chủ | Liên hệ | Sơ đồ",
]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_is_refused_and_the_article_stays(archive, frame):
    saved(archive, page(1, BODY))
    assert saved(archive, page(1, frame, day=2)) == ["refused"]
    assert archive.conn.execute("select text from articles").fetchone()[0] == BODY
    assert archive.conn.execute("select count(*) from revisions").fetchone()[0] == 1
    reason, detail = archive.conn.execute("select reason, detail from issues").fetchone()
    assert reason == "shrunk" and detail.startswith(f"{len(BODY) + 1} → ")
    # A later look that finds the article again changes nothing.
    assert saved(archive, page(1, BODY, day=3)) == ["unchanged"]


@pytest.mark.parametrize(
    ("known", "now"),
    [
        (BODY, BODY.split("\n")[0]),  # a third is left
        (BODY, "Các tổ chức có nhu cầu chủ trì nộp hồ sơ"),  # cut short in its own words
        ("Thông báo ngắn về lịch nghỉ lễ.", "Hoãn."),
    ],
)
def test_what_editors_cut_is_a_version(archive, known, now):
    saved(archive, page(1, known))
    assert saved(archive, page(1, now, day=2)) == ["edited"]
