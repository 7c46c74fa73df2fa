"""The house: a package imports lower floors only, and no module lies outside a package by chance."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = {
    "text": 0,
    "portals": 1, "http": 1,
    "captures": 2, "documents": 2, "extract": 2,
    "archive": 3,
    "monitoring": 4, "dump": 4,
    "run": 5,
    "downloader": 6,
    "crawl": 7,
    "platforms": 8,
    "registry": 9,
    "backfill": 10,
    "wayback": 11,
    "rescue": 12,
    "cluster": 13,
    "commands": 14,
}  # fmt: skip
# Modules outside the packages, and the highest floor that each may import.
FLAT = {
    "settings": 1, "items": 0, "clock": 0, "durable": 0, "messages": 0, "parsing": 0, "spider_loader": 0, "cli": 7,
    "extractor_version": 1,
    "worker_pool": 0,
    "extraction_pool": 2,
    "document_pool": 2,
    "portal": 7,
}  # fmt: skip
EVERYWHERE = {"settings", "items", "clock", "messages", "parsing"}
CRAWLER = ROOT / "crawler"
MODULES = sorted(CRAWLER.rglob("*.py"))


def imports_of(path: Path, *, loaded: bool = False) -> set[str]:
    """The modules of ours that a file imports, also inside functions.

    `loaded`: without what only the type checker reads.
    """
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if loaded:
        tree.body = [
            node
            for node in tree.body
            if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in names if _exists(name)}
            found.update(modules)
            if names != modules:
                found.add(node.module)
    return {name for name in found if name.startswith("crawler.")}


def _exists(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def home_of(path: Path) -> str:
    parts = path.relative_to(CRAWLER).parts
    return parts[0] if len(parts) > 1 else path.stem


def test_every_package_has_a_floor():
    folders = {path.name for path in CRAWLER.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(FLOORS)
    assert {path.stem for path in CRAWLER.glob("*.py")} - {"__init__"} == set(FLAT)


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_a_module_imports_lower_floors_only(path):
    home = home_of(path)
    floor = FLOORS.get(home, FLAT.get(home, 0) + 0.5)
    for module in imports_of(path):
        other = module.split(".")[1]
        if other == home or other in EVERYWHERE:
            continue
        assert FLOORS.get(other, FLAT.get(other, 0)) < floor, f"{home} imports {module}"


def test_no_circle():
    graph = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in MODULES
    }
    arrows = {name: imports_of(path, loaded=True) & set(graph) for name, path in graph.items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way[way.index(name) :], name))
        if name not in done:
            for other in sorted(arrows[name]):
                visit(other, (*way, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_only_packages_that_say_so_hand_on_names():
    """Each name has one address; `captures` is the one package that is a door."""
    handing = {
        str(path.parent.relative_to(CRAWLER))
        for path in CRAWLER.rglob("__init__.py")
        if imports_of(path) and path.parent != CRAWLER
    }
    assert handing <= {"captures", "platforms"}
