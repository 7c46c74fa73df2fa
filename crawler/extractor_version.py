"""Which rules read a page: a name that changes when a rule of reading does, and only then."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from crawler.portals.model import Portal
from crawler.settings import NORMALISERS

ROOT = Path(__file__).parent.parent
OWN = ("crawler", "pipelines")
READER = "crawler.extract.page"
FRAMEWORK = frozenset({"scrapy", "twisted"})  # they carry pages to the rules and are none


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """`2.3.1+1f0c2a9d`: trafilatura's version, and a digest of our rules and the other libraries.

    The rules are what the reader and the normalisers really import, and the data files these name.
    Comments, docstrings and the names of files are no rules.
    """
    rules, libraries = rules_in(ROOT)
    digest = sha256(rules.encode())
    for library in sorted(libraries - {"trafilatura"}):
        digest.update(f"{library} {_version(library)}\n".encode())
    return f"{_version('trafilatura')}+{digest.hexdigest()[:8]}"


def rules_in(folder: Path) -> tuple[str, set[str]]:
    """A digest of the rules of a checkout, whatever its files are called, and the libraries used."""
    roots = (READER, *(path.rpartition(".")[0] for path in NORMALISERS))
    modules, libraries = imported_from(roots, folder)
    digests = sorted(
        sha256(rule).hexdigest() for path, tree in modules.items() for rule in _rules_of(path, tree)
    )
    return " ".join(digests), libraries


def imported_from(roots: tuple[str, ...], folder: Path) -> tuple[dict[Path, ast.Module], set[str]]:
    """The project's files that modules import, themselves included, read; and the outside libraries."""
    waiting, modules, libraries = list(roots), dict[Path, ast.Module](), set[str]()
    while waiting:
        name = waiting.pop()
        top = name.partition(".")[0]
        if top not in OWN:
            if top not in sys.stdlib_module_names | FRAMEWORK:
                libraries.add(top)
            continue
        path = _file_of(name, folder)
        if path is not None and path not in modules:
            modules[path] = ast.parse(path.read_bytes())
            waiting += _imports(modules[path])
    return modules, libraries


def _rules_of(path: Path, tree: ast.Module) -> Iterator[bytes]:
    """What a module says as code, and the whole of each data file beside it that it names."""
    tree = _bare(tree)
    yield ast.dump(tree).encode()
    beside = {file.name: file for file in path.parent.glob("*.*") if file.suffix != ".py"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in beside:
            yield beside[node.value].read_bytes()


def _bare(tree: ast.Module) -> ast.Module:
    """Code without docstrings, and without the names of our own files in its imports."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and _is_docstring(body):
            del body[0]
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in OWN:
            node.module = None
    return tree


def _is_docstring(body: list[ast.stmt]) -> bool:
    first = body[0] if body else None
    return (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file_of(module: str, folder: Path) -> Path | None:
    path = folder.joinpath(*module.split("."))
    return next(
        (found for found in (path.with_suffix(".py"), path / "__init__.py") if found.is_file()),
        None,
    )


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        found = packages_distributions().get(library, ())
        return " ".join(sorted(f"{name} {version(name)}" for name in found)) or "0"


def portal_version(rules: str, portal: Portal, boilerplate: frozenset[str]) -> str:
    """The same for one portal: its declaration is a rule too, and so is what was learnt of it."""
    library, _, ours = rules.partition("+")
    facts = (
        portal.markup, portal.platform, portal.department,
        portal.date_order, portal.import_days, portal.accounts,
    )  # fmt: skip
    digest = sha256(f"{ours} {facts!r}".encode()).hexdigest()
    return learned_version(f"{library}+{digest[:8]}", boilerplate)


def learned_version(rules: str, boilerplate: frozenset[str]) -> str:
    """The same with a digest of what was learnt of a portal, when anything was."""
    if not boilerplate:
        return rules
    digest = sha256("\n".join(sorted(boilerplate)).encode()).hexdigest()
    return f"{rules}.{digest[:6]}"


def same_rules(one: str, other: str) -> bool:
    """Whether two versions differ at most in what was learnt."""
    return _rules(one) == _rules(other)


def _rules(name: str) -> tuple[str, str]:
    library, _, ours = name.partition("+")
    return library, ours.partition(".")[0]
