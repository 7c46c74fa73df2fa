"""What is imported is declared, and what is private of other projects' is still there."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_layers import imports_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The groups of pyproject.toml that are installed where a package runs; "" is what all have.
GROUPS = {
    "crawler": ("", "cluster"),
    "pipelines": ("",),
    "spiders": ("",),
    "samples": ("", "publish", "dev"),  # documents and pictures; `make demo` installs all three
    "publish": ("", "publish"),
    "tests": ("", "publish", "cluster", "dev"),
    "bench": ("", "bench"),
}
# A file that works without it and says so.
OPTIONAL = {
    ("crawler/dump/tables.py", "pyarrow"),
    ("crawler/documents/pictures.py", "PIL"),
    ("crawler/documents/recognition.py", "PIL"),
    ("crawler/documents/scan_pictures.py", "PIL"),
    ("crawler/documents/scan_pictures.py", "numpy"),
}
# Names of Scrapy and Twisted that may change in any release: the class or module they belong to.
PRIVATE = {
    "lxml.etree": ("_Element",),
    "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler": (
        "_bind_address", "_contextFactory", "_crawler", "_pool",
    ),
    "scrapy.core.downloader.handlers.http11": (
        "_LenientHTTP11ClientFactory", "_LenientHTTP11ClientProtocol", "_LenientHTTPClientParser",
        "_ScrapyAgent",
    ),
    "scrapy.core.downloader.handlers.http11._ScrapyAgent": ("_cb_bodyready",),
    "scrapy.spiderloader.SpiderLoader": ("_check_name_duplicates", "_load_all_spiders", "_load_spiders"),
    "scrapy.utils._download_handlers": ("wrap_twisted_exceptions",),
    "twisted.web.client.HTTPConnectionPool": ("_factory",),
    "twisted.web.client._HTTP11ClientFactory": ("_quiescentCallback",),
    "twisted.web.http": ("_ChunkedTransferDecoder", "_DataLoss", "_IdentityTransferDecoder"),
    "twisted.web.http._IdentityTransferDecoder": ("contentLength",),
    "twisted.web._newclient": ("HEADER", "STATUS", "ParseError"),
    "twisted.web._newclient.HTTP11ClientProtocol": ("_parser",),
    "twisted.web._newclient.HTTPClientParser": (
        "_partialHeader", "allHeadersReceived", "bodyDecoder", "connHeaders", "headerReceived",
        "lineLengthExceeded", "request", "response", "state", "statusReceived", "switchToBodyMode",
    ),
    "twisted.web._newclient.Request": ("_writeHeaders", "absoluteURI"),
    "twisted.web._newclient.Response": ("_bodyDataFinished",),
}  # fmt: skip


def sources(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def normal(name: str) -> str:
    """A distribution's name as PEP 503 spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(group: str) -> set[str]:
    listed = PROJECT["optional-dependencies"][group] if group else PROJECT["dependencies"]
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in listed}


# The benchmark's peers are in an environment of their own: their import names are known.
PEERS = {
    "newspaper": ("newspaper4k",),
    "newsplease": ("news-please",),
    "readability": ("readability-lxml",),
}


@pytest.mark.parametrize("package", GROUPS)
def test_every_import_is_declared(package):
    allowed = set().union(*(declared(group) for group in GROUPS[package]))
    distributions = packages_distributions()
    undeclared = {}
    for path, _ in sources(package):
        for name in {module.partition(".")[0] for module in imports_of(ROOT / path)}:
            if name in sys.stdlib_module_names or name in GROUPS or (path, name) in OPTIONAL:
                continue
            owners = {normal(owner) for owner in distributions.get(name, PEERS.get(name, (name,)))}
            if not owners & allowed:
                undeclared[path] = name
    assert not undeclared


@pytest.mark.parametrize(("owner", "name"), [(o, n) for o, names in PRIVATE.items() for n in names])
def test_private_names_are_there(owner, name):
    assert has(found(owner), name), f"{owner} has no {name} any more"


def found(dotted: str) -> object:
    module, _, last = dotted.rpartition(".")
    try:
        return import_module(dotted)
    except ModuleNotFoundError:
        return getattr(import_module(module), last)


def has(owner: object, name: str) -> bool:
    """As an attribute, or set on `self` by one of the class's methods."""
    if hasattr(owner, name):
        return True
    assigned = re.compile(rf"\bself\.{name}\b(:[^=]+)? =")
    return inspect.isclass(owner) and any(
        name in getattr(cls, "__annotations__", ()) or assigned.search(inspect.getsource(cls))
        for cls in owner.__mro__
        if cls is not object
    )


def test_a_name_that_is_gone_is_missed():
    assert not has(found("scrapy.spiderloader.SpiderLoader"), "_load_no_spiders")


def test_no_other_private_name_is_used():
    known = {name for names in PRIVATE.values() for name in names}
    used = {}
    for path, tree in sources("crawler", "pipelines", "publish", "spiders"):
        own = set(own_names(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("scrapy", "twisted")):  # fmt: skip
                hidden = any(private(part) for part in (node.module or "").split("."))
                names = [f"_{alias.name}" if hidden else alias.name for alias in node.names]
            elif isinstance(node, ast.Attribute) and node.attr not in own:
                names = [node.attr]
            else:
                continue
            used.update({name: path for name in names if private(name) and not {name, name[1:]} & known})  # fmt: skip
    assert not used


def private(name: str) -> bool:
    named_tuples = (
        "_fields",
        "_replace",
        "_asdict",
    )  # public, so that no field is called as they are
    return name.startswith("_") and not name.startswith("__") and name not in named_tuples


def own_names(tree: ast.Module) -> Iterator[str]:
    """What a file defines itself, or sets on its own objects."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def test_scrapy_is_held_below_the_next_minor_release():
    """Its private names are looked up above; a newer one is tried before it is allowed."""
    (line,) = (line for line in PROJECT["dependencies"] if line.startswith("scrapy"))
    lowest, highest = re.fullmatch(r"scrapy>=2\.(\d+),<2\.(\d+)", line).groups()
    assert int(highest) == int(lowest) + 1


def test_locks_hold_what_is_declared():
    for lock, groups in (("requirements.lock", ("", "publish", "cluster", "dev")), ("requirements-bench.lock", ("", "bench"))):  # fmt: skip
        text = Path(ROOT, lock).read_text(encoding="utf-8")
        locked = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
        assert set().union(*(declared(group) for group in groups)) <= locked
