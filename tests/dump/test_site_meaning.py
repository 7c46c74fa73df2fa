"""A question means on the page without a server what it means at the desk, over the same dump."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest

from crawler.archive.articles.save import save_article
from crawler.archive.database import Archive
from crawler.dump.publish import publish
from crawler.dump.site import write_site
from crawler.dump.snapshot import reading
from crawler.items import Article, Capture
from crawler.text.spelling import bare, canonical, spellings, syllables
from publish.desk.filters import read_question
from publish.desk.queries.columns import load, load_files
from publish.desk.queries.files import found_files
from publish.desk.queries.list_items import listed
from publish.desk.queries.portals import places
from publish.desk.queries.search import search
from publish.desk.queries.searched import ARTICLES, FILES
from publish.desk.query_parser import understand
from samples.archive import fill, sample_portals
from tests.desk.kept_files import archive_with_files
from tests.dump.site_page import asking
from tests.dump.static_host import hosted
from tests.end_to_end.dump_fixtures import WISH, dump_of
from tests.scrapy_command import rows

# What portals print and a sample archive does not.
TEXTS = [
    ("Quyết định 123/QĐ-UBND", "Căn cứ Quyết định số 123/QĐ-UBND ngày 05/3/2024 của UBND tỉnh."),
    ("Chuyển đổi số ở xã", "Tỉnh đẩy mạnh chuyển đổi số trong nông nghiệp."),
    ("Tập huấn", "Các sở đối chiếu dữ liệu chuyên ngành, một số cán bộ đổi vị trí, di chuyển."),
    ("CĐS cấp xã", "Kế hoạch CĐS năm nay; đề tài cấp tỉnh KC-08/2021."),
    ("Đo lường", "Chi cục Ðo lường kiểm tra cân tại chợ Hoà Bình, huyện Ðắk Tô."),
    ("Kĩ thuật mới", "Sở KH&CN chuyển giao kĩ thuật; thuỷ sản, quí III, khoẻ."),
    ("Khoa học", unicodedata.normalize("NFD", "Sở Khoa học và Công nghệ tỉnh họp về thủy lợi.")),
    ("Uỷ ban", "Uỷ ban nhân dân tỉnh quý I; hoà nhập; xoá mù số; loà xoà."),
    ("Chuyển đổi xanh", "Chuyển đổi rừng. Đổi số nhà là việc khác. A/B test: COVID-19, TCVN ISO 9001:2015."),
    ("Sở KH&CN thử giống ST25", "AI và bác ái: lúa ST25, gạo OM 5451, ngày 5 tháng 3 năm 2024, hoặc 05/03/2024."),
    ("Lúa gạo", "Lúa của huyện; gạo thì xuất đi. Máy gặt, lúa mới và gạo nếp đứng xa nhau lắm lắm."),
    ("gian-hang-so-1.pdf", "Xem tệp."), ("gian-hang-so-2.pdf", "Xem tệp."), ("Gian hàng số", "Mở gian hàng số."),
]  # fmt: skip
NFD = unicodedata.normalize("NFD", "sở hữu trí tuệ")
QUESTIONS = [
    "", " ", "\0", "\u3000", '""', "-", "...", "zzz", "🌾", "'; drop table articles --",
    "chuyển giao công nghệ", "chuyen giao cong nghe", "Chuyển Giao CÔNG nghệ", "sở hữu trí tuệ", NFD,
    "so huu tri tue", "khcn", "KH&CN", "KHCN", "kh & cn", "UBND", "ubnd", "ủy ban nhân dân", "uỷ ban nhân dân",
    "hội nghị", "hoi", "hoi nghi", "hội", "nhãn hiệu OR sáng chế", "nhãn hiệu | sáng chế", "OR", "OR nhãn hiệu OR",
    '"sở hữu" -"nhãn hiệu"', "-hội", "sở hữu -nhãn hiệu", "−hội sở hữu", '"so huu" "tri tue"', '"nhãn hiệu',
    "“nhãn hiệu” tập thể", "hop tac xa nong nghiep", "so huu hoi nghi", "thiết bị y tế ở xã", "bức xạ OR zzz",
    "hoà", "hòa", "Hoà Bình", "hoa binh", "Ðắk", "Đắk", "dak", "kĩ thuật", "kỹ thuật", "quí", "quý", "thuỷ", "thủy sản",
    "123/QĐ-UBND", "123/QD-UBND", "05/3/2024", "KC-08/2021", "9001:2015", "COVID-19", "2021", "chuyen doi so", "cds", "CĐS",
    "đôi chuyển", "lúa gạo", "gạo lúa nếp", "lua gao nep", "lúa gặt máy", "xã chuyển đổi", "xa doi chuyen", "nhẫn hiệu", "nhan hieu tap the khong co",
    "AI", "ai", '"AI"', "ung dung AI", "ST25", "st 25", "OM5451", "om 5451", "5/3/2024", "05/03/2024", "5 tháng 3 năm 2024",
    "thang 3 nam 2024", "31/2/2024", "chè|quế", "nhãn hiệu AND sáng chế", "sở hữu NOT nhãn hiệu", "NOT hội", "AND", "NOT",
    "luật KHCN và ĐMST", "UBND TP HCM", "gian hang so", "gian hàng so", "-gian -\"gian hang so\"", "quý 3", "quí III", "tháng 3/2024", "thang 03 nam 2024", "LÚA GẠO HOẶC QUẾ", "UBND HOẶC KH&CN", '"hiệu nhãn"', '"hiệu nhãn" tập', '"nhãn hiệu" thể tập', "Lúa HOẶC gạo", "chè -du lịch", "sở khoa học và công nghệ", "lúa " * 23 + "-gạo -xa",
    "hoa\u0300 bi\u0300nh", "hội-nghị", "chuyển_giao", "A/B", "a " * 40, "hợp tác xã " * 12, "khoa hoc va cong nghe tinh",
]  # fmt: skip
WAYS = [{}, {"dau": "dung"}, {"dau": "moi"}, {"o": "tieude"}, {"o": "chu"}, {"xep": "sat"}, {"o": "chu", "xep": "sat"}]  # fmt: skip
NARROWED = [
    {"q": "hội nghị", "tinh": "bac_ninh"}, {"q": "hội nghị", "tinh_cu": "bac_giang", "trang": "2"},
    {"q": "", "nam": "2024"}, {"q": "sở hữu", "nam": "2023", "xep": "sat"}, {"q": "", "thang": "2024-03"},
    {"q": "", "cong": "ha_noi", "nam": "2020"}, {"q": "", "chuyenmuc": "Tin tức > Tin trong nước"},
    {"q": "hội", "tacgia": "1"}, {"q": "", "tinh": "nowhere"}, {"q": "", "trang": "9999"}, {"q": "hội", "trang": "3"},
    {"q": "chuyển giao công nghệ", "trang": "2", "o": "chu"}, {"q": "hoi nghi", "trang": "0", "nam": "20x4", "xep": "?"},
    {"q": "so huu tri tue", "trang": "4"}, {"q": "", "tacgia": "999999"}, {"q": "nhãn hiệu", "thang": "2024-13"},
]  # fmt: skip


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A dump of sample articles, and of some that print what those do not."""
    folder = tmp_path_factory.mktemp("mixed")
    path = folder / "working.db"
    fill(path, 900, newest=date(2026, 11, 24), words=40)
    archive = Archive.open(path)
    with archive.transaction() as conn:
        for number, (title, text) in enumerate(TEXTS):
            slug = sample_portals()[number % 4].slug
            url = f"https://sokhcn.{slug.replace('_', '')}.example/them-{number}"
            article = Article(url, f"x{number}", title=title, text=text, section="Tin tức > Khác > Tin trong nước",
                              published=[f"2024-0{number % 9 + 1}-11", "2022", None][number % 3],
                              published_precision=["day", "year", None][number % 3])  # fmt: skip
            save_article(conn, slug, article, Capture(url, "2026-11-20T00:00:00Z"), via="crawl", extractor="x")  # fmt: skip
    archive.close()
    assert publish(path, folder / "dist", WISH, now="2026-11-26T00:00:00Z").files
    return folder / "dist"


