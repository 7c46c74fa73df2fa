"""A dump: its files, the same bytes from the same rows, and what is said of it."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from crawler.clock import now
from crawler.dump import contents
from crawler.dump.publish import publish
from tests.conftest import ROOT
from tests.end_to_end.dump_fixtures import (
    WISH,
    change,
    copy_of,
    dump_of,
    latest_of,
    published,
    unpacked,
)
from tests.scrapy_command import rows, scrapy


def test_every_file_is_named_summed_and_described(dumps):
    _, out, yesterday = dumps
    latest, found = latest_of(out), published(out)
    before = latest_of(yesterday)
    assert latest["predecessor"] == {
        "database": before["database"],
        "sha256": before["sha256"][before["database"]],
    }
    sums = dict(
        reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text().splitlines()
    )
    assert set(sums) == set(latest["files"])
    assert all(found[name] == sums[name] == latest["sha256"][name] for name in sums)
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=out, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert unpacked(out / f"{latest['database']}.zst") == dump_of(out).read_bytes()
    # What a copy without a version says is what the dump's own file says.
    version = latest["database"][8:-3]
    for name in ("datapackage.json", "CHANGES.md", "README.md", "metadata.yml"):
        stem, _, suffix = name.partition(".")
        assert found[name] == found[f"{stem}-{version}.{suffix}"]
    assert found["archive.db"] == found[latest["database"]]
    changes = (out / "CHANGES.md").read_text(encoding="utf-8")
    assert re.search(r"Bài mới \(new\): [1-9]", changes)
    assert "Gỡ theo yêu cầu (removed on request): 1" in changes
    assert "Apache-2.0" in (out / "README.md").read_text(encoding="utf-8")


def test_what_was_published_yesterday_is_still_there(dumps):
    _, out, yesterday = dumps
    now_there = published(out)
    before = latest_of(yesterday)
    assert len(before["sha256"]) >= 8
    assert all(now_there[name] == digest for name, digest in before["sha256"].items())


def test_the_dump_is_public_searchable_and_whole(dumps):
    archive, out, _ = dumps
    dump = dump_of(out)
    names = [name for (name,) in rows(dump, "select name from sqlite_master")]
    assert not [name for name in names if name.startswith("_")]
    assert not [sql for (sql,) in rows(dump, "select sql from sqlite_master") if "_sqlite_" in str(sql) or "_frontier" in str(sql) or "_moved" in str(sql)]  # fmt: skip
    for table in sorted(set(names) & {n for (n,) in rows(archive, "select name from sqlite_master where type in ('table', 'view')")}):  # fmt: skip
        if "fts" not in table:
            assert rows(dump, f"select count(*) from [{table}]") == rows(
                archive, f"select count(*) from [{table}]"
            ), table
    for words in ("hội nghị", "hoi nghi"):
        assert rows(dump, "select count(*) from articles_fts where articles_fts match ?", words)[0][
            0
        ]
    assert rows(dump, "pragma integrity_check") == [("ok",)]


def test_no_path_of_the_machine_is_in_a_dump(dumps):
    archive, out, _ = dumps
    for path in out.iterdir():
        content = unpacked(path) if path.suffix == ".zst" else path.read_bytes()
        for folder in (str(archive.parent), str(ROOT), "/home/", "/root/"):
            assert folder.encode() not in content, (path.name, folder)


def test_publishing_twice_changes_nothing(dumps, tmp_path):
    archive, out, _ = dumps
    before = published(out)
    again = scrapy("publish", "--out", out, archive=archive)
    assert again.returncode == 0 and "nothing new" in again.stdout
    assert published(out) == before
    assert not (out / ".work").exists()


def test_the_same_rows_are_the_same_bytes(dumps, tmp_path):
    """Another folder, another time, after a vacuum, and with every row put in in another order."""
    archive, out, _ = dumps
    wanted = dump_of(out).read_bytes()
    packed = (out / f"{dump_of(out).name}.zst").read_bytes()
    copy = copy_of(archive, tmp_path / "elsewhere.db")
    assert publish(copy, tmp_path / "a", WISH, now="2099-01-01T00:00:00Z").files
    assert dump_of(tmp_path / "a").read_bytes() == wanted
    assert (tmp_path / "a" / f"{dump_of(tmp_path / 'a').name}.zst").read_bytes() == packed
    change(copy, "pragma page_size = 8192; pragma journal_mode = delete; vacuum")
    publish(copy, tmp_path / "b", WISH, now=now())
    assert dump_of(tmp_path / "b").read_bytes() == wanted
    shuffled = "drop trigger revisions_keep; drop trigger revisions_stay;"
    kept = rows(copy, "select sql from sqlite_master where name in ('revisions_keep', 'revisions_stay') order by rowid")  # fmt: skip
    for table in ("authors", "images", "captures", "issues", "addresses", "runs", "run_portals", "articles"):  # fmt: skip
        names = ", ".join(
            row[1] for row in rows(copy, f"pragma table_xinfo({table})") if row[6] == 0
        )
        shuffled += (
            f"create temp table t as select {names} from {table}; delete from {table};"
            f"insert into {table}({names}) select {names} from t order by random(); drop table t;"
        )
    change(copy, shuffled + ";".join(sql for (sql,) in kept))
    publish(copy, tmp_path / "c", WISH, now=now())
    assert dump_of(tmp_path / "c").read_bytes() == wanted


def test_csv_and_parquet_hold_every_article(dumps, tmp_path):
    archive, _, _ = dumps
    copy = copy_of(archive, tmp_path / "formulas.db")
    newest = "select id from articles order by published desc, id desc"
    first = rows(copy, newest)[0][0]
    odd = ["=1+1", "+84", "-", "@x", "\tx", '"a"\nb, c', "🌾 lúa"]
    for at, cell in enumerate(odd):
        change(copy, f"update articles set section = '{cell}' where id = ({newest} limit 1 offset {at})")  # fmt: skip
    publish(copy, tmp_path / "out", WISH, now=now())
    out = tmp_path / "out"
    version = latest_of(out)["database"][8:-3]
    raw = (out / f"articles-{version}.csv").read_bytes()
    assert raw.count(b"\r\n") >= 24  # RFC 4180
    with (out / f"articles-{version}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == rows(copy, "select count(*) from articles")[0][0]
    assert int(found[0]["id"]) == first and "search_text" not in found[0]
    assert [row["section"] for row in found[: len(odd)]] == [
        "'=1+1", "'+84", "'-", "'@x", "'\tx", *odd[5:]
    ]  # fmt: skip
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    table = parquet.read_table(out / f"articles-{version}.parquet")
    assert table.column("section").to_pylist()[: len(odd)] == odd  # as they are
    for name in table.column_names:
        assert table.column(name).to_pylist() == [
            value
            for (value,) in rows(
                copy, f"select {name} from articles order by published desc, id desc"
            )
        ]


def test_without_pyarrow_the_rest_is_published(dumps, tmp_path, monkeypatch):
    archive, _, _ = dumps
    monkeypatch.setattr(contents, "can_write_parquet", lambda: False)
    done = publish(archive, tmp_path, WISH, now=now())
    assert "pyarrow" in done.remarks[0]
    assert len(done.files) > 20 and not [name for name in done.files if "parquet" in name]


def test_the_data_package_follows_its_standard(dumps):
    """The rules of Data Package v1 that concern us; `frictionless validate` agrees."""
    _, out, _ = dumps
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "data-package" and package["resources"]
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    assert all(licence.get("name") or licence.get("path") for licence in package["licenses"])
    assert all(source["title"] for source in package["sources"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names) >= 15
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._]+", resource["name"])
        path = out / resource["path"]
        assert path.parent == out and path.stat().st_size == resource["bytes"]
        assert resource["hash"] == f"sha256:{published(out)[path.name]}"
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(fields)) == len(fields)
        assert all(field["description"] for field in resource["schema"]["fields"]), resource["name"]
        assert {field["type"] for field in resource["schema"]["fields"]} <= {
            "string", "integer", "number", "any"
        }  # fmt: skip
        assert set(resource["schema"].get("primaryKey", [])) <= set(fields)
        for key in resource["schema"].get("foreignKeys", []):
            assert set(key["fields"]) <= set(fields)
            assert key["reference"]["resource"] in names
        if resource["format"] == "csv":
            with path.open(encoding="utf-8", newline="") as file:
                assert next(csv.reader(file)) == fields


def recipes(language):
    handbook = (ROOT / "docs" / "using-the-dump.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", handbook, re.DOTALL)


def test_the_dictionary_serves_the_dump(dumps):
    """metadata.yml names its database `archive`; the dump has that name beside its own."""
    _, out, _ = dumps
    said = yaml.safe_load((out / "metadata.yml").read_text(encoding="utf-8"))
    assert list(said["databases"]) == [(out / "archive.db").stem]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "datasette", out / "archive.db", "-m", out / "metadata.yml", "--get", "/archive/tim.json?q=hoi+nghi&_shape=array"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and len(json.loads(done.stdout)) > 5, done.stderr


def test_the_queries_of_the_handbook_run(dumps):
    _, out, _ = dumps
    assert len(recipes("sql")) >= 10
    for query in recipes("sql"):
        assert rows(dump_of(out), query) is not None


@pytest.mark.parametrize(
    ("language", "needs", "run"),
    [
        ("python", "pandas", [sys.executable, "-W", "ignore", "-c"]),
        ("python", "duckdb", [sys.executable, "-W", "ignore", "-c"]),
        ("sh", "sqlite3", ["sh", "-c"]),
        ("r", "Rscript", ["Rscript", "-e"]),
    ],
)
def test_the_recipes_for_other_tools_run(dumps, language, needs, run):
    _, out, _ = dumps
    recipe = next(text for text in recipes(language) if needs in text or language == "r")
    if language == "python":
        pytest.importorskip(needs, reason=f"{needs} is not installed")
    elif shutil.which(needs) is None:
        pytest.skip(f"{needs} is not installed")
    done = subprocess.run([*run, recipe], cwd=out, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.strip(), done.stderr
