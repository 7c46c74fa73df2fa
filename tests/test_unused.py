"""Nothing is kept that nobody uses: functions, classes and constants, sentences and words."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from crawler.messages import MESSAGES
from publish.desk.render.i18n import WORDS
from tests.conftest import ROOT

PACKAGES = ("crawler", "pipelines", "publish", "samples", "bench", "tests")
USERS = [
    path
    for package in (*PACKAGES, "spiders")
    for path in sorted((ROOT / package).rglob("*"))
    if path.suffix in (".py", ".html")
]
TEXTS = {path: path.read_text(encoding="utf-8") for path in USERS}
NAMED = Counter(word for text in TEXTS.values() for word in re.findall(r"\w+", text))
# Whole groups of words are asked for by what stands in a row: t("status_" + row.status).
FAMILIES = tuple(
    sorted(set(re.findall(r"""["'](\w+_)["'] ?[~+]|f["'](\w+_)\{""", "\n".join(TEXTS.values()))))
)


@pytest.mark.parametrize("path", [path for path in USERS if path.suffix == ".py"], ids=str)
def test_every_name_is_used(path):
    if path.name in ("settings.py", "__main__.py", "conftest.py") or "spiders" in path.parts:
        return  # read by Scrapy, Python and pytest by their names
    unused = [name for name in top_names(ast.parse(TEXTS[path])) if NAMED[name] < 2]
    assert not unused


def top_names(tree: ast.Module) -> list[str]:
    """What a module defines; decorated functions are somebody's hooks, tests are pytest's."""
    names = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names += (
                [node.name] if not node.decorator_list or isinstance(node, ast.ClassDef) else []
            )
    return [name for name in names if not name.startswith(("test_", "__")) and name != "pytestmark"]


@pytest.mark.parametrize("catalogue", [MESSAGES, WORDS], ids=["command line", "desk"])
def test_every_sentence_is_said(catalogue):
    families = tuple(first or second for first, second in FAMILIES)
    unused = [key for key in catalogue if NAMED[key] < 2 and not key.startswith(families)]
    assert not unused