@pytest.fixture(scope="module")
def ask(mixed, browser, tmp_path_factory):
    site = tmp_path_factory.mktemp("mixed-site") / "kho"
    assert write_site(mixed, site, contact="x", address="")
    with hosted(site) as host, asking(browser, host.address) as asked:
        yield asked


def said_by_the_desk(conn, values):
    question = read_question(values)
    alone = question.what == "tailieu"
    searched = FILES if alone else ARTICLES
    columns = load_files(conn) if alone else load(conn)
    known = places(conn)
    found = search(conn, understand(question.q), question, known, columns, searched)
    kinds = ("near", "words")
    sections = []
    for one in found.sections:
        pattern = found.meaning.words_pattern if one.kind in kinds else found.meaning.pattern
        if alone:
            shown = [(row.sha256, row.page, row.passage) for row in found_files(conn, one.articles, pattern)]  # fmt: skip
        else:
            shown = [(row.id, None, row.passage) for row in listed(conn, one.articles, known, pattern)]  # fmt: skip
        sections.append([one.kind, one.count, [[*row[:2], [list(p) for p in row[2]]] for row in shown]])  # fmt: skip
    tallies = {name: [list(pair) for pair in pairs] for name, pairs in found.tallies.items()}
    return {"kind": found.kind, "total": found.total, "more": found.more, "sections": sections,
            "tallies": tallies}  # fmt: skip


