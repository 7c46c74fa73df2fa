"""What the documents say of the tree is so: every path there is, every package in its place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_packages import CRAWLER, FLAT, FLOORS

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SOURCES = sorted(
    path
    for package in ("bench", "crawler", "pipelines", "publish", "samples", "spiders", "tests")
    for path in (ROOT / package).rglob("*.py")
)
# A path of ours as it is written in prose: from the root, with a folder in it.
TREES = "bench|crawler|docs|pipelines|publish|samples|spiders|tests"
PATH = re.compile(rf"(?<![\w/.-])(?:{TREES})/[\w/.-]*[\w/]")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
LOOSE = re.compile(r"`([\w/]+\.py)`")
MODULE = re.compile(r"(?<![\w.])crawler(?:\.[a-z_]+)+")
# Written by a command, or examples of what a reader would write.
MADE = ("docs/portals/", "spiders/<", "tests/portals/")


def table() -> str:
    """`python -m tests.test_architecture` prints it for docs/architecture.md."""
    lines = ["| floor | `crawler/` | is |", "|---|---|---|"]
    for name, floor in sorted(FLOORS.items(), key=lambda item: (item[1], item[0])):
        lines.append(f"| {floor} | `{name}/` | {purpose(CRAWLER / name / '__init__.py')} |")
    for name in sorted(FLAT):
        lines.append(f"| - | `{name}.py` | {purpose(CRAWLER / f'{name}.py')} |")
    return "\n".join(lines)


def purpose(path: Path) -> str:
    """The first sentence of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert docstring, f"{path} does not say what it is"
    return re.split(r"(?<=\.)\s|\n\n", docstring)[0].replace("\n", " ").replace("|", r"\|")


def test_the_table_of_packages_is_up_to_date():
    written = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert table() in written, "run: python -m tests.test_architecture"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_document_is_there(document):
    text = document.read_text(encoding="utf-8")
    missing = [found for found in PATH.findall(text) if not exists(found)]
    missing += [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    missing += [name for name in LOOSE.findall(text) if not any_ends_with(name)]
    assert not missing


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_docstring_or_comment_is_there(source):
    text = prose_of(source.read_text(encoding="utf-8"))
    missing = [found for found in PATH.findall(text) if not exists(found)]
    missing += [name for name in MODULE.findall(text) if not is_name(name)]
    assert not missing


def exists(path: str) -> bool:
    return path.startswith(MADE) or (ROOT / path).exists() or (ROOT / f"{path}.py").exists()


def any_ends_with(name: str) -> bool:
    return any(str(path).endswith(f"/{name}") for path in SOURCES)


def is_name(dotted: str) -> bool:
    """A module, or something one level inside of one; Scrapy's own `crawler` objects are not ours."""
    parts = dotted.split(".")
    if parts[1] in ("spider", "engine", "stats", "settings", "signals"):
        return True
    found = [n for n in (len(parts), len(parts) - 1) if exists("/".join(parts[:n]))]
    return bool(found)


def prose_of(source: str) -> str:
    """The docstrings and comments of a module."""
    tree = ast.parse(source)
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    docstrings = [ast.get_docstring(n) or "" for n in ast.walk(tree) if isinstance(n, documented)]
    comments = re.findall(r"(?:^|\s)# (.+)$", source, re.MULTILINE)
    return "\n".join([*docstrings, *comments])


def test_tests_lie_where_what_they_test_lies():
    """tests/<package>/ for a package; by their kind the tests of all of it together."""
    kinds = {"desk", "end_to_end", "hostile", "live"}
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert folders <= {*FLOORS, "bench", "pipelines", "samples", *kinds}


def test_a_path_that_is_gone_is_missed():
    assert PATH.findall("see crawler/extract/dates.py, and docs/none.md.") == [
        "crawler/extract/dates.py", "docs/none.md",
    ]  # fmt: skip
    assert not exists("docs/none.md")
    assert not is_name("crawler.extract.nobody.reads")


if __name__ == "__main__":
    print(table())
