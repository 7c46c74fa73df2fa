"""What a dump says of itself is true: to tools that are not ours, and number by number."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
import yaml

from crawler.archive.history import changed, shapes
from crawler.archive.introspect import expected, stored_tables
from crawler.clock import now
from crawler.dump.contents import PublishOptions
from crawler.dump.gate import Minimum
from crawler.dump.publish import publish
from crawler.dump.releases import ATOM, FEED, INDEX
from crawler.dump.tables import FOR_SEARCH
from tests.conftest import ROOT
from tests.end_to_end.dump_fixtures import WISH, change, copy_of, dump_of, latest_of, published
from tests.scrapy_command import rows


def resources_of(out):
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def validated(judges, out):
    done = subprocess.run(
        [judges / "frictionless", "validate", "--json", "datapackage.json"],
        cwd=out, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_frictionless_finds_nothing(dumps, judges):
    _, out, _ = dumps
    said = validated(judges, out)
    tasks = {task["name"]: task for task in said["tasks"]}
    assert said["valid"] and tasks.keys() == resources_of(out).keys()
    for table in stored_tables():
        task = tasks[f"{table}-csv"]
        count = rows(dump_of(out), f"select count(*) from [{table}]")[0][0]
        assert (task["type"], task["stats"].get("rows", 0)) == ("table", count), table


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("articles", "status", "kept", "constraint-error"),
        ("articles", "url", "", "constraint-error"),
        ("articles", "portal", "nowhere", "foreign-key"),
        ("articles", "id", "x", "type-error"),
        ("revisions", "text_sha256", "abc", "constraint-error"),
        ("captures", "url", "https://x/", "hash-count"),
    ],
)
def test_frictionless_finds_what_is_wrong(dumps, judges, tmp_path, table, column, value, error):
    _, out, _ = dumps
    shutil.copytree(out, tmp_path / "dist", symlinks=True)
    path = tmp_path / "dist" / resources_of(out)[f"{table}-csv"]["path"]
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    lines[1][lines[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    said = validated(judges, tmp_path / "dist")
    found = {e["type"] for task in said["tasks"] if task["name"] == f"{table}-csv" for e in task["errors"]}  # fmt: skip
    assert error in found


def test_the_rules_of_the_tables_are_in_the_package(dumps):
    _, out, _ = dumps
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    known = resources_of(out)
    views = [part.name for part in expected() if part.kind == "view"]
    assert len(views) >= 4 and set(views) <= known.keys()
    assert {f"{t}{s}" for t in stored_tables() for s in ("", "-csv", "-parquet")} <= known.keys()
    fields = {f["name"]: f.get("constraints", {}) for f in known["articles-csv"]["schema"]["fields"]}  # fmt: skip
    assert fields["status"]["enum"] and fields["id"]["unique"] and fields["url"]["required"]
    assert FOR_SEARCH not in fields and not fields["published"].get("required")
    assert known["articles-csv"]["schema"]["uniqueKeys"] == [["portal", "key"]]
    references = {
        (one["fields"][0], one["reference"]["resource"])
        for one in known["article_authors-csv"]["schema"]["foreignKeys"]
    }
    assert references == {("article", "articles-csv"), ("author", "authors-csv")}
    assert package["schemaVersion"] == len(package["schemaChanges"]) == latest_of(out)["schemaVersion"]  # fmt: skip


def test_every_version_of_the_schema_says_what_it_changed():
    every = shapes()
    assert [shape.version for shape in every] == list(range(1, len(every) + 1))
    added = {line for shape in every for line in shape.changes if line.startswith("+ table")}
    assert {f"+ table {table}" for table in stored_tables()} <= added
    assert all(shape.changes for shape in every)
    assert not [line for shape in every for line in shape.changes if " _" in line]


def test_a_change_of_shape_is_told_part_by_part():
    before = {"table a": "", "a.x": "text", "a.y": "text", "view v": "one", "table b": ""}
    after = {"table a": "", "a.x": "real", "a.z": "text", "view v": "two", "table c": "", "c.n": ""}
    assert changed(before, after) == [
        "≠ a.x", "- a.y", "≠ view v", "- table b", "+ a.z", "+ table c",
    ]  # fmt: skip


def test_every_table_is_parquet_and_csv_the_newest_first(release):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    latest = latest_of(release)
    assert latest["tables"].keys() == set(stored_tables())
    for table, files in latest["tables"].items():
        count = rows(dump_of(release), f"select count(*) from [{table}]")[0][0]
        with (release / files["csv"]).open(encoding="utf-8", newline="") as file:
            names, *lines = csv.reader(file)
        found = parquet.ParquetFile(release / files["parquet"])
        assert found.metadata.num_rows == len(lines) == count == latest["rows"][table], table
        assert found.schema_arrow.names == names
        if count:
            assert found.metadata.row_group(0).column(0).compression == "ZSTD"
    articles = parquet.ParquetFile(release / latest["tables"]["articles"]["parquet"])
    assert articles.num_row_groups == 3
    days = articles.read(["published"]).column(0).to_pylist()
    assert days == sorted(days, key=lambda day: day or "", reverse=True)
    looks = parquet.read_table(release / latest["tables"]["captures"]["parquet"])
    moments = looks.column("fetched_at").to_pylist()
    assert moments == sorted(moments, reverse=True)


def test_the_statistics_are_those_of_the_rows(release):
    said = json.loads((release / "statistics.json").read_text(encoding="utf-8"))
    dump = dump_of(release)
    one = "select count(*), count(published) from articles"
    assert (said["total"]["articles"], said["total"]["with_date"]) == rows(dump, one)[0]
    for by in ("portal", "province", "former_province", "year", "portal_and_year"):
        for name in said["means"]:
            assert sum(row[name] for row in said[f"by_{by}"]) == said["total"][name], (by, name)
    gaps = "select count(*) from coverage where coverage <> 'looked'"
    assert said["total"]["gap_days"] == rows(dump, gaps)[0][0]
    assert said["total"]["edits"] == rows(dump, "select count(*) from edited_articles")[0][0]
    assert said["total"]["with_author"] == rows(dump, "select count(distinct article) from article_authors where role = 'author'")[0][0] > 0  # fmt: skip
    portal = said["by_portal"][0]["portal"]
    assert said["by_portal"][0]["articles"] == rows(dump, "select count(*) from articles where portal = ?", portal)[0][0]  # fmt: skip


def entries_of(out):
    feed = ElementTree.fromstring((out / FEED).read_text(encoding="utf-8"))
    return feed, feed.findall(f"{{{ATOM}}}entry")


def test_all_dumps_are_listed_for_programs_and_feed_readers(dumps, tmp_path):
    archive, out, yesterday = dumps
    listed = json.loads((out / INDEX).read_text(encoding="utf-8"))["dumps"]
    assert [one["database"] for one in listed] == [
        latest_of(out)["database"], latest_of(yesterday)["database"],
    ]  # fmt: skip
    for one in listed:
        assert (out / one["manifest"]).is_file()
        assert all((out / name).is_file() for name in one["sha256"])
        assert one["changes"]["new"] > 0
    assert listed[0]["delta"] in listed[0]["sha256"] and listed[1]["delta"] is None
    feed, entries = entries_of(out)
    assert len(entries) == 2
    moments = [entry.findtext(f"{{{ATOM}}}updated") for entry in entries]
    assert moments == sorted(moments, reverse=True) and moments[0] == feed.findtext(f"{{{ATOM}}}updated")  # fmt: skip
    assert len({entry.findtext(f"{{{ATOM}}}id") for entry in entries}) == 2
    for link in feed.iter(f"{{{ATOM}}}link"):
        assert (out / link.get("href")).is_file(), link.get("href")
    # With an address of its own it leads there; fewer dumps to keep are fewer that are listed.
    shutil.copytree(out, tmp_path / "dist", symlinks=True)
    wish = PublishOptions(
        Minimum(), 1, "x", ROOT / "metadata.yml", address="https://khcn.example.org/"
    )
    assert publish(archive, tmp_path / "dist", wish, now=now()).files == []
    feed, entries = entries_of(tmp_path / "dist")
    assert len(entries) == 1 == len(json.loads((tmp_path / "dist" / INDEX).read_text())["dumps"])
    assert all(link.get("href").startswith("https://khcn.example.org/dump/") for link in feed.iter(f"{{{ATOM}}}link"))  # fmt: skip


def test_a_day_on_which_only_the_program_changed_says_so(dumps, tmp_path):
    """A newer version adds an index: the rows are as they were, and there is no delta."""
    archive, out, _ = dumps
    dist = tmp_path / "dist"
    shutil.copytree(out, dist, symlinks=True)
    old = dump_of(dist)
    change(old, "drop index articles_gone")
    spoil_hash(dist, old)
    done = publish(archive, dist, WISH, now=now())
    assert "delta" in done.remarks[0]
    said = (dist / "CHANGES.md").read_text(encoding="utf-8")
    assert "only the program changed" in said and "no delta" in said
    assert "Bài mới (new): 0" in said and latest_of(dist)["delta"] is None
    # A column more is named; other rows are no matter of the program.
    ordinary = (out / "CHANGES.md").read_text(encoding="utf-8")
    assert "only the program" not in ordinary and "no delta" not in ordinary
    assert f"| `articles` | {latest_of(out)['changes']['new']} |" in ordinary


def test_a_new_column_is_named_among_the_changes(dumps, tmp_path):
    archive, out, _ = dumps
    dist = tmp_path / "dist"
    shutil.copytree(out, dist, symlinks=True)
    old = dump_of(dist)
    change(old, "alter table captures drop column last_modified")
    spoil_hash(dist, old)
    publish(copy_of(archive, tmp_path / "archive.db"), dist, WISH, now=now())
    said = (dist / "CHANGES.md").read_text(encoding="utf-8")
    assert "- `+ captures.last_modified`" in said and "no delta" in said
    assert "only the program changed" in said


def spoil_hash(dist, database):
    """Let the folder believe that a dump was published as it is now."""
    digest = published(dist)[database.name]
    for manifest in (dist / "latest.json", database.with_suffix(".json")):
        said = json.loads(manifest.read_text(encoding="utf-8"))
        said["sha256"][database.name] = digest
        manifest.write_text(json.dumps(said), encoding="utf-8")


def test_the_dataset_says_how_it_is_cited(dumps, judges, tmp_path):
    """CITATION.cff is YAML of its standard, datacite.json what DataCite asks for but the DOI."""
    _, out, yesterday = dumps
    latest = latest_of(out)
    said = yaml.safe_load((out / "CITATION.cff").read_text(encoding="utf-8"))
    assert (said["cff-version"], said["type"]) == ("1.2.0", "dataset")
    assert {"title", "message", "authors"} <= said.keys() and said["authors"][0]["name"]
    assert said["version"] == latest["version"] and "url" not in said
    digest = latest["sha256"][latest["database"]]
    assert said["identifiers"][0]["value"] == f"sha256:{digest}"
    there = json.loads((out / "datacite.json").read_text(encoding="utf-8"))
    for name in ("creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"):
        assert there[name], name  # all that is mandatory
    assert there["types"]["resourceTypeGeneral"] == "Dataset"
    assert there["alternateIdentifiers"][0]["alternateIdentifier"] == digest
    assert {"text/csv", "application/vnd.sqlite3"} <= set(there["formats"])
    # With an address it leads there, and to the dump before.
    wish = PublishOptions(Minimum(), 7, "x", ROOT / "metadata.yml", address="https://khcn.example.org/")  # fmt: skip
    dist = tmp_path / "dist"
    shutil.copytree(yesterday, dist, symlinks=True)
    publish(dumps[0], dist, wish, now=now())
    there = json.loads((dist / "datacite.json").read_text(encoding="utf-8"))
    before = latest_of(yesterday)["database"]
    assert {"relatedIdentifier": f"https://khcn.example.org/dump/{before}", "relatedIdentifierType": "URL", "relationType": "IsNewVersionOf"} in there["relatedIdentifiers"]  # fmt: skip
    done = subprocess.run(
        [judges / "python", "-c", VALIDATE, dist / "datacite.json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


VALIDATE = """
import json, sys
from datacite import schema45
schema45.validator.validate(json.load(open(sys.argv[1])))
"""
