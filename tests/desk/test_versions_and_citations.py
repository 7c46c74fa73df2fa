"""What a citation leads to: the very words; and a whole question's citations as one file."""

from __future__ import annotations

import json
import re

import pytest


@pytest.fixture
def edited(rows):
    """An article that was edited: its number, the hash of its first words and of its present ones."""
    return rows(
        "select a.id, r.text_sha256, a.text_sha256 from articles as a join revisions as r "
        "on r.article = a.id where r.text_sha256 <> a.text_sha256 limit 1"
    )[0]


def test_each_version_has_an_address_for_ever(get, rows, edited):
    ident, before, now = edited
    for sha in (before, before[:12]):
        page = get(f"/archive/articles/{ident}/ban/{sha}")
        assert page.status_code == 200 and "không phải bản mới nhất" in page.text
        assert f"<code>{before}</code>" in page.text and before[:16] in page.text
    page = get(f"/archive/articles/{ident}/ban/{now}")
    assert page.status_code == 200 and "không phải bản mới nhất" not in page.text
    ordinary = get(f"/archive/articles/{ident}").text
    assert f"/archive/articles/{ident}/ban/{now}" in ordinary
    assert get(f"/archive/articles/{ident}/ban/{'0' * 64}").status_code == 404
    assert get(f"/archive/articles/1/ban/{now}").status_code == 404
    text = rows("select text from revisions where article = ? and text_sha256 = ?", ident, before)[0][0]  # fmt: skip
    line = max(text.split("\n"), key=len)[:40].replace("&", "&amp;")
    assert line in get(f"/archive/articles/{ident}/ban/{before}").text


def test_citations_name_the_version(get, edited):
    ident, _, now = edited
    assert f"/archive/articles/{ident}/ban/{now}" in get(f"/archive/articles/{ident}/cite.bib").text
    said = json.loads(get(f"/archive/articles/{ident}/cite.json").text)[0]
    assert said["archive"].endswith(f"/archive/articles/{ident}/ban/{now}")


def test_the_citations_of_a_question(get):
    rows = json.loads(get("/tim.json?q=hoi+nghi").text)
    bib = get("/tim.bib?q=hoi+nghi")
    assert bib.headers["content-type"].startswith("application/x-bibtex")
    keys = re.findall(r"^@online\{([a-z_]+)-(\d+),$", bib.text, re.MULTILINE)
    assert [int(ident) for _, ident in keys] == [row["id"] for row in rows["rows"]]
    csl = get("/tim.csl?q=hoi+nghi")
    said = json.loads(csl.text)
    assert [one["id"] for one in said] == [f"{portal}-{ident}" for portal, ident in keys] != []
    assert all(one["title"] and one["author"] and one["archive"] for one in said)
    assert json.loads(get("/tim.csl?q=zzzzz").text) == [] and get("/tim.bib?q=zzzzz").text == ""
    assert "/tim.bib?q=" in get("/tim?q=hoi+nghi").text
