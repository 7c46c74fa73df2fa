"""The version of the rules changes when a rule does, and only then."""

from __future__ import annotations

import re
import shutil

import pytest

from crawler.extractor_version import ROOT, rules_in

READ = ROOT / "crawler/extract/page.py"


@pytest.fixture
def checkout(tmp_path):
    for package in ("crawler", "pipelines"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_reader_is_among_the_rules(checkout):
    rules, libraries = rules_in(checkout)
    assert len(rules.split()) > 30
    assert {"lxml", "trafilatura", "dateparser", "ftfy"} <= libraries


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("crawler/extract/file_links.py", "from __future__", "# Nothing new.\nfrom __future__"),
        ("pipelines/normalise_dates.py", "from __future__", "\n\nfrom __future__"),
        ("crawler/items.py", '"""Somebody a byline names."""', '"""Whom a byline names."""'),
        ("crawler/monitoring/alarms.py", "from __future__", "OTHER = 1\nfrom __future__"),
        ("crawler/run/storage.py", "LEAST_FREE = 2**30", "LEAST_FREE = 2**31"),
    ],
)
def test_what_is_no_rule_leaves_it(checkout, file, old, new):
    before = rules_in(checkout)
    edit(checkout / file, old, new)
    assert rules_in(checkout) == before


def test_a_renamed_file_leaves_it(checkout):
    before = rules_in(checkout)
    (checkout / "crawler/extract/dates.py").rename(checkout / "crawler/extract/calendar_dates.py")
    for path in checkout.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r"crawler\.extract\.dates\b", "crawler.extract.calendar_dates", text),
            encoding="utf-8",
        )
    assert rules_in(checkout) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("crawler/portals/provinces.csv", "Nghệ An", "Nghệ Tĩnh"),
        ("crawler/text/navigation.py", "xem (?:tiếp", "coi (?:tiếp"),
        ("crawler/text/folding.py", "return", "return 1 and"),
        ("crawler/text/family_names.py", "nguyễn", "nguyen"),
        ("pipelines/normalise_text.py", '"title": 500', '"title": 400'),
    ],
)
def test_a_rule_changes_it(checkout, file, old, new):
    before = rules_in(checkout)
    edit(checkout / file, old, new)
    assert rules_in(checkout) != before