def said_by_the_page(found):
    key = "sha" if found["documents"] else "id"
    return {
        **{name: found[name] for name in ("kind", "total", "more")},
        "sections": [
            [one["kind"], one["count"], [[hit[key], hit.get("page"), hit["passage"]] for hit in one["hits"]]]
            for one in found["sections"]
        ],
        "tallies": {name: [[key, n] for key, _, n in items] for name, items in found["tallies"].items()},
    }  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(way.values()) or "plain")
def test_articles_are_the_desks_in_its_order(mixed, ask, way):
    """Kinds, numbers, articles, the passages shown and what they can be narrowed by."""
    questions = [{"q": words, **way} for words in QUESTIONS]
    with reading(dump_of(mixed)) as conn:
        for values, found in zip(questions, ask(questions), strict=True):
            assert said_by_the_page(found) == said_by_the_desk(conn, values), values


def test_it_is_narrowed_and_turned_over_as_the_desk_is(mixed, ask):
    author, section = rows(dump_of(mixed), "select author, section from article_authors join articles on articles.id = article where section is not null limit 1")[0]  # fmt: skip
    more = [{"q": "hội", "tacgia": str(author)}, {"q": "", "chuyenmuc": section, "tinh": "ha_noi"}]
    with reading(dump_of(mixed)) as conn:
        for values, found in zip(NARROWED + more, ask(NARROWED + more), strict=True):
            assert said_by_the_page(found) == said_by_the_desk(conn, values), values


def test_the_questions_find_something_of_every_kind(mixed):
    """Else the tables above would show little."""
    kinds = set()
    with reading(dump_of(mixed)) as conn:
        for way in WAYS:
            for words in QUESTIONS:
                kinds |= {one[0] for one in said_by_the_desk(conn, {"q": words, **way})["sections"]}
    assert kinds == {
        "all",
        "phrase",
        "other",
        "pieces",
        "near",
        "words",
        "title",
        "title_other",
        "title_words",
    }


