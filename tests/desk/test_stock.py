"""`datasette archive.db -m metadata.yml`, as typed, with nothing of ours: it goes on working."""

import json
import unicodedata
import urllib.request
from urllib.parse import urlencode

import pytest
import yaml

from tests.conftest import ROOT
from tests.desk.browser import served

QUERIES = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))["databases"][
    "archive"
]["queries"]
ASKED = {
    "q": "đổi mới",
    "cum_tu": "nhãn hiệu",
    "author": "thu",
    "province": "lao_cai",
    "days": "30",
    "portal": "",
}


@pytest.fixture(scope="module", params=["working", "dump"])
def stock(request):
    with served(request.getfixturevalue(request.param), immutable=request.param == "dump") as base:
        yield base


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        assert answer.status == 200
        return answer.read().decode()


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs(stock, name):
    asked = ASKED | ({"days": "900"} if name == "cung_ban_tin" else {})
    rows = json.loads(fetch(f"{stock}/archive/{name}.json?{urlencode(asked)}&_shape=array"))
    assert rows, name
    assert name in fetch(f"{stock}/archive/{name}?{urlencode(ASKED)}")


# What a reader's keyboard may send: decomposed letters, nothing, marks alone, a NUL, words of FTS5's.
ODD = (
    "", " ", "\t", "\0", "a\0b", '"', '""', '"đổi', "*", "-", "(", "OR", "NEAR(", "a AND", "title:",
    "^đổi", "'", "\u200b", unicodedata.normalize("NFD", "đổi mới"), "Ð", "%", "x" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("name", ["tim", "tan_suat"])
def test_no_question_is_a_syntax_error(stock, name):
    for asked in ODD:
        text = fetch(f"{stock}/archive/{name}.json?{urlencode({'q': asked})}&_shape=array")
        assert isinstance(json.loads(text), list), asked


def test_every_query_says_what_it_does_in_both_languages():
    for name, query in QUERIES.items():
        assert "(" in query["title"], name
        assert " - " in query["description"], name


def test_home_table_and_row(stock):
    for path in (
        "/",
        "/archive",
        "/archive/articles?_size=5&_search=dong+chi",
        "/archive/portal_health",
    ):
        assert "Kho lưu trữ" in fetch(stock + path) or "archive" in fetch(stock + path)
