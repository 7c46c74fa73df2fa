"""What a question is taken to mean, over articles made for it; a working archive and a dump agree."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing, contextmanager
from urllib.parse import parse_qsl

import pytest

from crawler.archive.articles.save import save_article
from crawler.archive.database import Archive
from crawler.archive.runs import record_portals, record_provinces
from crawler.dump.snapshot import reading, write_snapshot
from crawler.items import Article, Capture
from publish.desk.filters import read_question
from publish.desk.queries.columns import load
from publish.desk.queries.plain_index import by_number
from publish.desk.queries.portals import places
from publish.desk.queries.search import PAGE, search
from publish.desk.queries.searched import Reading
from publish.desk.queries.suggestions import load_phrases
from publish.desk.query_parser import understand
from publish.desk.render.meanings import meanings
from samples.archive import sample_portals

TEXTS = {
    1: ("Chuyển đổi số ở xã", "Tỉnh đẩy mạnh chuyển đổi số trong nông nghiệp."),
    2: ("Tập huấn", "Các sở đối chiếu dữ liệu chuyên ngành, một số cán bộ đổi vị trí, di chuyển."),
    3: ("CĐS cấp xã", "Kế hoạch CĐS năm nay."),
    4: ("Đo lường", "Chi cục Ðo lường kiểm tra cân tại chợ Hoà Bình."),
    5: ("Kĩ thuật mới", "Sở KH&CN chuyển giao kĩ thuật; thuỷ sản."),
    6: ("Khoa học", "Sở Khoa học và Công nghệ tỉnh họp."),
    7: ("Số mới", "Đổi số hiệu rồi chuyển hồ sơ."),
    8: ("Nhãn hiệu", "Nhãn hiệu chè, bưởi. Hội nghị sáng tạo."),
    9: ("Ủy ban", "Uỷ ban nhân dân tỉnh quý I."),
    10: ("UBND", "UBND tỉnh họp quí II."),
    11: ("Chuyển đổi xanh", "Chuyển đổi rừng. Đổi số nhà là việc khác."),
}


def made(path, texts):
    archive = Archive.open(path)
    with archive.transaction() as conn:
        record_provinces(conn)
        record_portals(conn, sample_portals()[:1])
        slug = conn.execute("select slug from portals").fetchone()[0]
        for number, (title, text) in texts.items():
            article = Article(
                f"https://h.example/{number}", str(number), title=title, text=text,
                published=f"2024-01-{(number - 1) % 31 + 1:02}", published_precision="day",
            )  # fmt: skip
            capture = Capture(article.url, "2026-01-01T00:00:00Z")
            save_article(conn, slug, article, capture, via="crawl", extractor="x")
    archive.close()
    return path


@contextmanager
def opened(folder, texts, kind):
    """A working archive of these texts, or a dump of it."""
    path = made(folder / "working.db", texts)
    if kind == "dump":
        with reading(path) as conn:
            write_snapshot(conn, folder / "archive.db")
        path = folder / "archive.db"
    with closing(sqlite3.connect(path)) as conn:
        yield conn


@pytest.fixture(scope="module", params=["working", "dump"])
def archive(request, tmp_path_factory):
    with opened(tmp_path_factory.mktemp("meaning"), TEXTS, request.param) as conn:
        yield conn


def asked(conn, typed: str, **more: str):
    question = read_question({"q": typed, **more})
    return search(conn, understand(question.q), question, places(conn), load(conn))


def numbers(conn, found) -> list[tuple[str, list[int]]]:
    keys = dict(conn.execute("select id, key from articles").fetchall())
    return [(s.kind, sorted(int(keys[ident]) for ident in s.articles)) for s in found.sections]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("chuyển đổi số", ("phrase", [1])),
        ("chuyen doi so", ("phrase", [1])),
        ("chuyển doi số", ("phrase", [1])),  # half of the accents
        ("chuyễn đổi số", ("phrase", [1])),  # a wrong one
        ("CHUYEN DOI SO", ("phrase", [1])),
        ('"chuyen doi so"', ("phrase", [1])),
        (unicodedata.normalize("NFD", "chuyển đổi số"), ("phrase", [1])),
        ("Ðo lường", ("phrase", [4])),
        ("do luong", ("phrase", [4])),
        ("Ɖo lường", ("phrase", [4])),
        ("hòa bình", ("phrase", [4])),
        ("hoà bình", ("phrase", [4])),
        ("kỹ thuật", ("phrase", [5])),
        ("ki thuat", ("phrase", [5])),
        ("thủy sản", ("phrase", [5])),
        ("KH&CN", ("phrase", [5])),
        ("ủy ban nhân dân tỉnh", ("phrase", [9])),
        ("quý II", ("phrase", [10])),
        ("nhãn hiệu -chè", None),
        ("đo lường OR nhãn hiệu", ("phrase", [4, 8])),
        ("đo lường | nhan hieu -bưởi", ("phrase", [4])),
        ("hiệu nhãn", ("near", [8])),
        ("nhãn hiệu hội nghị", ("pieces", [8])),
        ("tên lửa đạn đạo", None),
        ("\0", None),
        ("   ", ("all", [*range(1, 12)])),
    ],
)
def test_what_is_found_first(archive, typed, first):
    found = numbers(archive, asked(archive, typed))
    assert (found[0] if found else None) == first


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("chuyển đổi số", [("phrase", [1]), ("other", [3]), ("near", [11]), ("words", [2, 7])]),
        ("khoa học và công nghệ", [("phrase", [6]), ("other", [5])]),
        ("KHCN", [("other", [5, 6])]),
        ("cds", [("phrase", [3]), ("other", [1])]),
        ("so khcn tinh", [("other", [6])]),
        ("UBND tỉnh", [("phrase", [10]), ("other", [9])]),
    ],
)
def test_each_article_stands_under_one_line(archive, typed, kinds):
    if typed == "chuyển đổi số":  # what is near depends on the index: in the end all are there
        found = numbers(archive, asked(archive, typed))
        assert found[:2] == kinds[:2]
        rest = [number for _, listed in found[2:] for number in listed]
        assert sorted(rest) == [2, 7, 11]
        return
    assert numbers(archive, asked(archive, typed)) == kinds


WRITTEN = {
    1: ("Sở KH&CN họp", "Ngày 5/3/2024, giống ST25."), 2: ("Khoa học và công nghệ", "Ngày 05 tháng 3 năm 2024."),
    3: ("Công nghệ và khoa học", "Hôm 05/03/2024, giống ST 25."), 4: ("Ứng dụng AI", "AI hay trí tuệ nhân tạo."),
    5: ("Bác ái", "Lòng bác ái."), 6: ("Tin", "Trí tuệ nhân tạo; ngày 5/3/2023."),
    7: ("Luật Khoa học, công nghệ và đổi mới sáng tạo", "Họp quý III, tháng 3/2025."), 8: ("Luật KHCN và ĐMST", "Quí 3."),
}  # fmt: skip


@pytest.fixture(scope="module", params=["working", "dump"])
def written(request, tmp_path_factory):
    """What is written in several ways."""
    with opened(tmp_path_factory.mktemp("written"), WRITTEN, request.param) as conn:
        yield conn


@pytest.mark.parametrize(
    ("typed", "more", "kinds"),
    [
        ("KH&CN", {"o": "tieude"}, [("title", [1]), ("title_other", [2, 7, 8])]),
        ("khoa hoc va cong nghe", {"o": "tieude"}, [("title", [2]), ("title_other", [1, 8]), ("title_words", [3, 7])]),
        ("KHCN", {"o": "tieude"}, [("title", [8]), ("title_other", [1, 2, 7])]),
        ('"công nghệ" khoa -họp', {"o": "tieude"}, [("title", [2, 3])]),
        ('"nghệ công"', {"o": "tieude"}, []),
        ('"nghệ công" khoa', {"o": "tieude"}, []),
        ("5/3/2024", {}, [("phrase", [1]), ("other", [2, 3])]),
        ("5 tháng 3 năm 2024", {}, [("other", [1, 2, 3])]),
        ("05 thang 03 nam 2024", {}, [("other", [1, 2, 3])]),
        ("luật KHCN và ĐMST", {}, [("phrase", [8]), ("other", [7])]),
        ("luat khcn va dmst", {}, [("phrase", [8]), ("other", [7])]),
        ("luật khoa học công nghệ và ĐMST", {}, [("other", [7, 8])]),
        ("quý 3", {}, [("phrase", [8]), ("other", [7])]),
        ("tháng 03 năm 2025", {}, [("other", [7])]),
        ("st25", {}, [("phrase", [1]), ("other", [3])]),
        ("ST 25", {}, [("phrase", [3]), ("other", [1])]),
        ("AI", {}, [("phrase", [4]), ("other", [6])]),
        ("ai", {}, [("phrase", [4, 5]), ("other", [6])]),
        ("ung dung AI", {}, [("phrase", [4])]),
    ],
)  # fmt: skip
def test_other_writings_stand_under_a_line_of_their_own(written, typed, more, kinds):
    assert numbers(written, asked(written, typed, **more)) == kinds


def test_any_accents_are_all_even_those_that_few_of_many_articles_print(tmp_path):
    """A hundred hits in a row print one way: what the last of a thousand prints is found and named."""
    texts = dict.fromkeys(range(1, 700), ("Tin", "mà cả"))
    texts |= dict.fromkeys(range(700, 720), ("Tin", "má cá"))
    texts |= {
        720: ("Mã cà", "x"),
        721: ("ma", "cả"),
        722: ("Tin", "lá ma cạ"),
        723: ("Tin", "xoã cả"),
    }
    path = made(tmp_path / "working.db", texts)
    with closing(sqlite3.connect(path)) as conn:
        found = asked(conn, "ma ca", dau="moi")
        assert (found.kind, found.total) == ("phrase", 721)
        (meant,) = found.meaning.runs
        counts = {" ".join(words): count for words, count in meant.readings}
        assert counts == {"mà cả": 699, "má cá": 20, "mã cà": 1, "ma cạ": 1}
        assert asked(conn, "ma ca", dau="moi", o="tieude").total == 1
        assert asked(conn, "mã ca").meaning.runs[0].phrases == (("mã", "cà"),)


def test_readings_are_counted_and_one_is_chosen(archive):
    meant = asked(archive, "doi so").meaning.runs[0]
    assert [(" ".join(words), count) for words, count in meant.readings] == [("đổi số", 3)]
    one = asked(archive, "chuyen").meaning.runs[0]
    assert {" ".join(r.words) for r in one.readings} == {"chuyển", "chuyên"}


@pytest.mark.parametrize("kind", ["working", "dump"])
def test_what_a_half_accented_question_may_mean_beside_what_it_says_is_named(tmp_path, kind):
    texts = {
        1: ("Sàn", "Sở giao dịch hàng hóa."), 2: ("Trường", "Sở Giáo dục họp."), 3: ("Lớp", "Sở Giáo dục mở lớp."),
    }  # fmt: skip
    with opened(tmp_path, texts, kind) as conn:
        (meant,) = asked(conn, "sở giao").meaning.runs
        assert meant.phrases == (("sở", "giao"),) and not meant.changed
        assert meant.readings == ((("sở", "giao"), 1), (("sở", "giáo"), 2))
        (whole,) = asked(conn, "sở giáo").meaning.runs
        assert whole.readings == ((("sở", "giáo"), 2),)


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ({"dau": "dung"}, []),
        ({"dau": "moi"}, ["phrase", "other", "near", "words"]),
        ({"o": "tieude"}, ["title", "title_other"]),
        ({"o": "chu"}, ["words"]),
    ],
)
def test_the_switches(archive, more, kinds):
    found = asked(archive, "chuyen doi so", **more)
    assert {section.kind for section in found.sections} <= set(kinds)
    assert bool(found.sections) == bool(kinds)


def test_a_phrase_nobody_printed_is_never_called_one(archive):
    """Each two of its words follow each other somewhere, the three nowhere."""
    assert asked(archive, "chuyển đổi số hiệu").kind != "phrase"
    assert asked(archive, "đổi số hiệu").total == 1


def test_what_goes_on_from_a_whole_question(archive):
    """Its words are whole, unless nobody printed them: `chuyên` is no beginning of `chuyển`."""
    phrases = load_phrases(archive)
    assert phrases.going_on("chuyen", 5, whole=True) == ["chuyển đổi"]
    assert phrases.going_on("chuyển đ", 5, whole=False) == ["chuyển đổi"]
    assert phrases.going_on("chuyen d", 5, whole=False) == ["chuyển đổi"]
    for typed in ("chuyên", "chuyển đ", "chuyển đổi", "xem chuyển", "chu", "", "C++"):
        assert phrases.going_on(typed, 5, whole=True) == [], typed


def test_suggestions_go_on_as_typed(archive):
    phrases = load_phrases(archive)
    assert phrases.beginning("chuyen d") == ["chuyển đổi"]
    assert phrases.beginning("xem chuyển đ") == ["xem chuyển đổi"]
    assert phrases.beginning("chuyê") == phrases.beginning("chuyển") == ["chuyển đổi"]
    # No word that begins so: what is typed has another tone, or another hat.
    assert phrases.beginning("chuyên") == ["chuyển đổi"]
    assert (
        phrases.beginning("chuyến")
        == phrases.beginning("chuyển đó")
        == phrases.beginning("chuyển đồ")
        == []
    )
    assert phrases.beginning("") == phrases.beginning("zzz") == []


@pytest.mark.parametrize("typed", ["", "chu", "mot chu", "mot -khac"])
def test_paging_shows_each_article_once(tmp_path_factory, typed):
    """All of one day, so that nothing but the order of ids tells them apart."""
    path = tmp_path_factory.mktemp("pages") / "archive.db"
    texts = {n: ("Một chữ", "chữ một" if n % 3 else "một chữ khác") for n in range(1, 29)}
    made(path, texts)
    with closing(sqlite3.connect(path)) as conn:
        seen: list[int] = []
        for page in range(1, 9):
            found = asked(conn, typed, trang=str(page))
            seen += found.articles
            if not found.more:
                break
            assert len(found.articles) == PAGE
        assert len(seen) == len(set(seen)) == {"": 28, "chu": 28, "mot chu": 28}.get(typed, 19)


MANY = ("ma", "má", "mà", "mả", "mã", "mạ", "mâm", "mỡ")
ODD = {
    **{n: (None if n % 2 else word.title(), f"Chữ {word} đây.") for n, word in enumerate(MANY, 1)},
    11: ("Tin", "Huyện Ðắk Tô, sông Ɖà."),
    12: (None, "Thuỷ lợi."),
}  # fmt: skip


@pytest.fixture(scope="module", params=["working", "dump"])
def odd(request, tmp_path_factory):
    """More accents of one syllable than are shown, letters printed for đ, no titles."""
    with opened(tmp_path_factory.mktemp("odd"), ODD, request.param) as conn:
        yield conn


@pytest.mark.parametrize(
    ("typed", "more", "kinds"),
    [
        ("ma", {}, [("phrase", [1, 2, 3, 4, 5, 6])]),
        ("má", {"dau": "moi"}, [("phrase", [1, 2, 3, 4, 5, 6])]),
        ("chu ma day", {"dau": "moi"}, [("phrase", [1, 2, 3, 4, 5, 6])]),
        ("ma", {"o": "tieude"}, [("title", [2, 4, 6])]),
        ("chữ -ma", {}, [("phrase", [7, 8])]),
        ("đắk tô", {}, [("phrase", [11])]),
        ("dak to", {}, [("phrase", [11])]),
        ("sông đà", {"dau": "dung"}, [("phrase", [11])]),
        ("thuy loi", {}, [("phrase", [12])]),
    ],
)
def test_nothing_is_passed_over(odd, typed, more, kinds):
    assert numbers(odd, asked(odd, typed, **more)) == kinds


@pytest.mark.parametrize("typed", ["ma", "chu ma day", "ma OR thuỷ lợi", "mám -zzz"])
def test_a_click_on_a_reading_asks_for_that_reading(odd, typed):
    """Also for one without accents, which typed alone would be any."""
    said = meanings(read_question({"q": typed}), asked(odd, typed).meaning)
    for choice in said[0].choices:
        again = asked(odd, **{{"q": "typed"}.get(k, k): v for k, v in parse_qsl(choice.query)})
        assert again.meaning.runs[0].phrases == (tuple(choice.words.split()),), choice
        assert not again.meaning.runs[0].free
        if " OR " not in typed:
            assert again.total == choice.articles > 0
    assert [choice.chosen for choice in said[0].choices].count(True) == (not said[0].any_chosen)


def test_of_equally_common_readings_what_has_accents_is_meant():
    """Names of files have none: `ke-hoach.docx` with the words in its text is a `kế hoạch`."""
    readings = [Reading(tuple(words.split()), count) for words, count in (
        ("ke hoach", 3), ("kế hoạch", 3), ("kẻ hoạch", 0), ("ke hoạch", 1))]  # fmt: skip
    assert [" ".join(words) for words, _ in by_number(readings)] == ["kế hoạch", "ke hoach", "ke hoạch"]  # fmt: skip


NAMED = {
    1: ("quyet-dinh-1.pdf", "Xem tệp."), 2: ("quyet-dinh-2.pdf", "Xem tệp."), 3: ("quyet-dinh-3.pdf", "Xem tệp."),
    4: ("Phê duyệt", "Quyết định phê duyệt."), 5: ("Việc lớn", "Quyết dinh và quyệt định."), 6: ("open data", "Bộ open data."),
    7: ("Nghỉ lễ", "Theo quyết định khác."),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["working", "dump"])
@pytest.mark.parametrize(
    ("typed", "phrases", "found"),
    [
        ("quyet dinh", ["quyết định", "quyet dinh"], 5), ("quyết định", ["quyết định"], 2), ("open data", ["open data"], 1),
        ("quyết dinh", ["quyết dinh"], 1), ("phe duyet", ["phê duyệt"], 1),
    ],
)  # fmt: skip
def test_names_without_accents_are_found_with_what_they_mean(tmp_path, kind, typed, phrases, found):
    with opened(tmp_path, NAMED, kind) as conn:
        results = asked(conn, typed)
    assert [" ".join(words) for words in results.meaning.runs[0].phrases] == phrases
    assert results.total == found