def test_documents_are_the_desks_in_its_order(tmp_path_factory, browser):
    folder = archive_with_files(tmp_path_factory.mktemp("files"))
    dist, site = folder / "dist", folder / "site"
    dist.mkdir()
    dump = folder / "dump" / "archive.db"
    dump.rename(dist / "archive-20260101.db")
    (dist / "latest.json").write_text(json.dumps({"database": "archive-20260101.db", "articles": 1, "sha256": {"archive-20260101.db": "0" * 64}, "predecessor": None}))  # fmt: skip
    assert write_site(dist, site, contact="x", address="")
    typed = ["", "thuyết minh nhiệm vụ mã số", "thuyet minh nhiem vu", '"mã số" -"hội nghị"', "ke hoach", "kế hoạch",
             "Ke-hoach-4.docx", "khoa hoc", "nhiệm vụ OR zzz", "mã nhiệm", "zzz", "-mã", "so", "đề tài cấp tỉnh"]  # fmt: skip
    questions = [{"q": q, "loai": "tailieu", **way} for q in typed for way in WAYS]
    questions += [{"q": "nhiem vu", "loai": "tailieu", "cong": "ha_noi"}, {"q": "", "loai": "tailieu", "nam": "1999"}]  # fmt: skip
    found = 0
    with hosted(site) as host, asking(browser, host.address) as ask, reading(dist / "archive-20260101.db") as conn:  # fmt: skip
        for values, said in zip(questions, ask(questions), strict=True):
            here = said_by_the_desk(conn, values)
            assert said_by_the_page(said) == here, values
            found += here["total"] > 0
    assert found > 20


def test_words_are_spelt_as_the_indexes_spell_them(mixed, browser, tmp_path_factory):
    odd = ["Hoà", "HÒA", "thuỷ", "Thuý", "kĩ", "quí", "quý", "Mĩ", "khoẻ", "Toàn", "chuyển", "Ðắk", "loá", "xoèn", "lí",
           "ti", "ĐMST", "tuỳ", "2021", "quả", "hoài", "uỷ", "qùy", "hoàe", "óa", "ỵ", "ßa", "İ", "ﬁ", "½", "ǅ"]  # fmt: skip
    words = odd + [w for (w,) in rows(dump_of(mixed), "select printed from articles_fts_by_date_syllables")]  # fmt: skip
    assert len(words) > 500
    site = tmp_path_factory.mktemp("words") / "kho"
    write_site(mixed, site, contact="x", address="")
    texts = [*QUESTIONS, "“a b” c|d OR e", "-x", 'q "', "07/07/2021 KH&CN", "hoà−bình −x", "a\x1cb\ufeffc\x85d",
             "\U0001d54f " * 150, "x" * 500]  # fmt: skip
    with hosted(site) as host:
        page = browser.new_page()
        page.goto(f"{host.address}/#/ve")
        spelt, runs, parted = page.evaluate(
            """async ([words, texts]) => { const here = await import("./words.js");
            const asked = texts.map((text) => here.understand(here.stripped(text)));
            return [words.map((word) => [here.canonical(word), here.bare(here.canonical(word)), here.spellings(word)]),
              asked.map((one) => ({ ...one, loosely: here.loosely(one), again: here.saying(one, new Map()) })),
              texts.map(here.syllables)]; }""",
            [words, texts],
        )
        page.close()
    for word, said in zip(words, spelt, strict=True):
        assert said == [canonical(word), bare(canonical(word)), list(spellings(word))], word
    assert parted == [syllables(text) for text in texts]
    for typed, run in zip(texts, runs, strict=True):
        here = understand(typed.strip())
        assert [
            [(tuple(r["words"]), r["quoted"], r["capitals"]) for r in g] for g in run["groups"]
        ] == [[(r.words, r.quoted, r.capitals) for r in g] for g in here.groups], typed
        assert (run["cut"], run["again"]) == (here.cut, here.saying({})), typed
        assert bare(run["loosely"]) == bare(here.loosely()), typed
        assert [tuple(r["words"]) for r in run["excluded"]] == [r.words for r in here.excluded]
